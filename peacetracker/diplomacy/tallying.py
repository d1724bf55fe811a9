"""What a document adds to the stored counts, and the writing of differences.

The counts are a function of the current documents alone: `recount` makes them anew from those, and a change writes
what the new document adds less what the old one added (docs/decisions/0016).
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

import orjson
from django.db import connection, transaction
from django.db.models import Count
from django.db.models.functions import Left

from peacetracker.core.columns import insert_rows
from peacetracker.diplomacy.choices import CONTACTS, ENCOUNTERS, TALKS, Kind, Precision, Status
from peacetracker.diplomacy.documents import Document
from peacetracker.diplomacy.models import EventVersion, Source, Tally
from peacetracker.diplomacy.rows import INDEPENDENT

# axis, value, kind, status, track, level, joint
Key = tuple[str, str, str, str, str, str, bool]
COLUMNS = ("axis", "value", "kind", "status", "track", "level", "joint")
ADD = (
    f"INSERT INTO diplomacy_tally ({', '.join(COLUMNS)}, n) VALUES ({', '.join(['%s'] * (len(COLUMNS) + 1))}) "  # noqa: S608
    f"ON CONFLICT ({', '.join(COLUMNS)}) DO UPDATE SET n = diplomacy_tally.n + excluded.n"
)
BATCH = 5000
LISTS = {"party": "parties", "topic": "topics", "commission": "commissions", "proposal": "proposals"}


def keys(document: Document) -> list[Key]:
    """Where an event is counted, once each."""
    cell = (
        document["kind"], document["status"], document["track"] or "", document["level"] or "", document["joint"],
    )  # fmt: skip
    day, topics = document["date"], document["topics"]
    people = [part["leader"]["slug"] for part in document["participants"]]
    shared = [("", ""), ("month", day[:7]), ("year", day[:4]), *(("leader", slug) for slug in people)]
    shared += [(axis, value) for axis, name in LISTS.items() for value in document[name]]
    if document["place"]:
        shared += [("place", document["place"]["slug"]), *(("placed-topic", topic) for topic in topics)]
    if is_two_sided(document):
        shared += [("sided", ""), *(("sided-topic", topic) for topic in topics)]
    found: list[Key] = [(*axis, *cell) for axis in dict.fromkeys(shared)]
    alike = (document["kind"], "", "", "", False)
    crossed = [(axis, topic) for axis in (f"topic-in-{day[:7]}", f"topic-year-{day[:4]}") for topic in topics]
    crossed += [("leader-topic", f"{slug} {topic}") for slug in people for topic in topics]
    found.append(("lane", day[:7], document["kind"], "", document["track"] or "", "", False))
    return [*found, *((*axis, *alike) for axis in dict.fromkeys(crossed)), *_offices(document), *_contact(document)]


def is_two_sided(document: Document) -> bool:
    """Whether pages or accounts of two or more sides tell of it."""
    sides = {source["side"] for source in document["sources"]} - {INDEPENDENT}
    return len(sides) > 1 or len({account["voice"] for account in document["accounts"]}) > 1


def _offices(document: Document) -> list[Key]:
    """In which office each person was in contact."""
    if document["status"] != Status.HELD or document["kind"] not in CONTACTS:
        return []
    held = [f"{part['leader']['slug']} {part['office']}" for part in document["participants"] if part["office"]]
    return [("leader-office", value, "", "", "", "", False) for value in held]


def _contact(document: Document) -> list[Key]:
    """Where a held encounter is counted for its rhythm: by month, by week, and its day for the silences it breaks."""
    if document["status"] != Status.HELD or document["kind"] not in ENCOUNTERS:
        return []
    day, precision, track, joint = document["date"], document["date_precision"], document["track"], document["joint"]
    found = [(f"met-{precision}", day[:7], track)]
    if precision == Precision.DAY:
        found.append(("met-week", monday(day), ""))
        found += [(axis, day, "") for axis in _silences(document) if joint]
    return [(axis, value, "", "", track or "", "", joint) for axis, value, track in found]


def _silences(document: Document) -> list[str]:
    """The silences that talks of both sides break: of a level, and of a format."""
    if document["kind"] == Kind.COMMISSION_SESSION:
        return ["day-commissions"]
    if document["kind"] not in TALKS:
        return []
    level = [f"day-{document['level']}"] if document["level"] else []
    return [*level, f"form-{document['track']}"]


def monday(day: str) -> str:
    found = date.fromisoformat(day)
    return (found - timedelta(days=found.weekday())).isoformat()


def source_key(key: str) -> Key:
    """Where a page is counted, by its stable key: in one of some hundred places, so that writers of different pages do
    not wait for each other."""
    return ("source", key[:2], "", "", "", "", False)


def count_sources(made: Iterable[str]) -> None:
    """Count pages that the record did not know before, by their stable keys. None is ever forgotten."""
    add(Counter(map(source_key, made)))


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
    """Make all counts anew from the current documents and pages. Returns the number of events."""
    Tally.objects.all().delete()
    total: Counter[Key] = Counter()
    events = 0
    current = EventVersion.objects.filter(recorded_to=None).values_list("document", flat=True)
    for text in current.iterator(chunk_size=2000):
        total.update(keys(orjson.loads(text)))
        events += 1
    for start, n in Source.objects.order_by().values_list(Left("key", 2)).annotate(n=Count("*")):
        total[source_key(start)] = n
    rows = [dict(zip((*COLUMNS, "n"), (*key, n), strict=True)) for key, n in total.items()]
    for start in range(0, len(rows), BATCH):
        insert_rows(Tally, rows[start : start + BATCH], "id")
    return events
