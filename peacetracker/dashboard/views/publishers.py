"""Who publishes what the record rests on, side by side, and one publisher with every page that is cited."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from peacetracker.analysis.contacts import listed
from peacetracker.analysis.publishers import Output, backed_alone, by_year, outputs
from peacetracker.analysis.readouts import rank
from peacetracker.core.text import fold
from peacetracker.dashboard.caching import until_of, version_of
from peacetracker.dashboard.listing import Chip
from peacetracker.dashboard.views.events import party_names
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.backing import public_citations
from peacetracker.diplomacy.choices import PublisherKind
from peacetracker.diplomacy.filters import TRACKING, BadFilter, read_filter
from peacetracker.diplomacy.models import Citation, Publisher
from peacetracker.diplomacy.rows import INDEPENDENT

PAGES = 100
AT_ONCE = 60  # publishers shown before the list is unfolded
KNOWN = ("side", "q")


@dataclass(frozen=True)
class Row:
    publisher: Publisher
    side: str
    output: Output


@answered
def publishers(request: HttpRequest) -> HttpResponse:
    asked = read_filter(request.GET, lenient=True)
    if other := [name for name in asked.given if name not in KNOWN]:
        raise BadFilter(other[0], _("“%(name)s” is not a parameter of this page.") % {"name": other[0]}, KNOWN)
    sides = [side if side == INDEPENDENT else side.upper() for side in asked.given.get("side", [])]
    words = fold(asked.values.get("q", "")).split()
    counted, names = outputs(version_of(request)), party_names() | {INDEPENDENT: _("independent")}
    everyone = [
        Row(one, one.party.code if one.party else INDEPENDENT, counted.get(one.pk, Output()))
        for one in Publisher.objects.select_related("party")
    ]
    found = [row for row in everyone if _matches(row, words)]
    shown = [row for row in found if not sides or row.side in sides]
    ranked = sorted(shown, key=lambda row: (-row.output.events, -row.output.pages, row.publisher.domain))
    most = sorted((row.output.pages for row in shown), reverse=True)[:10]
    context = {
        "rows": ranked[:AT_ONCE],
        "others": ranked[AT_ONCE:],
        "found": len(ranked),
        "most_cited": sum(most),
        "chips": _chips(found, sides, names),
        "words": asked.given.get("q", [""])[0],
        "names": names,
        "asked": asked,
        "until": until_of(request),
        "pages": sum(row.output.pages for row in shown),
    }
    return render(request, "dashboard/publishers.html", context)


def _matches(row: Row, words: Iterable[str]) -> bool:
    text = fold(f"{row.publisher.name} {row.publisher.domain}")
    return all(word in text for word in words)


def _chips(rows: Iterable[Row], sides: list[str], names: dict[str, str]) -> list[Chip]:
    """The sides in their order, independent ones last."""
    counts = Counter(row.side for row in rows)
    order = sorted({*counts, *(side for side in sides if side in names)}, key=lambda s: (s == INDEPENDENT, rank(s)))
    return [Chip(side, names.get(side, side), counts[side], side in sides) for side in order]


@answered
def publisher(request: HttpRequest, domain: str) -> HttpResponse:
    found = get_object_or_404(Publisher.objects.select_related("party"), domain=domain.lower())
    alone, citations = backed_alone(found), _page(request, found)
    names = party_names()
    context = {
        "publisher": found,
        "side": names.get(found.party.code, found.party.code) if found.party else _("independent"),
        "kind": PublisherKind(found.kind).label,
        "output": outputs(version_of(request)).get(found.pk, Output()),
        "years": by_year(found),
        "citations": citations,
        "alone_count": alone.count(),
        "alone_ids": set(alone.filter(pk__in=[one.event_id for one in citations]).values_list("pk", flat=True)),
        "alone": listed(alone).newest_first()[:10],
        "names": names,
        "until": until_of(request),
    }
    return render(request, "dashboard/publisher.html", context)


def _page(request: HttpRequest, publisher: Publisher) -> Page[Citation]:
    """The citations of a publisher's pages, newest first. Raises BadFilter for a page that there is not."""
    for name in request.GET:
        if name != "page" and not name.startswith(TRACKING):
            raise BadFilter(name, _("“%(name)s” is not a parameter of this page.") % {"name": name}, ["page"])
    rows = (
        public_citations()
        .filter(source__publisher=publisher)
        .select_related("source", "side", "event", "proposal", "body", "commitment", "announcement__event")
        .defer("event__search_text", "event__summary", "proposal__search_text", "body__search_text")
        .order_by(F("published").desc(nulls_last=True), "-pk")
    )
    pages = Paginator(rows, PAGES)
    try:
        return pages.page(request.GET.get("page") or 1)
    except (EmptyPage, PageNotAnInteger):
        raise BadFilter("page", _("There is no such page of the list."), [f"1–{pages.num_pages}"]) from None
