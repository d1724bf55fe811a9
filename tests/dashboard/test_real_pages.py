"""Public pages over the real record: what they cost, how headings stand, in which language the texts are."""

import re
from itertools import pairwise

from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils.translation import override
from lxml import html

from peacetracker.access import urls as access
from peacetracker.core.cache import bump
from peacetracker.dashboard import urls as dashboard
from peacetracker.diplomacy.models import Body, Commitment, Event, Leader, Place, Proposal, Publisher, Topic
from peacetracker.newsroom import urls as newsroom
from tests.keeping import load_real_record

MOST_QUERIES = 15
ARMENIAN = re.compile("[\u0531-\u0587]")
BESIDE = "proposals/compare/?one=five-principles-azerbaijan&other=six-points-armenia"
LISTS = (
    "", "timeline/", "events/", "calls/", "meetings/", "leaders/", "proposals/", "commissions/", "commitments/",
    "publishers/", "readouts/", "cadence/", "map/", "network/", "data/", "method/", "changes/", "search/",
    "search/?q=Brussels", "report/", "sources/", "accuracy/", "parties/am/", "data/releases/", "readouts/?kind=call",
    "readouts/?q=Pashinian", "events/?q=Pashinian", "events/no-such-event/", "no-such-page/", "report/thanks/",
    "timeline/compare/?a.track=russia&b.track=eu", BESIDE, "embed/cadence/",
    "embed/readouts/", "embed/proposals/", "embed/commitments/", "embed/leaders/", "embed/commissions/",
    "embed/positions/",
)  # fmt: skip


def richest(rows, *relations):
    """The record with most of what hangs on such records: the dearest page of its kind."""
    for relation in relations:
        rows = rows.exclude(**{relation: None})
    return rows.order_by("pk").last()


class RealPages(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_real_record()
        records = (
            richest(Event.objects.public(), "accounts", "proposals", "bodies"),
            richest(Event.objects.public(), "discrepancies", "commitments"),
            richest(Proposal.objects.public(), "points", "positions", "citations"),
            richest(Body.objects.public(), "memberships", "parts"),
            Leader.objects.get(slug="nikol-pashinyan"),
            Place.objects.get(slug="brussels"),
            Topic.objects.get(slug="peace-treaty"),
        )
        pages = [one.get_absolute_url().lstrip("/") for one in records]
        histories = [f"{page}history/" for page in (pages[0], *pages[2:], "parties/am/")]
        publisher = f"publishers/{Publisher.objects.filter(sources__citations__event__isnull=False).last().domain}/"
        cls.pages = [*LISTS, *pages, *histories, publisher]

    def get(self, page):
        answer = self.client.get(f"/{page}")
        assert answer.status_code == (404 if "no-such" in page else 200), page
        return answer

    def test_no_page_of_the_site_is_forgotten_here(self):
        files = re.compile(r"figure|json|csv|data|sitemap|robots|card|release")
        rooms = (dashboard.urlpatterns, newsroom.urlpatterns, access.pages)
        named = {pattern.name for room in rooms for pattern in room if not files.search(pattern.name)}
        with override("en"):
            asked = {resolve(f"/{page.partition('?')[0]}").url_name for page in self.pages if "no-such" not in page}
        assert not named - asked

    def test_the_numbers_of_a_noun_lead_to_as_many_events(self):
        for page in ("parties/am/", "places/brussels/"):
            rows = html.fromstring(self.get(page).content).xpath("//dl[@class='facts']//dd")
            assert rows
            for row in rows:
                led = self.get(row[0].get("href").lstrip("/")).context["shown"]
                assert int(row[0].tail) == led, (page, row[0].text)

    def test_a_page_costs_fifteen_queries_at_most_though_nothing_is_remembered(self):
        dear = {}
        for page in self.pages:
            bump()
            cache.clear()
            with CaptureQueriesContext(connection) as counted:
                self.get(page)
            if len(counted) > MOST_QUERIES:
                dear[page] = len(counted)
        assert not dear

    def test_headings_stand_in_order_below_one_title(self):
        odd = {}
        for page in self.pages:
            levels = [int(one.tag[1]) for one in html.fromstring(self.get(page).content).iter("h1", "h2", "h3", "h4")]
            jumps = [later - earlier for earlier, later in pairwise(levels)]
            if levels.count(1) != 1 or levels[0] != 1 or max(jumps, default=0) > 1:
                odd[page] = levels
        assert not odd

    def test_regions_of_a_page_have_names_of_their_own(self):
        only_dates_differ = Event.objects.public().filter(accounts=None).exclude(discrepancies=None).first()
        twice = {}
        for page in [*self.pages, only_dates_differ.get_absolute_url().lstrip("/")]:
            main = html.fromstring(self.get(page).content).find(".//main")
            names = [region.get("aria-label") for region in main.iterfind(".//*[@role='region']")]
            for section in main.iterfind(".//section[@aria-labelledby]"):
                names += [
                    title.text_content().strip()
                    for title in main.findall(f".//*[@id='{section.get('aria-labelledby')}']")
                ]
            if len(set(names)) < len(names):
                twice[page] = names
        assert not twice

    def test_texts_of_the_record_are_marked_as_english_on_pages_in_other_languages(self):
        """Titles and summaries are English; who listens to an Armenian page must hear them as English."""
        texts = {
            *Event.objects.values_list("title", flat=True),
            *Event.objects.values_list("summary", flat=True),
            *Proposal.objects.values_list("name", flat=True),
            *Proposal.objects.values_list("summary", flat=True),
            *Body.objects.values_list("name", flat=True),
            *Body.objects.values_list("mandate", flat=True),
            *Commitment.objects.values_list("text", flat=True),
        }
        astray = {}
        for page in self.pages:
            main = html.fromstring(self.get(f"hy/{page}").content).find(".//main")
            for node in main.iter():
                said = {text.strip() for text in (node.text, *(child.tail for child in node)) if text} & texts
                if said and node.tag not in ("option", "script") and language_of(node) != "en":
                    astray.setdefault(page, next(iter(said)))
        assert not astray

    def test_no_armenian_word_is_marked_as_english(self):
        astray = {}
        for page in self.pages:
            for node in html.fromstring(self.get(f"hy/{page}").content).find(".//main").iter("a", "p", "span", "td"):
                said = [text for text in (node.text, *(child.tail for child in node)) if text and ARMENIAN.search(text)]
                if said and language_of(node) == "en":
                    astray.setdefault(page, said[0])
        assert not astray

    def test_the_sides_of_an_event_stand_in_the_order_of_the_alphabet_third_parties_after_them(self):
        event = Event.objects.public().get(slug="2022-05-22-brussels-aliyev-pashinyan-michel")
        context = self.get(event.get_absolute_url().lstrip("/")).context
        assert context["sides"] == ["AM", "AZ", "EU"]
        assert [part["party"] for part in context["people"]] == ["AM", "AZ", "EU"]

    def test_what_contradicts_names_its_voice_in_each_version(self):
        event = Event.objects.public().get(slug="2022-05-22-brussels-aliyev-pashinyan-michel")
        page = html.fromstring(self.get(event.get_absolute_url().lstrip("/")).content)
        versions = [item.text_content() for item in page.xpath("//ul[@class='versions']/li")]
        assert len(versions) >= 2
        assert all(version.startswith("according to ") for version in versions)

    def test_data_counts_the_rows_that_its_files_have(self):
        for table in self.get("data/").context["tables"]:
            counted = self.client.get(f"/api/v1/{table.address}/?limit=1&count=true").json()["count"]
            assert table.rows in (None, counted), table.address

    def test_leaders_without_a_held_contact_stand_in_a_sentence(self):
        page = self.get("leaders/")
        unseen = [one.leader.name for group in page.context["groups"] for one in group.unseen]
        rows = html.fromstring(page.content).xpath("//tbody//th")
        assert unseen
        assert not {row.text_content() for row in rows} & set(unseen)
        assert all(name in page.text for name in unseen)


def language_of(node):
    return next((one.get("lang") for one in (node, *node.iterancestors()) if one.get("lang")), None)
