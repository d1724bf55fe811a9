"""Stacked bars: joint contacts per quarter by the third party. Pure."""

from collections.abc import Sequence

from peacetracker.analysis.quarters import ORDER, Quarter
from peacetracker.dashboard.figures.parts import Figure, colour_of, token
from peacetracker.dashboard.words import LANE_NAMES

BAR_MS = 74 * 24 * 3600 * 1000


def figure(quarters: Sequence[Quarter]) -> Figure:
    xs = [quarter.middle.isoformat() for quarter in quarters]
    names = [quarter.name for quarter in quarters]
    top = max((quarter.total for quarter in quarters), default=0)
    traces = [
        {
            "type": "bar",
            "name": str(LANE_NAMES[track]),
            "x": xs,
            "y": [quarter.counts.get(track, 0) for quarter in quarters],
            "width": BAR_MS,
            "marker": {"color": colour_of(track), "line": {"color": token("--paper"), "width": 1}},
            "customdata": names,
            "hovertemplate": "%{customdata} · " + str(LANE_NAMES[track]) + ": %{y}<extra></extra>",
        }
        for track in ORDER
    ]
    span = [f"{quarters[0].year - 1}-12-25", f"{quarters[-1].year}-12-31"] if quarters else None
    return {
        "data": traces,
        "layout": {
            "barmode": "stack",
            "annotations": series_labels(quarters),
            "xaxis": {
                "type": "date", "dtick": "M12", "tick0": "2021-01-01", "tickformat": "%Y", "ticklabelmode": "period",
                "range": span, "showgrid": False,
            },
            "yaxis": {"range": [0, top * 1.08], "fixedrange": True, "nticks": 6},
        },
        "meta": {},
    }  # fmt: skip


def series_labels(quarters: Sequence[Quarter]) -> list[Figure]:
    """A name for each series on empty paper: left of a bar whose neighbours are lower, else right of its last bar."""
    notes = []
    for i, track in enumerate(ORDER):
        name = str(LANE_NAMES[track])
        spot = _empty_paper(quarters, i, 1 if len(name) < 4 else 2)
        if spot:
            quarter, height = spot
            place = {"y": height, "xanchor": "right", "xshift": -17}
        else:
            shown = [quarter for quarter in quarters if quarter.counts.get(track)] or list(quarters)
            quarter = shown[-1]
            below = sum(quarter.counts.get(other, 0) for other in ORDER[:i])
            place = {"y": below + quarter.counts.get(track, 0) / 2, "xanchor": "left", "xshift": 12}
        if quarter.counts.get(track):
            notes.append(
                {"x": quarter.middle.isoformat(), "text": name, "showarrow": False, **place,
                 "font": {"size": 14, "color": token("--ink")}}
            )  # fmt: skip
    return notes


def _empty_paper(quarters: Sequence[Quarter], series: int, room: int) -> tuple[Quarter, float] | None:
    track = ORDER[series]
    best: tuple[int, Quarter, float] | None = None
    for at in range(room, len(quarters)):
        quarter = quarters[at]
        n = quarter.counts.get(track, 0)
        height = sum(quarter.counts.get(below, 0) for below in ORDER[:series]) + n / 2
        clear = all(left.total + 0.5 < height for left in quarters[at - room : at])
        if n and clear and (best is None or n > best[0]):
            best = (n, quarter, height)
    return best[1:] if best else None
