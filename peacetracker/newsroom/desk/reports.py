"""What readers reported: a list by state, and two acts that close a report with an answer."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.core.models import User, signed_in
from peacetracker.diplomacy.models import Body, Event, Leader, Place, Proposal, Topic
from peacetracker.newsroom.models import Report

# By the address of their pages.
NOUNS: dict[str, Any] = {
    "events": Event, "leaders": Leader, "proposals": Proposal, "commissions": Body, "topics": Topic, "places": Place,
}  # fmt: skip
ACTS = {"_handled": Report.State.HANDLED, "_aside": Report.State.SET_ASIDE, "_reopen": Report.State.WAITING}


def close(report: Report, state: str, *, by: User) -> None:
    """Bring a report to a state; who did it is kept with it."""
    report.state, report.handled_by = state, None if state == Report.State.WAITING else by
    report.save(update_fields=["state", "handled_by", "updated_at"])


class ReportForm(forms.ModelForm):
    """Who closes a report by hand says what became of it: the next editor finds nothing else."""

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        if {"_handled", "_aside"} & set(self.data) and not cleaned.get("answer"):
            self.add_error("answer", _("Say what was done, or why nothing had to be."))
        return cleaned


class ReportAdmin(admin.ModelAdmin):
    form = ReportForm
    change_form_template = "admin/newsroom/report/change_form.html"
    list_display = ("message_shown", "page_link", "state", "created_at", "handled_by")
    list_filter = ("state",)
    list_select_related = ("handled_by",)
    search_fields = ("page", "message", "answer")
    actions = ("mark_handled", "set_aside")
    readonly_fields = (
        "state", "page_link", "record_link", "message", "source_link", "contact_link", "created_at", "handled_by",
    )  # fmt: skip
    fields = (*readonly_fields, "answer")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("what is wrong"))
    def message_shown(self, report: Report) -> str:
        return report.message[:120]

    @admin.display(description=gettext_lazy("page"))
    def page_link(self, report: Report) -> str:
        return _link(report.page)

    @admin.display(description=gettext_lazy("record"))
    def record_link(self, report: Report) -> str:
        """The form of what the page shows, to be mended there."""
        *_language, noun, slug = ["", "", *report.page.partition("?")[0].strip("/").split("/")]
        one = NOUNS[noun].objects.filter(slug=slug).first() if noun in NOUNS else None
        if one is None:
            return "–"
        address = reverse(f"admin:diplomacy_{one._meta.model_name}_change", args=[one.pk])
        return format_html('<a href="{}">{}</a>', address, one)

    @admin.display(description=gettext_lazy("e-mail for an answer"))
    def contact_link(self, report: Report) -> str:
        return format_html('<a href="mailto:{0}">{0}</a>', report.contact) if report.contact else "–"

    @admin.display(description=gettext_lazy("a source that shows it"))
    def source_link(self, report: Report) -> str:
        return _link(report.source)

    def response_change(self, request: HttpRequest, obj: Report) -> HttpResponse:
        for button, state in ACTS.items():
            if button in request.POST:
                if not self.has_change_permission(request, obj):
                    raise PermissionDenied
                close(obj, state, by=signed_in(request))
                self.message_user(
                    request, _("Report: %(state)s.") % {"state": obj.get_state_display()}, messages.SUCCESS
                )
                return redirect("admin:newsroom_report_changelist")
        return super().response_change(request, obj)

    @admin.action(description=gettext_lazy("Handled"), permissions=["change"])
    def mark_handled(self, request: HttpRequest, reports: Any) -> None:
        self._close(request, reports, Report.State.HANDLED)

    @admin.action(description=gettext_lazy("Set aside"), permissions=["change"])
    def set_aside(self, request: HttpRequest, reports: Any) -> None:
        self._close(request, reports, Report.State.SET_ASIDE)

    def _close(self, request: HttpRequest, reports: Any, state: str) -> None:
        for report in reports:
            close(report, state, by=signed_in(request))
        self.message_user(request, _("Done: %(count)s.") % {"count": len(reports)}, messages.SUCCESS)


def _link(address: str) -> str:
    """A link for a web address or a path of this site; anything else as plain text, since readers write it."""
    if not address.startswith(("https://", "http://", "/")) or address.startswith("//"):
        return address or "–"
    return format_html('<a href="{}" rel="noreferrer">{}</a>', address, address)
