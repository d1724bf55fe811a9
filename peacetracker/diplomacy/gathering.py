"""Everything that the documents of some records need, in a fixed number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Model, Prefetch, Q, QuerySet

from peacetracker.diplomacy import documents
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.documents import Document, Lists
from peacetracker.diplomacy.models import (
    Account,
    Announcement,
    Body,
    Citation,
    Commitment,
    Discrepancy,
    Event,
    Leader,
    Membership,
    Office,
    Participation,
    Party,
    Place,
    Position,
    Proposal,
    Publisher,
    Tenure,
    Topic,
)
from peacetracker.diplomacy.references import lists

CITATIONS = Prefetch("citations", Citation.objects.select_related("source", "side"))
DISCREPANCIES = Prefetch("discrepancies", Discrepancy.objects.select_related("source"))
TENURES = Tenure.objects.select_related("office__party", "source")
EVENT_LISTS = {"parties": "code", "topics": "slug", "bodies": "slug", "proposals": "slug"}


@dataclass
class GatheredEvent:
    event: Event
    lists: Lists
    promised: dict[int, list[str]] = field(default_factory=dict)


def gather_events(pks: Iterable[int]) -> list[GatheredEvent]:
    events = list(_events(Event.objects.filter(pk__in=list(pks))))
    found = {name: lists(Event, name, [event.pk for event in events], to) for name, to in EVENT_LISTS.items()}
    commitments = [made.pk for event in events for made in event.commitments.all()]
    promised = lists(Commitment, "by", commitments, "code")
    return [
        GatheredEvent(event, Lists({name: found[name].get(event.pk, []) for name in EVENT_LISTS}), promised)
        for event in events
    ]


def _events(events: QuerySet[Event]) -> QuerySet[Event]:
    people = Participation.objects.select_related("leader__party", "office", "party").prefetch_related(
        Prefetch("leader__tenures", TENURES)
    )
    return events.select_related("place").prefetch_related(
        Prefetch("participations", people),
        CITATIONS,
        Prefetch("accounts", Account.objects.select_related("voice", "source").prefetch_related("lines")),
        Prefetch("announcements", Announcement.objects.select_related("by").prefetch_related(CITATIONS)),
        "commitments",
        DISCREPANCIES,
    )


@dataclass(frozen=True)
class Noun:
    """How the documents of one noun are made: its rows, its ordered lists, its shape."""

    rows: Callable[[], QuerySet[Model]]
    lists: dict[str, str]
    document: Callable[..., Document]
    name: str = "slug"


def _leaders() -> QuerySet[Leader]:
    tenures = TENURES.prefetch_related(DISCREPANCIES)
    return Leader.objects.select_related("party").prefetch_related(Prefetch("tenures", tenures))


def _proposals() -> QuerySet[Proposal]:
    positions = Position.objects.select_related("proposal", "topic", "point", "party", "source")
    return Proposal.objects.select_related("succeeds", "part_of").prefetch_related(
        "points", CITATIONS, DISCREPANCIES, Prefetch("positions", positions.prefetch_related("more_sources"))
    )


def _positions() -> QuerySet[Position]:
    shown = Q(proposal=None) | Q(proposal__visibility=Visibility.PUBLIC)
    positions = Position.objects.filter(shown).select_related("proposal", "topic", "point", "party", "source")
    return positions.prefetch_related("more_sources")


def _bodies() -> QuerySet[Body]:
    seats = Membership.objects.select_related("leader", "party", "source")
    return Body.objects.select_related("part_of").prefetch_related(
        CITATIONS, Prefetch("parts", Body.objects.order_by("pk")), Prefetch("memberships", seats)
    )


def _commitments() -> QuerySet[Commitment]:
    return Commitment.objects.select_related("event", "resolved_by").prefetch_related(CITATIONS)


NOUNS: dict[str, Noun] = {
    "leader": Noun(_leaders, {}, documents.leader),
    "proposal": Noun(_proposals, {"proposer": "code", "recipient": "code"}, documents.proposal),
    "body": Noun(_bodies, {"parties": "code", "sits_jointly_with": "slug"}, documents.body),
    "commitment": Noun(_commitments, {"by": "code"}, documents.commitment),
    "place": Noun(Place.objects.all, {}, documents.full_place),
    "topic": Noun(Topic.objects.all, {}, documents.topic),
    "party": Noun(Party.objects.all, {}, documents.party, "code"),
    "office": Noun(lambda: Office.objects.select_related("party"), {}, documents.office),
    "publisher": Noun(lambda: Publisher.objects.select_related("party"), {}, documents.publisher, "domain"),
    "position": Noun(_positions, {}, lambda held, _lists: documents.position(held), "key"),
}


def gather_nouns(noun: str, pks: Iterable[int] | None = None) -> dict[str, Document]:
    """The documents of these records of a noun (of all, without `pks`) that are public, by their public names."""
    kind = NOUNS[noun]
    rows = kind.rows()
    records = list(rows if pks is None else rows.filter(pk__in=list(pks)))
    public = [one for one in records if getattr(one, "is_public", True)]
    found = {name: lists(rows.model, name, [one.pk for one in public], to) for name, to in kind.lists.items()}
    return {
        getattr(one, kind.name): kind.document(one, Lists({name: found[name].get(one.pk, []) for name in found}))
        for one in public
    }
