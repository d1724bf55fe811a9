"""From a feed to a page that can be cited: polled by a real worker, decided in a real browser, seen in public."""

import os

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from peacetracker.core.models import User
from peacetracker.newsroom.groups import EDITORS
from peacetracker.newsroom.models import Draft, Feed
from tests.newsroom.serving import serving
from tests.newsroom.stories import a_feed, rss
from tests.newsroom.working import start_worker, until

ADDRESS = "https://example.org/journey"
STORY = (
    "On March 20, French President Emmanuel Macron held a phone call with Armenian Prime Minister Nikol Pashinyan. "
    "They discussed the peace treaty with Azerbaijan."
)


@pytest.fixture
def waiting_draft(site, tmp_path):
    """The draft that a worker with its scheduler has made of a feed on loopback."""
    broker = f"{os.environ['TEST_REDIS_URL'].rsplit('/', 1)[0]}/9"
    with serving() as feeds:
        feeds.pages["/feed"] = rss((ADDRESS, "Macron calls Pashinyan", STORY), date="Mon, 21 Mar 2022 09:00:00 GMT")
        feed = a_feed(feeds.url("/feed"))
        worker = start_worker(broker, "-B", "--schedule", str(tmp_path / "beat"))
        try:
            until(lambda: Draft.objects.filter(sources__article__url=ADDRESS).exists())
        finally:
            worker.terminate()  # killed, it would leave its scheduler behind
            worker.wait(timeout=60)
    yield Draft.objects.get(sources__article__url=ADDRESS)
    Feed.objects.filter(pk=feed.pk).delete()


@pytest.fixture
def editor(site):
    user = User.objects.create_user("journey-path", password="quiet river 1994", is_staff=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


def decide(page, draft, act, told):
    page.goto("/admin/newsroom/draft/?state=all")
    page.locator(f'input[name="_selected_action"][value="{draft.pk}"]').check()
    page.locator('select[name="action"]').select_option(act)
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".messagelist")).to_contain_text(told)


def test_it_goes_from_a_feed_to_a_page_and_back(page, waiting_draft, editor, complaints):
    page.goto("/admin/")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill("quiet river 1994")
    page.get_by_role("button", name="Log in").click()
    page.goto(f"/admin/newsroom/draft/{waiting_draft.pk}/change/")
    expect(page.locator("#content")).to_contain_text(STORY)

    decide(page, waiting_draft, "approve", "Approved: 1.")
    slug = Draft.objects.get(pk=waiting_draft.pk).event.slug
    page.goto(f"/events/{slug}/")
    expect(page.locator("h1")).to_contain_text("Macron and Pashinyan")
    expect(page.locator(f'a[href="{ADDRESS}"]').first).to_be_visible()
    page.goto("/timeline/?after=2022-03-20&before=2022-03-20")
    expect(page.locator(f"tr#\\3{slug[0]} {slug[1:]}")).to_be_visible()
    expect(page.locator("#timeline svg.sketch")).to_be_visible()
    assert page.request.get(f"/api/v1/events/{slug}/").json()["sources"][0]["url"] == ADDRESS
    assert slug in page.request.get("/api/v1/events/?format=atom").text()

    decide(page, waiting_draft, "undo", "Taken back: 1.")
    complaints.expected.append("404")
    assert page.goto(f"/events/{slug}/").status == 404
    assert page.request.get(f"/api/v1/events/{slug}/").status == 404
