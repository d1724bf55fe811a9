"""Draft extraction: from a news text to proposed events, by rules that can be read and explained."""

from .engine import extract
from .gazetteer import Gazetteer
from .model import DraftEvent, Extraction, Mention, Person

__all__ = ["DraftEvent", "Extraction", "Gazetteer", "Mention", "Person", "extract"]
