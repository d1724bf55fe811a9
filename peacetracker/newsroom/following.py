"""A waiting draft may name what was merged into another record since it was read: it is then meant by its heir."""

from peacetracker.diplomacy.references import names_now
from peacetracker.newsroom.models import Draft

LISTS = {"topics": "topic", "bodies": "body", "proposals": "proposal"}


def follow(draft: Draft) -> Draft:
    """The same draft with the names of today; nothing is stored."""
    now = names_now()
    draft.participants = [_person(one, now.get("leader", {})) for one in draft.participants]
    draft.place = now.get("place", {}).get(draft.place, draft.place)
    for field, noun in LISTS.items():
        names = now.get(noun, {})
        setattr(draft, field, list(dict.fromkeys(names.get(name, name) for name in getattr(draft, field))))
    return draft


def _person(told: dict[str, object], now: dict[str, str]) -> dict[str, object]:
    slug = told.get("slug")
    return {**told, "slug": now[slug]} if isinstance(slug, str) and slug in now else told
