"""What an extraction gives back: drafts of events with the sentence that each field came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Kind = Literal["call", "meeting", "visit", "agreement", "commission-session", "statement"]
Status = Literal["held", "scheduled", "cancelled", "denied"]
Precision = Literal["day", "month", "unknown"]
Role = Literal["participant", "host", "mediator", "initiator"]
How = Literal["named", "by office", "counterpart", "anaphora"]


@dataclass(slots=True)
class Mention:
    """A proposal or body that the text names, with the sentence that names it."""

    slug: str
    name: str
    evidence: str


@dataclass(slots=True)
class Person:
    """One who takes part; `slug` is None for a person whom the record does not know."""

    slug: str | None
    name: str
    role: Role = "participant"
    office: str | None = None
    party: str | None = None
    office_text: str = ""
    how: How = "named"
    evidence: str = ""


@dataclass(slots=True)
class DraftEvent:
    """A contact, document or session that a text tells, for an editor to accept or reject."""

    kind: Kind
    status: Status
    date: date | None
    date_precision: Precision
    participants: list[Person] = field(default_factory=list)
    place: str | None = None
    place_name: str | None = None
    country: str | None = None
    topics: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)
    evidence: str = ""
    field_evidence: dict[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    confidence: float = 0.5


@dataclass(slots=True)
class Extraction:
    """All that one text gives."""

    events: list[DraftEvent] = field(default_factory=list)
    proposals: list[Mention] = field(default_factory=list)
    bodies: list[Mention] = field(default_factory=list)
    lang: str = "en"
