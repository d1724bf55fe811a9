"""The nouns whose pages have a history: model, address, and the filter that finds their events."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from peacetracker.diplomacy.models import Body, Event, Leader, Party, Place, Proposal, Topic


@dataclass(frozen=True)
class Noun:
    """`name`: as the record calls it (PastSlug, Version); `page`: the name of its address; `filter`: the parameter that
    asks for its events; `past`: the page shows past days too."""

    name: str
    model: Any
    page: str
    filter: str = ""
    past: bool = True

    def link(self, slug: str) -> str:
        return reverse(f"dashboard:{self.page}", args=[slug.lower()])

    def history(self, slug: str) -> str:
        return reverse(f"dashboard:{self.page}-history", args=[slug.lower()])


NOUNS = {
    one.name: one
    for one in (
        Noun("event", Event, "event"),
        Noun("leader", Leader, "leader", "leader"),
        Noun("proposal", Proposal, "proposal", "proposal"),
        Noun("body", Body, "commission", "commission"),
        Noun("party", Party, "party", "party", past=False),
        Noun("place", Place, "place", "place", past=False),
        Noun("topic", Topic, "topic", "topic", past=False),
    )
}
