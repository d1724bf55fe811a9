"""What is given out beyond the present record: releases, which stay as they are for ever, and keys for programs."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from peacetracker.api.throttling import parse_rate


class Release(models.Model):
    """One release: its files lie in RELEASES_DIR under its version, and never change."""

    version = models.CharField(_("version"), max_length=20, unique=True, help_text=_("Year, month, number: 2026.11.0"))
    made_at = models.DateTimeField(_("made at"), help_text=_("The record as it stood at this moment."))
    sha256 = models.CharField(max_length=64, help_text=_("Of the file SHA256SUMS, and so of all files."))
    covered_until = models.DateField(_("covered until"), null=True)
    event_count = models.PositiveIntegerField(_("events"))
    files = models.JSONField(default=list, help_text=_("Name, bytes and SHA-256 of each file."))
    changes = models.JSONField(default=dict, help_text=_("How many were added, corrected, withdrawn and merged."))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")

    def __str__(self) -> str:
        return self.version

    def get_absolute_url(self) -> str:
        return f"/data/releases/{self.version}/"


# What a making failed of, if it was no error of its own: a worker has no reader, so it keeps a code and no words.
BROKEN_OFF = "broken off"


class MakingQuerySet(models.QuerySet["Making"]):
    def open(self) -> Self:
        """Asked for and not ended: at most one."""
        return self.filter(state__in=(Making.State.WAITING, Making.State.RUNNING))

    def claim(self, now: datetime, lease: timedelta) -> "Making | None":
        """The open one, for exactly one of the workers that ask; nobody gets it while another one's lease runs."""
        for making in self.open().filter(models.Q(leased_until=None) | models.Q(leased_until__lte=now)):
            as_seen = self.open().filter(pk=making.pk, leased_until=making.leased_until)
            begun = {"state": Making.State.RUNNING, "leased_until": now + lease, "tries": models.F("tries") + 1}
            if as_seen.update(**begun):
                making.refresh_from_db()
                return making
        return None


class Making(models.Model):
    """A release that somebody asked for at the desk, and how far a worker has come with it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a worker")
        RUNNING = "running", _("is being made")
        MADE = "made", _("is made")
        UNCHANGED = "unchanged", _("was not needed")
        FAILED = "failed", _("failed")

    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=60, blank=True, help_text="What is being written.")
    done = models.PositiveSmallIntegerField(default=0, help_text="Steps of `steps` that are behind it.")
    steps = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True)
    release = models.ForeignKey(Release, models.CASCADE, null=True, related_name="+")

    objects = MakingQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # One constant for all that are open: the second of two who ask at once finds the first one's.
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(state__in=("waiting", "running")), name="one_making_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} ({self.asked_at:%Y-%m-%d %H:%M})"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    def problem_in_words(self) -> str:
        """In the language of whoever looks; the last try is the one that was not begun."""
        if self.problem != BROKEN_OFF:
            return self.problem
        times = self.tries - 1
        return ngettext("It was broken off %(n)s time.", "It was broken off %(n)s times.", times) % {"n": times}


class Scope(models.TextChoices):
    """What a key may be used for."""

    READ = "read", _("read: more requests a minute")
    DRAFTS = "drafts", _("drafts: submit drafts to the editors")


def check_rate(rate: str) -> None:
    try:
        parse_rate(rate)
    except ValueError as error:
        raise ValidationError(str(error)) from None


def check_scopes(scopes: object) -> None:
    if not isinstance(scopes, list) or not scopes or set(scopes) - set(Scope.values):
        raise ValidationError(_("Choose at least one of: %(known)s") % {"known": ", ".join(Scope.values)})


class ApiKey(models.Model):
    """A program's key. The token itself is shown once and kept nowhere: here lie its SHA-256 and its first letters."""

    name = models.CharField(
        _("name"),
        max_length=80,
        unique=True,
        help_text=_("Who or what uses it; editors see it on what it sends."),
    )
    owner = models.CharField(_("owner"), max_length=200, blank=True, help_text=_("Whom to write to."))
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"), default=list, validators=[check_scopes])
    rate = models.CharField(
        _("rate"), max_length=20, blank=True, validators=[check_rate],
        help_text=_("Requests in a span of time, like 600/min; 0 for no limit, empty for what the site allows a key."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
