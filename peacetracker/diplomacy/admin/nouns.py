"""People, offices, parties, places, topics, proposals, bodies, publishers, sources, and how far the record reaches."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from peacetracker.core.cache import bump
from peacetracker.core.text import fold
from peacetracker.diplomacy import models, tallying
from peacetracker.diplomacy.admin import inlines, lists
from peacetracker.diplomacy.admin.kept import Kept
from peacetracker.diplomacy.admin.links import change_link, listing
from peacetracker.diplomacy.choices import Kind

SESSIONS = 60


class Searched(Kept):
    """A noun with a name, whose spellings are folded into one column; so is what is asked."""

    prepopulated_fields = {"slug": ("name",)}

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, fold(search_term))


@admin.register(models.Leader)
class LeaderAdmin(Searched):
    list_display = ("name", "party", "slug", "visibility")
    list_filter = ("party", "visibility", lists.Offices, lists.NativeNames)
    list_select_related = ("party",)
    search_fields = ("slug", "name", "search_text")
    inlines = (inlines.TenureInline,)
    fields = ("slug", "name", "name_native", "native_unsure", "aliases")


@admin.register(models.Office)
class OfficeAdmin(Kept):
    list_display = ("title", "party", "level", "single_holder")
    list_filter = ("party", "level", "single_holder")
    search_fields = ("slug", "title")
    autocomplete_fields = ("party",)


@admin.register(models.Party)
class PartyAdmin(Kept):
    list_display = ("code", "name", "kind")
    search_fields = ("code", "name")


@admin.register(models.Place)
class PlaceAdmin(Searched):
    list_display = ("name", "country", "approximate", "visibility")
    list_filter = ("country", "approximate", "visibility", lists.NativeNames)
    search_fields = ("slug", "name", "search_text")


@admin.register(models.Topic)
class TopicAdmin(Searched):
    list_display = ("name", "slug", "visibility")
    list_filter = ("visibility", lists.NativeNames)
    search_fields = ("slug", "name", "search_text")


@admin.register(models.Proposal)
class ProposalAdmin(Searched):
    list_display = ("name", "kind", "date", "status", "visibility")
    list_filter = ("kind", "visibility", lists.DateVague)
    search_fields = ("slug", "name", "search_text")
    autocomplete_fields = ("proposer", "recipient", "succeeds", "part_of")
    inlines = (
        inlines.PointInline, inlines.PositionInline, inlines.RequiredCitationInline, inlines.DiscrepancyInline,
    )  # fmt: skip
    fields = (
        "slug", "name", ("kind", "status"), ("date", "date_precision"), "proposer", "recipient", "proposer_note",
        "summary", ("succeeds", "part_of"),
    )  # fmt: skip


@admin.register(models.Body)
class BodyAdmin(Searched):
    list_display = ("name", "kind", "established", "dissolved", "visibility")
    list_filter = ("kind", "visibility", lists.NativeNames)
    search_fields = ("slug", "name", "search_text")
    autocomplete_fields = ("parties", "part_of", "sits_jointly_with")
    inlines = (inlines.MembershipInline, inlines.RequiredCitationInline)
    readonly_fields = ("sessions",)
    fields = (
        "slug", "name", "kind", "parties", ("established", "dissolved"), "mandate", "part_of", "sits_jointly_with",
        "name_native", "native_unsure", "sessions",
    )  # fmt: skip

    @admin.display(description=gettext_lazy("sessions"))
    def sessions(self, body: models.Body) -> SafeString:
        """The newest first; each is edited as the event that it is."""
        held = models.Event.objects.filter(bodies=body.pk, kind=Kind.COMMISSION_SESSION).newest_first()[:SESSIONS]
        return listing(format_html("{} · {}", one.date_in_words(), change_link(one)) for one in held)


@admin.register(models.Publisher)
class PublisherAdmin(Kept):
    list_display = ("name", "domain", "party", "kind")
    list_select_related = ("party",)
    list_filter = ("kind", "party")
    search_fields = ("name", "domain")
    autocomplete_fields = ("party",)


@admin.register(models.Source)
class SourceAdmin(Kept):
    list_display = ("url", "publisher")
    list_select_related = ("publisher",)
    search_fields = ("url",)
    autocomplete_fields = ("publisher",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            tallying.count_sources([obj.key])


@admin.register(models.Keeping)
class KeepingAdmin(admin.ModelAdmin):
    list_display = ("__str__", "covered_until", "set_by_chief")
    readonly_fields = ("covered_until",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        bump()
