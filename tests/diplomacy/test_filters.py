import pytest
from django.http import QueryDict

from peacetracker.diplomacy.filters import BadFilter, read_filter
from tests.factories import a_source, an_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def events():
    return {
        "brussels": an_event(),
        "call": an_event(
            slug="2022-04-09-call",
            kind="call",
            date="2022-04-09",
            place=None,
            participants=[
                {"person": "vladimir-putin", "role": "initiator"},
                {"person": "nikol-pashinyan", "role": "participant"},
            ],
            parties=["RU", "AM"],
            topics=["border-delimitation"],
            sources=[a_source(2, side="RU")],
        ),
        "month": an_event(
            slug="2022-05-ministers",
            date="2022-05-20",
            date_precision="month",
            place="moscow",
            status="cancelled",
            participants=[
                {"person": "ararat-mirzoyan", "role": "participant"},
                {"person": "jeyhun-bayramov", "role": "participant"},
            ],
            parties=["AM", "AZ"],
        ),
    }


def found(events, query):
    names = {event.pk: name for name, event in events.items()}
    return [names[event.pk] for event in read_filter(QueryDict(query)).events()]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["month", "call", "brussels"]),
        ("ordering=date", ["brussels", "call", "month"]),
        ("kind=call", ["call"]),
        ("kind=call&kind=meeting", ["month", "call", "brussels"]),
        ("track=eu", ["brussels"]),
        ("leader=nikol-pashinyan", ["call", "brussels"]),
        ("with=nikol-pashinyan&with=ilham-aliyev", ["brussels"]),
        ("leader=ararat-mirzoyan&leader=vladimir-putin", ["month", "call"]),
        ("party=az", ["month", "brussels"]),
        ("mediator=charles-michel", ["brussels"]),
        ("mediator=EU", ["brussels"]),
        ("topic=border-delimitation", ["call"]),
        ("place=moscow", ["month"]),
        ("status=cancelled", ["month"]),
        ("joint=true", ["month", "brussels"]),
        ("joint=false", ["call"]),
        ("level=ministers", ["month"]),
        ("side=RU", ["call"]),
        ("side=independent", ["month", "brussels"]),
        ("after=2022-05-25", ["month"]),
        ("before=2022-05-02", ["month", "call", "brussels"]),
        ("after=2022-04-07&before=2022-04", ["call"]),
        ("q=Пашинян", ["call", "brussels"]),
        ("q=Мишель+brussels", ["brussels"]),
        ("kind=&q=", ["month", "call", "brussels"]),
    ],
)
def test_it_narrows_by(events, query, names):
    assert found(events, query) == names


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("kid=call", "kid"),
        ("kind=parley", "kind"),
        ("leader=nobody", "leader"),
        ("topic=weather", "topic"),
        ("after=soon", "after"),
        ("after=2022&after=2023", "after"),
        ("joint=perhaps", "joint"),
        ("ordering=title", "ordering"),
        ("side=XX", "side"),
        ("q=" + "x" * 300, "q"),
        ("utm_source=mail", "utm_source"),
    ],
)
def test_it_names_what_it_does_not_understand_and_what_it_would(events, query, parameter):
    with pytest.raises(BadFilter) as error:
        read_filter(QueryDict(query))
    assert error.value.parameter == parameter
    assert error.value.known


def test_it_ignores_what_mailers_add_on_pages(events):
    assert not read_filter(QueryDict("utm_source=mail&fbclid=1&gclid=2"), lenient=True)


def test_it_writes_one_question_in_one_way():
    one = read_filter(QueryDict("status=held&kind=meeting&kind=call"))
    other = read_filter(QueryDict("kind=call&kind=meeting&status=held&ordering=-date"))
    assert one.query == other.query
