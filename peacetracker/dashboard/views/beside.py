"""Two proposals next to each other, point by point, and in words what each leaves open."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peacetracker.analysis.positions import Grid, Row, Stand, grid, stands_on
from peacetracker.analysis.side_by_side import Openness, Pairing, openness, paired
from peacetracker.dashboard.caching import until_of
from peacetracker.dashboard.views.finding import answered
from peacetracker.dashboard.words import SIDE_NAMES, SUBJECT_NAMES
from peacetracker.diplomacy.filters import PARAMETERS, TRACKING, BadFilter
from peacetracker.diplomacy.models import Proposal

ENDS = ("one", "other")


@dataclass(frozen=True)
class Text:
    """One of the two proposals with its stands laid out."""

    proposal: Proposal
    laid: Grid
    whole: Row | None
    open: Openness
    sentence: str


@answered
def beside(request: HttpRequest) -> HttpResponse:
    chosen = [_asked(request.GET, end) for end in ENDS]
    known = {row.pk: row for row in Proposal.objects.public().select_related("succeeds").order_by("date", "pk")}
    texts = [_text(known[pk]) for pk in chosen if pk]
    context: dict[str, Any] = {
        "until": until_of(request),
        "proposals": list(known.values()),
        "chosen": [known[pk].slug if pk else "" for pk in chosen],
        "rounds": [row for row in known.values() if row.succeeds and row.succeeds.pk in known],
        "sides": SIDE_NAMES,
    }
    if len(texts) == len(ENDS):
        pairings = paired(*(text.laid.rows for text in texts))
        context |= {
            "texts": texts,
            "rows": [(str(SUBJECT_NAMES[pairing.subject]), (pairing.one, pairing.other)) for pairing in pairings],
            "alone": [_alone(pairings, text, end) for text, end in zip(texts, ENDS, strict=True)],
        }
    return render(request, "dashboard/proposals_beside.html", context)


def _asked(params: QueryDict, end: str) -> int | None:
    """The proposal that `end` names, by key. Raises BadFilter."""
    for name in params:
        if name not in ENDS and not name.startswith(TRACKING):
            raise BadFilter(name, _("“%(name)s” is not a parameter.") % {"name": name}, ENDS)
    given = [slug for slug in params.getlist(end) if slug]
    if len(given) > 1:
        raise BadFilter(end, _("%(name)s can be given once only.") % {"name": end}, [end])
    return PARAMETERS["proposal"].read(end, given)[0] if given else None


def _text(proposal: Proposal) -> Text:
    laid = grid(proposal.points.all(), stands_on(proposal), {code: str(name) for code, name in SIDE_NAMES.items()})
    left = openness(laid.rows)
    whole = next((row for row in laid.rows if row.point is None), None)
    return Text(proposal, laid, whole, left, " ".join(_told(left, whole)))


def _told(left: Openness, whole: Row | None) -> list[str]:
    """What remains open, from the latest stand of each side in its own voice."""
    if not left.points:
        return [_("No points of it are on record."), *_whole_told(whole)]
    said = [_agreed(left)]
    if left.open:
        said.append(_("Open: %(points)s.") % {"points": ", ".join(_stances(row) for row in left.open)})
    if left.unanswered:
        n = len(left.unanswered)
        said.append(
            ngettext("On %(n)d point one side or both have no stand of their own on record.",
                     "On %(n)d points one side or both have no stand of their own on record.", n) % {"n": n}
        )  # fmt: skip
    return [*said, *_whole_told(whole)]


def _agreed(left: Openness) -> str:
    told = {"n": len(left.agreed), "all": left.points, "points": _named(left.agreed)}
    if not left.agreed:
        return ngettext("Its %(all)d point is not accepted by both sides in their latest own words.",
                        "Of its %(all)d points both sides accept none in their latest own words.",
                        left.points) % told  # fmt: skip
    return ngettext("Both sides accept its %(all)d point in their latest own words (%(points)s).",
                    "Both sides accept %(n)d of its %(all)d points in their latest own words (%(points)s).",
                    left.points) % told  # fmt: skip


def _whole_told(whole: Row | None) -> list[str]:
    if whole is None or not any(lane.latest for lane in whole.lanes):
        return []
    return [_("On the text as a whole: %(stands)s.") % {"stands": _lanes(whole)}]


def _named(rows: list[Row]) -> str:
    return ", ".join(row.point.title or str(row.point.n) for row in rows if row.point)


def _stances(row: Row) -> str:
    title = (row.point.title or str(row.point.n)) if row.point else ""
    return f"{title} ({_lanes(row)})"


def _lanes(row: Row) -> str:
    return "; ".join(f"{lane.name}: {_stance(lane.latest)}" for lane in row.lanes)


def _stance(stand: Stand | None) -> str:
    if stand is None:
        return _("no stand of its own")
    return f"{stand.position.get_stance_display()}, {stand.position.date_in_words()}"


def _alone(pairings: list[Pairing], text: Text, end: str) -> str:
    """The subjects that one proposal alone speaks of."""
    away = ENDS[1 - ENDS.index(end)]
    names = [str(SUBJECT_NAMES[p.subject]) for p in pairings if getattr(p, end) and not getattr(p, away)]
    told = {"name": text.proposal.name, "subjects": ", ".join(names)}
    return _("Only in “%(name)s”: %(subjects)s.") % told if names else ""
