"""Commitments, narrowed by what became of them and by who made them."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from peacetracker.dashboard.views.commitments import FEW
from peacetracker.diplomacy.models import Commitment, Party
from tests.factories import a_withdrawn_event, an_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def promises():
    event = an_event()
    for slug, status, by in (("to-meet", "kept", ["AM", "AZ"]), ("to-open", "open", ["AM"]), ("to-build", "open", [])):
        made = Commitment.objects.create(slug=slug, event=event, text=f"Promise {slug}.", status=status)
        made.by.set(Party.objects.filter(code__in=by))


def shown(client, **asked):
    years = client.get("/commitments/", asked).context["years"]
    return {one.slug for year in years for one in year.made}


def test_it_narrows_by_status_and_by_party_in_any_case(client, promises):
    assert shown(client) == {"to-meet", "to-open", "to-build"}
    assert shown(client, status="open") == {"to-open", "to-build"}
    assert shown(client, status=["kept", "open"], party="am") == {"to-meet", "to-open"}
    assert shown(client, party="AZ", utm_source="letter") == {"to-meet"}


def test_its_chips_count_what_they_lead_to(client, promises):
    page = client.get("/commitments/", {"party": "AM"})
    chips = [chip for row in page.context["facets"] for chip in row.chips]
    assert chips
    for chip in chips:
        if not chip.chosen:
            found = client.get(chip.href).context["shown"]
            assert found == chip.count or (chip.value in ("AZ",) and found >= chip.count)


@pytest.mark.parametrize("asked", [{"status": "broken"}, {"party": "XX"}, {"knid": "call"}, {"day": "soon"}])
def test_it_names_what_it_does_not_know(client, promises, asked):
    answer = client.get("/commitments/", asked)
    assert answer.status_code == 400
    assert next(iter(asked)) in answer.content.decode()


def test_it_says_so_where_nothing_is_left(client, promises):
    text = client.get("/commitments/", {"status": "lapsed"}).content.decode()
    assert "No commitment has all that you chose" in text


def test_it_keeps_to_itself_what_a_withdrawn_event_promised(client):
    event = a_withdrawn_event()
    Commitment.objects.create(slug="secret", event=event, text="Secret promise.", status="open")
    assert "Secret promise" not in client.get("/commitments/").content.decode()


def test_it_folds_earlier_years_below_the_latest_and_tells_what_became_of_their_promises(client, promises):
    later = an_event(slug="2023-05-01-later", date="2023-05-01")
    for n in range(FEW):
        Commitment.objects.create(slug=f"later-{n}", event=later, text=f"Later promise {n}.", status="lapsed")
    years = client.get("/commitments/").context["years"]
    assert [(year.year, year.open) for year in years] == [(2023, True), (2022, False)]
    assert years[1].fates == [("kept", 1), ("open", 2)]
    assert all(year.open for year in client.get("/commitments/", {"status": "open"}).context["years"])


def test_a_day_with_many_promises_is_a_choice_that_answers_what_was_kept(client, promises):
    later = an_event(slug="2023-05-01-later", date="2023-05-01")
    Commitment.objects.create(slug="later", event=later, text="A later promise.", status="kept")
    page = client.get("/commitments/", {"day": "2022-04-06"})
    assert page.context["shown"] == 3
    assert page.context["fates"] == [("kept", 1), ("open", 2)]
    days = next(row for row in page.context["facets"] if row.name == "day")
    assert [(chip.value, chip.count, chip.chosen) for chip in days.chips] == [("2022-04-06", 3, True)]
    assert shown(client, day="2023-05-01") == {"later"}


def test_the_api_knows_a_day_by_its_events(client, promises):
    later = an_event(slug="2023-05-01-later", date="2023-05-01")
    Commitment.objects.create(slug="later", event=later, text="A later promise.", status="open")
    box = client.get("/commitments/", {"day": "2022-04-06", "status": "open"}).context["share"]
    assert box.link.endswith("/commitments/?day=2022-04-06&status=open")
    assert parse_qsl(urlsplit(box.api).query)[2:] == [("status", "open"), ("event", "2022-04-06-brussels")]


def test_a_frame_shows_the_same_choice_and_names_it(client, promises):
    framed = client.get("/embed/commitments/", {"status": "open", "party": "am"})
    assert framed.context["canonical"].endswith("/commitments/?status=open&party=AM")
    assert framed.context["shown"] == 1
    assert "What became of it: open; Promised by: Armenia." in framed.content.decode()
    assert client.get("/embed/commitments/", {"kind": "call"}).status_code == 400


def test_the_foot_of_every_page_leads_here(client):
    assert 'href="/commitments/"' in client.get("/method/").content.decode()
