"""`manage.py load_record [DIR]`: the curated record from its files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from peacetracker.diplomacy import exchange


class Command(BaseCommand):
    help = "Loads the curated record from JSON Lines. All or nothing; what editors changed since is never overwritten."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=Path(settings.DATA_DIR))
        parser.add_argument("--if-changed", action="store_true", help="do nothing if these files are loaded already")

    def handle(self, *args: Any, directory: Path, if_changed: bool, **options: Any) -> None:
        try:
            if if_changed and exchange.is_loaded(directory):
                self.stdout.write("The record is up to date.")
                return
            report = exchange.load(directory, progress=self._progress)
        except FileNotFoundError as error:
            raise CommandError(f"{error.filename} is missing") from None
        except exchange.BadLine as error:
            raise CommandError(f"{error}. Nothing was loaded.") from None
        for line in (*report.warnings, *report.kept):
            self.stderr.write(f"note: {line}")
        for line in report.conflicts:
            self.stderr.write(self.style.WARNING(f"conflict: {line}"))
        created, updated = sum(report.created.values()), sum(report.updated.values())
        self.stdout.write(f"{created} rows new, {updated} changed, {len(report.conflicts)} in conflict.")

    def _progress(self, noun: str, rows: int) -> None:
        self.stdout.write(f"  {noun}: {rows}")
        self.stdout.flush()
