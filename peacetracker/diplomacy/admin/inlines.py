"""Rows on the form of a record: who took part, what backs it, offices, points, positions, members."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.diplomacy import models, record
from peacetracker.diplomacy.admin.fields import FewChoicesField, ListFields
from peacetracker.diplomacy.admin.forms import RowFormSet, TableForm, TouchedForm
from peacetracker.diplomacy.references import References
from peacetracker.diplomacy.rows import INDEPENDENT, SourceRow


class Rows(ListFields):
    """What all rows share; mixed into Django's two layouts."""

    extra = 0
    form: Any = TouchedForm
    formset: Any = RowFormSet
    model: Any

    def get_queryset(self, request: HttpRequest) -> Any:
        """Rows with all that they name, so that a form of many rows asks as often as one of few."""
        fields = self.model._meta.get_fields()
        single = [field.name for field in fields if field.many_to_one]
        many = [field.name for field in self.model._meta.many_to_many]
        rows: Any = super().get_queryset(request)  # type: ignore[misc]
        return rows.select_related(*single).prefetch_related(*many)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Records are never deleted; to take a row out of one is a change of it, kept in its versions."""
        return bool(self.has_change_permission(request, obj))  # type: ignore[attr-defined]


class TableRows(Rows, admin.TabularInline):
    form = TableForm


class StackedRows(Rows, admin.StackedInline):
    pass


class CitationForm(TouchedForm):
    """A citation by the address of its page; the source is found or made."""

    url = forms.URLField(label=gettext_lazy("Address"), max_length=1000, assume_scheme="https")

    class Meta:
        model = models.Citation
        fields = ("url", "publisher_name", "title", "published", "lang", "side")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["url"] = self.instance.source.url

    def save(self, commit: bool = True) -> Any:
        if "url" in self.cleaned_data:
            self.instance.source = References().source(self.cleaned_data["url"])
        return super().save(commit)


class CitationFormSet(RowFormSet):
    def clean(self) -> None:
        super().clean()
        kept = [form for form in self.forms if hasattr(form, "cleaned_data") and not form.cleaned_data.get("DELETE")]
        urls = [form.cleaned_data.get("url") or form.initial.get("url") for form in kept]
        urls = [url for url in urls if url]
        if len(urls) != len(set(urls)):
            raise ValidationError(_("The same address is cited twice."))
        shown = [form.instance.pk for form in self.forms if form.instance.pk]
        cited = self.get_queryset().exclude(pk__in=shown).filter(source__url__in=urls).select_related("source").first()
        if cited:
            raise ValidationError(_("Another editor has added %(url)s meanwhile.") % {"url": cited.source.url})


class CitationInline(StackedRows):
    model = models.Citation
    form = CitationForm
    formset = CitationFormSet
    fields = ("url", "title", ("publisher_name", "lang"), ("side", "published"))
    autocomplete_fields = ("side",)


class RequiredCitationInline(CitationInline):
    """For what is public only with a source."""

    min_num = 1
    validate_min = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, validate_min=True, **kwargs)


class ParticipationInline(TableRows):
    model = models.Participation
    fields = ("leader", "role")
    autocomplete_fields = ("leader",)


class AnnouncementForm(TouchedForm):
    """An announcement with the one page that backs it."""

    url = forms.URLField(label=gettext_lazy("Address"), max_length=1000, assume_scheme="https")
    publisher_name = forms.CharField(label=gettext_lazy("Publisher as cited"), max_length=200)
    title = forms.CharField(label=gettext_lazy("Title as cited"), max_length=500)
    published = forms.DateField(label=gettext_lazy("Published"), required=False, widget=AdminDateWidget)
    lang = forms.CharField(label=gettext_lazy("Language"), max_length=12)

    class Meta:
        model = models.Announcement
        fields = ("announced_on", "by", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cited = next(iter(self.instance.citations.all()), None) if self.instance.pk else None
        if cited:
            named = {name: getattr(cited, name) for name in ("publisher_name", "title", "published", "lang")}
            self.initial = {**self.initial, **named, "url": cited.source.url}

    def _save_m2m(self) -> None:
        super()._save_m2m()
        cited = {**self.initial, **self.cleaned_data}
        published = cited.get("published")
        row = SourceRow(
            url=cited["url"], publisher=cited["publisher_name"], title=cited["title"], lang=cited["lang"],
            published=published.isoformat() if published else None,
            side=self.instance.by.code if self.instance.by else INDEPENDENT,
        )  # fmt: skip
        record.put_citations("announcement", self.instance.pk, [row], refs=References())


class AnnouncementInline(StackedRows):
    model = models.Announcement
    form = AnnouncementForm
    fields = (("announced_on", "by"), "text", "url", "title", ("publisher_name", "lang"), "published")
    autocomplete_fields = ("by",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("citations__source")


class DiscrepancyInline(StackedRows):
    model = models.Discrepancy
    fields = (("field", "according_to"), "value", "source", "note")
    autocomplete_fields = ("source",)


class TenureFormSet(RowFormSet):
    """One holder at a time, where both dates of both tenures are known (docs/decisions/0004)."""

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            if form.has_changed() and not form.errors and not form.cleaned_data.get("DELETE"):
                _refuse_two_holders(form)


def _refuse_two_holders(form: Any) -> None:
    one = form.instance
    if not one.office_id:
        return
    one.settle()
    if one.exclusive and one.certain_from and one.certain_to:
        others = models.Tenure.objects.filter(
            office=one.office_id, certain_from__lt=one.certain_to, certain_to__gt=one.certain_from
        )
        if other := others.exclude(pk=one.pk).exclude(leader=one.leader_id).first():
            form.add_error("office", _("“%(other)s” held it then, and it has one holder at a time.") % {"other": other})


class TenureInline(StackedRows):
    model = models.Tenure
    formset = TenureFormSet
    fields = (("office", "acting"), ("start", "start_precision"), ("end", "end_precision"), "source", "note")
    autocomplete_fields = ("office", "source")


class PointInline(TableRows):
    model = models.Point


class PositionInline(StackedRows):
    model = models.Position
    fields = (
        ("party", "stance", "point", "topic"), ("date", "date_precision"),
        ("asserted_by_name", "asserted_by", "asserted_by_kind", "leader"), "summary", ("source", "more_sources"),
    )  # fmt: skip
    autocomplete_fields = ("topic", "party", "leader", "source", "more_sources")
    show_change_link = False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only the points of the proposal on the screen."""
        if db_field.name == "point":
            pk = str(request.resolver_match.kwargs.get("object_id", "")) if request.resolver_match else ""
            kwargs["queryset"] = models.Point.objects.filter(proposal=int(pk) if pk.isdigit() else None)
            kwargs["form_class"] = FewChoicesField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class MembershipInline(StackedRows):
    model = models.Membership
    fields = (("leader", "role", "party"), ("start", "end"), "source")
    autocomplete_fields = ("leader", "party", "source")


class AccountLineInline(TableRows):
    model = models.AccountLine
