"""`manage.py ingest URL_OR_FILE...`: one feed or one article through the whole pipeline, at once."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from peacetracker.newsroom import articles, intake
from peacetracker.newsroom.addresses import canonical
from peacetracker.newsroom.asking import Body, CannotRead, body_of, feed_behind
from peacetracker.newsroom.fulltext import Text
from peacetracker.newsroom.fulltext import extract as extract_page
from peacetracker.newsroom.models import Article, Draft, Feed
from peacetracker.newsroom.parsing.encoding import to_utf8
from peacetracker.newsroom.replaying import replay


class Command(BaseCommand):
    help = "Fetches or reads feeds (or, with --article, articles), runs the whole pipeline and prints the drafts made."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="*", metavar="URL_OR_FILE")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
        parser.add_argument("--article", action="store_true", help="each source is one article, as text or HTML")
        parser.add_argument("--published", help="the article's day (YYYY-MM-DD)")
        parser.add_argument("--title", default="", help="the article's title")
        parser.add_argument("--url", default="", help="the article's address, if it is read from a file")
        parser.add_argument("--replay", metavar="FEED|all", help="read the kept answers of a feed (or all) once more")

    def handle(self, *args: Any, sources: list[str], as_json: bool, **options: Any) -> None:
        if bool(sources) == bool(options["replay"]):
            raise CommandError("Give the addresses or files to read, or --replay.")
        if options["published"]:
            options["published"] = a_day(options["published"])
        drafts: list[int] = []
        read: list[int] = []
        if options["replay"]:
            read = self._replay(options["replay"])
            drafts = [draft for pk in read for draft in intake.draft(pk)]
        for source in sources:
            found = self._article(source, options) if options["article"] else self._feed(source)
            new = articles.store_articles(found)
            for pk in new:
                drafts += intake.draft(pk)
            read += Article.objects.filter(key__in=[one.key for one in found]).values_list("pk", flat=True)
            self.stderr.write(f"{source}: {len(found)} articles, {len(new)} of them new")
        made = Draft.objects.filter(pk__in=drafts).select_related("likely_event").order_by("pk")
        self.stdout.write(json.dumps(_as_json(made, read), ensure_ascii=False, indent=1) if as_json else _told(made))

    def _feed(self, source: str) -> list[articles.Found]:
        try:
            feed = feed_behind(source)
        except CannotRead as problem:
            raise CommandError(f"{source}: {problem} (for a single article use --article)") from None
        if feed.offers:
            self.stderr.write(f"{source} is a page; its feed is {feed.address}")
            for offer in feed.offers[1:]:
                self.stderr.write(f"    it also names {offer.address} {offer.title}")
        return articles.found(feed.parsed.entries, feed_address=feed.address, feed_name=feed.parsed.title, lang="")

    def _article(self, source: str, options: dict[str, Any]) -> list[articles.Found]:
        try:
            found = body_of(source)
        except CannotRead as problem:
            raise CommandError(f"{source}: {problem}") from None
        page = _read_page(found, options["url"])
        day = options["published"] or page.published
        if not page.text.strip():
            raise CommandError(f"{source}: there is no text in it")
        if day is None:
            self.stderr.write(f"{source}: no day of publication is known; relative dates will stay open (--published)")
        return [
            articles.Found(
                key=articles.article_key(page.address, page.text),
                url=page.address,
                title=options["title"] or page.title,
                text=page.text,
                published=datetime.combine(day, time(12), UTC) if day else None,
                lang=page.lang or "",
            )
        ]

    def _replay(self, which: str) -> list[int]:
        """Articles of the kept answers that nobody has read yet."""
        feeds = Feed.objects.all() if which == "all" else Feed.objects.filter(_named(which))
        if not feeds.exists():
            raise CommandError(f"There is no feed named {which}. Give its number, name or address, or “all”.")
        new: list[int] = []
        for feed in feeds:
            bodies, found = replay(feed)
            self.stderr.write(f"{feed}: {bodies} kept answers, {len(found)} articles to read")
            new += found
        return new


def a_day(text: str | date) -> date:
    """`2022-04-11`, or the day of a moment that begins so. Raises CommandError for all else."""
    if isinstance(text, date):
        return text.date() if isinstance(text, datetime) else text
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        raise CommandError(f"--published is “{text}”, which is no day. Write it like 2022-04-11.") from None


def _named(which: str) -> Q:
    named = Q(name=which) | Q(address=which)
    return named | Q(pk=int(which)) if which.isdecimal() and len(which) < 10 else named


def _read_page(found: Body, said_address: str) -> Text:
    """What a page or a plain text says."""
    address = said_address or found.address
    if not found.body[:2000].lstrip().startswith(b"<"):
        text, _warning = to_utf8(found.body, found.content_type)
        return Text(text=text.decode(), address=canonical(address))
    return extract_page(found.body, address, found.content_type)


def _as_json(drafts: Any, articles: list[int]) -> dict[str, Any]:
    mentions = [mention for row in Article.objects.filter(pk__in=articles) for mention in row.mentions]
    return {"drafts": [_draft(draft) for draft in drafts], "mentions": mentions}


def _draft(draft: Draft) -> dict[str, Any]:
    return {
        "id": draft.pk,
        "kind": draft.kind,
        "status": draft.status,
        "date": draft.date.isoformat() if draft.date else None,
        "date_precision": draft.date_precision,
        "title": draft.title,
        "participants": [
            {"slug": person["slug"], "name": person["name"], "role": person["role"]} for person in draft.participants
        ],
        "place": draft.place or None,
        "country": draft.country or None,
        "topics": draft.topics,
        "bodies": draft.bodies,
        "proposals": draft.proposals,
        "evidence": draft.evidence,
        "confidence": draft.confidence,
        "repeats": draft.repeats.slug if draft.repeats else None,
    }


def _told(drafts: Any) -> str:
    lines = []
    for draft in drafts:
        people = ", ".join(person["slug"] or f"{person['name']} (unknown)" for person in draft.participants)
        repeats = f" = {draft.repeats.slug}" if draft.repeats else ""
        lines.append(
            f"{draft.pk}: {draft.kind}, {draft.status}, {draft.date_in_words()}, {people or 'nobody named'}{repeats}"
        )
        lines.append(f"    {draft.evidence}")
    return "\n".join(lines) or "No drafts."
