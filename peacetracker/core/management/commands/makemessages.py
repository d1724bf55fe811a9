"""`manage.py makemessages`: Django's own, so set that two people who renew the catalogues get the same files."""

from pathlib import Path

from django.core.management.base import CommandParser
from django.core.management.commands import makemessages

NOT_READ = ["bench/*", "corpus/*", "static/*", "staticfiles/*", "tests/*", "var/*"]
LAID_OUT = ["--no-wrap", "--add-location=file"]
DATED = ("POT-Creation-Date", "PO-Revision-Date")  # would differ at every run; git knows when


class Command(makemessages.Command):
    # A guessed translation is worse than none: without a sentence of its own a message stays in English.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching", *LAID_OUT]
    msgattrib_options = [*makemessages.Command.msgattrib_options, *LAID_OUT]
    msguniq_options = [*makemessages.Command.msguniq_options, *LAID_OUT]
    xgettext_options = [*makemessages.Command.xgettext_options, *LAID_OUT]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(all=True, no_obsolete=True, ignore_patterns=NOT_READ)

    def write_po_file(self, potfile: str, locale: str) -> None:
        super().write_po_file(potfile, locale)
        path = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if not line.startswith(tuple(f'"{d}' for d in DATED))), "utf-8")
