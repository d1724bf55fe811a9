"""Stored counts stay equal to what counting would give, whatever is done to events; and people lead through lists."""

import contextlib
import importlib
import random
from collections import Counter
from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict

from peacetracker.analysis import cadence
from peacetracker.analysis.facets import Among, counted, facets, total
from peacetracker.analysis.map import placed, venues
from peacetracker.analysis.network import levels
from peacetracker.analysis.people import counterparts, people
from peacetracker.analysis.quarters import quarters
from peacetracker.analysis.readouts_ranking import two_sided
from peacetracker.analysis.tallies import combinations
from peacetracker.diplomacy import merging, record, tallying
from peacetracker.diplomacy.choices import CONTACTS
from peacetracker.diplomacy.filters import read_filter
from peacetracker.diplomacy.models import Event, Participation, Tally
from peacetracker.diplomacy.record import Author
from tests.factories import an_event
from tests.keeping import kept

AUTHOR = Author(reason="tried")
MIGRATIONS = "peacetracker.diplomacy.migrations"
KINDS, STATUSES = ("call", "meeting", "statement", "commission-session"), ("held", "cancelled", "scheduled")


def stored() -> dict[tuple, int]:
    return {tuple(row[:-1]): row[-1] for row in Tally.objects.filter(n__gt=0).values_list(*tallying.COLUMNS, "n")}


def restore(event: Event) -> None:
    """Whatever hid it is undone; a merger that others rest on stays."""
    if event.heir_id:
        with contextlib.suppress(merging.CannotMerge):
            merging.undo(merging.standing_merger(event), author=AUTHOR)
    elif not event.is_public:
        record.restore_event(event, author=AUTHOR)


def act(one: random.Random, made: list[Event], number: int) -> None:
    """One edit of one event, drawn by lot."""
    event = one.choice(made) if made else None
    choice = one.choice(["add", "change", "withdraw", "restore", "merge", "take back"]) if event else "add"
    if choice == "add":
        day = date(2022, 1, 1 + number % 28)
        made.append(an_event(slug=f"{day}-{number}", date=day.isoformat(), kind=one.choice(KINDS)))
    elif choice == "change":
        Event.objects.filter(pk=event.pk).update(kind=one.choice(KINDS), status=one.choice(STATUSES))
        record.settle_events([event.pk], author=AUTHOR)
    elif choice == "withdraw" and Event.objects.get(pk=event.pk).is_public:
        record.withdraw_event(event, reason="tried", author=AUTHOR)
    elif choice == "restore":
        restore(Event.objects.get(pk=event.pk))
    elif choice == "merge":
        heirs = [other for other in Event.objects.public() if other.pk != event.pk]
        if heirs and Event.objects.get(pk=event.pk).is_public:
            merging.merge(event, heirs[0], reason="", author=AUTHOR)
    elif choice == "take back" and not Event.objects.filter(heir=event).exists():
        made.remove(event)
        record.take_back_event(Event.objects.get(pk=event.pk))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_it_stores_what_counting_would_give_after_any_edits(seed):
    one, made = random.Random(seed), []
    for number in range(25):
        act(one, made, number)
    kept = stored()
    assert tallying.recount() == Event.objects.public().count()
    assert stored() == kept


@pytest.fixture(scope="module")
def edited(django_db_setup, django_db_blocker):
    """A record after random edits."""
    one, made = random.Random(7), []
    with kept(django_db_blocker):
        for number in range(20):
            act(one, made, number)
        yield


@pytest.mark.parametrize(
    "question",
    [
        "", "kind=call", "kind=call&status=held", "leader=nikol-pashinyan", "joint=true",
        "leader=ilham-aliyev&kind=call",
        "after=2022-01-10", "before=2022-01-10", "after=2022-01-05&before=2022-01-20&kind=call",
        "after=2021-11-20&before=2022-03-02", "after=2022&before=2022&status=held",
        "after=2022-02&before=2022-02", "after=2022-02-02&before=2022-02-28", "after=2022-02-01&before=2022-02-20",
        "after=9999-12-05", "before=9999",
        "party=AM&party=AZ", "leader=nikol-pashinyan&leader=ilham-aliyev&kind=call",
        "topic=border-delimitation&topic=peace-treaty",
    ],
)  # fmt: skip
def test_it_answers_from_the_store_as_by_counting(edited, db, question, monkeypatch):
    asked = read_filter(QueryDict(question))
    from_store, options = counted(asked), facets(asked)
    has_two = any(len(asked.values.get(name, ())) == 2 for name in ("party", "leader", "topic"))
    # What both of two have is looked at in the short rows, which SQLite does not have.
    assert (combinations(asked) is None) == (has_two and connection.vendor == "sqlite")
    look_at_events(monkeypatch)
    assert {key: n for key, n in counted(asked).items() if n} == from_store
    assert facets(asked) == options
    assert total(asked) == options.total


def look_at_events(monkeypatch) -> None:
    monkeypatch.setattr("peacetracker.analysis.facets.combinations", lambda *args: None)
    monkeypatch.setattr("peacetracker.analysis.facets.topics_counted", lambda *args: None)
    monkeypatch.setattr("peacetracker.analysis.facets.only_closed", lambda *args: False)


@pytest.mark.django_db
def test_counts_that_came_later_are_added_up_from_older_ones():
    one, made, added = random.Random(31), [], importlib.import_module(f"{MIGRATIONS}.0011_whole_years")
    for number in range(25):
        act(one, made, number)
    counted = stored()
    with connection.cursor() as cursor:
        for statement in (added.FORGET, *added.ADD):
            cursor.execute(statement)
    assert stored() == counted


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["", "kind=call", "kind=meeting&status=held&topic=peace-treaty"])
def test_it_answers_of_some_events_from_the_store_as_by_counting(question, monkeypatch):
    one, made = random.Random(11), []
    for number in range(20):
        act(one, made, number)
    asked, until = read_filter(QueryDict(question)), date(2023, 1, 1)
    closed = {"kind": list(map(str, cadence.KINDS)), "status": ["held"]}
    pages = [Among(placed(), "placed"), Among(two_sided(), "sided"), Among(cadence.held(until), "", closed)]
    from_store = [facets(asked, page) for page in pages]
    look_at_events(monkeypatch)
    assert [facets(asked, page) for page in pages] == from_store


@pytest.mark.django_db
def test_it_knows_the_rhythm_of_contacts_as_by_counting():
    one, until = random.Random(13), date(2023, 1, 1)
    made = [
        an_event(slug=f"2022-02-{day:02}-{day}", date=f"2022-02-{day:02}", kind=KINDS[day % 2]) for day in range(1, 13)
    ]
    for number in range(15):
        act(one, made, number)
    Event.objects.filter(pk__in=[event.pk for event in made[:4]]).update(date_precision="month")
    Event.objects.filter(pk__in=[event.pk for event in made[4:6]]).update(date_precision="year")
    for event in made[:6]:  # saved, so that its first and last day follow
        Event.objects.get(pk=event.pk).save()
    record.settle_events([event.pk for event in made], author=AUTHOR)
    asked = read_filter(QueryDict(""))
    assert cadence.is_stored(asked, until)
    kept, looked = (cadence.count(asked, until, known=known) for known in (True, False))
    assert cadence.months(kept.by_month, until) == cadence.months(looked.by_month, until)
    assert cadence.weeks(kept.by_week, until) == cadence.weeks(looked.by_week, until)
    assert (kept.levels, kept.tracks, kept.imprecise) == (looked.levels, looked.tracks, looked.imprecise)
    assert looked.imprecise


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["", "kind=meeting&status=held"])
def test_it_knows_the_places_as_by_counting(question, monkeypatch):
    one, made = random.Random(17), []
    for number in range(20):
        act(one, made, number)
    asked = read_filter(QueryDict(question))
    kept = venues(asked)
    monkeypatch.setattr("peacetracker.analysis.map.only_closed", lambda *args: False)
    assert venues(asked) == kept


@pytest.mark.django_db
def test_it_knows_people_and_those_they_met_as_by_counting():
    one, made = random.Random(19), []
    for number in range(25):
        act(one, made, number)
    met = Participation.objects.filter(event__visibility="public", event__status="held", event__kind__in=CONTACTS)
    for group in people(date(2023, 1, 1)):
        for person in group.people:
            mine = met.filter(leader=person.leader)
            last = mine.order_by("-event__first_day").values_list("event__first_day", flat=True).first()
            joint = mine.filter(event__joint=True).count()
            assert (person.contacts, person.joint, person.last) == (mine.count(), joint, last)
            for other in counterparts(person.leader):
                both = met.filter(leader__slug=other.slug, event__in=mine.values("event"))
                days = both.order_by("-event__first_day").values_list("event__first_day", flat=True)
                assert (other.count, other.last) == (len(days), days[0])


@pytest.mark.django_db
def test_it_leads_through_one_persons_events_as_if_all_were_looked_at():
    one, made = random.Random(3), []
    for number in range(20):
        act(one, made, number)
    present = Event.objects.public().filter(participations__leader__slug="ilham-aliyev")
    for question in ("leader=ilham-aliyev", "with=ilham-aliyev&with=nikol-pashinyan"):
        for more in ("", "&kind=call", "&after=2022-01-10&before=2022-01-20", "&ordering=date&kind=meeting&kind=call"):
            asked = read_filter(QueryDict(question + more))
            plain = read_filter(QueryDict(more.lstrip("&")))
            expected = list(plain.apply(present).values_list("slug", flat=True).order_by("-first_day", "-slug"))
            found = list(asked.events().values_list("slug", flat=True))
            assert found == (expected[::-1] if asked.ordering == "date" else expected)


@pytest.mark.django_db
def test_it_knows_the_level_of_each_person_as_by_counting():
    one, made = random.Random(23), []
    for number in range(25):
        act(one, made, number)
    rows = Participation.objects.filter(event__visibility="public", event__status="held", event__kind__in=CONTACTS)
    counts: dict[str, Counter[str]] = {}
    for slug, level in rows.exclude(office=None).values_list("leader__slug", "office__level"):
        counts.setdefault(slug, Counter())[level] += 1
    found = levels()
    assert found.keys() == counts.keys()
    assert all(counts[slug][level] == max(counts[slug].values()) for slug, level in found.items())


@pytest.mark.django_db
def test_it_knows_the_quarters_as_by_counting():
    one, until = random.Random(29), date(2023, 5, 20)
    made = [an_event(slug=f"2022-{m:02}-05-{m}", date=f"2022-{m:02}-05", kind=KINDS[m % 2]) for m in range(1, 13)]
    for number in range(15):
        act(one, made, number)
    held = Event.objects.public().filter(joint=True, status="held", kind__in=cadence.KINDS)
    expected = Counter((day.year, (day.month + 2) // 3) for day in held.values_list("first_day", flat=True))
    assert {(row.year, row.number): row.total for row in quarters(until) if row.total} == expected
