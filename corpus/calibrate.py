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
BINS = (0.0, 0.5, 0.7, 0.85, 1.01)
STEPS = 4000


def read(path):
    """The first readings as a list of dictionaries."""
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def fit(rows):
    """(intercept, slope) of the logistic curve, by gradient ascent."""
    intercept = slope = 0.0
    for _ in range(STEPS):
        lift = tilt = 0.0
        for row in rows:
            x = row["points"] - CENTRE
            miss = row["right"] - promised(row["points"], intercept, slope)
            lift += miss
            tilt += miss * x
        intercept += 0.2 * lift / len(rows)
        slope += 2.0 * tilt / len(rows)
    return intercept, slope


def promised(points, intercept, slope):
    """The share of drafts with so many points that should be right."""
    return 1 / (1 + math.exp(-(intercept + slope * (points - CENTRE))))


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
