"""Who dealt with whom: pairs, their tracks and days, centralities and ways, checked against an independent library."""

from datetime import date

import networkx
import pytest
from django.http import QueryDict

from peacetracker.analysis.linking import MEASURES, busiest, centralities, path, ranked
from peacetracker.analysis.network import (
    OF,
    Edge,
    Graph,
    Node,
    contact_query,
    contacts,
    edges_of,
    graph,
    levels,
    nodes_by_month,
    offices_held,
    pairs_by_month,
    shared_events,
    spells,
    with_sides,
)
from peacetracker.diplomacy.filters import read_filter
from tests.factories import a_withdrawn_event, an_event

DAY = date(2022, 4, 6)


def asked(query=""):
    return read_filter(QueryDict(query))


def people(*slugs):
    return [{"person": slug, "role": "participant"} for slug in slugs]


@pytest.fixture
def record(db):
    """Michel with both leaders, the leaders alone twice (once in a month), Putin and Pashinyan once; and what does not
    count: a planned call, a statement, a withdrawn meeting."""
    both = people("nikol-pashinyan", "ilham-aliyev")
    an_event()
    an_event(slug="2023-01-05-direct", date="2023-01-05", participants=both, parties=["AM", "AZ"])
    an_event(slug="2023-05-direct", date="2023-05-01", date_precision="month", participants=both, parties=["AM", "AZ"])
    moscow = people("nikol-pashinyan", "vladimir-putin")
    an_event(slug="2023-06-01-moscow", date="2023-06-01", kind="call", participants=moscow, parties=["AM", "RU"])
    an_event(slug="2024-01-01-planned", date="2024-01-01", kind="call", status="scheduled", participants=moscow)
    an_event(slug="2024-01-02-said", date="2024-01-02", kind="statement", participants=both)
    a_withdrawn_event(slug="2024-02-01-gone", date="2024-02-01")


def pairs(found):
    return {edge.ends: edge.events for edge in found.edges}


def test_it_counts_held_contacts_of_pairs_with_their_tracks_and_days(record):
    found = graph(asked())
    assert pairs(found) == {
        ("ilham-aliyev", "nikol-pashinyan"): 3,
        ("charles-michel", "ilham-aliyev"): 1,
        ("charles-michel", "nikol-pashinyan"): 1,
        ("nikol-pashinyan", "vladimir-putin"): 1,
    }
    together = found.edges[0]
    assert (together.first, together.last) == (DAY, date(2023, 5, 31))
    assert (together.tracks, together.track) == ({"direct": 2, "eu": 1}, "direct")
    assert (found.events, found.nodes[0].id, found.nodes[0].events) == (4, "nikol-pashinyan", 4)


def test_it_counts_what_the_question_names_instead(record):
    assert pairs(graph(asked("status=scheduled"))) == {("nikol-pashinyan", "vladimir-putin"): 1}
    assert pairs(graph(asked("kind=statement"))) == {("ilham-aliyev", "nikol-pashinyan"): 1}
    assert pairs(graph(asked("before=2023-05-15&after=2023-05"))) == {("ilham-aliyev", "nikol-pashinyan"): 1}


def test_it_names_the_same_events_to_a_list(record):
    for question in ("", "after=2023", "kind=call&status=scheduled"):
        query = QueryDict(mutable=True)
        for name, value in contact_query(asked(question)):
            query.appendlist(name, value)
        assert set(read_filter(query).events()) == set(contacts(asked(question)))


@pytest.mark.parametrize("of", OF)
def test_it_answers_in_few_queries_whatever_is_linked(record, of, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        graph(asked("after=2022"), of)


def test_it_links_parties_as_the_record_names_them(record):
    assert pairs(graph(asked(), "parties"))["AM", "AZ"] == 3


def test_it_links_people_to_bodies_and_to_events(record):
    an_event(slug="2023-07-01-border", date="2023-07-01", bodies=["border-delimitation-commissions"])
    found = graph(asked(), "commissions")
    assert found.by_id()["border-delimitation-commissions"].type == "commission"
    assert pairs(found)["border-delimitation-commissions", "charles-michel"] == 1
    assert found.events == 1
    events = graph(asked(), "events")
    assert ("vladimir-putin", "2023-06-01-moscow") in pairs(events)
    assert {node.type for node in events.nodes} == {"leader", "event"}


@pytest.mark.parametrize("of", OF)
def test_it_tells_the_days_of_each_pair(record, of):
    an_event(slug="2023-07-01-border", date="2023-07-01", bodies=["border-delimitation-commissions"])
    found = graph(asked(), of)
    when = spells(asked(), of)
    assert {edge.ends: edge.events for edge in found.edges} == {pair: len(days) for pair, days in when.items()}
    assert all((min(when[e.ends])[0], max(b for _a, b in when[e.ends])) == (e.first, e.last) for e in found.edges)


def test_it_counts_the_same_by_month(record):
    known = pairs(graph(asked()))
    by_month = pairs_by_month(asked(), "leaders", {end for pair in known for end in pair})
    assert {pair: sum(n for _month, _track, n in told) for pair, told in by_month.items()} == known
    assert by_month["ilham-aliyev", "nikol-pashinyan"][-1] == (date(2023, 5, 1), "direct", 1)
    nodes = nodes_by_month(asked(), "leaders")
    assert {slug: sum(n for _month, n in told) for slug, told in nodes.items()} == {
        node.id: node.events for node in graph(asked()).nodes
    }


def test_it_knows_offices_of_the_day_and_who_was_present(record):
    assert levels()["nikol-pashinyan"] == "leaders"
    (held,) = offices_held(asked("after=2023"), "nikol-pashinyan")
    assert (held.title, held.events) == ("Prime Minister of Armenia", 3)
    assert with_sides(asked())["charles-michel"] == {"AM": 1, "AZ": 1}


def test_it_tells_which_events_two_share(record):
    pair = ("ilham-aliyev", "nikol-pashinyan")
    shared = shared_events(asked(), [pair, ("ilham-aliyev", "vladimir-putin")], most=2)
    assert [event.slug for event in shared[pair]] == ["2023-05-direct", "2023-01-05-direct"]
    assert shared["ilham-aliyev", "vladimir-putin"] == []


def a_graph(*edges):
    found = edges_of((a, b, "direct", n, DAY, DAY) for a, b, n in edges)
    ids = sorted({end for edge in found for end in edge.ends})
    return Graph("leaders", [Node(one, one, None, len(ids) - i) for i, one in enumerate(ids)], found)


WEB = a_graph(("a", "b", 5), ("b", "c", 1), ("a", "d", 2), ("d", "c", 4), ("c", "e", 1), ("f", "g", 3))


def test_it_agrees_with_networkx_on_who_is_central():
    known = networkx.Graph()
    known.add_weighted_edges_from((edge.source, edge.target, edge.events) for edge in WEB.edges)
    rows = {row.node.id: row for row in centralities(WEB)}
    assert {one: row.degree for one, row in rows.items()} == dict(known.degree())
    assert {one: row.strength for one, row in rows.items()} == dict(known.degree(weight="weight"))
    for name, expected in (
        ("betweenness", networkx.betweenness_centrality(known)), ("closeness", networkx.closeness_centrality(known)),
    ):  # fmt: skip
        assert {one: getattr(row, name) for one, row in rows.items()} == pytest.approx(expected)


@pytest.mark.parametrize("by", MEASURES)
def test_it_ranks_by_any_measure_and_breaks_ties_by_name(by):
    rows = ranked(centralities(WEB), by)
    assert rows == sorted(rows, key=lambda row: (-getattr(row, by), row.node.id))


def test_it_takes_the_fewest_steps_and_of_those_the_way_of_most_contacts():
    assert [edge.ends for edge in path(WEB, "a", "c")] == [("a", "d"), ("c", "d")]
    assert [edge.ends for edge in path(WEB, "b", "c")] == [("b", "c")]
    assert path(WEB, "a", "g") is None
    assert path(WEB, "a", "nobody") is None


def test_it_keeps_those_with_most_contacts_and_the_pairs_among_them():
    few = busiest(WEB, 3)
    assert [node.id for node in few.nodes] == ["a", "b", "c"]
    assert [edge.ends for edge in few.edges] == [("a", "b"), ("b", "c")]


def test_it_brings_the_tracks_of_a_pair_together_whichever_end_comes_first():
    later = date(2023, 1, 1)
    (edge,) = edges_of([("b", "a", "eu", 1, later, later), ("a", "b", None, 2, DAY, DAY)])
    assert edge == Edge("a", "b", 3, DAY, later, {"none": 2, "eu": 1})
