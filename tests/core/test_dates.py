from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from peacetracker.core.dates import Span, in_words, parse_partial, partial_iso, partial_span, widest


@pytest.mark.parametrize(
    ("day", "precision", "words"),
    [
        (date(2024, 5, 17), "day", "17 May 2024"),
        (date(2024, 5, 17), "month", "May 2024"),
        (date(2024, 5, 17), "year", "2024"),
        (None, "unknown", "date not known"),
    ],
)
def test_it_shows_a_date_no_more_exact_than_it_is_known(day, precision, words):
    assert in_words(day, precision) == words


def test_it_reads_a_month_at_its_widest():
    assert widest(date(2024, 2, 10), "month") == Span(date(2024, 2, 1), date(2024, 2, 29))
    assert partial_span("2024") == Span(date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-13", "2024-00", "2024-02-00", "٢٠٢٤", "2024-02-30", "2024-2", "yesterday", "2024-05-01T00:00"],
)
def test_it_refuses_what_is_not_a_date(text):
    with pytest.raises(ValueError, match=r"."):
        parse_partial(text)


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(["day", "month", "year"]))
def test_it_writes_a_partial_date_that_reads_back_to_the_same_span(day, precision):
    assert partial_span(partial_iso(day, precision)) == widest(day, precision)


def test_it_counts_both_ends_of_a_span():
    span = Span(date(2024, 1, 1), date(2024, 1, 3))
    assert span.holds(date(2024, 1, 1))
    assert span.holds(date(2024, 1, 3))
    assert not span.holds(date(2024, 1, 4))
    assert span.overlaps(Span(date(2024, 1, 3), date.max))


@pytest.mark.parametrize(
    ("language", "long", "month", "short"),
    [
        ("hy", "2025 թ. հունիսի 8", "2025 թ. հունիս", "8 հնս 2025"),
        ("az", "8 iyun 2025", "iyun 2025", "8 iyn 2025"),
        ("ru", "8 июня 2025 года", "июнь 2025 года", "8 июн 2025"),
    ],
)
def test_it_writes_a_date_as_each_language_does(language, long, month, short):
    day = date(2025, 6, 8)
    with override(language):
        assert (in_words(day), in_words(day, "month"), in_words(day, short=True)) == (long, month, short)


@pytest.mark.parametrize("language", ["en", "hy", "az", "ru"])
def test_it_tells_all_months_apart(language):
    firsts = [date(2025, month, 1) for month in range(1, 13)]
    with override(language):
        assert len({in_words(day) for day in firsts}) == 12
        assert len({in_words(day, "month", short=True) for day in firsts}) == 12
