import json
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peacetracker.core.cache import data_version
from peacetracker.core.models import User
from peacetracker.diplomacy import record
from peacetracker.diplomacy.models import (
    Account,
    Announcement,
    Body,
    Commitment,
    Event,
    EventVersion,
    Leader,
    Office,
    Party,
    Place,
    Position,
    Proposal,
    Publisher,
    Source,
    Topic,
    Version,
)
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.references import lists
from peacetracker.newsroom.groups import EDITORS, READERS
from tests.diplomacy.desk import address, errors, filled, row_of
from tests.factories import a_source, a_world, an_event

pytestmark = pytest.mark.django_db
NOUNS = [model._meta.model_name for model in admin.site._registry if model._meta.app_label == "diplomacy"]
WHY = {"reason_for_change": "A slip of the pen."}


@pytest.fixture
def desk(client):
    client.force_login(User.objects.create_superuser("chief"))
    return client


def counts():
    """Versions of events, versions of other nouns, generation."""
    return EventVersion.objects.count(), Version.objects.count(), data_version()


def grown(before):
    return tuple(now - then for now, then in zip(counts(), before, strict=True))


def change(desk, one, **changes):
    """Open a form, change some of it, and send it."""
    where = address("change", one, one.pk)
    answer = desk.post(where, filled(desk.get(where)) | WHY | changes)
    assert answer.status_code == 302, errors(answer)
    return answer


@pytest.mark.parametrize("noun", NOUNS)
def test_it_lists_each_noun_of_the_record(desk, noun):
    an_event()
    assert desk.get(reverse(f"admin:diplomacy_{noun}_changelist")).status_code == 200


def a_row_of_each():
    """One record of every noun that has a form, with the event versions and other versions that its change makes."""
    event = an_event(bodies=["border-delimitation-commissions"], proposals=["five-principles-azerbaijan"])
    Body.objects.get().parties.set(Party.objects.filter(code__in=("AM", "AZ")))
    record.put_citations("body", Body.objects.get().pk, [a_source(5)], refs=record.References())
    record.put_citations("proposal", Proposal.objects.get().pk, [a_source(6)], refs=record.References())
    made = Commitment.objects.create(slug="a-promise", event=event, text="A promise.", status="open")
    made.by.add(Party.objects.get(code="AM"))
    record.put_citations("commitment", made.pk, [a_source(7)], refs=record.References())
    Account.objects.create(key="a" * 12, event=event, voice=Party.objects.get(code="AM"), source=Source.objects.first())
    Publisher.objects.create(domain="example.org", name="Example", kind="outlet")
    record.settle_all(
        {"event": [event.pk], "commitment": [made.pk], "body": [Body.objects.get().pk],
         "proposal": [Proposal.objects.get().pk]}, author=Author(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("model", "changes", "versions"),
    [
        (Event, {"title": "Mended"}, (1, 0)),
        (Leader, {"name": "Nikol Pashinian"}, (1, 1)),
        (Office, {"title": "Premier"}, (1, 2)),
        (Place, {"name": "Bruxelles"}, (1, 1)),
        (Topic, {"description": "Mended"}, (0, 1)),
        (Party, {"name": "Mended"}, (0, 1)),
        (Proposal, {"name": "Mended"}, (0, 1)),
        (Body, {"mandate": "Mended"}, (0, 1)),
        (Commitment, {"text": "Mended"}, (1, 1)),
        (Account, {"lines-TOTAL_FORMS": 1, "lines-0-subject": "tone", "lines-0-text": "Calm."}, (1, 0)),
        (Publisher, {"name": "Mended"}, (0, 1)),
    ],
)
def test_it_makes_one_version_of_what_shows_the_record_and_one_bump(desk, model, changes, versions):
    a_row_of_each()
    named = {Leader: "nikol-pashinyan", Place: "brussels", Office: "prime-minister-of-armenia", Topic: "peace-treaty"}
    one = model.objects.get(slug=named[model]) if model in named else model.objects.first()
    before = counts()
    change(desk, one)
    assert grown(before) == (0, 0, 0), "a save without a change is none"
    change(desk, one, **changes)
    assert grown(before) == (*versions, 1)
    assert desk.get(address("history", one, one.pk)).status_code == 200


@pytest.mark.parametrize("kind", ["call", "meeting", "visit", "commission-session"])
def test_it_saves_through_each_proxy_as_through_the_event(desk, kind):
    event = an_event(kind=kind)
    proxy = next(model for model in admin.site._registry
                 if model._meta.proxy and model.objects.filter(pk=event.pk).exists())  # fmt: skip
    before = counts()
    change(desk, proxy.objects.get(pk=event.pk), title="Mended")
    assert grown(before) == (1, 0, 1)
    assert event.versions.get(recorded_to=None).reason == "A slip of the pen."


def test_it_saves_a_row_and_a_list_in_the_order_given_in_one_version(desk):
    event = an_event()
    page = desk.get(address("change", event, event.pk))
    assert "js/record_desk.js" in str(page.context["media"])
    putin, chosen = Leader.objects.get(slug="vladimir-putin"), ["AZ", "RU", "AM"]
    before = counts()
    change(
        desk, event, parties=[Party.objects.get(code=code).pk for code in chosen],
        **{"participations-TOTAL_FORMS": 4, "participations-3-leader": putin.pk, "participations-3-role": "host"},
    )  # fmt: skip
    assert grown(before) == (1, 0, 1)
    assert lists(Event, "parties", [event.pk], "code")[event.pk] == chosen
    html = desk.get(address("change", event, event.pk)).content.decode()
    shown = html[html.index('id="id_parties"') :].split("</select>")[0]
    assert shown.index("Azerbaijan") < shown.index("Russia") < shown.index("Armenia")


def test_it_refuses_a_change_without_a_reason(desk):
    event = an_event()
    where = address("change", event, event.pk)
    assert desk.post(where, filled(desk.get(where)) | {"title": "Mended"}).status_code == 200
    assert event.versions.count() == 1


@pytest.mark.parametrize("cited", [True, False])
def test_it_adds_an_event_only_with_a_source(desk, cited):
    a_world()
    where = reverse("admin:diplomacy_event_add")
    source = {"url": "https://example.org/a", "publisher_name": "Example News", "title": "Report", "lang": "en"}
    data = filled(desk.get(where)) | {
        "slug": "2022-04-09-call", "kind": "call", "status": "held", "date": "2022-04-09", "date_precision": "day",
        "title": "A call", "summary": "They spoke.", "outcomes": "They agreed.\nThey will meet.",
        "parties": list(Party.objects.values_list("pk", flat=True)[:1]),
        "topics": list(Topic.objects.values_list("pk", flat=True)[:1]),
        **({f"citations-0-{name}": value for name, value in source.items()} if cited else {}),
    }  # fmt: skip
    before = counts()
    answer = desk.post(where, data)
    assert answer.status_code == (302 if cited else 200), errors(answer)
    assert grown(before) == ((1, 0, 1) if cited else (0, 0, 0))
    assert [event.outcomes for event in Event.objects.all()] == ([["They agreed.", "They will meet."]] if cited else [])


def test_it_shows_accounts_and_commitments_of_an_event_and_leads_back_to_it(desk):
    a_row_of_each()
    event, armenia = Event.objects.get(), Party.objects.get(code="AM")
    html = desk.get(address("change", event, event.pk)).content.decode()
    azerbaijan = Party.objects.get(code="AZ")
    assert f"event={event.pk}&amp;voice={azerbaijan.pk}" in html
    assert f"event={event.pk}&amp;voice={armenia.pk}" not in html
    assert "A promise." in html
    answer = change(desk, Account.objects.get(), complete="on")
    assert answer["Location"] == address("change", event, event.pk)


def test_it_backs_an_announcement_with_a_page(desk):
    event = an_event()
    change(
        desk, event,
        **{
            "announcements-TOTAL_FORMS": 1, "announcements-0-announced_on": "2022-04-01",
            "announcements-0-text": "Soon.", "announcements-0-url": "https://example.org/soon",
            "announcements-0-publisher_name": "Example",
            "announcements-0-title": "They will meet", "announcements-0-lang": "en",
        },
    )  # fmt: skip
    made = Announcement.objects.get()
    assert made.citations.get().source.url == "https://example.org/soon"
    page = desk.get(address("change", event, event.pk))
    i = row_of(page, "announcements", made.pk)
    before = counts()
    change(desk, event, **{f"announcements-{i}-title": "They are to meet"})
    assert made.citations.get().title == "They are to meet"
    assert grown(before) == (1, 0, 1)


def test_it_keeps_one_holder_at_a_time(desk):
    a_world()
    holder, other = Leader.objects.get(slug="nikol-pashinyan"), Leader.objects.get(slug="ararat-mirzoyan")
    job = holder.tenures.get().office
    holder.tenures.update(end=date(2023, 1, 1), certain_to=date(2023, 1, 1), certain_from=date(2018, 5, 8))
    where = address("change", other, other.pk)
    data = filled(desk.get(where)) | WHY | {
        "tenures-TOTAL_FORMS": 2, "tenures-1-office": job.pk, "tenures-1-start": "2020-01-01",
        "tenures-1-start_precision": "day", "tenures-1-end": "2021-01-01", "tenures-1-end_precision": "day",
        "tenures-1-source": Source.objects.first().pk,
    }  # fmt: skip
    answer = desk.post(where, data)
    assert "one holder at a time" in str(errors(answer))
    assert other.tenures.count() == 1


def test_it_derives_party_and_office_when_a_tenure_is_added(desk):
    event = an_event()
    leader, office = Leader.objects.get(slug="charles-michel"), Office.objects.get(slug="president-of-russia")
    change(
        desk, leader,
        **{
            "tenures-TOTAL_FORMS": 2, "tenures-1-office": office.pk, "tenures-1-start": "2022-04-01",
            "tenures-1-start_precision": "day", "tenures-1-end_precision": "open",
            "tenures-1-source": Source.objects.first().pk,
            "tenures-0-end": "2022-03-31", "tenures-0-end_precision": "day",
        },
    )  # fmt: skip
    leader.refresh_from_db()
    event.refresh_from_db()
    assert (leader.party.code, event.track) == ("RU", "russia")


@pytest.mark.parametrize(("group", "status"), [(READERS, 403), (EDITORS, 200)])
def test_it_lets_only_editors_withdraw_and_merge(client, group, status):
    event = an_event()
    user = User.objects.create_user("somebody", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    assert client.get(address("change", event, event.pk)).status_code == 200
    for act in ("withdraw", "merge"):
        assert client.get(f"{address(act, event)}?ids={event.pk}").status_code == status


def test_a_form_asks_as_often_for_many_rows_as_for_one(desk):
    """Sources and participants of an event; positions and their points of a proposal."""
    a_world()
    few = an_event(slug="few", sources=[a_source(1)])
    many = an_event(slug="many", sources=[a_source(n) for n in range(2, 9)])
    assert asked(desk, many) == asked(desk, few) <= 20
    proposal, armenia = Proposal.objects.get(), Party.objects.get(code="AM")
    source = Source.objects.first()
    first = a_position(proposal, "one", armenia, source)
    before = asked(desk, proposal)
    for key in ("two", "three", "four"):
        a_position(proposal, key, armenia, source).more_sources.add(source)
    assert asked(desk, proposal) == before
    assert str(first) in desk.get(address("change", proposal, proposal.pk)).text


def test_a_note_that_is_taken_out_is_as_if_it_was_never_written(desk):
    event = an_event()
    change(desk, event, note="For a while.")
    change(desk, event, note="")
    first, *_rest, last = event.versions.order_by("pk")
    assert json.loads(last.document)["note"] is json.loads(first.document)["note"] is None


def test_a_public_name_is_proposed_for_a_new_record_and_never_for_one_that_has_it(desk):
    event = an_event()
    add, edit = (desk.get(where).context["adminform"] for where in (
        reverse("admin:diplomacy_event_add"), address("change", event, event.pk)
    ))  # fmt: skip
    assert [one["field"].name for one in add.prepopulated_fields] == ["slug"]
    assert edit.prepopulated_fields == []


def a_position(proposal, key, party, source):
    return Position.objects.create(
        key=key, proposal=proposal, topic=Topic.objects.first(), party=party, stance="accepted", asserted_by_name="X",
        asserted_by_kind="person",
        date=date(2022, 4, 6), date_precision="day", summary="X agrees.", source=source,
    )  # fmt: skip


def asked(desk, one):
    where = address("change", one, one.pk)
    desk.get(where)
    with CaptureQueriesContext(connection) as queries:
        desk.get(where)
    return len(queries)


def test_an_editor_takes_a_row_out_of_a_record(client):
    event = an_event()
    editor = User.objects.create_user("nane", is_staff=True)
    editor.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(editor)
    first = event.participations.first()
    page = client.get(address("change", event, event.pk))
    row = row_of(page, "participations", first.pk)
    change(client, event, **{f"participations-{row}-DELETE": "on"})
    assert first.pk not in event.participations.values_list("pk", flat=True)
    assert event.versions.count() == 2
