"""Who published what: publishers, source pages, and what a page was called where it is cited."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from peacetracker.diplomacy.choices import PublisherKind
from peacetracker.diplomacy.models.base import Keyed


class Publisher(models.Model):
    """Who answers for a domain. `party` is its nationality, not its politics; null counts as independent."""

    domain = models.CharField(_("domain"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    party = models.ForeignKey(
        "diplomacy.Party", models.PROTECT, null=True, blank=True, related_name="publishers", verbose_name=_("party")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=PublisherKind.choices)
    lang = models.JSONField(_("languages"), default=list, blank=True)
    note = models.TextField(_("note"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("publisher")
        verbose_name_plural = _("publishers")

    def __str__(self) -> str:
        return f"{self.name} ({self.domain})"

    def get_absolute_url(self) -> str:
        return f"/publishers/{self.domain}/"


class Source(Keyed):
    """A page, unique by its address. What it was called for one event belongs to the citation."""

    url = models.URLField(_("address"), max_length=1000, unique=True)
    publisher = models.ForeignKey(
        Publisher, models.SET_NULL, null=True, blank=True, related_name="sources", verbose_name=_("publisher")
    )

    class Meta:
        ordering = ["url"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return self.url


class Citation(models.Model):
    """A source as cited for one thing: its title, day, language and side there. [Brackets]: the editor's own title."""

    event = models.ForeignKey("diplomacy.Event", models.CASCADE, null=True, related_name="citations")
    proposal = models.ForeignKey("diplomacy.Proposal", models.CASCADE, null=True, related_name="citations")
    body = models.ForeignKey("diplomacy.Body", models.CASCADE, null=True, related_name="citations")
    commitment = models.ForeignKey("diplomacy.Commitment", models.CASCADE, null=True, related_name="citations")
    announcement = models.ForeignKey("diplomacy.Announcement", models.CASCADE, null=True, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    publisher_name = models.CharField(_("publisher as cited"), max_length=200)
    title = models.CharField(_("title as cited"), max_length=500)
    published = models.DateField(_("published"), null=True, blank=True)
    lang = models.CharField(_("language"), max_length=12)
    side = models.ForeignKey(
        "diplomacy.Party", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("side"),
        help_text=_("The party whose official or national outlet it is; empty for an independent one."),
    )  # fmt: skip

    class Meta:
        ordering = ["id"]
        verbose_name = _("citation")
        verbose_name_plural = _("sources cited")
        constraints = [
            models.UniqueConstraint("event", "source", name="event_cites_a_source_once"),
            models.CheckConstraint(
                condition=Q(event__isnull=False, proposal=None, body=None, commitment=None, announcement=None)
                | Q(event=None, proposal__isnull=False, body=None, commitment=None, announcement=None)
                | Q(event=None, proposal=None, body__isnull=False, commitment=None, announcement=None)
                | Q(event=None, proposal=None, body=None, commitment__isnull=False, announcement=None)
                | Q(event=None, proposal=None, body=None, commitment=None, announcement__isnull=False),
                name="citation_backs_exactly_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher_name}: {self.title}"
