"""Pictures for links: one for each noun, drawn from the record and kept as long as it does not change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from peacetracker.analysis.timeline import months
from peacetracker.core.dates import MONTH, in_words
from peacetracker.dashboard.caching import BUILD, until_of, version_of
from peacetracker.dashboard.context import DAY_S
from peacetracker.dashboard.figures.card import Card
from peacetracker.dashboard.views.finding import answered
from peacetracker.diplomacy.filters import read_filter
from peacetracker.diplomacy.models import Body, Event, Leader, Party, Place, Proposal, Topic

RECORD = ("record", "all")


@dataclass(frozen=True)
class Noun:
    """`rows`: those with a page; `field`: how its address names one; `filter`: what asks for its events."""

    rows: Callable[[], Any]
    kicker: Callable[[Any], str]
    filter: str
    field: str = "slug"


NOUNS = {
    "leader": Noun(lambda: Leader.objects.public(), lambda _one: _("Leader"), "leader"),
    "party": Noun(lambda: Party.objects.all(), lambda one: str(one.get_kind_display()), "party", "code"),
    "commission": Noun(lambda: Body.objects.public(), lambda one: str(one.get_kind_display()), "commission"),
    "place": Noun(lambda: Place.objects.public(), lambda _one: _("Place"), "place"),
    "topic": Noun(lambda: Topic.objects.public(), lambda _one: _("Topic"), "topic"),
    "proposal": Noun(lambda: Proposal.objects.public(), lambda one: str(one.get_kind_display()), "proposal"),
}


def card_of(noun: str, slug: str) -> str:
    """The address of the picture."""
    return reverse("dashboard:card", args=[noun, slug])


@answered
def card(request: HttpRequest, noun: str, slug: str) -> HttpResponse:
    key = f"dashboard:card:{BUILD}:{version_of(request)}:{get_language()}:{noun}:{slug}"
    drawn = cache.get(key)
    if drawn is None:
        from peacetracker.dashboard.figures.card_picture import png

        drawn = png(_drawn(request, noun, slug))
        cache.set(key, drawn, DAY_S)
    return HttpResponse(drawn, content_type="image/png")


def _drawn(request: HttpRequest, noun: str, slug: str) -> Card:
    until = until_of(request)
    foot = _("Covered until %(day)s") % {"day": in_words(until)} if until else ""
    if (noun, slug) == RECORD:
        title = _("The Armenia–Azerbaijan peace process, event by event")
        return _of_many(_("An open, source-linked record"), title, {}, foot)
    if noun == "event":
        return _of_event(get_object_or_404(Event.objects.public().select_related("place"), slug=slug), foot)
    if noun not in NOUNS:
        raise Http404(noun)
    kind = NOUNS[noun]
    value = slug.upper() if kind.field == "code" else slug
    one = get_object_or_404(kind.rows(), **{kind.field: value})
    return _of_many(kind.kicker(one), str(one.name), {kind.filter: value}, foot)


def _of_many(kicker: str, title: str, asked: dict[str, str], foot: str) -> Card:
    """The bars are those of its own events, on the months of the whole record."""
    run = [month.first for month in months(read_filter(QueryDict()))]
    query = QueryDict(mutable=True)
    query.update(asked)
    own = {month.first: month.count for month in months(read_filter(query))}
    n = sum(own.values())
    held = [month for month, count in own.items() if count]
    line = ngettext("%(n)d event on record", "%(n)d events on record", n) % {"n": n}
    if held:
        line = f"{line}, {in_words(min(held), MONTH)} – {in_words(max(held), MONTH)}"
    bars = [own.get(month, 0) for month in run]
    return Card(kicker[:1].upper() + kicker[1:], title.split(" (")[0], line, foot, bars, _years(run))


def _of_event(event: Event, foot: str) -> Card:
    """The bars are those of the whole record; its own month stands out."""
    whole = months(read_filter(QueryDict()))
    run = [month.first for month in whole]
    own = event.first_day.replace(day=1)
    sources = ngettext("%(n)d source", "%(n)d sources", event.source_count) % {"n": event.source_count}
    facts = [event.date_in_words(), event.place.name if event.place else "", sources]
    kind = str(event.get_kind_display())
    status = "" if event.status == "held" else f" · {event.get_status_display()}"
    return Card(f"{kind}{status}", event.title, " · ".join(filter(None, facts)), foot,
                [month.count for month in whole], _years(run), run.index(own) if own in run else None)  # fmt: skip


def _years(run: list[date]) -> list[tuple[int, int]]:
    return [(place, month.year) for place, month in enumerate(run) if month.month == 1]
