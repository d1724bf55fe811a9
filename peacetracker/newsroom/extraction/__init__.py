"""Draft extraction: from a news text to proposed events, by rules that can be read and explained."""

from . import compiled

compiled.prefer(__path__)

from .engine import extract  # noqa: E402 - from here on modules may come from their build
from .gazetteer import NOUNS, Gazetteer  # noqa: E402
from .model import DraftEvent, Extraction, Mention, Person  # noqa: E402

__all__ = ["NOUNS", "DraftEvent", "Extraction", "Gazetteer", "Mention", "Person", "extract"]
