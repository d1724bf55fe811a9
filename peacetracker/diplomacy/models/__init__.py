"""The record: what is known, and by whom it is said."""

from peacetracker.diplomacy.models.bodies import Body, Membership
from peacetracker.diplomacy.models.events import (
    Account,
    AccountLine,
    Announcement,
    Call,
    CommissionSession,
    Commitment,
    Discrepancy,
    Event,
    Meeting,
    Participation,
    Place,
    Topic,
    Visit,
)
from peacetracker.diplomacy.models.keeping import EventVersion, Keeping, LoadedRow, Merger, PastSlug, Version
from peacetracker.diplomacy.models.people import Leader, Office, Party, Tenure
from peacetracker.diplomacy.models.proposals import Point, Position, Proposal
from peacetracker.diplomacy.models.sources import Citation, Publisher, Source

__all__ = [
    "Account",
    "AccountLine",
    "Announcement",
    "Body",
    "Call",
    "Citation",
    "CommissionSession",
    "Commitment",
    "Discrepancy",
    "Event",
    "EventVersion",
    "Keeping",
    "Leader",
    "LoadedRow",
    "Meeting",
    "Membership",
    "Merger",
    "Office",
    "Participation",
    "Party",
    "PastSlug",
    "Place",
    "Point",
    "Position",
    "Proposal",
    "Publisher",
    "Source",
    "Tenure",
    "Topic",
    "Version",
    "Visit",
]
