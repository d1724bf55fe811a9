"""`manage.py feeds`: lists of feeds in and out as OPML, and a feed added by the address of its site."""

from argparse import SUPPRESS
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from peacetracker.newsroom import feed_list, opml
from peacetracker.newsroom.asking import CannotRead, feed_behind


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
            self.stdout.write(feed_list.given_out().decode(), ending="")

    def _import(self, path: Path) -> None:
        try:
            count, new = feed_list.take_in(path.read_bytes())
        except (OSError, opml.NotOPML) as problem:
            raise CommandError(f"{path} cannot be imported: {problem}") from None
        self.stdout.write(f"{count} feeds in the list, {new} of them new; they are switched off.")

    def _add(self, address: str) -> None:
        try:
            found = feed_behind(address)
        except CannotRead as problem:
            raise CommandError(f"{address}: {problem}") from None
        name = found.parsed.title[:200] or found.address[:200]
        new = feed_list.add(opml.Outline(found.address, name, found.parsed.lang or ""))
        self.stdout.write(f"{found.address}: {name} ({'added, switched off' if new else 'is there already'})")
