"""Form fields for what the record keeps as lists: ordered choices, lines of text, names by language."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import JSONField
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Knowing:
    """A field of search that need not ask for the names of what is chosen where the row was read with them.

    `known`: key as text → the record.
    """

    choices: Any
    create_option: Any
    known: Mapping[str, Any] = {}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        chosen = [str(one) for one in value if one not in (None, "")]
        if not chosen or not self.known.keys() >= set(chosen):
            return super().optgroups(name, value, attr)  # type: ignore[misc]
        label = self.choices.field.label_from_instance
        may_be_empty = not self.choices.field.required and not isinstance(self, AutocompleteSelectMultiple)
        empty = [self.create_option(name, "", "", False, 0)] if may_be_empty else []
        options = [self.create_option(name, pk, label(self.known[pk]), True, 0) for pk in chosen]
        return [(None, [*empty, *options], 0)]


class NamedAutocomplete(Knowing, AutocompleteSelect):
    pass


class OrderedAutocomplete(Knowing, AutocompleteSelectMultiple):
    """Choices in the order in which they were made, not in that of their names."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        groups = super().optgroups(name, value, attr)
        place = {str(pk): i for i, pk in enumerate(value)}
        groups[0][1].sort(key=lambda option: place.get(str(option["value"]), len(place)))
        return groups


class OrderedMultipleChoiceField(forms.ModelMultipleChoiceField):
    """Gives its records as a list in the order in which they were sent."""

    def clean(self, value: Any) -> Any:
        return self._in_order(super().clean(value), value)

    def to_python(self, value: Any) -> Any:
        return self._in_order(super().to_python(value), value)

    def _in_order(self, found: Iterable[Any], value: Any) -> list[Any]:
        place = {str(pk): i for i, pk in enumerate(value or ())}
        return sorted(found, key=lambda one: place[str(one.pk)])

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        return [str(pk) for pk in self.prepare_value(initial or [])] != [str(pk) for pk in data or []]


class FewChoicesField(forms.ModelChoiceField):
    """Choices that are read once for all rows of a form."""

    @cached_property
    def _read(self) -> list[Any]:
        return list(ModelChoiceIterator(self))

    def __deepcopy__(self, memo: Any) -> Any:
        copied = super().__deepcopy__(memo)
        copied.widget.choices = self._read
        return copied


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("One a line."))
        super().__init__(**{**kwargs, "widget": AdminTextareaWidget(attrs={"rows": 4})})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class NamesField(forms.CharField):
    """Names by language, one a line: `hy: Երևան`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("One a line, the language first, as in “hy: Երևան”."))
        super().__init__(**{**kwargs, "widget": AdminTextareaWidget(attrs={"rows": 4})})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return "\n".join(f"{lang}: {_joined(names)}" for lang, names in value.items())

    def to_python(self, value: Any) -> Any:
        found: dict[str, Any] = {}
        for line in (super().to_python(value) or "").splitlines():
            lang, colon, name = (part.strip() for part in line.partition(":"))
            if line.strip() and not (colon and lang and name):
                raise ValidationError(_("“%(line)s” is not a language, a colon and a name.") % {"line": line})
            if line.strip():
                found[lang] = name
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or {}) != self.to_python(data)
        except ValidationError:
            return True


class ListsByLanguageField(NamesField):
    """Several names a language, parted by semicolons."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("One language a line, its names parted by semicolons."))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        named = super().to_python(value)
        return {lang: [name.strip() for name in names.split(";") if name.strip()] for lang, names in named.items()}


def _joined(names: Any) -> str:
    return "; ".join(names) if isinstance(names, list) else names


# Offices keep several titles a language, all others one name.
LISTS_BY_LANGUAGE = ("title_native", "short_native")


class ListFields:
    """For the admin of a noun or of rows: lists keep their order, and are written as lines rather than as JSON.

    A mixin: what it calls above itself is Django's, which the type checker cannot see from here.
    """

    admin_site: Any
    autocomplete_fields: ClassVar[Any]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs.setdefault("widget", NamedAutocomplete(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        ordered = {
            "form_class": OrderedMultipleChoiceField,
            "widget": OrderedAutocomplete(db_field, self.admin_site),
            "help_text": gettext_lazy("In this order; take one out and add it again to put it last."),
        }
        return super().formfield_for_manytomany(db_field, request, **{**ordered, **kwargs})  # type: ignore[misc]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if not isinstance(db_field, JSONField):
            return super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        made = LinesField if db_field.default is list else NamesField
        if db_field.name in LISTS_BY_LANGUAGE:
            made = ListsByLanguageField
        return made(label=db_field.verbose_name.capitalize(), required=not db_field.blank)
