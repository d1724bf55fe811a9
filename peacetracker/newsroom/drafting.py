"""What articles tell, put into the queue: one draft for each story, whichever articles and feeds tell it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from peacetracker.diplomacy.models import Body, Party, Topic
from peacetracker.newsroom import likeness, wording
from peacetracker.newsroom.extraction import DraftEvent
from peacetracker.newsroom.models import Article, Draft, DraftSource

Told = tuple[DraftEvent, Article]


def put(told: Sequence[Told]) -> list[int]:
    """Add each event to the waiting draft of its story, or make one. Returns the drafts, each once.

    Called inside the transaction that marks the articles as read. A story that another worker puts at the same time
    breaks it (`story_waits_once`): the articles are read again and join that worker's draft.
    """
    if not told:
        return []
    keys = [likeness.story_key(event, _day(article)) for event, article in told]
    waiting = Draft.objects.select_for_update().filter(story_key__in=keys, state=Draft.State.WAITING).order_by("pk")
    drafts = {draft.story_key: draft for draft in waiting}
    fresh = {key: one for key, one in reversed(list(zip(keys, told, strict=True))) if key not in drafts}
    if fresh:
        names = _names()
        first = [key for key in dict.fromkeys(keys) if key in fresh]
        likely = likeness.likeliest([(event, _day(article)) for event, article in map(fresh.__getitem__, first)])
        made = [_new(*fresh[key], key, one, *names) for key, one in zip(first, likely, strict=True)]
        drafts |= {draft.story_key: draft for draft in Draft.objects.bulk_create(made)}
    sources = [
        DraftSource(draft=drafts[key], article=article, evidence=event.evidence)
        for key, (event, article) in zip(keys, told, strict=True)
    ]
    DraftSource.objects.bulk_create(sources, ignore_conflicts=True)
    return list(dict.fromkeys(drafts[key].pk for key in keys))


def _day(article: Article) -> date | None:
    return article.published.date() if article.published else None


def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Bodies by slug with countries by code, and topics by slug."""
    bodies = dict(Body.objects.values_list("slug", "name"))
    countries = {code: name.split(" (")[0] for code, name in Party.objects.values_list("code", "name")}
    return countries | bodies, dict(Topic.objects.values_list("slug", "name"))


def _new(
    told: DraftEvent,
    article: Article,
    key: str,
    likely: likeness.Candidate | None,
    bodies: dict[str, str],
    topics: dict[str, str],
) -> Draft:
    published = _day(article)
    return Draft(
        story_key=key,
        kind=told.kind,
        status=told.status,
        date=told.date,
        date_precision=told.date_precision if told.date else Draft.Precision.UNKNOWN,
        title=wording.title(told, bodies),
        summary=wording.summary(told, publisher=article.publisher_name, published=published, topics=topics),
        participants=[asdict(person) for person in told.participants],
        place=told.place or "",
        place_name=told.place_name or "",
        country=told.country or "",
        topics=told.topics,
        bodies=told.bodies,
        proposals=told.proposals,
        evidence=told.evidence,
        field_evidence=told.field_evidence,
        reasons=told.reasons,
        confidence=told.confidence,
        likely_event=likely.event if likely and likely.likeness >= likeness.LIKELY else None,
        likeness=likely.likeness if likely else 0.0,
    )
