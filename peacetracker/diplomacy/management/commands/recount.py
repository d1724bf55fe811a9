"""`manage.py recount`: makes the stored counts anew from the current documents."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from peacetracker.core.cache import bump
from peacetracker.diplomacy import at_hand, pairing, tallying
from peacetracker.diplomacy.models import EventVersion, PairCount, Tally


class Command(BaseCommand):
    help = "Makes the stored counts of events anew from the current documents. Safe at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-missing", action="store_true", help="only where there are events and no counts")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_missing"] and (
            (Tally.objects.exists() and PairCount.objects.exists()) or not EventVersion.objects.exists()
        ):
            return
        events = tallying.recount()
        pairing.recount()
        at_hand.rewrite()
        bump()
        self.stdout.write(f"{events} events counted.")
