"""A source is a page that something public names: the list, the past and the foot of every page agree on it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from peacetracker.dashboard.context import counted
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Commitment, Discrepancy, Event, Position, Source, Tenure
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.references import References
from peacetracker.diplomacy.tallying import recount
from tests.factories import a_source, event_row


def addresses(answer):
    return {one["url"] for one in answer.data["results"]}


@pytest.fixture
def further_pages(small_record):
    """Pages that no citation names: that of a version of a tenure's day, and a second one of a stand."""
    refs = References()
    told, second = (refs.source(f"https://example.org/{name}") for name in ("told", "second"))
    Discrepancy.objects.create(
        key="d1", tenure=Tenure.objects.first(), field="start", value="2018", according_to="Told", source=told
    )
    Position.objects.first().more_sources.add(second)
    for noun in ("leader", "proposal", "position"):
        writers.settle(noun, author=Author())
    return {told.url, second.url}


def test_it_lists_every_page_that_a_public_document_names(ask, further_pages):
    now = ask("sources/?limit=1000&count=true")
    assert further_pages < addresses(now)
    assert now.data["count"] == len(now.data["results"]) == counted()["source_count"]
    assert addresses(ask(f"sources/?limit=1000&as_of={timezone.now().date()}")) == addresses(now)


@pytest.mark.filterwarnings("ignore:The default scheme:DeprecationWarning")  # Django's, of a form with an address
def test_a_page_is_counted_however_it_comes_in(small_record, admin_client):
    before = counted()["source_count"]
    References().source("https://example.org/alone")
    References().prepare_sources(f"https://example.org/{name}" for name in ("alone", "one", "another"))
    added = admin_client.post(reverse("admin:diplomacy_source_add"), {"url": "https://example.org/by-hand"})
    assert added.status_code == 302
    assert counted()["source_count"] == before + 4
    recount()
    assert counted()["source_count"] == before + 4


def test_pages_of_what_is_withdrawn_are_neither_listed_nor_counted(ask, further_pages):
    page = a_source("withdrawn")
    event = writers.write_event(event_row(slug="2022-06-06-gone", sources=[page]), author=Author())
    promise = Commitment.objects.create(slug="to-meet", event=event, text="To meet.", status="open")
    promise.citations.create(source=References().source(f"{page['url']}-too"), publisher_name="Example", lang="en")
    before = counted()["source_count"]
    writers.withdraw_event(Event.objects.get(pk=event.pk), reason="Taken back.", author=Author())
    assert Source.objects.count() > counted()["source_count"] == before - 2
    assert ask("sources/?count=true").data["count"] == before - 2
    assert page["url"] not in addresses(ask("sources/?limit=1000"))
