"""The timeline: lanes by third party, marks by kind, size by who was there. Pure: marks in, a Plotly figure out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peacetracker.analysis.timeline import GROUND, STATEMENTS, Cell, Mark, surname
from peacetracker.core.dates import DAY, in_words
from peacetracker.dashboard.figures.parts import SYMBOL, Figure, colour_of, day_after, token, wrapped
from peacetracker.dashboard.words import BRIEF_NAMES, KIND_NAMES, LANE_NAMES, STATUS_NAMES
from peacetracker.diplomacy.calling import called
from peacetracker.diplomacy.choices import Kind, Status, Track

# Rows of place names above each lane.
RAILS = {Track.DIRECT: 2, Track.EU: 2, Track.RUSSIA: 2, Track.US: 1, Track.OTHER: 1}
RAIL_HEIGHT = 15
LINES = (GROUND, STATEMENTS)  # lanes whose marks are strokes or alike in size
DODGE = 3.0
# Days in view, and how many times larger marks are then.
ENLARGED = ((100, 1.7), (370, 1.5), (1100, 1.25))


@dataclass(frozen=True, slots=True)
class Placed:
    mark: Mark
    y: float


@dataclass(frozen=True)
class Frame:
    """What the axes hold: the lanes, the days from and to, and how many pixels a day has when marks are set apart."""

    lanes: Sequence[str]
    since: date
    until: date
    width: int
    narrow_from: date | None = None

    @property
    def pixels(self) -> float:
        return self.width / max((self.until - self.since).days, 1)

    @property
    def enlarged(self) -> float:
        days = (self.until - self.since).days
        return next((times for most, times in ENLARGED if days <= most), 1.0)

    def middle_of(self, mark: Mark) -> date:
        """The middle of the days on which the mark may have been, of those that are in view."""
        first, last = max(mark.first, self.since), min(mark.last, self.until)
        return first + (last - first) / 2


@dataclass
class Heights:
    centre: dict[str, float]
    rail: dict[str, float]
    bottom: float


def context_marks() -> list[tuple[date, str]]:
    """Five days that give the lanes their context, worded as in the record."""
    return [
        (date(2020, 11, 10), _("Ceasefire statement")),
        (date(2022, 9, 13), _("Border fighting")),
        (date(2023, 9, 19), _("Karabakh offensive")),
        (date(2024, 4, 19), _("First border section agreed")),
        (date(2025, 8, 8), _("Treaty text initialled")),
    ]


def size_of(mark: Mark, frame: Frame) -> float:
    """Pixels across: by who was there, and larger the shorter the time that the frame holds."""
    return round(_plain_size(mark) * frame.enlarged, 1)


def _plain_size(mark: Mark) -> int:
    if mark.lane in LINES:
        return 7 if mark.lane == GROUND else 6
    if mark.at_leaders_level:
        return 13
    return 9 if mark.joint else 5


def is_hollow(mark: Mark) -> bool:
    return mark.status != Status.HELD


def set_apart(marks: Iterable[Mark], frame: Frame) -> dict[str, list[Placed]]:
    """A mark never leaves its date: where marks would touch, they move across the lane, the largest keep its middle.

    Only marks in the same or a neighbouring column of pixels can touch, so only those are compared.
    """
    taken: dict[tuple[str, int], list[tuple[float, float, float]]] = defaultdict(list)
    placed: dict[str, list[Placed]] = {lane: [] for lane in frame.lanes}
    for mark in sorted(marks, key=lambda m: (-size_of(m, frame), m.first, m.slug)):
        x = (frame.middle_of(mark) - frame.since).days * frame.pixels
        radius = size_of(mark, frame) / 2 + (1.8 if mark.kind == Kind.AGREEMENT else 0.8)
        column = int(x // 16)
        near = [spot for c in (column - 1, column, column + 1) for spot in taken[mark.lane, c]]
        y = _free(x, radius, near)
        taken[mark.lane, column].append((x, y, radius))
        placed[mark.lane].append(Placed(mark, y))
    return placed


def _free(x: float, radius: float, near: list[tuple[float, float, float]]) -> float:
    for step in range(60):
        y = (step + 1) // 2 * DODGE * (1 if step % 2 else -1)
        if all((x - px) ** 2 + (y - py) ** 2 >= (radius + pr) ** 2 for px, py, pr in near):
            return y
    return 0.0


def stack(placed: dict[str, list[Placed]], frame: Frame) -> Heights:
    """How high each lane stands, downwards from nought: as high as its marks need, with rails for place names."""
    centre, rail, cursor = {}, {}, 0.0
    for lane, spots in placed.items():
        room = RAILS.get(lane, 0) * RAIL_HEIGHT  # type: ignore[call-overload]
        half = max([abs(spot.y) + size_of(spot.mark, frame) / 2 for spot in spots] + [11]) + 9
        rail[lane], centre[lane] = cursor - room, cursor - half - room
        cursor -= 2 * half + room
    return Heights(centre, rail, cursor)


def group_of(mark: Mark) -> str:
    if is_hollow(mark):
        return "hollow"
    if mark.lane in LINES or not mark.joint:
        return "small"
    return "leaders" if mark.at_leaders_level else "joint"


def figure(marks: Sequence[Mark], frame: Frame) -> Figure:
    placed = set_apart((mark for mark in marks if mark.lane in frame.lanes), frame)
    heights = stack(placed, frame)
    traces = [band for lane in frame.lanes if (band := _bands(lane, placed[lane], heights))]
    for lane, spots in placed.items():
        for group, members in groupby(sorted(spots, key=lambda s: group_of(s.mark)), key=lambda s: group_of(s.mark)):
            traces.append(_trace(lane, group, list(members), heights, frame))
    shapes, notes = _context(frame)
    return {
        "data": traces,
        "layout": {
            "shapes": [*_base_lines(frame, heights), *shapes],
            "annotations": [*notes, *_places(placed, heights)],
            "xaxis": _time_axis(frame),
            "yaxis": _lane_axis(placed, heights),
        },
        "meta": _meta(frame, heights.bottom, "marks"),
    }


def _trace(lane: str, group: str, spots: list[Placed], heights: Heights, frame: Frame) -> Figure:
    stroke = group == "hollow" or lane in LINES
    colour = colour_of(lane)
    suffix = "-open" if group == "hollow" and lane not in LINES else ""
    ordered = sorted(spots, key=lambda spot: (spot.mark.first, spot.mark.slug))
    marker = {
        "symbol": [SYMBOL[Kind(spot.mark.kind)] + suffix for spot in ordered],
        "size": [size_of(spot.mark, frame) + (4 if spot.mark.kind == Kind.AGREEMENT else 0) for spot in ordered],
        "color": colour,
        "opacity": 0.75 if group == "small" and lane != GROUND else 1,
        "line": {
            "width": 1.4 if stroke else 0 if group == "small" else 0.8,
            "color": colour if stroke else token("--paper"),
        },
    }
    return {
        "type": "scatter",
        "mode": "markers",
        "name": str(LANE_NAMES[lane]),
        "x": [frame.middle_of(spot.mark).isoformat() for spot in ordered],
        "y": [round(heights.centre[lane] + spot.y, 1) for spot in ordered],
        "marker": marker,
        "customdata": [spot.mark.slug for spot in ordered],
        "text": [hover(spot.mark) for spot in ordered],
        "hovertemplate": "%{text}<extra></extra>",
        "meta": group,
    }


def _bands(lane: str, spots: list[Placed], heights: Heights) -> Figure | None:
    """Pale bars for dates that are known to the month or year, and for events of several days."""
    bands = [spot for spot in spots if spot.mark.is_band]
    if not bands:
        return None
    xs: list[str | None] = []
    ys: list[float | None] = []
    for spot in bands:
        y = round(heights.centre[lane] + spot.y, 1)
        xs += [spot.mark.first.isoformat(), day_after(spot.mark.last).isoformat(), None]
        ys += [y, y, None]
    return {
        "type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": {"width": 5, "color": colour_of(lane)},
        "opacity": 0.28, "customdata": [spot.mark.slug for spot in bands for _end in range(3)], "hoverinfo": "skip",
        "meta": "band",
    }  # fmt: skip


def hover(mark: Mark) -> str:
    """The card over a mark: title, date and place, people, kind and number of sources, what is doubtful."""
    when = in_words(mark.first, mark.precision)
    if mark.precision == DAY and mark.is_band:
        when = f"{when} – {in_words(mark.last)}"
    count = ngettext("%(n)d source", "%(n)d sources", mark.sources) % {"n": mark.sources}
    facts = [str(KIND_NAMES[Kind(mark.kind)]), count]
    facts += [_("accounts differ")] if mark.differs else []
    facts += [str(STATUS_NAMES[Status(mark.status)])] if is_hollow(mark) else []
    lines = [f"<b>{wrapped(mark.title)}</b>", " · ".join(filter(None, [when, wrapped(called(mark.place))]))]
    who = ", ".join(surname(called(name)) for name in mark.who[:5])
    return "<br>".join([*lines, *filter(None, [wrapped(who)]), " · ".join(facts)])


def _places(placed: dict[str, list[Placed]], heights: Heights) -> list[Figure]:
    """Names of the places where the leaders of both sides met, for the rails above the lanes."""
    spots = [spot for lane in placed.values() for spot in lane if spot.mark.at_leaders_level]
    talks = [s for s in spots if s.mark.kind in (Kind.MEETING, Kind.CALL) and s.mark.status == Status.HELD]
    return [
        {
            "x": spot.mark.first.isoformat(),
            "y": round(heights.rail[spot.mark.lane], 1),
            "z": round(heights.centre[spot.mark.lane] + spot.y, 1),
            "rows": RAILS.get(spot.mark.lane, 0),  # type: ignore[call-overload]
            "text": wrapped(called(spot.mark.place)) or _("call"),
            "hovertext": spot.mark.slug,
            "showarrow": False,
            "yanchor": "bottom",
            "font": {"size": 13, "color": token("--ink")},
            "name": "place",
        }
        for spot in sorted(talks, key=lambda s: s.mark.first)
        if RAILS.get(spot.mark.lane)  # type: ignore[call-overload]
    ]


def _context(frame: Frame) -> tuple[list[Figure], list[Figure]]:
    shapes, notes = [], []
    for day, text in context_marks():
        if not frame.since <= day <= frame.until:
            continue
        x = day.isoformat()
        line = {"color": token("--rule-strong"), "width": 1, "dash": "2px,3px"}
        shapes.append(
            {"type": "line", "xref": "x", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1, "line": line,
             "layer": "below"}
        )  # fmt: skip
        notes.append(
            {"x": x, "y": 1, "yref": "paper", "text": text, "showarrow": False, "xanchor": "left", "xshift": -2,
             "yanchor": "bottom", "yshift": 2, "font": {"size": 12.5, "color": token("--muted")}, "name": "mark"}
        )  # fmt: skip
    return shapes, notes


def _base_lines(frame: Frame, heights: Heights) -> list[Figure]:
    return [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y", "y0": heights.centre[lane],
         "y1": heights.centre[lane], "line": {"color": token("--rule"), "width": 1}, "layer": "below"}
        for lane in frame.lanes
    ]  # fmt: skip


def _time_axis(frame: Frame) -> Figure:
    years = (frame.until - frame.since).days / 365
    ticks: Figure
    if years > 2.5:
        ticks = {"dtick": "M12", "tickformat": "%Y", "ticklabelmode": "period"}
    elif years > 0.25:
        ticks = {"dtick": "M3" if years > 0.8 else "M1", "tickformat": "%b %Y", "ticklabelmode": "period"}
    else:
        ticks = {"dtick": 7 * 24 * 3600 * 1000, "tickformat": "%e %b", "ticklabelmode": "instant"}
    return {
        "type": "date", "range": [frame.since.isoformat(), frame.until.isoformat()], "tick0": "2021-01-01", **ticks,
        "side": "bottom", "showgrid": True,
    }  # fmt: skip


def _lane_axis(placed: dict[str, list[Placed]], heights: Heights) -> Figure:
    return {
        "range": [heights.bottom - 2, 18],
        "tickvals": [round(heights.centre[lane], 1) for lane in placed],
        "ticktext": [lane_label(lane, [spot.mark for spot in spots]) for lane, spots in placed.items()],
        "showgrid": False,
        "fixedrange": True,
    }


def lane_label(lane: str, marks: Sequence[Mark]) -> str:
    name = f"<b>{LANE_NAMES[lane]}</b>"
    if lane in (GROUND, STATEMENTS, Track.COMMISSIONS):
        return name
    both = sum(mark.joint for mark in marks)
    note = (
        str(len(marks)) if lane == Track.DIRECT
        else _("both in %(both)d of %(all)d") % {"both": both, "all": len(marks)}
    )  # fmt: skip
    return f"{name}<br><span style='font-size:12px'>{note}</span>"


def _meta(frame: Frame, bottom: float, mode: str) -> Figure:
    narrow = frame.narrow_from.isoformat() if frame.narrow_from else None
    brief = [str(BRIEF_NAMES[lane]) for lane in frame.lanes]
    return {"height": round(-bottom), "lanes": list(frame.lanes), "brief": brief, "narrowFrom": narrow, "mode": mode}


def density_figure(cells: Sequence[Cell], frame: Frame) -> Figure:
    """Too many events for single marks: how many each lane has in each month, the darker the more."""
    months = sorted({cell.month for cell in cells})
    counts = {(cell.lane, cell.month): cell.count for cell in cells}
    step = 62
    steps = [[i / 5, token(f"--q{i}")] for i in range(6)]
    heat = {
        "type": "heatmap",
        "x": [month.isoformat() for month in months],
        "y": [-step * i - step / 2 for i in range(len(frame.lanes))],
        "z": [[counts.get((lane, month)) for month in months] for lane in frame.lanes],
        "colorscale": steps,
        "showscale": False,
        "xgap": 1,
        "ygap": 8,
        "hovertemplate": "%{x|%Y-%m}: %{z}<extra></extra>",
        "meta": {"lanes": [str(LANE_NAMES[lane]) for lane in frame.lanes]},
    }
    shapes, notes = _context(frame)
    totals = {lane: sum(counts.get((lane, month), 0) for month in months) for lane in frame.lanes}
    bottom = -step * len(frame.lanes)
    axis = {
        "range": [bottom - 2, 18],
        "tickvals": heat["y"],
        "ticktext": [
            f"<b>{LANE_NAMES[lane]}</b><br><span style='font-size:12px'>{totals[lane]}</span>" for lane in frame.lanes
        ],
        "showgrid": False,
        "fixedrange": True,
    }
    layout = {"shapes": shapes, "annotations": notes, "xaxis": _time_axis(frame), "yaxis": axis}
    return {"data": [heat], "layout": layout, "meta": _meta(frame, bottom, "density")}


def frame_around(
    first: date, last: date, lanes: Sequence[str], *, width: int, narrow_from: date | None = None
) -> Frame:
    """The frame that holds some days with a margin on both sides."""
    margin = timedelta(days=min(max(20, (last - first).days // 50), max((last - first).days // 12, 2)))
    return Frame(lanes, first - margin, last + margin, width, narrow_from)
