"""The shapes of the documents, as diplomacy/documents.py writes them.

They describe: OpenAPI and the columns of CSV come from here, and a test holds every document against them.
"""

# A document's `source` is not the option of that name of a serializer's field.
# mypy: disable-error-code="assignment"

from typing import Any

from rest_framework import serializers as s

from peacetracker.diplomacy import choices


def string(**options: Any) -> s.CharField:
    return s.CharField(**options)


def maybe(**options: Any) -> s.CharField:
    return s.CharField(allow_null=True, **options)


def one_of(values: Any, **options: Any) -> s.ChoiceField:
    return s.ChoiceField(choices=values.choices, **options)


def names(**options: Any) -> s.ListField:
    """Public names: slugs, or codes of parties."""
    return s.ListField(child=s.CharField(), **options)


def tongues() -> s.DictField:
    return s.DictField(child=s.CharField(), help_text="The name by language; supplied by the editor")


class Shape(s.Serializer[Any]):
    # In the schema a shape is called what it is called here, without the ending. (A docstring would be shown there.)
    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls._spectacular_annotation = {"component_name": cls.__name__.removesuffix("Shape")}  # type: ignore[attr-defined]


class PersonShape(Shape):
    slug = string()
    name = string()


class SourceCitedShape(Shape):
    id = string()
    url = string()
    publisher = string()
    title = string(help_text="[In brackets]: supplied by the editor, the page's own title was not seen")
    published = s.DateField(allow_null=True)
    lang = string()
    side = string(help_text="A party's code, or “independent”")


class DiscrepancyShape(Shape):
    id = string()
    field = string()
    value = string()
    according_to = string()
    source = string(help_text="An address")
    note = maybe()


class PlaceInEventShape(Shape):
    slug = string()
    name = string()
    country = string(help_text="ISO 3166, two letters")
    lat = s.FloatField()
    lon = s.FloatField()


class ParticipantShape(Shape):
    leader = PersonShape()
    role = one_of(choices.Role)
    office = maybe(help_text="The office held on that day")
    party = maybe(help_text="The party represented on that day")


class AccountShape(Shape):
    id = string()
    voice = string(help_text="The party that speaks")
    subject = string()
    text = string()
    quote = maybe()
    complete = s.BooleanField(help_text="The whole readout was read: a subject it does not name was left out")
    source = s.CharField(help_text="An address")


class AnnouncementShape(Shape):
    id = string()
    announced_on = s.DateField()
    by = string(help_text="A party's code, or “independent”")
    text = string()
    source = SourceCitedShape(allow_null=True)


class CommitmentInEventShape(Shape):
    slug = string()
    text = string()
    by = names()
    due = maybe(help_text="YYYY, YYYY-MM or YYYY-MM-DD")
    status = one_of(choices.CommitmentStatus)
    resolved_on = maybe(help_text="YYYY, YYYY-MM or YYYY-MM-DD")
    note = maybe()


class EventShape(Shape):
    slug = string()
    url = string(help_text="Path of its page")
    kind = one_of(choices.Kind)
    status = one_of(choices.Status)
    date = s.DateField(help_text="The earliest possible day; see date_precision")
    end_date = s.DateField(allow_null=True)
    date_precision = one_of(choices.Precision)
    title = string()
    summary = string()
    place = PlaceInEventShape(allow_null=True)
    track = one_of(choices.Track, allow_null=True)
    joint = s.BooleanField(help_text="Officials of both Armenia and Azerbaijan took part")
    level = one_of(choices.Level, allow_null=True)
    participants = ParticipantShape(many=True)
    initiator = maybe(help_text="Who called, by slug")
    hosts = names()
    mediators = names()
    parties = names()
    topics = names()
    commissions = names()
    proposals = names()
    outcomes = s.ListField(child=s.CharField())
    sources = SourceCitedShape(many=True)
    accounts = AccountShape(many=True)
    announcements = AnnouncementShape(many=True)
    commitments = CommitmentInEventShape(many=True)
    discrepancies = DiscrepancyShape(many=True)
    note = maybe()
    updated_at = s.DateTimeField()


class OfficeHeldShape(Shape):
    office = string()
    title = string()
    party = string()
    start = s.DateField(allow_null=True)
    start_precision = one_of(choices.BoundPrecision)
    end = s.DateField(allow_null=True)
    end_precision = one_of(choices.BoundPrecision)
    acting = s.BooleanField()
    source = string(help_text="An address")
    note = maybe()
    discrepancies = DiscrepancyShape(many=True)


class LeaderShape(Shape):
    slug = string()
    url = string()
    name = string()
    name_native = tongues()
    native_unsure = names()
    aliases = names()
    party = maybe()
    offices = OfficeHeldShape(many=True)
    updated_at = s.DateTimeField()


class PartyShape(Shape):
    code = string()
    url = string()
    name = string()
    kind = one_of(choices.PartyKind)
    adjectives = names()
    aliases = names()
    name_native = tongues()
    native_unsure = names()
    updated_at = s.DateTimeField()


class PointShape(Shape):
    n = s.IntegerField(allow_null=True)
    title = maybe()
    text = string()


class PositionShape(Shape):
    id = string()
    proposal = maybe()
    topic = string()
    point = s.IntegerField(allow_null=True)
    party = string(help_text="Whose stand it is")
    stance = one_of(choices.Stance)
    asserted_by = string()
    asserted_by_name = string()
    asserted_by_kind = one_of(choices.AsserterKind)
    date = s.DateField()
    date_precision = one_of(choices.Precision)
    summary = string()
    source = string(help_text="An address")
    more_sources = s.ListField(child=s.CharField())


class ProposalShape(Shape):
    slug = string()
    url = string()
    name = string()
    kind = one_of(choices.ProposalKind)
    proposer = names()
    recipient = names()
    proposer_note = maybe()
    date = s.DateField()
    date_precision = one_of(choices.Precision)
    status = string()
    summary = string()
    points = PointShape(many=True)
    positions = PositionShape(many=True)
    succeeds = maybe()
    part_of = maybe()
    sources = SourceCitedShape(many=True)
    discrepancies = DiscrepancyShape(many=True)
    updated_at = s.DateTimeField()


class MemberShape(Shape):
    leader = PersonShape()
    role = string()
    party = string()
    start = maybe(help_text="YYYY, YYYY-MM or YYYY-MM-DD")
    end = maybe(help_text="YYYY, YYYY-MM or YYYY-MM-DD")
    source = string(help_text="An address")


class CommissionShape(Shape):
    slug = string()
    url = string()
    name = string()
    name_native = tongues()
    native_unsure = names()
    kind = one_of(choices.BodyKind)
    parties = names()
    established = maybe(help_text="YYYY, YYYY-MM or YYYY-MM-DD")
    dissolved = maybe(help_text="YYYY, YYYY-MM or YYYY-MM-DD")
    mandate = string()
    parts = names()
    part_of = maybe()
    sits_jointly_with = names()
    members = MemberShape(many=True)
    sources = SourceCitedShape(many=True)
    updated_at = s.DateTimeField()


class CommitmentShape(Shape):
    slug = string()
    url = string()
    event = string()
    text = string()
    by = names()
    due = maybe(help_text="YYYY, YYYY-MM or YYYY-MM-DD")
    status = one_of(choices.CommitmentStatus)
    resolved_on = maybe(help_text="YYYY, YYYY-MM or YYYY-MM-DD")
    resolved_by = maybe(help_text="The event that settled it")
    note = maybe()
    sources = SourceCitedShape(many=True)
    updated_at = s.DateTimeField()


class PlaceShape(PlaceInEventShape):
    url = string()
    approximate = s.BooleanField()
    geonameid = s.IntegerField(allow_null=True)
    other_names = names()
    name_native = tongues()
    native_unsure = names()
    updated_at = s.DateTimeField()


class TopicShape(Shape):
    slug = string()
    url = string()
    name = string()
    description = string()
    name_native = tongues()
    native_unsure = names()
    updated_at = s.DateTimeField()


class PublisherShape(Shape):
    domain = string()
    name = string()
    party = maybe()
    kind = one_of(choices.PublisherKind)


class SourceShape(Shape):
    id = string()
    url = string()
    publisher = PublisherShape(allow_null=True)
    events = s.IntegerField(help_text="How many public events cite it")


class TombstoneShape(Shape):
    slug = string()
    gone = s.ChoiceField(choices=["withdrawn", "merged", "moved", "renamed"], help_text="moved: out of this filter")
    heir = maybe(help_text="The event that stands for it now")
    reason = string()
    at = s.DateTimeField()


class FaultShape(Shape):
    field = string(help_text="Where it stands: sources[0].url")
    detail = string()
    known = s.ListField(child=s.CharField(), required=False, help_text="What would be understood")


class ProblemShape(Shape):
    type = string()
    title = string()
    status = s.IntegerField()
    detail = string()
    parameter = string(required=False, help_text="The parameter that is wrong")
    known = s.ListField(child=s.CharField(), required=False, help_text="What would be understood")
    slug = string(required=False)
    reason = string(required=False, help_text="Why the record was withdrawn")
    errors = FaultShape(many=True, required=False, help_text="Of what was sent: each field that is wrong")
    draft = s.IntegerField(required=False, help_text="The draft that stands in the way")
