"""Texts a second and memory of the extraction, on the labelled texts cut or joined to about 200 words."""

import json
import resource
import time
from datetime import date
from pathlib import Path

from peacetracker.newsroom.extraction import Gazetteer, extract

ROOT = Path(__file__).parents[1]
NOUNS = ("people", "offices", "tenures", "parties", "places", "topics", "bodies", "proposals")
ROUNDS = 20
WORDS = 200


def main() -> None:
    rows = {n: [json.loads(line) for line in (ROOT / "data" / f"{n}.jsonl").open(encoding="utf-8")] for n in NOUNS}
    gazetteer = Gazetteer.from_rows(rows)
    docs = [json.loads(line) for line in (ROOT / "corpus" / "dev.jsonl").open(encoding="utf-8")]
    words = sum(len(d["text"].split()) for d in docs) * ROUNDS
    began = time.perf_counter()
    for _ in range(ROUNDS):
        for doc in docs:
            extract(gazetteer, text=doc["text"], title=doc["title"], published=date.fromisoformat(doc["published"]))
    took = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{words / WORDS / took:.0f} texts of {WORDS} words a second (limit 1000); {memory:.0f} MB (limit 100)")


if __name__ == "__main__":
    main()
