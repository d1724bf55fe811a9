"""What a search finds: events with their counts, the other nouns by name or text, and what may have been meant."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peacetracker.analysis.excerpts import Piece, beginning, excerpt, marked
from peacetracker.core.text import fold
from peacetracker.diplomacy.models import Event, Participation
from peacetracker.diplomacy.names import Known, Names
from peacetracker.diplomacy.querysets import EventQuerySet

# More hits than this are not counted: a common word must not cost a walk through all events.
COUNTED = 1000
SHOWN = 12
NOUNS = ("leader", "body", "proposal", "place", "topic", "party")
FACETS = ("kind", "track", "status")


@dataclass(frozen=True)
class Found:
    """A record beside events. `excerpt`: what it says of the words."""

    known: Known
    name: list[Piece]
    excerpt: list[Piece]


@dataclass(frozen=True)
class Group:
    """`exact`: they are called so or hold the words; else only their names are like them."""

    noun: str
    found: list[Found]
    more: int
    exact: bool


@dataclass(frozen=True)
class Counts:
    """How many events answer, and by what. `all_counted` is false for more than COUNTED: then nothing is counted."""

    total: int
    all_counted: bool
    by: dict[str, dict[Any, int]]


@dataclass(frozen=True)
class Hit:
    """An event with the words marked. `people`: those who took part, where neither title nor text has the words."""

    event: Event
    title: list[Piece]
    place: list[Piece]
    excerpt: list[Piece]
    people: list[list[Piece]]


def looked_for(names: Names, words: str) -> list[str]:
    """All folded words that count as hits, other spellings included."""
    return names.spelled(words).replace("|", " ").split()


def groups(names: Names, words: str) -> list[Group]:
    """The records beside events that are called by the words or hold them; only without any, those called alike."""
    looked = looked_for(names, words)
    exact = {noun: found for noun in NOUNS if (found := _exact(names, words, noun))}
    some = exact or {noun: [one.known for one in names.alike(words, noun)] for noun in NOUNS}
    return [
        Group(noun, [_shown(one, looked) for one in found[:SHOWN]], max(0, len(found) - SHOWN), bool(exact))
        for noun, found in some.items()
        if found
    ]


def _exact(names: Names, words: str, noun: str) -> list[Known]:
    """Those that are called so, then those that have the words in their name, then in their text."""
    sure = [one.known for one in names.alike(words, noun) if one.certain]
    beginnings = tuple(fold(words).split())

    def place(one: Known) -> tuple[bool, bool]:
        parts = (part for spelling in one.spellings for part in spelling.split())
        return one not in sure, not any(part.startswith(beginnings) for part in parts)

    return sorted(names.holding(words, noun), key=place)


def _shown(one: Known, looked: Collection[str]) -> Found:
    return Found(one, marked(one.name, looked), excerpt(one.about, looked, 160))


def counts(events: EventQuerySet) -> Counts:
    """One query that reads at most COUNTED + 1 rows."""
    rows = list(events.order_by().values_list(*FACETS, "first_day")[: COUNTED + 1])
    if len(rows) > COUNTED:
        return Counts(COUNTED, False, {})
    by: defaultdict[str, Counter[Any]] = defaultdict(Counter)
    for *values, day in rows:
        for name, value in zip(FACETS, values, strict=True):
            if value:
                by[name][value] += 1
        by["year"][day.year] += 1
    return Counts(len(rows), True, {name: dict(counted) for name, counted in by.items()})


def hits(events: Sequence[Event], looked: Collection[str]) -> list[Hit]:
    """The events of a page with their texts. Two queries for all."""
    texts = dict(Event.objects.filter(pk__in=[one.pk for one in events]).values_list("pk", "summary"))
    people = _people(texts)
    return [_hit(event, texts[event.pk], people[event.pk], looked) for event in events]


def _hit(event: Event, summary: str, people: list[str], looked: Collection[str]) -> Hit:
    title, said = marked(event.title, looked), excerpt(summary, looked)
    place = marked(event.place.name, looked) if event.place else []
    named = [marked(name, looked) for name in people]
    by_people = not said and not _has_hit(title) and any(map(_has_hit, named))
    return Hit(event, title, place, said or beginning(summary), named if by_people else [])


def _has_hit(pieces: list[Piece]) -> bool:
    return any(piece.hit for piece in pieces)


def _people(pks: Iterable[int]) -> dict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    rows = Participation.objects.filter(event__in=list(pks)).values_list("event", "leader__name")
    for event, name in rows:
        found[event].append(name)
    return found


def meant(names: Names, words: str) -> str | None:
    """The words as they were probably meant, if those find anything."""
    mended = names.corrected(words)
    if mended is None:
        return None
    among = Event.objects.public().wording(names.spelled(mended))
    return mended if among.exists() or groups(names, mended) else None
