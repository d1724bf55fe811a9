"""The list of feeds as OPML, taken in and given out: at the desk and by `manage.py feeds`."""

from peacetracker.diplomacy.models import Party
from peacetracker.newsroom import opml
from peacetracker.newsroom.models import Feed


def take_in(data: bytes) -> tuple[int, int]:
    """Add the feeds of a list, switched off. Returns how many it has, and how many of them are new. Raises NotOPML."""
    outlines = opml.read(data)
    sides = dict(Party.objects.values_list("code", "pk"))
    return len(outlines), sum(add(outline, sides.get(outline.folder)) for outline in outlines)


def add(outline: opml.Outline, side_id: int | None = None) -> bool:
    """Whether it is a new one; one that is there already stays as it is."""
    defaults = {"name": outline.name, "lang": outline.lang, "side_id": side_id, "enabled": False}
    return Feed.objects.get_or_create(address=outline.address, defaults=defaults)[1]


def given_out() -> bytes:
    """All feeds but the packaged sample."""
    feeds = Feed.objects.exclude(address__startswith="sample:").select_related("side")
    outlines = [opml.Outline(one.address, one.name, one.lang, one.side.code if one.side else "") for one in feeds]
    return opml.write(outlines, title="Peace Tracker feeds")
