"""One record → the document that API and exports serve. Pure: what it needs was fetched before.

The shapes are promised in docs/api.md: a field never leaves `/api/v1/`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from peacetracker.diplomacy.choices import Role
from peacetracker.diplomacy.models import (
    Account,
    Announcement,
    Body,
    Citation,
    Commitment,
    Discrepancy,
    Event,
    Leader,
    Office,
    Party,
    Place,
    Position,
    Proposal,
    Publisher,
    Topic,
)
from peacetracker.diplomacy.rows import INDEPENDENT

Document = dict[str, Any]


@dataclass
class Lists:
    """The ordered lists of one record, as public names by field."""

    of: dict[str, list[str]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> list[str]:
        return self.of.get(name, [])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def citation(cited: Citation) -> Document:
    return {
        "id": cited.source.key,
        "url": cited.source.url,
        "publisher": cited.publisher_name,
        "title": cited.title,
        "published": _iso(cited.published),
        "lang": cited.lang,
        "side": cited.side.code if cited.side else INDEPENDENT,
    }


def discrepancy(found: Discrepancy) -> Document:
    return {
        "id": found.key,
        "field": found.field,
        "value": found.value,
        "according_to": found.according_to,
        "source": found.source.url,
        "note": found.note,
    }


def accounts(told: Sequence[Account]) -> list[Document]:
    return [
        {
            "id": line.key,
            "voice": account.voice.code,
            "subject": line.subject,
            "text": line.text,
            "quote": line.quote,
            "complete": account.complete,
            "source": account.source.url,
        }
        for account in told
        for line in account.lines.all()
    ]


def announcement(made: Announcement) -> Document:
    cited = made.citations.all()
    return {
        "id": made.key,
        "announced_on": _iso(made.announced_on),
        "by": made.by.code if made.by else INDEPENDENT,
        "text": made.text,
        "source": citation(cited[0]) if cited else None,
    }


def place(where: Place) -> Document:
    return {
        "slug": where.slug,
        "name": where.name,
        "country": where.country,
        "lat": where.lat,
        "lon": where.lon,
    }


def _participants(event: Event) -> list[Document]:
    return [
        {
            "leader": {"slug": part.leader.slug, "name": part.leader.name},
            "role": part.role,
            "office": part.office.title if part.office else None,
            "party": part.party.code if part.party else None,
        }
        for part in event.participations.all()
    ]


def _in_role(event: Event, role: str) -> list[str]:
    return [part.leader.slug for part in event.participations.all() if part.role == role]


def event(it: Event, lists: Lists, promised: dict[int, list[str]]) -> Document:
    """An event. `promised` has the parties of its commitments, by their primary keys."""
    return {
        "slug": it.slug,
        "url": it.get_absolute_url(),
        "kind": it.kind,
        "status": it.status,
        "date": _iso(it.first_day),
        "end_date": _iso(it.end_date),
        "date_precision": it.date_precision,
        "title": it.title,
        "summary": it.summary,
        "place": place(it.place) if it.place else None,
        "track": it.track,
        "joint": it.joint,
        "level": it.level,
        "participants": _participants(it),
        "initiator": next(iter(_in_role(it, Role.INITIATOR)), None),
        "hosts": _in_role(it, Role.HOST),
        "mediators": _in_role(it, Role.MEDIATOR),
        "parties": lists["parties"],
        "topics": lists["topics"],
        "commissions": lists["bodies"],
        "proposals": lists["proposals"],
        "outcomes": it.outcomes,
        "sources": [citation(cited) for cited in it.citations.all()],
        "accounts": accounts(list(it.accounts.all())),
        "announcements": [announcement(made) for made in it.announcements.all()],
        "commitments": [
            {
                "slug": made.slug,
                "text": made.text,
                "by": promised.get(made.pk, []),
                "due": made.due,
                "status": made.status,
                "resolved_on": made.resolved_on,
                "note": made.note,
            }
            for made in it.commitments.all()
            if made.is_public
        ],
        "discrepancies": [discrepancy(found) for found in it.discrepancies.all()],
        "note": it.note,
    }


def leader(it: Leader, lists: Lists) -> Document:
    return {
        "slug": it.slug,
        "url": it.get_absolute_url(),
        "name": it.name,
        "name_native": it.name_native,
        "native_unsure": it.native_unsure,
        "aliases": it.aliases,
        "party": it.party.code if it.party else None,
        "offices": [
            {
                "office": tenure.office.slug,
                "title": tenure.office.title,
                "party": tenure.office.party.code,
                "start": _iso(tenure.start),
                "start_precision": tenure.start_precision,
                "end": _iso(tenure.end),
                "end_precision": tenure.end_precision,
                "acting": tenure.acting,
                "source": tenure.source.url,
                "note": tenure.note,
                "discrepancies": [discrepancy(found) for found in tenure.discrepancies.all()],
            }
            for tenure in it.tenures.all()
        ],
    }


def position(it: Position) -> Document:
    return {
        "id": it.key,
        "proposal": it.proposal.slug if it.proposal else None,
        "topic": it.topic.slug,
        "point": it.point.n if it.point else None,
        "party": it.party.code,
        "stance": it.stance,
        "asserted_by": it.asserted_by,
        "asserted_by_name": it.asserted_by_name,
        "asserted_by_kind": it.asserted_by_kind,
        "date": _iso(it.date),
        "date_precision": it.date_precision,
        "summary": it.summary,
        "source": it.source.url,
        "more_sources": [source.url for source in it.more_sources.all()],
    }


def proposal(it: Proposal, lists: Lists) -> Document:
    return {
        "slug": it.slug,
        "url": it.get_absolute_url(),
        "name": it.name,
        "kind": it.kind,
        "proposer": lists["proposer"],
        "recipient": lists["recipient"],
        "proposer_note": it.proposer_note,
        "date": _iso(it.date),
        "date_precision": it.date_precision,
        "status": it.status,
        "summary": it.summary,
        "points": [{"n": point.n, "title": point.title, "text": point.text} for point in it.points.all()],
        "positions": [position(held) for held in it.positions.all()],
        "succeeds": it.succeeds.slug if it.succeeds else None,
        "part_of": it.part_of.slug if it.part_of else None,
        "sources": [citation(cited) for cited in it.citations.all()],
        "discrepancies": [discrepancy(found) for found in it.discrepancies.all()],
    }


def body(it: Body, lists: Lists) -> Document:
    return {
        "slug": it.slug,
        "url": it.get_absolute_url(),
        "name": it.name,
        "name_native": it.name_native,
        "native_unsure": it.native_unsure,
        "kind": it.kind,
        "parties": lists["parties"],
        "established": it.established,
        "dissolved": it.dissolved,
        "mandate": it.mandate,
        "parts": [part.slug for part in it.parts.all()],
        "part_of": it.part_of.slug if it.part_of else None,
        "sits_jointly_with": lists["sits_jointly_with"],
        "members": [
            {
                "leader": {"slug": seat.leader.slug, "name": seat.leader.name},
                "role": seat.role,
                "party": seat.party.code,
                "start": seat.start,
                "end": seat.end,
                "source": seat.source.url,
            }
            for seat in it.memberships.all()
        ],
        "sources": [citation(cited) for cited in it.citations.all()],
    }


def commitment(it: Commitment, lists: Lists) -> Document:
    return {
        "slug": it.slug,
        "url": it.get_absolute_url(),
        "event": it.event.slug,
        "text": it.text,
        "by": lists["by"],
        "due": it.due,
        "status": it.status,
        "resolved_on": it.resolved_on,
        "resolved_by": it.resolved_by.slug if it.resolved_by else None,
        "note": it.note,
        "sources": [citation(cited) for cited in it.citations.all()],
    }


def full_place(it: Place, lists: Lists) -> Document:
    return {
        **place(it),
        "url": it.get_absolute_url(),
        "approximate": it.approximate,
        "geonameid": it.geonameid,
        "other_names": it.other_names,
        "name_native": it.name_native,
        "native_unsure": it.native_unsure,
    }


def topic(it: Topic, lists: Lists) -> Document:
    return {
        "slug": it.slug,
        "url": it.get_absolute_url(),
        "name": it.name,
        "description": it.description,
        "name_native": it.name_native,
        "native_unsure": it.native_unsure,
    }


def party(it: Party, lists: Lists) -> Document:
    return {
        "code": it.code,
        "url": it.get_absolute_url(),
        "name": it.name,
        "kind": it.kind,
        "adjectives": it.adjectives,
        "aliases": it.aliases,
        "name_native": it.name_native,
        "native_unsure": it.native_unsure,
    }


def office(it: Office, lists: Lists) -> Document:
    return {
        "slug": it.slug,
        "title": it.title,
        "party": it.party.code,
        "level": it.level,
        "single_holder": it.single_holder,
        "aliases": it.aliases,
        "title_native": it.title_native,
        "short_native": it.short_native,
        "native_unsure": it.native_unsure,
    }


def publisher(it: Publisher, lists: Lists) -> Document:
    return {
        "domain": it.domain,
        "name": it.name,
        "party": it.party.code if it.party else None,
        "kind": it.kind,
        "lang": it.lang,
        "note": it.note,
    }
