"""The shapes of what answers.py gives: who is meant, how many, with whom, when."""

# An edge's `source` is not the option of that name of a serializer's field.
# mypy: disable-error-code="assignment"

from rest_framework import serializers as s

from peacetracker.api.shapes import PersonShape, Shape, maybe, one_of, string
from peacetracker.diplomacy import choices


class HeldOfficeShape(Shape):
    slug = string()
    title = string()
    party = string()


class HeldTenureShape(Shape):
    id = string()
    start = s.DateField(allow_null=True)
    start_precision = one_of(choices.BoundPrecision)
    end = s.DateField(allow_null=True)
    end_precision = one_of(choices.BoundPrecision)
    acting = s.BooleanField()


class CandidateShape(Shape):
    leader = PersonShape()
    office = HeldOfficeShape(allow_null=True)
    tenure = HeldTenureShape(allow_null=True)
    certain = s.BooleanField(help_text="True on any reading of the dates; for a name: spelled as in the record")
    score = s.IntegerField(help_text="How alike the names are, of 100")


class ResolvedShape(CandidateShape):
    others = CandidateShape(many=True)


def counts() -> s.DictField:
    return s.DictField(child=s.IntegerField())


class StatsShape(Shape):
    covered_until = s.DateField(allow_null=True, help_text="The day that the record reaches")
    generation = s.IntegerField(help_text="Grows with every change of the record")
    changed_at = s.DateTimeField(allow_null=True)
    events = s.IntegerField()
    by_kind = counts()
    by_status = counts()
    by_track = s.DictField(child=s.IntegerField(), help_text="“none”: statements, exchanges and incidents")
    by_year = counts()


class NodeShape(Shape):
    id = string(help_text="A slug, or the code of a party")
    name = string()
    party = maybe()
    events = s.IntegerField(help_text="Its contacts; of an event, the people at it")
    type = s.ChoiceField(choices=["leader", "party", "commission", "event"])
    first = s.DateField(help_text="The earliest possible day of its first contact")
    last = s.DateField(help_text="The latest possible day of its last contact")


class EdgeShape(Shape):
    source = s.CharField()
    target = string()
    events = s.IntegerField(help_text="Held contacts of both")
    first = s.DateField()
    last = s.DateField()
    tracks = s.DictField(child=s.IntegerField(), help_text="The contacts by who stood between the two sides")


class NetworkShape(Shape):
    covered_until = s.DateField(allow_null=True, help_text="The day that the record reaches")
    of = s.ChoiceField(choices=["leaders", "parties", "commissions", "events"])
    events = s.IntegerField(help_text="The contacts that were counted")
    nodes = NodeShape(many=True)
    edges = EdgeShape(many=True)


class MonthShape(Shape):
    lane = string(help_text="A track, “ground” or “statements”")
    month = s.DateField(help_text="Its first day")
    events = s.IntegerField()


class MarkShape(Shape):
    slug = string()
    title = string()
    kind = one_of(choices.Kind)
    status = one_of(choices.Status)
    lane = string()
    first = s.DateField()
    last = s.DateField()
    date_precision = one_of(choices.Precision)
    joint = s.BooleanField()
    level = one_of(choices.Level, allow_null=True)


class TimelineShape(Shape):
    covered_until = s.DateField(allow_null=True)
    months = MonthShape(many=True)
    marks = MarkShape(many=True, allow_null=True, help_text="Null where they are too many to tell apart")
