"""Texts a second on one core, memory, and scores of the extraction on the labelled texts."""

import gc
import importlib.util
import json
import resource
import time
from datetime import date
from pathlib import Path

from peacetracker.newsroom.extraction import NOUNS, Gazetteer, extract
from peacetracker.newsroom.extraction.output import as_line

ROOT = Path(__file__).parents[1]
ROUNDS = 20
WORDS = 200


def main() -> None:
    rows = {n: _lines(ROOT / "data" / f"{n}.jsonl") for n in NOUNS}
    gazetteer = Gazetteer.from_rows(rows)
    docs = _lines(ROOT / "corpus" / "dev.jsonl")
    words = sum(len(d["text"].split()) for d in docs)
    gc.collect()
    gc.freeze()
    _read(gazetteer, docs)
    took = min(_seconds(gazetteer, docs) for _ in range(ROUNDS))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{words / WORDS / took:.0f} texts of {WORDS} words a second of processor time (limit 1000)")
    print(f"{memory:.0f} MB (limit 100)")
    for name in ("dev", "own"):
        _print_scores(gazetteer, name)


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def _seconds(gazetteer: Gazetteer, docs: list[dict]) -> float:
    began = time.process_time()
    _read(gazetteer, docs)
    return time.process_time() - began


def _read(gazetteer: Gazetteer, docs: list[dict]) -> dict[str, dict]:
    return {
        doc["doc_id"]: as_line(
            gazetteer,
            doc["doc_id"],
            extract(gazetteer, text=doc["text"], title=doc["title"], published=date.fromisoformat(doc["published"])),
        )
        for doc in docs
    }


def _print_scores(gazetteer: Gazetteer, name: str) -> None:
    spec = importlib.util.spec_from_file_location("score", ROOT / "corpus" / "score.py")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    docs = _lines(ROOT / "corpus" / f"{name}.jsonl")
    found = scorer.score({doc["doc_id"]: doc for doc in docs}, _read(gazetteer, docs))
    print(f"{name}: " + ", ".join(f"{lang} F1 {score['f1']:.3f}" for lang, score in found["by_lang"].items()))


if __name__ == "__main__":
    main()
