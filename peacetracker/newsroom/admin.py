"""The drafts desk, and the feeds behind it. Every act on a draft goes through review.py."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peacetracker.core.models import signed_in
from peacetracker.newsroom import feed_list, models, review
from peacetracker.newsroom.desk import views
from peacetracker.newsroom.desk.filters import FILTERS, FailingFilter
from peacetracker.newsroom.desk.reports import ReportAdmin
from peacetracker.newsroom.models import Draft
from peacetracker.newsroom.opml import MOST_BYTES, NotOPML


class DecisionForm(ActionForm):
    """The bulk acts; a rejection gives its reason beside the act."""

    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=300)


class Read(admin.ModelAdmin):
    """What only machines write: shown, never changed by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Draft)
class DraftAdmin(admin.ModelAdmin):
    action_form = DecisionForm
    actions = ("approve", "merge", "reject", "undo")
    change_list_template = "admin/newsroom/draft/queue.html"
    list_display = ("title", "when", "people", "sureness", "age", "feed", "repeats")
    list_filter = FILTERS
    list_select_related = ("likely_event",)
    search_fields = ("title", "summary", "evidence")
    ordering = ("-confidence", "pk")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return Draft.objects.prefetch_related("sources__article__feed")

    def get_urls(self) -> list[Any]:
        undo = self.admin_site.admin_view(partial(views.undo, self))
        return [path("<int:pk>/undo/", undo, name="newsroom_draft_undo"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if not object_id.isdigit():
            raise Http404
        return views.draft_page(self, request, int(object_id))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Draft | None = None) -> bool:
        return False

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("newsroom.review_draft")

    @admin.display(description=gettext_lazy("when"), ordering="date")
    def when(self, draft: Draft) -> str:
        return draft.date_in_words()

    @admin.display(description=gettext_lazy("people"))
    def people(self, draft: Draft) -> str:
        names = [
            person["name"] if person.get("slug") else _("%(name)s (unknown)") % {"name": person["name"]}
            for person in draft.participants
        ]
        return ", ".join(names)

    @admin.display(description=gettext_lazy("confidence"), ordering="confidence")
    def sureness(self, draft: Draft) -> str:
        return "–" if draft.submitted_by else f"{draft.confidence:.2f}"

    @admin.display(description=gettext_lazy("age"), ordering="created_at")
    def age(self, draft: Draft) -> str:
        return timesince(draft.created_at, depth=1)

    @admin.display(description=gettext_lazy("feed"))
    def feed(self, draft: Draft) -> str:
        if draft.submitted_by:
            return _("sent by %(name)s") % {"name": draft.submitted_by}
        feeds = [told.article.feed.name if told.article.feed else "" for told in draft.sources.all()]
        return ", ".join(dict.fromkeys(filter(None, feeds))) or "–"

    @admin.display(description=gettext_lazy("repeats"), ordering="likely_event")
    def repeats(self, draft: Draft) -> str:
        event = draft.repeats
        return format_html('<a href="{}">{}</a>', event.get_absolute_url(), event) if event else "–"

    @admin.action(description=gettext_lazy("Approve"), permissions=["review"])
    def approve(self, request: HttpRequest, drafts: Any) -> None:
        self._each(
            request, drafts, lambda draft: review.approve(draft, by=signed_in(request)), _("Approved: %(count)s.")
        )

    @admin.action(description=gettext_lazy("Merge into the event it probably repeats"), permissions=["review"])
    def merge(self, request: HttpRequest, drafts: Any) -> None:
        def act(draft: Draft) -> None:
            if draft.repeats is None:
                raise review.CannotDecide(_("Choose the event that it repeats first."))
            review.merge_into(draft, draft.repeats, by=signed_in(request))

        self._each(request, drafts, act, _("Merged: %(count)s."))

    @admin.action(description=gettext_lazy("Reject, for the reason given"), permissions=["review"])
    def reject(self, request: HttpRequest, drafts: Any) -> None:
        reason = request.POST.get("reason", "").strip()
        if not reason:
            self.message_user(request, _("Say why the drafts are rejected. They wait as before."), messages.ERROR)
            return
        by = signed_in(request)
        self._each(request, drafts, lambda draft: review.reject(draft, reason=reason, by=by), _("Rejected: %(count)s."))

    @admin.action(description=gettext_lazy("Undo the last decision"), permissions=["review"])
    def undo(self, request: HttpRequest, drafts: Any) -> None:
        self._each(
            request, drafts, lambda draft: review.undo(draft, by=signed_in(request)), _("Taken back: %(count)s.")
        )

    def _each(self, request: HttpRequest, drafts: Any, act: Callable[[Draft], Any], told: str) -> None:
        """Do the act draft by draft: one that can't be decided stays as it is and says why. `told`: of the others."""
        done = 0
        for draft in drafts:
            try:
                act(draft)
                done += 1
            except (ValueError, LookupError, ValidationError) as error:
                self.message_user(request, f"{draft}: {error}", messages.ERROR)
        if done:
            self.message_user(request, told % {"count": done}, messages.SUCCESS)


@admin.register(models.Feed)
class FeedAdmin(admin.ModelAdmin):
    change_list_template = "admin/newsroom/feed/list.html"
    list_display = ("name", "side", "enabled", "reads_pages", "health", "pace", "wishes_in_words", "last_success_at")
    list_filter = (FailingFilter, "enabled", "side")
    list_select_related = ("side",)
    ordering = ("-error_count", "name")
    search_fields = ("name", "address")
    autocomplete_fields = ("side",)
    readonly_fields = (
        "health", "wishes_in_words", "learned_minutes", "error_count", "last_error", "last_checked_at",
        "last_success_at",
    )  # fmt: skip
    actions = ("try_now", "switch_on", "switch_off")

    class Media:
        js = ("js/record_desk.js",)  # names the fields of search for who can't see them

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A moment is two fields, each called as the moment is."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        for part in getattr(getattr(field, "widget", None), "widgets", ()):
            part.attrs["aria-label"] = field.label
        return field

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        return [path("opml/", self.admin_site.admin_view(self.opml), name="newsroom_feed_opml"), *super().get_urls()]

    def opml(self, request: HttpRequest) -> HttpResponse:
        """GET gives the list out, POST takes one in."""
        if request.method != "POST":
            if not self.has_view_permission(request):
                raise PermissionDenied
            kept = {"Content-Disposition": 'attachment; filename="feeds.opml"'}
            return HttpResponse(feed_list.given_out(), content_type="text/x-opml; charset=utf-8", headers=kept)
        if not self.has_add_permission(request):
            raise PermissionDenied
        file = request.FILES.get("list")
        try:
            count, new = feed_list.take_in(file.read(MOST_BYTES + 1) if file else b"")
            told = _("Feeds in the list: %(count)s, new ones: %(new)s. They are switched off.")
            self.message_user(request, told % {"count": count, "new": new}, messages.SUCCESS)
        except NotOPML as problem:
            self.message_user(request, _("This list can't be taken in: %(why)s") % {"why": problem}, messages.ERROR)
        return HttpResponseRedirect(reverse("admin:newsroom_feed_changelist"))

    @admin.display(description=gettext_lazy("read the page"), ordering="full_text")
    def reads_pages(self, feed: models.Feed) -> str:
        """In words: red is for feeds that fail."""
        return _("yes") if feed.full_text else _("no")

    @admin.display(description=gettext_lazy("health"), ordering="-error_count")
    def health(self, feed: models.Feed) -> str:
        """Red with the reason while a feed fails."""
        if feed.gone_at:
            return format_html('<b class="errornote">{}</b>', _("gone"))
        if not feed.error_count:
            return _("answers") if feed.last_success_at else _("not asked yet")
        failing = ngettext("%(n)s failure in a row", "%(n)s failures in a row", feed.error_count)
        why = Truncator(feed.last_error).chars(120)
        return format_html('<b class="errornote">{}</b> {}', failing % {"n": feed.error_count}, why)

    @admin.display(description=gettext_lazy("asked every"))
    def pace(self, feed: models.Feed) -> str:
        minutes = (feed.adaptive and feed.learned_minutes) or feed.pace_minutes
        return _("%(n)s minutes") % {"n": minutes}

    @admin.display(description=gettext_lazy("what the feed asks for"))
    def wishes_in_words(self, feed: models.Feed) -> str:
        wishes = feed.wishes or {}
        told = [
            _("%(n)s minutes between checks") % {"n": wishes["ttl_minutes"]} if wishes.get("ttl_minutes") else "",
            _("not in %(n)s hours of the day") % {"n": len(wishes["skip_hours"])} if wishes.get("skip_hours") else "",
            _("not on %(n)s days of the week") % {"n": len(wishes["skip_days"])} if wishes.get("skip_days") else "",
        ]
        return ", ".join(filter(None, told)) or "–"

    @admin.action(description=gettext_lazy("Try now"), permissions=["change"])
    def try_now(self, request: HttpRequest, feeds: Any) -> None:
        """Due at once; a feed that is switched off stays off."""
        off = list(feeds.exclude(pk__in=models.Feed.objects.polled()).values_list("name", flat=True))
        due = feeds.update(next_check_at=timezone.now(), leased_until=None, gone_at=None) - len(off)
        if due:
            told = _("Due now: %(count)s. The next look of the worker asks them; this list then tells how it went.")
            self.message_user(request, told % {"count": due}, messages.SUCCESS)
        if off:
            told = _("Switched off, so not asked: %(names)s.") % {"names": ", ".join(off)}
            self.message_user(request, told, messages.WARNING)

    @admin.action(description=gettext_lazy("Switch on"), permissions=["change"])
    def switch_on(self, request: HttpRequest, feeds: Any) -> None:
        self._switch(request, feeds, on=True)

    @admin.action(description=gettext_lazy("Switch off"), permissions=["change"])
    def switch_off(self, request: HttpRequest, feeds: Any) -> None:
        self._switch(request, feeds, on=False)

    def _switch(self, request: HttpRequest, feeds: Any, *, on: bool) -> None:
        done = feeds.update(enabled=on)
        self.message_user(request, _("Done: %(count)s.") % {"count": done}, messages.SUCCESS)


@admin.register(models.Article)
class ArticleAdmin(Read):
    list_display = ("title", "feed", "published", "state")
    list_filter = ("state", "feed")
    list_select_related = ("feed",)
    search_fields = ("title", "url")


@admin.register(models.Decision)
class DecisionAdmin(Read):
    list_display = ("draft", "act", "by", "at", "event_slug", "taken_back_at")
    list_filter = ("act",)
    list_select_related = ("draft", "by")


admin.site.register(models.Report, ReportAdmin)
