from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from peacetracker.newsroom.groups import EDITORS
from peacetracker.newsroom.models import Draft
from tests.newsroom.desks import STRANGERS, a_draft, address

PASSWORD = "quiet river 1994"


def log_in(page, name):
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#user-tools")).to_contain_text(name)


def press(page, key):
    """Press a key of the desk once its script listens, which shows the button for its help."""
    expect(page.get_by_role("button", name="Keys")).to_be_visible(timeout=30_000)
    page.keyboard.press(key)


@pytest.fixture
def editor(site):
    user = get_user_model().objects.create_user("journey-desk", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    yield user
    user.delete()


@pytest.fixture
def drafts(site):
    """Two that wait, of days on which the record has nothing like them; the first names a person nobody knows."""
    Draft.objects.waiting().delete()
    made = [
        a_draft(title="Stranger", confidence=0.9, participants=STRANGERS, date=date(2019, 2, 3)),
        a_draft(title="Second", confidence=0.8, date=date(2019, 2, 4)),
    ]
    yield made
    Draft.objects.filter(pk__in=[draft.pk for draft in made]).delete()


def test_it_lets_an_editor_in_and_nobody_else(page):
    get_user_model().objects.create_user("journey-editor", password=PASSWORD, is_staff=True)
    page.goto("/admin/")
    page.get_by_label("Username").fill("journey-editor")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator(".errornote")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#user-tools")).to_contain_text("journey-editor")


def test_it_hears_what_the_browser_complains_of(page, complaints):
    complaints.expected += ["404", "violates", "policy violation", "thrown on purpose"]
    page.goto("/admin/login/")
    page.goto("/no-such-page")
    page.evaluate(
        "() => { const mark = document.createElement('style'); mark.textContent = 'p{}'; document.head.append(mark); }"
    )
    with page.expect_event("pageerror"):
        page.evaluate("() => setTimeout(() => { throw new Error('thrown on purpose') })")
    for part in ("404", "policy violation: style-src", "thrown on purpose"):
        assert any(part in text for text in complaints.heard)


def test_it_finds_a_person_approves_by_a_key_and_takes_it_back(page, editor, drafts):
    first, second = drafts
    log_in(page, editor.username)
    page.goto("/admin/newsroom/draft/")
    page.get_by_role("link", name="Stranger").click()
    expect(page.locator("[data-position]")).to_have_text("1 of 2")

    press(page, "a")
    expect(page.get_by_role("alert")).to_contain_text("Francisco Bustillo")
    person = page.get_by_role("combobox", name="Francisco Bustillo")
    person.fill("байрамов")
    expect(page.get_by_role("option")).to_contain_text(["Jeyhun Bayramov"])
    person.press("Enter")
    expect(person).to_have_value("Jeyhun Bayramov")
    person.press("Escape")

    press(page, "a")
    expect(page.locator(".messagelist")).to_contain_text("Approved: “Stranger”")
    expect(page.locator(".breadcrumbs")).to_contain_text("Second")
    event = Draft.objects.get(pk=first.pk).event
    assert [part.leader.slug for part in event.participations.all()] == ["ararat-mirzoyan", "jeyhun-bayramov"]

    press(page, "u")
    expect(page.locator(".messagelist")).to_contain_text("waits again")
    assert Draft.objects.get(pk=first.pk).is_waiting
    press(page, "j")
    expect(page.locator(".breadcrumbs")).to_contain_text("Second")
    press(page, "r")
    page.keyboard.type("Told as background")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Rejected: “Second”")
    assert Draft.objects.get(pk=second.pk).decisions.get().reason == "Told as background"


def test_it_lights_the_sentence_of_a_field_and_keeps_keys_out_of_typing(page, editor, drafts):
    log_in(page, editor.username)
    page.goto(address(drafts[1]))
    press(page, "e")
    expect(page.locator("mark.active")).to_have_count(1)
    page.get_by_label("Title", exact=True).fill("")
    page.keyboard.type("jar")
    expect(page.get_by_label("Title", exact=True)).to_have_value("jar")
    page.keyboard.press("Escape")
    press(page, "s")
    expect(page.locator(".messagelist")).to_contain_text("Saved")
    assert Draft.objects.get(pk=drafts[1].pk).title == "jar"


def test_many_are_rejected_once_their_reason_is_given_and_a_refused_form_opens_where_it_has_to_be_mended(
    page, editor, drafts
):
    log_in(page, editor.username)
    page.goto("/admin/newsroom/draft/")
    marks = page.locator("tbody input[name=_selected_action]")
    for n in (0, 1):
        marks.nth(n).check()
    page.locator("select[name=action]").select_option("reject")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_role("textbox", name="Reason")).to_be_focused()
    expect(page.locator("tbody input[name=_selected_action]:checked")).to_have_count(2)
    page.keyboard.type("Older than the record")
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("Rejected: 2.")

    page.goto("/admin/diplomacy/event/")
    page.locator("#result_list tbody th a").first.click()
    page.get_by_label("Summary").fill("Other words.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_label("Reason for the change")).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (768, "dark"), (390, "dark")])
def test_it_is_open_to_everybody(page, editor, drafts, width, scheme):
    log_in(page, editor.username)
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/admin/", "/admin/newsroom/draft/", address(drafts[0])):
        page.goto(path)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
