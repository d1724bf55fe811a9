"""Pictures and their tables as markup. Hundreds of marks: written here rather than looped over in a template, which
would take most of a page's time. Numbers come from figures; every word is escaped."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from peacetracker.dashboard.figures.cadence import Box, Dot, Label, Mark
from peacetracker.dashboard.figures.cadence_words import Twin
from peacetracker.dashboard.strips import Bar

register = template.Library()


def _joined(pieces: Iterable[str]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308  (every word in it is escaped)


def _place(box: Box) -> str:
    return f'x="{box.x}%" y="{box.y}" width="{box.width}%" height="{box.height}"'


def _told(said: str, href: str) -> str:
    return f'data-href="{escape(href)}" data-said="{escape(said)}"'


@register.filter
def svg_boxes(boxes: Iterable[Box]) -> SafeString:
    return _joined(f'<rect class="{box.name}" {_place(box)}/>' for box in boxes)


@register.filter
def svg_marks(marks: Iterable[Mark]) -> SafeString:
    """What can be pointed at: transparent, over what it tells of."""
    return _joined(f'<rect class="spot" {_place(mark.box)} {_told(mark.said, mark.href)}/>' for mark in marks)


@register.filter
def svg_dots(dots: Iterable[Dot]) -> SafeString:
    return _joined(
        f'<circle class="{dot.name}" cx="{dot.x}%" cy="{dot.y}" r="{dot.r}"/>' if not dot.href else
        f'<circle class="spot {dot.name}" cx="{dot.x}%" cy="{dot.y}" r="{dot.r}" {_told(dot.said, dot.href)}/>'
        for dot in dots
    )  # fmt: skip


@register.filter
def svg_labels(labels: Iterable[Label], name: str = "") -> SafeString:
    return _joined(
        f'<text class="{name}" x="{label.x}%" y="{label.y}">{escape(label.text)}</text>' for label in labels
    )  # fmt: skip


@register.filter
def svg_grid(lines: Iterable[Label]) -> SafeString:
    return _joined(
        f'<line x1="8%" x2="100%" y1="{line.y}" y2="{line.y}"/>'
        f'<text class="end" x="7.2%" y="{line.y}" dy="4">{escape(line.text)}</text>'
        for line in lines
    )


@register.filter
def svg_ticks(places: Iterable[float]) -> SafeString:
    return _joined(f'<line class="strip-tick" x1="{x}%" x2="{x}%" y1="10" y2="24"/>' for x in places)


@register.filter
def svg_bars(bars: Iterable[Bar]) -> SafeString:
    """The months of the brush."""
    return _joined(
        f'<rect class="brush-bar in" x="{bar.x}" y="{bar.y}" width="{bar.width}" height="{bar.height}" '
        f'data-month="{bar.month}"></rect>'
        for bar in bars
    )


@register.filter
def twin_rows(twin: Twin) -> SafeString:
    lang = ' lang="en"' if twin.keys[0] == "title" else ""  # a text of the record
    return _joined(f"<tr>{_first(link, cells[0], lang)}{_rest(cells[1:])}</tr>" for link, cells in twin.shown())


def _first(link: str, cell: Any, lang: str) -> str:
    text = escape(str(cell))
    return f'<th scope="row"{lang}>' + (f'<a href="{escape(link)}">{text}</a>' if link else text) + "</th>"


def _rest(cells: Iterable[Any]) -> str:
    return "".join(f'<td class="num">{cell if isinstance(cell, int) else escape(str(cell))}</td>' for cell in cells)
