"""How the queue can be narrowed, and the columns of its list."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.newsroom.desk.page import FAIRLY_SURE, SURE
from peacetracker.newsroom.models import Article, Draft, Feed


class StateFilter(admin.SimpleListFilter):
    """Waiting, unless something else is asked for."""

    title, parameter_name = gettext_lazy("state"), "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            *((value, label) for value, label in Draft.State.choices if value != Draft.State.WAITING),
            ("all", _("All")),
        ]

    def choices(self, changelist: Any) -> Any:
        chosen = self.value()
        for value, label in [(None, Draft.State.WAITING.label), *self.lookup_choices]:
            query = changelist.get_query_string({self.parameter_name: value} if value else {}, [self.parameter_name])
            yield {"selected": chosen == value, "query_string": query, "display": label}

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value()
        return queryset if chosen == "all" else queryset.filter(state=chosen or Draft.State.WAITING)


class AgeFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("age"), "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("day", _("Up to a day")), ("week", _("A day to a week")), ("old", _("Over a week"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        now = timezone.now()
        day, week = now - timedelta(days=1), now - timedelta(days=7)
        return {
            "day": queryset.filter(created_at__gte=day),
            "week": queryset.filter(created_at__lt=day, created_at__gte=week),
            "old": queryset.filter(created_at__lt=week),
        }.get(self.value() or "", queryset)


class ConfidenceFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("confidence"), "sure"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("high", _("High")), ("fair", _("Fair")), ("low", _("Low"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return {
            "high": queryset.filter(confidence__gte=SURE),
            "fair": queryset.filter(confidence__lt=SURE, confidence__gte=FAIRLY_SURE),
            "low": queryset.filter(confidence__lt=FAIRLY_SURE),
        }.get(self.value() or "", queryset)


class LanguageFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("language"), "lang"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        found = Article.objects.filter(drafts__isnull=False).exclude(lang="").order_by("lang")
        return [(lang, lang) for lang in found.values_list("lang", flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(sources__article__lang=self.value()).distinct() if self.value() else queryset


class FeedFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("feed"), "feed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            *Feed.objects.filter(articles__drafts__isnull=False).distinct().values_list("pk", "name"),
            ("none", _("By hand")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value()
        if not chosen:
            return queryset
        if not chosen.isdigit():
            return queryset.exclude(sources__article__feed__isnull=False)
        return queryset.filter(sources__article__feed=int(chosen)).distinct()


class PeopleFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("people"), "people"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("unknown", _("Has unknown persons")), ("known", _("All known"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        unknown = Draft.objects.with_unknown_people().values("pk")
        return {"unknown": queryset.filter(pk__in=unknown), "known": queryset.exclude(pk__in=unknown)}.get(
            self.value() or "", queryset
        )


class RepeatsFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("repeats an event"), "repeats"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = {"yes": False, "no": True}.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(likely_event__isnull=chosen)


class SentFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("sent by a program"), "sent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return {"yes": queryset.exclude(submitted_by=""), "no": queryset.filter(submitted_by="")}.get(
            self.value() or "", queryset
        )


class FailingFilter(admin.SimpleListFilter):
    """For the list of feeds."""

    title, parameter_name = gettext_lazy("failing"), "failing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("Yes"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.failing() if self.value() else queryset


FILTERS = (
    StateFilter,
    RepeatsFilter,
    PeopleFilter,
    ConfidenceFilter,
    AgeFilter,
    LanguageFilter,
    FeedFilter,
    SentFilter,
)
