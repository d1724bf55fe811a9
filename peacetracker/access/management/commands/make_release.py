"""manage.py make_release: a release now, whatever the day, if the record changed since the last one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from peacetracker.access.releasing import directory_of, make_release


class Command(BaseCommand):
    help = "Makes a release of the record, with the changes since the last one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--note", default="", help="shown beside the release")

    def handle(self, *args: Any, note: str, **options: Any) -> None:
        release = make_release(note=note)
        if release is None:
            self.stdout.write("Nothing has changed since the last release.")
        else:
            self.stdout.write(f"{release.version}: {release.event_count} events in {directory_of(release)}")
