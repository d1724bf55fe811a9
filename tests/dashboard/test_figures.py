"""Figures are plain data: marks keep their date, do not cover each other, and become counts when they are many."""

from datetime import date
from itertools import pairwise

from peacetracker.analysis.quarters import Quarter
from peacetracker.analysis.timeline import Cell, Mark
from peacetracker.dashboard.figures import quarters as quarters_figure
from peacetracker.dashboard.figures.timeline import density_figure, figure, frame_around, set_apart, size_of


def a_mark(n=0, **changes):
    known = {
        "slug": f"mark-{n}", "title": "A & B <meet>", "kind": "meeting", "status": "held", "first": date(2022, 4, 6),
        "last": date(2022, 4, 6), "precision": "day", "place": "Brussels", "lane": "eu", "joint": True,
        "level": "leaders", "sources": 1, "differs": False, "who": ("Aliyev",),
    }  # fmt: skip
    return Mark(**{**known, **changes})


FRAME = frame_around(date(2022, 1, 1), date(2022, 12, 31), ["eu"], width=900)


def test_it_sets_marks_of_one_day_apart():
    spots = sorted(
        (spot.y, size_of(spot.mark, FRAME) / 2) for spot in set_apart([a_mark(n) for n in range(8)], FRAME)["eu"]
    )
    assert all(above - below >= a + b for (below, a), (above, b) in pairwise(spots))


def test_it_draws_what_was_not_held_hollow_and_a_vague_date_as_a_bar():
    vague = a_mark(1, first=date(2022, 5, 1), last=date(2022, 5, 31), precision="month")
    drawn = figure([a_mark(status="cancelled"), vague], FRAME)
    assert {trace["meta"] for trace in drawn["data"]} == {"hollow", "leaders", "band"}
    hollow = next(trace for trace in drawn["data"] if trace["meta"] == "hollow")
    assert hollow["marker"]["symbol"] == ["square-open"]


def test_it_escapes_titles_on_hover_cards():
    text = figure([a_mark()], FRAME)["data"][0]["text"][0]
    assert "A &amp; B &lt;meet&gt;" in text


def test_it_draws_an_empty_answer():
    assert figure([], FRAME)["data"] == []


def test_it_counts_by_lane_and_month_when_marks_are_many():
    drawn = density_figure([Cell("eu", date(2022, 4, 1), 4000)], FRAME)
    assert (drawn["meta"]["mode"], drawn["data"][0]["z"]) == ("density", [[4000]])


def test_it_stacks_quarters_in_one_order():
    drawn = quarters_figure.figure([Quarter(2022, 1, {"eu": 2, "direct": 1}), Quarter(2022, 2, {})])
    assert [trace["y"] for trace in drawn["data"]] == [[1, 0], [2, 0], [0, 0], [0, 0], [0, 0]]
