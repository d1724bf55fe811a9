"""Keeps the stored counts of pairs (docs/decisions/0015): what a changed event no longer says is taken off, what it now
says is added. Called by keeping.py inside the transactions of the writers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations
from typing import Any

import orjson
from django.db.models import Max, Min, Q

from peacetracker.core.columns import write_columns
from peacetracker.core.dates import parse_partial, widest
from peacetracker.core.models import Generation
from peacetracker.diplomacy.choices import CONTACTS, SIDES, Status, Track
from peacetracker.diplomacy.documents import Document
from peacetracker.diplomacy.models import Event, EventVersion, PairCount

Key = tuple[str, str]
TRACKS = tuple(map(str, Track))
WHOLE: Key = ("", "")
OF_PARTY = PairCount.OF_PARTY
CHUNK = 300


def keys_of(document: Document) -> Iterator[Key]:
    """The counts in which a document has a part: none, unless it is a held contact."""
    if document["kind"] not in CONTACTS or document["status"] != Status.HELD:
        return
    yield WHOLE
    people = sorted(part["leader"]["slug"] for part in document["participants"])
    present = sorted({part["party"] for part in document["participants"]} & SIDES)
    for slug in people:
        yield slug, slug
        yield from ((slug, side) for side in present)
    yield from combinations(people, 2)
    named = sorted(f"{OF_PARTY}{code}" for code in document["parties"])
    yield from ((party, party) for party in named)
    yield from combinations(named, 2)


def span_of(document: Document) -> tuple[date, date]:
    """The earliest and latest possible day."""
    day, _precision = parse_partial(document["date"])
    span = widest(day, document["date_precision"])
    end = parse_partial(document["end_date"])[0] if document["end_date"] else span.last
    return span.first, max(span.last, end)


def change(*, old: Iterable[Document] = (), new: Iterable[Document] = ()) -> None:
    """Count some events anew: `old` is what they were, `new` what they are."""
    deltas: defaultdict[Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("n", *TRACKS), 0))
    spans: defaultdict[Key, list[date]] = defaultdict(list)
    gone: defaultdict[Key, list[date]] = defaultdict(list)
    for documents, sign, days in ((old, -1, gone), (new, 1, spans)):
        for document in documents:
            for key in keys_of(document):
                deltas[key]["n"] += sign
                deltas[key][document["track"]] += sign
                days[key] += span_of(document)
    changed = sorted(key for key, delta in deltas.items() if any(delta.values()) or set(gone[key]) != set(spans[key]))
    if changed:
        Generation.objects.select_for_update().filter(pk=1).first()  # one at a time: rows are read, then written
    for start in range(0, len(changed), CHUNK):
        _write({key: deltas[key] for key in changed[start : start + CHUNK]}, spans, gone)


Days = Mapping[Key, list[date]]


def _write(deltas: Mapping[Key, Mapping[str, int]], new: Days, gone: Days) -> None:
    rows = {(row.one, row.another): row for row in PairCount.objects.filter(_any_of(deltas))}
    fresh, known, empty = list[PairCount](), list[PairCount](), list[int]()
    for key, delta in deltas.items():
        row = rows.get(key) or PairCount(one=key[0], another=key[1])
        for name, n in delta.items():
            setattr(row, name, getattr(row, name) + n)
        if row.n <= 0:
            empty += [row.pk] if row.pk else []
            continue
        _span(row, key, new.get(key, []), gone.get(key, []))
        (known if row.pk else fresh).append(row)
    PairCount.objects.bulk_create(fresh, batch_size=500)
    write_columns(known, ("n", *TRACKS, "first_day", "last_day"))
    PairCount.objects.filter(pk__in=empty).delete()


def _any_of(keys: Iterable[Key]) -> Q:
    by_one: defaultdict[str, list[str]] = defaultdict(list)
    for one, another in keys:
        by_one[one].append(another)
    found = Q()
    for one, others in by_one.items():
        found |= Q(one=one, another__in=others)
    return found


def _span(row: PairCount, key: Key, new: list[date], gone: list[date]) -> None:
    """The first and last day. Only where an event at one end is gone are the events asked for them."""
    if row.pk and gone and (min(gone) <= row.first_day or max(gone) >= row.last_day):
        row.first_day, row.last_day = _asked_span(key)
    else:
        days = [*new, *([row.first_day, row.last_day] if row.pk else [])]
        row.first_day, row.last_day = min(days), max(days)


def _asked_span(key: Key) -> tuple[date, date]:
    events = Event.objects.public().held().filter(kind__in=CONTACTS)
    for end in set(key) - {""}:
        events = events.filter(**_at_end(end))
    found = events.aggregate(first=Min("first_day"), last=Max("last_day"))
    return found["first"], found["last"]


def _at_end(end: str) -> dict[str, str]:
    """The events of a person, with somebody of a side, or of a party that the event names, as lookups."""
    if end.startswith(OF_PARTY):
        return {"parties__code": end.removeprefix(OF_PARTY)}
    return {"participations__party__code": end} if end in SIDES else {"participations__leader__slug": end}


def counted(texts: Iterable[str | bytes]) -> Iterator[dict[str, Any]]:
    """The rows for all these documents together, counted from nothing."""
    rows: dict[Key, dict[str, Any]] = {}
    for text in texts:
        document = orjson.loads(text)
        first, last = span_of(document)
        for key in keys_of(document):
            empty = {"one": key[0], "another": key[1], "n": 0, "first_day": first, "last_day": last}
            row = rows.setdefault(key, {**dict.fromkeys(TRACKS, 0), **empty})
            row["n"] += 1
            row[document["track"]] += 1
            row["first_day"], row["last_day"] = min(row["first_day"], first), max(row["last_day"], last)
    yield from rows.values()


def recount() -> None:
    """Count all pairs anew from the current documents: after a load that went past the writers."""
    texts = EventVersion.objects.filter(recorded_to=None).values_list("document", flat=True).order_by()
    PairCount.objects.all().delete()
    PairCount.objects.bulk_create(
        (PairCount(**row) for row in counted(texts.iterator(chunk_size=2000))), batch_size=1000
    )  # fmt: skip
