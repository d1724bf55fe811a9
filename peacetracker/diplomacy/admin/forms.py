"""Forms that write only what their editor touched, keep lists in her order, ask why, and notice who saved meanwhile."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.diplomacy.admin.fields import NamedAutocomplete, OrderedAutocomplete, OrderedMultipleChoiceField
from peacetracker.diplomacy.admin.meanwhile import Meanwhile, look, mark_of
from peacetracker.diplomacy.references import listed, lists, put_list, stable_key

# Fields of the form itself, not of the record.
OWN = frozenset({"reason_for_change", "opened_on"})


def give_key(one: Any) -> None:
    """A stable public id for a row that has none yet."""
    if hasattr(one, "key") and not one.key:
        one.key = stable_key(type(one).__name__, uuid4())


class TouchedForm(forms.ModelForm):
    """A form that knows what it was opened with, and writes of an existing row only the fields that were touched.

    So two editors on different fields of one record both keep what they wrote. `orders` are the lists of all rows by
    field and key, where they were read together.
    """

    def __init__(self, *args: Any, orders: Mapping[str, Mapping[int, list[Any]]] | None = None, **kwargs: Any) -> None:
        ordered = [name for name, field in self.base_fields.items() if isinstance(field, OrderedMultipleChoiceField)]
        self._meta = copy(self._meta)
        self._meta.exclude = [*(self._meta.exclude or ()), *ordered]  # Django would read them too, in no order
        super().__init__(*args, **kwargs)
        del self._meta
        for column in self._meta.model._meta.concrete_fields:
            if column.null and isinstance(field := self.fields.get(column.name), forms.CharField):
                field.empty_value = None  # what was never said and what was taken out are the same
        if self.instance.pk:
            for name, field in self.fields.items():
                field.show_hidden_initial = name not in OWN
            for name in ordered:
                self.initial[name] = orders[name][self.instance.pk] if orders else self._read(name)

    def _read(self, name: str) -> list[Any]:
        """A list as it stands; the field of search need not ask for the names."""
        chosen, field = listed(self.instance, name), self.fields[name]
        widget: Any = getattr(field.widget, "widget", field.widget)
        widget.known = {str(one.pk): one for one in chosen}
        return [one.pk for one in chosen]

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            for name in cleaned.keys() - set(self.changed_data) - OWN:
                del cleaned[name]
        return cleaned

    def _save_m2m(self) -> None:
        """In order, which `set()` loses. A list that both ends share (sits jointly with) has no order to keep."""
        for column in self._meta.model._meta.many_to_many:
            if column.name not in self.cleaned_data:
                continue
            chosen = self.cleaned_data[column.name]
            if column.remote_field.symmetrical:
                getattr(self.instance, column.name).set(chosen)
            else:
                put_list(self.instance, column.name, [one.pk for one in chosen])


class TableForm(TouchedForm):
    """A row of a table, whose fields have no label of their own beside the head of their column."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("aria-label", str(field.label or name))


class RecordForm(TouchedForm):
    """A change of a published record asks for its reason; it is shown in the record's history."""

    reason_for_change = forms.CharField(
        label=gettext_lazy("Reason for the change"), required=False, max_length=300,
        help_text=gettext_lazy("Readers see it in the history of the record."),
    )  # fmt: skip
    opened_on = forms.CharField(widget=forms.HiddenInput, required=False)
    meanwhile: Meanwhile | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["opened_on"] = mark_of(self.instance)

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields of the record that were touched; the form's own are none of it."""
        return [name for name in super().changed_data if name not in OWN]

    def clean_reason_for_change(self) -> str:
        reason: str = self.cleaned_data["reason_for_change"].strip()
        if self.instance.pk and not reason:
            raise ValidationError(_("Say why the published record is changed; readers see it in the history."))
        return reason

    def clean(self) -> Any:
        opened = self.cleaned_data.get("opened_on")
        if opened and self.instance.pk and opened != self.initial["opened_on"]:
            self._show_what_others_did(opened)
            raise ValidationError(
                _("%(who)s saved this record while you had it open. Your values are kept; look and save again.")
                % {"who": self.meanwhile.who if self.meanwhile else "?"}
            )
        return super().clean()

    def _show_what_others_did(self, opened: str) -> None:
        """Her own values stay; what she did not touch shows as it is now; the next save is a knowing one."""
        both = [name for name in self.changed_data if self._changed_by_others(name)]
        self.meanwhile = look(self.instance, opened, [str(self.fields[name].label or name) for name in both])
        sent: Any = self.data
        data = sent.copy()
        for name in self.fields.keys() - set(self.changed_data) - OWN:
            bound = self[name]
            _put(data, bound.html_name, bound.field.prepare_value(bound.initial))
            _put(data, bound.html_initial_name, bound.field.prepare_value(bound.initial))
        data[self.add_prefix("opened_on")] = self.initial["opened_on"]
        self.data = data

    def _changed_by_others(self, name: str) -> bool:
        bound = self[name]
        opened_with = bound.field.hidden_widget().value_from_datadict(
            self.data, MultiValueDict(), bound.html_initial_name
        )
        try:
            opened_with = bound.field.to_python(opened_with)
        except ValidationError:
            return True
        now = bound.field.prepare_value(bound.initial)
        if isinstance(now, list):
            now = [str(one) for one in now]
        return bound.field.has_changed(opened_with, now)


def _put(data: Any, name: str, value: Any) -> None:
    """As a browser would send it: no key for nothing, a list as many."""
    data.pop(name, None)
    if isinstance(value, list | tuple):
        data.setlist(name, [str(one) for one in value])
    elif value is not None and value is not False:
        data[name] = value


class RowFormSet(BaseInlineFormSet):
    """Rows of one record. One that another editor has removed meanwhile comes back only if this one wrote in it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.data, QueryDict) and self.instance.pk:
            present = set(map(str, self.get_queryset().values_list("pk", flat=True)))
            self.data = without_gone_rows(self.data, self.prefix or "", present)

    @cached_property
    def _orders(self) -> dict[str, Any]:
        rows: Any = self.get_queryset()
        pks, many = [one.pk for one in rows], rows.model._meta.many_to_many
        return {column.name: lists(rows.model, column.name, pks, "pk") for column in many}

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return super().get_form_kwargs(index) | {"orders": self._orders}

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.pk:
            _name_choices(form)
        if isinstance(form, TableForm) and "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete")


def _name_choices(form: Any) -> None:
    """Tell the fields of search what is chosen, which the rows were read with (Rows.get_queryset)."""
    for name, field in form.fields.items():
        widget = getattr(field.widget, "widget", field.widget)
        if isinstance(widget, OrderedAutocomplete):
            widget.known = {str(one.pk): one for one in getattr(form.instance, name).all()}
        elif isinstance(widget, NamedAutocomplete) and (chosen := getattr(form.instance, name)):
            widget.known = {str(chosen.pk): chosen}


def without_gone_rows(data: QueryDict, prefix: str, present: set[str]) -> QueryDict:
    """The data of a set of rows, renumbered: rows whose `id` is not `present` are new ones now, or left out."""
    total, opened = (_number(data.get(f"{prefix}-{name}_FORMS")) for name in ("TOTAL", "INITIAL"))
    gone = [i for i in range(opened) if data.get(f"{prefix}-{i}-id", "") not in {*present, ""}]
    if not gone:
        return data
    kept = [i for i in range(total) if i not in gone]
    order = kept + [i for i in gone if _is_touched(data, f"{prefix}-{i}-")]
    renumbered: Any = QueryDict(mutable=True)
    for name, values in data.lists():
        if not name.removeprefix("initial-").startswith(f"{prefix}-"):
            renumbered.setlist(name, values)
    for new, i in enumerate(order):
        for lead in ("", "initial-"):
            for name, values in _row(data, f"{lead}{prefix}-{i}-"):
                if i not in gone or (name != "id" and not lead):
                    renumbered.setlist(f"{lead}{prefix}-{new}-{name}", values)
    for name, values in _row(data, f"{prefix}-"):
        if name.endswith("_FORMS"):
            renumbered.setlist(f"{prefix}-{name}", values)
    renumbered[f"{prefix}-TOTAL_FORMS"] = str(len(order))
    renumbered[f"{prefix}-INITIAL_FORMS"] = str(opened - len(gone))
    return renumbered


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def _row(data: QueryDict, lead: str) -> Iterable[tuple[str, list[Any]]]:
    return [(name.removeprefix(lead), values) for name, values in data.lists() if name.startswith(lead)]


def _is_touched(data: QueryDict, lead: str) -> bool:
    opened_with = dict(_row(data, f"initial-{lead}"))
    return any(name in opened_with and opened_with[name] != values for name, values in _row(data, lead))
