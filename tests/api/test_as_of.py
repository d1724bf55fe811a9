"""The record as it was recorded on a day is what the record said at the end of that day."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from peacetracker.api.resources import RESOURCES
from peacetracker.diplomacy import merging
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import (
    Body,
    Commitment,
    Event,
    EventVersion,
    Leader,
    Place,
    Position,
    Proposal,
    Publisher,
    Source,
    Topic,
    Version,
)
from peacetracker.diplomacy.record import Author
from tests.api.conftest import CALL, a_promise_and_a_stand
from tests.factories import a_source, a_world, event_row

DAYS = [date(2026, 1, 5) + timedelta(days=number) for number in range(3)]
QUESTIONS = [
    "", "kind=call", "kind=call&kind=visit", "track=eu", "leader=nikol-pashinyan", "leader=charles-michel",
    "with=ilham-aliyev&with=nikol-pashinyan", "party=ru&party=EU", "mediator=eu", "mediator=charles-michel",
    "topic=border-delimitation", "commission=border-delimitation-commissions", "proposal=five-principles-azerbaijan",
    "place=moscow", "status=cancelled", "level=leaders", "joint=true", "joint=false", "side=AM", "side=independent",
    "after=2022-05", "before=2022-05-03", "after=2022-05-10&before=2022-05-20&kind=meeting", "q=Пашинян", "q=border",
    "ordering=date&limit=3", "place=brussels&topic=peace-treaty&status=held",
]  # fmt: skip

OF = ("leaders", "parties", "commissions", "events")
COUNTED = [
    *(f"{address}/?{narrowed}" for address in ("stats", "timeline") for narrowed in (
        "", "leader=nikol-pashinyan", "kind=call&kind=visit", "joint=true&after=2022-05-03", "q=border",
    )),
    *(f"network/?of={of}&{narrowed}" for of in OF for narrowed in ("", "status=cancelled", "kind=statement&party=AM")),
    *(f"network/?format={form}&of={of}" for form in ("csv", "gexf", "graphml") for of in OF),
]  # fmt: skip


def counted(answer):
    """An answer without what is the present's alone; a file as it is."""
    if not answer.data:
        return answer.text
    return {
        name: value for name, value in answer.data.items() if name not in ("covered_until", "generation", "changed_at")
    }


@dataclass(frozen=True)
class On(Author):
    """An author at work on a day."""

    moment: datetime = datetime(2026, 1, 1, tzinfo=UTC)

    def at(self):
        return self.moment


class Days:
    """Whoever writes, writes at a moment of the day that is set; each act a second after the last."""

    def __init__(self, monkeypatch):
        self.moment = datetime(2026, 1, 1, tzinfo=UTC)
        monkeypatch.setattr(Author, "at", lambda _author: self.tick())

    def tick(self):
        self.moment += timedelta(seconds=1)
        return self.moment

    def begin(self, day):
        self.moment = datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


@pytest.fixture
def days(monkeypatch):
    return Days(monkeypatch)


def any_row(chance, slug):
    people = chance.sample(["charles-michel", "ilham-aliyev", "nikol-pashinyan", "vladimir-putin"], 2)
    return event_row(
        slug=slug,
        kind=chance.choice(["call", "meeting", "visit", "statement"]),
        date=f"2022-05-{chance.randint(1, 28):02}",
        date_precision=chance.choice(["day", "day", "month"]),
        title=chance.choice(["Talks", "On the border", "A treaty"]),
        place=chance.choice(["brussels", "moscow", None]),
        participants=[{"person": one, "role": chance.choice(["participant", "mediator"])} for one in people],
        parties=chance.sample(["AM", "AZ", "EU", "RU"], 2),
        topics=chance.sample(["peace-treaty", "border-delimitation"], chance.randint(0, 2)),
        bodies=chance.sample(["border-delimitation-commissions"], chance.randint(0, 1)),
        proposals=chance.sample(["five-principles-azerbaijan"], chance.randint(0, 1)),
        status=chance.choice(["held", "cancelled", "scheduled"]),
        sources=[a_source(slug, side=chance.choice(["independent", "AM", "RU"]))],
    )


def edit(chance, day):
    """One act of an editor."""
    public = list(Event.objects.public().order_by("slug"))
    act = chance.choice(["add", "add", "change", "withdraw", "merge", "restore", "source", "rename"])
    if act == "add" or len(public) < 3:
        number = Event.objects.count()
        writers.write_event(any_row(chance, f"event-{number:02}"), author=Author())
        return
    event = chance.choice(public)
    if act == "change":
        writers.write_event(any_row(chance, event.slug), author=Author(reason="corrected"))
    elif act == "withdraw":
        writers.withdraw_event(event, reason="Taken back.", author=Author())
    elif act == "merge":
        heir = next(other for other in public if other != event)
        merging.merge(event, heir, reason="The same.", author=Author())
    elif act == "restore" and (gone := Event.objects.filter(visibility="withdrawn").first()):
        writers.restore_event(gone, author=Author())
    elif act == "source":
        writers.add_source(event, a_source(f"{day}-{event.slug}", side="AM"), author=Author())
    elif act == "rename":
        writers.rename_event(event, f"{event.slug}-{day:%d}", author=Author())


@pytest.mark.parametrize("seed", range(4))
def test_it_says_of_each_day_what_it_said_on_that_day(ask, db, days, seed):
    chance = random.Random(seed)
    days.begin(DAYS[0])
    a_world()
    said = {}
    for day in DAYS:
        days.begin(day)
        for _ in range(12):
            edit(chance, day)
        for question in QUESTIONS:
            said[day, question] = ask(f"events/?{question}").data["results"]
        for question in COUNTED:
            said[day, question] = counted(ask(question))
    for (day, question), expected in said.items():
        if question in COUNTED:
            assert counted(ask(f"{question}&as_of={day}")) == expected, (seed, day, question)
        else:
            assert ask(f"events/?{question}&as_of={day}").data["results"] == expected, (seed, day, question)
    for one in said[DAYS[0], ""]:
        assert ask(f"events/{one['slug']}/?as_of={DAYS[0]}").data == one
    assert said[DAYS[0], ""] != said[DAYS[2], ""]


NOUN_QUESTIONS = [
    *(f"{noun}/?" for noun in RESOURCES), "leaders/?party=AM", "leaders/?q=Pashinyan", "leaders/?q=Nicol",
    "parties/?kind=state", "proposals/?party=AM", "proposals/?q=five", "proposals/?after=2022-03&before=2022",
    "commissions/?kind=format", "topics/?q=border", "topics/?q=delimitation", "places/?q=Brussel",
    "commitments/?status=open", "commitments/?status=kept", "positions/?proposal=five-principles-azerbaijan",
    "positions/?party=AM&stance=rejected", "positions/?stance=accepted", "positions/?after=2022-03-20",
    "positions/?before=2022-03-19", "sources/?side=AM", "sources/?side=independent", "sources/?publisher=example.org",
]  # fmt: skip


def as_an_editor_leaves_it():
    """What the admin keeps beside the fields."""
    Source.objects.update(publisher=Publisher.objects.get())
    for model in (Leader, Place, Topic, Proposal, Body):
        for one in model.objects.all():
            model.objects.filter(pk=one.pk).update(search_text=one.folded())


def test_it_knows_every_noun_of_a_past_day(ask, db, days):
    days.begin(DAYS[0])
    a_world()
    event = writers.write_event(event_row(), author=Author())
    a_promise_and_a_stand(event)
    as_an_editor_leaves_it()
    for noun in ("publisher", "position"):
        writers.settle(noun, author=Author())
    said = {(DAYS[0], one): ask(f"{one}&limit=1000").data for one in NOUN_QUESTIONS}
    days.begin(DAYS[1])
    Leader.objects.filter(slug="nikol-pashinyan").update(name="Nicol")
    Place.objects.filter(slug="brussels").update(name="Brussel")
    Topic.objects.filter(slug="border-delimitation").update(name="Boundary")
    Position.objects.update(stance="rejected")
    Commitment.objects.update(status="kept")
    for noun in ("leader", "place", "topic", "proposal", "commitment"):
        writers.settle(noun, author=Author())
    writers.write_event(event_row(**CALL, slug="2022-05-01-call", sources=[a_source(7, side="AM")]), author=Author())
    as_an_editor_leaves_it()
    said |= {(DAYS[1], one): ask(f"{one}&limit=1000").data for one in NOUN_QUESTIONS}
    promised_there = ask(f"commitments/?event={event.slug}&as_of={DAYS[0]}").data["results"]
    assert promised_there == said[DAYS[0], "commitments/?"]["results"]
    days.begin(DAYS[2])
    writers.withdraw_event(event, reason="Taken back.", author=Author())
    said |= {(DAYS[2], one): ask(f"{one}&limit=1000").data for one in NOUN_QUESTIONS}
    for (day, question), expected in said.items():
        assert ask(f"{question}&limit=1000&as_of={day}").data["results"] == expected["results"], (day, question)
    assert ask(f"leaders/nikol-pashinyan/?as_of={DAYS[0]}").data["name"] == "Nikol Pashinyan"
    assert ask(f"commitments/to-meet-again/?as_of={DAYS[1]}").data["status"] == "kept"


def test_it_shows_as_it_was_what_was_withdrawn_later(ask, db, days):
    days.begin(DAYS[0])
    a_world()
    event = writers.write_event(event_row(), author=Author())
    days.begin(DAYS[1])
    writers.withdraw_event(event, reason="Taken back.", author=Author())
    assert ask(f"events/{event.slug}/?as_of={DAYS[0]}").data["title"] == event.title
    assert ask(f"events/{event.slug}/?as_of={DAYS[1]}").status == 410
    assert ask(f"events/?as_of={DAYS[1]}").data["results"] == []


def test_a_list_of_one_kind_holds_no_other_kind_that_changed_since(ask, db, days):
    days.begin(DAYS[0])
    a_world()
    meeting = writers.write_event(event_row(), author=Author())
    call = writers.write_event(event_row(**CALL, slug="2022-05-01-call", sources=[a_source(7)]), author=Author())
    days.begin(DAYS[1])
    for event in (meeting, call):
        writers.withdraw_event(event, reason="Taken back.", author=Author())
    for address, slug in (("calls", call.slug), ("meetings", meeting.slug)):
        assert [one["slug"] for one in ask(f"{address}/?as_of={DAYS[0]}").data["results"]] == [slug]


def test_it_finds_an_event_by_its_name_of_then_and_of_now(ask, db, days):
    days.begin(DAYS[0])
    a_world()
    event = writers.write_event(event_row(), author=Author())
    days.begin(DAYS[1])
    writers.rename_event(event, "2022-04-06-summit", author=Author())
    for name in ("2022-04-06-brussels", "2022-04-06-summit"):
        assert ask(f"events/{name}/?as_of={DAYS[0]}").data["slug"] == "2022-04-06-brussels"


@pytest.mark.parametrize("form", ["csv", "jsonl", "geojson", "ics", "atom"])
def test_it_gives_the_past_in_every_format(ask, db, days, form):
    days.begin(DAYS[0])
    a_world()
    writers.write_event(event_row(title="As it was called"), author=Author())
    days.begin(DAYS[1])
    writers.write_event(event_row(title="As it is called"), author=Author())
    assert "As it was called" in ask(f"events/?format={form}&as_of={DAYS[0]}").text
    assert "As it is called" in ask(f"events/?format={form}&as_of={DAYS[1]}").text


def test_it_gives_the_changes_between_two_days(ask, db, days):
    days.begin(DAYS[0])
    a_world()
    gone = writers.write_event(event_row(), author=Author())
    writers.write_event(event_row(slug="kept", sources=[a_source(2)]), author=Author())
    days.begin(DAYS[1])
    writers.write_event(event_row(slug="kept", title="Mended", sources=[a_source(2)]), author=Author())
    days.begin(DAYS[2])
    writers.withdraw_event(gone, reason="Taken back.", author=Author())
    second = ask(f"events/?modified_since={DAYS[1]}&as_of={DAYS[1]}").data
    assert ([one["slug"] for one in second["results"]], second["tombstones"]) == (["kept"], [])
    third = ask(f"events/?modified_since={DAYS[1]}&as_of={DAYS[2]}").data
    assert [one["slug"] for one in third["tombstones"]] == [gone.slug]


@pytest.mark.parametrize("value", ["2026-1-5", "2026-02-30", "yesterday", "2026-01", "9999-12-31", "1999-12-31"])
@pytest.mark.parametrize(
    "address",
    ["events/", "events/2022-04-06-brussels/", "leaders/", "topics/peace-treaty/", "network/", "timeline/", "stats/"],
)
def test_it_refuses_a_day_that_it_cannot_know_and_names_the_first(ask, db, days, address, value):
    days.begin(DAYS[0])
    a_world()
    writers.write_event(event_row(), author=Author())
    answer = ask(f"{address}?as_of={value}")
    assert (answer.status, answer.data["parameter"]) == (400, "as_of")
    assert answer.data["known"][0] == f"{DAYS[0]}"


def test_it_refuses_any_day_before_something_is_recorded(ask, db):
    assert not EventVersion.objects.exists()
    assert not Version.objects.exists()
    assert ask("events/?as_of=2026-01-05").status == 400


def test_it_pages_through_the_past(ask, db, days):
    days.begin(DAYS[0])
    a_world()
    for number in range(5):
        writers.write_event(
            event_row(slug=f"event-{number}", date=f"2022-04-0{number + 1}", sources=[a_source(number)]),
            author=Author(),
        )
    for address in ("events/", "leaders/", "sources/"):
        whole = ask(f"{address}?as_of={DAYS[0]}&count=true").data
        answer, seen = ask(f"{address}?as_of={DAYS[0]}&limit=2"), []
        while True:
            seen += answer.data["results"]
            if not answer.data["next"]:
                break
            answer = ask(answer.data["next"])
        assert seen == whole["results"]
        assert ask(answer.data["previous"]).data["results"] == seen[-4:-2] or len(seen) % 2
        assert len(seen) == whole["count"]


def test_it_counts_to_the_day_that_the_record_reached_then(ask, db, days):
    days.begin(DAYS[0])
    a_world()
    writers.write_event(event_row(), author=Author())
    writers.write_event(event_row(slug="planned", date="2022-06-01", status="scheduled"), author=Author())
    days.begin(DAYS[1])
    writers.write_event(event_row(slug="later", date="2022-05-22", sources=[a_source(2)]), author=Author())
    for address in ("stats/", "timeline/", "network/"):
        assert ask(f"{address}?as_of={DAYS[0]}").data["covered_until"] == "2022-04-06"
        assert ask(f"{address}?as_of={DAYS[1]}").data["covered_until"] == "2022-05-22"
    assert ask(f"stats/?as_of={DAYS[0]}").data["changed_at"].startswith(f"{DAYS[0]}")


def test_it_asks_the_database_as_often_whatever_was_recorded(ask, db, days, django_assert_max_num_queries):
    days.begin(DAYS[0])
    a_world()
    for number in range(6):
        writers.write_event(event_row(slug=f"event-{number}", sources=[a_source(number)]), author=Author())
    for address in ("stats/?", "timeline/?", "network/?", "network/?of=events&", "network/?of=commissions&"):
        with django_assert_max_num_queries(12):
            assert ask(f"{address}as_of={DAYS[0]}").status == 200
