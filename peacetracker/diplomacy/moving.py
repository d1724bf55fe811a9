"""Everything that hangs on one row, hung on another: moved, or dropped where the other has the same already.

What was done is kept in a journal, by which `take_back` brings both rows back exactly. Used by merging.py.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from django.utils.translation import gettext as _

from peacetracker.diplomacy.choices import Role
from peacetracker.diplomacy.models import (
    Account,
    AccountLine,
    Announcement,
    AtHand,
    Citation,
    Discrepancy,
    EventVersion,
    Membership,
    Participation,
    Point,
    Position,
    Tenure,
)

ROOM = "diplomacy"
# What is written anew from an event, and ends with it.
DERIVED = (EventVersion, AtHand)
# The columns that make two rows of one owner the same row.
SAME: dict[type[Model], tuple[str, ...]] = {
    Participation: ("event_id", "leader_id"),
    Citation: ("event_id", "proposal_id", "body_id", "commitment_id", "announcement_id", "source_id"),
    Membership: ("body_id", "leader_id", "role", "start", "end"),
    Account: ("event_id", "voice_id", "source_id"),
    AccountLine: ("account_id", "subject", "text"),
    Announcement: ("event_id", "announced_on", "by_id", "text"),
    Discrepancy: ("event_id", "proposal_id", "tenure_id", "field", "value", "according_to"),
    Point: ("proposal_id", "n"),
    Position: (
        "proposal_id", "topic_id", "point_id", "party_id", "stance", "asserted_by", "date", "source_id",
    ),
}  # fmt: skip
# Rows whose order on the page is that in which they were made: those that come to another owner go to its end.
AT_THE_END = {(Participation, "event"), *((Citation, owner) for owner in ("event", "proposal", "body", "commitment"))}


class CannotMerge(ValueError):
    """The two can't be one record as they stand; the message says why, for the editor."""


@dataclass
class Journal:
    """What a merger did to the rows, in order of kind; `told` says it for the editor."""

    moved: list[dict[str, Any]] = field(default_factory=list)
    dropped: list[dict[str, Any]] = field(default_factory=list)
    added: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    told: list[tuple[str, str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        kept = asdict(self)
        del kept["told"]
        return kept

    def tell(self, row: Model, act: str) -> None:
        """Remember for the preview: what kind of row, which one, and what happens to it."""
        if not row._meta.auto_created:
            words = f"{row} · {row.event}" if isinstance(row, Participation | Account) else str(row)
            self.told.append((str(row._meta.verbose_name_plural), words, act))
            return
        owner, other = (getattr(row, column.name) for column in _columns(type(row)))
        kinds = f"{owner._meta.verbose_name_plural} · {other._meta.verbose_name_plural}"
        self.told.append((kinds, f"{owner} · {other}", act))


def _columns(model: type[Model]) -> list[Any]:
    """The foreign keys of a table, in the order of its columns."""
    return [column for column in model._meta.concrete_fields if isinstance(column, ForeignKey)]


def _label(row: Model) -> str:
    return row._meta.label_lower


def pointers(model: type[Model]) -> Iterator[tuple[Any, Any]]:
    """Table and foreign key of all in the record that may point to a row of this model, rows of lists included."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)):
            continue
        table: Any = relation.related_model
        if table._meta.app_label == ROOM and table not in DERIVED:
            yield table, relation.field  # type: ignore[union-attr]


def move_all(row: Any, to: Any, journal: Journal) -> None:
    """Let everything that points to `row` point to `to`. Raises CannotMerge."""
    for table, column in pointers(row._meta.concrete_model):
        for one in table._base_manager.filter(**{column.name: row}).order_by("pk"):
            _move(one, column, to, journal)


def _move(one: Any, column: Any, to: Any, journal: Journal) -> None:
    if _would_point_to_itself(one, column, to):
        if not one._meta.auto_created:
            raise CannotMerge(_("“%(one)s” refers to the other record: take that out first.") % {"one": one})
        _drop(one, journal, _("left out, since both are one now"))
        return
    twin = _twin(one, column, to)
    if twin is not None:
        _settle_role(one, twin, journal)
        move_all(one, twin, journal)
        _drop(one, journal, _("both have it: one stays"))
    elif (type(one), column.name) in AT_THE_END or (one._meta.auto_created and _columns(type(one))[0] == column):
        _hang_at_the_end(one, column, to, journal)
    else:
        journal.tell(one, _("moves"))
        _put(one, column.attname, to.pk, journal.moved)


def _would_point_to_itself(one: Any, column: Any, to: Any) -> bool:
    if one._meta.auto_created:
        others = [each for each in _columns(type(one)) if each != column]
        return any(
            each.related_model == column.related_model and getattr(one, each.attname) == to.pk for each in others
        )
    return bool(column.related_model is type(one) and one.pk == to.pk)


def _twin(one: Any, column: Any, to: Any) -> Any:
    """The row of `to` that says the same as this one, if there is one."""
    if isinstance(one, Tenure) and column.name == "leader":
        return _twin_tenure(one, to)
    names = SAME.get(type(one), ())
    if one._meta.auto_created:
        names = tuple(each.attname for each in _columns(type(one)))
    if not names or (isinstance(one, Point) and one.n is None):
        return None
    wanted = {name: getattr(one, name) for name in names} | {column.attname: to.pk}
    return type(one)._base_manager.filter(**wanted).exclude(pk=one.pk).first()


def _twin_tenure(one: Tenure, to: Any) -> Tenure | None:
    """The other's tenure of the same office, if this one adds nothing to it. Raises CannotMerge if they disagree."""
    for held in Tenure.objects.filter(leader=to, office=one.office_id):
        if not held.span.overlaps(one.span):
            continue
        if (held.start, held.end) == (one.start, one.end) or not (one.start or one.end):
            return held
        raise CannotMerge(
            _("The tenures overlap and differ: “%(one)s” and “%(other)s”. Mend one of them first.")
            % {"one": one, "other": held}
        )
    return None


def _settle_role(one: Any, twin: Any, journal: Journal) -> None:
    """Where both took part in one event, the role that says more stands."""
    if isinstance(one, Participation) and twin.role == Role.PARTICIPANT != one.role:
        journal.tell(twin, _("takes the role “%(role)s”") % {"role": one.get_role_display()})
        change(twin, "role", one.role, journal)


def change(row: Any, name: str, value: Any, journal: Journal) -> None:
    """Give a field of a row that stays another value, and remember what it was."""
    journal.changed.append({"model": _label(row), "pk": row.pk, "field": name, "was": getattr(row, name), "is": value})
    setattr(row, name, value)
    type(row)._base_manager.filter(pk=row.pk).update(**{name: value})


def _put(row: Any, name: str, value: Any, moved: list[dict[str, Any]]) -> None:
    moved.append({"model": _label(row), "pk": row.pk, "field": name, "was": getattr(row, name), "is": value})
    type(row)._base_manager.filter(pk=row.pk).update(**{name: value})


def _drop(row: Any, journal: Journal, act: str) -> None:
    journal.tell(row, act)
    journal.dropped.append({"model": _label(row), "fields": _values(row)})
    row.delete()


def _hang_at_the_end(row: Any, column: Any, to: Any, journal: Journal) -> None:
    journal.tell(row, _("moves"))
    journal.dropped.append({"model": _label(row), "fields": _values(row)})
    row.delete()
    row.pk = None
    row._state.adding = True
    setattr(row, column.attname, to.pk)
    row.save(force_insert=True)
    journal.added.append({"model": _label(row), "pk": row.pk})


def _values(row: Any) -> dict[str, Any]:
    """A row as JSON can hold it: days and moments as text."""
    found = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def take_back(journal: dict[str, Any]) -> list[str]:
    """Do the opposite of all that the journal holds, last first. Returns what could not be done, for the editor.

    A row that an editor has since moved, changed or removed stays as the editor has it.
    """
    left: list[str] = []
    for done in reversed(journal["added"]):
        apps.get_model(done["model"])._base_manager.filter(pk=done["pk"]).delete()
    for done in reversed(journal["dropped"]):
        _make_again(done)
    for done in reversed([*journal["moved"], *journal["changed"]]):
        rows = apps.get_model(done["model"])._base_manager.filter(pk=done["pk"])
        row = rows.first()
        if row is None or getattr(row, done["field"]) != done["is"]:
            left.append(_("%(row)s was changed since and stays as it is.") % {"row": row or done["model"]})
        else:
            rows.update(**{done["field"]: done["was"]})
    return left


def _make_again(done: dict[str, Any]) -> None:
    model = apps.get_model(done["model"])
    values = {
        column.attname: column.to_python(done["fields"][column.attname]) for column in model._meta.concrete_fields
    }
    model._base_manager.bulk_create([model(**values)])
