"""Commissions, working groups, formats and missions, and who sat on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from peacetracker.core.text import fold
from peacetracker.diplomacy.choices import BodyKind
from peacetracker.diplomacy.models.base import Named, Record
from peacetracker.diplomacy.models.people import Leader, Party
from peacetracker.diplomacy.models.sources import Source


class Body(Named, Record):
    """A standing body. `established` and `dissolved` are partial dates: YYYY, YYYY-MM or YYYY-MM-DD."""

    kind = models.CharField(_("kind"), max_length=16, choices=BodyKind.choices)
    parties = models.ManyToManyField(Party, related_name="bodies", verbose_name=_("parties"))
    established = models.CharField(_("established"), max_length=10, null=True, blank=True)
    dissolved = models.CharField(_("dissolved"), max_length=10, null=True, blank=True)
    mandate = models.TextField(_("mandate"))
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    sits_jointly_with = models.ManyToManyField("self", blank=True, verbose_name=_("sits jointly with"))

    class Meta(Record.Meta):
        ordering = ["name"]
        verbose_name = _("commission or body")
        verbose_name_plural = _("commissions and bodies")

    def get_absolute_url(self) -> str:
        return f"/commissions/{self.slug}/"

    def folded(self) -> str:
        return " · ".join(map(fold, [*self.spellings(), self.mandate]))


class Membership(models.Model):
    """A person's seat on a body; the dates are partial dates."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="memberships")
    leader = models.ForeignKey(Leader, models.PROTECT, related_name="memberships", verbose_name=_("leader"))
    role = models.CharField(_("role"), max_length=60)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    start = models.CharField(_("start"), max_length=10, null=True, blank=True)
    end = models.CharField(_("end"), max_length=10, null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="memberships", verbose_name=_("source"))

    class Meta:
        ordering = ["id"]
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def __str__(self) -> str:
        return f"{self.leader}, {self.role}, {self.body}"
