"""Withdrawing, restoring and merging: a page that says what will happen and asks for the reason."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.core.models import signed_in
from peacetracker.diplomacy import merging, record
from peacetracker.diplomacy.admin.meanwhile import document_of
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.differences import differences
from peacetracker.diplomacy.models.base import Record
from peacetracker.diplomacy.moving import CannotMerge
from peacetracker.diplomacy.record import Author

MANY = 50


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=300,
        help_text=gettext_lazy("Readers see it where the record was, and among the changes."),
    )  # fmt: skip


class Acts(admin.ModelAdmin):
    """For the admin of a noun that has visibility; the others get no buttons and no addresses."""

    @property
    def has_visibility(self) -> bool:
        return issubclass(self.model, Record)

    def get_urls(self) -> list[Any]:
        urls = super().get_urls()
        if not self.has_visibility:
            return urls
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        views: dict[str, Callable[..., HttpResponse]] = {
            "withdraw": self.withdraw_view, "restore": self.restore_view, "merge": self.merge_view,
        }  # fmt: skip
        own = [path(f"{act}/", self.admin_site.admin_view(view), name=f"{name}_{act}") for act, view in views.items()]
        return [*own, *urls]

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        if self.has_visibility and self.has_change_permission(request):
            acts: tuple[Any, ...] = (withdraw_selected, restore_selected, merge_selected)
            actions |= {act.__name__: (act, act.__name__, act.short_description) for act in acts}
        return actions

    def address(self, act: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{act}", args=args)

    def _asked_for(self, request: HttpRequest) -> list[Any]:
        """The records whose numbers the address gives, in its order."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        pks = [int(pk) for pk in request.GET.get("ids", "").split(",") if pk.isdigit()][:MANY]
        found = self.model._base_manager.in_bulk(pks)
        return [found[pk] for pk in dict.fromkeys(pks) if pk in found]

    def _page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        shown = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/diplomacy/{template}.html", shown)

    def withdraw_view(self, request: HttpRequest) -> HttpResponse:
        return self._ask_reason(
            request, [one for one in self._asked_for(request) if one.is_public], title=_("Withdraw"),
            explained=_("Their addresses will answer 410 with the reason; they can be restored."),
            act=lambda one, author: record.withdraw(one, reason=author.reason, author=author),
        )  # fmt: skip

    def restore_view(self, request: HttpRequest) -> HttpResponse:
        withdrawn = [one for one in self._asked_for(request) if one.visibility == Visibility.WITHDRAWN]
        return self._ask_reason(
            request, withdrawn, title=_("Restore"),
            explained=_("They will be public again. A merged record comes back by undoing its merger."),
            act=lambda one, author: record.restore(one, author=author),
        )  # fmt: skip

    def _ask_reason(
        self, request: HttpRequest, rows: list[Any], *, title: str, explained: str, act: Callable[[Any, Author], Any]
    ) -> HttpResponse:
        form = ReasonForm(request.POST or None)
        if not rows:
            self.message_user(request, _("There is nothing among these to do this with."), messages.WARNING)
            return HttpResponseRedirect(self.address("changelist"))
        if form.is_valid():
            author = Author(by=signed_in(request), reason=form.cleaned_data["reason"])
            done = [one for one in rows if self._do(request, one, author, act, title)]
            if done:
                self.message_user(request, _("Done: %(count)s.") % {"count": len(done)}, messages.SUCCESS)
            back = self.address("change", rows[0].pk) if len(rows) == 1 else self.address("changelist")
            return HttpResponseRedirect(back)
        return self._page(request, "reason", title=title, explained=explained, rows=rows, form=form)

    def _do(
        self, request: HttpRequest, one: Any, author: Author, act: Callable[[Any, Author], Any], title: str
    ) -> bool:
        """Each for itself: one that can't be done stays as it is and says why."""
        try:
            with transaction.atomic():
                act(one, author)
                self.log_change(request, one, f"{title}: {author.reason}")
        except ValueError as error:
            self.message_user(request, f"{one}: {error}", messages.ERROR)
            return False
        return True

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        rows = self._asked_for(request)
        if not rows:
            return HttpResponseRedirect(self.address("changelist"))
        old = rows[0]
        heir = rows[1] if len(rows) > 1 else None
        if heir is None:
            return self._choose_heir(request, old)
        form = ReasonForm(request.POST or None)
        if form.is_valid() and (done := self._merge(request, old, heir, form.cleaned_data["reason"])):
            return done
        context = {"old": old, "heir": heir, "form": form, "swapped": f"{heir.pk},{old.pk}", **_foreseen(old, heir)}
        return self._page(request, "merge", title=_("Merge"), **context)

    def _choose_heir(self, request: HttpRequest, old: Any) -> HttpResponse:
        field = forms.ModelChoiceField(
            self.model._base_manager.filter(visibility=Visibility.PUBLIC).exclude(pk=old.pk),
            label=_("Which record stands for it?"),
            widget=AutocompleteSelect(self.model._meta.get_field("heir"), self.admin_site),
        )
        form = type("HeirForm", (forms.Form,), {"heir": field})(request.POST or None)
        if form.is_valid():
            return HttpResponseRedirect(f"{self.address('merge')}?ids={old.pk},{form.cleaned_data['heir'].pk}")
        return self._page(request, "merge", title=_("Merge into …"), old=old, form=form, media=form.media)

    def _merge(self, request: HttpRequest, old: Any, heir: Any, reason: str) -> HttpResponse | None:
        try:
            with transaction.atomic():
                merging.merge(old, heir, reason=reason, author=Author(by=signed_in(request), reason=reason))
                self.log_change(request, old, _("Merged into “%(heir)s”: ") % {"heir": heir} + reason)
                self.log_change(request, heir, _("Took over “%(old)s”: ") % {"old": old} + reason)
        except CannotMerge as error:
            self.message_user(request, str(error), messages.ERROR)
            return None
        told = _("“%(old)s” is merged into “%(heir)s”. Mergers can be undone.") % {"old": old, "heir": heir}
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(self.address("change", heir.pk))


def _foreseen(old: Any, heir: Any) -> dict[str, Any]:
    """What the merger would do, or why it can't be done; and in what the two differ."""
    try:
        return {"preview": merging.preview(old, heir), "differing": differences(_document(old), _document(heir))}
    except CannotMerge as error:
        return {"refused": str(error)}


def _document(one: Any) -> dict[str, Any] | None:
    return document_of(record.versions_of(one).filter(recorded_to=None).first())


def _with_ids(owner: Any, act: str, rows: Any) -> HttpResponse:
    ids = ",".join(map(str, rows.order_by("pk").values_list("pk", flat=True)[:MANY]))
    return HttpResponseRedirect(f"{owner.address(act)}?ids={ids}")


@admin.action(description=gettext_lazy("Withdraw, with a reason"))
def withdraw_selected(owner: Any, request: HttpRequest, rows: Any) -> HttpResponse:
    return _with_ids(owner, "withdraw", rows)


@admin.action(description=gettext_lazy("Restore, with a reason"))
def restore_selected(owner: Any, request: HttpRequest, rows: Any) -> HttpResponse:
    return _with_ids(owner, "restore", rows)


@admin.action(description=gettext_lazy("Merge the two"))
def merge_selected(owner: Any, request: HttpRequest, rows: Any) -> HttpResponse | None:
    if rows.count() != 2:
        owner.message_user(request, _("Choose exactly two records to merge."), messages.ERROR)
        return None
    return _with_ids(owner, "merge", rows)
