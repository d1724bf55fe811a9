"""The compiled rules are the plain ones: an old build is never read, and both give the same drafts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from peacetracker.newsroom.extraction import compiled

ROOT = Path(__file__).parents[3]
READ = """
import json, sys
from datetime import date
from pathlib import Path
from peacetracker.newsroom.extraction import Gazetteer, engine, extract
lines = lambda path: [json.loads(line) for line in path.open(encoding="utf-8")]
nouns = "people offices tenures parties places topics bodies proposals".split()
gazetteer = Gazetteer.from_rows({noun: lines(Path("data", f"{noun}.jsonl")) for noun in nouns})
print(engine.__file__)
for name in ("dev", "own"):
    for doc in lines(Path("corpus", f"{name}.jsonl")):
        day = date.fromisoformat(doc["published"])
        print(extract(gazetteer, text=doc["text"], title=doc["title"], published=day).events)
"""


def drafts(**environment):
    done = subprocess.run(
        [sys.executable, "-c", READ],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return done.stdout.partition("\n")[::2]


@pytest.mark.skipif(not compiled.folder().is_dir(), reason="not compiled here: `make compile` does it")
def test_the_compiled_rules_give_the_same_drafts():
    where, compiled_drafts = drafts(EXTRACTION="")
    plainly, plain_drafts = drafts(EXTRACTION="plain")
    assert where.endswith((".so", ".pyd"))
    assert plainly.endswith(".py")
    assert compiled_drafts == plain_drafts


def test_a_build_belongs_to_the_files_it_was_made_of(tmp_path, monkeypatch):
    (tmp_path / "status.py").write_text("NEAR = 4\n")
    monkeypatch.setattr(compiled, "HERE", tmp_path)
    before = compiled.folder()
    (tmp_path / "__init__.py").write_text("")
    assert compiled.folder() == before
    (tmp_path / "status.py").write_text("NEAR = 5\n")
    assert compiled.folder() != before


def test_without_a_build_the_plain_files_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled, "BUILDS", tmp_path)
    path = ["here"]
    assert not compiled.prefer(path)
    assert path == ["here"]
