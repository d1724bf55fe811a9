"""`manage.py dump_record DIR`: the record back into the files that load_record reads."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from peacetracker.diplomacy import exchange


class Command(BaseCommand):
    help = "Writes the record as JSON Lines, the files that load_record reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, directory: Path, **options: Any) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        for noun in exchange.DUMPS:
            lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in exchange.rows(noun)]
            draft = directory / f".{noun}.jsonl.part"
            draft.write_text("".join(lines), encoding="utf-8")
            draft.replace(directory / f"{noun}.jsonl")
            self.stdout.write(f"  {noun}: {len(lines)}")
