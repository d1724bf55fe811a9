"""Proposals and bodies that a text mentions in any way."""

from __future__ import annotations

from datetime import date

from .gazetteer import Gazetteer
from .model import Mention
from .sentences import Text

EUMA_START = date(2023, 2, 1)


def find_documents(gazetteer: Gazetteer, text: Text, published: date | None) -> tuple[list[Mention], list[Mention]]:
    """(proposals, bodies), each once, with the first sentence that names it."""
    proposals: dict[str, Mention] = {}
    bodies: dict[str, Mention] = {}
    for sentence in text.sentences:
        for item in (*sentence.of("R"), *sentence.of("B")):
            if item.type == "R" and item.value in gazetteer.proposals and item.value not in proposals:
                proposals[item.value] = Mention(item.value, gazetteer.proposals[item.value][0], text.quote(sentence))
            elif item.type == "B":
                slug = str(item.value)
                if slug == "euma" and published and published < EUMA_START:
                    slug = "eumcap"
                if slug in gazetteer.bodies and slug not in bodies:
                    bodies[slug] = Mention(slug, gazetteer.bodies[slug][0], text.quote(sentence))
    return list(proposals.values()), list(bodies.values())
