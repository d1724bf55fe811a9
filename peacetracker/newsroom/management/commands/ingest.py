"""`manage.py ingest URL_OR_FILE...`: one feed or one article through the whole pipeline, at once."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from peacetracker.core.http import FetchError, guarded_get
from peacetracker.newsroom import intake
from peacetracker.newsroom.addresses import canonical
from peacetracker.newsroom.fulltext import extract as extract_page
from peacetracker.newsroom.models import Article, Draft
from peacetracker.newsroom.parsing import NotAFeed, parse


class Command(BaseCommand):
    help = "Fetches or reads feeds (or, with --article, articles), runs the whole pipeline and prints the drafts made."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sources", nargs="+", metavar="URL_OR_FILE")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
        parser.add_argument("--article", action="store_true", help="each source is one article, as text or HTML")
        parser.add_argument("--published", type=date.fromisoformat, help="the article's day (YYYY-MM-DD)")
        parser.add_argument("--title", default="", help="the article's title")
        parser.add_argument("--url", default="", help="the article's address, if it is read from a file")

    def handle(self, *args: Any, sources: list[str], as_json: bool, **options: Any) -> None:
        drafts: list[int] = []
        articles: list[int] = []
        for source in sources:
            found = self._article(source, options) if options["article"] else self._feed(source)
            new = intake.store_articles(found)
            known = Article.objects.filter(key__in=[one.key for one in found]).values_list("pk", flat=True)
            for pk in new:
                drafts += intake.draft(pk)
            articles += known
            self.stderr.write(f"{source}: {len(found)} articles, {len(new)} of them new")
        made = Draft.objects.filter(pk__in=drafts).select_related("likely_event").order_by("pk")
        self.stdout.write(
            json.dumps(_as_json(made, articles), ensure_ascii=False, indent=1) if as_json else _told(made)
        )

    def _body(self, source: str) -> tuple[bytes, str | None, str]:
        """The bytes, content type and address of a source. Raises CommandError in plain words."""
        if source.startswith(("http://", "https://")):
            try:
                answer = guarded_get(
                    source,
                    headers={"User-Agent": settings.FETCH_USER_AGENT},
                    allow_private=settings.FEED_ALLOW_PRIVATE,
                )
            except FetchError as error:
                raise CommandError(f"{source}: {error}") from None
            if answer.status != 200:
                raise CommandError(f"{source}: the server answered {answer.status}")
            return answer.body, answer.headers.get("content-type"), answer.url
        path = Path(source)
        if not path.is_file():
            raise CommandError(f"{source} is neither a file nor an address")
        return path.read_bytes(), None, ""

    def _feed(self, source: str) -> list[intake.Found]:
        body, content_type, _address = self._body(source)
        try:
            parsed = parse(body, content_type)
        except NotAFeed as error:
            raise CommandError(f"{source}: {error} (for a single article use --article)") from None
        return intake.found(parsed.entries, feed_address=source, feed_name=parsed.title, lang="")

    def _article(self, source: str, options: dict[str, Any]) -> list[intake.Found]:
        body, _type, address = self._body(source)
        title, text, published, lang = _read_page(body, options["url"] or address)
        day = options["published"] or published
        if not text.strip():
            raise CommandError(f"{source}: there is no text in it")
        if day is None:
            self.stderr.write(f"{source}: no day of publication is known; relative dates will stay open (--published)")
        url = canonical(options["url"] or address) if options["url"] or address else ""
        return [
            intake.Found(
                key=intake.article_key(url, text),
                url=url,
                title=options["title"] or title,
                text=text,
                published=datetime.combine(day, time(12), UTC) if isinstance(day, date) else None,
                lang=lang,
            )
        ]


def _read_page(body: bytes, url: str) -> tuple[str, str, date | None, str]:
    """Title, text, day and language of a page or of a plain text."""
    head = body[:2000].lstrip().lower()
    if not head.startswith((b"<!doctype", b"<html", b"<")):
        return "", body.decode("utf-8-sig", errors="replace"), None, ""
    page = extract_page(body, url or "")
    return page.title, page.text, page.published, page.lang or ""


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
        "repeats": draft.likely_event.slug if draft.likely_event else None,
    }


def _told(drafts: Any) -> str:
    lines = []
    for draft in drafts:
        people = ", ".join(person["slug"] or f"{person['name']} (unknown)" for person in draft.participants)
        repeats = f" = {draft.likely_event.slug}" if draft.likely_event else ""
        lines.append(
            f"{draft.pk}: {draft.kind}, {draft.status}, {draft.date_in_words()}, {people or 'nobody named'}{repeats}"
        )
        lines.append(f"    {draft.evidence}")
    return "\n".join(lines) or "No drafts."
