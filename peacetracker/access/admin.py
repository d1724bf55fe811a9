"""API keys in the admin: made, listed, revoked; a token is shown once, on the page that follows its making. Releases:
listed, and asked for."""

from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.access import keys, making
from peacetracker.access.models import ApiKey, Making, Release, Scope
from peacetracker.core.models import signed_in

MOST_LETTERS = 500
# A worker that runs takes what is asked for within some seconds.
NOBODY_CAME = timedelta(minutes=1)


class ApiKeyForm(forms.ModelForm):
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Scopes"), choices=Scope.choices, initial=[Scope.READ], widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ApiKey
        fields = ("name", "owner", "scopes", "rate")


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):
    form = ApiKeyForm
    actions = ("revoke",)
    list_display = ("name", "begins_with", "owner", "scope_names", "rate", "created_at", "last_used_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    search_fields = ("name", "owner", "prefix")
    readonly_fields = ("begins_with", "created_at", "last_used_at", "revoked_at")

    def get_readonly_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        return self.readonly_fields if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # drafts tell the key that they came by: it is revoked instead

    def save_model(self, request: HttpRequest, obj: ApiKey, form: Any, change: bool) -> None:
        if not change:
            request.token_made = keys.give_token(obj)  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)
        transaction.on_commit(partial(keys.forget, ApiKey.objects.filter(pk=obj.pk)))

    def response_add(self, request: HttpRequest, obj: ApiKey, post_url_continue: str | None = None) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("The key is made"),
            "opts": self.opts,
            "key": obj,
            "token": request.token_made,  # type: ignore[attr-defined]
        }
        return TemplateResponse(request, "admin/access/apikey/made.html", context)

    @admin.display(description=gettext_lazy("begins with"), ordering="prefix")
    def begins_with(self, key: ApiKey) -> str:
        return f"{key.prefix}…"

    @admin.display(description=gettext_lazy("scopes"))
    def scope_names(self, key: ApiKey) -> str:
        return ", ".join(key.scopes)

    @admin.action(description=gettext_lazy("Revoke"), permissions=["change"])
    def revoke(self, request: HttpRequest, chosen: Any) -> None:
        count = keys.revoke(chosen)
        self.message_user(request, _("Revoked: %(count)s.") % {"count": count}, messages.SUCCESS)


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):
    """Releases as they are for ever. A new one is asked for; its own page tells how far it is."""

    list_display = ("version", "made_at", "event_count", "covered_until", "changed", "files_page", "note")
    readonly_fields = ("version", "made_at", "sha256", "covered_until", "event_count", "changed", "files_page", "note")
    fields = readonly_fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a release has been cited since

    def get_urls(self) -> list[Any]:
        making = path("making/<int:pk>/", self.admin_site.admin_view(self.making), name="access_release_making")
        return [making, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if being_made := Making.objects.open().first():
            told = _("A release %(state)s.") % {"state": being_made.get_state_display()}
            link = format_html('{} <a href="{}">{}</a>', told, _page_of(being_made), _("See how far it is"))
            self.message_user(request, link, messages.INFO)
        return super().changelist_view(request, extra_context)

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for a release; while one is being made this is its page."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        being_made = Making.objects.open().first()
        if request.method == "POST":
            note = request.POST.get("note", "").strip()[:MOST_LETTERS]
            being_made = making.ask(by=signed_in(request), note=note)
        if being_made:
            return HttpResponseRedirect(_page_of(being_made))
        return self._page(request, _("Make a release"), last=Release.objects.first())

    def making(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How far it is. The page asks anew by itself, without a script, until it has ended."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = get_object_or_404(Making.objects.select_related("by", "release"), pk=pk)
        alone = asked.state == Making.State.WAITING and timezone.now() - asked.asked_at > NOBODY_CAME
        return self._page(request, _("Making a release"), making=asked, alone=alone)

    def _page(self, request: HttpRequest, title: str, **more: Any) -> HttpResponse:
        may_make = self.has_add_permission(request)
        context = {"title": title, "opts": self.opts, "may_make": may_make, "most_letters": MOST_LETTERS, **more}
        context = {**self.admin_site.each_context(request), **context}
        return TemplateResponse(request, "admin/access/release/make.html", context)

    @admin.display(description=gettext_lazy("since the last"))
    def changed(self, release: Release) -> str:
        return ", ".join(f"{name} {n}" for name, n in release.changes.items() if name != "since" and n) or "–"

    @admin.display(description=gettext_lazy("page"))
    def files_page(self, release: Release) -> str:
        return format_html('<a href="{}">{}</a>', release.get_absolute_url(), _("Files of %(v)s") % {"v": release})


def _page_of(asked: Making) -> str:
    return reverse("admin:access_release_making", args=[asked.pk])
