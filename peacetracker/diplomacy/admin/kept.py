"""What the admin of every noun shares: nothing is deleted, a save settles everything that it touched, once."""

import json
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from peacetracker.core.models import signed_in
from peacetracker.diplomacy import record, showing
from peacetracker.diplomacy.admin.acts import Acts
from peacetracker.diplomacy.admin.fields import ListFields
from peacetracker.diplomacy.admin.forms import OWN, RecordForm, give_key
from peacetracker.diplomacy.admin.histories import Histories
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.references import NAMES_OF


class Kept(ListFields, Histories, Acts):
    """A noun of the record."""

    form = RecordForm
    list_per_page = 50
    save_on_top = True

    class Media:
        css = {"all": ("css/record_desk.css",)}
        js = ("js/record_desk.js",)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The reason and the mark of the opened state stand only where something can be changed."""
        names = [name for name in super().get_fields(request, obj) if name not in OWN]
        may_change = obj is not None and self.has_change_permission(request, obj)
        return [*names, "reason_for_change", "opened_on"] if may_change else names

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A public name is given once."""
        names = super().get_readonly_fields(request, obj)
        own = NAMES_OF.get(self.model._meta.concrete_model)
        return (*names, own) if obj and own and own not in names else names

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new record's public name is proposed from what it is called."""
        return {} if obj else self.prepopulated_fields

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """A save waits for another one of the same record, so that it sees what the other did."""
        if request.method == "POST" and object_id.isdigit():
            list(self.model._base_manager.select_for_update().filter(pk=object_id).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def author(self, request: HttpRequest, form: Any) -> Author:
        return Author(by=signed_in(request), reason=form.cleaned_data.get("reason_for_change") or "added by hand")

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        give_key(obj)
        form.shown_before = showing.shown_by(self.model._base_manager.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for obj in formset.save(commit=False):
            give_key(obj)
            obj.save()
        for obj in formset.deleted_objects:
            obj.delete()
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The last step of a save: bring up to date all that shows this record, or showed it before."""
        super().save_related(request, form, formsets, change)
        touched = showing.together([form.shown_before, showing.shown_by(form.instance)])
        changed = not change or form.has_changed() or any(formset.has_changed() for formset in formsets)
        if changed:
            record.settle_all(touched, author=self.author(request, form), changed=True)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """In words and with the reason: the admin's log is the only history of a noun without versions."""
        steps = super().construct_change_message(request, form, formsets, add)
        words = LogEntry(change_message=json.dumps(steps)).get_change_message()
        reason = form.cleaned_data.get("reason_for_change", "")
        return f"{words} {reason}".strip() if reason else words

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form: Any = context["adminform"].form
        context["meanwhile"] = getattr(form, "meanwhile", None)
        if context["meanwhile"] and context["errors"] == [form.non_field_errors()]:
            # Nothing below is to be corrected: the notice alone says what to do.
            context["said"], context["errors"] = form.non_field_errors(), []
        return super().render_change_form(request, context, *args, **kwargs)
