import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from peacetracker.core.cache import data_version
from peacetracker.core.dates import Span
from peacetracker.diplomacy import keeping, merging, record
from peacetracker.diplomacy.models import Event, EventVersion, Leader, Tenure
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.references import References, UnknownReference, stable_key
from tests.factories import a_source, a_world, an_event, event_row

pytestmark = pytest.mark.django_db


def current(event):
    return json.loads(EventVersion.objects.get(event=event, recorded_to=None).document)


def test_it_derives_track_level_offices_and_search_text():
    event = an_event()
    assert (event.track, event.joint, event.level, event.source_count) == ("eu", True, "leaders", 1)
    offices = dict(event.participations.values_list("leader__slug", "office__slug"))
    assert offices["nikol-pashinyan"] == "prime-minister-of-armenia"
    assert Event.objects.matching("Пашинян brussels").get() == event


def test_it_keeps_the_order_of_lists():
    event = an_event(parties=["EU", "AZ", "AM"], topics=["border-delimitation", "peace-treaty"])
    assert current(event)["parties"] == ["EU", "AZ", "AM"]
    assert current(event)["topics"] == ["border-delimitation", "peace-treaty"]


def test_it_makes_one_version_and_one_bump_for_a_change_and_none_for_no_change():
    event = an_event()
    before = data_version()
    record.write_event(event_row(title="Leaders meet again"), author=Author(reason="title mended"))
    assert data_version() == before + 1
    assert list(event.versions.order_by("recorded_from").values_list("reason", flat=True)) == ["", "title mended"]
    record.write_event(event_row(title="Leaders meet again"), author=Author())
    assert data_version() == before + 1
    assert event.versions.count() == 2


def test_it_refuses_a_public_event_without_a_source():
    a_world()
    with pytest.raises(IntegrityError, match="public_event_has_a_source"), transaction.atomic():
        record.write_event(event_row(sources=[]), author=Author())
    assert not Event.objects.exists()


def test_it_names_an_unknown_reference_and_writes_nothing():
    a_world()
    with pytest.raises(UnknownReference, match="atlantis"):
        record.write_event(event_row(place="atlantis"), author=Author())
    assert not Event.objects.exists()


def test_it_adds_a_source_once():
    event = an_event()
    assert record.add_source(event, a_source(2), author=Author())
    assert not record.add_source(event, a_source(2), author=Author())
    assert [cited["url"] for cited in current(event)["sources"]] == [a_source(1)["url"], a_source(2)["url"]]


def test_it_withdraws_with_a_reason_and_restores():
    event = an_event()
    with pytest.raises(ValueError, match="reason"):
        record.withdraw_event(event, reason=" ", author=Author())
    record.withdraw_event(event, reason="Taken back by its source.", author=Author())
    assert not Event.objects.public().exists()
    assert not event.versions.filter(recorded_to=None).exists()
    record.restore_event(event, author=Author())
    assert Event.objects.public().get() == event
    assert current(event)["slug"] == event.slug


def test_it_merges_one_event_into_another_with_its_sources():
    heir = an_event()
    twin = an_event(slug="2022-04-06-brussels-again", sources=[a_source(1), a_source(9)])
    merging.merge(twin, heir, reason="", author=Author())
    twin.refresh_from_db()
    assert (twin.visibility, twin.heir, Event.objects.public().count()) == ("merged", heir, 1)
    assert len(current(heir)["sources"]) == 2


def test_it_takes_an_approval_back_within_the_hour_and_burns_no_slug():
    event = an_event()
    record.take_back_event(event)
    assert an_event().slug == event.slug


def test_it_takes_nothing_back_after_an_hour():
    event = an_event()
    Event.objects.filter(pk=event.pk).update(created_at=event.created_at - timedelta(hours=2))
    event.refresh_from_db()
    with pytest.raises(ValueError, match="hour"):
        record.take_back_event(event)


def test_it_never_uses_a_slug_again():
    event = an_event()
    record.rename_event(event, "2022-04-06-brussels-summit", author=Author())
    with pytest.raises(keeping.SlugTaken):
        an_event()


def test_it_covers_until_the_last_event_that_is_not_only_scheduled():
    an_event()
    an_event(slug="later", date="2022-05-22", status="scheduled")
    assert keeping.covered_until() == date(2022, 4, 6)
    an_event(slug="cancelled", date="2022-05-30", status="cancelled")
    assert keeping.covered_until() == date(2022, 5, 30)


def test_it_keeps_the_widest_span_of_an_imprecise_event():
    event = an_event(date="2022-04-20", date_precision="month")
    assert Span(event.first_day, event.last_day) == Span(date(2022, 4, 1), date(2022, 4, 30))
    assert current(event)["date"] == "2022-04-01"


def a_tenure(start, end, precision="day"):
    return Tenure.objects.create(
        key=stable_key(start, end, precision),
        leader=Leader.objects.get(slug="ararat-mirzoyan"),
        office=Leader.objects.get(slug="vladimir-putin").tenures.get().office,
        start=start,
        start_precision=precision if start else "unknown",
        end=end,
        end_precision=precision if end else "open",
        source=References().source("https://example.org/tenure"),
    )


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2021, 5, 1), True),
        (date(2021, 4, 30), False),
        (date(2021, 8, 31), True),
        (date(2021, 9, 1), False),
    ],
)
def test_it_reads_tenures_closed_and_at_their_widest(day, held):
    a_world()
    tenure = a_tenure(date(2021, 5, 20), date(2021, 8, 3), precision="month")
    assert Tenure.objects.held_on(day).filter(pk=tenure.pk).exists() is held
    assert tenure.span.holds(day) is held


def test_it_counts_the_last_day_in_office():
    a_world()
    tenure = a_tenure(date(2021, 5, 20), date(2021, 8, 3))
    assert Tenure.objects.held_on(date(2021, 8, 3)).filter(pk=tenure.pk).exists()
    assert not Tenure.objects.held_on(date(2021, 8, 4)).filter(pk=tenure.pk).exists()
