"""Making a release: the files first, under another name; then the row and the rename that let readers see it."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from peacetracker.access import changes
from peacetracker.access.contents import last_recorded
from peacetracker.access.describing import text_of
from peacetracker.access.models import Release
from peacetracker.access.packaging import Tell, nobody, write_package, write_sums
from peacetracker.core.cache import bump
from peacetracker.diplomacy.keeping import covered_until

EVERY = timedelta(days=7)
# A version is dated before the transaction ends that brings it; by then every one has ended.
SETTLED = timedelta(minutes=2)
DELTA, SUMMARY = "delta.jsonl", "CHANGES.md"


def directory_of(release: Release) -> Path:
    return Path(settings.RELEASES_DIR) / release.version


def is_due(now: datetime) -> bool:
    """A week has passed since the last release, and the record has changed since."""
    last = Release.objects.first()
    if last and now - last.made_at < EVERY:
        return False
    changed = last_recorded(now)
    return changed is not None and (last is None or changed >= last.made_at)


def next_version(now: datetime) -> str:
    """Year, month and a number that begins at 0 in each month."""
    month = f"{now.year}.{now.month}"
    made = Release.objects.filter(version__startswith=f"{month}.").values_list("version", flat=True)
    return f"{month}.{1 + max((int(version.rpartition('.')[2]) for version in made), default=-1)}"


def make_release(*, note: str = "", now: datetime | None = None, tell: Tell = nobody) -> Release | None:
    """Make a release of the record as it stands; None if it holds no event, or nothing changed since the last one."""
    moment = now or timezone.now()
    last, changed = Release.objects.first(), last_recorded(moment)
    if changed is None or (last and changed < last.made_at):
        return None
    root = Path(settings.RELEASES_DIR)
    root.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".making-", dir=root))
    try:
        release = write_release(work, Release(version=next_version(moment), made_at=moment, note=note), last, tell)
        if not release.event_count:
            return None
        work.chmod(0o755)
        with transaction.atomic():
            release.save(force_insert=True)
            bump()  # what is cached of the list of releases is old now
            os.rename(work, root / release.version)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return release


def write_release(directory: Path, release: Release, last: Release | None, tell: Tell = nobody) -> Release:
    """Write the files of a release into an empty directory, and tell the release what it holds."""
    until = release.covered_until or covered_until()
    edition, release.event_count = write_package(
        directory, moment=release.made_at, covered_until=until, version=release.version, tell=tell
    )
    release.covered_until = edition.covered_until
    if last:
        release.changes = write_changes(directory, release, last)
    release.files = write_sums(directory)
    release.sha256 = release.files[-1]["sha256"]
    return release


def write_changes(directory: Path, release: Release, last: Release) -> dict[str, Any]:
    """The delta file, and the same in words. Returns the numbers by kind of change."""
    counts: Counter[str] = Counter()
    events: list[changes.Change] = []
    with (directory / DELTA).open("w", encoding="utf-8", newline="") as file:
        for change in changes.between(last.made_at, release.made_at):
            counts[change.change] += 1
            file.write(change.line())
            if change.noun == "event":
                events.append(change)
    numbers = {"since": last.version, **{kind: counts[kind] for kind in changes.KINDS}}
    (directory / "changes.json").write_text(text_of(numbers), encoding="utf-8")
    (directory / SUMMARY).write_text(in_words(release, numbers, events), encoding="utf-8")
    return numbers


def in_words(release: Release, numbers: dict[str, Any], events: Iterable[changes.Change]) -> str:
    lines = [f"# {release.version}, changes since {numbers['since']}", ""]
    lines.append(", ".join(f"{numbers[kind]} {kind}" for kind in changes.KINDS) + f" (all nouns; see `{DELTA}`).")
    told = list(events)
    for kind in changes.KINDS:
        if chosen := [change for change in told if change.change == kind]:
            lines += ["", f"## Events {kind}", "", *(f"- {_told(change)}" for change in chosen)]
    return "\n".join(lines) + "\n"


def _told(change: changes.Change) -> str:
    more = [
        f"was {change.was}" if change.was else "",
        f"now {change.heir}" if change.heir else "",
        change.reason or "",
    ]
    return ": ".join(filter(None, [change.name, "; ".join(filter(None, more))]))
