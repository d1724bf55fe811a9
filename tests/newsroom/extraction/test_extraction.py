"""What the extraction finds in texts, on the record that comes with the project."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetracker.newsroom.extraction import NOUNS, Extraction, Gazetteer, extract

ROOT = Path(__file__).parents[3]


def _gazetteer() -> Gazetteer:
    return Gazetteer.from_rows(
        {
            noun: [json.loads(line) for line in (ROOT / "data" / f"{noun}.jsonl").open(encoding="utf-8")]
            for noun in NOUNS
        }
    )


GAZETTEER = _gazetteer()


def _read(text: str, published: str, lang: str = "en") -> Extraction:
    return extract(GAZETTEER, text=text, published=date.fromisoformat(published), lang=lang)


def _short(found: Extraction) -> set[tuple[str, str, str | None, frozenset[str | None]]]:
    return {
        (e.kind, e.status, e.date.isoformat() if e.date else None, frozenset(p.slug for p in e.participants))
        for e in found.events
    }


CASES = [
    ("en", "President Ilham Aliyev and Prime Minister Nikol Pashinyan met in Brussels on 6 April 2022.", "meeting"),
    (
        "ru",
        "Президент Ильхам Алиев и премьер-министр Никол Пашинян встретились 6 апреля 2022 года в Брюсселе.",
        "meeting",
    ),
    ("hy", "Նախագահ Իլհամ Ալիևը և վարչապետ Նիկոլ Փաշինյանը ապրիլի 6-ին հանդիպել են Բրյուսելում։", "meeting"),
    ("az", "Prezident İlham Əliyev və baş nazir Nikol Paşinyan aprelin 6-da Brüsseldə görüşüblər.", "meeting"),
]


@pytest.mark.parametrize(("lang", "text", "kind"), CASES)
def test_it_finds_a_meeting_in_each_language(lang, text, kind):
    found = _read(text, "2022-04-07", lang)
    assert _short(found) == {(kind, "held", "2022-04-06", frozenset({"ilham-aliyev", "nikol-pashinyan"}))}
    assert found.events[0].place == "brussels"


def test_it_tells_separate_calls_apart():
    text = (
        "Vladimir Putin held separate phone calls with Nikol Pashinyan and Ilham Aliyev "
        "on the Karabakh peace process on Saturday."
    )
    pairs = {p for _, _, _, p in _short(_read(text, "2022-04-11"))}
    assert pairs == {frozenset({"vladimir-putin", "nikol-pashinyan"}), frozenset({"vladimir-putin", "ilham-aliyev"})}


def test_it_never_gives_a_cancelled_meeting_as_held():
    text = "The meeting between Nikol Pashinyan and Ilham Aliyev scheduled for 5 October was cancelled."
    assert {e.status for e in _read(text, "2023-10-04").events} == {"cancelled"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_it_reads_any_text_and_quotes_it(text):
    for event in extract(GAZETTEER, text=text, published=date(2024, 1, 1)).events:
        assert event.evidence in text


SEED_TEXT = (ROOT / "tests" / "newsroom" / "samples" / "seed_article.txt").read_text(encoding="utf-8")


def test_it_reads_the_seed_article():
    found = _read(SEED_TEXT, "2022-04-11")
    assert _short(found) == {
        ("call", "held", "2022-04-09", frozenset({"vladimir-putin", "nikol-pashinyan"})),
        ("call", "held", "2022-04-09", frozenset({"vladimir-putin", "ilham-aliyev"})),
        ("meeting", "held", "2022-04-06", frozenset({"nikol-pashinyan", "ilham-aliyev", "charles-michel"})),
        ("meeting", "held", None, frozenset({"sergey-lavrov", "ararat-mirzoyan"})),
        ("visit", "scheduled", "2022-04-19", frozenset({"nikol-pashinyan"})),
    }
    assert all(e.evidence in SEED_TEXT for e in found.events)
    mediators = {p.slug for e in found.events for p in e.participants if p.role == "mediator"}
    assert mediators == {"charles-michel"}


def test_it_finds_what_the_seed_article_mentions():
    found = _read(SEED_TEXT, "2022-04-11")
    slugs = {m.slug for m in found.bodies} | {m.slug for m in found.proposals}
    assert slugs >= {
        "five-principles-azerbaijan",
        "border-delimitation-commissions",
        "treaty-working-group",
        "transport-trilateral-working-group",
    }
    assert all(m.evidence in SEED_TEXT for m in [*found.bodies, *found.proposals])


SEED = (
    "On Saturday (9 April) the recent allegations were discussed in Yerevan. This idea appeared to have been dismissed "
    "by Russian foreign minister, Sergey Lavrov, during his meeting with his Armenian counterpart last week. The two "
    "agreed to explore these links during the Armenian prime minister's upcoming visit to Russia, which is scheduled "
    "for 19 April. Baku has sent Yerevan its peace treaty proposal."
)


def test_it_resolves_a_counterpart_by_tenure():
    found = _short(_read(SEED, "2022-04-11"))
    assert ("meeting", "held", None, frozenset({"sergey-lavrov", "ararat-mirzoyan"})) in found


def test_it_finds_an_upcoming_visit():
    visit = next(e for e in _read(SEED, "2022-04-11").events if e.kind == "visit")
    assert (visit.status, visit.date, visit.country) == ("scheduled", date(2022, 4, 19), "RU")
    assert [p.slug for p in visit.participants] == ["nikol-pashinyan"]


BRUSSELS = "Prime Minister Nikol Pashinyan and President of Azerbaijan Ilham Aliyev met in Brussels on April 6. "


def test_a_mediator_told_by_the_next_sentence_takes_part():
    found = _read(BRUSSELS + "The meeting was mediated by European Council President Charles Michel.", "2022-04-07")
    leaders = frozenset({"nikol-pashinyan", "ilham-aliyev", "charles-michel"})
    assert _short(found) == {("meeting", "held", "2022-04-06", leaders)}


def test_a_commission_to_be_convened_is_no_session():
    more = "The sides are to convene a commission on the delimitation of the border by the end of April."
    assert len(_read(BRUSSELS + more, "2022-04-07").events) == 1


def test_a_round_put_off_keeps_the_day_it_was_first_set_for():
    found = _read(
        "Foreign ministers Ararat Mirzoyan and Jeyhun Bayramov will hold talks in Washington on June 27. "
        "They were originally due to start on June 12 but were postponed.",
        "2023-06-24",
    )
    ministers = frozenset({"ararat-mirzoyan", "jeyhun-bayramov"})
    assert _short(found) == {
        ("meeting", "scheduled", "2023-06-27", ministers),
        ("meeting", "cancelled", "2023-06-12", ministers),
    }


def test_a_digest_s_heading_gives_the_day():
    found = _read("Tuesday, 9 May.\n\nNikol Pashinyan met Ilham Aliyev in Moscow.", "2023-05-15")
    assert [e.date for e in found.events] == [date(2023, 5, 9)]


def test_it_reads_who_denies_though_the_text_has_no_day():
    text = "Aliyev met Pashinyan in Moscow, sites claimed. Ararat Mirzoyan denied it: no such meeting took place."
    found = extract(GAZETTEER, text=text, published=None)
    assert {p.slug for event in found.events for p in event.participants} == {"ilham-aliyev", "nikol-pashinyan"}
