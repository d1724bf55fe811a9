"""The shapes in which the record is written down: a line of a file of data/, a draft on its way to become an event."""

from typing import TypedDict


class SourceRow(TypedDict):
    url: str
    publisher: str
    title: str
    published: str | None
    lang: str
    side: str


class ParticipantRow(TypedDict):
    person: str
    role: str


class EventRow(TypedDict):
    """A line of events.jsonl; every reference is a slug or a party's code, every date ISO."""

    slug: str
    kind: str
    date: str
    end_date: str | None
    date_precision: str
    title: str
    summary: str
    place: str | None
    participants: list[ParticipantRow]
    parties: list[str]
    topics: list[str]
    bodies: list[str]
    proposals: list[str]
    outcomes: list[str]
    status: str
    sources: list[SourceRow]
    note: str | None


INDEPENDENT = "independent"
