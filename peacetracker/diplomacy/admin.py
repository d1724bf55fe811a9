"""The record in the admin. Every save goes through record.py: one version, one document, one bump."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.core.text import fold
from peacetracker.diplomacy import models, record
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.references import References, stable_key


class Kept(admin.ModelAdmin):
    """What all nouns share: nothing is deleted, and a change of something published says why."""

    list_per_page = 50
    noun = ""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def author(self, request: HttpRequest, form: Any) -> Author:
        reason = form.cleaned_data.get("reason_for_change", "") if form else ""
        return Author(by=request.user, reason=reason or _("added by hand"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if hasattr(obj, "folded"):
            obj.search_text = obj.folded()
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for obj in formset.save(commit=False):
            give_key(obj)
            obj.save()
        for obj in formset.deleted_objects:
            obj.delete()
        formset.save_m2m()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self.settle(form.instance, self.author(request, form))

    def settle(self, obj: Any, author: Author) -> None:
        """Bring the documents up to date that show this record."""
        if self.noun:
            record.settle(self.noun, [obj.pk], author=author)
        shown = self.events_showing(obj)
        if shown is not None:
            record.settle_events(shown.values_list("pk", flat=True), author=author)

    def events_showing(self, obj: Any) -> "QuerySet[models.Event] | None":
        return None


class WithReason(forms.ModelForm):
    """A change of a published record asks for its reason; it is shown in the record's history."""

    reason_for_change = forms.CharField(label=gettext_lazy("Reason for the change"), required=False, max_length=300)

    def clean_reason_for_change(self) -> str:
        reason: str = self.cleaned_data["reason_for_change"].strip()
        if self.instance.pk and not reason:
            raise ValidationError(_("Say why the published record is changed; readers see it in the history."))
        return reason


class KeyedInline(admin.StackedInline):
    """Rows with a stable public id, made when the row is added."""

    extra = 0


def give_key(obj: Any) -> None:
    if hasattr(obj, "key") and not obj.key:
        obj.key = stable_key(type(obj).__name__, uuid4())


class CitationForm(forms.ModelForm):
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
        self.instance.source = References().source(self.cleaned_data["url"])
        return super().save(commit)


class CitationFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        urls = [data["url"] for data in kept if "url" in data]
        if len(urls) != len(set(urls)):
            raise ValidationError(_("The same address is cited twice."))


class CitationInline(admin.StackedInline):
    model = models.Citation
    form = CitationForm
    formset = CitationFormSet
    extra = 0
    fields = (("url", "lang"), ("publisher_name", "side", "published"), "title")
    autocomplete_fields = ("side",)


class EventCitationInline(CitationInline):
    min_num = 1
    validate_min = True

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, validate_min=True, **kwargs)


class ParticipationInline(admin.TabularInline):
    model = models.Participation
    extra = 0
    fields = ("leader", "role")
    autocomplete_fields = ("leader",)


class AnnouncementInline(KeyedInline):
    model = models.Announcement
    autocomplete_fields = ("by",)


class DiscrepancyInline(KeyedInline):
    model = models.Discrepancy
    fields = ("field", "value", "according_to", "source", "note")
    autocomplete_fields = ("source",)


@admin.register(models.Event, models.Call, models.Meeting, models.Visit, models.CommissionSession)
class EventAdmin(Kept):
    form = WithReason
    list_display = ("title", "kind", "date_shown", "status", "track", "place", "source_count", "visibility")
    list_filter = ("kind", "status", "track", "visibility", "date_precision", "accounts_differ", "joint", "level")
    list_select_related = ("place",)
    date_hierarchy = "date"
    search_fields = ("slug", "title", "search_text")
    autocomplete_fields = ("place", "parties", "topics", "bodies", "proposals")
    inlines = (ParticipationInline, EventCitationInline, AnnouncementInline, DiscrepancyInline)
    fields = (
        "slug", "title", ("kind", "status"), ("date", "date_precision", "end_date"), "summary", "place", "outcomes",
        "parties", "topics", "bodies", "proposals", "note", "reason_for_change",
    )  # fmt: skip
    actions = ("withdraw", "restore")

    @admin.display(description=gettext_lazy("date"), ordering="first_day")
    def date_shown(self, event: models.Event) -> str:
        return event.date_in_words()

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, fold(search_term))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # The inline has checked that a source is given; its row comes after the event's own.
        obj.source_count = max(obj.source_count, 1)
        super().save_model(request, obj, form, change)

    def settle(self, obj: Any, author: Author) -> None:
        record.settle_events([obj.pk], author=author)

    @admin.action(description=gettext_lazy("Withdraw the selected events"), permissions=["change"])
    def withdraw(self, request: HttpRequest, events: Any) -> None:
        for event in events.public():
            reason = _("withdrawn by an editor")
            record.withdraw_event(event, reason=reason, author=Author(by=request.user))
        self.message_user(request, _("Withdrawn. Their addresses answer 410; they can be restored."))

    @admin.action(description=gettext_lazy("Restore the selected events"), permissions=["change"])
    def restore(self, request: HttpRequest, events: Any) -> None:
        for event in events:
            if not event.is_public:
                reason = _("restored by an editor")
                record.restore_event(event, author=Author(by=request.user, reason=reason))
        self.message_user(request, _("Restored."), messages.SUCCESS)


class TenureInline(admin.StackedInline):
    model = models.Tenure
    extra = 0
    fields = (("office", "acting"), ("start", "start_precision"), ("end", "end_precision"), "source", "note")
    autocomplete_fields = ("office", "source")


class Saving(Kept):
    """A noun whose change asks for its reason."""

    form = WithReason


@admin.register(models.Leader)
class LeaderAdmin(Saving):
    noun = "leader"
    list_display = ("name", "party", "slug", "visibility")
    list_filter = ("party", "visibility")
    list_select_related = ("party",)
    search_fields = ("slug", "name", "search_text")
    inlines = (TenureInline,)
    fields = ("slug", "name", "name_native", "native_unsure", "aliases", "reason_for_change")

    def events_showing(self, obj: Any) -> "QuerySet[models.Event]":
        return models.Event.objects.filter(participations__leader=obj)


@admin.register(models.Office)
class OfficeAdmin(Kept):
    noun = "office"
    list_display = ("title", "party", "level", "single_holder")
    list_filter = ("party", "level", "single_holder")
    search_fields = ("slug", "title")
    autocomplete_fields = ("party",)

    def events_showing(self, obj: Any) -> "QuerySet[models.Event]":
        return models.Event.objects.filter(participations__office=obj)


@admin.register(models.Party)
class PartyAdmin(Kept):
    noun = "party"
    list_display = ("code", "name", "kind")
    search_fields = ("code", "name")


@admin.register(models.Place)
class PlaceAdmin(Kept):
    noun = "place"
    list_display = ("name", "country", "approximate", "visibility")
    list_filter = ("country", "approximate")
    search_fields = ("slug", "name", "search_text")

    def events_showing(self, obj: Any) -> "QuerySet[models.Event]":
        return models.Event.objects.filter(place=obj)


@admin.register(models.Topic)
class TopicAdmin(Kept):
    noun = "topic"
    list_display = ("name", "slug")
    search_fields = ("slug", "name")


class PointInline(admin.TabularInline):
    model = models.Point
    extra = 0


class PositionInline(KeyedInline):
    model = models.Position
    autocomplete_fields = ("topic", "party", "leader", "source", "more_sources")


@admin.register(models.Proposal)
class ProposalAdmin(Saving):
    noun = "proposal"
    list_display = ("name", "kind", "date", "status")
    list_filter = ("kind", "visibility")
    search_fields = ("slug", "name")
    autocomplete_fields = ("proposer", "recipient", "succeeds", "part_of")
    inlines = (PointInline, PositionInline, CitationInline)


class MembershipInline(admin.TabularInline):
    model = models.Membership
    extra = 0
    autocomplete_fields = ("leader", "party", "source")


@admin.register(models.Body)
class BodyAdmin(Saving):
    noun = "body"
    list_display = ("name", "kind", "established", "dissolved")
    list_filter = ("kind",)
    search_fields = ("slug", "name")
    autocomplete_fields = ("parties", "part_of", "sits_jointly_with")
    inlines = (MembershipInline, CitationInline)


@admin.register(models.Commitment)
class CommitmentAdmin(Saving):
    noun = "commitment"
    list_display = ("text", "status", "due", "event")
    list_filter = ("status",)
    list_select_related = ("event",)
    search_fields = ("slug", "text")
    autocomplete_fields = ("event", "by", "resolved_by")
    inlines = (CitationInline,)

    def events_showing(self, obj: Any) -> "QuerySet[models.Event]":
        return models.Event.objects.filter(pk=obj.event_id)


class AccountLineInline(KeyedInline):
    model = models.AccountLine


@admin.register(models.Account)
class AccountAdmin(Saving):
    form = forms.ModelForm
    list_display = ("event", "voice", "complete")
    list_filter = ("voice", "complete")
    list_select_related = ("event", "voice")
    search_fields = ("event__title", "event__slug")
    autocomplete_fields = ("event", "voice", "source")
    inlines = (AccountLineInline,)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        give_key(obj)
        super().save_model(request, obj, form, change)

    def events_showing(self, obj: Any) -> "QuerySet[models.Event]":
        return models.Event.objects.filter(pk=obj.event_id)


@admin.register(models.Publisher)
class PublisherAdmin(Kept):
    noun = "publisher"
    list_display = ("name", "domain", "party", "kind")
    list_filter = ("kind", "party")
    search_fields = ("name", "domain")
    autocomplete_fields = ("party",)


@admin.register(models.Source)
class SourceAdmin(Kept):
    list_display = ("url", "publisher")
    list_select_related = ("publisher",)
    search_fields = ("url",)
    autocomplete_fields = ("publisher",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.key = obj.key or stable_key(obj.url)
        super().save_model(request, obj, form, change)


@admin.register(models.Keeping)
class KeepingAdmin(Kept):
    list_display = ("__str__", "covered_until", "set_by_chief")
    readonly_fields = ("covered_until",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        record.bump()
