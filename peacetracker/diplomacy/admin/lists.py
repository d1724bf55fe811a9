"""The filters that an editor asks a list for: what is one-sided, vague, unsourced or unfinished."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from peacetracker.diplomacy.choices import Kind, Precision
from peacetracker.diplomacy.models import Account, Citation, Tenure

LANGUAGES = ("hy", "az", "ru")


class Choice(admin.SimpleListFilter):
    """A filter whose choices each name a condition."""

    conditions: dict[str, tuple[Any, Any]] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(name, label) for name, (label, _condition) in self.conditions.items()]

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.conditions.get(self.value() or "")
        return rows.filter(chosen[1]) if chosen else rows


def _cited(**sides: Any) -> Exists:
    return Exists(Citation.objects.filter(event=OuterRef("pk"), **sides))


AM, AZ = _cited(side__code="AM"), _cited(side__code="AZ")
OTHER = Exists(Citation.objects.filter(event=OuterRef("pk")).exclude(side__code="AM"))
NOT_AZ = Exists(Citation.objects.filter(event=OuterRef("pk")).exclude(side__code="AZ"))


class SourcesBySide(Choice):
    """Armenia before Azerbaijan, alphabetically. An independent page is of neither side."""

    title = _("sources by side")
    parameter_name = "sources"
    conditions = {
        "both": (_("of both Armenia and Azerbaijan"), Q(AM) & Q(AZ)),
        "no-am": (_("none of Armenia"), ~Q(AM)),
        "no-az": (_("none of Azerbaijan"), ~Q(AZ)),
        "only-am": (_("of Armenia only"), Q(AM) & ~Q(OTHER)),
        "only-az": (_("of Azerbaijan only"), Q(AZ) & ~Q(NOT_AZ)),
        "am-without-az": (_("of Armenia, none of Azerbaijan"), Q(AM) & ~Q(AZ)),
        "az-without-am": (_("of Azerbaijan, none of Armenia"), Q(AZ) & ~Q(AM)),
    }


def _told(code: str) -> Exists:
    return Exists(Account.objects.filter(event=OuterRef("pk"), voice__code=code))


class AccountsBySide(Choice):
    title = _("accounts by side")
    parameter_name = "accounts"
    conditions = {
        "both": (_("of both Armenia and Azerbaijan"), Q(_told("AM")) & Q(_told("AZ"))),
        "am": (_("of Armenia, none of Azerbaijan"), Q(_told("AM")) & ~Q(_told("AZ"))),
        "az": (_("of Azerbaijan, none of Armenia"), Q(_told("AZ")) & ~Q(_told("AM"))),
        "none": (_("none of either"), ~Q(_told("AM")) & ~Q(_told("AZ"))),
    }


class DateVague(Choice):
    title = _("date")
    parameter_name = "date_known"
    conditions = {
        "vague": (_("known to the month or year only"), ~Q(date_precision=Precision.DAY)),
        "day": (_("known to the day"), Q(date_precision=Precision.DAY)),
    }


class Participants(admin.SimpleListFilter):
    """A warning, not an error: councils and talks of unnamed delegations exist."""

    title = _("participants")
    parameter_name = "people"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("few", _("call or meeting with fewer than two")), ("none", _("nobody"))]

    def queryset(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("few", "none"):
            return rows
        counted = rows.annotate(people=Count("participations"))
        if self.value() == "none":
            return counted.filter(people=0)
        return counted.filter(people__lt=2, kind__in=(Kind.CALL, Kind.MEETING))


def _holds(**tenure: Any) -> Exists:
    return Exists(Tenure.objects.filter(leader=OuterRef("pk"), **tenure))


class Offices(Choice):
    title = _("offices")
    parameter_name = "offices"
    conditions = {
        "no-start": (_("one without a sourced start"), Q(_holds(start=None))),
        "acting": (_("an acting one"), Q(_holds(acting=True))),
        "none": (_("none"), ~Q(_holds())),
    }


class NativeNames(Choice):
    """Names in Armenian, Azerbaijani and Russian: missing, or guessed and so to be looked at by a native reader."""

    title = _("names in other languages")
    parameter_name = "native"
    conditions = {
        "missing": (_("one is missing"), ~Q(name_native__has_keys=list(LANGUAGES))),
        "unsure": (_("one is a guess"), ~Q(native_unsure=[])),
    }
