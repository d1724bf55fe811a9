import pytest
from django.http import QueryDict

from peacetracker.core.models import User
from peacetracker.diplomacy.admin.forms import without_gone_rows
from peacetracker.diplomacy.models import Office, Party
from tests.diplomacy.desk import address, errors, filled, row_of
from tests.factories import a_world, an_event

pytestmark = pytest.mark.django_db
WHY = {"reason_for_change": "Mine."}


@pytest.fixture
def event():
    return an_event()


@pytest.fixture
def first(client):
    client.force_login(User.objects.create_superuser("anahit"))
    return client


@pytest.fixture
def second(event):
    from django.test import Client

    client = Client()
    client.force_login(User.objects.create_superuser("leyla"))
    return client


def opened(editor, one):
    page = editor.get(address("change", one, one.pk))
    return page, filled(page)


def send(editor, one, data, **changes):
    return editor.post(address("change", one, one.pk), data | WHY | changes)


def test_it_tells_the_second_editor_and_keeps_what_both_wrote(event, first, second):
    _page, hers = opened(second, event)
    assert send(first, event, opened(first, event)[1], title="By Anahit").status_code == 302
    told = send(second, event, hers, summary="By Leyla")
    assert told.status_code == 200
    assert "anahit" in str(errors(told))
    html = told.content.decode()
    assert "By Leyla" in html
    assert "Please correct" not in html
    assert html.count("saved this record while you had it open") == 1
    assert [(one.field, one.after) for one in told.context["meanwhile"].changes] == [("Title", "By Anahit")]
    assert told.context["meanwhile"].both == []
    event.refresh_from_db()
    assert event.summary != "By Leyla"
    assert send(second, event, filled(told)).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.summary) == ("By Anahit", "By Leyla")


def test_it_says_what_else_is_wrong_beside_who_saved_meanwhile(event, first, second):
    _page, hers = opened(second, event)
    send(first, event, opened(first, event)[1], title="By Anahit")
    told = send(second, event, hers, summary="By Leyla", reason_for_change="")
    html = told.content.decode()
    assert "Please correct" in html
    assert html.count("saved this record while you had it open") == 1


def test_it_names_the_field_that_both_changed_and_lets_her_decide(event, first, second):
    _page, hers = opened(second, event)
    send(first, event, opened(first, event)[1], title="By Anahit")
    told = send(second, event, hers, title="By Leyla")
    assert told.context["meanwhile"].both == ["Title"]
    assert 'value="By Leyla"' in told.content.decode()
    assert send(second, event, filled(told)).status_code == 302
    event.refresh_from_db()
    assert event.title == "By Leyla"
    assert [version.by.username for version in event.versions.order_by("pk")[1:]] == ["anahit", "leyla"]


def test_it_keeps_rows_that_the_other_added(event, first, second):
    _page, hers = opened(second, event)
    source = {"url": "https://example.org/b", "publisher_name": "B", "title": "B", "lang": "en"}
    added = {f"citations-1-{name}": value for name, value in source.items()} | {"citations-TOTAL_FORMS": 2}
    assert send(first, event, opened(first, event)[1], **added).status_code == 302
    told = send(second, event, hers, summary="By Leyla")
    assert send(second, event, filled(told)).status_code == 302
    assert event.citations.count() == 2


def test_it_brings_back_a_row_that_the_other_removed_only_if_she_wrote_in_it(event, first, second):
    page, hers = opened(second, event)
    parts = {part.leader.slug: part for part in event.participations.all()}
    michel, aliyev = (row_of(page, "participations", parts[slug].pk) for slug in ("charles-michel", "ilham-aliyev"))
    gone = {f"participations-{i}-DELETE": "on" for i in (michel, aliyev)}
    assert send(first, event, opened(first, event)[1], **gone).status_code == 302
    told = send(second, event, hers, **{f"participations-{michel}-role": "host"})
    assert told.status_code == 200
    answer = send(second, event, filled(told))
    assert answer.status_code == 302, errors(answer)
    now = event.participations.order_by("pk").values_list("leader__slug", "role")
    assert list(now) == [("nikol-pashinyan", "participant"), ("charles-michel", "host")]


def test_it_notices_a_second_save_of_a_noun_without_versions(first, second):
    a_world()
    office = Office.objects.get(slug="prime-minister-of-armenia")
    _page, hers = opened(second, office)
    assert send(first, office, opened(first, office)[1], title="Premier").status_code == 302
    told = send(second, office, hers, party=Party.objects.get(code="EU").pk)
    assert "anahit" in str(errors(told))
    assert send(second, office, filled(told)).status_code == 302
    office.refresh_from_db()
    assert (office.title, office.party.code) == ("Premier", "EU")


def test_it_renumbers_rows_around_those_that_are_gone():
    data = QueryDict(mutable=True)
    data.update({"rows-TOTAL_FORMS": "3", "rows-INITIAL_FORMS": "2", "title": "x", "rows-0-id": "1", "rows-0-name": "a",
                 "initial-rows-0-name": "a", "rows-1-id": "2", "rows-1-name": "b", "rows-2-name": "new"})  # fmt: skip
    assert without_gone_rows(data, "rows", {"2"}).dict() == {
        "rows-TOTAL_FORMS": "2", "rows-INITIAL_FORMS": "1", "title": "x", "rows-0-id": "2", "rows-0-name": "b",
        "rows-1-name": "new",
    }  # fmt: skip
    assert without_gone_rows(data, "rows", {"1", "2"}) is data
