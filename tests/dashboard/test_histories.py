"""What changed: the versions of places, topics and parties, and the latest changes of every noun."""

import pytest

from peacetracker.diplomacy import merging, record
from peacetracker.diplomacy.models import Leader, Place
from peacetracker.diplomacy.record import Author
from tests.factories import a_withdrawn_event, an_event

pytestmark = pytest.mark.django_db


def test_it_tells_what_changed_in_a_place_and_why(client):
    an_event()
    place = Place.objects.get(slug="brussels")
    place.other_names = ["Bruxelles"]
    place.save()
    record.settle_all({"place": [place.pk]}, author=Author(reason="The French name is in use."))
    text = client.get("/places/brussels/history/").content.decode()
    assert "The French name is in use." in text
    assert "Bruxelles" in text
    assert "First version" in text
    assert "/places/brussels/history/" in client.get("/places/brussels/").content.decode()
    assert "The French name is in use." in client.get("/changes/").content.decode()


@pytest.mark.parametrize("page", ["topics/peace-treaty/", "parties/am/", "parties/AM/"])
def test_each_has_a_history_in_reach_of_its_page(client, page):
    an_event()
    answer = client.get(f"/{page}history/")
    assert answer.status_code == 200
    assert "First version" in answer.content.decode()
    assert "history/" in client.get(f"/{page}").content.decode()


def test_changes_name_what_is_gone_and_what_stands_for_it(client):
    gone = a_withdrawn_event(title="A title that nobody sees")
    an_event(slug="2022-05-01-other")
    old, heir = Leader.objects.get(slug="charles-michel"), Leader.objects.get(slug="vladimir-putin")
    merging.merge(old, heir, reason="One person of two.", author=Author())
    text = client.get("/changes/").content.decode()
    assert gone.reason in text
    assert gone.title not in text
    assert "One person of two." in text
    assert 'href="/leaders/vladimir-putin/"' in text
    assert client.get("/leaders/charles-michel/").status_code == 301


def test_it_asks_whether_a_name_like_it_was_meant(client):
    an_event()
    text = client.get("/leaders/nikol-pashynian/").content.decode()
    assert "Did you mean" in text
    assert 'href="/leaders/nikol-pashinyan/"' in text
