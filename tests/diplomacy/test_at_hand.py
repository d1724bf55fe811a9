"""Any combination of filters finds and counts what the documents themselves say, whatever is done to events."""

import random
from collections import Counter

import orjson
import pytest
from django.db import connection
from django.http import QueryDict

from peacetracker.analysis.facets import facets, total
from peacetracker.diplomacy import at_hand, record
from peacetracker.diplomacy.filters import read_filter
from peacetracker.diplomacy.models import AtHand, Event, EventVersion
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.terms import term
from tests.diplomacy.test_tallying import act
from tests.factories import a_source, an_event, event_row

AUTHOR = Author(reason="tried")
QUESTIONS = (
    "leader=ilham-aliyev&leader=vladimir-putin", "with=ilham-aliyev&with=nikol-pashinyan&kind=meeting",
    "party=AZ&party=RU&status=held", "party=AM&topic=border-delimitation", "mediator=EU&status=cancelled",
    "mediator=charles-michel&mediator=EU&after=2022-01-05", "side=RU", "side=independent&kind=call&before=2022-01-20",
    "topic=peace-treaty&topic=border-delimitation&joint=true", "place=brussels&kind=meeting&kind=call",
    "leader=nikol-pashinyan&topic=peace-treaty&after=2022-01-03&before=2022-01-15", "party=AM&level=leaders&track=eu",
    "place=moscow&party=RU&ordering=date&after=2022-01-08", "with=vladimir-putin&side=RU&ordering=date",
    "leader=ilham-aliyev&topic=peace-treaty&ordering=date&after=2022",
)  # fmt: skip
OTHER = {
    "kind": "call", "place": "moscow", "parties": ["AM", "RU"], "topics": ["border-delimitation"],
    "participants": [{"person": who, "role": "participant"} for who in ("nikol-pashinyan", "vladimir-putin")],
    "sources": [a_source(2, side="RU")],
}  # fmt: skip


def edited(seed):
    """A record after some edits, in which not all events are alike."""
    one, made = random.Random(seed), []
    for number in range(22):
        act(one, made, number)
        if number % 3 == 0:
            an_event(slug=f"2022-01-{number + 1:02}-other", date=f"2022-01-{number + 1:02}", **OTHER)
    an_event(slug="2022-01-month", date="2022-01-01", date_precision="month")
    return [orjson.loads(text) for text in current().values_list("document", flat=True)]


def current():
    return EventVersion.objects.filter(recorded_to=None).order_by("-first_day", "-slug")


def answers(version, asked):
    """What the terms of a version say, which were taken from its document alone."""
    days = {"after": lambda day: version.last_day >= day, "before": lambda day: version.first_day <= day}
    for name, given in asked.given.items():
        if name in days:
            if not days[name](asked.values[name]):
                return False
            continue
        has = [term("leader" if name == "with" else name, value) in version.terms for value in given]
        if not (all(has) if name == "with" else any(has)):
            return False
    return True


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [2, 5])
def test_it_finds_and_counts_what_the_documents_say(seed):
    edited(seed)
    found_some = 0
    for query in QUESTIONS:
        asked = read_filter(QueryDict(query))
        wanted = [version.slug for version in current() if answers(version, asked)]
        found = list(asked.events().values_list("slug", flat=True))
        assert found == (wanted[::-1] if asked.ordering == "date" else wanted), query
        counted = facets(asked)
        assert (counted.total, total(asked)) == (len(wanted), len(wanted)), query
        found_some += bool(wanted)
    assert found_some > len(QUESTIONS) / 2


@pytest.mark.django_db
def test_it_counts_topics_beside_other_choices():
    edited(3)
    for query in (
        "party=RU",
        "leader=nikol-pashinyan&status=held",
        "place=moscow&kind=call",
        "side=RU&after=2022-01-10",
    ):
        asked = read_filter(QueryDict(query))
        documents = [orjson.loads(one.document) for one in current() if answers(one, asked)]
        wanted = Counter(topic for document in documents for topic in document["topics"])
        topics = facets(asked).facets[-1]
        assert wanted
        assert {option.value: option.count for option in topics.options} == wanted


def rows():
    found = AtHand.objects.order_by("pk").values_list("pk", "kind", "status", "first_day", "slug", "topics", "terms")
    return [(*row, sorted(topics), sorted(terms)) for *row, topics, terms in found]


@pytest.mark.django_db
def test_it_keeps_the_short_rows_of_public_events_alone_as_if_written_anew():
    edited(7)
    event = Event.objects.public().first()
    record.write_event(event_row(slug=event.slug, topics=["border-delimitation"], place=None), author=AUTHOR)
    kept = rows()
    public = Event.objects.public().count() if connection.vendor == "postgresql" else 0
    assert len(kept) == public
    at_hand.rewrite()
    assert rows() == kept
