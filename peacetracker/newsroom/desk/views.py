"""The page of one draft and its undo, mounted by the admin. After an act comes the next draft of the same queue."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from peacetracker.core.models import signed_in
from peacetracker.newsroom import review
from peacetracker.newsroom.desk import acts, page
from peacetracker.newsroom.desk.forms import Mending
from peacetracker.newsroom.desk.queue import FILTERS, queue_of
from peacetracker.newsroom.following import follow
from peacetracker.newsroom.models import Draft
from peacetracker.newsroom.review import CannotDecide, Overtaken

TEMPLATE = "admin/newsroom/draft/desk.html"
REFUSALS = (ValueError, LookupError, ValidationError)


def draft_page(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: to be decided while it waits, to be read once it is decided."""
    draft = get_object_or_404(Draft.objects.select_related("likely_event__place", "event"), pk=pk)
    if not admin.has_view_permission(request, draft):
        raise PermissionDenied
    if draft.is_waiting:
        follow(draft)
    sources = page.sources_of(draft)
    if request.method != "POST":
        return _shown(admin, request, draft, sources, Mending(draft, sources))
    if not admin.has_review_permission(request):
        raise PermissionDenied
    mending = Mending(draft, sources, request.POST)
    queue = queue_of(admin, request, draft)
    try:
        act = acts.perform(draft, mending, request.POST, by=signed_in(request))
    except acts.NotYet:
        return _shown(admin, request, draft, sources, mending)
    except Overtaken as other:
        return _overtaken(admin, request, other, mending)
    except REFUSALS as error:
        return _refused(admin, request, draft, sources, mending, error)
    messages.success(request, _said(draft.pk, act))
    return redirect(_address(request, draft.pk if act == "save" else queue.after_deciding))


def undo(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last decision back, and open the draft again."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not admin.has_review_permission(request):
        raise PermissionDenied
    draft = get_object_or_404(Draft, pk=pk)
    try:
        review.undo(draft, by=signed_in(request))
        messages.success(request, _("Taken back: “%(draft)s” waits again.") % {"draft": draft})
    except REFUSALS as error:
        messages.error(request, _told(error))
    if "seen" not in request.POST:
        return redirect(_address(request, pk))
    # Undone by the second of two editors: what she had typed is still in the form.
    draft.refresh_from_db()
    sources = page.sources_of(draft)
    return _shown(admin, request, draft, sources, Mending(draft, sources, request.POST))


def _shown(admin: Any, request: HttpRequest, draft: Draft, sources: Any, mending: Mending, **more: Any) -> HttpResponse:
    queue = queue_of(admin, request, draft)
    may_review = admin.has_review_permission(request)
    context = {
        **admin.admin_site.each_context(request),
        **page.context(draft, sources, mending),
        "opts": Draft._meta,
        "title": str(draft),
        "queue": queue,
        "may_review": may_review,
        "may_decide": may_review and draft.is_waiting,
        "next": queue.next and _address(request, queue.next),
        "previous": queue.previous and _address(request, queue.previous),
        "list": _address(request, None),
        "here": _address(request, draft.pk),
        "filters": request.GET.get(FILTERS, ""),
        **more,
    }
    return TemplateResponse(request, TEMPLATE, context)


def _overtaken(admin: Any, request: HttpRequest, other: Overtaken, mending: Mending) -> HttpResponse:
    """Tell the second of two editors what the first did, and keep what the second typed."""
    draft = other.draft
    sources = page.sources_of(draft)
    mine = Mending(draft, sources, request.POST)
    more = {
        "overtaken": other,
        "last_editor": page.last_editor(draft) if draft.is_waiting else "",
        "differences": page.differences(draft, mine),
        "reason": request.POST.get("reason", ""),
        "other_event": request.POST.get("other_event", ""),
        "keep_form": True,
    }
    return _shown(admin, request, draft, sources, mine, **more)


def _refused(
    admin: Any, request: HttpRequest, draft: Draft, sources: Any, mending: Mending, error: Exception
) -> HttpResponse:
    """Say why the act can't be done, at the field that it is about, and keep what was typed."""
    mending.is_valid()
    mending.point_at(error.field if isinstance(error, CannotDecide) else "", _told(error))
    more = {"reason": request.POST.get("reason", ""), "other_event": request.POST.get("other_event", "")}
    return _shown(admin, request, draft, sources, mending, **more)


def _told(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _address(request: HttpRequest, pk: int | None) -> str:
    """The page of a draft with the filters of the list that it was opened from; without a draft that list."""
    filters = request.GET.get(FILTERS, "")
    if pk is None:
        return reverse("admin:newsroom_draft_changelist") + (f"?{filters}" if filters else "")
    kept = "?" + urlencode({FILTERS: filters}) if filters else ""
    return reverse("admin:newsroom_draft_change", args=[pk]) + kept


def _said(pk: int, act: str) -> SafeString:
    """What was done, with its undo. The button belongs to the form that every page of the desk has."""
    draft = Draft.objects.select_related("event").get(pk=pk)
    words = {
        "save": _("Saved; it still waits."),
        "later": _("Kept for later: “%(draft)s”."),
        "approve": _("Approved: “%(draft)s”."),
        "merge": _("Merged: “%(draft)s”."),
        "reject": _("Rejected: “%(draft)s”."),
    }[act] % {"draft": draft}
    if act in ("save", "later"):
        return format_html("{}", words)
    link = (
        format_html(' <a href="{}">{}</a>', draft.event.get_absolute_url(), _("See the event")) if draft.event else ""
    )
    return format_html(
        '{}{} <button class="desk-undo" form="desk-undo" formaction="{}">{} <kbd>U</kbd></button>',
        words, link, reverse("admin:newsroom_draft_undo", args=[pk]), _("Undo"),
    )  # fmt: skip
