"""One language's words: folding, stemming and the phrases that mean something to the rules."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

RULES = files("peacetracker.newsroom.extraction") / "rules"
LANGUAGES = ("en", "ru", "hy", "az")
WORD = re.compile(r"[^\W_]+(?:['’ʼ՛՞՜][^\W_]+)*")
CACHED_WORDS = 40_000
_SINGLE = {"ə": "e", "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ё": "е", "և": "և"}
_VOWELS = "aeəiıoöuü"
_MARKS = str.maketrans("", "", "՛՞՜")


class Meaning(NamedTuple):
    """What a phrase stands for: a type of item and its value."""

    type: str
    value: Any


@cache
def rules(name: str) -> dict[str, Any]:
    """The rule file `name` as a dictionary."""
    return tomllib.loads((RULES / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=CACHED_WORDS)
def fold(word: str) -> str:
    """Lower case without accents; Cyrillic and Armenian letters keep theirs."""
    word = word.replace("İ", "i").replace("’", "'").replace("ʼ", "'").translate(_MARKS).lower()
    if word.isascii():
        return word
    return "".join(_fold_letter(letter) for letter in word)


def _fold_letter(letter: str) -> str:
    if letter in _SINGLE:
        return _SINGLE[letter]
    if "\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff":
        return unicodedata.normalize("NFKD", letter)[0]
    return letter if not unicodedata.combining(letter) else ""


class Branch(NamedTuple):
    """What the words up to here mean, if anything, and which words may follow."""

    meanings: tuple[Meaning, ...]
    following: dict[int, Branch]


END: dict[int, Branch] = {}  # nothing follows


class _Numbers(dict[str, int]):
    """The number of each word seen, found once."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, word: str) -> int:
        if len(self) >= CACHED_WORDS:
            self.clear()
        number = self[word] = self._lexicon.id(word)
        return number


class Lexicon:
    """Words and phrases of one language; `ids` and `find` are what the rest uses."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.data = rules(lang)
        stem = self.data["stem"]
        self._suffixes = tuple(sorted(stem["suffixes"], key=len, reverse=True))
        self._minimum = int(stem["minimum"])
        self._endings = tuple(stem.get("name_endings", ()))
        self._drops = tuple(stem.get("name_drops", ()))
        self._forms: dict[str, str] = {}
        self._claims: dict[str, int] = {}
        self._stems: dict[str, str] = {}
        self._listed: dict[tuple[str, str], frozenset[str]] = {}
        self._irregular: dict[str, str] = stem.get("irregular", {})
        self._vocabulary: dict[str, int] = {}
        self._phrases: dict[tuple[int, ...], list[Meaning]] = {}
        self._ids = _Numbers(self)
        self._first: list[Branch | None] = []

    def stem(self, word: str) -> str:
        """The folded word without the endings of its language."""
        known = self._stems.get(word)
        if known is None:
            if len(self._stems) >= CACHED_WORDS:
                self._stems.clear()
            known = self._stems[word] = self._stem(word)
        return known

    def _stem(self, word: str) -> str:
        word = fold(word)
        if word.endswith(("'s", "'")):
            word = word.rpartition("'")[0]
        known = self._forms.get(word)
        return known if known is not None else self._strip(word)

    def protect(self, word: str) -> None:
        """Keep a common word's case forms from being taken for those of a name: "martın" is March, not Martin."""
        word = fold(word)
        bases = (word, word[:-1]) if self._drops and word.endswith(self._drops) else (word,)
        for base in bases if self._endings else ():
            for ending in ("", *self._endings):
                self._forms.setdefault(base + ending, word)

    def inflect(self, name: str) -> None:
        """Let every case form of a name's words be known, so that no ending is cut from the name itself."""
        self._stems.clear()
        for raw in WORD.findall(name) if self._endings else ():
            word = fold(raw)
            if len(word) < 3 or not raw[:1].isupper():
                continue
            self._claim(word, word, 0)
            for ending in self._endings:
                self._claim(word + ending, word, 1)
            for ending in self._endings if word.endswith(self._drops) else ():
                self._claim(word[:-1] + ending, word, 2)

    def _claim(self, form: str, name: str, rank: int) -> None:
        """A form of two names is that of the one which needs less change: "Стефана" is Стефан's, not Стефано's."""
        taken = self._claims.get(form, 9 if form not in self._forms else -1)
        if rank < taken:
            self._forms[form], self._claims[form] = name, rank

    def _strip(self, word: str) -> str:
        while True:
            if word in self._irregular:
                return self._irregular[word]
            for suffix in self._suffixes:
                if len(word) - len(suffix) >= self._minimum and word.endswith(suffix):
                    word = word[: -len(suffix)]
                    break
            else:
                return word

    def conjugate(self, phrase: str) -> list[str]:
        """The forms of a phrase that ends with the bare stem of a verb: "zəng et-", "հանդիպ-".

        In the endings of the rules A, I, K and G stand for the letters that harmony chooses, ~ for the stem.
        """
        head, _, root = phrase.removesuffix("-").rpartition(" ")
        last = next((c for c in reversed(root.lower()) if c in _VOWELS), "a")
        back = last in "aıou"
        harmony = {
            "A": "a" if back else "ə", "K": "q" if back else "k", "G": "ğ" if back else "y",
            "I": {"u": "u", "o": "u", "ö": "ü", "ü": "ü"}.get(last, "ı" if back else "i"),
        }  # fmt: skip
        open_ = root[-1:] in _VOWELS
        found = []
        for ending in self.data["stem"].get("conjugation", ()):
            form = "".join(harmony.get(c, c) for c in ending)
            if "~" in form:
                word = form.replace("~", root)
            elif form[:1] in _VOWELS:
                soft = root[:-1] + "d" if root.endswith("et") else root
                word = root + "y" + form if open_ else soft + form
            else:
                word = root + form
            found.append(f"{head} {word}".strip())
        return found

    def add(self, phrase: str, type_: str, value: Any = None) -> None:
        """Teach a phrase; the same phrase may mean several things."""
        if phrase.endswith("-"):
            self.add_all(self.conjugate(phrase), type_, value)
            return
        words = [self.stem(w) for w in WORD.findall(phrase)]
        if not words:
            return
        key = tuple(self._vocabulary.setdefault(w, len(self._vocabulary) + 1) for w in words)
        meanings = self._phrases.setdefault(key, [])
        if Meaning(type_, value) not in meanings:
            meanings.append(Meaning(type_, value))

    def add_all(self, phrases: Iterable[str], type_: str, value: Any = None) -> None:
        for phrase in phrases:
            self.add(phrase, type_, value)

    def forms(self, section: str, name: str) -> frozenset[str]:
        """Stems of the words listed under a name of a section of the rules."""
        known = self._listed.get((section, name))
        if known is None:
            known = frozenset(self.stem(w) for w in self.data[section].get(name, ()))
            self._listed[section, name] = known
        return known

    def freeze(self) -> None:
        """Grow the tree of words from the phrases; nothing is added after this."""
        root: dict[int, Any] = {}
        for key, meanings in self._phrases.items():
            following = root
            for word in key[:-1]:
                following = following.setdefault(word, [(), {}])[1]
            following.setdefault(key[-1], [(), {}])[0] = tuple(meanings)
        tree = _grown(root)
        self._first = [tree.get(word) for word in range(len(self._vocabulary) + 1)]
        self._phrases = {}

    def id(self, word: str) -> int:
        """Number of a word's stem, 0 if no phrase has it."""
        return self._vocabulary.get("usa" if word == "US" else self.stem(word), 0)

    def find(self, words: list[str]) -> list[tuple[int, int, tuple[Meaning, ...]]]:
        """Every phrase in a list of words: (word after the last, first word, meanings), by where it ends."""
        ids = [*map(self._ids.__getitem__, words), 0]
        found = []
        for start, branch in enumerate(map(self._first.__getitem__, ids)):
            end = start
            while branch is not None:
                end += 1
                meanings, following = branch
                if meanings:
                    found.append((end, start, meanings))
                branch = following.get(ids[end])
        found.sort()
        return found


def _grown(following: dict[int, Any]) -> dict[int, Branch]:
    return {word: Branch(meanings, _grown(after)) for word, (meanings, after) in following.items()} or END
