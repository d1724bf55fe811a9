"""`score_extraction`: run the extraction over the labelled texts and keep the score that /accuracy/ shows."""

import importlib.util
import json
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from peacetracker.newsroom.accuracy import SCORES, extraction_digest

CORPUS = settings.BASE_DIR / "corpus"
SHOWN = (
    "documents", "gold_events", "pred_events", "matched", "precision", "recall", "f1", "exact_date_accuracy",
    "exact_participants_accuracy", "status_accuracy", "cancelled_or_denied_reported_as_held",
)  # fmt: skip


class Command(BaseCommand):
    help = "Scores the extraction on corpus/dev.jsonl and writes the result for the page /accuracy/."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--output", type=Path, default=SCORES)

    def handle(self, *args: object, output: Path, **options: Any) -> None:
        scorer = _scorer()
        gold = CORPUS / "dev.jsonl"
        with tempfile.TemporaryDirectory() as folder:
            drafts = Path(folder) / "drafts.jsonl"
            call_command("extract", input=gold, output=drafts, record=settings.DATA_DIR, stderr=self.stderr)
            found = scorer.score(scorer.load(gold, "GOLD"), scorer.load(drafts, "PRED"))
        sets = {"": found["all"], **found["by_lang"]}
        told = {
            "measured_on": timezone.now().date().isoformat(),
            "extraction": extraction_digest(),
            "rows": [{"lang": lang, **{name: one[name] for name in SHOWN}} for lang, one in sets.items()],
        }
        output.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"F1 {found['all']['f1']} over {found['all']['documents']} texts, kept in {output}")


def _scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(CORPUS / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    return scorer
