"""One record by its public name: found, moved, withdrawn, or not there. And a question that is not understood."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from peacetracker.dashboard.caching import page
from peacetracker.dashboard.listing import BESIDES
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.filters import BadFilter
from peacetracker.diplomacy.models import PastSlug
from peacetracker.diplomacy.names import NOUNS, names
from peacetracker.diplomacy.querysets import RecordQuerySet

# Noun → the name of its page, where that is another.
PAGES = {"body": "commission"}
Link = Callable[[str], str]


class NotShown(Exception):
    """A record that has no page of its own any more, or never had: the answer to give instead."""

    def __init__(self, response: HttpResponseBase) -> None:
        self.response = response
        super().__init__()


def find(request: HttpRequest, rows: RecordQuerySet, slug: str, *, noun: str, link: Link) -> Any:
    """The public record called `slug`. Raises NotShown with the 301, 410 or 404 that it has come to.

    `noun` as the record calls it (PastSlug); `link`: slug → address of a page of that noun.
    """
    record = rows.select_related("heir").filter(slug=slug).first()
    if record is None:
        past = PastSlug.objects.filter(noun=noun, slug=slug).first()
        raise NotShown(HttpResponsePermanentRedirect(link(past.became)) if past else missing(request, noun, slug))
    if record.visibility == Visibility.MERGED:
        raise NotShown(HttpResponsePermanentRedirect(link(record.heir.slug)))
    if record.visibility == Visibility.WITHDRAWN:
        raise NotShown(render(request, "dashboard/gone.html", {"gone": record}, status=410))
    return record


def missing(request: HttpRequest, noun: str, slug: str) -> HttpResponse:
    words = " ".join(part for part in slug.replace("_", "-").split("-") if not part.isdigit())
    context = {"noun": noun, "slug": slug, "words": words, "meant": meant(noun, words)}
    return render(request, "dashboard/missing.html", context, status=404)


def meant(noun: str, words: str) -> list[tuple[str, str]]:
    """Name and page of the records of that noun whose names are most like the words."""
    page = f"dashboard:{PAGES.get(noun, noun)}"
    alike = [one.known for one in names().alike(words, noun)] if noun in NOUNS else []
    return [(one.name, reverse(page, args=[one.slug])) for one in alike[:3]]


def answered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page whose question may be wrong (400) or whose record may be elsewhere (301, 404, 410)."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except BadFilter as problem:
            context = {"problem": problem, "known": [one for one in problem.known if one not in BESIDES]}
            return render(request, "dashboard/bad_filter.html", context, status=400)
        except NotShown as other:
            return other.response

    return page(inner)
