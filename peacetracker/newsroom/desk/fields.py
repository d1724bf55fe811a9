"""Fields of the desk: a date as well as it is known, and choices that work as plain lists and as searches alike."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from peacetracker.core.dates import parse_partial, partial_iso
from peacetracker.newsroom.desk.choices import Choice

YEARS = range(1900, 2101)
SELECTED = SafeString(" selected")


class PartialDateField(forms.CharField):
    """A day, month or year; `None` and "unknown" when it is left empty."""

    def prepare_value(self, value: Any) -> Any:
        return partial_iso(*value) if isinstance(value, tuple) and value[0] else "" if value is None else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None, "unknown"
        try:
            day, precision = parse_partial(text)
        except ValueError as error:
            raise ValidationError(str(error)) from None
        if day.year not in YEARS:
            raise ValidationError(_("That year can't be meant."))
        return day, precision


class Picker(forms.Select):
    """A list to choose from, which combobox.js turns into a search over the choices that `data-pick` names."""

    def __init__(self, noun: str, options: Sequence[Choice], *, empty: Any = "", several: bool = False) -> None:
        super().__init__(attrs={"data-pick": noun})
        self.offered, self.empty, self.allow_multiple_selected = options, empty, several

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if self.allow_multiple_selected else data.get(name)

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(value or ()) if self.allow_multiple_selected else {value or ""}
        first = [] if self.allow_multiple_selected else [("", self.empty)]
        rows = [*first, *((one.value, one.label) for one in self.offered)]
        drawn = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((value, SELECTED if value in chosen else "", label) for value, label in rows),
        )
        attributes = {**self.attrs, **(attrs or {}), "name": name}
        if self.allow_multiple_selected:
            attributes |= {"multiple": "multiple", "size": 4}
        return format_html("<select{}>{}</select>", format_html_join("", ' {}="{}"', attributes.items()), drawn)


class PickField(forms.ChoiceField):
    """One of the record's things, by slug."""

    def __init__(self, noun: str, options: Sequence[Choice], *, empty: Any = "", **kwargs: Any) -> None:
        super().__init__(
            choices=[(one.value, one.label) for one in options], required=False,
            widget=Picker(noun, options, empty=empty), **kwargs,
        )  # fmt: skip


class PickManyField(forms.MultipleChoiceField):
    """Several of them."""

    def __init__(self, noun: str, options: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(
            choices=[(one.value, one.label) for one in options], required=False,
            widget=Picker(noun, options, several=True), **kwargs,
        )  # fmt: skip


def known(day: date | None, precision: str) -> tuple[date, str] | None:
    """A date and its precision as PartialDateField takes them."""
    return (day, precision) if day else None
