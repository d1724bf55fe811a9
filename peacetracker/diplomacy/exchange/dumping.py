"""The record as rows again: what dump_record writes, and what load_record compares a file with."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Q

from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.documents import citation
from peacetracker.diplomacy.exchange.schema import Row
from peacetracker.diplomacy.gathering import CITATIONS
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
    Tenure,
    Topic,
)
from peacetracker.diplomacy.references import lists
from peacetracker.diplomacy.rows import INDEPENDENT


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _code(party: Party | None) -> str | None:
    return party.code if party else None


def _source(cited: Citation) -> Row:
    row = citation(cited)
    del row["id"]
    return row


def _sources(owner: Any) -> list[Row]:
    return [_source(cited) for cited in owner.citations.all()]


# What hangs on a record that is out of sight is dumped no more than that record: its name would lead nowhere.
PUBLIC = Visibility.PUBLIC
# PostgreSQL keeps the keys of JSON in an order of its own; the files keep this one.
LANGUAGES = ("ru", "hy", "az")


def _plain(one: Any, *names: str) -> Row:
    return {name: _in_order(getattr(one, name)) for name in names}


def _in_order(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {lang: value[lang] for lang in (*LANGUAGES, *sorted(value.keys() - set(LANGUAGES))) if lang in value}


def parties() -> Iterator[tuple[str, Row]]:
    names = ("code", "name", "kind", "adjectives", "aliases", "name_native", "native_unsure")
    return ((one.code, _plain(one, *names)) for one in Party.objects.order_by("pk"))


def publishers() -> Iterator[tuple[str, Row]]:
    for one in Publisher.objects.select_related("party").order_by("pk"):
        yield (
            one.domain,
            {"domain": one.domain, "name": one.name, "party": _code(one.party), **_plain(one, "kind", "lang", "note")},
        )


def topics() -> Iterator[tuple[str, Row]]:
    names = ("slug", "name", "description", "name_native", "native_unsure")
    return ((one.slug, _plain(one, *names)) for one in Topic.objects.public().order_by("pk"))


def places() -> Iterator[tuple[str, Row]]:
    names = (
        "slug", "name", "country", "lat", "lon", "approximate", "geonameid", "other_names", "name_native",
        "native_unsure",
    )  # fmt: skip
    return ((one.slug, _plain(one, *names)) for one in Place.objects.public().order_by("pk"))


def people() -> Iterator[tuple[str, Row]]:
    names = ("slug", "name", "name_native", "aliases", "native_unsure")
    return ((one.slug, _plain(one, *names)) for one in Leader.objects.public().order_by("pk"))


def offices() -> Iterator[tuple[str, Row]]:
    for one in Office.objects.select_related("party").order_by("pk"):
        yield (
            one.slug,
            {
                **_plain(one, "slug", "title"),
                "party": one.party.code,
                **_plain(one, "aliases", "single_holder", "title_native", "short_native", "native_unsure"),
            },
        )


def tenures() -> Iterator[tuple[str, Row]]:
    for one in (
        Tenure.objects.filter(leader__visibility=PUBLIC).select_related("leader", "office", "source").order_by("pk")
    ):
        yield (
            one.key,
            {
                "person": one.leader.slug,
                "office": one.office.slug,
                "start": _iso(one.start),
                "start_precision": one.start_precision,
                "end": _iso(one.end),
                "end_precision": one.end_precision,
                "acting": one.acting,
                "source_url": one.source.url,
                "note": one.note,
            },
        )


def bodies() -> Iterator[tuple[str, Row]]:
    rows = list(
        Body.objects.public()
        .select_related("part_of")
        .prefetch_related(
            CITATIONS, "parts", "memberships__leader", "memberships__party", "memberships__source"
        )
        .order_by("pk")
    )  # fmt: skip
    pks = [one.pk for one in rows]
    codes, joint = lists(Body, "parties", pks, "code"), lists(Body, "sits_jointly_with", pks, "slug")
    for one in rows:
        yield (
            one.slug,
            {
                **_plain(one, "slug", "name", "kind"),
                "parties": codes.get(one.pk, []),
                **_plain(one, "established", "dissolved", "mandate"),
                "parts": [part.slug for part in sorted(one.parts.all(), key=lambda part: part.pk)],
                "part_of": one.part_of.slug if one.part_of else None,
                "sits_jointly_with": joint.get(one.pk, []),
                "members": [
                    {
                        "person": seat.leader.slug,
                        "role": seat.role,
                        "party": seat.party.code,
                        "start": seat.start,
                        "end": seat.end,
                        "source_url": seat.source.url,
                    }
                    for seat in one.memberships.all()
                ],
                "sources": _sources(one),
                **_plain(one, "name_native", "native_unsure"),
            },
        )


def proposals() -> Iterator[tuple[str, Row]]:
    rows = list(
        Proposal.objects.public()
        .select_related("succeeds", "part_of")
        .prefetch_related("points", CITATIONS)
        .order_by("pk")
    )  # fmt: skip
    pks = [one.pk for one in rows]
    proposer, recipient = lists(Proposal, "proposer", pks, "code"), lists(Proposal, "recipient", pks, "code")
    for one in rows:
        yield (
            one.slug,
            {
                **_plain(one, "slug", "name", "kind"),
                "proposer": proposer.get(one.pk, []),
                "recipient": recipient.get(one.pk, []),
                "proposer_note": one.proposer_note,
                "date": _iso(one.date),
                **_plain(one, "date_precision", "status", "summary"),
                "points": [_plain(point, "n", "title", "text") for point in one.points.all()],
                "succeeds": one.succeeds.slug if one.succeeds else None,
                "part_of": one.part_of.slug if one.part_of else None,
                "sources": _sources(one),
            },
        )


def positions() -> Iterator[tuple[str, Row]]:
    shown = Position.objects.filter(Q(proposal=None) | Q(proposal__visibility=PUBLIC))
    rows = shown.select_related("proposal", "topic", "point", "party", "source").order_by("pk")
    more = lists(Position, "more_sources", rows.values_list("pk", flat=True), "url")
    for one in rows:
        yield (
            one.key,
            {
                "proposal": one.proposal.slug if one.proposal else None,
                "topic": one.topic.slug,
                "point": one.point.n if one.point else None,
                "party": one.party.code,
                **_plain(one, "stance", "asserted_by", "asserted_by_name", "asserted_by_kind"),
                "date": _iso(one.date),
                **_plain(one, "date_precision", "summary"),
                "source_url": one.source.url,
                "more_source_urls": more.get(one.pk, []),
            },
        )


def events() -> Iterator[tuple[str, Row]]:
    rows = list(
        Event.objects.public()
        .select_related("place")
        .prefetch_related(CITATIONS, "participations__leader")
        .order_by("date", "slug")
    )  # fmt: skip
    pks = [one.pk for one in rows]
    many = {
        name: lists(Event, name, pks, "code" if name == "parties" else "slug")
        for name in ("parties", "topics", "bodies", "proposals")
    }
    for one in rows:
        yield (
            one.slug,
            {
                **_plain(one, "slug", "kind"),
                "date": _iso(one.date),
                "end_date": _iso(one.end_date),
                **_plain(one, "date_precision", "title", "summary"),
                "place": one.place.slug if one.place else None,
                "participants": [{"person": part.leader.slug, "role": part.role} for part in one.participations.all()],
                **{name: values.get(one.pk, []) for name, values in many.items()},
                **_plain(one, "outcomes", "status"),
                "sources": _sources(one),
                "note": one.note,
            },
        )


def accounts() -> Iterator[tuple[str, Row]]:
    shown = Account.objects.filter(event__visibility=PUBLIC)
    rows = shown.select_related("event", "voice", "source").prefetch_related("lines").order_by("pk")
    for one in rows:
        yield (
            one.key,
            {
                "event": one.event.slug,
                "voice": one.voice.code,
                "source_url": one.source.url,
                "complete": one.complete,
                "says": [_plain(line, "subject", "text", "quote") for line in one.lines.all()],
            },
        )


def announcements() -> Iterator[tuple[str, Row]]:
    shown = Announcement.objects.filter(event__visibility=PUBLIC)
    rows = shown.select_related("event", "by").prefetch_related(CITATIONS).order_by("pk")
    for one in rows:
        yield (
            one.key,
            {
                "event": one.event.slug,
                "announced_on": _iso(one.announced_on),
                "by": one.by.code if one.by else INDEPENDENT,
                "text": one.text,
                "source": _sources(one)[0],
            },
        )


def commitments() -> Iterator[tuple[str, Row]]:
    rows = list(
        Commitment.objects.public()
        .filter(event__visibility=PUBLIC)
        .select_related("event", "resolved_by")
        .prefetch_related(CITATIONS)
        .order_by("pk")
    )  # fmt: skip
    by = lists(Commitment, "by", [one.pk for one in rows], "code")
    for one in rows:
        yield (
            one.slug,
            {
                "slug": one.slug,
                "event": one.event.slug,
                "text": one.text,
                "by": by.get(one.pk, []),
                **_plain(one, "due", "status", "resolved_on"),
                "resolved_by_event": one.resolved_by.slug if one.resolved_by and one.resolved_by.is_public else None,
                "note": one.note,
                "sources": _sources(one),
            },
        )


def discrepancies() -> Iterator[tuple[str, Row]]:
    shown = Discrepancy.objects.filter(
        Q(event__visibility=PUBLIC) | Q(proposal__visibility=PUBLIC) | Q(tenure__leader__visibility=PUBLIC)
    )
    rows = shown.select_related("event", "proposal", "tenure__leader", "tenure__office", "source")
    for one in rows.order_by("pk"):
        tenure = one.tenure
        yield (
            one.key,
            {
                "event": one.event.slug if one.event else None,
                "proposal": one.proposal.slug if one.proposal else None,
                "tenure": f"{tenure.leader.slug}/{tenure.office.slug}" if tenure else None,
                **_plain(one, "field", "value", "according_to"),
                "source_url": one.source.url,
                "note": one.note,
            },
        )


# In the order in which they can be loaded: what is named goes before what names it.
DUMPS: dict[str, Callable[[], Iterator[tuple[str, Row]]]] = {
    "parties": parties,
    "publishers": publishers,
    "topics": topics,
    "places": places,
    "people": people,
    "offices": offices,
    "tenures": tenures,
    "bodies": bodies,
    "proposals": proposals,
    "positions": positions,
    "events": events,
    "accounts": accounts,
    "announcements": announcements,
    "commitments": commitments,
    "discrepancies": discrepancies,
}


def rows(noun: str) -> list[Row]:
    """All rows of one noun, shaped as the lines of its file."""
    return [row for _key, row in DUMPS[noun]()]


def keyed_rows(noun: str) -> dict[str, Row]:
    """The same rows by what names each for ever: a slug, a code, a domain or a stable id."""
    return dict(DUMPS[noun]())
