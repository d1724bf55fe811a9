"""Proposals, their points, and what each party said of each point."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from peacetracker.core.dates import in_words
from peacetracker.core.text import fold
from peacetracker.diplomacy.choices import AsserterKind, Precision, ProposalKind, Stance
from peacetracker.diplomacy.models.base import Keyed, Record
from peacetracker.diplomacy.models.events import Topic
from peacetracker.diplomacy.models.people import Leader, Party
from peacetracker.diplomacy.models.sources import Source
from peacetracker.diplomacy.querysets import PositionQuerySet


class Proposal(Record):
    """A text or offer put by one party to another."""

    name = models.CharField(_("name"), max_length=250)
    kind = models.CharField(_("kind"), max_length=14, choices=ProposalKind.choices)
    proposer = models.ManyToManyField(Party, related_name="proposals_made", blank=True, verbose_name=_("proposed by"))
    recipient = models.ManyToManyField(
        Party, related_name="proposals_received", blank=True, verbose_name=_("proposed to")
    )
    proposer_note = models.CharField(_("note on the proposer"), max_length=250, null=True, blank=True)
    date = models.DateField(_("date"))
    date_precision = models.CharField(_("date known to the"), max_length=5, choices=Precision.choices)
    status = models.CharField(_("status"), max_length=250)
    summary = models.TextField(_("summary"))
    succeeds = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name=_("succeeds")
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="versions_of", verbose_name=_("part of")
    )

    class Meta(Record.Meta):
        ordering = ["date", "id"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")

    def get_absolute_url(self) -> str:
        return f"/proposals/{self.slug}/"

    def date_in_words(self) -> str:
        return in_words(self.date, self.date_precision)

    def folded(self) -> str:
        return " · ".join(map(fold, [self.name, self.summary]))


class Point(models.Model):
    """One point or article of a proposal. `n` is null where the source shows no number."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="points")
    n = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=250, null=True, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("point")
        verbose_name_plural = _("points")
        constraints = [models.UniqueConstraint("proposal", "n", name="point_number_is_used_once")]

    def __str__(self) -> str:
        return f"{self.n}. {self.title}" if self.n else str(self.title)


class Position(Keyed):
    """A party's stance on a proposal, on one of its points, or (without a proposal) on a topic.

    `party` is the party whose stand it is. With the stance "said to have accepted" the other side asserts it, and it
    never counts as that party's own voice. The stance is an editor's reading of the summary.
    """

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, null=True, blank=True, related_name="positions", verbose_name=_("proposal")
    )
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="positions", verbose_name=_("topic"))
    point = models.ForeignKey(
        Point, models.PROTECT, null=True, blank=True, related_name="positions", verbose_name=_("point")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="positions", verbose_name=_("party"))
    stance = models.CharField(_("stance"), max_length=32, choices=Stance.choices)
    asserted_by = models.SlugField(_("asserted by (slug)"), max_length=120)
    asserted_by_name = models.CharField(_("asserted by"), max_length=200)
    asserted_by_kind = models.CharField(_("kind of asserter"), max_length=10, choices=AsserterKind.choices)
    leader = models.ForeignKey(
        Leader, models.PROTECT, null=True, blank=True, related_name="positions", verbose_name=_("leader")
    )
    date = models.DateField(_("date"))
    date_precision = models.CharField(_("date known to the"), max_length=5, choices=Precision.choices)
    summary = models.TextField(_("summary"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="positions", verbose_name=_("source"))
    more_sources = models.ManyToManyField(Source, related_name="+", blank=True, verbose_name=_("more sources"))

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ["date", "id"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")

    def __str__(self) -> str:
        return f"{self.party} {self.get_stance_display()}, {self.date_in_words()}"

    @property
    def is_claim(self) -> bool:
        return self.stance == Stance.CLAIMED

    def date_in_words(self) -> str:
        return in_words(self.date, self.date_precision)
