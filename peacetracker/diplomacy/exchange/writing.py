"""One checked row → the tables, for every noun but the event, which record.py writes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from peacetracker.diplomacy import record
from peacetracker.diplomacy.exchange.schema import Row
from peacetracker.diplomacy.models import (
    Account,
    AccountLine,
    Announcement,
    Body,
    Commitment,
    Discrepancy,
    Event,
    Leader,
    Membership,
    Office,
    Participation,
    Party,
    Place,
    Point,
    Position,
    Proposal,
    Publisher,
    Tenure,
    Topic,
)
from peacetracker.diplomacy.references import References, UnknownReference, put_list, stable_key
from peacetracker.diplomacy.rows import INDEPENDENT


@dataclass
class Load:
    """What one load carries from row to row: names looked up, events touched, links to set at the end."""

    refs: References = field(default_factory=References)
    touched_events: set[int] = field(default_factory=set)
    links: list[Callable[[], None]] = field(default_factory=list)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _save(model: type[Any], name: str, value: str, /, **fields: Any) -> Any:
    return model._default_manager.update_or_create(**{name: value}, defaults=fields)[0]


def _only(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names}


NATIVE = ("name", "name_native", "native_unsure")


def party(row: Row, key: str, load: Load) -> None:
    one = _save(Party, "code", key, **_only(row, "kind", "adjectives", "aliases", *NATIVE))
    load.refs.add("party", key, one.pk)


def publisher(row: Row, key: str, load: Load) -> None:
    party_id = load.refs.id_or_none("party", row["party"])
    one = _save(Publisher, "domain", key, party_id=party_id, **_only(row, "name", "kind", "lang", "note"))
    load.refs.add("publisher", key, one.pk)


def topic(row: Row, key: str, load: Load) -> None:
    _named(Topic, "topic", key, load, **_only(row, "description", *NATIVE))


def place(row: Row, key: str, load: Load) -> None:
    names = ("country", "lat", "lon", "approximate", "geonameid", "other_names", *NATIVE)
    one = _named(Place, "place", key, load, **_only(row, *names))
    load.touched_events.update(Event.objects.filter(place=one).values_list("pk", flat=True))


def leader(row: Row, key: str, load: Load) -> None:
    one = _named(Leader, "leader", key, load, **_only(row, "aliases", *NATIVE))
    _touch_events_of(one, load)


def _named(model: type[Any], noun: str, key: str, load: Load, /, **fields: Any) -> Any:
    one = _save(model, "slug", key, **fields)
    model.objects.filter(pk=one.pk).update(search_text=one.folded())
    load.refs.add(noun, key, one.pk)
    return one


def _touch_events_of(leader: Leader, load: Load) -> None:
    load.touched_events.update(Participation.objects.filter(leader=leader).values_list("event_id", flat=True))


def office(row: Row, key: str, load: Load) -> None:
    names = ("title", "aliases", "single_holder", "title_native", "short_native", "native_unsure")
    one = _save(Office, "slug", key, party_id=load.refs.id("party", row["party"]), **_only(row, *names))
    load.refs.add("office", key, one.pk)


def tenure(row: Row, key: str, load: Load) -> None:
    one = _save(
        Tenure,
        "key",
        key,
        leader_id=load.refs.id("leader", row["person"]),
        office_id=load.refs.id("office", row["office"]),
        start=_day(row["start"]),
        end=_day(row["end"]),
        source=load.refs.source(row["source_url"]),
        **_only(row, "start_precision", "end_precision", "acting", "note"),
    )
    _refuse_two_holders(one)
    _touch_events_of(one.leader, load)


def _refuse_two_holders(one: Tenure) -> None:
    """One holder at a time, where both dates of both are known; a shared day is a handover (decisions, 0004)."""
    if not (one.exclusive and one.certain_from and one.certain_to):
        return
    other = (
        Tenure.objects.filter(office=one.office, certain_from__lt=one.certain_to, certain_to__gt=one.certain_from)
        .exclude(pk=one.pk)
        .exclude(leader=one.leader)
        .first()
    )
    if other:
        raise ValueError(f"{one} overlaps {other}, and the office has one holder at a time")


def body(row: Row, key: str, load: Load) -> None:
    one = _named(Body, "body", key, load, **_only(row, "kind", "established", "dissolved", "mandate", *NATIVE))
    put_list(one, "parties", load.refs.ids("party", row["parties"]))
    one.memberships.all().delete()
    Membership.objects.bulk_create(
        Membership(
            body=one,
            leader_id=load.refs.id("leader", seat["person"]),
            party_id=load.refs.id("party", seat["party"]),
            source=load.refs.source(seat["source_url"]),
            **_only(seat, "role", "start", "end"),
        )
        for seat in row["members"]
    )
    record.put_citations("body", one.pk, row["sources"], refs=load.refs)

    def link() -> None:
        Body.objects.filter(pk=one.pk).update(part_of=load.refs.id_or_none("body", row["part_of"]))
        put_list(one, "sits_jointly_with", load.refs.ids("body", row["sits_jointly_with"]))
        load.refs.ids("body", row["parts"])

    load.links.append(link)


def proposal(row: Row, key: str, load: Load) -> None:
    names = ("name", "kind", "proposer_note", "date_precision", "status", "summary")
    one = _named(Proposal, "proposal", key, load, date=_day(row["date"]), **_only(row, *names))
    put_list(one, "proposer", load.refs.ids("party", row["proposer"]))
    put_list(one, "recipient", load.refs.ids("party", row["recipient"]))
    _put_points(one, row["points"])
    record.put_citations("proposal", one.pk, row["sources"], refs=load.refs)

    def link() -> None:
        Proposal.objects.filter(pk=one.pk).update(
            succeeds=load.refs.id_or_none("proposal", row["succeeds"]),
            part_of=load.refs.id_or_none("proposal", row["part_of"]),
        )

    load.links.append(link)


def _put_points(one: Proposal, wanted: Sequence[Row]) -> None:
    """Bring the points to what the row says, each in its place, so that positions keep theirs."""
    present = list(one.points.order_by("pk"))
    for point in present[len(wanted) :]:
        point.delete()
    Point.objects.filter(proposal=one).update(n=None)
    for i, row in enumerate(wanted):
        point = present[i] if i < len(present) else Point(proposal=one)
        point.n, point.title, point.text = row["n"], row["title"], row["text"]
        point.save()


def position(row: Row, key: str, load: Load) -> None:
    about = load.refs.id_or_none("proposal", row["proposal"])
    is_person = row["asserted_by_kind"] == "person" and load.refs.has("leader", row["asserted_by"])
    one = _save(
        Position,
        "key",
        key,
        proposal_id=about,
        topic_id=load.refs.id("topic", row["topic"]),
        point=_point(about, row["point"]),
        party_id=load.refs.id("party", row["party"]),
        leader_id=load.refs.id("leader", row["asserted_by"]) if is_person else None,
        date=_day(row["date"]),
        source=load.refs.source(row["source_url"]),
        **_only(
            row, "stance", "asserted_by", "asserted_by_name", "asserted_by_kind", "date_precision", "summary"
        ),
    )  # fmt: skip
    put_list(one, "more_sources", [load.refs.source(url).pk for url in row["more_source_urls"]])


def _point(about: int | None, n: int | None) -> Point | None:
    if n is None or about is None:
        return None
    point = Point.objects.filter(proposal_id=about, n=n).first()
    if point is None:
        raise UnknownReference(f"the proposal has no point {n}")
    return point


def event(row: Row, key: str, load: Load) -> None:
    one = record.put_event(row, refs=load.refs)  # type: ignore[arg-type]
    load.touched_events.add(one.pk)


def account(row: Row, key: str, load: Load) -> None:
    event_id = load.refs.id("event", row["event"])
    one = _save(
        Account,
        "key",
        key,
        event_id=event_id,
        voice_id=load.refs.id("party", row["voice"]),
        source=load.refs.source(row["source_url"]),
        complete=row["complete"],
    )
    one.lines.all().delete()
    AccountLine.objects.bulk_create(
        AccountLine(account=one, key=line_key, **_only(says, "subject", "text", "quote"))
        for line_key, says in zip(_line_keys(key, row["says"]), row["says"], strict=True)
    )
    load.touched_events.add(event_id)


def _line_keys(account_key: str, says: Sequence[Row]) -> list[str]:
    """The n-th line on a subject keeps its id when lines on other subjects come or go."""
    seen: dict[str, int] = {}
    keys = []
    for line in says:
        n = seen[line["subject"]] = seen.get(line["subject"], 0) + 1
        keys.append(stable_key(account_key, line["subject"], n))
    return keys


def announcement(row: Row, key: str, load: Load) -> None:
    event_id = load.refs.id("event", row["event"])
    by = None if row["by"] == INDEPENDENT else load.refs.id("party", row["by"])
    one = _save(
        Announcement, "key", key, event_id=event_id, announced_on=_day(row["announced_on"]), by_id=by, text=row["text"]
    )
    record.put_citations("announcement", one.pk, [row["source"]], refs=load.refs)
    load.touched_events.add(event_id)


def commitment(row: Row, key: str, load: Load) -> None:
    event_id = load.refs.id("event", row["event"])
    one = _named(
        Commitment,
        "commitment",
        key,
        load,
        event_id=event_id,
        resolved_by_id=load.refs.id_or_none("event", row["resolved_by_event"]),
        **_only(row, "text", "due", "status", "resolved_on", "note"),
    )
    put_list(one, "by", load.refs.ids("party", row["by"]))
    record.put_citations("commitment", one.pk, row["sources"], refs=load.refs)
    load.touched_events.add(event_id)


def discrepancy(row: Row, key: str, load: Load) -> None:
    if sum(bool(row[name]) for name in ("event", "proposal", "tenure")) != 1:
        raise ValueError("needs exactly one of event, proposal and tenure")
    one = _save(
        Discrepancy,
        "key",
        key,
        event_id=load.refs.id_or_none("event", row["event"]),
        proposal_id=load.refs.id_or_none("proposal", row["proposal"]),
        tenure=_tenure(row["tenure"], load.refs),
        source=load.refs.source(row["source_url"]),
        **_only(row, "field", "value", "according_to", "note"),
    )
    if one.event_id:
        load.touched_events.add(one.event_id)


def _tenure(name: str | None, refs: References) -> Tenure | None:
    if not name:
        return None
    person, _, job = name.partition("/")
    held = Tenure.objects.filter(leader=refs.id("leader", person), office=refs.id("office", job))
    tenure: Tenure | None = held.order_by("start", "pk").first()
    if tenure is None:
        raise UnknownReference(f"no tenure “{name}” in the record")
    return tenure


WRITERS: dict[str, Callable[[Row, str, Load], None]] = {
    "parties": party,
    "publishers": publisher,
    "topics": topic,
    "places": place,
    "people": leader,
    "offices": office,
    "tenures": tenure,
    "bodies": body,
    "proposals": proposal,
    "positions": position,
    "events": event,
    "accounts": account,
    "announcements": announcement,
    "commitments": commitment,
    "discrepancies": discrepancy,
}

# How the rows of the nouns without a public name of their own are told apart.
NATURAL_KEYS: dict[str, tuple[str, ...]] = {
    "tenures": ("person", "office", "start"),
    "positions": ("proposal", "topic", "point", "party", "stance", "asserted_by", "date", "source_url"),
    "accounts": ("event", "voice", "source_url"),
    "announcements": ("event", "announced_on", "by", "text"),
    "discrepancies": ("event", "proposal", "tenure", "field", "value", "according_to"),
}
PUBLIC_NAMES = {"parties": "code", "publishers": "domain"}


def key_of(noun: str, row: Row) -> str:
    """What names a row for ever: its slug, code or domain, or a stable id made from its natural key."""
    if noun in NATURAL_KEYS:
        return stable_key(noun, *(row[name] for name in NATURAL_KEYS[noun]))
    return str(row[PUBLIC_NAMES.get(noun, "slug")])
