"""Title and summary of a draft in our own words, by rule: texts of articles are not republished.

They become texts of the record, which is written in English: nothing here is translated.
"""

from collections.abc import Sequence
from datetime import date

from peacetracker.core.dates import in_words
from peacetracker.diplomacy.choices import Kind, Status
from peacetracker.newsroom.extraction import DraftEvent, Person


def title(draft: DraftEvent, names: dict[str, str]) -> str:
    """“Pashinyan and Aliyev meet in Brussels”; `names` has the names of bodies by slug and of countries by code."""
    who = joined([surname(person.name) for person in draft.participants]) or joined(
        [names.get(slug, slug) for slug in draft.bodies[:1]]
    )
    if draft.kind == "visit" and draft.participants:
        who = surname(draft.participants[0].name)
    words = _deed(draft.kind, plural=len(draft.participants) != 1) % {
        "who": who or "Unnamed officials",
        "where": draft.place_name or names.get(draft.country or "", draft.country) or "an unnamed place",
    }
    if draft.place_name and draft.kind in (Kind.MEETING, Kind.COMMISSION_SESSION):
        words = f"{words} in {draft.place_name}"
    if draft.status != "held":
        words = f"{words} ({Status(draft.status).label})"
    return words[:200]


def _deed(kind: str, *, plural: bool) -> str:
    return {
        Kind.CALL: "%(who)s speak by phone",
        Kind.MEETING: "%(who)s meet" if plural else "%(who)s meets counterparts",
        Kind.VISIT: "%(who)s visits %(where)s",
        Kind.AGREEMENT: "%(who)s: document agreed",
        Kind.COMMISSION_SESSION: "%(who)s: session",
    }.get(Kind(kind), "%(who)s: statement")


def surname(name: str) -> str:
    return name.split()[-1] if name.split() else name


def joined(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def summary(draft: DraftEvent, *, publisher: str, published: date | None, topics: dict[str, str]) -> str:
    """Two sentences: who tells what happened when, and what it was about. The editor makes it better."""
    when = f" on {in_words(published)}" if published else ""
    first = f"{publisher or 'An unnamed publisher'} reported{when}: {_what(draft)}."
    about = [topics[slug] for slug in draft.topics if slug in topics]
    if not about:
        return first
    second = f"{'Topic' if len(about) == 1 else 'Topics'} named: {', '.join(about)}."
    return f"{first} {second}"


def _what(draft: DraftEvent) -> str:
    parts = [Kind(draft.kind).label.lower(), joined([_described(person) for person in draft.participants])]
    if draft.date:
        parts.append(in_words(draft.date, draft.date_precision))
    if draft.place_name:
        parts.append(draft.place_name)
    if draft.status != "held":
        parts.append(str(Status(draft.status).label))
    return ", ".join(part for part in parts if part)


def _described(person: Person) -> str:
    return f"{person.name} (mediator)" if person.role == "mediator" else person.name
