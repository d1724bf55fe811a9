"""What is given out beyond the present record: releases, which stay as they are for ever."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
