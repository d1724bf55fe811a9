"""The pictures of the cadence page, drawn by the server as SVG. Pure: rows in, places of marks out.

Across, places are per cent of the picture's width, so that letters keep their size however wide the page is; downwards
they are pixels. The three pictures along time begin at the same gutter, so that their years stand above each other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, sqrt

from peacetracker.analysis.cadence import TRACKS, Lead, Month, Silence, Week
from peacetracker.analysis.quarters import Quarter
from peacetracker.core.dates import MONTH, in_words

GUTTER = 8.0
FEW = 3  # a share of fewer contacts than this says little, and is drawn pale
SCALE_DAYS = (7, 30, 90, 180, 365, 730, 1095, 1825, 3650)
SINGLE_DAYS = 14  # announced up to this many days ahead: a column for each day
WIDER = 1.6
LATER = ((21, "≤21"), (30, "≤30"), (60, "≤60"), (10**6, "60+"))
SHADES = (1, 2, 3, 5, 8)  # contacts a week from which the shade deepens
ROW, CELL = 24, 20
PANEL, TALLEST = 150.0, 20.0  # pixels of a panel, and of one contact in it

Say = Callable[..., str]


@dataclass(frozen=True)
class Box:
    """A bar or cell. `x`, `width`: per cent; `y`, `height`: pixels; `name`: class that gives the colour."""

    x: float
    y: float
    width: float
    height: float
    name: str = ""


@dataclass(frozen=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Mark:
    """What the reader points at or travels to: its place, the words that tell it, the address that it opens."""

    box: Box
    said: str
    href: str


@dataclass(frozen=True)
class Picture:
    """`lines`: heights of grid lines; `marks`: transparent boxes over what they tell of."""

    height: float
    boxes: list[Box]
    marks: list[Mark]
    labels: list[Label]
    years: list[Label]
    lines: list[Label]


# ---- silence
@dataclass(frozen=True)
class GaugePicture:
    """Ticks of earlier gaps, the median and the present silence, in per cent of the strip."""

    silence: Silence
    ticks: list[float]
    median: float | None
    now: float


def longest(found: Iterable[Silence]) -> int:
    return max((max(one.intervals.now, one.intervals.longest or 0) for one in found), default=0)


MOST_TICKS = 500


def gauge(silence: Silence, top: int) -> GaugePicture:
    known = silence.intervals
    median = along(known.median, top) if known.median is not None else None
    # Ticks lie upon each other and grow darker; beyond so many each place is drawn once.
    gaps = known.gaps if len(known.gaps) <= MOST_TICKS else sorted(set(known.gaps))
    return GaugePicture(silence, [along(gap, top) for gap in gaps], median, along(known.now, top))


def along(days: int, top: int) -> float:
    """A square-root scale: a week and a year can both be read on it."""
    return round(sqrt(days / max(top, 1)) * 100, 2)


def gauge_scale(top: int) -> list[Label]:
    return [Label(along(days, top), 14, str(days)) for days in SCALE_DAYS if days <= top * 0.97]


# ---- contacts by month
def columns(n: int) -> tuple[float, Callable[[int], float]]:
    """Width of one of `n` equal columns right of the gutter, and where each begins."""
    width = (100 - GUTTER) / max(n, 1)
    return width, lambda i: round(GUTTER + i * width, 3)


def months_picture(months: Sequence[Month], say: Say, link: Say, names: tuple[str, str]) -> Picture:
    """Two panels, each as high as its own numbers: both sides above, one side with a third party below."""
    tops = (max((m.both_total for m in months), default=0), max((m.one_total for m in months), default=0))
    width, at = columns(len(months))
    boxes: list[Box] = []
    labels: list[Label] = []
    lines: list[Label] = []
    floor = 0.0
    for top, name, counts in zip(tops, names, ([m.both for m in months], [m.one for m in months]), strict=True):
        if top:
            unit = min(TALLEST, PANEL / top)
            labels.append(Label(0, floor + 14, name))
            floor += 30 + top * unit
            lines += grid(top, unit, floor)
            for i, month in enumerate(counts):
                boxes += stacked(month, at(i), width * 0.84, floor, unit)
            floor += 14
    marks = [
        Mark(Box(at(i), 18, round(width, 3), max(floor - 32, 1)), say(month), link(month.first, month.last))
        for i, month in enumerate(months)
    ]
    return Picture(floor + 12, boxes, marks, labels, month_ticks([m.first for m in months], at, floor + 6), lines)


def stacked(counts: Mapping[str, int], x: float, width: float, floor: float, unit: float) -> list[Box]:
    boxes = []
    for track in TRACKS:
        n = counts.get(track, 0)
        if n:
            floor -= n * unit
            boxes.append(Box(x, round(floor, 1), round(width, 3), round(n * unit - 0.8, 1), f"lane-{track}"))
    return boxes


def grid(top: int, unit: float, floor: float) -> list[Label]:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10**9) if step * unit >= 26)
    return [Label(0, round(floor - n * unit, 1), str(n)) for n in range(0, top + 1, step)]


def month_ticks(firsts: Sequence[date], at: Callable[[int], float], y: float) -> list[Label]:
    """Years; where few months are shown, quarters too."""
    few = len(firsts) <= 24
    wanted = (1, 4, 7, 10) if few else (1,)
    return [
        Label(at(i), y, str(first.year) if first.month == 1 else in_words(first, MONTH, short=True)[:3])
        for i, first in enumerate(firsts)
        if first.month in wanted or (few and len(firsts) < 4)
    ]


# ---- share by quarter
def quarters_picture(quarters: Sequence[Quarter], say: Say, link: Say) -> Picture:
    """Who stood between the sides, as a share of each quarter's contacts; their number stands below the bar."""
    full, floor = 180, 194
    width, at = columns(len(quarters))
    boxes: list[Box] = []
    for i, quarter in enumerate(quarters):
        if quarter.total:
            bars = stacked(quarter.counts, at(i), width * 0.84, floor, full / quarter.total)
            pale = " pale" if quarter.total < FEW else ""
            boxes += [Box(bar.x, bar.y, bar.width, bar.height, bar.name + pale) for bar in bars]
    marks = [Mark(Box(at(i), 14, round(width, 3), 196), say(q), link(*ends(q))) for i, q in enumerate(quarters)]
    counts = [Label(round(at(i) + width * 0.42, 3), floor + 15, str(q.total)) for i, q in enumerate(quarters)]
    shares = [Label(0, floor - full * part / 100, f"{part}%") for part in (0, 50, 100)]
    years = [Label(at(i), floor + 36, str(q.year)) for i, q in enumerate(quarters) if q.number == 1]
    return Picture(floor + 42, boxes, marks, counts, years, shares)


def ends(quarter: Quarter) -> tuple[date, date]:
    first = date(quarter.year, quarter.number * 3 - 2, 1)
    following = date(quarter.year + quarter.number // 4, quarter.number * 3 % 12 + 1, 1)
    return first, date.fromordinal(following.toordinal() - 1)


# ---- lead time
@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    r: float
    name: str
    said: str
    href: str


@dataclass(frozen=True)
class DotPicture:
    """A column for each lead time; every event a dot in it."""

    height: float
    dots: list[Dot]
    labels: list[Label]
    floor: float


def column_of(days: int) -> int:
    if days <= SINGLE_DAYS:
        return days
    return SINGLE_DAYS + 1 + next(i for i, (most, _text) in enumerate(LATER) if days <= most)


def lead_picture(leads: Sequence[Lead], say: Say, link: Say) -> DotPicture:
    stacks: defaultdict[int, list[Lead]] = defaultdict(list)
    for lead in sorted(leads, key=lambda one: (one.track or "", one.day, one.slug)):
        stacks[column_of(lead.days)].append(lead)
    highest = max(map(len, stacks.values()), default=0)
    step = min(14.0, 200 / max(highest, 1))
    floor = ceil(highest * step) + 8
    at = lead_columns()
    dots = [
        Dot(
            at[column], round(floor - step * (i + 0.5), 1), round(step * 0.43, 1), f"lane-{one.track}", say(one),
            link(one),
        )
        for column, stack in sorted(stacks.items())
        for i, one in enumerate(stack)
    ]  # fmt: skip
    texts = [*map(str, range(SINGLE_DAYS + 1)), *(text for _most, text in LATER)]
    labels = [Label(x, floor + 18, text) for x, text in zip(at, texts, strict=True)]
    return DotPicture(floor + 26, dots, labels, floor)


def lead_columns() -> list[float]:
    """Middles of the columns: one for each of the first days, wider ones for what is longer."""
    widths = [1.0] * (SINGLE_DAYS + 1) + [WIDER] * len(LATER)
    unit = 100 / sum(widths)
    return [round((sum(widths[:i]) + width / 2) * unit, 2) for i, width in enumerate(widths)]


# ---- calendar
def shade(count: int) -> str:
    return f"q{sum(count >= edge for edge in SHADES)}"


@dataclass(frozen=True)
class Calendar:
    """Years downwards, weeks across; `dots`: weeks with a contact of both sides."""

    picture: Picture
    dots: list[Dot]


def calendar_picture(weeks: Sequence[Week], say: Say, link: Say) -> Calendar:
    width = (100 - GUTTER) / 53
    rows = {year: i for i, year in enumerate(sorted({week.year for week in weeks}))}
    boxes, marks, dots = [], [], []
    for week in weeks:
        x, y = round(GUTTER + (week.number - 1) * width, 3), 22 + rows[week.year] * ROW
        box = Box(x, y, round(width * 0.86, 3), CELL, shade(week.count))
        boxes.append(box)
        if week.count:
            marks.append(Mark(box, say(week), link(week.monday, week.sunday)))
        if week.both:
            dots.append(Dot(round(x + width * 0.43, 3), y + CELL / 2, 2.4, f"on-{box.name}", "", ""))
    names = [Label(0, 22 + row * ROW + 15, str(year)) for year, row in rows.items()]
    height = 22 + len(rows) * ROW + 4
    return Calendar(Picture(height, boxes, marks, names, month_heads(), []), dots)


def month_heads() -> list[Label]:
    """The month that begins above each column, in a year of usual length."""
    firsts = [date(2023, month, 1) for month in range(1, 13)]
    return [
        Label(round(GUTTER + (first.timetuple().tm_yday - 1) / 371 * (100 - GUTTER), 2), 13,
              in_words(first, MONTH, short=True).split()[0])
        for first in firsts
    ]  # fmt: skip
