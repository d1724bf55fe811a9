"""After any edits a list says what the rows say, and a copy kept by `modified_since` equals the list."""

from contextlib import suppress
from itertools import count

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peacetracker.diplomacy import documents, merging
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.gathering import gather_events
from peacetracker.diplomacy.models import Event, Leader, Merger
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.showing import shown_by
from tests.factories import a_source, event_row

numbers = count()
KINDS = ("call", "meeting", "visit", "statement")
PEOPLE = ("nikol-pashinyan", "ilham-aliyev", "ararat-mirzoyan", "vladimir-putin")
ACTS = ("write", "change", "withdraw", "restore", "merge", "unmerge", "rename", "person")
FILTERS = ("", "kind=call", "leader=nikol-pashinyan", "kind=meeting&kind=visit&leader=ilham-aliyev", "after=2022-06")
EXAMPLES = settings(
    max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
an_event = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "date": st.sampled_from(["2022-04-06", "2022-08-01", "2023-01-01"]),
        "title": st.sampled_from(["Talks", "A call", "Прага"]),
        "participants": st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3).map(
            lambda people: [{"person": slug, "role": "participant"} for slug in people]
        ),
        "place": st.sampled_from(["brussels", "moscow", None]),
    }
)
edits = st.lists(
    st.tuples(
        st.sampled_from([*ACTS, "write", "change"]),
        st.integers(0, 9),
        an_event,
    ),
    min_size=2,
    max_size=9,
)  # fmt: skip


def edit(what, n, row):
    """One act of an editor on the n-th event it can be done to; nothing where there is none."""
    public = list(Event.objects.public().order_by("pk"))
    hidden = list(Event.objects.filter(visibility="withdrawn").order_by("pk"))
    one = public[n % len(public)] if public else None
    if what == "write":
        slug = f"event-{next(numbers)}"
        writers.write_event(event_row(**row, slug=slug, sources=[a_source(slug)]), author=Author())
    elif what == "change" and one:
        writers.write_event(event_row(**row, slug=one.slug, sources=[a_source(one.slug)]), author=Author())
    elif what == "withdraw" and one:
        writers.withdraw_event(one, reason="Taken back.", author=Author())
    elif what == "restore" and hidden:
        writers.restore_event(hidden[n % len(hidden)], author=Author())
    elif what == "merge" and len(public) > 1:
        merging.merge(one, public[(n + 1) % len(public)], reason="The same.", author=Author())
    elif what == "unmerge" and (last := Merger.objects.filter(undone_at=None).order_by("-pk").first()):
        merging.undo(last, author=Author())
    elif what == "rename" and one:
        writers.rename_event(one, f"renamed-{next(numbers)}", author=Author())
    elif what == "person":
        leader = Leader.objects.get(slug=PEOPLE[n % len(PEOPLE)])
        leader.name = f"{leader.name}+"
        leader.save()
        writers.settle_all(shown_by(leader), author=Author())


def attempt(*one):
    """What an editor may not do is refused, and changes nothing."""
    with suppress(merging.CannotMerge), transaction.atomic():
        edit(*one)


def naive(asked):
    """The list as one would write it down from the rows: every event serialized anew, then filtered by hand."""
    wanted = [pair.split("=") for pair in asked.split("&") if pair]
    kinds = [value for name, value in wanted if name == "kind"]
    people = [value for name, value in wanted if name == "leader"]
    after = next((value for name, value in wanted if name == "after"), "")
    public = [one for one in gather_events(Event.objects.values_list("pk", flat=True)) if one.event.is_public]
    found = [documents.event(one.event, one.lists, one.promised) for one in public]
    return {
        one["slug"]: one
        for one in found
        if (not kinds or one["kind"] in kinds)
        and (not people or {part["leader"]["slug"] for part in one["participants"]} & set(people))
        and one["date"] >= after
    }


def listed(ask, asked):
    rows = ask(f"events/?limit=1000&{asked}".rstrip("&")).data["results"]
    return {one["slug"]: {name: value for name, value in one.items() if name != "updated_at"} for one in rows}


def bring_up_to_date(copy, ask, asked, since):
    """What a program does that keeps a copy: put in what came, take out what went."""
    answer = ask(f"events/?limit=1000&modified_since={since}&{asked}".rstrip("&")).data
    copy |= {one["slug"]: {k: v for k, v in one.items() if k != "updated_at"} for one in answer["results"]}
    for stone in answer["tombstones"]:
        copy.pop(stone["slug"], None)


@pytest.mark.parametrize("asked", FILTERS)
def test_a_list_is_what_the_rows_say_and_a_copy_stays_equal_to_it(ask, world, asked):
    @EXAMPLES
    @given(before=edits, after=edits)
    def stay_equal(before, after):
        with transaction.atomic():
            for one in before:
                attempt(*one)
            copy, since = listed(ask, asked), timezone.now().isoformat().replace("+00:00", "Z")
            for one in after:
                attempt(*one)
            told = listed(ask, asked)
            assert told == naive(asked)
            bring_up_to_date(copy, ask, asked, since)
            assert copy == told
            transaction.set_rollback(True)

    stay_equal()
