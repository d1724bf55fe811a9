"""Two timelines above each other on one time axis. Pure: figures in, a figure out."""

from collections.abc import Sequence
from html import escape
from typing import Any

from peacetracker.dashboard.figures.parts import Figure, token

GAP = 52  # pixels between the halves: the name of the lower one, and air
HEAD = 22  # pixels above a half for its name


def stacked(halves: Sequence[Figure], names: Sequence[tuple[str, str]]) -> Figure:
    """`names`: of each half its letter and what it shows. All halves have the same days on their axis."""
    data, shapes, notes, ticks = list[Figure](), list[Figure](), list[Figure](), list[tuple[float, str]]()
    top = 0.0
    for index, (half, (letter, name)) in enumerate(zip(halves, names, strict=True)):
        layout = half["layout"]
        data += [_lowered(trace, top) for trace in half["data"]]
        shapes += [_moved(shape, top, ("y0", "y1")) for shape in layout["shapes"] if _has_height(shape) or not index]
        notes += [_moved(note, top, ("y", "z")) for note in layout["annotations"] if _has_height(note) or not index]
        notes.append(_heading(letter, name, top))
        axis = layout["yaxis"]
        ticks += [(y - top, text) for y, text in zip(axis["tickvals"], axis["ticktext"], strict=True)]
        top += half["meta"]["height"] + GAP
    yaxis = {
        **halves[0]["layout"]["yaxis"], "range": [GAP - top - 2, HEAD + 22],
        "tickvals": [y for y, _text in ticks], "ticktext": [text for _y, text in ticks],
    }  # fmt: skip
    layout = {"shapes": shapes, "annotations": notes, "xaxis": halves[0]["layout"]["xaxis"], "yaxis": yaxis}
    meta = {
        "height": round(top), "narrowFrom": None, "mode": halves[0]["meta"]["mode"],
        "brief": [name for half in halves for name in half["meta"]["brief"]],
        "halves": [letter for letter, _name in names],
    }  # fmt: skip
    return {"data": data, "layout": layout, "meta": meta}


def _has_height(drawn: Figure) -> bool:
    """Lies at a height of its own; what runs through the whole picture is drawn once."""
    return bool(drawn.get("yref", "y") == "y")


def _lowered(trace: Figure, by: float) -> Figure:
    return {**trace, "y": [None if y is None else round(y - by, 1) for y in trace["y"]]}


def _moved(drawn: Figure, by: float, keys: Sequence[str]) -> Figure:
    if not _has_height(drawn):
        return drawn
    moved: dict[str, Any] = {key: round(drawn[key] - by, 1) for key in keys if key in drawn}
    return {**drawn, **moved}


def _heading(letter: str, name: str, top: float) -> Figure:
    return {
        "x": 0, "xref": "paper", "y": HEAD - top, "yref": "y", "text": f"<b>{letter}</b>  {escape(name, quote=False)}",
        "showarrow": False, "xanchor": "left", "yanchor": "bottom", "font": {"size": 15, "color": token("--ink")},
        "bgcolor": token("--paper"), "name": "half",
    }  # fmt: skip
