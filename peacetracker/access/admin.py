"""API keys in the admin: made, listed, revoked; a token is shown once, on the page that follows its making. Releases:
listed, and made."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from peacetracker.access import keys
from peacetracker.access.models import ApiKey, Release, Scope
from peacetracker.access.releasing import make_release
from peacetracker.diplomacy.models import Event

# A record of more events is released by the schedule or by `manage.py make_release`.
WAITED_FOR = 20_000
MOST_LETTERS = 500


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
    """Releases as they are for ever. A new one is made by a button, not by a form."""

    change_list_template = "admin/access/release/list.html"
    list_display = ("version", "made_at", "event_count", "covered_until", "changed", "files_page", "note")
    readonly_fields = ("version", "made_at", "sha256", "covered_until", "event_count", "changed", "files_page", "note")
    fields = readonly_fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # a release has been cited since

    def get_urls(self) -> list[Any]:
        make = path("make/", self.admin_site.admin_view(require_POST(self.make)), name="access_release_make")
        return [make, *super().get_urls()]

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:access_release_changelist"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"title": _("Releases"), "by_command": _is_large(), **(extra_context or {})}
        return super().changelist_view(request, context)

    def make(self, request: HttpRequest) -> HttpResponse:
        """Make a release now; the page answers when its files lie there."""
        if not self.has_add_permission(request) or _is_large():
            raise PermissionDenied
        release = make_release(note=request.POST.get("note", "").strip()[:MOST_LETTERS])
        if release is None:
            self.message_user(request, _("Nothing has changed since the last release."), messages.WARNING)
        else:
            self.log_addition(request, release, _("Made by hand."))
            told = _("Release %(version)s is made: %(count)d events, %(files)d files.")
            counted = {"version": release, "count": release.event_count, "files": len(release.files)}
            self.message_user(request, told % counted, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:access_release_changelist"))

    @admin.display(description=gettext_lazy("since the last"))
    def changed(self, release: Release) -> str:
        return ", ".join(f"{name} {n}" for name, n in release.changes.items() if name != "since" and n) or "–"

    @admin.display(description=gettext_lazy("page"))
    def files_page(self, release: Release) -> str:
        return format_html('<a href="{}">{}</a>', release.get_absolute_url(), _("Files of %(v)s") % {"v": release})


def _is_large() -> bool:
    """Too large to be made while a browser waits."""
    return Event.objects.public()[WAITED_FOR : WAITED_FOR + 1].exists()
