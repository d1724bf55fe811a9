"""The record: what is known, and by whom it is said."""

from peacetracker.diplomacy.models.at_hand import AtHand
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
from peacetracker.diplomacy.models.pairs import PairCount
from peacetracker.diplomacy.models.people import Leader, Office, Party, Tenure
from peacetracker.diplomacy.models.proposals import Point, Position, Proposal
from peacetracker.diplomacy.models.sources import Citation, Publisher, Source
from peacetracker.diplomacy.models.tallies import Tally

__all__ = [
    "Account",
    "AccountLine",
    "Announcement",
    "AtHand",
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
    "PairCount",
    "Participation",
    "Party",
    "PastSlug",
    "Place",
    "Point",
    "Position",
    "Proposal",
    "Publisher",
    "Source",
    "Tally",
    "Tenure",
    "Topic",
    "Version",
    "Visit",
]
