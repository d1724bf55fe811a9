"""The versions of a record for its editors: who, when, why, what changed between any two. And the mergers."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.core.models import signed_in
from peacetracker.diplomacy import merging, record
from peacetracker.diplomacy.admin.acts import ReasonForm
from peacetracker.diplomacy.admin.meanwhile import document_of, name_of
from peacetracker.diplomacy.differences import differences
from peacetracker.diplomacy.models import Event, Merger
from peacetracker.diplomacy.moving import CannotMerge
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.showing import noun_of

SHOWN = 100


class Histories(admin.ModelAdmin):
    """The history button of every form; Django's own log stays below for nouns without versions."""

    object_history_template = "admin/diplomacy/history.html"

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        one = self.get_object(request, unquote(object_id))
        context = {} if one is None else self._versions(request, one)
        return super().history_view(request, object_id, {**context, **(extra_context or {})})

    def _versions(self, request: HttpRequest, one: Any) -> dict[str, Any]:
        versions = list(record.versions_of(one).select_related("by")[: SHOWN + 1])
        documents = [document_of(version) for version in versions]
        rows = [
            {
                "version": version,
                "by": name_of(version),
                "changes": differences(older, document),
                "first": older is None,
            }
            for version, document, older in zip(versions, documents, [*documents, None][1:], strict=True)
        ]
        return {
            "title": _("History: %s") % one,
            "rows": rows[:SHOWN],
            "cut": len(rows) > SHOWN,
            "compared": _compared(request, versions, documents),
            "public_history": public_history(one),
            "merger": merging.standing_merger(one) if hasattr(one, "heir_id") else None,
        }


def _compared(request: HttpRequest, versions: list[Any], documents: list[Any]) -> dict[str, Any] | None:
    """The two versions that the address asks for, the older first, and what differs."""
    by_pk = {str(version.pk): i for i, version in enumerate(versions)}
    chosen = [by_pk[pk] for pk in (request.GET.get("a", ""), request.GET.get("b", "")) if pk in by_pk]
    if len(chosen) < 2:
        return None
    older, newer = max(chosen), min(chosen)
    return {
        "older": versions[older], "newer": versions[newer], "changes": differences(documents[older], documents[newer]),
    }  # fmt: skip


def public_history(one: Any) -> str:
    """The address of the history that readers see, if this noun has one."""
    if not isinstance(one, Event):
        return ""
    try:
        return reverse("dashboard:event-history", args=[one.slug])
    except NoReverseMatch:
        return ""


@admin.register(Merger)
class MergerAdmin(admin.ModelAdmin):
    """Which records were merged; each merger can be undone from here."""

    list_display = ("__str__", "noun", "reason", "by", "at", "undone_at", "undo_link")
    list_filter = ("noun", ("undone_at", admin.EmptyFieldListFilter))
    fields = ("merged_name", "heir_name", "noun", "reason", "by", "at", "undone_at", "undone_by", "undo_link")
    list_select_related = ("by",)
    search_fields = ("merged_name", "heir_name", "reason")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[Any]:
        undo = path("<int:pk>/undo/", self.admin_site.admin_view(self.undo_view), name="diplomacy_merger_undo")
        return [undo, *super().get_urls()]

    @admin.display(description=gettext_lazy("undo"))
    def undo_link(self, merger: Merger) -> str:
        if merger.undone_at:
            return ""
        address = reverse("admin:diplomacy_merger_undo", args=[merger.pk])
        return format_html('<a href="{}">{}</a>', address, _("Undo “%(merger)s”") % {"merger": merger})

    def undo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        merger = self.get_object(request, str(pk))
        if merger is None or not request.user.has_perm(f"diplomacy.change_{merger.noun}"):
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if form.is_valid() and (done := self._undo(request, merger, form.cleaned_data["reason"])):
            return done
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": _("Undo a merger"), "form": form,
            "rows": [merger], "explained": _("Both records will be as they were; what changed since stays."),
        }  # fmt: skip
        return TemplateResponse(request, "admin/diplomacy/reason.html", context)

    def _undo(self, request: HttpRequest, merger: Merger, reason: str) -> HttpResponse | None:
        try:
            left = merging.undo(merger, author=Author(by=signed_in(request), reason=reason))
        except CannotMerge as error:
            self.message_user(request, str(error), messages.ERROR)
            return None
        old, _heir = merging.records_of(merger)
        self.log_change(request, old, ": ".join((_("Merger undone"), reason)))
        for line in left:
            self.message_user(request, line, messages.WARNING)
        self.message_user(request, _("Undone: both records stand again."), messages.SUCCESS)
        return HttpResponseRedirect(reverse(f"admin:diplomacy_{noun_of(old)}_change", args=[old.pk]))
