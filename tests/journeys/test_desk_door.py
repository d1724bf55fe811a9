from django.contrib.auth import get_user_model
from playwright.sync_api import expect


def test_it_lets_an_editor_in_and_nobody_else(page):
    get_user_model().objects.create_user("journey-editor", password="quiet river 1994", is_staff=True)
    page.goto("/admin/")
    page.get_by_label("Username").fill("journey-editor")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator(".errornote")).to_be_visible()
    page.get_by_label("Password").fill("quiet river 1994")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#user-tools")).to_contain_text("journey-editor")


def test_it_hears_what_the_browser_complains_of(page, complaints):
    complaints.expected += ["404", "violates", "policy violation", "thrown on purpose"]
    page.goto("/admin/login/")
    page.goto("/no-such-page")
    page.evaluate(
        "() => { const mark = document.createElement('style'); mark.textContent = 'p{}'; document.head.append(mark); }"
    )
    page.evaluate("() => setTimeout(() => { throw new Error('thrown on purpose') })")
    page.wait_for_timeout(0)
    for part in ("404", "policy violation: style-src", "thrown on purpose"):
        assert any(part in text for text in complaints.heard)
