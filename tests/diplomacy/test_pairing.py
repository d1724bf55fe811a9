"""The stored counts of pairs say after every change what counting the events says."""

import pytest
from django.http import QueryDict

from peacetracker.analysis.network import graph, with_sides
from peacetracker.diplomacy import merging, pairing, record
from peacetracker.diplomacy.filters import read_filter
from peacetracker.diplomacy.models import PairCount
from peacetracker.diplomacy.record import Author
from tests.factories import an_event, event_row

pytestmark = pytest.mark.django_db
WHO = Author()


def stored(of="leaders"):
    return graph(read_filter(QueryDict("")), of)


def counted():
    """The same question with a filter that leaves nothing out: it reads no stored count."""
    everything = read_filter(QueryDict("after=1900"))
    return graph(everything), with_sides(everything), graph(everything, "parties")


def rows():
    return list(PairCount.objects.order_by("one", "another").values_list(*FIELDS))


FIELDS = ("one", "another", "n", *pairing.TRACKS, "first_day", "last_day")


def check():
    assert (stored(), with_sides(read_filter(QueryDict(""))), stored("parties")) == counted()
    kept = rows()
    pairing.recount()
    assert rows() == kept


def write(**changes):
    record.write_event(event_row(**changes), author=WHO)


def test_it_counts_with_every_change():
    first = an_event()
    check()
    people = [{"person": slug, "role": "participant"} for slug in ("nikol-pashinyan", "vladimir-putin")]
    later = an_event(slug="2023-05-call", date="2023-05-01", date_precision="month", kind="call", participants=people)
    an_event(slug="2024-01-01-said", date="2024-01-01", kind="statement")
    check()
    write(slug="2022-04-06-brussels", date="2021-01-01")
    check()
    write(slug="2022-04-06-brussels", participants=[*event_row()["participants"], people[1]])
    check()
    write(slug="2022-04-06-brussels", status="cancelled")
    check()
    assert ("charles-michel", "ilham-aliyev") not in {edge.ends for edge in stored().edges}
    write(slug="2022-04-06-brussels")
    record.withdraw_event(later, reason="Taken back.", author=WHO)
    check()
    record.restore_event(later, author=WHO)
    check()
    twin = an_event(slug="2022-04-06-twin", date="2022-04-05")
    check()
    merging.merge(twin, first, reason="", author=WHO)
    check()
    record.take_back_event(later)
    check()
    assert stored().events == 1


def test_it_writes_nothing_when_nothing_changed(django_assert_max_num_queries):
    event = an_event()
    before = list(PairCount.objects.order_by("pk").values_list("pk", *FIELDS))
    record.settle_events([event.pk], author=WHO)
    assert list(PairCount.objects.order_by("pk").values_list("pk", *FIELDS)) == before


def test_it_gives_the_busiest_and_says_how_many_there_are():
    an_event()
    an_event(
        slug="2023-05-01-more", date="2023-05-01",
        participants=[{"person": slug, "role": "participant"} for slug in ("nikol-pashinyan", "ilham-aliyev")],
    )  # fmt: skip
    few = graph(read_filter(QueryDict("")), most=2)
    assert [node.id for node in few.nodes] == ["ilham-aliyev", "nikol-pashinyan"]
    assert [(edge.ends, edge.events) for edge in few.edges] == [(("ilham-aliyev", "nikol-pashinyan"), 2)]
    assert (few.node_count, few.edge_count, few.events) == (3, 3, 2)
