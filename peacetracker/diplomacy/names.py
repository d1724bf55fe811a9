"""Every name of the record in all its spellings: one small index for search, suggestions and the API's resolve/.

It changes with the record alone and is made once for each generation (core.cache).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson
from rapidfuzz import fuzz, process

from peacetracker.core.cache import remembered
from peacetracker.core.text import fold
from peacetracker.diplomacy.models import Version

Document = dict[str, Any]

# How alike, of 100, two names must be: a slip of a letter or two in a family name.
ALIKE = 82
# How alike two spellings of the same name are at least, letter by letter.
SAME = 60
# Words shorter than this are alike by chance.
SHORT = 4
# Where the document of a noun has its other names; and what says of it what it is.
OTHER_NAMES = {
    "leader": "aliases", "party": "aliases", "place": "other_names", "proposal": "", "body": "", "topic": "",
}  # fmt: skip
ABOUT = {"proposal": "summary", "body": "mandate", "topic": "description"}
NOUNS = tuple(OTHER_NAMES)
# The nouns whose names events carry in their words (record.py).
CARRIED = ("leader", "place")


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A record that is found by its names. `spellings` and `text` (all that a search should find) are folded; `about`
    says what it is in the record's words."""

    noun: str
    slug: str
    name: str
    about: str
    party: str | None
    spellings: tuple[str, ...]
    text: str

    def holds(self, words: Iterable[Sequence[str]]) -> bool:
        """Whether each word, in one of its spellings, begins one of the text."""
        text = f" {self.text}"
        return all(any(f" {one}" in text for one in spellings) for spellings in words)

    def is_named_in(self, folded: str) -> bool:
        return any(f" {spelling} " in f" {folded} " for spelling in self.spellings)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Who may be meant by a name. `score` of 100; `certain`: spelled as in the record."""

    known: Known
    score: int
    certain: bool


class Names:
    """Folding takes longer than reading, so it is left until somebody searches."""

    def __init__(self, rows: Iterable[tuple[str, str, Document]]) -> None:
        self._rows = sorted(rows, key=lambda row: str(row[2]["name"]))

    def called(self, noun: str) -> dict[str, str]:
        """Public name → what it is called, of all records of a noun, in the order of what they are called."""
        return {name: document["name"] for its, name, document in self._rows if its == noun}

    @cached_property
    def known(self) -> list[Known]:
        return [_known(*row) for row in self._rows]

    @cached_property
    def _forms(self) -> dict[str, "_Forms"]:
        return {noun: _Forms([one for one in self.known if one.noun == noun]) for noun in NOUNS}

    def alike(self, name: str, noun: str = "leader") -> list[Likeness]:
        """The records of a noun with a name like this one, the likest first; a family name alone is enough."""
        asked = fold(name)
        scores = self._forms[noun].alike(asked) if asked else {}
        found = [Likeness(one, round(score), asked in one.spellings) for one, score in scores.items()]
        return sorted(found, key=lambda one: (-one.score, not one.certain, one.known.slug))

    def holding(self, text: str, noun: str) -> list[Known]:
        """The records of a noun that hold every word, or are named in full among the words; by name."""
        asked = fold(text)
        words = [word.split("|") for word in self.spelled(text).split()]
        among = (one for one in self.known if one.noun == noun) if words else ()
        return [one for one in among if one.holds(words) or one.is_named_in(asked)]

    def spelled(self, text: str) -> str:
        """Folded words; what the record knows as another spelling of one stands behind it, after a bar.

        “Pashinian Brussels” → “pashinian|pashinyan brussels”
        """
        return " ".join("|".join([word, *self._others(word)]) for word in fold(text).split())

    def _others(self, word: str) -> list[str]:
        if len(word) < SHORT:
            return []
        meant = {name for spelling, names in self._twins.items() if spelling.startswith(word) for name in names}
        return sorted(name for name in meant if not name.startswith(word))

    @cached_property
    def _twins(self) -> dict[str, set[str]]:
        """Word of a spelling → words of the names that it stands for, of people and places."""
        twins: defaultdict[str, set[str]] = defaultdict(set)
        for one in self.known:
            if one.noun in CARRIED:
                for word, name in _pairs(fold(one.name).split(), one.spellings):
                    twins[word].add(name)
        return twins

    def corrected(self, text: str) -> str | None:
        """The words with slips in names mended; None where nothing is to be mended."""
        mended = [self._mended(word) for word in text.split()]
        return " ".join(mended) if mended != text.split() else None

    def written(self, word: str) -> str:
        """A folded word of a name as it is written; any other as it is."""
        return self._words.get(word, word)

    def _mended(self, word: str) -> str:
        folded = fold(word)
        if len(folded) < SHORT or any(known.startswith(folded) for known in self._words):
            return word
        found = process.extractOne(folded, self._words.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE - 4)
        return self._words[found[0]] if found else word

    @cached_property
    def _words(self) -> dict[str, str]:
        """The words of all names, folded → as they are written."""
        written = (word for one in self.known for word in one.name.split())
        plain = {fold(word): word.strip("()[].,:;“”\"'") for word in written if " " not in fold(word)}
        return {
            spelling: spelling.title() for one in self.known for s in one.spellings for spelling in s.split()
        } | plain


class _Forms:
    """The spellings of some records, ready to be compared with a name."""

    def __init__(self, known: Sequence[Known]) -> None:
        whole = [(spelling, one) for one in known for spelling in one.spellings]
        parts = [(part, one) for one in known for part in sorted({p for s in one.spellings for p in s.split()})]
        self.known = known
        self.whole, self.owners = _unzipped(whole)
        self.sorted = [_in_order(spelling) for spelling in self.whole]
        self.parts, self.part_owners = _unzipped(parts)

    def alike(self, asked: str) -> dict[Known, float]:
        found: defaultdict[Known, float] = defaultdict(float)
        looks = [(asked, self.whole, self.owners, 0), (_in_order(asked), self.sorted, self.owners, 0)]
        if len(asked) >= SHORT:
            looks.append((asked, self.parts, self.part_owners, 1))
        for words, forms, owners, less in looks:
            cutoff = ALIKE - 0.5 + less
            for _form, score, at in process.extract(words, forms, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None):
                found[owners[at]] = max(found[owners[at]], score - less)
        return found


def _unzipped(pairs: list[tuple[str, Known]]) -> tuple[list[str], list[Known]]:
    return [form for form, _one in pairs], [one for _form, one in pairs]


def _in_order(words: str) -> str:
    return " ".join(sorted(words.split()))


def _pairs(name: Sequence[str], spellings: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each word of a spelling that is not one of the name's, with the word of the name that it stands for."""
    known: dict[str, str] = {}
    for spelling in sorted(spellings, key=lambda one: len(one.split()) != len(name)):
        words = spelling.split()
        for at, word in enumerate(words):
            if word in name or word in known:
                continue
            twin = _likest(word, name)
            if twin is None and len(words) == len(name) and not _one_script(word, name[at]):
                twin = name[at]
            if twin:
                known[word] = twin
    yield from known.items()


def _likest(word: str, name: Sequence[str]) -> str | None:
    found = process.extractOne(word, name, scorer=fuzz.ratio, score_cutoff=SAME)
    return found[0] if found else None


def _one_script(one: str, other: str) -> bool:
    return one[:1].isascii() == other[:1].isascii()


def names() -> Names:
    """The index of this generation: one query, then none."""
    made: Names = remembered("names", lambda: Names(_read()))
    return made


def _read() -> list[tuple[str, str, Document]]:
    """Noun, public name and document of all that has a name: what stands in the record now."""
    rows = Version.objects.filter(recorded_to=None, noun__in=NOUNS).order_by()
    return [(noun, name, orjson.loads(text)) for noun, name, text in rows.values_list("noun", "slug", "document")]


def _known(noun: str, name: str, document: Document) -> Known:
    spellings = [document["name"], *document.get("name_native", {}).values(), *document.get(OTHER_NAMES[noun], [])]
    folded = tuple(filter(None, dict.fromkeys(map(fold, spellings))))
    about = document.get(ABOUT.get(noun, ""), "")
    party = document["party"] if noun == "leader" else name if noun == "party" else None
    return Known(noun, name, document["name"], about, party, folded, " · ".join([*folded, fold(about)]))
