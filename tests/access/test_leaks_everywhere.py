"""Nothing leaks: every public address is read, in every form, and searched for words that only editors may see.

The addresses are not listed here: they come from the URLs that the application knows, from the forms that the API says
it has, and from every link on what was read. So a new address is read too.
"""

import io
import re
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin, urlsplit

import openpyxl
import pyarrow.parquet
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from peacetracker.access import releasing
from peacetracker.access.keys import make_key
from peacetracker.dashboard.figures import card_picture
from peacetracker.dashboard.views import cards, embed
from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Event, Leader, Place, Publisher, Topic
from peacetracker.diplomacy.record import Author
from peacetracker.newsroom import review
from peacetracker.newsroom.models import Article, Draft, DraftSource, Feed, FetchLog, Report
from tests.access.test_drafts import changed, send, source
from tests.factories import a_source, a_world, event_row

WITHDRAWN, WAITING, REJECTED, SENT, WHY, REPORTED, TEXT, FEED, KEY, GONE_NOUN = SECRETS = (
    "Zanzibar", "Kilimanjaro", "Serengeti", "Ngorongoro", "Okavango", "Limpopo", "Lalibela", "Timbuktu", "Ouagadougou",
    "Bujumbura",
)  # fmt: skip
MOST = 1800
# Of one address only so many questions are asked: filters and cursors lead into each other without an end.
MOST_OF_ONE = 12
LINK = re.compile(r"""(?:href|src|action|data-src|data-events)=["']([^"'#]+)|<loc>([^<]+)|"(https?://[^"\\]+)\"""")


def a_draft(word, **fields):
    article = Article.objects.create(
        key=word, url=f"https://example.org/{word}", title=f"{word} report", text=f"{TEXT}. {word} text."
    )
    draft = Draft.objects.create(
        kind="call", title=f"{word} title", summary=f"{word} summary", evidence=f"{word} sentence", story_key=word,
        participants=[{"slug": None, "name": f"{word} Person", "role": "participant"}], place_name=f"{word} Town",
        **fields,
    )  # fmt: skip
    DraftSource.objects.create(draft=draft, article=article, evidence=f"{word} sentence")
    return draft


@pytest.fixture
def full_house(db, settings, tmp_path, monkeypatch):
    """A public record, a release of it, and one of everything that is nobody's business."""
    settings.RELEASES_DIR = tmp_path / "releases"
    # A picture is read as the words that would be drawn.
    monkeypatch.setattr(card_picture, "png", lambda card: repr(card).encode())
    a_world()
    Publisher.objects.create(domain="example.org", name="Example News", kind="outlet")
    writers.write_event(event_row(note="The hour is not known."), author=Author())
    gone = writers.write_event(
        event_row(
            slug="2022-05-05-gone", title=f"{WITHDRAWN} title", summary=f"{WITHDRAWN} summary", note=WITHDRAWN,
            outcomes=[f"{WITHDRAWN} outcome"], sources=[a_source(f"{WITHDRAWN}-page", title=f"{WITHDRAWN} source")],
        ),
        author=Author(),
    )  # fmt: skip
    writers.withdraw_event(gone, reason="It rests on one page that was taken back.", author=Author())
    for noun, one in (
        ("leader", Leader.objects.create(slug="no-leader", name=f"{GONE_NOUN} Person")),
        ("place", Place.objects.create(slug="no-place", name=f"{GONE_NOUN} Place", country="AM", lat=1, lon=1)),
        ("topic", Topic.objects.create(slug="no-topic", name=f"{GONE_NOUN} Topic", description=GONE_NOUN)),
    ):
        writers.settle(noun, author=Author())
        writers.withdraw(one, reason="Twice in the record.", author=Author())
    chief = get_user_model().objects.create_superuser("chief")
    a_draft(WAITING, likely_event=Event.objects.public().get())
    review.reject(a_draft(REJECTED), reason=f"{WHY}: the reason", by=chief)
    _key, token = make_key(name=f"{KEY} coders", owner=f"{KEY}@example.org", scopes=["drafts"])
    body = changed(title=SENT, summary=SENT, place_name=SENT, sources=[source(quote=SENT, title=SENT, publisher=SENT)])
    assert send(body, token=token).status == 201
    Report.objects.create(page="/", message=f"{REPORTED} is wrong", contact=f"{REPORTED}@example.org", answer=REPORTED)
    feed = Feed.objects.create(name="A feed", address=f"https://example.org/{FEED}", note=FEED, last_error=FEED)
    FetchLog.objects.create(feed=feed, outcome="error", error=FEED)
    assert releasing.make_release(now=timezone.now() + timedelta(seconds=1))
    return SECRETS


def patterns(resolver, prefix=""):
    """Every address that the application knows, but the desk, as a template of its parts."""
    for one in resolver.url_patterns:
        here = prefix + str(one.pattern)
        if isinstance(one, URLPattern):
            yield here
        elif not here.startswith("admin/"):
            yield from patterns(one, here)


def seeds():
    """Addresses without parts of their own; for those with, every name that could stand there."""
    names = ["2022-04-06-brussels", "2022-05-05-gone", "no-leader", "no-place", "no-topic", "nikol-pashinyan", "AM",
             "five-principles-azerbaijan", "brussels", "peace-treaty", "1", "2", *embed.VIEWS]  # fmt: skip
    for template in patterns(get_resolver()):
        if "(?P<" not in template and "\\" not in template:
            for name in names if "<" in template else [""]:
                yield "/" + re.sub(r"<[^>]+>", name, template)
    yield from (f"/cards/{noun}/{name}.png" for noun in ("event", *cards.NOUNS) for name in names)
    for word in SECRETS:
        yield f"/search/?q={word[:4]}"
        yield f"/api/v1/events/?q={word[:4]}&count=true"
        yield f"/api/v1/resolve/?name={word[:5]}"
    yield "/api/v1/events/?modified_since=2020"
    yield f"/events/2022-05-05-gone/?as_of={timezone.now().date()}"


def forms(browser):
    """Every address of the API in every form that its description names."""
    for path, operations in browser.get("/api/v1/schema/").json()["paths"].items():
        for one in operations.get("get", {}).get("parameters", []):
            if one["name"] == "format" and "{" not in path:
                yield from (f"{path}?format={form}" for form in one["schema"]["enum"])


def words_of(response):
    """All text of an answer, also that of a file which is no text."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if "spreadsheetml" in kind:
        sheets = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
        return repr([list(sheet.values) for sheet in sheets])
    if "parquet" in kind:
        return repr(pyarrow.parquet.read_table(io.BytesIO(body)).to_pylist())
    return body.decode("utf-8", "replace") + repr(list(response.headers.items()))


def links_on(address, text):
    for found in LINK.findall(text):
        link = urlsplit(urljoin(f"http://testserver{address}", unescape(next(filter(None, found)))))
        if link.netloc == "testserver" and not link.path.startswith(("/admin/", "/static/", "/hy/", "/az/", "/ru/")):
            yield link.path + (f"?{link.query}" if link.query else "")


def everything(browser):
    """(address, its text) of all that can be reached."""
    waiting, seen, asked = [*seeds(), *forms(browser)], set(), {}
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        path = address.partition("?")[0]
        if address in seen or (asked.get(path, 0) >= MOST_OF_ONE and "format=" not in address):
            continue
        seen.add(address)
        asked[path] = asked.get(path, 0) + 1
        response = browser.get(address)
        assert response.status_code < 500, address
        text = words_of(response)
        yield address, text
        waiting += links_on(address, text)


def test_no_public_address_tells_what_only_editors_may_see(full_house):
    browser = Client()
    read = dict(everything(browser))
    leaks = [(address, word) for address, text in read.items() for word in full_house if word.lower() in text.lower()]
    assert not leaks
    # It went everywhere: pages, forms, files of the release, feeds, histories, frames.
    for part in ("/events/2022-04-06-brussels/history/", "format=xlsx", "format=parquet", "format=atom", "format=ics",
                 "/data/releases/", "events.csv", "sitemap-events", "/embed/", "as_of=", "/leaders/nikol-pashinyan/",
                 "/readouts/", "/cadence/", "/map/figure.json", "/changes/", "/sources/", "/accuracy/", "/search/?q=",
                 "format=gexf", "format=bibtex", *(f"/embed/{view}/" for view in embed.VIEWS)):  # fmt: skip
        assert any(part in address for address in read), part
    assert "Leaders meet in Brussels" in read["/cards/event/2022-04-06-brussels.png"]


def test_the_words_are_found_where_they_may_stand(full_house):
    """The search itself works: an editor sees them."""
    editor = Client()
    editor.force_login(get_user_model().objects.get())
    desk = editor.get("/admin/newsroom/draft/").content.decode()
    assert WAITING in desk
    assert SENT in desk
    assert REPORTED in editor.get("/admin/newsroom/report/").content.decode()
