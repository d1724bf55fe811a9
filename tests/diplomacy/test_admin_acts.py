from datetime import date

import pytest

from peacetracker.core.cache import data_version
from peacetracker.core.models import User
from peacetracker.diplomacy.models import Body, Event, Leader, Merger, Place, Proposal, Topic
from tests.diplomacy.desk import address, filled
from tests.factories import a_leader, a_source, a_world, an_event

pytestmark = pytest.mark.django_db
WHY = {"reason": "It rests on a page that was taken back."}


@pytest.fixture
def desk(client):
    client.force_login(User.objects.create_superuser("chief"))
    return client


@pytest.mark.parametrize(
    ("model", "page", "api"),
    [
        (Event, "/events/{}/", "/api/v1/events/{}/"),
        (Leader, "/leaders/{}/", "/api/v1/leaders/{}/"),
        (Place, "/places/{}/", "/api/v1/places/{}/"),
        (Topic, "/topics/{}/", "/api/v1/topics/{}/"),
        (Body, "/commissions/{}/", "/api/v1/commissions/{}/"),
        (Proposal, "/proposals/{}/", "/api/v1/proposals/{}/"),
    ],
)
def test_it_withdraws_each_noun_with_a_reason_and_restores_it(desk, model, page, api):
    a_world()
    one = an_event() if model is Event else model.objects.order_by("-pk").first()
    where = f"{address('withdraw', one)}?ids={one.pk}"
    assert desk.post(where, {"reason": " "}).status_code == 200, "it asks for the reason"
    before = data_version()
    assert desk.post(where, WHY).status_code == 302
    assert data_version() == before + 1
    for each in (page, api):
        answer = desk.get(each.format(one.slug))
        assert (answer.status_code, WHY["reason"] in answer.content.decode()) == (410, True)
    assert "Restore" in desk.get(address("change", one, one.pk)).content.decode()
    desk.post(f"{address('restore', one)}?ids={one.pk}", {"reason": "The page is back."})
    assert data_version() == before + 2
    assert desk.get(page.format(one.slug)).status_code == 200
    assert desk.get(api.format(one.slug)).status_code == 200


def test_it_withdraws_nothing_that_public_records_name(desk):
    an_event()
    leader = Leader.objects.get(slug="nikol-pashinyan")
    answer = desk.post(f"{address('withdraw', leader)}?ids={leader.pk}", WHY, follow=True)
    assert "2022-04-06-brussels" in answer.content.decode()
    leader.refresh_from_db()
    assert leader.is_public


def test_it_leads_from_marked_rows_to_the_page_that_asks(desk):
    events = [an_event(), an_event(slug="another")]
    data = {"_selected_action": [one.pk for one in events]}
    for act in ("withdraw", "merge"):
        answer = desk.post(address("changelist", events[0]), data | {"action": f"{act}_selected"})
        assert answer["Location"] == f"{address(act, events[0])}?ids={events[0].pk},{events[1].pk}"
    answer = desk.post(
        address("changelist", events[0]), {"_selected_action": [events[0].pk], "action": "merge_selected"}
    )
    assert "exactly two" in desk.get(answer["Location"]).content.decode()


@pytest.fixture
def pair():
    """Two records of one person, the second with an event."""
    a_world()
    old = a_leader("n-pashinyan", name="N. Pashinyan", native="Пашинян", office="deputy", title="Deputy", party="AM")
    an_event(
        slug="2022-05-22-brussels", sources=[a_source(3)], participants=[{"person": old.slug, "role": "participant"}]
    )
    return old, Leader.objects.get(slug="nikol-pashinyan")


def test_it_shows_what_moves_and_merges_and_undoes_it(desk, pair):
    old, heir = pair
    chosen = desk.post(f"{address('merge', old)}?ids={old.pk}", {"heir": heir.pk})
    shown = desk.get(chosen["Location"]).content.decode()
    for words in ("N. Pashinyan, Deputy", "Leaders meet in Brussels", "The other way round"):
        assert words in shown
    before = data_version()
    answer = desk.post(chosen["Location"], {"reason": "One person."})
    assert answer["Location"] == address("change", heir, heir.pk)
    assert data_version() == before + 1
    assert desk.get("/leaders/n-pashinyan/")["Location"] == "/leaders/nikol-pashinyan/"
    merger = Merger.objects.get()
    assert merger.by.username == "chief"
    for page in (address("changelist", merger), address("change", merger, merger.pk)):
        assert "Undo" in desk.get(page).content.decode()
    assert "Undo" in desk.get(address("history", old, old.pk)).content.decode()
    desk.post(address("undo", merger, merger.pk), {"reason": "They are two."})
    assert data_version() == before + 2
    assert desk.get("/leaders/n-pashinyan/").status_code == 200
    answer = desk.post(address("undo", merger, merger.pk), {"reason": "Again."})
    assert "undone already" in answer.content.decode()


def test_it_says_why_two_can_not_be_merged(desk, pair):
    old, heir = pair
    tenure = heir.tenures.get()
    tenure.pk, tenure.key, tenure.leader, tenure.start = None, "b" * 12, old, date(2021, 1, 1)
    tenure.start_precision = "year"
    tenure.save()
    shown = desk.get(f"{address('merge', old)}?ids={old.pk},{heir.pk}").content.decode()
    assert "overlap" in shown
    assert 'value="Merge"' not in shown


def test_it_tells_the_history_in_words_between_any_two_versions(desk):
    event = an_event()
    for title in ("Second title", "Third title"):
        where = address("change", event, event.pk)
        desk.post(where, filled(desk.get(where)) | {"title": title, "reason_for_change": f"Now the {title.lower()}."})
    newest, _middle, oldest = event.versions.order_by("-pk").values_list("pk", flat=True)
    page = desk.get(address("history", event, event.pk))
    html = page.content.decode()
    assert "Now the second title." in html
    assert "<del>Second</del> title" in html
    assert "<ins>Third</ins> title" in html
    assert "chief" in html
    assert "/events/2022-04-06-brussels/history/" in html
    assert "{&" not in html
    told = desk.get(f"{address('history', event, event.pk)}?a={newest}&b={oldest}").context["compared"]["changes"]
    assert [(one.field, one.before, one.after) for one in told] == [
        ("Title", "Leaders meet in Brussels", "Third title")
    ]
