"""The closed lists of the record, and the rules that turn offices and parties into tracks and levels."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    CALL = "call", _("Call")
    MEETING = "meeting", _("Meeting")
    VISIT = "visit", _("Visit")
    STATEMENT = "statement", _("Statement")
    AGREEMENT = "agreement", _("Agreement")
    COMMISSION_SESSION = "commission-session", _("Commission session")
    HUMANITARIAN = "humanitarian", _("Humanitarian exchange")
    INCIDENT = "incident", _("Incident")


# Kinds in which people of two parties are in touch; statements, exchanges and incidents are not contacts.
CONTACTS = (Kind.CALL, Kind.MEETING, Kind.VISIT, Kind.AGREEMENT, Kind.COMMISSION_SESSION)
TALKS = (Kind.CALL, Kind.MEETING)
# Contacts without the documents: a summit and the text adopted there are two records.
ENCOUNTERS = (Kind.CALL, Kind.MEETING, Kind.VISIT, Kind.COMMISSION_SESSION)


class Status(models.TextChoices):
    HELD = "held", _("held")
    SCHEDULED = "scheduled", _("scheduled")
    CANCELLED = "cancelled", _("cancelled")
    DENIED = "denied", _("denied")


class Track(models.TextChoices):
    """Who stood between the two sides."""

    DIRECT = "direct", _("Direct")
    EU = "eu", _("European Union")
    RUSSIA = "russia", _("Russia")
    US = "us", _("United States")
    OTHER = "other", _("Others")
    COMMISSIONS = "commissions", _("Commissions")


class Level(models.TextChoices):
    """The lower of the two sides' highest office on that day."""

    LEADERS = "leaders", _("Leaders")
    MINISTERS = "ministers", _("Ministers")
    DEPUTIES = "deputies", _("Deputies")
    OTHER = "other", _("Other officials")


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class BoundPrecision(models.TextChoices):
    """How well the end of a tenure is known; `open`: in office on the latest page seen."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    UNKNOWN = "unknown", _("not sourced")
    OPEN = "open", _("open")


class Role(models.TextChoices):
    PARTICIPANT = "participant", _("participant")
    HOST = "host", _("host")
    MEDIATOR = "mediator", _("mediator")
    INITIATOR = "initiator", _("initiator")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("public")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")


class PartyKind(models.TextChoices):
    STATE = "state", pgettext_lazy("party", "state")
    ORGANISATION = "organisation", _("organisation")
    DE_FACTO = "de-facto", _("de facto authority")


class BodyKind(models.TextChoices):
    COMMISSION = "commission", _("commission")
    WORKING_GROUP = "working-group", _("working group")
    FORMAT = "format", _("format")
    MISSION = "mission", _("mission")


class ProposalKind(models.TextChoices):
    PRINCIPLES = "principles", _("principles")
    TREATY_DRAFT = "treaty-draft", _("treaty draft")
    AGREEMENT = "agreement", _("agreement")
    PROJECT = "project", _("project")
    MECHANISM = "mechanism", _("mechanism")
    OFFER = "offer", _("offer")


class Stance(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    RESERVATIONS = "accepted-with-reservations", _("accepted with reservations")
    CONDITIONAL = "conditional", _("sets a condition")
    COUNTER = "counter-proposed", _("counter-proposed")
    REJECTED = "rejected", _("rejected")
    NO_ANSWER = "no-answer", _("no answer")
    CLAIMED = "claimed-accepted-by-other-side", _("said to have accepted")


class AsserterKind(models.TextChoices):
    PERSON = "person", _("person")
    OFFICE = "office", pgettext_lazy("who asserts", "office")
    MINISTRY = "ministry", _("ministry")
    MEDIATOR = "mediator", _("mediator or document")


class CommitmentStatus(models.TextChoices):
    KEPT = "kept", _("kept")
    PARTLY = "partly-kept", _("partly kept")
    NOT_KEPT = "not-kept", _("not kept")
    OPEN = "open", _("open")
    LAPSED = "lapsed", _("lapsed")
    DISPUTED = "disputed", _("disputed")


class PublisherKind(models.TextChoices):
    OFFICIAL = "official", _("official")
    STATE_MEDIA = "state-media", _("state media")
    AGENCY = "agency", _("agency")
    OUTLET = "outlet", _("outlet")
    AGGREGATOR = "aggregator", _("aggregator or mirror")
    REFERENCE = "reference", _("reference work")


# Subjects of an account beside the topics of the record.
ACCOUNT_SUBJECTS = {
    "initiative": _("Initiative"),
    "participants": _("Participants"),
    "outcome": _("Outcome"),
    "next-step": _("Next step"),
    "tone": _("Tone"),
}

SIDES = frozenset({"AM", "AZ"})
# Karabakh Armenians are neither of the two states nor a third party that could stand between them.
NOT_THIRD = SIDES | {"NK"}
TRACK_ORDER = (("EU", Track.EU), ("RU", Track.RUSSIA), ("US", Track.US))

TRACK_RULE = _(
    "A commission session is “commissions”. Otherwise the track is the third party present, mediators first, in the "
    "order EU, Russia, United States, other; with no third party present it is “direct”. Statements, humanitarian "
    "exchanges and incidents have no track."
)


def track_of(kind: str, *, mediators: Iterable[str], others: Iterable[str], named: Iterable[str]) -> str | None:
    """Who stood between the two sides (contract, section 2).

    `mediators` and `others` are the parties of the people who took part, as mediators or otherwise. `named` are the
    parties that the record names for the event; they speak only where the people of one side alone are known, such
    as a summit of which it is recorded only that Armenia's leader went.
    """
    if kind == Kind.COMMISSION_SESSION:
        return Track.COMMISSIONS
    if kind not in CONTACTS:
        return None
    mediators, others = set(mediators), set(others)
    third = mediators - NOT_THIRD or others - NOT_THIRD
    if not third and not (mediators | others) >= SIDES:
        third = set(named) - NOT_THIRD
    if not third:
        return Track.DIRECT
    return next((track for party, track in TRACK_ORDER if party in third), Track.OTHER)


def is_joint(kind: str, *, present: Iterable[str], named: Iterable[str]) -> bool:
    """Whether officials of both Armenia and Azerbaijan took part.

    For contacts the named parties count too, since sessions and signed documents are often recorded without people.
    """
    return set(present) >= SIDES or (kind in CONTACTS and set(named) >= SIDES)


LEVELS = (Level.LEADERS, Level.MINISTERS, Level.DEPUTIES, Level.OTHER)
LEADER_OFFICES = ("president-of-", "prime-minister-of-", "supreme-leader-of-", "chancellor-of-")
MINISTER_OFFICES = (
    "foreign-minister-of-",
    "defence-minister-of-",
    "justice-minister-of-",
    "state-minister-of-",
    "foreign-secretary-of-",
    "secretary-of-state-of-",
    "vice-president-of-",
    "security-council-secretary-of-",
    "national-security-adviser-of-",
    "high-representative-of-",
    "speaker-of-",
    "director-of-the-national-security-service-",
    "state-security-service-head-",
    "un-secretary-general",
    "nato-secretary-general",
    "csto-secretary-general",
    "osce-chairperson-in-office",
)
DEPUTY_OFFICES = (
    "deputy-",
    "first-deputy-",
    "under-secretary-",
    "assistant-secretary-",
    "delimitation-commission-chair-",
)


def level_of_office(slug: str) -> str:
    """The level of an office, from its slug: one rule, so that a new office needs no second list."""
    if slug.startswith(LEADER_OFFICES):
        return Level.LEADERS
    if slug.startswith(MINISTER_OFFICES):
        return Level.MINISTERS
    return Level.DEPUTIES if slug.startswith(DEPUTY_OFFICES) else Level.OTHER


def lower_level(armenia: Iterable[str], azerbaijan: Iterable[str]) -> str | None:
    """The lower of the two sides' highest levels; None when a side has no official with a known office."""
    highest = [min(map(LEVELS.index, side), default=None) for side in (armenia, azerbaijan)]
    known = [rank for rank in highest if rank is not None]
    return LEVELS[max(known)] if len(known) == 2 else None
