"""Pictures drawn by the server as SVG: where each mark of a strip stands. Numbers only, no markup."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from peacetracker.analysis.around import Series
from peacetracker.analysis.people import Year
from peacetracker.analysis.positions import Grid, Lane, Row, Stand
from peacetracker.analysis.silence import Gauge
from peacetracker.analysis.timeline import Month
from peacetracker.core.dates import MONTH, in_words, widest
from peacetracker.diplomacy.choices import BoundPrecision
from peacetracker.diplomacy.models import Tenure

GAUGE_SCALE = 320  # days; what is longer stands at the end


@dataclass(frozen=True)
class GaugeStrip:
    """A gauge of 1000 units: ticks of earlier intervals, the median, and the present one as a bar."""

    gauge: Gauge
    ticks: list[float]
    median: float | None
    now: float


def gauge_strip(gauge: Gauge) -> GaugeStrip:
    def at(days: int) -> float:
        return round(min(days, GAUGE_SCALE) / GAUGE_SCALE * 1000, 1)

    known = gauge.intervals
    median = at(known.median) if known.median is not None else None
    # Ticks lie upon each other and grow darker; beyond so many each place is drawn once.
    gaps = known.gaps if len(known.gaps) <= 500 else sorted({min(gap, GAUGE_SCALE) for gap in known.gaps})
    return GaugeStrip(gauge, [at(gap) for gap in gaps], median, at(known.now))


@dataclass(frozen=True)
class Axis:
    """Days along a strip of `width` units with a margin at both ends."""

    first: date
    last: date
    width: int
    margin: int = 10

    def at(self, day: date) -> float:
        inside = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(self.margin + min(max(inside, 0), 1) * (self.width - 2 * self.margin), 1)

    def years(self) -> list[tuple[float, int]]:
        run = range(self.first.year, self.last.year + 2)
        return [(self.at(date(y, 1, 1)), y) for y in run if self.first <= date(y, 1, 1) <= self.last]


@dataclass(frozen=True)
class Tick:
    x: float
    label: str


@dataclass(frozen=True)
class SeriesMark:
    x: float
    chosen: bool
    title: str
    slug: str


@dataclass(frozen=True)
class SeriesStrip:
    series: Series
    marks: list[SeriesMark]
    years: list[Tick]
    width: int = 340


def series_strip(series: Series, slug: str) -> SeriesStrip:
    margin = timedelta(days=40)
    axis = Axis(series.events[0].first_day - margin, series.events[-1].first_day + margin, 340, 0)
    marks = [
        SeriesMark(axis.at(one.first_day), one.slug == slug, f"{one.title}, {one.date_in_words()}", one.slug)
        for one in series.events
    ]
    return SeriesStrip(series, marks, [Tick(x, str(year)) for x, year in axis.years()])


@dataclass(frozen=True)
class Bar:
    """A month of the brush, on 1000 × 48 units."""

    month: str
    count: int
    x: float
    y: float
    width: float
    height: float


def brush_bars(months: Sequence[Month]) -> list[Bar]:
    top = max((month.count for month in months), default=0) or 1
    step = 1000 / max(len(months), 1)
    return [
        Bar(
            month.first.isoformat()[:7], month.count, round(i * step + 0.6, 2),
            round(46 - month.count / top * 44, 1), round(max(step - 1.2, 0.5), 2), round(month.count / top * 44, 1),
        )
        for i, month in enumerate(months)
    ]  # fmt: skip


# ---- the stance grid
GRID_WIDTH, LATER, ROW_STEP, TOUCH = 720, 40, 18, 17


@dataclass(frozen=True)
class StandMark:
    stand: Stand
    x: float
    y: float
    band: tuple[float, float] | None


@dataclass(frozen=True)
class LaneStrip:
    lane: Lane
    marks: list[StandMark]
    height: int


@dataclass(frozen=True)
class GridRow:
    row: Row
    lanes: list[LaneStrip]


@dataclass(frozen=True)
class GridPicture:
    """`later`: some stands lie after the axis and stand in a column at its end."""

    rows: list[GridRow]
    ticks: list[Tick]
    later: bool
    width: int = GRID_WIDTH
    third: list[Stand] = field(default_factory=list)


def grid_picture(grid: Grid) -> GridPicture:
    days = sorted(stand.position.date for row in grid.rows for lane in row.lanes for stand in lane.stands)
    if not days:
        empty = [GridRow(row, [LaneStrip(lane, [], 28) for lane in row.lanes]) for row in grid.rows]
        return GridPicture(empty, [], False)
    first, last = _window(days)
    axis = Axis(first, last, GRID_WIDTH - (LATER if days[-1] > last else 0))
    rows = [GridRow(row, [_lane(lane, axis) for lane in row.lanes]) for row in grid.rows]
    return GridPicture(rows, _ticks(axis), days[-1] > last, third=grid.third)


def _window(days: list[date]) -> tuple[date, date]:
    """The days of the axis. A few stands far behind the rest do not stretch it: they stand under “later”."""
    bulk = days[int((len(days) - 1) * 0.93)]
    run = max((bulk - days[0]).days, 60)
    last = bulk + timedelta(days=run // 12)
    if (days[-1] - days[0]).days < run * 1.6:
        last = days[-1] + timedelta(days=max(run // 20, 7))
    return days[0] - timedelta(days=max(run // 20, 10)), last


def _ticks(axis: Axis) -> list[Tick]:
    months = (axis.last.year - axis.first.year) * 12 + axis.last.month - axis.first.month
    step = next((n for n in (1, 2, 3, 6, 12) if months / n <= 12), 24)
    ticks: list[Tick] = []
    for index in range(axis.first.year * 12 + axis.first.month, axis.last.year * 12 + axis.last.month):
        day = date(index // 12, index % 12 + 1, 1)
        if index % step == 0:
            name = str(day.year) if step == 12 else in_words(day, MONTH, short=True)
            ticks.append(Tick(axis.at(day), name if day.month == 1 or not ticks or step == 12 else name.split()[0]))
    return ticks


def _lane(lane: Lane, axis: Axis) -> LaneStrip:
    """A mark keeps its true date; marks that would touch stack downwards."""
    ends: list[float] = []
    marks = []
    for stand in lane.stands:
        position = stand.position
        late = position.date > axis.last
        span = widest(position.date, position.date_precision)
        band = None if late or span.first == span.last else (axis.at(span.first), axis.at(span.last))
        x = GRID_WIDTH - 12.0 if late else round(sum(band) / 2, 1) if band else axis.at(position.date)
        row = next((i for i, end in enumerate(ends) if x - end >= TOUCH), len(ends))
        ends[row : row + 1] = [x]
        marks.append(StandMark(stand, x, 14 + ROW_STEP * row, band))
    return LaneStrip(lane, marks, 28 + ROW_STEP * max(0, len(ends) - 1))


# ---- people
@dataclass(frozen=True)
class OfficeBar:
    """One tenure. `open_start`, `open_end`: not known where it begins or ends, so the bar fades out there."""

    tenure: Tenure
    x: float
    y: int
    width: float
    open_start: bool
    open_end: bool


@dataclass(frozen=True)
class OfficeStrip:
    bars: list[OfficeBar]
    years: list[Tick]
    height: int
    width: int = 720


def office_strip(tenures: Sequence[Tenure], span: tuple[date, date]) -> OfficeStrip:
    axis = Axis(*span, 720, 4)
    bars = []
    for row, tenure in enumerate(tenures):
        left, right = axis.at(tenure.first_day or span[0]), axis.at(tenure.last_day or span[1])
        unknown_end = tenure.last_day is None and tenure.end_precision != BoundPrecision.OPEN
        bars.append(
            OfficeBar(tenure, left, 4 + row * 14, round(max(right - left, 2), 1), tenure.first_day is None, unknown_end)
        )
    step = max(1, (span[1].year - span[0].year) // 10)
    return OfficeStrip(bars, [Tick(x, str(year)) for x, year in axis.years() if year % step == 0], len(bars) * 14 + 22)


@dataclass(frozen=True)
class YearBar:
    """A year of contacts on 100 units of width: both sides first, the others behind them."""

    year: Year
    joint: float
    other: float


def year_bars(years: Sequence[Year]) -> list[YearBar]:
    top = max((year.total for year in years), default=0) or 1
    return [YearBar(year, round(year.joint / top * 100, 1), round(year.other / top * 100, 1)) for year in years]
