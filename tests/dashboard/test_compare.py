"""Two filters on one time axis: the whole state in the address, each half as it would be alone."""

from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from peacetracker.dashboard.figures.stacked import stacked
from peacetracker.dashboard.figures.timeline import figure, frame_around
from tests.dashboard.test_figures import a_mark
from tests.factories import an_event

pytestmark = pytest.mark.django_db
ADDRESS = "/timeline/compare/"


@pytest.fixture
def events():
    an_event()
    an_event(slug="2021-01-11-moscow", date="2021-01-11", place="moscow", title="Leaders meet in Moscow", participants=[
        {"person": "vladimir-putin", "role": "mediator"}, {"person": "ilham-aliyev", "role": "participant"},
        {"person": "nikol-pashinyan", "role": "participant"},
    ], parties=["RU", "AZ", "AM"])  # fmt: skip
    an_event(slug="2022-05-01-call", date="2022-05-01", kind="call", title="Michel calls")


def test_it_shows_each_half_as_it_would_be_alone(client, events, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        answer = client.get(ADDRESS, {"a.track": "russia", "b.track": "eu", "b.kind": "meeting"})
    one, other = answer.context["sides"]
    assert [event.slug for event in one.events] == ["2021-01-11-moscow"]
    assert [event.slug for event in other.events] == ["2022-04-06-brussels"]
    text = unescape(answer.content.decode())
    for side in (one, other):
        assert client.get(urlsplit(side.share.link).path, dict(parse_qsl(urlsplit(side.share.link).query))).context[
            "shown"
        ] == len(side.events)
        assert side.share.frame in text
        assert dict(side.share.files)["CSV"] in text


def test_it_bounds_both_halves_by_one_window(client, events):
    answer = client.get(ADDRESS, {"a.track": "russia", "b.track": "eu", "after": "2022"})
    assert [side.count for side in answer.context["sides"]] == [0, 2]
    drawn = client.get(f"{ADDRESS}figure.json", {"a.track": "russia", "b.track": "eu", "after": "2022"}).json()
    assert drawn["layout"]["xaxis"]["range"][0] >= "2021-12"


@pytest.mark.parametrize(
    ("asked", "named"), [("a.trak=eu", "a.trak"), ("track=eu", "track"), ("c.track=eu", "c.track"),
                         ("b.track=moon", "b.track"), ("a.after=2022", "a.after"), ("before=soon", "before")],
)  # fmt: skip
@pytest.mark.parametrize("page", [ADDRESS, f"{ADDRESS}figure.json", "/embed/compare/"])
def test_it_names_a_parameter_that_it_does_not_know(client, events, page, asked, named):
    answer = client.get(f"{page}?{asked}")
    assert answer.status_code == 400
    assert f"<code>{named}</code>" in answer.content.decode()


def test_it_leads_who_asks_nothing_to_an_example(client, events):
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer["Location"]) == (302, f"{ADDRESS}?a.track=russia&b.track=eu")


def test_it_keeps_the_whole_state_in_the_frame(client, events):
    page = client.get(ADDRESS, {"a.track": ["russia", "eu"], "b.q": "calls", "utm_source": "letter"})
    source = unescape(page.context["share"].frame.split('src="')[1].split('"')[0])
    framed = client.get(source.removeprefix("http://testserver"))
    assert [side.count for side in framed.context["sides"]] == [3, 1]
    assert framed.context["canonical"].endswith("/timeline/compare/?a.track=eu&a.track=russia&b.q=calls")


def test_it_lays_the_halves_below_each_other():
    marks = [a_mark(n) for n in range(3)]
    half = figure(marks, frame_around(marks[0].first, marks[-1].last, ["eu"], width=900))
    drawn = stacked([half, half], [("A", "EU"), ("B", "EU & others")])
    heights = [trace["y"] for trace in drawn["data"] if trace["mode"] == "markers"]
    assert min(heights[0]) > max(heights[1])
    assert drawn["layout"]["yaxis"]["range"][0] < min(heights[1])
    # A phone has the lanes as columns, each under its brief name.
    assert len(drawn["meta"]["brief"]) == len(drawn["layout"]["yaxis"]["tickvals"]) == 2
    assert [note["text"] for note in drawn["layout"]["annotations"] if note["name"] == "half"] == [
        "<b>A</b>  EU", "<b>B</b>  EU &amp; others",
    ]  # fmt: skip
