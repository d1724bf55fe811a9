"""Two states of one record → what changed, field by field, in words. Pure: it reads documents and nothing else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from peacetracker.core.rewording import Piece, pieces

Document = Mapping[str, Any]
Text = str | Promise

# Changes with every version, or follows from the public name.
NOT_TOLD = frozenset({"updated_at", "url", "id"})
LABELS: dict[str, Text] = {
    "accounts": gettext_lazy("Accounts"),
    "aliases": gettext_lazy("Other spellings"),
    "announcements": gettext_lazy("Announcements"),
    "by": gettext_lazy("By"),
    "commissions": gettext_lazy("Commissions and bodies"),
    "commitments": gettext_lazy("Commitments"),
    "date": gettext_lazy("Date"),
    "date_precision": gettext_lazy("Date known to the"),
    "discrepancies": gettext_lazy("Discrepancies"),
    "end_date": gettext_lazy("Last day"),
    "joint": gettext_lazy("Both sides took part"),
    "kind": gettext_lazy("Kind"),
    "level": gettext_lazy("Level"),
    "members": gettext_lazy("Members"),
    "name": gettext_lazy("Name"),
    "name_native": gettext_lazy("Name"),
    "native_unsure": gettext_lazy("Languages whose form is a guess"),
    "note": gettext_lazy("Note"),
    "offices": gettext_lazy("Offices"),
    "other_names": gettext_lazy("Other names"),
    "outcomes": gettext_lazy("Outcomes"),
    "participants": gettext_lazy("Participants"),
    "parties": gettext_lazy("Parties"),
    "place": gettext_lazy("Place"),
    "points": gettext_lazy("Points"),
    "positions": gettext_lazy("Positions"),
    "proposals": gettext_lazy("Proposals"),
    "sources": gettext_lazy("Sources"),
    "status": gettext_lazy("Status"),
    "summary": gettext_lazy("Summary"),
    "title": gettext_lazy("Title"),
    "topics": gettext_lazy("Topics"),
    "track": gettext_lazy("Track"),
}
# By what a row of a list is known again in another version, and by what a reader knows it.
IDENTITIES = (("id",), ("slug",), ("leader", "role"), ("leader",), ("office", "start"), ("n", "title"))
CALLED = ("name", "title", "leader", "text", "office", "summary", "field", "slug", "url")


@dataclass(frozen=True)
class Difference:
    """One field that changed; an empty side says that it was not there."""

    field: str
    before: str
    after: str

    @property
    def sides(self) -> tuple[list[Piece], list[Piece]]:
        """Both, in pieces: which words went and which came."""
        return pieces(self.before, self.after)


def differences(old: Document | None, new: Document | None) -> list[Difference]:
    """All that differs between two states of a record; nothing if one of them is not known."""
    if old is None or new is None:
        return []
    return [one for name in {**old, **new} if name not in NOT_TOLD
            for one in _compare(_label(name), old.get(name), new.get(name))]  # fmt: skip


def _label(name: str) -> str:
    return str(LABELS.get(name) or name.replace("_", " ").capitalize())


def _compare(label: str, before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    if _has_rows(before) or _has_rows(after):
        yield from _rows(label, before or [], after or [])
    elif isinstance(before, Mapping) and isinstance(after, Mapping) and not _called(after):
        for name in {**before, **after}:
            yield from _compare(f"{label} ({name})", before.get(name), after.get(name))
    else:
        yield Difference(label, in_words(before), in_words(after))


def _has_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(row, Mapping) for row in value)


def _rows(label: str, before: Sequence[Document], after: Sequence[Document]) -> Iterator[Difference]:
    old, new = _by_identity(before), _by_identity(after)
    for key, row in old.items():
        if key not in new:
            yield Difference(label, in_words(row), "")
            continue
        for name in {**row, **new[key]}:
            if name not in NOT_TOLD:
                yield from _compare(f"{label} · {_short(row)} · {_label(name)}", row.get(name), new[key].get(name))
    for key, row in new.items():
        if key not in old:
            yield Difference(label, "", in_words(row))
    shared = [key for key in new if key in old]
    if shared != [key for key in old if key in new]:
        order = _("%(label)s, in this order") % {"label": label}
        yield Difference(order, ", ".join(map(_short, before)), ", ".join(map(_short, after)))


def _by_identity(rows: Sequence[Document]) -> dict[str, Document]:
    """The rows by what names them; a second one of the same name is told apart by a number."""
    found: dict[str, Document] = {}
    for row in rows:
        key = _identity(row)
        while key in found:
            key += "+"
        found[key] = row
    return found


def _identity(row: Document) -> str:
    for names in IDENTITIES:
        if all(name in row for name in names):
            return " ".join(in_words(row[name]) for name in names)
    return in_words(row)


def _called(row: Document) -> str:
    return next((in_words(row[name]) for name in CALLED if row.get(name)), "")


def _short(row: Document) -> str:
    text = _called(row)
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"


def in_words(value: Any) -> str:
    """A value as a reader would write it down: no brackets, no quotes, nothing for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        called = _called(value)
        others = [in_words(held) for name, held in value.items() if name not in NOT_TOLD and name != "slug"]
        return (
            called
            if len(value) <= 5 and "slug" in value
            else " · ".join(dict.fromkeys(filter(None, [called, *others])))
        )
    if isinstance(value, list):
        return ", ".join(map(in_words, value))
    return str(value)
