"""Events that a draft may repeat, each set beside it: what is the same, what differs, what merging would add."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peacetracker.diplomacy.models import Citation, Event, Participation
from peacetracker.newsroom import likeness
from peacetracker.newsroom.extraction import DraftEvent
from peacetracker.newsroom.extraction.model import Person
from peacetracker.newsroom.models import Article, Draft

MOST, SHOWN = 5, 4
PEOPLE = Prefetch("participations", Participation.objects.select_related("leader"))


@dataclass(frozen=True)
class Twin:
    """One event beside the draft. `likely`: it is the one that the draft probably repeats. `adds`: the sources that
    merging would bring; an article without an address brings none."""

    event: Event
    likely: bool
    same_kind: bool
    when: str
    same_day: bool
    shared: list[str]
    only_there: list[str]
    only_here: list[str]
    sources: list[str]
    adds: list[str]

    @property
    def fits(self) -> bool:
        """Likely, and neither names people whom the other does not have while missing some of its own."""
        return self.likely and not (self.only_here and self.only_there)

    @property
    def more_sources(self) -> int:
        """How many are left out of a list that names the first few."""
        return max(len(self.sources) - SHOWN, 0)


def twins(draft: Draft, articles: Sequence[Article]) -> list[Twin]:
    """The likely event first, then the nearest by day and people; at most five."""
    published = next((article.published.date() for article in articles if article.published), None)
    found = [one.event.pk for one in likeness.candidates(told(draft), published, most=MOST)]
    by_key = Event.objects.select_related("place").in_bulk(found)
    near = [by_key[pk] for pk in found]
    likely = draft.repeats
    events = [*filter(None, [likely]), *(event for event in near if likely is None or event.pk != likely.pk)][:MOST]
    cited = Citation.objects.select_related("source", "side")
    prefetch_related_objects(events, PEOPLE, Prefetch("citations", cited))
    return [_twin(draft, event, articles, likely=event == likely) for event in events]


def told(draft: Any) -> DraftEvent:
    """The draft as the extraction gives it, with what editors have mended since."""
    people = [Person(slug=one.get("slug"), name=one["name"], role=one["role"]) for one in draft.participants]
    return DraftEvent(
        kind=draft.kind, status=draft.status, date=draft.date, date_precision=draft.date_precision,
        participants=people, place=draft.place or None, bodies=draft.bodies, evidence=draft.evidence,
    )  # fmt: skip


def _twin(draft: Draft, event: Event, articles: Sequence[Article], *, likely: bool) -> Twin:
    there = {part.leader.slug: part.leader.name for part in event.participations.all()}
    here = {one.get("slug") or "?" + one["name"]: one["name"] for one in draft.participants}
    cited = {citation.source.url for citation in event.citations.all()}
    return Twin(
        event=event,
        likely=likely,
        same_kind=event.kind == draft.kind,
        when=_when(draft.date, event),
        same_day=bool(draft.date and event.span.holds(draft.date)),
        shared=[name for slug, name in there.items() if slug in here],
        only_there=[name for slug, name in there.items() if slug not in here],
        only_here=[name for slug, name in here.items() if slug not in there],
        sources=[_cited(citation.publisher_name, citation.side) for citation in event.citations.all()],
        adds=[_cited(one.publisher_name, one.side) for one in articles if not one.url or one.url not in cited],
    )


def _cited(publisher: str, side: object) -> str:
    name, voice = publisher or _("Unknown publisher"), side or _("independent")
    return f"{name} ({voice})"


def _when(day: date | None, event: Event) -> str:
    if day is None:
        return ""
    if event.span.holds(day):
        return _("same day") if event.date_precision == "day" else _("same time")
    apart = (event.span.first - day).days if day < event.span.first else (event.span.last - day).days
    words = ngettext("%(n)s day", "%(n)s days", abs(apart)) % {"n": abs(apart)}
    return (_("%(days)s later") if apart > 0 else _("%(days)s earlier")) % {"days": words}
