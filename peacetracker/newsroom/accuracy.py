"""How often editors take a draft as it was read, and how the extraction scores on the labelled texts. Counts only."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from peacetracker.newsroom import reasons
from peacetracker.newsroom.models import Decision, Draft, DraftSource

HERE = Path(__file__).resolve().parent
SCORES = HERE / "packaged" / "accuracy.json"
# Confidence from this on; the desk sorts its queue by the same.
BANDS = (0.8, 0.6, 0.0)
UNCHANGED, EDITED, MERGED, REJECTED = "unchanged", "edited", "merged", "rejected"
OUTCOMES = (UNCHANGED, EDITED, MERGED, REJECTED)


@dataclass(frozen=True)
class Verdict:
    """What became of one draft, and what was known of it when it was read."""

    outcome: str
    confidence: float
    lang: str
    reason: str


@dataclass(frozen=True)
class Tally:
    """Decided drafts of one kind, by what became of them."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Scores:
    """The result of `manage.py score_extraction`. `current`: the extraction has not been changed since."""

    measured_on: date
    current: bool
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class Accuracy:
    total: Tally
    last: datetime | None
    by_band: list[Tally]
    by_lang: list[Tally]
    by_reason: list[tuple[str, int]]
    taken_back: int


def accuracy() -> Accuracy:
    """What editors decided so far on drafts that the extraction read, not on those sent by people. Four queries."""
    read = Decision.objects.filter(draft__submitted_by="")
    standing = read.filter(taken_back_at=None)
    found, last = verdicts(standing)
    return Accuracy(
        _tally(_("All"), found),
        last,
        _groups(found, lambda one: _band(one.confidence), map(_band, BANDS)),
        _groups(found, lambda one: one.lang, sorted({one.lang for one in found})),
        _by_reason(one.reason for one in found if one.outcome == REJECTED),
        read.exclude(taken_back_at=None).count(),
    )


def verdicts(standing: QuerySet[Decision]) -> tuple[list[Verdict], datetime | None]:
    """Each decision that stands as a verdict, and when the last one was made."""
    first = DraftSource.objects.filter(draft=OuterRef("draft")).order_by("pk").values("article__lang")[:1]
    rows = standing.annotate(lang=Subquery(first)).values_list(
        "draft_id", "act", "at", "reason", "draft__confidence", "lang"
    )
    mended, found, last = _mended(), [], None
    for draft, act, at, reason, confidence, lang in rows:
        found.append(Verdict(_outcome(act, draft in mended), confidence, lang or "", reason))
        last = max(last or at, at)
    return found, last


def _mended() -> set[int]:
    """Drafts of which an editor changed a field: the log of the admin tells it."""
    kind = ContentType.objects.get_for_model(Draft)
    log = LogEntry.objects.filter(content_type=kind, action_flag=CHANGE).exclude(change_message__in=("", "[]"))
    return {int(pk) for pk in log.values_list("object_id", flat=True) if pk}


def _outcome(act: str, mended: bool) -> str:
    if act == Decision.Act.APPROVE:
        return EDITED if mended else UNCHANGED
    return MERGED if act == Decision.Act.MERGE else REJECTED


def _band(confidence: float) -> str:
    floor = next(band for band in BANDS if confidence >= band)
    if floor == BANDS[0]:
        return _("confidence %(from).1f or more") % {"from": floor}
    above = BANDS[BANDS.index(floor) - 1]
    if not floor:
        return _("confidence below %(to).1f") % {"to": above}
    return _("confidence %(from).1f to %(to).1f") % {"from": floor, "to": above}


def _tally(name: str, found: Iterable[Verdict]) -> Tally:
    counts = Counter(one.outcome for one in found)
    return Tally(name, tuple(counts[outcome] for outcome in OUTCOMES))


def _groups(found: Iterable[Verdict], key: Callable[[Verdict], str], names: Iterable[str]) -> list[Tally]:
    found = list(found)
    return [_tally(name, [one for one in found if key(one) == name]) for name in names]


def _by_reason(given: Iterable[str]) -> list[tuple[str, int]]:
    known = reasons.spellings()
    counts = Counter(reasons.class_of(reason, known) for reason in given)
    return [(name, counts[n]) for n, name in enumerate(reasons.names()) if counts[n]]


def extraction_digest() -> str:
    """One hash of the rules and the code that read a text."""
    total = hashlib.sha256()
    for file in sorted([*HERE.glob("extraction/**/*.py"), *HERE.glob("extraction/**/*.toml")]):
        total.update(file.read_bytes())
    return total.hexdigest()


EXTRACTION = extraction_digest()


def scores(path: Path = SCORES) -> Scores | None:
    """What was measured on the labelled texts; None where nothing was yet."""
    if not path.exists():
        return None
    told = json.loads(path.read_text(encoding="utf-8"))
    return Scores(date.fromisoformat(told["measured_on"]), told["extraction"] == EXTRACTION, told["rows"])
