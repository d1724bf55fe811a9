"""Who publishes what the record rests on."""

import pytest
from django.core.cache import cache

from peacetracker.dashboard.views import publishers as views
from peacetracker.diplomacy import record
from peacetracker.diplomacy.models import Party, Publisher
from peacetracker.diplomacy.record import Author
from tests.factories import a_source, a_world, an_event

pytestmark = pytest.mark.django_db
WITHDRAWN = "https://armenpress.am/secret"


@pytest.fixture
def publishers():
    """An Armenian and an independent publisher: one event rests on both, one on the Armenian alone."""
    a_world()
    for domain, name, party in (("armenpress.am", "Armenpress", "AM"), ("example.org", "Example News", None)):
        Publisher.objects.create(
            domain=domain, name=name, kind="agency", lang=["en"], party=Party.objects.filter(code=party).first()
        )
    theirs = a_source(url="https://armenpress.am/1", side="AM", title="Report of the agency", published="2022-04-08")
    undated = a_source(url="https://armenpress.am/2", side="AM", title="Undated", published=None)
    an_event(slug="both", title="Backed by both", sources=[theirs, a_source(1)])
    an_event(slug="alone", title="Backed by one", sources=[undated, theirs])
    gone = an_event(slug="gone", sources=[a_source(url=WITHDRAWN, title="Withdrawn page")])
    record.withdraw_event(gone, reason="Taken back.", author=Author())


def test_it_counts_pages_and_events_of_each_publisher(client, publishers):
    rows = {row.publisher.domain: row.output for row in client.get("/publishers/").context["rows"]}
    assert (rows["armenpress.am"].pages, rows["armenpress.am"].events) == (2, 2)
    assert (rows["example.org"].pages, rows["example.org"].events) == (1, 1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"side": "am"}, ["armenpress.am"]),
        ({"side": "independent"}, ["example.org"]),
        ({"side": ["AM", "independent"]}, ["armenpress.am", "example.org"]),
        ({"q": "EXAMPLE"}, ["example.org"]),
        ({"q": "armen", "side": "independent"}, []),
    ],
)
def test_it_narrows_publishers_by_side_and_name(client, publishers, query, found):
    assert [row.publisher.domain for row in client.get("/publishers/", query).context["rows"]] == found


@pytest.mark.parametrize(
    "address",
    ["/publishers/?kind=call", "/publishers/?side=XX", "/publishers/armenpress.am/?page=7",
     "/publishers/armenpress.am/?page=x", "/publishers/armenpress.am/?kind=call"],
)  # fmt: skip
def test_it_refuses_what_it_does_not_know(client, publishers, address):
    assert client.get(address).status_code == 400


def test_it_lists_every_page_with_its_copy_and_what_it_backs(client, publishers):
    answer = client.get("/publishers/armenpress.am/")
    text = answer.content.decode()
    assert 'href="https://web.archive.org/web/20220408/https://armenpress.am/1"' in text
    assert 'href="https://web.archive.org/web/*/https://armenpress.am/2"' in text
    assert [one.source.url[-1] for one in answer.context["citations"]] == ["1", "1", "2"]
    assert [event.slug for event in answer.context["alone"]] == ["alone"]
    assert text.count("no other publisher</span>") == 2
    assert [(one.year, one.pages) for one in answer.context["years"]] == [(2022, 1), (None, 1)]


def test_it_tells_nothing_of_a_page_that_backed_a_withdrawn_event_alone(client, publishers):
    text = client.get("/publishers/armenpress.am/").content.decode()
    assert WITHDRAWN not in text
    assert "Withdrawn page" not in text


def test_it_finds_a_domain_in_capitals_and_no_unknown_one(client, publishers):
    assert client.get("/publishers/ArmenPress.am/").status_code == 200
    assert client.get("/publishers/nobody.am/").status_code == 404


@pytest.mark.parametrize("path", ["/publishers/", "/publishers/armenpress.am/"])
def test_it_answers_within_fifteen_queries(client, publishers, path, django_assert_max_num_queries):
    cache.clear()
    with django_assert_max_num_queries(15):
        assert client.get(path).status_code == 200


def test_it_folds_those_that_are_cited_less_often(client, publishers, monkeypatch):
    monkeypatch.setattr(views, "AT_ONCE", 1)
    page = client.get("/publishers/")
    assert [row.publisher.domain for row in page.context["rows"]] == ["armenpress.am"]
    assert [row.publisher.domain for row in page.context["others"]] == ["example.org"]
    assert "1 other, cited less often" in page.text
    assert "3 pages cited, 3 of them from the ten most cited" in page.text
