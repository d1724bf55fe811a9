"""Floors under the scores: the labelled set by language, and our own short cases by part."""

import importlib.util
import json
import random
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from peacetracker.newsroom.extraction import extract
from peacetracker.newsroom.extraction.lexicon import rules
from peacetracker.newsroom.extraction.output import as_line

from .test_extraction import GAZETTEER, ROOT

CASES = [json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").open(encoding="utf-8")]
TELLINGS = [json.loads(line) for line in (Path(__file__).parent / "tellings.jsonl").open(encoding="utf-8")]
CORPUS = ROOT / "corpus"
# Deliberately under what is reached today, so that only a real fall fails.
FLOORS = [
    ("dev", "en", 0.98),
    ("dev", "ru", 0.93),
    ("dev", "hy", 0.9),
    ("dev", "az", 0.9),
    ("own", "en", 0.79),  # more than half of it are digests and essays meant to be hard
    ("own", "ru", 0.79),
    ("own", "hy", 0.85),
    ("own", "az", 0.835),
]
CASE_FLOORS = {"shaped": 0.85, "held-back": 0.8}


def _script(name):
    spec = importlib.util.spec_from_file_location(name, CORPUS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def _scores(name):
    docs = [json.loads(line) for line in (CORPUS / f"{name}.jsonl").open(encoding="utf-8")]
    told = {}
    for doc in docs:
        found = extract(
            GAZETTEER,
            text=doc["text"],
            title=doc["title"],
            published=date.fromisoformat(doc["published"]),
            lang=doc["lang"],
        )
        told[doc["doc_id"]] = as_line(GAZETTEER, doc["doc_id"], found)
    return _script("score").score({doc["doc_id"]: doc for doc in docs}, told)


@pytest.mark.parametrize(("name", "lang", "floor"), FLOORS)
def test_it_keeps_its_score_on_the_labelled_sets(name, lang, floor):
    assert _scores(name)["by_lang"][lang]["f1"] >= floor


@pytest.mark.parametrize(
    ("field", "dev", "own"),
    [("exact_date", 0.97, 0.97), ("exact_participants", 0.93, 0.91), ("place", 0.9, 0.86), ("status", 0.97, 0.97)],
)
def test_it_keeps_the_fields_of_the_events_it_finds(field, dev, own):
    assert _scores("dev")["all"][f"{field}_accuracy"] >= dev
    assert _scores("own")["all"][f"{field}_accuracy"] >= own


@pytest.mark.parametrize(("name", "known"), [("dev", 0), ("own", 1)])  # one of batch 45 is still read wrongly
def test_it_gives_no_labelled_cancelled_or_denied_event_as_held(name, known):
    assert _scores(name)["all"]["cancelled_or_denied_reported_as_held"] <= known


def test_it_leaves_texts_without_events_empty():
    counts = [_scores(name)["all"] for name in ("dev", "own")]
    assert sum(c["negatives_left_empty"] for c in counts) >= 0.9 * sum(c["negatives"] for c in counts)


def test_it_is_right_as_often_as_its_confidence_promises():
    """Each batch by the curve of the others, on the first reading, before any rule was made for it."""
    calibrate = _script("calibrate")
    rows = calibrate.read(CORPUS / "first_runs.jsonl")
    for _, _, count, promise, right in calibrate.table(calibrate.held_out(rows)):
        assert count < 50 or abs(promise - right) <= 0.05
    curve = rules("confidence")["curve"]
    assert calibrate.fit(rows) == pytest.approx((curve["intercept"], curve["slope"]), abs=0.05)
    assert (curve["lowest"], curve["highest"]) == (calibrate.LOWEST, calibrate.HIGHEST)


def _reads(telling):
    """Whether every event of a short text, and no other, is found; "any" stands for a day that the text leaves open."""
    published = date.fromisoformat(telling["published"])
    found = as_line(GAZETTEER, "telling", extract(GAZETTEER, text=telling["text"], published=published, lang="en"))
    left = [(e["kind"], e["status"], sorted(e["participants"]), e["date"]) for e in found["events"]]
    for event in telling["events"]:
        wanted = event["kind"], event["status"], event["participants"]
        day = event["date"]  # a day, a month, None, or "any"
        same = [e for e in left if e[:3] == wanted]
        hit = next((e for e in same if day in ("any", e[3]) or (day and (e[3] or "").startswith(day))), None)
        if hit is None:
            return False
        left.remove(hit)
    return not left


def test_it_reads_ways_of_telling_that_labelled_texts_had_not_shown():
    missed = [telling["text"] for telling in TELLINGS if not _reads(telling)]
    assert len(missed) <= 0.01 * len(TELLINGS), missed


def test_it_reads_a_sentence_cut_after_any_word():
    """Feeds cut their teasers anywhere, also behind a word that asks for the one after it."""
    draw, told = random.Random(1), {}
    for doc in (json.loads(line) for line in (CORPUS / "own.jsonl").open(encoding="utf-8")):
        told.setdefault(doc["lang"], []).extend(sentence.split() for sentence in doc["text"].split(". "))
    for lang in ("en", "en", "ru", "hy", "az"):
        for words in draw.sample(told[lang], 40):
            for cut in range(1, len(words)):
                text = " ".join(words[:cut])
                found = extract(GAZETTEER, text=text, published=date(2023, 5, 19), lang=lang)
                assert all(event.evidence for event in found.events), text


def _exact(case):
    found = extract(GAZETTEER, text=case["text"], published=date.fromisoformat(case["published"]), lang=case["lang"])
    line = as_line(GAZETTEER, "case", found)
    names = ("kind", "status", "date", "place")
    got = {(*(e[n] for n in names), frozenset(e["participants"])) for e in line["events"]}
    wanted = {(*(e[n] for n in names), frozenset(e["participants"])) for e in case["events"]}
    return len(got & wanted), len(got) + len(wanted)


@pytest.mark.parametrize(("part", "floor"), CASE_FLOORS.items())
def test_it_tells_our_short_cases_exactly(part, floor):
    pairs = [_exact(case) for case in CASES if case["part"] == part]
    assert 2 * sum(hits for hits, _ in pairs) / sum(count for _, count in pairs) >= floor


@pytest.mark.parametrize("case", [c for c in CASES if any(e["status"] in ("cancelled", "denied") for e in c["events"])])
def test_it_never_gives_what_was_called_off_or_denied_as_held(case):
    found = extract(GAZETTEER, text=case["text"], published=date.fromisoformat(case["published"]), lang=case["lang"])
    line = as_line(GAZETTEER, "case", found)
    off = [e for e in case["events"] if e["status"] in ("cancelled", "denied")]
    held = [e for e in line["events"] if e["status"] == "held"]
    assert not [
        h for h in held for o in off if set(h["participants"]) == set(o["participants"]) and h["date"] == o["date"]
    ]
