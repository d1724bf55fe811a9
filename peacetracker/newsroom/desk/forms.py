"""The draft as an editor mends it: its fields, a row for each person, an address for each article without one."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.core.text import fold
from peacetracker.diplomacy.choices import Kind, Role, Status
from peacetracker.newsroom.addresses import canonical
from peacetracker.newsroom.desk.choices import Choices, choices
from peacetracker.newsroom.desk.fields import PartialDateField, PickField, PickManyField, known
from peacetracker.newsroom.models import Article, Draft, DraftSource

MANY = ("topics", "bodies", "proposals")


class DraftForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Status.choices)
    date = PartialDateField(
        label=gettext_lazy("Date"), required=False, max_length=10,
        help_text=gettext_lazy("As far as it is known: 2022-04-09, 2022-04 or 2022."),
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    summary = forms.CharField(
        label=gettext_lazy("Summary"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("In your own words, claims attributed."),
    )  # fmt: skip

    def __init__(self, draft: Draft, lists: Choices, data: Any = None) -> None:
        self.draft, self.lists = draft, lists
        super().__init__(data, initial=_initial(draft))
        self.fields["place"] = PickField("places", lists.places, label=_("Place"), empty=_("not stated"))
        self.fields["topics"] = PickManyField("topics", lists.topics, label=_("Topics"))
        self.fields["bodies"] = PickManyField("bodies", lists.bodies, label=_("Commissions and bodies"))
        self.fields["proposals"] = PickManyField("proposals", lists.proposals, label=_("Proposals"))
        self.order_fields(("kind", "status", "date", "title", "summary", "place", *MANY))
        self.fields["date"].widget.attrs |= {"autocomplete": "off", "inputmode": "numeric"}
        self.fields["title"].widget.attrs |= {"autocomplete": "off"}

    def clean_summary(self) -> str:
        return str(self.cleaned_data["summary"]).replace("\r\n", "\n")

    def values(self) -> dict[str, Any]:
        """The fields as the draft keeps them. Lists keep the draft's order, which the order on screen is not."""
        data = self.cleaned_data
        day, precision = data["date"]
        kept = {name: _in_order(getattr(self.draft, name), data[name]) for name in MANY}
        plain = {name: data[name] for name in ("kind", "status", "title", "summary")}
        return {**plain, **kept, **self._place(data["place"]), "date": day, "date_precision": precision}

    def _place(self, slug: str) -> dict[str, str]:
        if slug == self.draft.place or not slug:
            return {"place": slug}
        chosen = next(one for one in self.lists.places if one.value == slug)
        return {"place": slug, "place_name": chosen.label, "country": chosen.note}


def _initial(draft: Draft) -> dict[str, Any]:
    names = ("kind", "status", "title", "summary", "place", *MANY)
    return {name: getattr(draft, name) for name in names} | {"date": known(draft.date, draft.date_precision)}


def _in_order(before: Sequence[str], chosen: Sequence[str]) -> list[str]:
    return [*(slug for slug in before if slug in chosen), *(slug for slug in chosen if slug not in before)]


class PersonForm(forms.Form):
    """One who took part. `named` is what the draft calls the person; a new row has no such name."""

    named = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, required=False)
    spelling = forms.BooleanField(label=gettext_lazy("Add this spelling to the person chosen"), required=False)

    def __init__(self, *args: Any, lists: Choices, people: Sequence[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = PickField(
            "leaders", lists.leaders, label=_("Person"), empty="", error_messages={"invalid_choice": _("Choose again.")}
        )
        self.order_fields(("named", "person", "role", "spelling"))
        self.lists = lists
        named = self["named"].value()
        self.told = next(
            (one for one in people if one["name"] == named), {"name": named, "slug": None} if named else {}
        )

    def clean_person(self) -> str:
        """Who is missing may have been added to the record since, in another tab: one of that very name is meant."""
        chosen, name = str(self.cleaned_data["person"]), fold(self.unknown)
        same = [one.value for one in self.lists.leaders if name and fold(one.label) == name]
        return chosen or (same[0] if len(same) == 1 else "")

    @property
    def unknown(self) -> str:
        """The name that the text gives to a person whom the record does not know."""
        known = any(one.value == self.told.get("slug") for one in self.lists.leaders)
        return "" if known or not self.told else str(self.told["name"])

    @property
    def how(self) -> str:
        """The office in which the text has the person, and how the text names them."""
        office = self.told.get("office") or ""
        return self.lists.offices.get(office, office) or str(self.told.get("office_text") or "")

    def person(self) -> dict[str, Any] | None:
        """The row as the draft keeps it; None for one that is taken out or never filled."""
        data = self.cleaned_data
        slug, role = data.get("person"), data.get("role") or Role.PARTICIPANT.value
        if data.get("DELETE") or not (slug or self.told):
            return None
        if not slug or slug == self.told.get("slug"):
            return {**self.told, "slug": slug or None, "role": role}
        return {
            "slug": slug, "name": self.lists.name("leaders", slug), "role": role, "office": None,
            "how": "chosen by the editor", "evidence": self.told.get("evidence", ""),
        }  # fmt: skip


class BasePeople(BaseFormSet):
    def clean(self) -> None:
        seen: set[str] = set()
        for form in self.forms:
            slug = "" if form.cleaned_data.get("DELETE") else form.cleaned_data.get("person", "")
            if slug and slug in seen:
                form.add_error("person", _("This person stands in another row already."))
            seen.add(slug)

    def people(self) -> list[dict[str, Any]]:
        return [person for form in self.forms if (person := form.person())]

    def spellings(self) -> list[tuple[str, str]]:
        """(slug, name as the text spells it) for each row whose spelling is to be kept."""
        rows = [(form.cleaned_data, form) for form in self.forms]
        return [
            (data["person"], form.unknown)
            for data, form in rows
            if data.get("spelling") and data.get("person") and form.unknown and not data.get("DELETE")
        ]


PeopleForms = formset_factory(PersonForm, formset=BasePeople, extra=1, can_delete=True)


class AddressForm(forms.Form):
    """The address of an article that came without one."""

    url = forms.URLField(label=gettext_lazy("Address"), max_length=1000, required=False, assume_scheme="https")

    def __init__(self, article: Article, data: Any = None) -> None:
        self.article = article
        super().__init__(data, prefix=f"article-{article.pk}")

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if url and not canonical(url):
            raise ValidationError(_("That is no web address."))
        return url


class Mending:
    """All forms of one draft's page together, empty or filled by what an editor sent."""

    def __init__(self, draft: Draft, sources: Sequence[DraftSource], data: Any = None) -> None:
        lists = choices()
        self.draft, self.lists, told = draft, lists, [source.article for source in sources]
        self.fields = DraftForm(draft, lists, data)
        people = [
            {"named": one["name"], "person": one.get("slug") or "", "role": one.get("role")}
            for one in draft.participants
        ]
        self.people: Any = PeopleForms(
            data, prefix="people", initial=people, form_kwargs={"lists": lists, "people": draft.participants}
        )
        self.addresses = [AddressForm(article, data) for article in told if not article.url]

    def is_valid(self) -> bool:
        return all([self.fields.is_valid(), self.people.is_valid(), *(form.is_valid() for form in self.addresses)])

    def values(self) -> dict[str, Any]:
        return {**self.fields.values(), "participants": self.people.people()}

    @property
    def first_error(self) -> str:
        """The id of the first control that something is wrong with, in the order of the page."""
        forms = [*self.addresses, self.fields, *self.people.forms]
        return next((bound.id_for_label for form in forms for bound in form if bound.errors), "")

    def point_at(self, field: str, message: str) -> None:
        """Show what the record still needs where it is to be mended."""
        if field == "date":
            self.fields.add_error("date", message)
        elif field == "sources" and self.addresses:
            self.addresses[0].add_error("url", message)
        elif field == "participants":
            for form in self.people.forms:
                if form.unknown and not form.cleaned_data.get("person") and not form.cleaned_data.get("DELETE"):
                    form.add_error(
                        "person", _("The record does not know this person: choose one, or take the row out.")
                    )
        self.fields.add_error(None, message)
