"""The network page: the same numbers in the picture, the matrix and the lists it leads to, and a picture that stays."""

import json
import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from lxml import html

from peacetracker.analysis.network import Edge, Graph, Node, edges_of
from peacetracker.dashboard.figures.attendance import attendance
from peacetracker.dashboard.figures.matrix import matrix, shade
from peacetracker.dashboard.figures.network import labels, layout, picture
from tests.analysis.test_network import DAY, people
from tests.factories import a_withdrawn_event, an_event

PAGE = "/network/"
VIEWS = ("", "?of=parties", "?of=commissions", "?of=events")


@pytest.fixture
def record(db):
    an_event(bodies=["border-delimitation-commissions"])
    an_event(
        slug="2023-01-05-direct", date="2023-01-05", participants=people("nikol-pashinyan", "ilham-aliyev"),
        parties=["AM", "AZ"],
    )  # fmt: skip
    an_event(
        slug="2023-06-01-moscow", date="2023-06-01", kind="call", parties=["AM", "RU"], place=None,
        participants=people("nikol-pashinyan", "vladimir-putin"),
    )  # fmt: skip


def tree(client, query=""):
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def words(node):
    return " ".join(node.text_content().split())


@pytest.mark.django_db
@pytest.mark.parametrize("query", VIEWS)
def test_it_answers_an_empty_record(client, query):
    assert "No contact on record" in client.get(PAGE + query).content.decode()
    assert client.get(f"{PAGE}figure.json{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        *VIEWS,
        "?ego=ilham-aliyev",
        "?of=events&ego=ilham-aliyev",
        "?from=ilham-aliyev&to=vladimir-putin",
        "?of=commissions&ego=border-delimitation-commissions",
    ],
)
def test_it_answers_within_fifteen_queries_and_strict_policy(client, record, query, django_assert_max_num_queries):
    cache.clear()
    with django_assert_max_num_queries(15):
        text = client.get(PAGE + query).content.decode()
    assert not re.search(r"<[a-z]+[^>]*\sstyle=|<[a-z]+[^>]*\son[a-z]+=|<style|<script>", text)
    assert "contacts counted" in text or "contact counted" in text


def test_it_answers_again_without_counting(client, record, django_assert_max_num_queries):
    first = client.get(PAGE).content
    with django_assert_max_num_queries(4):
        assert client.get(PAGE).content == first


@pytest.mark.parametrize("query", ["", "?after=2023", "?of=commissions"])
def test_it_leads_from_a_number_to_as_many_events(client, record, query):
    links = tree(client, query).xpath(
        "//table[contains(@class,'matrix')]//td/a | //table[contains(@class,'pair-table')]//td/a"
    )
    assert links
    for link in links:
        count = int(re.search(r"\d+", link.xpath("text()")[-1] if link.xpath("text()") else link.text)[0])
        assert client.get(link.get("href")).context["shown"] == count


def test_it_makes_every_name_a_link_to_its_own_contacts(client, record):
    names = tree(client).xpath("//*[@data-picture]//a")
    assert {name.get("data-node") for name in names} == {
        "nikol-pashinyan", "ilham-aliyev", "charles-michel", "vladimir-putin",
    }  # fmt: skip
    putin = next(name for name in names if name.get("data-node") == "vladimir-putin")
    assert putin.get("href") == f"{PAGE}?ego=vladimir-putin"
    page = tree(client, "?ego=vladimir-putin")
    assert [words(row) for row in page.xpath("//table[contains(@class,'pair-table')]//tbody//th/a")] == [
        "Nikol Pashinyan"
    ]
    assert "President of Russia: 1 contact" in words(page.xpath("//aside")[0])
    assert page.xpath("//*[@data-node='vladimir-putin']")[0].get("href") == PAGE


def test_it_moves_nobody_when_the_question_changes(client, record):
    def places(query):
        rings = tree(client, query).xpath("//*[@data-node]")
        return {ring.get("data-node"): [ring.find("circle").get(at) for at in ("cx", "cy")] for ring in rings}

    assert places("") == places("?after=2023-06") == places("?ego=ilham-aliyev")


def test_it_tells_how_two_are_linked(client, record):
    page = tree(client, "?from=charles-michel&to=vladimir-putin")
    told = words(page.xpath("//*[@id='path']")[0])
    assert "linked in 2 steps: Charles Michel – Nikol Pashinyan – Vladimir Putin." in told
    slugs = [link.get("href") for link in page.xpath("//*[@id='path']//ul//a")]
    assert slugs == ["/events/2022-04-06-brussels/", "/events/2023-06-01-moscow/"]
    assert "linked directly" in words(tree(client, "?from=ilham-aliyev&to=charles-michel"))
    assert "Nothing on record links" in words(tree(client, "?from=charles-michel&to=vladimir-putin&after=2023"))
    assert "one and the same" in words(tree(client, "?from=ilham-aliyev&to=ilham-aliyev"))


def test_it_sorts_the_measures_by_the_one_asked_for(client, record):
    page = tree(client, "?sort=betweenness")
    assert words(page.xpath("//th[@aria-sort]")[0]).startswith("In between")
    first = page.xpath("//*[@id='measures']//tbody/tr")[0]
    assert words(first).startswith("Nikol Pashinyan")


def test_it_keeps_the_state_when_a_filter_is_taken_away(client, record):
    page = tree(client, "?of=parties&kind=call&sort=degree")
    (away,) = page.xpath("//a[@title]")
    assert away.get("href") == f"{PAGE}?of=parties&sort=degree"
    hidden = {(one.get("name"), one.get("value")) for one in page.xpath("//form[@data-filters]//input[@type='hidden']")}
    assert hidden == {("of", "parties"), ("sort", "degree")}


def test_it_hands_over_the_view_as_data(client, record):
    links = {
        words(link): link.get("href") for link in tree(client, "?of=parties&after=2023").xpath("//*[@data-tools]/a")
    }
    assert links["GEXF"] == "/api/v1/network/?format=gexf&of=parties&after=2023"
    for address in links.values():
        assert client.get(address).status_code == 200


def test_it_names_the_day_that_the_record_reaches_and_no_withdrawn_event(client, record):
    a_withdrawn_event(slug="2023-07-01-gone", date="2023-07-01", title="Zanzibar")
    for query in VIEWS:
        text = client.get(PAGE + query).content.decode()
        assert "covered until 1 June 2023" in text
        assert "Zanzibar" not in text


@pytest.mark.parametrize(
    "query", ["of=places", "ego=nobody", "from=nobody", "sort=size", "knid=call", "ego=XX&of=parties"]
)
def test_it_names_what_it_does_not_know(client, record, query):
    assert client.get(f"{PAGE}?{query}").status_code == 400
    assert client.get(f"{PAGE}figure.json?{query}").status_code == 400


def test_it_says_that_somebody_has_no_contact_in_the_view(client, record):
    assert "has no contact that answers these filters" in words(tree(client, "?ego=charles-michel&after=2023"))


def test_it_draws_from_the_months_what_the_page_draws(client, record):
    told = json.loads(client.get(f"{PAGE}figure.json").content)
    drawn = tree(client).xpath("//*[@data-lines]/*")
    assert {pair["d"] for pair in told["pairs"]} == {path.get("d") for path in drawn}
    assert told["months"][0] == "2022-04"
    assert sum(n for _month, n in told["nodes"]["nikol-pashinyan"]["months"]) == 3
    aliyev = next(pair for pair in told["pairs"] if pair["pair"] == ["ilham-aliyev", "nikol-pashinyan"])
    assert aliyev["months"] == [[0, "eu", 1], [9, "direct", 1]]


def test_it_draws_people_and_events(client, record):
    page = tree(client, "?of=events")
    columns = page.xpath("//*[contains(@class,'net-event')]")
    assert [column.get("href") for column in columns] == [
        reverse("dashboard:event", args=[slug])
        for slug in ("2022-04-06-brussels", "2023-01-05-direct", "2023-06-01-moscow")
    ]
    assert [len(column.findall("circle")) for column in columns] == [3, 2, 2]


# ---- the figures alone
def a_crowd(n=90):
    """So many third parties between two leaders and one more of the same name."""
    nodes = [
        Node("pashinyan", "Nikol Pashinyan", "AM", 99), Node("aliyev", "Ilham Aliyev", "AZ", 98),
        Node("aliyeva", "Anna Aliyev", "AZ", 1),
        *(Node(f"third-{i:02}", f"Somebody Name{i}", "RU", 90 - i) for i in range(n)),
    ]  # fmt: skip
    rows = [("pashinyan", "aliyev", "eu", 6, DAY, DAY), ("pashinyan", "aliyev", "direct", 4, DAY, DAY)]
    rows += [("pashinyan" if i % 3 else "aliyev", f"third-{i:02}", "russia", 1 + i % 4, DAY, DAY) for i in range(n)]
    rows += [("third-00", "third-01", "russia", 1, DAY, DAY)]
    return Graph("leaders", nodes, edges_of(rows), 10)


def test_it_puts_no_named_node_on_another_and_sides_on_their_side():
    places = layout(a_crowd(), {})
    spots = list(places.spots.values())
    for i, one in enumerate(spots):
        for other in spots[i + 1 :]:
            apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
            assert apart >= min(one.r + other.r, 8), (one.id, other.id)
    assert places.spots["pashinyan"].x < min(s.x for s in spots if s.side == "third")
    assert places.spots["aliyev"].x > max(s.x for s in spots if s.side == "third")
    assert max(spot.y for spot in spots) < places.height


def test_it_gives_the_same_places_to_the_same_record():
    assert layout(a_crowd(), {"aliyev": 1}) == layout(a_crowd(), {"aliyev": 1})


def test_it_draws_a_pair_of_both_sides_as_a_strand_for_each_track():
    drawn = picture(layout(a_crowd(), {}), a_crowd())
    strands = [line for line in drawn.lines if line.joint]
    assert {line.track for line in strands} == {"eu", "direct"}
    eu, direct = strands
    assert direct.shift - eu.shift == pytest.approx((eu.width + direct.width) / 2, abs=0.02)
    assert [mark.events for mark in drawn.together] == [10]


def test_it_leaves_out_lines_between_third_parties_unless_one_is_looked_at():
    places = layout(a_crowd(), {})
    assert ("third-00", "third-01") not in {line.pair for line in picture(places, a_crowd()).lines}
    alone = picture(places, a_crowd(), "third-00")
    assert {line.pair for line in alone.lines} == {("third-00", "third-01"), ("aliyev", "third-00")}
    assert alone.drawn == 3


def test_it_draws_the_lines_of_most_contacts_and_says_how_many_it_leaves_out(monkeypatch):
    monkeypatch.setattr("peacetracker.dashboard.figures.network.MOST_LINES", 3)
    drawn = picture(layout(a_crowd(), {}), a_crowd())
    assert ("aliyev", "pashinyan") in {line.pair for line in drawn.lines}
    assert drawn.left_out == 88


def test_it_shrinks_a_disc_to_the_contacts_in_view():
    whole = a_crowd()
    part = Graph("leaders", [Node("aliyev", "Ilham Aliyev", "AZ", 24)], [])
    dot = next(dot for dot in picture(layout(whole, {}), part).dots if dot.spot.id == "aliyev")
    assert dot.r == pytest.approx(dot.spot.r / 2, abs=0.2)


def test_it_tells_namesakes_apart():
    nodes = [Node(str(i), name, "AM", 1) for i, name in enumerate(("Ani Bo", "Bedros Bo", "Ada Ka", "Aram Ka", "X Y"))]
    assert [" ".join(label) for label in labels(nodes).values()] == ["A. Bo", "B. Bo", "Ada Ka", "Aram Ka", "Y"]


def test_it_counts_in_the_matrix_and_leaves_one_side_void():
    table = matrix(a_crowd())
    armenia, azerbaijan, third = table.groups
    assert [label for _node, label in table.columns] == ["Pashinyan", "I. Aliyev", "A. Aliyev"]
    assert [(cell.events, cell.void) for cell in armenia.rows[0].cells] == [(0, True), (10, False), (0, False)]
    assert [cell.void for cell in azerbaijan.rows[0].cells] == [False, True, True]
    assert third.name == "third"
    assert [shade(n) for n in (0, 1, 2, 3, 6, 12, 24, 900)] == [0, 1, 1, 2, 3, 4, 5, 5]


def test_it_counts_those_without_a_row_at_an_event():
    who = [f"p{i:02}" for i in range(40)]
    nodes = [Node("e", "Summit", None, 40, "event", DAY, DAY), *(Node(one, one, "AM", 1) for one in who)]
    drawn = attendance(Graph("events", nodes, [Edge(one, "e", 1, DAY, DAY, {"eu": 1}) for one in who]))
    assert (len(drawn.people), drawn.columns[0].others) == (30, 10)
