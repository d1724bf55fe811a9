"""The writers. Every change of an event passes here: what is derived from it, its stored document, its version and the
bump of the generation are made in the transaction of the change (docs/decisions/0001)."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from peacetracker.core.cache import bump, one_bump
from peacetracker.core.columns import write_columns
from peacetracker.core.models import User
from peacetracker.core.text import fold
from peacetracker.diplomacy import documents, keeping
from peacetracker.diplomacy.choices import LEVELS, Role, Visibility, is_joint, lower_level, track_of
from peacetracker.diplomacy.gathering import NOUNS, gather_events, gather_nouns
from peacetracker.diplomacy.models import (
    Citation,
    Event,
    EventVersion,
    Leader,
    Participation,
    PastSlug,
    Tenure,
    Version,
)
from peacetracker.diplomacy.models.base import Record
from peacetracker.diplomacy.references import References, put_list
from peacetracker.diplomacy.rows import INDEPENDENT, EventRow, SourceRow
from peacetracker.diplomacy.showing import named_by, noun_of, shown_by

# An approval can be taken back without burning its slug for so long (docs/decisions/0010).
UNDO_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Author:
    """Who changes the record, why, and when it is recorded."""

    by: User | None = None
    reason: str = ""

    def at(self) -> datetime:
        return timezone.now()


LOADER = Author(reason="loaded from the files of the record")


@transaction.atomic
def write_event(row: EventRow, *, author: Author, refs: References | None = None) -> Event:
    """Create the event, or bring the one of this slug to what the row says. One version, one bump.

    Raises UnknownReference, SlugTaken, ValueError (a date) or ValidationError; nothing is then changed.
    """
    event = put_event(row, refs=refs or References())
    settle_events([event.pk], author=author)
    event.refresh_from_db()
    return event


def put_event(row: EventRow, *, refs: References) -> Event:
    """Write the event and its relations, without settling: for loading many, which are settled together."""
    event = Event.objects.filter(slug=row["slug"]).first() or Event(slug=row["slug"])
    fresh = event.pk is None
    if fresh:
        keeping.refuse_past_slug("event", row["slug"])
    event.kind, event.status, event.date_precision = row["kind"], row["status"], row["date_precision"]
    event.date = date.fromisoformat(row["date"])
    event.end_date = date.fromisoformat(row["end_date"]) if row["end_date"] else None
    event.title, event.summary, event.note, event.outcomes = row["title"], row["summary"], row["note"], row["outcomes"]
    event.place_id = refs.id_or_none("place", row["place"])
    event.source_count = len(row["sources"])
    event.save()
    refs.add("event", event.slug, event.pk)
    put_list(event, "parties", refs.ids("party", row["parties"]), fresh=fresh)
    put_list(event, "topics", refs.ids("topic", row["topics"]), fresh=fresh)
    put_list(event, "bodies", refs.ids("body", row["bodies"]), fresh=fresh)
    put_list(event, "proposals", refs.ids("proposal", row["proposals"]), fresh=fresh)
    people = [(refs.id("leader", part["person"]), part["role"]) for part in row["participants"]]
    put_participants(event, _each_once(people), fresh=fresh)
    put_citations("event", event.pk, row["sources"], refs=refs, fresh=fresh)
    return event


def _each_once(people: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """A person whom a row names twice, since two records are one by now, takes part in the role that says more."""
    roles: dict[int, str] = {}
    for pk, role in people:
        if roles.setdefault(pk, role) == Role.PARTICIPANT:
            roles[pk] = role
    return list(roles.items())


def put_participants(event: Event, people: Sequence[tuple[int, str]], *, fresh: bool = False) -> None:
    if not fresh:
        present = event.participations.order_by("pk")
        if [(part.leader_id, part.role) for part in present] == list(people):
            return
        present.delete()
    Participation.objects.bulk_create(Participation(event=event, leader_id=pk, role=role) for pk, role in people)


def put_citations(owner: str, pk: int, sources: Sequence[SourceRow], *, refs: References, fresh: bool = False) -> None:
    """Set what backs one thing; `owner` is the field of Citation that points to it."""
    wanted = [_citation(owner, pk, row, refs) for row in sources]
    if not fresh:
        present = list(Citation.objects.filter(**{owner: pk}).select_related("source", "side").order_by("pk"))
        if [documents.citation(cited) for cited in present] == [documents.citation(cited) for cited in wanted]:
            return
        Citation.objects.filter(**{owner: pk}).delete()
    Citation.objects.bulk_create(wanted)


def _citation(owner: str, pk: int, row: SourceRow, refs: References) -> Citation:
    return Citation(
        **{f"{owner}_id": pk},
        source=refs.source(row["url"]),
        publisher_name=row["publisher"],
        title=row["title"],
        published=date.fromisoformat(row["published"]) if row["published"] else None,
        lang=row["lang"],
        side_id=refs.id("party", row["side"]) if row["side"] != INDEPENDENT else None,
    )


@transaction.atomic
def add_source(event: Event, row: SourceRow, *, author: Author) -> bool:
    """Cite one more page for an event; False if the event cites that page already."""
    Event.objects.select_for_update().get(pk=event.pk)
    refs = References()
    source = refs.source(row["url"])
    if event.citations.filter(source=source).exists():
        return False
    _citation("event", event.pk, row, refs).save()
    settle_events([event.pk], author=author)
    return True


@transaction.atomic
def remove_source(event: Event, url: str, *, author: Author) -> None:
    """Take a citation back. The last one stays: a public event has a source."""
    event.citations.filter(source__url=url).delete()
    settle_events([event.pk], author=author)


@transaction.atomic
def settle_events(events: Iterable[int], *, author: Author) -> list[int]:
    """Bring everything derived from these events up to date, and record what changed. Returns the changed ones."""
    at, changed = author.at(), []
    pks = sorted(set(events))
    for start in range(0, len(pks), 500):
        gathered = gather_events(pks[start : start + 500])
        for one in gathered:
            _derive(one.event, one.lists["parties"])
        _save_derived([one.event for one in gathered])
        papers = {
            one.event.pk: documents.event(one.event, one.lists, one.promised) for one in gathered if one.event.is_public
        }
        changed += keeping.keep_events(papers, at=at, by=author.by, reason=author.reason)
    keeping.settle_covered_until()
    return changed


DERIVED = ("track", "joint", "level", "source_count", "accounts_differ", "search_text")
LEADING = tuple(f"event_{name}" for name in Participation.OF_EVENT)
DERIVED_OF_PARTS = ("office", "party", *LEADING)


def _save_derived(events: Sequence[Event]) -> None:
    write_columns(events, DERIVED)
    parts = [part for event in events for part in event.participations.all()]
    write_columns(parts, DERIVED_OF_PARTS)


def _derive(event: Event, named: Sequence[str]) -> None:
    """Office and party of each participant on that day; track, level and whether both sides took part."""
    parts = list(event.participations.all())
    for part in parts:
        tenure = office_on(part.leader, event.first_day, named)
        part.office = tenure.office if tenure else None
        part.party = tenure.office.party if tenure else part.leader.party
    mediators = {part.party.code for part in parts if part.party and part.role == Role.MEDIATOR}
    others = {part.party.code for part in parts if part.party and part.role != Role.MEDIATOR}
    event.track = track_of(event.kind, mediators=mediators, others=others, named=named)
    event.joint = is_joint(event.kind, present=mediators | others, named=named)
    event.level = (
        lower_level(_levels(parts, "AM"), _levels(parts, "AZ")) or LEVELS[-1] if event.joint else None
    )  # fmt: skip
    event.source_count = len(event.citations.all())
    event.accounts_differ = bool(event.discrepancies.all())
    if event.is_public:
        for part in parts:
            for name in Participation.OF_EVENT:
                setattr(part, f"event_{name}", getattr(event, name))
    names = [spelling for part in parts for spelling in part.leader.spellings()]
    where = [*event.place.spellings(), *event.place.other_names] if event.place else []
    event.search_text = " · ".join([event.folded(), *dict.fromkeys(map(fold, [*names, *where]))])


def _levels(parts: Sequence[Participation], party: str) -> list[str]:
    return [part.office.level for part in parts if part.office and part.party and part.party.code == party]


def office_on(leader: Leader, day: date, parties: Sequence[str]) -> Tenure | None:
    """The office that a person held on a day, among several the one most to the point.

    Read at its widest; a tenure that is certain to hold the day goes before one that may, a dated one before an undated
    one, one of a party of the event before another, the higher before the lower, then the later start.
    """

    def weight(tenure: Tenure) -> tuple[bool, bool, bool, int, date]:
        certain = (tenure.certain_from or date.max) <= day <= (tenure.certain_to or date.max)
        return (
            tenure.office.party.code in parties,
            certain,
            bool(tenure.start or tenure.end),
            -LEVELS.index(tenure.office.level),
            tenure.start or date.min,
        )

    held = [tenure for tenure in leader.tenures.all() if tenure.span.holds(day)]
    return max(held, key=weight, default=None)


@transaction.atomic
def settle(noun: str, pks: Iterable[int] | None = None, *, author: Author) -> list[str]:
    """Record what changed in records of another noun (all of it, without `pks`). Returns the changed slugs."""
    papers, at = gather_nouns(noun, pks), author.at()
    keeping.end(noun, gone(noun, papers, pks), at=at)
    changed = keeping.keep(noun, papers, at=at, by=author.by, reason=author.reason)
    if noun == "proposal":
        settle("position", author=author)
    return changed


def gone(noun: str, papers: Container[str], pks: Iterable[int] | None) -> list[str]:
    """The public names of those records that have a current version and should have none."""
    current = Version.objects.filter(noun=noun, recorded_to=None)
    if pks is not None:
        kind = NOUNS[noun]
        current = current.filter(slug__in=kind.rows().filter(pk__in=list(pks)).order_by().values(kind.name))
    return [slug for slug in current.values_list("slug", flat=True) if slug not in papers]


@transaction.atomic
def add_spelling(leader: Leader, name: str, *, author: Author) -> bool:
    """Let a person be found under one more spelling; False if the record knows it already."""
    if fold(name) in map(fold, [*leader.spellings(), *leader.aliases]):
        return False
    leader.aliases = [*leader.aliases, name.strip()]
    leader.search_text = leader.folded()
    leader.save(update_fields=["aliases", "search_text", "updated_at"])
    settle("leader", [leader.pk], author=author)
    return True


@transaction.atomic
def settle_leader_parties(pks: Iterable[int] | None = None) -> None:
    """The party of each leader (of all, without `pks`): that of the latest office that is dated, else of any."""
    rows = Leader.objects.prefetch_related("tenures__office")
    leaders = list(rows if pks is None else rows.filter(pk__in=list(pks)))
    for leader in leaders:
        tenures = sorted(leader.tenures.all(), key=lambda held: (held.start or date.min, held.pk))
        leader.party_id = tenures[-1].office.party_id if tenures else None
    write_columns(leaders, ["party"])


@transaction.atomic
def settle_all(touched: Mapping[str, Iterable[int]], *, author: Author, changed: bool = False) -> None:
    """Bring up to date all that one act touched, by noun: one version of each record that changed, one bump for all.

    `changed`: the act changed something that pages show beside the documents, so the generation grows in any case.
    """
    with one_bump():
        if "leader" in touched:
            settle_leader_parties(touched["leader"])
        for noun in (noun for noun in NOUNS if noun in touched):
            _settle_search_text(noun, touched[noun])
            settle(noun, touched[noun], author=author)
        if touched.keys() & {"leader", "topic"}:  # a stand on a topic may belong to no proposal
            settle("position", author=author)
        if "event" in touched:
            settle_events(touched["event"], author=author)
        if changed:
            bump()


def _settle_search_text(noun: str, pks: Iterable[int]) -> None:
    model = NOUNS[noun].rows().model
    if not hasattr(model, "folded"):
        return
    rows: list[Any] = list(model._default_manager.filter(pk__in=list(pks)))
    for one in rows:
        one.search_text = one.folded()
    write_columns(rows, ["search_text"])


class StillNamed(ValueError):
    """A record that public records name can't be withdrawn: their links would lead nowhere."""

    def __init__(self, naming: Sequence[str]) -> None:
        told = ngettext(
            "%(count)d public record names it: %(names)s", "%(count)d public records name it: %(names)s", len(naming)
        )
        names = ", ".join([*naming[:3], *(["…"] if naming[3:] else [])])
        super().__init__(told % {"count": len(naming), "names": names})


@transaction.atomic
def withdraw(one: Record, *, reason: str, author: Author) -> None:
    """Take a record out of public sight. Its address answers 410 with the reason; its versions end here.

    Raises ValueError without a reason, StillNamed while public records name it (an event may be named: its
    commitments go with it).
    """
    if not reason.strip():
        raise ValueError("withdrawing needs a reason")
    if naming := [f"{noun} {slug}" for noun, slug in named_by(one)]:
        raise StillNamed(naming)
    with one_bump():
        touched = shown_by(one)
        hide(one, Visibility.WITHDRAWN, reason=reason.strip(), heir=None, at=author.at())
        settle_all(touched, author=author, changed=True)


@transaction.atomic
def restore(one: Record, *, author: Author) -> None:
    """Undo a withdrawal: the record is public again, with a version of its own."""
    with one_bump():
        show(one, at=author.at())
        settle_all(shown_by(one), author=author, changed=True)


withdraw_event, restore_event = withdraw, restore


def hide(one: Record, visibility: str, *, reason: str, heir: Record | None, at: datetime) -> None:
    _set_visibility(one, at=at, visibility=visibility, heir=heir, reason=reason)


def show(one: Record, *, at: datetime) -> None:
    if isinstance(one, Event):
        # Its sources may have come back a moment ago, and no event is public without one.
        Event.objects.filter(pk=one.pk).update(source_count=one.citations.count())
    _set_visibility(one, at=at, visibility=Visibility.PUBLIC, heir=None, reason="")


def _set_visibility(one: Record, *, at: datetime, **fields: Any) -> None:
    """Its current version ends; the next settling makes another one if it is public."""
    type(one)._default_manager.filter(pk=one.pk).update(**fields)
    if isinstance(one, Event):
        one.participations.update(**dict.fromkeys(LEADING))
        keeping.end_events([one.pk], at=at)
    else:
        versions_of(one).filter(recorded_to=None).update(recorded_to=at)
    one.refresh_from_db()


def versions_of(one: Any) -> QuerySet[Any]:
    """Every state in which a record was kept, newest first; empty for a noun that has none (offices, publishers)."""
    if isinstance(one, Event):
        return EventVersion.objects.filter(event_id=one.pk).order_by("-recorded_from", "-pk")
    noun = noun_of(one)
    name = getattr(one, NOUNS[noun].name) if noun in NOUNS else ""
    return Version.objects.filter(noun=noun, slug=name).order_by("-recorded_from", "-pk")


@transaction.atomic
def take_back_event(event: Event) -> None:
    """Remove an event that was approved by mistake within the hour: no reader can cite it yet, so no slug is burned.

    Raises ValueError after that; withdraw it then.
    """
    if timezone.now() - event.created_at > UNDO_FOR:
        raise ValueError("the event is older than an hour: withdraw it with a reason")
    hide(event, Visibility.WITHDRAWN, reason="taken back", heir=None, at=timezone.now())
    event.versions.all().delete()
    event.delete()
    keeping.settle_covered_until()
    bump()


@transaction.atomic
def rename_event(event: Event, slug: str, *, author: Author) -> None:
    """Give an event another public name; the old one redirects for ever."""
    keeping.refuse_past_slug("event", slug)
    PastSlug.objects.create(noun="event", slug=event.slug, became=slug)
    event.slug = slug
    event.save(update_fields=["slug", "first_day", "last_day"])
    settle_events([event.pk], author=author)
