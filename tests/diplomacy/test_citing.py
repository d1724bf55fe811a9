from datetime import date

import pytest

from peacetracker.diplomacy.citing import FORMS, Cited, bibtex, plain, ris

CITED = Cited(
    key="peace-tracker-2022-04-06-brussels",
    title="Leaders & {others} meet: 100% of\nthem_",
    url="https://example.org/events/2022-04-06-brussels/?as_of=2026-11-27",
    as_of=date(2026, 11, 27),
    sha256="ab" * 32,
    happened="6 April 2022",
)


@pytest.mark.parametrize("form", FORMS)
def test_it_names_work_address_day_and_digest_in_every_form(form):
    text = FORMS[form](CITED)
    for word in ("Peace Tracker", CITED.url, "2026", CITED.sha256, "6 April 2022"):
        assert word in text


def test_it_says_in_plain_words_when_it_was_recorded():
    assert "as recorded on 27 November 2026" in plain(CITED)


def test_it_keeps_bibtex_from_breaking():
    text = bibtex(CITED)
    assert r"Leaders \& \{others\} meet: 100\% of them\_" in text
    unescaped = text.replace(r"\{", "").replace(r"\}", "")
    assert unescaped.count("{") == unescaped.count("}")


def test_it_begins_no_new_field_of_ris_at_a_break():
    lines = ris(CITED).removesuffix("\r\n").split("\r\n")
    assert all(line[2:6] == "  - " for line in lines)
    assert (lines[0], lines[-1]) == ("TY  - ELEC", "ER  - ")
