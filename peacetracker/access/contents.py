"""The record at a moment, noun by noun: what a release is made of. Everything comes from versions, nothing from the
present rows, so that a release can be made again later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db.models import Max, Model
from rest_framework import serializers as s

from peacetracker.api import shapes
from peacetracker.api.past import documents_at, shown, sources_at
from peacetracker.api.tables import Names
from peacetracker.diplomacy import choices, models
from peacetracker.diplomacy.recorded import events_at, records_at

Document = dict[str, Any]


class OfficeShape(shapes.Shape):
    slug = shapes.string()
    title = shapes.string()
    party = shapes.string()
    level = shapes.one_of(choices.Level)
    single_holder = s.BooleanField()
    aliases = shapes.names()
    title_native = shapes.tongues()
    short_native = s.DictField(help_text="How news texts call the holder, by language; supplied by the editor")
    native_unsure = shapes.names()


class WholePublisherShape(shapes.Shape):
    domain = shapes.string()
    name = shapes.string()
    party = shapes.maybe(help_text="Its nationality, not its politics; empty: counts as independent")
    kind = shapes.one_of(choices.PublisherKind)
    lang = shapes.names()
    note = shapes.maybe()


@dataclass(frozen=True)
class Noun:
    """A noun of the record: the name of its table, what one row is called, its key, and where its rows come from."""

    table: str
    one: str
    title: str
    shape: type[s.Serializer[Any]]
    model: type[Model]
    noun: str
    key: str = "slug"

    def texts(self, moment: datetime) -> Iterator[str]:
        """Its documents at the moment, in a fixed order."""
        if self.noun == "event":
            found = events_at(moment).order_by("first_day", "slug").values_list("document", flat=True)
            yield from found.iterator(chunk_size=500)
            return
        rows = sources_at(self.noun, moment) if self.noun == "source" else documents_at(self.noun, moment)
        fields = list(self.shape().get_fields())
        for document in rows:
            yield shown(document, fields).decode()


NOUNS = (
    Noun("events", "event", "Events", shapes.EventShape, models.Event, "event"),
    Noun("leaders", "leader", "People of the record", shapes.LeaderShape, models.Leader, "leader"),
    Noun("parties", "party", "States, organisations and de facto authorities", shapes.PartyShape, models.Party,
         "party", "code"),
    Noun("offices", "office", "Offices that people hold", OfficeShape, models.Office, "office"),
    Noun("proposals", "proposal", "Proposals", shapes.ProposalShape, models.Proposal, "proposal"),
    Noun("positions", "position", "Who said what of which proposal, point or topic", shapes.PositionShape,
         models.Position, "position", "id"),
    Noun("commissions", "commission", "Commissions, working groups, formats and missions", shapes.CommissionShape,
         models.Body, "body"),
    Noun("topics", "topic", "What events are about", shapes.TopicShape, models.Topic, "topic"),
    Noun("places", "place", "Where events were", shapes.PlaceShape, models.Place, "place"),
    Noun("commitments", "commitment", "What was promised, and what became of it", shapes.CommitmentShape,
         models.Commitment, "commitment"),
    Noun("publishers", "publisher", "Who answers for a domain", WholePublisherShape, models.Publisher, "publisher",
         "domain"),
    Noun("sources", "source", "Pages that back the record", shapes.SourceShape, models.Source, "source", "id"),
)  # fmt: skip


def names_at(moment: datetime) -> Names:
    """What every public name was called, by noun."""
    found: Names = {}
    for noun, key in (("topic", "slug"), ("body", "slug"), ("proposal", "slug"), ("leader", "slug"), ("party", "code")):
        documents = [orjson.loads(text) for text in records_at(noun, moment).values_list("document", flat=True)]
        found[noun] = {one[key]: one["name"] for one in documents}
    return found


def last_recorded(moment: datetime) -> datetime | None:
    """When the record last changed before the moment."""
    found = [
        model.objects.filter(**{f"{end}__lt": moment}).aggregate(last=Max(end))["last"]
        for model in (models.EventVersion, models.Version)
        for end in ("recorded_from", "recorded_to")
    ]
    return max((one for one in found if one), default=None)
