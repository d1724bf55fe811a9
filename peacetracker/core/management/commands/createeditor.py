"""`manage.py createeditor NAME`: someone who may work at the editors' desk."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

EDITORS, CHIEF_EDITORS = "Editors", "Chief editors"


class Command(BaseCommand):
    help = "Makes an editor: a user of the admin in the group Editors, with --chief also in Chief editors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name to log in with")
        parser.add_argument("--chief", action="store_true", help="may also do what is kept for chief editors")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def handle(self, *args: Any, name: str, chief: bool, password_stdin: bool, **options: Any) -> None:
        users = get_user_model().objects
        if users.filter(username=name).exists():
            raise CommandError(f"There is a user {name} already.")
        password = sys.stdin.readline().rstrip("\n") if password_stdin else self._ask()
        groups = [EDITORS, CHIEF_EDITORS] if chief else [EDITORS]
        try:
            with transaction.atomic():
                user = users.create_user(name, password=password, is_staff=True)
                user.full_clean()
                validate_password(password, user)
                user.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{name} may now log in at /admin/ ({', '.join(groups)}).")

    def _ask(self) -> str:
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Once more: "):
            raise CommandError("The two passwords differ.")
        return password
