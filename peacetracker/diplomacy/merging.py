"""Two records made one: what hangs on the one goes over to the other, its address redirects, and all can be undone.

An undo has no time limit. It needs the heir to stand and later mergers into the same heir to be undone first; rows that
an editor has changed since stay as the editor has them.
"""

from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peacetracker.core.cache import one_bump
from peacetracker.core.text import fold
from peacetracker.diplomacy import record
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.models import Leader, Merger, Participation, Place
from peacetracker.diplomacy.models.base import Record
from peacetracker.diplomacy.moving import CannotMerge, Journal, change, move_all, take_back
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.showing import MODELS, naming, noun_of, together

# Where a record keeps the other spellings of its name.
OTHER_NAMES: dict[type[Record], str] = {Leader: "aliases", Place: "other_names"}


@dataclass
class Preview:
    """What a merger would do: kind of row, row, act; and what an editor should think about before."""

    told: list[tuple[str, str, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    new_names: list[str] = field(default_factory=list)


def preview(old: Any, heir: Any) -> Preview:
    """Carry the merger out and take it back at once: the preview is what will happen. Raises CannotMerge."""
    _refuse_unlike(old, heir)
    journal, new_names = Journal(), _new_names(old, heir)
    warnings = _warnings(old, heir)
    with transaction.atomic():
        move_all(old, heir, journal)
        transaction.set_rollback(True)
    return Preview(journal.told, warnings, new_names)


@transaction.atomic
def merge(old: Any, heir: Any, *, reason: str, author: Author) -> Merger:
    """Let `heir` stand for `old`. Raises CannotMerge; nothing is then changed."""
    old, heir = _locked(old), _locked(heir)
    _refuse_unlike(old, heir)
    touched, journal, at = together([naming(old), naming(heir)]), Journal(), author.at()
    reason = reason.strip() or f"the same {noun_of(old)} as {heir.slug}"
    with one_bump():
        move_all(old, heir, journal)
        if new_names := _new_names(old, heir):
            column = OTHER_NAMES[type(heir)]
            change(heir, column, [*getattr(heir, column), *new_names], journal)
        record.hide(old, Visibility.MERGED, reason=reason, heir=heir, at=at)
        record.settle_all(touched, author=Author(author.by, reason), changed=True)
    return Merger.objects.create(
        noun=noun_of(old), merged_id=old.pk, heir_id=heir.pk, merged_name=str(old)[:250], heir_name=str(heir)[:250],
        reason=reason, journal=journal.as_json(), at=at, by=author.by,
    )  # fmt: skip


@transaction.atomic
def undo(merger: Merger, *, author: Author) -> list[str]:
    """Bring both records back as they were. Raises CannotMerge. Returns what stayed as an editor changed it since."""
    merger = Merger.objects.select_for_update().get(pk=merger.pk)
    old, heir = records_of(merger)
    _refuse_undo(merger, old, heir)
    touched = together([naming(old), naming(heir)])
    at = author.at()
    with one_bump():
        left = _take_back(merger)
        record.show(old, at=at)
        touched = together([touched, naming(old), naming(heir)])
        record.settle_all(touched, author=author, changed=True)
    merger.undone_at, merger.undone_by = at, author.by
    merger.save(update_fields=["undone_at", "undone_by"])
    return left


def records_of(merger: Merger) -> tuple[Any, Any]:
    model = MODELS[merger.noun]
    return model._default_manager.get(pk=merger.merged_id), model._default_manager.get(pk=merger.heir_id)


def standing_merger(old: Any) -> Merger | None:
    """The merger by which this record is merged now."""
    return Merger.objects.filter(noun=noun_of(old), merged_id=old.pk, undone_at=None).first()


def _take_back(merger: Merger) -> list[str]:
    try:
        with transaction.atomic():
            return take_back(merger.journal)
    except IntegrityError as error:
        raise CannotMerge(
            _("What moved has been changed since, so it can't go back: %(why)s") % {"why": error}
        ) from None


def _locked(one: Any) -> Any:
    return one._meta.concrete_model._default_manager.select_for_update(of=("self",)).get(pk=one.pk)


def _refuse_unlike(old: Any, heir: Any) -> None:
    if noun_of(old) != noun_of(heir) or old.pk == heir.pk:
        raise CannotMerge(_("Choose two different records of one kind."))
    if not heir.is_public or not old.is_public:
        raise CannotMerge(_("Both records must be public; restore the one that is not."))
    for column in old._meta.concrete_fields:
        if column.related_model is type(old) and column.name != "heir" and getattr(old, column.attname) == heir.pk:
            raise CannotMerge(_("“%(one)s” refers to the other record: take that out first.") % {"one": old})


def _refuse_undo(merger: Merger, old: Any, heir: Any) -> None:
    if merger.undone_at:
        raise CannotMerge(_("This merger is undone already."))
    if not heir.is_public or old.heir_id != heir.pk:
        raise CannotMerge(_("“%(heir)s” is itself merged or withdrawn: undo that first.") % {"heir": heir})
    later = Merger.objects.filter(noun=merger.noun, heir_id=merger.heir_id, undone_at=None, pk__gt=merger.pk).first()
    if later:
        raise CannotMerge(_("Undo the later merger of “%(name)s” first.") % {"name": later.merged_name})


def _new_names(old: Any, heir: Any) -> list[str]:
    """The spellings of the merged record that its heir does not know yet."""
    column = OTHER_NAMES.get(type(heir))
    if column is None:
        return []
    known = {fold(name) for name in [*heir.spellings(), *getattr(heir, column)]}
    found: dict[str, str] = {}
    for name in [*old.spellings(), *getattr(old, column)]:
        if fold(name) not in known:
            found.setdefault(fold(name), name)
    return list(found.values())


def _warnings(old: Any, heir: Any) -> list[str]:
    warnings = []
    if isinstance(old, Leader):
        shared = Participation.objects.filter(leader=old, event__participations__leader=heir).select_related("event")
        if events := [str(part.event) for part in shared]:
            told = ngettext(
                "Both took part in %(count)d event: %(events)s. Are they one person?",
                "Both took part in %(count)d events: %(events)s. Are they one person?",
                len(events),
            )
            warnings.append(told % {"count": len(events), "events": "; ".join(events[:5])})
    if type(heir) not in OTHER_NAMES:
        warnings.append(_("The name “%(name)s” is not kept; the old address redirects.") % {"name": old})
    return warnings
