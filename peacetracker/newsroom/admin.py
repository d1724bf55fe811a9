"""The drafts desk, and the feeds behind it. Every act on a draft goes through review.py."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.newsroom import models, review
from peacetracker.newsroom.models import Draft


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
    list_display = ("title", "kind", "date_in_words", "confidence", "likely_event", "state")
    list_filter = ("state", "kind", "status")
    list_select_related = ("likely_event",)
    search_fields = ("title", "summary", "evidence")
    autocomplete_fields = ("likely_event",)
    readonly_fields = ("state", "evidence", "articles", "confidence", "reasons")
    fields = (
        "state", "articles", "evidence", ("confidence", "reasons"), "title", ("kind", "status"),
        ("date", "date_precision"), "summary", "participants", ("place", "place_name", "country"), "topics", "bodies",
        "proposals", "likely_event",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return Draft.objects.in_queue_order()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Draft | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Draft | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_waiting)

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("newsroom.review_draft")

    @admin.display(description=gettext_lazy("articles"))
    def articles(self, draft: Draft) -> str:
        told = draft.sources.select_related("article")
        return "\n\n".join(f"{one.article.title}\n{one.article.url}\n{one.article.text}" for one in told)

    @admin.action(description=gettext_lazy("Approve"), permissions=["review"])
    def approve(self, request: HttpRequest, drafts: Any) -> None:
        self._each(request, drafts, lambda draft: review.approve(draft, by=request.user))

    @admin.action(description=gettext_lazy("Merge into the event it probably repeats"), permissions=["review"])
    def merge(self, request: HttpRequest, drafts: Any) -> None:
        def act(draft: Draft) -> None:
            if draft.likely_event is None:
                raise review.CannotDecide(_("Choose the event that it repeats first."))
            review.merge_into(draft, draft.likely_event, by=request.user)

        self._each(request, drafts, act)

    @admin.action(description=gettext_lazy("Reject, for the reason given"), permissions=["review"])
    def reject(self, request: HttpRequest, drafts: Any) -> None:
        reason = request.POST.get("reason", "")
        self._each(request, drafts, lambda draft: review.reject(draft, reason=reason, by=request.user))

    @admin.action(description=gettext_lazy("Undo the last decision"), permissions=["review"])
    def undo(self, request: HttpRequest, drafts: Any) -> None:
        self._each(request, drafts, lambda draft: review.undo(draft, by=request.user))

    def _each(self, request: HttpRequest, drafts: Any, act: Callable[[Draft], Any]) -> None:
        """Do the act draft by draft: one that can't be decided stays as it is and says why."""
        done = 0
        for draft in drafts:
            try:
                act(draft)
                done += 1
            except (ValueError, LookupError, ValidationError) as error:
                self.message_user(request, f"{draft}: {error}", messages.ERROR)
        if done:
            self.message_user(request, _("Done: %(count)s.") % {"count": done}, messages.SUCCESS)


@admin.register(models.Feed)
class FeedAdmin(admin.ModelAdmin):
    list_display = ("name", "side", "enabled", "error_count", "last_error", "last_success_at")
    list_filter = ("enabled", "side")
    list_select_related = ("side",)
    search_fields = ("name", "address")
    autocomplete_fields = ("side",)
    readonly_fields = ("error_count", "last_error", "last_checked_at", "last_success_at")
    actions = ("try_now",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("Try now"), permissions=["change"])
    def try_now(self, request: HttpRequest, feeds: Any) -> None:
        feeds.update(next_check_at=timezone.now(), leased_until=None)


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
