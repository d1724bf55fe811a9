"""Fit the curve from a draft's points to its chance of being right, on first readings of texts no rule had seen.

usage: python calibrate.py [FIRST_RUNS.jsonl]

Each line is one draft of a first reading: {"batch", "lang", "points", "right"}; `right` says that it matched a label in
kind, people, date and status. Prints the curve for rules/confidence.toml and, for each batch held out in turn, what the
curve of the others had promised against what came true.

Standard library only.
"""

import json
import math
import sys
from itertools import pairwise
from pathlib import Path

CENTRE = 0.75
LOWEST, HIGHEST = 0.3, 0.98  # the curve's ends: the least sure are right now and then, the surest not always
BINS = (0.0, 0.5, 0.7, 0.85, 1.01)
STEPS = 4000


def read(path):
    """The first readings as a list of dictionaries."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def fit(rows):
    """(intercept, slope) of the curve that makes what came true likeliest, by gradient ascent."""
    counts = {}  # points: (drafts, of them right)
    for row in rows:
        drafts, right = counts.get(row["points"], (0, 0))
        counts[row["points"]] = drafts + 1, right + row["right"]
    intercept, slope = 0.0, 4.0
    for _ in range(STEPS):
        lift = tilt = 0.0
        for points, (drafts, right) in counts.items():
            share = promised(points, intercept, slope)
            climb = (share - LOWEST) * (HIGHEST - share) / (HIGHEST - LOWEST)
            pull = (right / share - (drafts - right) / (1 - share)) * climb
            lift += pull
            tilt += pull * (points - CENTRE)
        intercept += 0.8 * lift / len(rows)
        slope += 8.0 * tilt / len(rows)
    return intercept, slope


def promised(points, intercept, slope):
    """The share of drafts with so many points that should be right."""
    return LOWEST + (HIGHEST - LOWEST) / (1 + math.exp(-(intercept + slope * (points - CENTRE))))


def held_out(rows):
    """(promised, right) of every draft, each batch by the curve of the other batches."""
    pairs = []
    for batch in sorted({row["batch"] for row in rows}):
        curve = fit([row for row in rows if row["batch"] != batch])
        pairs += [(promised(row["points"], *curve), row["right"]) for row in rows if row["batch"] == batch]
    return pairs


def table(pairs):
    """(low, high, drafts, mean promise, share right) of each bin that holds drafts."""
    found = []
    for low, high in pairwise(BINS):
        inside = [(p, r) for p, r in pairs if low <= p < high]
        if inside:
            count = len(inside)
            found.append((low, high, count, sum(p for p, _ in inside) / count, sum(r for _, r in inside) / count))
    return found


def main():
    rows = read(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).with_name("first_runs.jsonl"))
    print("intercept = {:.2f}\nslope = {:.2f}".format(*fit(rows)))
    for low, high, count, mean, share in table(held_out(rows)):
        print(f"promised {low:.2f}-{min(high, 1):.2f}: {count} drafts, {mean:.2f} on average, {share:.2f} right")


if __name__ == "__main__":
    main()
