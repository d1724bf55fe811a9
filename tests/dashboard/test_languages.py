"""Pages in four languages: complete, marked as what they are, with dates, plurals and names as each has them."""

import contextlib
import re
from collections.abc import Iterator

import pytest
from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import get_language_from_path, ngettext, override
from lxml import html

from peacetracker.core.dates import in_words
from peacetracker.dashboard.context import languages
from peacetracker.diplomacy.calling import NAMED
from tests.factories import an_event

pytestmark = pytest.mark.django_db
OTHERS = ("hy", "az", "ru")
NAME = {"hy": "Անուն", "az": "Ad", "ru": "Имя"}
UNREVIEWED = {
    "hy": "Այս թարգմանությունը դեռ չի ստուգվել լեզվակրի կողմից։",
    "az": "Bu tərcümə hələ ana dili daşıyıcısı tərəfindən yoxlanılmayıb.",
    "ru": "Этот перевод ещё не проверен носителем языка.",
}
PAGES = (
    "/", "/timeline/", "/events/", "/events/2022-04-06-brussels/", "/leaders/", "/leaders/ilham-aliyev/", "/proposals/",
    "/network/", "/cadence/", "/map/", "/commissions/", "/commitments/", "/method/", "/topics/peace-treaty/",
    "/places/brussels/", "/parties/am/",
)  # fmt: skip
# What is called so in every language: ourselves, forms of files, keys of the keyboard, parts of addresses.
NOT_TRANSLATED = {
    *("Peace", "Tracker", "English", "Example", "News", "API", "UTC", "JavaScript", "Enter", "Escape", "plotly"),
    *("CSV", "JSON", "Lines", "XLSX", "Excel", "PNG", "SVG", "Atom", "iCalendar", "GraphML", "GEXF", "GeoJSON"),
    *("BibTeX", "CSL", "RIS", "Natural", "Earth"),
}  # fmt: skip


@pytest.fixture
def event():
    event = an_event()
    for noun, _name, native in NAMED:
        noun.objects.update(**{native: NAME})
    return event


def parsed(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return html.document_fromstring(answer.content.decode())


def texts(element, language: str) -> Iterator[tuple[str, str]]:
    """Every piece of text below an element with the language that it is marked as; a citation is copied as it is."""
    language = element.get("lang", language)
    if element.tag not in ("script", "style", "code", "textarea", "title") and element.get("class") != "cite":
        yield language, element.text or ""
        for child in element:
            if isinstance(child.tag, str):
                yield from texts(child, language)
            yield language, child.tail or ""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", OTHERS)
def test_it_says_which_language_it_is_in_and_that_nobody_has_reviewed_it(client, event, language, path):
    page = parsed(client, f"/{language}{path}")
    assert page.get("lang") == language
    assert UNREVIEWED[language] in page.text_content()
    assert not any(words in parsed(client, path).text_content() for words in UNREVIEWED.values())


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["hy", "ru"])
def test_it_marks_what_it_has_in_english_alone(client, event, language, path):
    """Both have letters of their own, so that English left over can be told from words that were translated."""
    pieces = texts(parsed(client, f"/{language}{path}").body, language)
    left = [
        text for lang, text in pieces if lang == language and set(re.findall("[A-Za-z]{3,}", text)) - NOT_TRANSLATED
    ]
    assert left == []


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_it_leads_to_the_same_question_in_every_language(client, event, language):
    prefix = "" if language == "en" else f"/{language}"
    page = parsed(client, f"{prefix}/events/?kind=meeting&after=2022")
    wanted = {
        code: ("" if code == "en" else f"/{code}") + "/events/?kind=meeting&after=2022" for code in ("en", *OTHERS)
    }
    # Search engines are told of the page itself, whatever was asked; a reader takes the question along.
    bare = {code: "http://testserver" + href.partition("?")[0] for code, href in wanted.items()}
    assert {
        link.get("hreflang"): link.get("href") for link in page.xpath("//link[@rel='alternate'][@hreflang]")
    } == bare | {"x-default": bare["en"]}
    switcher = page.xpath("//nav[@class='languages']")[0]
    assert {a.get("hreflang"): a.get("href") for a in switcher.xpath("a")} == {
        code: href for code, href in wanted.items() if code != language
    }
    assert [(here.get("lang"), here.get("aria-current")) for here in switcher.xpath("span")] == [(language, "true")]


@pytest.mark.parametrize("language", OTHERS)
def test_it_calls_people_and_places_as_the_reader_does(client, event, language):
    body = parsed(client, f"/{language}/events/2022-04-06-brussels/").body
    said = " ".join(text for _language, text in texts(body, language)).replace(event.title, "")
    assert NAME[language] in said
    assert not {"Ilham Aliyev", "President", "Brussels", "Armenia"} & set(re.findall(r"Ilham Aliyev|\w+", said))


def test_it_keeps_a_name_that_is_known_in_english_alone_and_says_so(client):
    an_event()
    page = parsed(client, "/ru/events/2022-04-06-brussels/")
    assert [span.get("lang") for span in page.xpath("//dd//span[text()='Brussels']")] == ["en"]
    assert not parsed(client, "/events/2022-04-06-brussels/").xpath("//dd//span[@lang]")


def test_names_cost_one_query_whatever_their_number(client, event, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        assert client.get("/ru/events/2022-04-06-brussels/").status_code == 200


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "8 August 2025"), ("hy", "2025 թ. օգոստոսի 8"), ("az", "8 avqust 2025"), ("ru", "8 августа 2025 года")],
)
def test_dates_are_written_as_the_language_writes_them(event, language, words):
    with override(language):
        assert in_words(event.date.replace(year=2025, month=8, day=8)) == words


@pytest.mark.parametrize(
    ("n", "words"),
    [(0, "0 событий"), (1, "1 событие"), (2, "2 события"), (5, "5 событий"), (11, "11 событий"), (21, "21 событие"),
     (22, "22 события"), (112, "112 событий")],
)  # fmt: skip
def test_russian_counts_as_russian_does(n, words):
    with override("ru"):
        assert ngettext("%(n)d event", "%(n)d events", n) % {"n": n} == words


@pytest.mark.parametrize(("language", "word"), [("hy", "իրադարձություն"), ("az", "hadisə")])
def test_a_noun_behind_a_number_stays_singular_in_armenian_and_azerbaijani(language, word):
    with override(language):
        assert {ngettext("%(n)d event", "%(n)d events", n) % {"n": n} for n in (1, 2, 5, 21)} == {
            f"{n} {word}" for n in (1, 2, 5, 21)
        }


@pytest.mark.parametrize("path", ["/api/v1/events/?knid=call", "/api/v1/events/nothing/", "/api/v1/events/"])
def test_the_api_answers_everybody_in_english(client, event, path):
    plain = client.get(path)
    russian = client.get(path, headers={"Accept-Language": "ru"})
    assert (russian.status_code, russian.content, russian.get("ETag")) == (
        plain.status_code, plain.content, plain.get("ETag"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "language", "words"),
    [("hy", "hy", "Մուտք"), ("az,en;q=0.5", "az", "Daxil ol"), ("de, ru;q=0.9", "ru", "Войти"), ("de", "en", "Log in")],
)
def test_the_desk_speaks_the_language_of_the_editors_browser(client, asked, language, words):
    answer = client.get("/admin/login/", headers={"Accept-Language": asked})
    assert answer["Content-Language"] == language
    assert f'lang="{language}"' in answer.content.decode()
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/", "/ru/", "/hy/events/?kind=call&q=%D0%B0%2Fb", "/events/a-call/", "/az/leaders/%D0%B6%20x/",
        "/embed/timeline/", "/ru/nothing/", "/nothing/", "/en/events/", "/hy", "/hyx/", "/api/v1/docs/", "/healthz",
        "/ru/healthz",
    ],
)  # fmt: skip
def test_a_page_has_the_address_in_each_language_that_looking_it_up_would_give(rf, address):
    request = rf.get(address)
    with override(get_language_from_path(request.path_info) or "en"):
        with contextlib.suppress(Resolver404):
            request.resolver_match = resolve(request.path_info)
        for one in languages(request):
            assert one["url"] == translate_url(request.get_full_path(), one["code"])
            assert one["absolute"] == request.build_absolute_uri(translate_url(request.path, one["code"]))
