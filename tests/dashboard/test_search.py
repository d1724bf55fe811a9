"""Search over the real record: names in four scripts, slips, marks, counts; and that it agrees with resolve/."""

from html import unescape
from re import findall, sub

import pytest
from django.test import TestCase
from django.utils.html import escape

from peacetracker.analysis import searching
from peacetracker.analysis.excerpts import excerpt, marked
from peacetracker.core.text import fold
from peacetracker.diplomacy import record
from peacetracker.diplomacy.models import Event
from peacetracker.diplomacy.names import names
from tests.factories import a_world, an_event
from tests.keeping import load_real_record

FAMILY = ("Пашинян", "Փաշինյան", "Paşinyan", "Pashinian", "PASHINYAN", "Pachinian")
FULL = ("Никол Пашинян", "Pashinyan Nikol", "Նիկոլ Փաշինյան")


def text_of(answer):
    return unescape(sub(r"\s+", " ", sub(r"<[^>]+>", "", answer.content.decode())))


class RealRecord(TestCase):
    @classmethod
    def setUpTestData(cls):
        load_real_record()

    def ask(self, words, **more):
        answer = self.client.get("/search/", {"q": words, **more})
        assert answer.status_code == 200
        return answer

    def people(self, words):
        return [
            one.known.slug
            for _label, _door, group in self.ask(words).context["groups"]
            if group.noun == "leader"
            for one in group.found
        ]

    def test_it_finds_a_person_and_his_events_in_every_script_and_spelling(self):
        most = self.ask("Pashinyan").context["counted"].total
        for words in FAMILY + FULL:
            assert self.people(words)[0] == "nikol-pashinyan", words
        for words in FAMILY:
            assert self.ask(words).context["counted"].total >= most, words

    def test_it_finds_a_person_behind_a_slip_and_asks_whether_he_is_meant(self):
        for words in ("Pashinyna", "Пашинан", "Aliyyev", "Mirzoyna"):
            answer = self.ask(words)
            assert self.people(words), words
            assert "Did you mean" in text_of(answer), words
            assert self.client.get(answer.context["suggested"]["href"]).context["counted"].total, words

    def test_it_agrees_with_resolve(self):
        for one in [one for one in names().known if one.noun == "leader"][::7]:
            meant = self.client.get("/api/v1/resolve/", {"name": one.name}).json()
            assert self.people(one.name)[0] == meant["leader"]["slug"]
        assert self.client.get("/api/v1/resolve/", {"name": "Пашинан"}).json()["leader"]["slug"] == "nikol-pashinyan"

    def test_it_counts_what_its_links_find(self):
        answer = self.ask("Brussels")
        chips = [(chip.count, chip.href) for row in answer.context["facets"] for chip in row.chips]
        assert chips
        for count, href in chips:
            assert self.client.get(href).context["counted"].total == count, href

    def test_it_finds_the_same_events_as_the_api_and_the_list(self):
        for words in ("Pashinian", "Пашинян", "Brussels corridor", "prisoners"):
            total = self.ask(words).context["counted"].total
            assert (
                self.client.get("/api/v1/events/", {"q": words, "count": "true", "limit": 1}).json()["count"] == total
            )
            assert self.client.get("/events/", {"q": words}).context["shown"] == total

    def test_it_finds_proposals_bodies_places_topics_and_parties(self):
        for words, noun in (
            ("five principles", "proposal"), ("delimitation commission", "body"), ("Ереван", "place"),
            ("landmines", "topic"), ("Ermənistan", "party"),
        ):  # fmt: skip
            assert noun in [group.noun for _label, _door, group in self.ask(words).context["groups"]], words

    def test_it_marks_a_word_in_every_hit_of_a_page(self):
        for item in findall(r'<li class="contact">.*?</li>', self.ask("Пашинян").content.decode().replace("\n", " ")):
            assert "<mark>" in item

    def test_it_costs_fifteen_queries_at_most(self):
        for words in ("Pashinyan", "Brussels", "Pashinyna Brussles", "zzqq"):
            Event.objects.filter(pk=Event.objects.first().pk).update(note="")
            with self.assertNumQueries(FewerThan(16)):
                self.ask(words)

    def test_it_walks_through_all_hits(self):
        seen, address = [], "/search/?q=Brussels"
        while address:
            context = self.client.get(address).context
            seen += [hit.event.slug for hit in context["hits"]]
            address = context["rows"].following
        assert len(seen) == len(set(seen)) == context["counted"].total

    def test_it_says_what_to_do_where_nothing_is_found(self):
        answer = self.ask("zzqq")
        assert "Nothing in the record holds “zzqq”" in text_of(answer)
        assert "Fewer words find more" in text_of(answer)

    def test_every_spelling_of_every_person_finds_that_person(self):
        known = names()
        for one in known.known:
            if one.noun == "leader":
                for spelling in one.spellings:
                    assert one in known.holding(spelling, "leader"), (one.slug, spelling)


class FewerThan(int):
    """A number of queries that is met by any smaller one."""

    def __eq__(self, other):
        return other < int(self)

    __hash__ = int.__hash__


@pytest.mark.django_db
def test_it_does_not_count_more_than_it_reads(client, monkeypatch):
    monkeypatch.setattr(searching, "COUNTED", 2)
    for n in range(4):
        an_event(slug=f"2022-05-0{n + 1}-talks", date=f"2022-05-0{n + 1}", title=f"Talks {n}")
    answer = client.get("/search/", {"q": "talks"})
    assert "More than 2 events" in text_of(answer)
    assert not answer.context["counted"].all_counted
    assert 'class="count"' not in answer.content.decode()


@pytest.mark.django_db
def test_it_escapes_what_it_marks(client):
    an_event(title='<script>"Talks"</script> & more', summary="Talks <b>of</b> two")
    text = client.get("/search/", {"q": "talks"}).content.decode()
    assert "<script>&quot;" not in text
    assert escape('<script>"') in text
    assert "<mark>Talks</mark> &lt;b&gt;of&lt;/b&gt;" in text
    assert escape("<b>x") in client.get("/search/", {"q": "<b>x"}).content.decode()


@pytest.mark.django_db
def test_a_new_spelling_is_known_at_once(client):
    a_world()
    an_event()
    assert not client.get("/search/", {"q": "Paszynian"}).context["counted"].total
    leader = record.Leader.objects.get(slug="nikol-pashinyan")
    record.add_spelling(leader, "Paszynian", author=record.Author())
    assert client.get("/search/", {"q": "Paszynian"}).context["counted"].total == 1


def test_it_marks_words_by_their_beginning_and_loses_nothing():
    text = "Pashinyan’s offer: Əliyev, Пашинян… (Nikol)"
    pieces = marked(text, [fold("Пашин"), "pashinyan", fold("Əli")])
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.hit] == ["Pashinyan’s", "Əliyev", "Пашинян"]


def test_an_excerpt_is_cut_between_words_around_the_hit():
    text = "one " * 200 + "border " + "two " * 200
    shown = "".join(piece.text for piece in excerpt(text, ["bord"], 60))
    assert "border" in shown
    assert shown.startswith("… one ")
    assert shown.endswith("two …")
    assert len(shown) < 70
    assert excerpt(text, ["three"]) == []
