"""Stored counts stay equal to what counting would give, whatever is done to events; and people lead through lists."""

import contextlib
import random
from datetime import date

import pytest
from django.http import QueryDict

from peacetracker.analysis.facets import counted, facets, total
from peacetracker.analysis.tallies import combinations
from peacetracker.diplomacy import merging, record, tallying
from peacetracker.diplomacy.filters import read_filter
from peacetracker.diplomacy.models import Event, Tally
from peacetracker.diplomacy.record import Author
from tests.factories import an_event

AUTHOR = Author(reason="tried")
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


@pytest.mark.django_db
@pytest.mark.parametrize("question", ["", "kind=call", "kind=call&status=held", "leader=nikol-pashinyan", "joint=true"])
def test_it_answers_from_the_store_as_by_counting(question, monkeypatch):
    one, made = random.Random(7), []
    for number in range(20):
        act(one, made, number)
    asked = read_filter(QueryDict(question))
    from_store, options = counted(asked), facets(asked)
    assert combinations(asked) is not None
    monkeypatch.setattr("peacetracker.analysis.facets.combinations", lambda asked: None)
    monkeypatch.setattr("peacetracker.analysis.facets.only_closed", lambda *args: False)
    assert {key: n for key, n in counted(asked).items() if n} == from_store
    assert facets(asked) == options
    assert total(asked) == options.total


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
