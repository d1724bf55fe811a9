"""Events, and what belongs to one: accounts by side, commitments."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.core.text import fold
from peacetracker.diplomacy import models
from peacetracker.diplomacy.admin import inlines, lists
from peacetracker.diplomacy.admin.kept import Kept
from peacetracker.diplomacy.admin.links import add_link, change_link, listing

SIDES = ("AM", "AZ")


@admin.register(models.Event, models.Call, models.Meeting, models.Visit, models.CommissionSession)
class EventAdmin(Kept):
    list_display = ("title", "kind", "date_shown", "status", "track", "place", "source_count", "visibility")
    list_filter = (
        "kind", "status", "track", "visibility", lists.DateVague, lists.SourcesBySide, lists.AccountsBySide,
        lists.Participants, "accounts_differ", "joint", "level",
    )  # fmt: skip
    list_select_related = ("place",)
    date_hierarchy = "date"
    search_fields = ("slug", "title", "search_text")
    autocomplete_fields = ("place", "parties", "topics", "bodies", "proposals")
    prepopulated_fields = {"slug": ("date", "title")}
    inlines = (
        inlines.ParticipationInline, inlines.RequiredCitationInline, inlines.AnnouncementInline,
        inlines.DiscrepancyInline,
    )  # fmt: skip
    readonly_fields = ("derived", "accounts_told", "promises")
    fields = (
        "slug", "title", ("kind", "status"), ("date", "date_precision", "end_date"), "summary", "place", "outcomes",
        "parties", "topics", "bodies", "proposals", "note", "derived", "accounts_told", "promises",
    )  # fmt: skip

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        names = super().get_fields(request, obj)
        return names if obj else [name for name in names if name not in self.readonly_fields]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, fold(search_term))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # The inline has checked that a source is given; its row comes after the event's own.
        obj.source_count = max(obj.source_count, 1)
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("date"), ordering="first_day")
    def date_shown(self, event: models.Event) -> str:
        return event.date_in_words()

    @admin.display(description=gettext_lazy("worked out"))
    def derived(self, event: models.Event) -> str:
        """What follows from the rest by rule, for the editor to check."""
        known = [
            event.get_track_display() or _("no track"), event.get_level_display() or "",
            _("both sides took part") if event.joint else _("not both sides"), event.get_visibility_display(),
        ]  # fmt: skip
        return " · ".join(map(str, filter(None, known)))

    @admin.display(description=gettext_lazy("accounts by side"))
    def accounts_told(self, event: models.Event) -> SafeString:
        told = event.accounts.select_related("voice", "source").prefetch_related("lines").order_by("voice__code", "pk")
        voices = {account.voice.code for account in told}
        adds = [
            add_link(
                models.Account, _("Add an account of %(party)s") % {"party": party}, event=event.pk, voice=party.pk
            )
            for party in models.Party.objects.filter(code__in=SIDES).order_by("code")
            if party.code not in voices
        ]
        adds.append(add_link(models.Account, _("Add another account"), event=event.pk))
        return listing(map(_account, told), adds)

    @admin.display(description=gettext_lazy("commitments made here"))
    def promises(self, event: models.Event) -> SafeString:
        made = event.commitments.all()
        add = add_link(models.Commitment, _("Add a commitment"), event=event.pk)
        return listing((_promise(one) for one in made), [add])


def _account(account: models.Account) -> SafeString:
    lines = format_html_join("", "<li><b>{}</b> {}</li>", ((line.subject, line.text) for line in account.lines.all()))
    read = _("whole readout read") if account.complete else _("not the whole readout")
    head = change_link(account, str(account.voice))
    return format_html("{} · {} · {}<ul>{}</ul>", head, read, account.source.url, lines)


def _promise(made: models.Commitment) -> SafeString:
    return format_html("{} · {}", change_link(made), made.get_status_display())


class OfAnEvent(Kept):
    """A record that belongs to an event: after saving it the editor is back at the event."""

    def _back(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        if not request.user.has_perm("diplomacy.view_event"):
            return super().response_post_save_change(request, obj)
        return HttpResponseRedirect(reverse("admin:diplomacy_event_change", args=[obj.event_id]))

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._back(request, obj)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return self._back(request, obj)


@admin.register(models.Account)
class AccountAdmin(OfAnEvent):
    list_display = ("event", "voice", "complete")
    list_filter = ("voice", "complete")
    list_select_related = ("event", "voice")
    search_fields = ("event__title", "event__slug")
    autocomplete_fields = ("event", "voice", "source")
    inlines = (inlines.AccountLineInline,)


@admin.register(models.Commitment)
class CommitmentAdmin(OfAnEvent):
    list_display = ("text", "status", "due", "event", "visibility")
    list_filter = ("status", "visibility", "by")
    list_select_related = ("event",)
    search_fields = ("slug", "text")
    autocomplete_fields = ("event", "by", "resolved_by")
    inlines = (inlines.RequiredCitationInline,)
    fields = ("slug", "event", "text", "by", ("due", "status"), ("resolved_on", "resolved_by"), "note")
