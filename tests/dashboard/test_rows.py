"""Rows and choices that are written in Python: the words in them are escaped, and they say what became of an event."""

import re
from html import unescape

import pytest

from peacetracker.dashboard.templatetags.rows import number_rows, options
from peacetracker.diplomacy.models import Leader, Place
from tests.factories import an_event

ODD = 'A & B <meet> "here"'


@pytest.mark.django_db
def test_a_name_or_title_is_never_markup(client):
    an_event(title=ODD)
    Leader.objects.filter(slug="nikol-pashinyan").update(name=ODD)
    Place.objects.update(name=ODD)
    events, people = (client.get(path).content.decode() for path in ("/events/", "/leaders/"))
    assert "<meet>" not in events + people
    assert len(re.findall(r"<td>(?:<a [^>]*>)?A &amp; B &lt;meet&gt; &quot;here&quot;", events)) == 2
    assert ">A &amp; B &lt;meet&gt; &quot;here&quot;</a></th>" in people


@pytest.mark.django_db
def test_a_row_says_what_became_of_an_event(client):
    an_event(slug="2022-04-01-off", date="2022-04-01", status="cancelled")
    an_event(slug="2022-04-02-planned", date="2022-04-02", status="scheduled")
    an_event(slug="2022-05-22-held")
    text = unescape(client.get("/events/").content.decode())
    rows = {slug: re.sub(r"<[^>]+>", " ", row) for slug, row in re.findall(r'<tr id="([^"]+)">(.*?)</tr>', text)}
    assert "Meeting, cancelled" in rows["2022-04-01-off"]
    assert "Meeting, not known whether held" in rows["2022-04-02-planned"]
    assert "Meeting," not in rows["2022-05-22-held"]


def test_the_choice_that_stands_is_found_in_any_letter_case():
    parties = [("RU", "Russia"), ("AM", 'Armenia "A" (Republic)')]
    assert options(parties, "ru", short=True) == (
        '<option value="RU" selected>Russia</option><option value="AM">Armenia &quot;A&quot;</option>'
    )
    assert options(parties, ["am", "ru"]).count(" selected") == 2
    assert "selected" not in options(parties, "")


def test_a_table_of_numbers_has_a_dot_for_none():
    assert number_rows([("Q1 <b>", [0, 1234])]) == (
        '<tr><th scope="row">Q1 &lt;b&gt;</th><td class="num">·</td><td class="num">1234</td></tr>'
    )
