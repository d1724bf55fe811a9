"""`manage.py feeds`: lists of feeds in and out as OPML, and a feed added by the address of its site."""

from argparse import SUPPRESS
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from peacetracker.diplomacy.models import Party
from peacetracker.newsroom import opml
from peacetracker.newsroom.asking import CannotRead, feed_behind
from peacetracker.newsroom.models import Feed


class Command(BaseCommand):
    help = "Imports or exports the list of feeds as OPML, or adds the feed of a site. What is added is switched off."

    def add_arguments(self, parser: CommandParser) -> None:
        act = parser.add_mutually_exclusive_group(required=True)
        act.add_argument(
            "--import", dest="import_from", metavar="FILE", default=SUPPRESS, help="add the feeds of a list"
        )
        act.add_argument("--export", dest="export", action="store_true", default=SUPPRESS, help="print all as OPML")
        act.add_argument(
            "--add", metavar="ADDRESS", default=SUPPRESS, help="add the feed of a site, or at this address"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if "import_from" in options:
            self._import(Path(options["import_from"]))
        elif "add" in options:
            self._add(options["add"])
        else:
            self._export()

    def _import(self, path: Path) -> None:
        try:
            outlines = opml.read(path.read_bytes())
        except (OSError, opml.NotOPML) as problem:
            raise CommandError(f"{path} cannot be imported: {problem}") from None
        sides = dict(Party.objects.values_list("code", "pk"))
        made = sum(self._keep(outline, sides.get(outline.folder)) for outline in outlines)
        self.stdout.write(f"{len(outlines)} feeds in the list, {made} of them new; they are switched off.")

    def _keep(self, outline: opml.Outline, side_id: int | None) -> bool:
        defaults = {"name": outline.name, "lang": outline.lang, "side_id": side_id, "enabled": False}
        return Feed.objects.get_or_create(address=outline.address, defaults=defaults)[1]

    def _add(self, address: str) -> None:
        try:
            found = feed_behind(address)
        except CannotRead as problem:
            raise CommandError(f"{address}: {problem}") from None
        name = found.parsed.title[:200] or found.address[:200]
        new = self._keep(opml.Outline(found.address, name, found.parsed.lang or ""), None)
        self.stdout.write(f"{found.address}: {name} ({'added, switched off' if new else 'is there already'})")

    def _export(self) -> None:
        feeds = Feed.objects.exclude(address__startswith="sample:").select_related("side")
        outlines = [
            opml.Outline(feed.address, feed.name, feed.lang, feed.side.code if feed.side else "") for feed in feeds
        ]
        self.stdout.write(opml.write(outlines, title="Peace Tracker feeds").decode(), ending="")
