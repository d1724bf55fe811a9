#!/usr/bin/env python3
# ruff: noqa
"""Score predicted diplomatic events against the hand-labelled corpus.

usage: python score.py GOLD.jsonl PRED.jsonl [--json]

GOLD  one document a line: {"doc_id","lang",...,"events":[{"kind","date","date_precision","participants","place","status",...}]}
PRED  one document a line: {"doc_id","events":[{"kind","date","participants","place","status"}]}
      ("date_precision" is optional in PRED; a document missing from PRED counts as an empty prediction;
       documents unknown to GOLD are an error, repeated doc_ids are merged.)

A predicted event matches a labelled one when
  * the kinds are equal,
  * the Jaccard overlap of the participant sets is >= 0.5 (two empty sets overlap fully), and
  * the dates agree: both unknown (null); or the same month when the labelled event has precision "month";
    or otherwise at most one day apart.
Matching is greedy and one-to-one within a document: candidate pairs are taken in descending order of
participant overlap, then nearer dates, same status, same place, then file order.

Standard library only.
"""

import argparse
import datetime
import json
import sys
import unicodedata

FIELDS = ("exact_date", "exact_participants", "place", "status")


def load(path, name):
    docs = {}
    with open(path, encoding="utf-8") as f:
        for n, line in enumerate(f, 1):
            line = line.strip()
            if not line:
                continue
            try:
                d = json.loads(line)
            except ValueError as e:
                sys.exit(f"{name} line {n}: not JSON ({e})")
            if "doc_id" not in d:
                sys.exit(f"{name} line {n}: no doc_id")
            if d["doc_id"] in docs:
                docs[d["doc_id"]]["events"] = list(docs[d["doc_id"]]["events"]) + list(d.get("events") or [])
            else:
                d["events"] = list(d.get("events") or [])
                docs[d["doc_id"]] = d
    return docs


def day(s):
    """date object for YYYY-MM-DD, or for YYYY-MM its first day; None when absent or unreadable."""
    if not s:
        return None
    s = str(s)
    if len(s) == 7:
        s += "-01"
    try:
        return datetime.date.fromisoformat(s)
    except ValueError:
        return None


def is_month(e):
    return e.get("date_precision") == "month" or len(str(e.get("date") or "")) == 7


def people(e):
    out = set()
    for p in e.get("participants") or []:
        if isinstance(p, dict):
            p = p.get("person")
        if p:
            out.add(str(p).strip().lower())
    return out


def jaccard(a, b):
    return 1.0 if not a and not b else len(a & b) / len(a | b)


def place(e):
    p = e.get("place")
    if isinstance(p, dict):
        p = p.get("city")
    if not p:
        return None
    p = unicodedata.normalize("NFKD", str(p))
    return " ".join("".join(c for c in p if not unicodedata.combining(c)).lower().split())


def date_gap(g, p):
    """None when the dates disagree, otherwise a distance used for ranking (0 is exact)."""
    a, b = day(g.get("date")), day(p.get("date"))
    if a is None or b is None:
        return 0 if a is None and b is None else None
    if is_month(g):
        return 0 if (a.year, a.month) == (b.year, b.month) else None
    gap = abs((a - b).days)
    return gap if gap <= 1 else None


def exact_date(g, p):
    a, b = day(g.get("date")), day(p.get("date"))
    if a is None or b is None:
        return a is None and b is None
    if is_month(g):
        return (a.year, a.month) == (b.year, b.month)
    return a == b and not is_month(p)


def match(gold, pred):
    cand = []
    for i, g in enumerate(gold):
        for j, p in enumerate(pred):
            if g.get("kind") != p.get("kind"):
                continue
            jac = jaccard(people(g), people(p))
            gap = date_gap(g, p)
            if jac < 0.5 or gap is None:
                continue
            cand.append((-jac, gap, g.get("status") != p.get("status"), place(g) != place(p), i, j))
    cand.sort()
    gi, pj, pairs = set(), set(), []
    for *_, i, j in cand:
        if i not in gi and j not in pj:
            gi.add(i)
            pj.add(j)
            pairs.append((i, j))
    return pairs


def blank():
    return {
        "docs": 0,
        "gold": 0,
        "pred": 0,
        "matched": 0,
        "ok": dict.fromkeys(FIELDS, 0),
        "not_held_matched": 0,
        "reported_as_held": 0,
        "empty_docs": 0,
        "empty_docs_clean": 0,
    }


def finish(c):
    g, p, m = c["gold"], c["pred"], c["matched"]
    prec = m / p if p else (1.0 if not g else 0.0)
    rec = m / g if g else (1.0 if not p else 0.0)
    f1 = 2 * prec * rec / (prec + rec) if prec + rec else 0.0
    r = {
        "documents": c["docs"],
        "gold_events": g,
        "pred_events": p,
        "matched": m,
        "precision": round(prec, 4),
        "recall": round(rec, 4),
        "f1": round(f1, 4),
    }
    for f in FIELDS:
        r[f + "_accuracy"] = round(c["ok"][f] / m, 4) if m else None
    r["cancelled_or_denied_matched"] = c["not_held_matched"]
    r["cancelled_or_denied_reported_as_held"] = c["reported_as_held"]
    r["negatives"] = c["empty_docs"]
    r["negatives_left_empty"] = c["empty_docs_clean"]
    return r


def add(c, g, p, pairs):
    c["docs"] += 1
    c["gold"] += len(g)
    c["pred"] += len(p)
    c["matched"] += len(pairs)
    if not g:
        c["empty_docs"] += 1
        c["empty_docs_clean"] += not p
    for i, j in pairs:
        a, b = g[i], p[j]
        c["ok"]["exact_date"] += exact_date(a, b)
        c["ok"]["exact_participants"] += people(a) == people(b)
        c["ok"]["place"] += place(a) == place(b)
        c["ok"]["status"] += a.get("status") == b.get("status")
        if a.get("status") in ("cancelled", "denied"):
            c["not_held_matched"] += 1
            c["reported_as_held"] += b.get("status", "held") == "held"


def score(gold, pred):
    extra = sorted(set(pred) - set(gold))
    if extra:
        sys.exit("PRED has documents that GOLD lacks: " + ", ".join(extra[:5]))
    total, langs, kinds, stats = blank(), {}, {}, {}
    for doc_id, d in gold.items():
        g = d["events"]
        p = pred[doc_id]["events"] if doc_id in pred else []
        pairs = match(g, p)
        add(total, g, p, pairs)
        add(langs.setdefault(d.get("lang", "?"), blank()), g, p, pairs)
        for table, key in ((kinds, "kind"), (stats, "status")):
            for v in {e.get(key) for e in g + p}:
                sub_g = [i for i, e in enumerate(g) if e.get(key) == v]
                sub_p = [j for j, e in enumerate(p) if e.get(key) == v]
                c = table.setdefault(str(v), blank())
                c["docs"] += 1
                c["gold"] += len(sub_g)
                c["pred"] += len(sub_p)
                for i, j in pairs:
                    if i in sub_g and (key == "status" or j in sub_p):
                        c["matched"] += 1
    by_kind = {}
    for k, c in sorted(kinds.items()):
        r = finish(c)
        by_kind[k] = {x: r[x] for x in ("gold_events", "pred_events", "matched", "precision", "recall", "f1")}
    by_status = {}
    for k, c in sorted(stats.items()):
        by_status[k] = {
            "gold_events": c["gold"],
            "pred_events": c["pred"],
            "gold_matched": c["matched"],
            "recall": round(c["matched"] / c["gold"], 4) if c["gold"] else None,
        }
    return {
        "all": finish(total),
        "by_lang": {k: finish(v) for k, v in sorted(langs.items())},
        "by_kind": by_kind,
        "by_status": by_status,
    }


def show(r):
    def f(x):
        return "-" if x is None else (f"{x:.3f}" if isinstance(x, float) else str(x))

    cols = [
        ("set", 8),
        ("docs", 5),
        ("gold", 5),
        ("pred", 5),
        ("match", 6),
        ("P", 7),
        ("R", 7),
        ("F1", 7),
        ("date", 7),
        ("people", 7),
        ("place", 7),
        ("status", 7),
        ("as-held", 8),
        ("neg-ok", 8),
    ]
    print("".join(n.rjust(w) for n, w in cols))
    for name, x in [("all", r["all"])] + list(r["by_lang"].items()):
        row = [
            name,
            x["documents"],
            x["gold_events"],
            x["pred_events"],
            x["matched"],
            x["precision"],
            x["recall"],
            x["f1"],
            x["exact_date_accuracy"],
            x["exact_participants_accuracy"],
            x["place_accuracy"],
            x["status_accuracy"],
            f"{x['cancelled_or_denied_reported_as_held']}/{x['cancelled_or_denied_matched']}",
            f"{x['negatives_left_empty']}/{x['negatives']}",
        ]
        print("".join(f(v).rjust(w) for v, (_, w) in zip(row, cols)))
    print(
        "\nas-held: matched cancelled/denied events that the prediction calls held (should be 0); "
        "neg-ok: documents without events left empty\n"
    )
    print(
        "kind".ljust(20)
        + "gold".rjust(6)
        + "pred".rjust(6)
        + "match".rjust(7)
        + "P".rjust(8)
        + "R".rjust(8)
        + "F1".rjust(8)
    )
    for k, x in r["by_kind"].items():
        print(
            k.ljust(20)
            + f(x["gold_events"]).rjust(6)
            + f(x["pred_events"]).rjust(6)
            + f(x["matched"]).rjust(7)
            + f(x["precision"]).rjust(8)
            + f(x["recall"]).rjust(8)
            + f(x["f1"]).rjust(8)
        )
    print("\nstatus".ljust(21) + "gold".rjust(6) + "pred".rjust(6) + "found".rjust(7) + "R".rjust(8))
    for k, x in r["by_status"].items():
        print(
            k.ljust(20)
            + f(x["gold_events"]).rjust(6)
            + f(x["pred_events"]).rjust(6)
            + f(x["gold_matched"]).rjust(7)
            + f(x["recall"]).rjust(8)
        )


def main():
    ap = argparse.ArgumentParser(description="Score predicted events against the labelled corpus.")
    ap.add_argument("gold")
    ap.add_argument("pred")
    ap.add_argument("--json", action="store_true", help="print the figures as JSON")
    a = ap.parse_args()
    r = score(load(a.gold, "GOLD"), load(a.pred, "PRED"))
    if a.json:
        print(json.dumps(r, indent=1, ensure_ascii=False))
    else:
        show(r)


if __name__ == "__main__":
    main()
