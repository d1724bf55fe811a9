"""An editor finds one person recorded twice, merges the two in a real browser, and takes it back."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from peacetracker.core.models import User
from peacetracker.diplomacy import record
from peacetracker.diplomacy.models import Event, Leader, Merger, Participation, Version
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.references import References
from peacetracker.newsroom.groups import EDITORS
from tests.factories import a_source, event_row

PASSWORD = "quiet river 1994"


@pytest.fixture
def editor(site):
    user = User.objects.create_user("journey-merger", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


@pytest.fixture
def double(site):
    """A second record of Ararat Mirzoyan, with an event of its own; gone again afterwards."""
    double = Leader.objects.create(slug="journey-a-mirzoyan", name="A. Mirzoyan of the journey")
    record.settle_all({"leader": [double.pk]}, author=Author())
    people = [{"person": double.slug, "role": "participant"}, {"person": "jeyhun-bayramov", "role": "participant"}]
    row = event_row(slug="journey-meeting", title="A meeting of the journey", place=None, participants=people,
                    sources=[a_source("journey")])  # fmt: skip
    event = record.write_event(row, author=Author(), refs=References())
    yield double
    Merger.objects.filter(merged_id=double.pk).delete()
    Participation.objects.filter(event=event).delete()
    event.versions.all().delete()
    Event.objects.filter(pk=event.pk).delete()
    Version.objects.filter(noun="leader", slug=double.slug).delete()
    double.delete()


def log_in(page, user):
    page.goto("/admin/")
    page.get_by_label("Username").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_it_merges_two_people_and_undoes_it(page, double, editor):
    log_in(page, editor)
    page.goto(f"/admin/diplomacy/leader/{double.pk}/change/")
    page.get_by_role("link", name="Merge into …").click()
    page.locator(".select2-selection").click()  # made by a script, some time after the select
    page.locator(".select2-search__field").fill("Ararat Mirzo")
    page.locator(".select2-results__option", has_text="Ararat Mirzoyan").click()
    page.get_by_role("button", name="Show what moves").click()
    expect(page.locator("#content")).to_contain_text("A meeting of the journey")
    page.get_by_label("Reason").fill("One person under two spellings.")
    page.get_by_role("button", name="Merge").click()
    expect(page.locator(".messagelist")).to_contain_text("is merged into")

    page.goto(f"/leaders/{double.slug}/")
    assert page.url.endswith("/leaders/ararat-mirzoyan/")
    answer = page.request.get(f"/api/v1/leaders/{double.slug}/", max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (301, "/api/v1/leaders/ararat-mirzoyan/")
    people = page.request.get("/api/v1/events/journey-meeting/").json()["participants"]
    assert [person["leader"]["slug"] for person in people] == ["ararat-mirzoyan", "jeyhun-bayramov"]
    assert double.name in page.request.get("/api/v1/leaders/ararat-mirzoyan/").json()["aliases"]

    page.goto("/admin/diplomacy/merger/")
    page.get_by_role("link", name=f"Undo “{double.name}").click()
    page.get_by_label("Reason").fill("They are two after all.")
    page.get_by_role("button", name="Undo a merger").click()
    expect(page.locator(".messagelist")).to_contain_text("both records stand again")
    page.goto(f"/leaders/{double.slug}/")
    expect(page.locator("h1")).to_contain_text(double.name)
    people = page.request.get("/api/v1/events/journey-meeting/").json()["participants"]
    assert [person["leader"]["slug"] for person in people] == [double.slug, "jeyhun-bayramov"]
    assert double.name not in page.request.get("/api/v1/leaders/ararat-mirzoyan/").json()["aliases"]
