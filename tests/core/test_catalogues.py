"""The catalogues of the interface: every marked message is in each, translated, with its placeholders whole."""

import ast
import gettext
import io
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGES = ("hy", "az", "ru")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None, "gettext_noop": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
MEND = "make words, then translate what is empty in peacetracker/locale"


def catalogue(language):
    with path(language).open("rb") as file:
        return read_po(file, locale=language)


def path(language) -> Path:
    return settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"


def forms(value) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


@pytest.fixture(scope="module")
def marked() -> set[tuple[str | None, str]]:
    """Context and text of every message that the source marks for translation."""
    found = set()
    for file in sorted((settings.BASE_DIR / "peacetracker").rglob("*.py")):
        found |= messages(file.read_text())
    for file in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        found |= messages("\n".join(map(str.strip, templatize(file.read_text()).splitlines())))
    return found


def messages(source: str) -> set[tuple[str | None, str]]:
    return {
        (context, forms(text)[0]) for _n, text, _c, context in extract("python", io.BytesIO(source.encode()), KEYWORDS)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marked_message_is_translated_and_none_is_left_from_before(marked, language):
    entries = [entry for entry in catalogue(language) if entry.id]
    done = {(entry.context, forms(entry.id)[0]) for entry in entries if all(forms(entry.string)) and not entry.fuzzy}
    assert len(marked) > 1000
    assert sorted(marked - done, key=str) == [], MEND
    assert sorted(done - marked, key=str) == [], MEND
    assert len(entries) == len(done)


def test_no_message_is_marked_within_an_f_string():
    """Where the extractors do not look: its translation would be dropped without a word."""
    hidden = [
        f"{file.name}:{call.lineno}"
        for file in (settings.BASE_DIR / "peacetracker").rglob("*.py")
        for text in ast.walk(ast.parse(file.read_text()))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"_", *KEYWORDS}
    ]
    assert hidden == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_placeholders_tags_and_the_space_around_it(language):
    pairs = [(forms(entry.id)[-1], text) for entry in catalogue(language) if entry.id for text in forms(entry.string)]
    assert [pair for pair in pairs if shape(pair[0]) != shape(pair[1])] == []


def shape(text: str) -> tuple[object, ...]:
    """What a translation may not change."""
    signs = (Counter(sign.findall(text)) for sign in (PLACEHOLDER, TAG))
    return (*signs, text != text.lstrip(), text != text.rstrip())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_plural_has_the_forms_of_its_language(language):
    entries = catalogue(language)
    wanted = {"hy": 1, "az": 1, "ru": 3}[language]
    assert entries.num_plurals == wanted
    assert {len(forms(entry.string)) for entry in entries if entry.pluralizable} == {wanted}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_source(language):
    """It is committed, so that nobody needs gettext to run the application."""
    with path(language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog
    for entry in filter(lambda entry: entry.id, catalogue(language)):
        key = f"{entry.context}\x04{forms(entry.id)[0]}" if entry.context else forms(entry.id)[0]
        for n, text in enumerate(forms(entry.string)):
            assert compiled[(key, n) if entry.pluralizable else key] == text
