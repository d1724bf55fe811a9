"""Parties, leaders, offices and who held them when."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from peacetracker.core.dates import Span, in_words, widest
from peacetracker.core.models import Timestamped
from peacetracker.core.text import fold
from peacetracker.diplomacy.choices import BoundPrecision, Level, PartyKind, level_of_office
from peacetracker.diplomacy.models.base import Keyed, Named, Record
from peacetracker.diplomacy.models.sources import Source
from peacetracker.diplomacy.querysets import OfficeQuerySet, TenureQuerySet


class Party(Named):
    """A state, organisation or de facto authority, by its code."""

    code = models.CharField(_("code"), max_length=8, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=PartyKind.choices)
    adjectives = models.JSONField(_("adjectives"), default=list, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/parties/{self.code.lower()}/"


class Leader(Named, Record):
    """A person of the record."""

    aliases = models.JSONField(_("other spellings"), default=list, blank=True)
    # Derived by record.py from the tenures: the party of the latest office.
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="leaders", editable=False)

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = _("leader")
        verbose_name_plural = _("leaders")

    def get_absolute_url(self) -> str:
        return f"/leaders/{self.slug}/"

    def folded(self) -> str:
        return " · ".join(dict.fromkeys(map(fold, [*self.spellings(), *self.aliases])))


class Office(Timestamped):
    """A job that people hold for a time. `single_holder`: one person at a time."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=200)
    party = models.ForeignKey(Party, models.PROTECT, related_name="offices", verbose_name=_("party"))
    aliases = models.JSONField(_("other titles"), default=list, blank=True)
    single_holder = models.BooleanField(_("one holder at a time"), default=True)
    title_native = models.JSONField(_("titles in other languages"), default=dict, blank=True)
    short_native = models.JSONField(_("how news texts call the holder"), default=dict, blank=True)
    native_unsure = models.JSONField(_("languages whose form is a guess"), default=list, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, editable=False)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        self.level = level_of_office(self.slug)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Tenure(Keyed, Timestamped):
    """One person in one office. Read closed and at its widest: the last day still counts, "May 2021" reaches both ends
    of May (docs/decisions/0004)."""

    leader = models.ForeignKey(Leader, models.PROTECT, related_name="tenures", verbose_name=_("leader"))
    office = models.ForeignKey(Office, models.PROTECT, related_name="tenures", verbose_name=_("office"))
    start = models.DateField(_("start"), null=True, blank=True)
    start_precision = models.CharField(
        _("start known to the"), max_length=8, choices=BoundPrecision.choices, default=BoundPrecision.UNKNOWN
    )
    end = models.DateField(_("end"), null=True, blank=True)
    end_precision = models.CharField(
        _("end known to the"), max_length=8, choices=BoundPrecision.choices, default=BoundPrecision.OPEN
    )
    acting = models.BooleanField(_("acting"), default=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="tenures", verbose_name=_("source"))
    note = models.TextField(_("note"), null=True, blank=True)
    # Derived by save(): the widest reading (null: open), and the days that are certain on any reading.
    first_day = models.DateField(null=True, editable=False)
    last_day = models.DateField(null=True, editable=False)
    certain_from = models.DateField(null=True, editable=False)
    certain_to = models.DateField(null=True, editable=False)
    exclusive = models.BooleanField(default=False, editable=False)

    objects = TenureQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = _("tenure")
        verbose_name_plural = _("tenures")
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | Q(last_day__isnull=True) | Q(first_day__lte=F("last_day")),
                name="tenure_ends_after_its_start",
                violation_error_message=_("The tenure ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leader}, {self.office}, {self.in_words()}"

    @property
    def span(self) -> Span:
        return Span(self.first_day or date.min, self.last_day or date.max)

    def in_words(self) -> str:
        start = in_words(self.start, self.start_precision) if self.start else _("start not sourced")
        if self.end:
            return f"{start} – {in_words(self.end, self.end_precision)}"
        return f"{start} – " + (
            str(_("open")) if self.end_precision == BoundPrecision.OPEN else str(_("end not sourced"))
        )

    def settle(self) -> None:
        """Work out the derived days from the dates and their precisions."""
        start = widest(self.start, self.start_precision) if self.start else None
        end = widest(self.end, self.end_precision) if self.end else None
        self.first_day, self.certain_from = (start.first, start.last) if start else (None, None)
        self.last_day, self.certain_to = (end.last, end.first) if end else (None, None)
        self.exclusive = self.office.single_holder

    def save(self, *args: object, **kwargs: object) -> None:
        self.settle()
        super().save(*args, **kwargs)  # type: ignore[arg-type]
