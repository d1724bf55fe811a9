"""How the record is kept: its versions, its past names, what was loaded from files, and the day it reaches."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from peacetracker.diplomacy.models.base import StoredVersion
from peacetracker.diplomacy.models.events import Event


class EventVersion(StoredVersion):
    """A table of its own, since lists of events as of a day must stay quick at a million events."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="versions")
    # What this version is found by once it is past, since relations hold only the present (terms.py).
    slug = models.CharField(max_length=120, editable=False)
    first_day = models.DateField(editable=False)
    last_day = models.DateField(editable=False)
    terms = models.TextField(editable=False)
    search_text = models.TextField(editable=False)

    class Meta:
        ordering = ["-recorded_from"]
        constraints = [
            models.UniqueConstraint("event", condition=Q(recorded_to=None), name="event_has_one_current_version"),
            models.CheckConstraint(
                condition=Q(recorded_to=None) | Q(recorded_to__gte=F("recorded_from")),
                name="event_version_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["event", "recorded_from", "recorded_to"], name="event_version_by_time"),
            models.Index(fields=["recorded_from", "id"], condition=Q(recorded_to=None), name="event_version_latest"),
            models.Index(fields=["first_day", "slug", "recorded_from", "recorded_to"], name="event_version_by_day"),
            models.Index(fields=["recorded_from"], name="event_version_by_recording"),
            models.Index(fields=["recorded_to"], condition=Q(recorded_to__isnull=False), name="event_version_ended"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.recorded_from:%Y-%m-%d}"


class Version(StoredVersion):
    """The same for every other noun: they are few, so one table serves them all (docs/decisions/0002)."""

    noun = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)

    class Meta:
        ordering = ["-recorded_from"]
        constraints = [
            models.UniqueConstraint(
                "noun", "slug", condition=Q(recorded_to=None), name="record_has_one_current_version"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["noun", "slug", "recorded_from"], name="version_by_time")]

    def __str__(self) -> str:
        return f"{self.noun} {self.slug} {self.recorded_from:%Y-%m-%d}"


class PastSlug(models.Model):
    """A public name that a record no longer has. It is never given to another one."""

    noun = models.CharField(max_length=20)
    slug = models.CharField(max_length=120)
    became = models.CharField(_("now called"), max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint("noun", "slug", name="past_slug_is_never_used_again")]

    def __str__(self) -> str:
        return f"{self.noun} {self.slug} → {self.became}"


class LoadedRow(models.Model):
    """What a row of the files looked like when it was last loaded: how an editor's later change is told apart."""

    noun = models.CharField(max_length=20)
    key = models.CharField(max_length=260)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint("noun", "key", name="row_is_loaded_once")]

    def __str__(self) -> str:
        return f"{self.noun} {self.key}"


class Keeping(models.Model):
    """One row: the day the record reaches, and the files that it was loaded from."""

    covered_until = models.DateField(
        _("covered until"), null=True, help_text=_("The day of the last event brought in.")
    )
    set_by_chief = models.DateField(
        _("covered until, set by hand"), null=True, blank=True, help_text=_("Stands over the day worked out.")
    )
    files_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    loaded_at = models.DateTimeField(null=True, editable=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False)

    class Meta:
        verbose_name = _("state of the record")
        verbose_name_plural = _("state of the record")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="keeping_is_one_row")]

    def __str__(self) -> str:
        return str(self.set_by_chief or self.covered_until or "")


class Merger(models.Model):
    """That one record was merged into another, and every row that moved: by it the merger can be undone."""

    noun = models.CharField(_("noun"), max_length=20, editable=False)
    merged_id = models.BigIntegerField(editable=False)
    heir_id = models.BigIntegerField(editable=False)
    merged_name = models.CharField(_("merged record"), max_length=250, editable=False)
    heir_name = models.CharField(_("stands for it"), max_length=250, editable=False)
    reason = models.TextField(_("reason"), editable=False)
    journal = models.JSONField(default=dict, editable=False)
    at = models.DateTimeField(_("at"), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False, verbose_name=_("by")
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False,
        verbose_name=_("undone by"),
    )  # fmt: skip

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        indexes = [models.Index(fields=["noun", "merged_id"], name="merger_by_record")]

    def __str__(self) -> str:
        return f"{self.merged_name} → {self.heir_name}"
