"""Synthetic events in the shape of the record, for measuring at a million: `python -m bench.synthetic N`.

Writes straight into the tables of an empty, migrated PostgreSQL (DATABASE_URL): 500 people of uneven fame, 60 topics,
20 places; each event has 2–4 people (3 on average), 1–3 topics, 1–3 sources and its stored document. The same seed
gives the same rows. What record.py would derive is derived here the same way, for going through the writers would take
hours; `tests/test_bench.py` compares the two on a small set.
"""

import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacetracker.settings")
django.setup()

# Django is set up before what needs it is imported.
from django.db import connection, transaction  # noqa: E402

from peacetracker.core.cache import bump  # noqa: E402
from peacetracker.core.text import fold  # noqa: E402
from peacetracker.diplomacy import at_hand, documents, keeping, pairing, record, tallying  # noqa: E402
from peacetracker.diplomacy.choices import is_joint, lower_level, track_of  # noqa: E402
from peacetracker.diplomacy.models import (  # noqa: E402
    Citation,
    Event,
    EventVersion,
    Leader,
    Office,
    Participation,
    Party,
    Place,
    Publisher,
    Source,
    Tenure,
    Topic,
)
from peacetracker.diplomacy.references import stable_key  # noqa: E402

KINDS = {
    "call": 30, "meeting": 30, "visit": 12, "statement": 12, "agreement": 3, "commission-session": 7,
    "humanitarian": 3, "incident": 3,
}  # fmt: skip
STATUSES = {"held": 88, "scheduled": 6, "cancelled": 4, "denied": 2}
PARTIES = {"AM": 30, "AZ": 30, "EU": 10, "RU": 12, "US": 10, "TR": 4, "FR": 4}
TRACK_OF = {"EU": "eu", "RU": "russia", "US": "us", "TR": "other", "FR": "other"}
TOWNS = (
    "Geneva", "Vienna", "New York", "Moscow", "Washington", "Beijing", "Cairo", "Nairobi", "Brussels", "Ankara",
    "Riyadh", "Doha", "Paris", "London", "Tokyo", "New Delhi", "Brasilia", "Addis Ababa", "Jakarta", "Oslo",
)  # fmt: skip
SYLLABLES = "ba ko ri ne ma lu so ta vi de ga po ki zu ra me no si la to".split()  # noqa: SIM905
WORDS = (  # noqa: SIM905
    "border treaty talks delegation trade energy security corridor prisoners exchange commission statement summit "
    "agreement proposal ministry deadline framework cooperation water dam pipeline transit visa climate investment "
    "observers mission withdrawal demining aviation rail port telecommunications culture health return"
).split()
FIRST_DAY, LAST_DAY = date(1992, 1, 1).toordinal(), date(2026, 11, 1).toordinal()
OFFICES = ("president-of", "foreign-minister-of", "deputy-foreign-minister-of", "ambassador-of")
RECORDED = datetime(2026, 11, 1, tzinfo=UTC)
BATCH = 5000


class Maker:
    """Rows of the tables, from one seed."""

    def __init__(self, seed: int = 42) -> None:
        self.random = random.Random(seed)
        tail = self.random
        self.rare = ["".join(tail.choice(SYLLABLES) for _ in range(tail.randint(3, 5))) for _ in range(20_000)]
        self.leaders = [self.leader(number) for number in range(500)]
        self.fame = [1 / (number + 5) ** 0.8 for number in range(500)]
        self.topics = [f"{WORDS[n % 10]}-{WORDS[10 + n // 10]}" for n in range(60)]

    def leader(self, number: int) -> dict[str, Any]:
        name = " ".join("".join(self.random.choice(SYLLABLES) for _ in range(3)).title() for _ in range(2))
        party = self.random.choices(list(PARTIES), list(PARTIES.values()))[0]
        return {"slug": f"p-{number + 1}", "name": name, "party": party, "office": self.random.choice(OFFICES)}

    def words(self, count: int) -> str:
        one = self.random
        return " ".join(
            one.choice(WORDS) if one.random() < 0.85 else self.rare[int(20_000 * one.random() ** 2)]
            for _ in range(count)
        )

    def event(self, number: int) -> dict[str, Any]:
        one = self.random
        day = date.fromordinal(FIRST_DAY + int((LAST_DAY - FIRST_DAY) * one.random() ** 0.6))
        kind = one.choices(list(KINDS), list(KINDS.values()))[0]
        people = list(dict.fromkeys(one.choices(range(500), self.fame, k=one.randint(2, 4))))
        people = people if len(people) > 1 else [people[0], (people[0] + 1) % 500]
        first, second = (self.leaders[who]["name"] for who in people[:2])
        return {
            "slug": f"{day}-{kind}-{number}", "kind": kind, "day": day, "people": people,
            "status": one.choices(list(STATUSES), list(STATUSES.values()))[0],
            "title": f"{first} {kind} {second} on {self.words(4)}", "summary": self.words(26).capitalize() + ".",
            "place": one.randrange(len(TOWNS)), "topics": one.sample(range(60), one.randint(1, 3)),
            "sources": one.randint(1, 3),
        }  # fmt: skip

    def events(self, count: int) -> Iterator[dict[str, Any]]:
        return (self.event(number) for number in range(1, count + 1))


class Writer:
    """Puts the rows into the database: nouns through the models, events by COPY."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.parties = {code: Party.objects.get_or_create(code=code, defaults={"name": code})[0] for code in PARTIES}
        self.publisher = Publisher.objects.get_or_create(domain="example.org", defaults={"name": "Example"})[0]
        self.people = [self._leader(row) for row in maker.leaders]
        self.topics = [self._named(Topic(slug=f"t-{name}", name=name, description=name)) for name in maker.topics]
        self.places = [
            self._named(Place(slug=f"x-{fold(name).replace(' ', '-')}", name=name, country="CH", lat=46.2, lon=6.15))
            for name in TOWNS
        ]
        self.next = {model: self._last(model) for model in (Event, Source, Citation)}

    @staticmethod
    def _last(model: Any) -> int:
        return int(model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)

    @staticmethod
    def _named(one: Any) -> Any:
        one.search_text = one.folded()
        one.save()
        return one

    def _leader(self, row: dict[str, Any]) -> dict[str, Any]:
        party = self.parties[row["party"]]
        leader = self._named(Leader(slug=row["slug"], name=row["name"], party=party))
        office = Office(slug=f"{row['office']}-{row['slug']}", title=f"{row['office']} {row['slug']}", party=party)
        office.save()
        source = Source(url=f"https://example.org/{row['slug']}", publisher=self.publisher)
        source.key = stable_key(source.url)
        source.save()
        Tenure.objects.create(leader=leader, office=office, source=source, key=stable_key("tenure", row["slug"]))
        return {"leader": leader, "office": office, "party": party, "spellings": [fold(n) for n in leader.spellings()]}

    def write(self, events: Iterator[dict[str, Any]]) -> int:
        written = 0
        while batch := list(islice(events, BATCH)):
            rows: dict[Any, list[Any]] = {model: [] for model in COLUMNS}
            for event in batch:
                self._event(event, rows)
            with connection.cursor() as cursor:
                for model, columns in COLUMNS.items():
                    copy = f"COPY {model._meta.db_table} ({', '.join(columns)}) FROM STDIN"
                    with cursor.copy(copy) as sink:
                        for row in rows[model]:
                            sink.write_row(row)
            written += len(batch)
            print(f"\r{written} events", end="", file=sys.stderr, flush=True)
        return written

    def _event(self, made: dict[str, Any], rows: dict[Any, list[Any]]) -> None:
        pk = self.next[Event] = self.next[Event] + 1
        people = [self.people[who] for who in made["people"]]
        parties = list({one["party"].code: one["party"] for one in people}.values())
        codes = [party.code for party in parties]
        place, topics = self.places[made["place"]], [self.topics[n] for n in made["topics"]]
        joint = is_joint(made["kind"], present=codes, named=codes)
        levels = [[p["office"].level for p in people if p["party"].code == side] for side in ("AM", "AZ")]
        event = Event(
            pk=pk, slug=made["slug"], kind=made["kind"], status=made["status"], date=made["day"],
            first_day=made["day"], last_day=made["day"], title=made["title"], summary=made["summary"], place=place,
            track=track_of(made["kind"], mediators=(), others=codes, named=codes), joint=joint,
            level=(lower_level(*levels) or "other") if joint else None, source_count=made["sources"],
        )  # fmt: skip
        names = [spelling for one in people for spelling in one["spellings"]]
        where = [fold(name) for name in [*place.spellings(), *place.other_names]]
        event.search_text = " · ".join([event.folded(), *dict.fromkeys([*names, *where])])
        rows[Event].append(
            (pk, RECORDED, RECORDED, event.slug, "public", "", event.search_text, event.kind, event.status, event.date,
             "day", event.title, event.summary, place.pk, "[]", event.date, event.date, event.track, joint,
             event.level, event.source_count, False)
        )  # fmt: skip
        led = [getattr(event, name) for name in Participation.OF_EVENT]
        rows[Participation] += [
            (pk, p["leader"].pk, "participant", p["office"].pk, p["party"].pk, *led) for p in people
        ]
        rows[Event.parties.through] += [(pk, party.pk) for party in parties]
        rows[Event.topics.through] += [(pk, topic.pk) for topic in topics]
        cited = [self._source(pk, n, made["day"], rows) for n in range(made["sources"])]
        shown = documents.event(Shown(event, people, cited), documents.Lists(
            {"parties": codes, "topics": [topic.slug for topic in topics]}), {})  # type: ignore[arg-type]  # fmt: skip
        found_by = keeping.found_by(shown)
        rows[EventVersion].append(
            (keeping.stored(shown, RECORDED), keeping.digest(shown), RECORDED, "", pk, event.search_text,
             *(found_by[name] for name in FOUND_BY))
        )  # fmt: skip

    def _source(self, event: int, number: int, day: date, rows: dict[Any, list[Any]]) -> Citation:
        pk = self.next[Source] = self.next[Source] + 1
        side = self.parties[("AM", "AZ", "EU")[number]]
        url = f"https://example.org/{day}/{event}-{number}"
        rows[Source].append((pk, stable_key(url), url, self.publisher.pk))
        rows[Citation].append((event, pk, "Example", f"Readout {pk}", day, "en", side.pk))
        return Citation(
            source=Source(pk=pk, key=stable_key(url), url=url), publisher_name="Example", title=f"Readout {pk}",
            published=day, lang="en", side=side,
        )  # fmt: skip


class Several(list[Any]):
    """A list that answers like a prefetched relation."""

    def all(self) -> list[Any]:
        return self


class Shown:
    """An event with its relations at hand, as documents.event() reads it."""

    def __init__(self, event: Event, people: list[dict[str, Any]], cited: list[Citation]) -> None:
        self.event = event
        self.participations = Several(
            Participation(leader=one["leader"], role="participant", office=one["office"], party=one["party"])
            for one in people
        )
        self.citations = Several(cited)
        self.accounts = self.announcements = self.commitments = self.discrepancies = Several()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.event, name)


FOUND_BY = ("slug", "first_day", "last_day", "terms")
COLUMNS: dict[Any, tuple[str, ...]] = {
    Event: (
        "id", "created_at", "updated_at", "slug", "visibility", "reason", "search_text", "kind", "status", "date",
        "date_precision", "title", "summary", "place_id", "outcomes", "first_day", "last_day", "track", "joint",
        "level", "source_count", "accounts_differ",
    ),
    Participation: (
        "event_id", "leader_id", "role", "office_id", "party_id", *(f"event_{name}" for name in Participation.OF_EVENT),
    ),
    Event.parties.through: ("event_id", "party_id"),
    Event.topics.through: ("event_id", "topic_id"),
    Source: ("id", "key", "url", "publisher_id"),
    Citation: ("event_id", "source_id", "publisher_name", "title", "published", "lang", "side_id"),
    EventVersion: ("document", "sha256", "recorded_from", "reason", "event_id", "search_text", *FOUND_BY),
}  # fmt: skip


def reset_sequences(cursor: Any) -> None:
    for model in (Event, Source):
        table = model._meta.db_table
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


@transaction.atomic
def fill(count: int, seed: int = 42) -> int:
    """Add `count` synthetic events to the record. Foreign keys are not checked while the rows stream in."""
    maker = Maker(seed)
    writer = Writer(maker)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        written = writer.write(maker.events(count))
        reset_sequences(cursor)
        cursor.execute("SET LOCAL session_replication_role = origin")
    author = record.Author(reason="synthetic")
    tallying.recount()
    pairing.recount()
    at_hand.rewrite()
    for noun in ("leader", "topic", "place", "party"):
        record.settle(noun, author=author)
    keeping.settle_covered_until()
    bump()
    return written


if __name__ == "__main__":
    started = time.perf_counter()
    total = fill(int(sys.argv[1]))
    with connection.cursor() as done:
        done.execute("VACUUM ANALYZE")
    print(f"\n{total} events in {time.perf_counter() - started:.0f} s")
