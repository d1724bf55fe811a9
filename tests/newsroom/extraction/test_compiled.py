"""A build of the compiled rules belongs to the files it was made of; without one the plain files are read."""

import os
import shutil
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from peacetracker.newsroom.extraction import compiled

from .test_extraction import NOUNS, ROOT


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


def test_without_a_compiler_it_says_what_is_missing_and_the_rules_stay_plain(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(compiled, "BUILDS", tmp_path / "builds")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(CommandError, match="there is no C compiler"):
        call_command("compile_rules")
    call_command("compile_rules", "--try")
    assert "stay plain Python" in capsys.readouterr().err
    assert not compiled.BUILDS.exists()


READ = """
import json, sys
from datetime import date
from pathlib import Path
from peacetracker.newsroom.extraction import Gazetteer, compiled, engine, extract

rows = {noun: [json.loads(line) for line in (Path("data") / f"{noun}.jsonl").open(encoding="utf-8")] for noun in NOUNS}
gazetteer = Gazetteer.from_rows(rows)
for name in ("dev", "own"):
    for doc in map(json.loads, (Path("corpus") / f"{name}.jsonl").open(encoding="utf-8")):
        found = extract(gazetteer, text=doc["text"], title=doc["title"], published=date.fromisoformat(doc["published"]))
        print(ascii(found))
print(Path(engine.__file__).suffix, file=sys.stderr)
"""


def _drafts(way):
    """(drafts of all labelled texts, ending of the file that read them) in a process of its own."""
    script = f"NOUNS = {NOUNS!r}{READ}"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=os.environ | {"EXTRACTION": way}, capture_output=True, check=True
    )
    return done.stdout, done.stderr.split()[-1]


@pytest.mark.compiler_only
def test_a_build_gives_the_same_drafts_to_the_byte():
    """By the build that `make compile` makes; it is kept, so only changed rules take the minutes again."""
    subprocess.run([sys.executable, "manage.py", "compile_rules"], cwd=ROOT, check=True)
    plain, ending = _drafts("plain")
    assert ending == b".py"
    assert plain.count(b"DraftEvent(") > 500
    assert _drafts("compiled") == (plain, b".so")
