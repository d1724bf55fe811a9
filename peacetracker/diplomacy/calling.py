"""What the record's people, places, parties, bodies, topics and offices are called in the reader's language.

Asked for by their English names, which pages, stored documents and figures all carry: nobody has to fetch more than
before. A name in brackets behind another, as of a party, is known without it too.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from peacetracker.core.cache import remembered
from peacetracker.diplomacy.models import Body, Leader, Office, Party, Place, Topic

NAMED: tuple[tuple[Any, str, str], ...] = (
    *((noun, "name", "name_native") for noun in (Leader, Place, Party, Body, Topic)),
    (Office, "title", "title_native"),
)
ENGLISH = "en"


def called(name: str) -> str:
    """The name as the reader's language has it, or itself where the record knows none."""
    return known_names().get(name, name)


def is_english(name: str) -> bool:
    """That a reader of another language gets this name in English."""
    return (get_language() or ENGLISH)[:2] != ENGLISH and name not in known_names()


def known_names() -> Mapping[str, str]:
    """English name → name in the reader's language, which also leads to itself: a name may be asked for twice.

    One query for each generation of the record.
    """
    language = (get_language() or ENGLISH)[:2]
    if language == ENGLISH:
        return {}
    return remembered(f"called:{language}", lambda: _names(language))


def _names(language: str) -> dict[str, str]:
    first, *others = (noun._default_manager.order_by().values_list(name, native) for noun, name, native in NAMED)
    found: dict[str, str] = {}
    for name, native in first.union(*others, all=True):
        if own := native.get(language):
            found |= {short(name): short(own), name: own}
    return {own: own for own in found.values()} | found


def short(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return name.split(" (")[0]
