"""Small true-to-life records for tests, written through the same writers as the real one."""

from datetime import date
from itertools import chain
from typing import Any

from peacetracker.core.models import Generation
from peacetracker.diplomacy import record
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.models import (
    Body,
    Event,
    Leader,
    Office,
    Party,
    Place,
    Proposal,
    Publisher,
    Source,
    Tenure,
    Topic,
    Version,
)
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.references import References, stable_key
from tests.keeping import present, put_down, taken_up

PARTIES = {"AM": "Armenia", "AZ": "Azerbaijan", "EU": "European Union", "RU": "Russia", "US": "United States"}
PEOPLE = {
    "nikol-pashinyan": ("Nikol Pashinyan", "Пашинян", "prime-minister-of-armenia", "Prime Minister of Armenia", "AM"),
    "ilham-aliyev": ("Ilham Aliyev", "Алиев", "president-of-azerbaijan", "President of Azerbaijan", "AZ"),
    "ararat-mirzoyan": (
        "Ararat Mirzoyan", "Мирзоян", "foreign-minister-of-armenia", "Foreign Minister of Armenia", "AM",
    ),
    "jeyhun-bayramov": (
        "Jeyhun Bayramov", "Байрамов", "foreign-minister-of-azerbaijan", "Foreign Minister of Azerbaijan", "AZ",
    ),
    "charles-michel": (
        "Charles Michel", "Мишель", "president-of-the-european-council", "President of the European Council", "EU",
    ),
    "vladimir-putin": ("Vladimir Putin", "Путин", "president-of-russia", "President of Russia", "RU"),
}  # fmt: skip


def a_world() -> None:
    """Parties, people in office since 2018, two places, topics, a body and a proposal: what events refer to.

    Built once in a process, by the writers of the record; in another empty record its rows are put down again.
    """
    if Proposal.objects.filter(slug="five-principles-azerbaijan").exists():
        return
    untouched = not any(model.objects.exists() for model in FIRST)
    if untouched and BUILT:
        put_down_again()
        return
    before = present() if untouched else set()
    build_world()
    if untouched:
        BUILT.extend(taken_up(besides=before))


FIRST = (Party, Leader, Place, Topic, Body, Source, Publisher, Version, Generation)
BUILT: list[list[Any]] = []


def put_down_again() -> None:
    now = Author().at()
    for row in chain.from_iterable(BUILT):
        for moment in ("recorded_from", "changed_at"):
            if hasattr(row, moment):
                setattr(row, moment, now)
    put_down(BUILT)


def build_world() -> None:
    for code, name in PARTIES.items():
        Party.objects.get_or_create(code=code, defaults={"name": name, "kind": "state"})
    for slug, (name, native, office, title, party) in PEOPLE.items():
        a_leader(slug, name=name, native=native, office=office, title=title, party=party)
    for slug, name, country in (("brussels", "Brussels", "BE"), ("moscow", "Moscow", "RU")):
        place, _ = Place.objects.get_or_create(
            slug=slug, defaults={"name": name, "country": country, "lat": 50, "lon": 4}
        )
        Place.objects.filter(pk=place.pk).update(search_text=place.folded())
    for slug, name in (("peace-treaty", "Peace treaty"), ("border-delimitation", "Border delimitation")):
        Topic.objects.get_or_create(slug=slug, defaults={"name": name, "description": name})
    Body.objects.get_or_create(
        slug="border-delimitation-commissions",
        defaults={"name": "Border commissions", "kind": "format", "mandate": "Delimitation of the border."},
    )
    Proposal.objects.get_or_create(
        slug="five-principles-azerbaijan",
        defaults={
            "name": "Five principles",
            "kind": "principles",
            "date": date(2022, 3, 14),
            "date_precision": "day",
            "status": "superseded",
            "summary": "Five basic principles.",
        },
    )
    for noun in ("leader", "place", "topic", "party", "body", "proposal"):
        record.settle(noun, author=Author())


def a_leader(slug: str, *, name: str, native: str, office: str, title: str, party: str) -> Leader:
    owner = Party.objects.get(code=party)
    leader, _ = Leader.objects.get_or_create(
        slug=slug, defaults={"name": name, "name_native": {"ru": native}, "party": owner}
    )
    Leader.objects.filter(pk=leader.pk).update(search_text=leader.folded())
    job, _ = Office.objects.get_or_create(slug=office, defaults={"title": title, "party": owner})
    Tenure.objects.get_or_create(
        key=stable_key(slug, office),
        defaults={
            "leader": leader,
            "office": job,
            "start": date(2018, 5, 8),
            "start_precision": "day",
            "source": References().source(f"https://example.org/{slug}"),
        },
    )
    return leader


def a_source(n: int | str = 1, **changes: Any) -> dict[str, Any]:
    return {
        "url": f"https://example.org/news/{n}",
        "publisher": "Example News",
        "title": f"Report {n}",
        "published": "2022-04-07",
        "lang": "en",
        "side": "independent",
        **changes,
    }


def event_row(**changes: Any) -> dict[str, Any]:
    """A row of an event as the files have it: the Brussels meeting, unless told otherwise."""
    row = {
        "slug": "2022-04-06-brussels",
        "kind": "meeting",
        "date": "2022-04-06",
        "end_date": None,
        "date_precision": "day",
        "title": "Leaders meet in Brussels",
        "summary": "Michel hosted the two leaders.",
        "place": "brussels",
        "participants": [
            {"person": "charles-michel", "role": "mediator"},
            {"person": "ilham-aliyev", "role": "participant"},
            {"person": "nikol-pashinyan", "role": "participant"},
        ],
        "parties": ["EU", "AZ", "AM"],
        "topics": ["peace-treaty"],
        "bodies": [],
        "proposals": [],
        "outcomes": [],
        "status": "held",
        "sources": [a_source()],
        "note": None,
    }
    return {**row, **changes}


def an_event(**changes: Any) -> Event:
    a_world()
    return record.write_event(event_row(**changes), author=Author())  # type: ignore[arg-type]


def a_withdrawn_event(**changes: Any) -> Event:
    event = an_event(**changes)
    record.withdraw_event(event, reason="It rests on one page that was taken back.", author=Author())
    event.refresh_from_db()
    assert event.visibility == Visibility.WITHDRAWN
    return event
