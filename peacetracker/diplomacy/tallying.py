"""What a document adds to the stored counts, and the writing of differences.

The counts are a function of the current documents alone: `recount` makes them anew from those, and a change writes
what the new document adds less what the old one added (docs/decisions/0016).
"""

from collections import Counter
from collections.abc import Iterable

import orjson
from django.db import connection, transaction

from peacetracker.diplomacy.choices import TALKS, Kind, Precision, Status
from peacetracker.diplomacy.documents import Document
from peacetracker.diplomacy.models import EventVersion, Tally

# axis, value, kind, status, track, level, joint
Key = tuple[str, str, str, str, str, str, bool]
COLUMNS = ("axis", "value", "kind", "status", "track", "level", "joint")
ADD = (
    f"INSERT INTO diplomacy_tally ({', '.join(COLUMNS)}, n) VALUES ({', '.join(['%s'] * (len(COLUMNS) + 1))}) "  # noqa: S608
    f"ON CONFLICT ({', '.join(COLUMNS)}) DO UPDATE SET n = diplomacy_tally.n + excluded.n"
)
LISTS = {"party": "parties", "topic": "topics", "commission": "commissions", "proposal": "proposals"}


def keys(document: Document) -> list[Key]:
    """Where an event is counted, once each."""
    cell = (
        document["kind"], document["status"], document["track"] or "", document["level"] or "", document["joint"],
    )  # fmt: skip
    shared = [("", ""), ("month", document["date"][:7])]
    shared += [("leader", part["leader"]["slug"]) for part in document["participants"]]
    shared += [(axis, value) for axis, name in LISTS.items() for value in document[name]]
    if document["place"]:
        shared.append(("place", document["place"]["slug"]))
    found: list[Key] = [(*axis, *cell) for axis in dict.fromkeys(shared)]
    level = talks_level(document)
    return [*found, (f"day-{level}", document["date"], "", "", "", "", True)] if level else found


def talks_level(document: Document) -> str | None:
    """The level of a held contact of both sides whose day is known, as silences are measured: else None."""
    held = document["status"] == Status.HELD and document["joint"] and document["date_precision"] == Precision.DAY
    if held and document["kind"] == Kind.COMMISSION_SESSION:
        return "commissions"
    level: str | None = document["level"] if held and document["kind"] in TALKS else None
    return level


def add(difference: Counter[Key]) -> None:
    """Write differences. In one order, so that two writers never wait for each other."""
    rows = [(*key, n) for key, n in sorted(difference.items()) if n]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), 1000):
            cursor.executemany(ADD, rows[start : start + 1000])


def change(*, old: Iterable[Document] = (), new: Iterable[Document] = ()) -> None:
    difference: Counter[Key] = Counter()
    for document in new:
        difference.update(keys(document))
    for document in old:
        difference.subtract(keys(document))
    add(difference)


@transaction.atomic
def recount() -> int:
    """Make all counts anew from the current documents. Returns the number of events."""
    Tally.objects.all().delete()
    total: Counter[Key] = Counter()
    events = 0
    current = EventVersion.objects.filter(recorded_to=None).values_list("document", flat=True)
    for text in current.iterator(chunk_size=2000):
        total.update(keys(orjson.loads(text)))
        events += 1
    add(total)
    return events
