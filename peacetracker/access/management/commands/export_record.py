"""manage.py export_record DIR: the record as a data package, the same to the byte from the same record."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from django.utils import timezone

from peacetracker.access.packaging import write_package, write_sums
from peacetracker.diplomacy.filters import BadFilter
from peacetracker.diplomacy.keeping import covered_until
from peacetracker.diplomacy.recorded import AS_OF, end_of, read_as_of


class Command(BaseCommand):
    help = "Writes the record as a data package: CSV, JSON Lines, GraphML, GEXF, codebook, checksums."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, help="made if it is not there; must be empty")
        parser.add_argument("--as-of", default="", metavar="DAY", help="the record as it stood at the end of that day")

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["directory"]
        directory.mkdir(parents=True, exist_ok=True)
        if any(directory.iterdir()):
            raise CommandError(f"{directory} is not empty")
        day = self.day(options["as_of"])
        moment = end_of(day) if day else timezone.now()
        until = None if day else covered_until()
        edition, events = write_package(directory, moment=moment, covered_until=until)
        files = write_sums(directory)
        self.stdout.write(
            f"{events} events covered until {edition.covered_until}, {len(files)} files: sha256 {files[-1]['sha256']}"
        )

    def day(self, text: str) -> date | None:
        try:
            return read_as_of(QueryDict(f"{AS_OF}={text}"))
        except BadFilter as problem:
            raise CommandError(str(problem)) from None
