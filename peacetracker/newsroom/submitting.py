"""Drafts that people outside send with a key: into the same queue as those of the feeds, under their sender's name."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction

from peacetracker.core.columns import insert_rows
from peacetracker.newsroom import likeness
from peacetracker.newsroom.articles import Found, article_key, article_rows
from peacetracker.newsroom.drafting import draft_row
from peacetracker.newsroom.extraction import DraftEvent
from peacetracker.newsroom.models import Article, Draft, DraftSource, Submission

# So many drafts of one key may wait; an open door must not bury the queue.
MOST_WAITING = 500


@dataclass(frozen=True)
class Sender:
    """Whose key it was: its number and its name, which editors see."""

    key: int
    name: str


@dataclass(frozen=True)
class Told:
    """What was sent, checked. Each page has the sentence that it is cited for as its text."""

    event: DraftEvent
    title: str
    summary: str
    pages: Sequence[Found]


class WaitsAlready(ValueError):
    """The same sender told the same story before, and it still waits as `draft`."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"draft {draft.pk} tells this story")
        self.draft = draft


class QueueFull(ValueError):
    """As many drafts of this sender wait as may wait at a time."""


class OtherContent(ValueError):
    """This Idempotency-Key came before, with something else."""


def submit(
    told: Told, *, by: Sender, once: str | None, digest: str, answer: Callable[[Draft], dict[str, Any]]
) -> Submission:
    """Put what was sent into the queue: one transaction, once for each `once`.

    `answer` tells what to reply to the sender; it is kept, so that the same call is answered alike for ever.
    Raises WaitsAlready, QueueFull or OtherContent; nothing is then changed.
    """
    if once and (found := sent_before(by, once, digest)):
        return found
    try:
        return _submit(told, by, once, digest, answer)
    except IntegrityError:  # the same call came twice at the same moment
        found = sent_before(by, once, digest) if once else None
        if found is None:
            raise
        return found


def sent_before(by: Sender, once: str, digest: str) -> Submission | None:
    """What the same call made before. Raises OtherContent if it was another call by the same name."""
    found = Submission.objects.filter(key=by.key, once=once).first()
    if found and found.digest != digest:
        raise OtherContent(once)
    return found


@transaction.atomic
def _submit(
    told: Told, by: Sender, once: str | None, digest: str, answer: Callable[[Draft], dict[str, Any]]
) -> Submission:
    key = _story_key(told, by)
    waiting = Draft.objects.waiting().filter(submission__key=by.key)
    if draft := waiting.filter(story_key=key).first():
        raise WaitsAlready(draft)
    if waiting.count() >= MOST_WAITING:
        raise QueueFull
    draft = _draft(told, key, by)
    for page in told.pages:
        DraftSource.objects.get_or_create(draft=draft, article=_article(page), defaults={"evidence": page.text})
    return Submission.objects.create(draft=draft, key=by.key, once=once, digest=digest, answer=answer(draft))


def _story_key(told: Told, by: Sender) -> str:
    """One for each sender: what a person says of a story is not lost in what a feed or another person says."""
    story = likeness.story_key(told.event, _published(told))
    return hashlib.sha256(f"{story}\x1fkey {by.key}".encode()).hexdigest()


def _published(told: Told) -> Any:
    return min((page.published.date() for page in told.pages if page.published), default=None)


def _draft(told: Told, key: str, by: Sender) -> Draft:
    likely = next(iter(likeness.candidates(told.event, _published(told))), None)
    row = draft_row(told.event, key, likely, title=told.title, summary=told.summary, sender=by.name)
    return Draft.objects.create(**row)


def _article(page: Found) -> Article:
    """The article at this address, as a feed brought it or as it was sent.

    One that was sent has a key of its own: a feed that brings the same page later still brings its whole text.
    """
    sent = article_key("", f"sent\x1f{page.url}")
    known = Article.objects.filter(key=article_key(page.url, "")).first() or Article.objects.filter(key=sent).first()
    if known is None:
        (row,) = article_rows([replace(page, key=sent)], None)
        insert_rows(Article, [row | {"state": Article.State.DRAFTED, "leased_until": None}], "key")
        known = Article.objects.get(key=sent)
    return known
