"""What is given out beyond the present record: releases, which stay as they are for ever, and keys for programs."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

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
