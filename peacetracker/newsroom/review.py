"""What an editor decides on a draft: approve, merge into an event, reject; each undoable, logged, one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from peacetracker.core.models import User
from peacetracker.diplomacy import record
from peacetracker.diplomacy.choices import Kind
from peacetracker.diplomacy.models import Event, Leader, PastSlug, Publisher
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.references import References
from peacetracker.diplomacy.rows import INDEPENDENT, EventRow, SourceRow
from peacetracker.newsroom.addresses import canonical
from peacetracker.newsroom.articles import article_key
from peacetracker.newsroom.following import follow
from peacetracker.newsroom.models import Article, Decision, Draft

# What an editor may mend in a draft; the rest tells how it was read.
MENDABLE = (
    "kind", "status", "date", "date_precision", "title", "summary", "participants", "place", "place_name", "country",
    "topics", "bodies", "proposals",
)  # fmt: skip


class CannotDecide(ValueError):
    """The draft is not in a state for this act; the message says why, for the editor.

    `field` names what has to be mended first: "date", "participants" or "sources"; empty if it is none of them.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Overtaken(CannotDecide):
    """Another editor decided or changed the draft since this one opened it; `draft` is as it stands now."""

    def __init__(self, message: str, draft: Draft) -> None:
        super().__init__(message)
        self.draft = draft


def seen_at(draft: Draft) -> str:
    """The state of a draft that an editor looks at, to be sent back with the act."""
    return draft.updated_at.isoformat()


def hold(pk: int, *, seen: str) -> Draft:
    """The draft, locked until the transaction ends. Raises Overtaken if it is not as the editor saw it."""
    draft = Draft.objects.select_for_update(of=("self",)).select_related("event").get(pk=pk)
    decision = draft.decisions.filter(taken_back_at=None).select_related("by").first()
    if not draft.is_waiting:
        raise Overtaken(
            _("%(who)s decided on this draft while you had it open: %(state)s.")
            % {"who": (decision and decision.by) or _("Someone"), "state": draft.get_state_display()},
            draft,
        )
    if seen_at(draft) != seen:
        raise Overtaken(_("This draft was changed while you had it open."), draft)
    return follow(draft)


def amend(draft: Draft, values: Mapping[str, Any]) -> dict[str, Any]:
    """Bring a waiting draft to what an editor says of it. Returns what the changed fields held before."""
    before = {name: getattr(draft, name) for name in MENDABLE if name in values}
    changed = {name: old for name, old in before.items() if old != values[name]}
    for name in changed:
        setattr(draft, name, values[name])
    if changed:
        draft.save(update_fields=[*changed, "updated_at"])
    return changed


def give_address(article: Article, url: str) -> None:
    """Say where an article that came without an address stands; publisher and side follow from it.

    From then on the article is known by its address, unless another one is known by it already.
    """
    article.url = canonical(url)
    publisher = Publisher.objects.filter(pk=References().publisher_of(article.url) or 0).first()
    if publisher:
        article.publisher_name, article.side_id = publisher.name, publisher.party_id
    key = article_key(article.url, "")
    if not Article.objects.filter(key=key).exists():
        article.key = key
    article.save(update_fields=["url", "publisher_name", "side", "key", "updated_at"])


@transaction.atomic
def approve(draft: Draft, *, by: User, slug: str = "") -> Event:
    """Make an event of a waiting draft, with all its articles as sources. Raises CannotDecide."""
    draft = _waiting(draft)
    event = record.write_event(
        event_row(draft, slug=slug), author=Author(by=by, reason=f"approved from draft {draft.pk}")
    )
    _decide(draft, Draft.State.APPROVED, Decision.Act.APPROVE, by=by, event=event)
    return event


@transaction.atomic
def merge_into(draft: Draft, event: Event, *, by: User) -> Event:
    """Add the articles of a waiting draft to an event that it repeats. Raises CannotDecide."""
    draft = _waiting(draft)
    if not event.is_public:
        raise CannotDecide(_("That event is withdrawn or merged itself."))
    author = Author(by=by, reason=f"source added from draft {draft.pk}")
    added = [row["url"] for row in source_rows(draft) if record.add_source(event, row, author=author)]
    _decide(draft, Draft.State.MERGED, Decision.Act.MERGE, by=by, event=event, added=added)
    return event


@transaction.atomic
def reject(draft: Draft, *, reason: str, by: User) -> None:
    """Set a waiting draft aside, with a reason. Raises CannotDecide."""
    draft = _waiting(draft)
    if not reason.strip():
        raise CannotDecide(_("Say why the draft is rejected."))
    _decide(draft, Draft.State.REJECTED, Decision.Act.REJECT, by=by, reason=reason.strip())


@transaction.atomic
def undo(draft: Draft, *, by: User) -> None:
    """Take back the last decision: the draft waits again. Raises CannotDecide.

    An approval can be taken back within the hour, while no one else has changed the event; then the event is gone and
    its slug free. After that the event is withdrawn with a reason instead.
    """
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    decision = draft.decisions.filter(taken_back_at=None).first()
    if draft.is_waiting or decision is None:
        raise CannotDecide(_("There is no decision to take back."))
    if Draft.objects.waiting().filter(story_key=draft.story_key).exists():
        raise CannotDecide(_("The same story waits in another draft by now; decide that one."))
    _take_back(draft, decision, by=by)
    decision.taken_back_at = timezone.now()
    decision.save(update_fields=["taken_back_at"])
    draft.state, draft.event = Draft.State.WAITING, None
    draft.save(update_fields=["state", "event", "updated_at"])


def _take_back(draft: Draft, decision: Decision, *, by: User) -> None:
    event = draft.event
    if decision.act == Decision.Act.APPROVE and event is not None:
        if event.versions.count() > 1:
            raise CannotDecide(_("The event has been changed since; withdraw it with a reason instead."))
        try:
            record.take_back_event(event)
        except ValueError as error:
            raise CannotDecide(str(error)) from None
    if decision.act == Decision.Act.MERGE and event is not None:
        author = Author(by=by, reason=f"merging of draft {draft.pk} taken back")
        for url in decision.added_sources:
            record.remove_source(event, url, author=author)


def _waiting(draft: Draft) -> Draft:
    """The draft, locked; CannotDecide if another editor was quicker."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if not locked.is_waiting:
        raise CannotDecide(_("This draft is %(state)s already.") % {"state": locked.get_state_display()})
    return follow(locked)


def _decide(
    draft: Draft,
    state: str,
    act: str,
    *,
    by: User,
    event: Event | None = None,
    reason: str = "",
    added: Sequence[str] = (),
) -> None:
    draft.state, draft.event = state, event
    draft.save(update_fields=["state", "event", "updated_at"])
    Decision.objects.create(
        draft=draft,
        act=act,
        by=by,
        reason=reason,
        event_slug=event.slug if event else "",
        added_sources=list(added),
    )


def source_rows(draft: Draft) -> list[SourceRow]:
    """The draft's articles as citations; an article without an address can't be cited."""
    articles = [told.article for told in draft.sources.select_related("article__side")]
    return [
        SourceRow(
            url=article.url,
            publisher=article.publisher_name or "Unknown publisher",
            title=article.title or f"[{draft.title}]",
            published=article.published.date().isoformat() if article.published else None,
            lang=article.lang or "en",
            side=article.side.code if article.side else INDEPENDENT,
        )
        for article in articles
        if article.url
    ]


def event_row(draft: Draft, *, slug: str = "") -> EventRow:
    """The draft as a row of the record. Raises CannotDecide, saying what is missing."""
    if draft.date is None:
        raise CannotDecide(_("The date is not known. An event needs at least a year."), field="date")
    if draft.unresolved():
        raise CannotDecide(
            _("The record does not know %(names)s. Choose the person, add one, or take the name out.")
            % {"names": ", ".join(draft.unresolved())},
            field="participants",
        )
    sources = source_rows(draft)
    if not sources:
        raise CannotDecide(
            _("No article of this draft has an address. A public event needs a source: add the address."),
            field="sources",
        )
    people = [person["slug"] for person in draft.participants]
    return EventRow(
        slug=slug or free_slug(draft),
        kind=draft.kind,
        date=draft.date.isoformat(),
        end_date=None,
        date_precision=draft.date_precision,
        title=draft.title,
        summary=draft.summary,
        place=draft.place or None,
        participants=[{"person": person["slug"], "role": person["role"]} for person in draft.participants],
        parties=parties_of(people, draft.date),
        topics=draft.topics,
        bodies=draft.bodies,
        proposals=draft.proposals,
        outcomes=[],
        status=draft.status,
        sources=sources,
        note=None,
    )


def parties_of(people: Sequence[str], day: date) -> list[str]:
    """The parties of these people's offices on that day, in the order of the people."""
    leaders = {
        leader.slug: leader
        for leader in Leader.objects.filter(slug__in=people)
        .select_related("party")
        .prefetch_related("tenures__office__party")
    }
    found = []
    for slug in people:
        leader = leaders[slug]
        tenure = record.office_on(leader, day, ())
        party = tenure.office.party if tenure else leader.party
        if party:
            found.append(party.code)
    return list(dict.fromkeys(found))


def free_slug(draft: Draft) -> str:
    """A public name that tells the event: day, place or kind, surnames; numbered if it is taken."""
    day = draft.date.isoformat()[: {"year": 4, "month": 7}.get(draft.date_precision, 10)] if draft.date else ""
    who = [person["slug"].rsplit("-", 1)[-1] for person in draft.participants if person["slug"]]
    where = draft.place if draft.kind in (Kind.MEETING, Kind.VISIT, Kind.COMMISSION_SESSION) else ""
    base = slugify("-".join(filter(None, [day, where or draft.kind, *who[:4], *draft.bodies[:1]][:6])))[:110].strip("-")
    taken = set(Event.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= set(PastSlug.objects.filter(noun="event", slug__startswith=base).values_list("slug", flat=True))
    return next(name for name in [base, *(f"{base}-{n}" for n in range(2, 1000))] if name not in taken)
