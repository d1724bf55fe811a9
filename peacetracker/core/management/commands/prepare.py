"""`manage.py prepare`: everything that must be true of the database before the application serves."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

# In this order; each may run at every start and does nothing the second time.
STEPS: list[tuple[str, list[str]]] = [
    ("migrate", ["--verbosity=0"]),
    ("load_record", ["--if-changed"]),
    ("recount", ["--if-missing"]),
    ("sync_feeds", []),
]


class Command(BaseCommand):
    help = "Migrates the database and loads the record and the list of feeds, as far as they have changed."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, arguments in STEPS:
            call_command(name, *arguments, stdout=self.stdout, stderr=self.stderr)
