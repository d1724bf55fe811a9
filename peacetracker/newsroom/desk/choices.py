"""What an editor can choose from: the public record's names, kept while its generation stands."""

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Model, Prefetch

from peacetracker.core.cache import data_version
from peacetracker.core.text import fold
from peacetracker.diplomacy.models import Body, Leader, Office, Place, Proposal, Tenure, Topic

KEEP_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. `note` tells it from its like; `find` is all that a search should match, folded."""

    value: str
    label: str
    note: str
    find: str


@dataclass(frozen=True, slots=True)
class Choices:
    leaders: tuple[Choice, ...]
    places: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    bodies: tuple[Choice, ...]
    proposals: tuple[Choice, ...]
    offices: dict[str, str]

    def name(self, noun: str, slug: str) -> str:
        """What the record calls this slug; the slug itself if it does not know it."""
        return next((one.label for one in getattr(self, noun) if one.value == slug), slug)


def choices() -> Choices:
    key = f"desk-choices:{data_version()}"
    found = cache.get(key)
    if found is None:
        found = _read()
        cache.set(key, found, KEEP_SECONDS)
    return found


def _read() -> Choices:
    tenures = Prefetch("tenures", Tenure.objects.select_related("office").order_by("start", "pk"))
    leaders = Leader.objects.public().prefetch_related(tenures)
    return Choices(
        leaders=tuple(_choice(leader, leader.name, _latest_office(leader)) for leader in leaders),
        places=tuple(_choice(place, place.name, place.country) for place in Place.objects.public()),
        topics=tuple(_choice(topic, topic.name, "") for topic in Topic.objects.public()),
        bodies=tuple(_choice(body, body.name, "") for body in Body.objects.public()),
        proposals=tuple(
            _choice(proposal, proposal.name, proposal.date_in_words()) for proposal in Proposal.objects.public()
        ),
        offices=dict(Office.objects.values_list("slug", "title")),
    )


def _choice(thing: Any, label: str, note: str) -> Choice:
    return Choice(thing.slug, label, note, _find(thing, label, note))


def _find(thing: Model, label: str, note: str) -> str:
    return " ".join(filter(None, [getattr(thing, "search_text", "") or fold(label), fold(note)]))


def _latest_office(leader: Leader) -> str:
    titles = [tenure.office.title for tenure in leader.tenures.all()]
    return titles[-1] if titles else ""
