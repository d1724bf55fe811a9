import pytest
from hypothesis import given
from hypothesis import strategies as st

from peacetracker.core.text import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Məmmədyarov", "memmedyarov"),
        ("Şuşa", "SUSA"),
        ("İlham Əliyev", "ilham eliyev"),
        ("Пётр", "петр"),
        ("Erdoğan", "erdogan"),
        ("Хачатурян", "ХАЧАТУРЯН"),
        ("և", "եւ"),
        ("Stepanakert/Khankendi", "stepanakert khankendi"),
        ("O'Brien", "OBrien"),
    ],
)
def test_it_brings_spellings_together(one, other):
    assert fold(one) == fold(other)


@given(st.text())
def test_it_folds_once_and_for_all(text):
    assert fold(fold(text)) == fold(text)
