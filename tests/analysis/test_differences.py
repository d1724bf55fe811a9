"""How much accounts differ: what counts, what does not, and who is said to leave what out."""

from datetime import date

import pytest

from peacetracker.analysis.differences import (
    Line,
    Published,
    Told,
    apart,
    by_subject,
    differences,
    gather,
    left_out,
    whole_readouts,
)
from peacetracker.analysis.readouts import disputes


def told(voice, *subjects, complete=True):
    return Told(voice, complete, subjects)


def test_it_counts_what_a_whole_readout_leaves_out_and_another_names():
    both = [told("AM", "treaty", "border"), told("AZ", "treaty", "transport")]
    assert left_out(both) == {"AM": ("transport",), "AZ": ("border",)}


@pytest.mark.parametrize(
    "pair",
    [
        [told("AM", "treaty", complete=False), told("AZ", "treaty", "border", complete=False)],
        [told("AM", "treaty"), told("AZ", "treaty", "tone", "participants")],
        [told("AM", "treaty", "border")],
    ],
)
def test_it_counts_nothing_where_nothing_follows(pair):
    assert left_out(pair) == {}


def test_it_adds_contradictions_to_what_is_left_out():
    said = [
        {"field": field, "value": "x", "according_to": who, "source": "https://example.org", "note": None}
        for field, who in (("date", "one"), ("date", "another"), ("format", "one"))
    ]
    assert differences([told("AM", "a"), told("AZ", "a", "b")], disputes(said)).count == 3


def test_it_takes_a_voice_as_complete_when_one_of_its_readouts_was_read_whole():
    lines = [
        Line(1, "RU", False, "treaty", "It says."),
        Line(1, "RU", True, "initiative", "The Kremlin says Yerevan called."),
        Line(1, "AM", False, "treaty", "It says."),
    ]
    armenia, russia = gather(lines)[1]
    assert (armenia.voice, armenia.complete) == ("AM", False)
    assert russia == Told("RU", True, ("treaty", "initiative"), "The Kremlin says Yerevan called.")


def test_it_measures_the_days_from_the_first_to_publish_to_the_last():
    pages = {
        "AZ": Published(date(2022, 4, 6), 2),
        "AM": Published(date(2022, 4, 8), 1),
        "EU": Published(date(2022, 4, 7), 1),
        "RU": Published(None, 1),
    }
    found = apart(pages)
    assert (found.days, found.first, found.last) == (2, "AZ", "AM")
    assert apart({"AM": pages["AM"], "RU": pages["RU"]}) is None


def test_it_puts_first_the_subject_that_is_left_out_most():
    events = [
        [told("AM", "treaty"), told("AZ", "treaty", "border")],
        [told("AM", "treaty"), told("EU", "border", complete=False)],
    ]
    groups = {"AM": "AM", "AZ": "AZ"}
    border, treaty = by_subject(events, groups, "other")
    assert (border.subject, border.by_group["AM"].left_out, border.by_group["AZ"].named) == ("border", 2, 1)
    assert (treaty.subject, treaty.by_group["AM"].named, treaty.by_group["other"].named) == ("treaty", 2, 0)
    assert whole_readouts(events, groups, "other") == {"AM": 2, "AZ": 1, "other": 0}
