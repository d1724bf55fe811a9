"""`manage.py make_key NAME`: a key for a program that uses the API."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from peacetracker.access.keys import make_key
from peacetracker.access.models import Scope


class Command(BaseCommand):
    help = "Makes an API key and prints its token, which is shown this once and kept nowhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="who or what uses it")
        parser.add_argument(
            "--scope",
            action="append",
            choices=Scope.values,
            help="what it is good for (default: read); may be repeated",
        )
        parser.add_argument("--owner", default="", help="whom to write to")
        parser.add_argument("--rate", default="", help="requests in a span of time, like 1200/min; 0 for no limit")

    def handle(self, *args: Any, name: str, scope: list[str] | None, owner: str, rate: str, **options: Any) -> None:
        try:
            key, token = make_key(name=name, scopes=scope or [Scope.READ.value], owner=owner, rate=rate)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stderr.write(f"{key.name}: {', '.join(key.scopes)}. Keep this token; it can't be shown again:")
        self.stdout.write(token)
