"""Who a sentence names: people, offices with their countries, counterparts and pronouns."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from .gazetteer import Gazetteer
from .lexicon import Lexicon, fold
from .model import How
from .sentences import Item, Sentence, Text

ASIDE = frozenset({"spokesperson"})
HELPERS = frozenset(
    {
        "spokesperson",
        "aide",
        "envoy",
        "ambassador",
        "presidential-aide",
        "deputy",
        "deputy-foreign-minister",
        "other",
        "security-adviser",
    }
)


@dataclass(slots=True)
class Ref:
    """One reference to a person, not yet resolved."""

    how: How
    slugs: tuple[str, ...] = ()
    type: str = ""
    party: str = ""
    name: str = ""
    office_text: str = ""
    number: int = 1
    value: str = ""


@dataclass(slots=True)
class Entity:
    """The words [i, j) that name one or several people."""

    i: int
    j: int
    refs: list[Ref] = field(default_factory=list)
    voice: bool = False
    possessive: bool = False
    country: str = ""
    bare: bool = False

    @property
    def is_person(self) -> bool:
        return bool(self.refs) and not self.voice


@dataclass(slots=True)
class Known:
    """What the text has told so far of people: full names, and unknown people by surname."""

    full: dict[str, str] = field(default_factory=dict)
    strangers: dict[str, Ref] = field(default_factory=dict)


class MentionReader:
    """Builds the entities of a sentence."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon, text: Text, known: Known) -> None:
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.text = text
        self.known = known
        data = lexicon.data
        self.fillers = lexicon.forms("links", "fillers")
        self.former = lexicon.forms("links", "former")
        self.of = lexicon.forms("links", "of")
        self.with_ = lexicon.forms("links", "with")
        self.to = lexicon.forms("links", "to")
        self.conjunctions = lexicon.forms("links", "and")
        self.stop = lexicon.forms("organisations", "stop")
        pattern = data["offices"].get("plural_pattern")
        self.plural = (re.compile(pattern), data["offices"]["plural_head"] == "first") if pattern else None
        self.offices_of = lexicon.forms("organisations", "offices_of")
        self.whole = lexicon.forms("anaphora", "whole")
        self.genitive_first = bool(data["links"].get("genitive_first"))

    def read(self, sentence: Sentence) -> list[Entity]:
        """Entities in order of place."""
        self.sentence = sentence
        self.items = _np_items(sentence, self.text, self.plural)
        self.taken = _taken(sentence)
        self.units = frozenset(k for x in sentence.of("U") for k in range(x.i, x.j))
        found: list[Entity] = []
        n = 0
        while n < len(self.items):
            entity, n = self._entity(n)
            if entity is not None:
                found.append(entity)
        for entity in found:
            self._of_unit(entity)
        found += self._pronouns(sentence, found)
        found += self._strangers(sentence, found)
        found.sort(key=lambda e: e.i)
        return self._appositions(found)

    # one noun phrase

    def _entity(self, n: int) -> tuple[Entity | None, int]:
        item = self.items[n]
        if item.type == "P":
            return self._named(n)
        if item.type == "S":
            entity = Entity(item.i, item.j)
            entity.possessive = self._possessive(item.j)
            type_, party = item.value
            return entity, self._names(n + 1, entity, type_, False, [party], 0)
        countries: list[str] = []
        start = item.i
        end = item.i
        while n < len(self.items) and self.items[n].type == "C" and (not countries or self._lists(n, end)):
            countries.append(self.items[n].value[0])
            end = self.items[n].j
            n += 1
        if (
            n < len(self.items)
            and self.items[n].type in ("O", "A")
            and (not countries or self._near(end, self.items[n].i))
        ):
            return self._office(n, countries, start)
        return Entity(start, end, country=countries[-1], bare=True), n

    def _office(self, n: int, countries: list[str], start: int) -> tuple[Entity | None, int]:
        item = self.items[n]
        if item.type == "A":
            return self._counterpart(n, countries, start)
        type_, plural = item.value
        end = item.j
        n += 1
        # "the president's spokesman", "помощник президента": the helper is the person meant
        while n < len(self.items) and self.items[n].type == "O" and self._touches(end, self.items[n].i):
            following = self.items[n].value[0]
            if type_ not in HELPERS or (following in HELPERS and self.genitive_first):
                if following in HELPERS:
                    type_, plural = self.items[n].value
                    countries = countries[:1]
                elif type_ not in HELPERS and not self.genitive_first:
                    pass
            end = self.items[n].j
            n += 1
        n, end, after = self._complement(n, end, type_)
        parties = (countries + after) if plural or not countries else countries[:1] if type_ in HELPERS else countries
        entity = Entity(start, end, voice=type_ in ASIDE)
        entity.possessive = self._possessive(end)
        number = self._number(item.i if not countries else start)
        n = self._names(n, entity, type_, plural, parties, number)
        return entity, n

    def _complement(self, n: int, end: int, type_: str) -> tuple[int, int, list[str]]:
        """Countries after the office: "of Armenia and Azerbaijan"; for helpers also the one they serve."""
        after: list[str] = []
        first = True
        while n < len(self.items):
            item = self.items[n]
            gap = self.text.words[end : item.i]
            if item.type == "C" and self._links(gap, first, end, item.i):
                if self._unit_follows(item.j):
                    break
                after.append(item.value[0])
            elif item.type in ("O", "P") and type_ in HELPERS and first and self._serves(gap, end, item):
                if item.type == "O":
                    n, end, _ = self._complement(n + 1, item.j, item.value[0])
                    if (
                        n < len(self.items)
                        and self.items[n].type == "P"
                        and self._touches(end, self.items[n].i)
                        and not self.genitive_first
                    ):
                        nxt = self.items[n + 1] if n + 1 < len(self.items) else None
                        if gap or (nxt is not None and nxt.type == "P" and self._touches(self.items[n].j, nxt.i)):
                            end = self.items[n].j
                            n += 1
                    return n, end, after
                after_item = self.items[n + 1] if n + 1 < len(self.items) else None
                if gap or (after_item is not None and after_item.type == "P" and self._touches(item.j, after_item.i)):
                    n, end = n + 1, item.j
                    while (
                        gap
                        and n < len(self.items)
                        and self.items[n].type == "P"
                        and self._coordinated(end, self.items[n].i)
                    ):
                        n, end = n + 1, self.items[n].j
                    return n, end, after
                break
            else:
                break
            end = item.j
            n += 1
            first = False
        return n, end, after

    def _coordinated(self, end: int, start: int) -> bool:
        words = self.text.words[end:start]
        return (
            len(words) <= 1
            and all(self.lexicon.stem(w) in self.conjunctions for w in words)
            and "." not in self._gap_text(end, start)
        )

    def _links(self, gap: list[str], first: bool, end: int, start: int) -> bool:
        words = [self.lexicon.stem(w) for w in gap]
        if first:
            if not words:
                return self.lexicon.lang in ("ru",) and "," not in self.text.gap(start)
            if self.lexicon.lang != "en":
                return False
            return (
                words[0] in self.of
                and all(w in self.fillers or w in self.of for w in words)
                and "," not in self._gap_text(end, start)
            )
        if not words:
            return bool(self._gap_text(end, start).strip() in (",", "-", "–", ""))
        return all(w in self.conjunctions or w in self.fillers or w in self.of for w in words)

    def _serves(self, gap: list[str], end: int, item: Item) -> bool:
        words = [self.lexicon.stem(w) for w in gap]
        if "," in self._gap_text(end, item.i):
            return False
        if self.lexicon.lang == "en":
            return bool(words) and words[0] in self.to and all(w in self.to or w in self.fillers for w in words)
        return self.lexicon.lang == "ru" and not words

    def _names(self, n: int, entity: Entity, type_: str, plural: bool, parties: list[str], number: int) -> int:
        """Names that follow the office take its place; otherwise the office itself refers."""
        text = self.text.span(entity.i, entity.j)
        named: list[Ref] = []
        end = entity.j
        k = n
        while k < len(self.items) and self.items[k].type == "P":
            gap = self._gap_text(end, self.items[k].i).strip()
            between = self.text.words[end : self.items[k].i]
            joined = not between or all(
                self.lexicon.stem(w) in self.conjunctions or fold(w) in self.honorific for w in between
            )
            allowed = ("", ",", "—", "–", "-", "՝", ":", "(") if plural else ("",)
            if not joined or (between and not plural and not all(fold(w) in self.honorific for w in between)):
                break
            if not between and gap not in allowed:
                break
            if not plural and named:
                break
            person, after = self._named(k)
            if person is None or person.voice:
                break
            ref = person.refs[0]
            ref.office_text = text
            if not ref.slugs:
                ref.type = type_
                ref.party = parties[0] if parties else ref.party
            named.append(ref)
            end = person.j
            entity.possessive = person.possessive
            k = after
        if named and (not plural or len(named) > 1 or not parties):
            entity.refs = named
            entity.j = end
            return k
        if not plural and not (k < len(self.items) and self.items[k].i == entity.j):
            stranger = self._stranger_at(entity.j)
            if stranger and (self.lexicon.lang == "en" or len(stranger[0].split()) > 1):
                name, end = stranger
                ref = Ref("named", type=type_, party=parties[0] if parties else "", name=name, office_text=text)
                self.known.strangers[fold(name.split()[-1])] = ref
                entity.refs, entity.j = [ref], end
                entity.possessive = self._possessive(end)
                return n
        if plural:
            if len(parties) > 1:
                entity.refs = [Ref("by office", type=type_, party=p, office_text=text) for p in dict.fromkeys(parties)]
            elif parties and type_ != "minsk-co-chair":
                entity.voice = True
            else:
                entity.refs = [Ref("anaphora", type=type_, number=number, value="plural", office_text=text)]
        elif not parties and (home := self._home(entity)):
            entity.refs = [Ref("by office", type=type_, party=home, office_text=text)]
        elif type_ not in ("other", "head") or parties:
            entity.refs = [Ref("by office", type=type_, party=parties[0] if parties else "", office_text=text)]
            if len(set(parties)) > 1 and type_ not in HELPERS:
                entity.refs = [Ref("by office", type=type_, party=p, office_text=text) for p in dict.fromkeys(parties)]
        return n

    def _home(self, entity: Entity) -> str:
        """ "Azerbaijan said its foreign minister ...": the country that "its" means."""
        k = entity.i - 1
        if self.lexicon.lang != "en" or k <= self.sentence.first or self.text.words[k].lower() != "its":
            return ""
        for item in reversed(self.sentence.items):
            if item.i < k and item.type == "C":
                return str(item.value[0])
            if item.i < k and item.type == "L" and item.value.name in self.gazetteer.capital_names:
                return str(item.value.country)
        return ""

    @property
    def honorific(self) -> frozenset[str]:
        return self.lexicon.forms("organisations", "honorifics")

    def _counterpart(self, n: int, countries: list[str], start: int) -> tuple[Entity | None, int]:
        item = self.items[n]
        n += 1
        n, end, after = self._complement(n, item.j, "counterpart")
        parties = countries + after
        entity = Entity(start, end)
        entity.possessive = self._possessive(end)
        if item.value == "counterparts" and len(parties) < 2:
            parties = parties * 1
        refs = [
            Ref("counterpart", party=p, office_text=self.text.span(start, end)) for p in dict.fromkeys(parties)
        ] or [Ref("counterpart", office_text=self.text.span(start, end))]
        entity.refs = refs
        k = n
        named: list[Ref] = []
        stop = end
        while k < len(self.items) and self.items[k].type == "P":
            between = self.text.words[stop : self.items[k].i]
            gap = self._gap_text(stop, self.items[k].i).strip()
            if between and not (named and all(self.lexicon.stem(w) in self.conjunctions for w in between)):
                break
            if not between and gap not in (
                ("", ",", "(") if len(refs) > 1 or item.value == "counterparts" or not named else ()
            ):
                break
            if named and len(named) >= len(refs):
                break
            person, after_k = self._named(k)
            if person is None or not person.refs:
                break
            named.append(person.refs[0])
            stop = person.j
            k = after_k
        if named and len(named) >= len(refs):
            entity.refs, entity.j = named, stop
            return entity, k
        if not named and len(refs) == 1 and (stranger := self._stranger_at(end)):
            name, stop = stranger
            ref = Ref(
                "named", type="", party=parties[0] if parties else "", name=name, office_text=self.text.span(start, end)
            )
            self.known.strangers[fold(name.split()[-1])] = ref
            entity.refs, entity.j = [ref], stop
        return entity, n

    def _named(self, n: int) -> tuple[Entity | None, int]:
        item = self.items[n]
        entity = Entity(item.i, item.j, [Ref("named", slugs=item.value, name=self.text.span(item.i, item.j))])
        entity.possessive = self._possessive(item.j)
        n += 1
        if item.j - item.i > 1 and len(item.value) == 1:
            for part in (self.text.words[item.j - 1],):
                self.known.full.setdefault(self.lexicon.stem(part), item.value[0])
        elif item.j - item.i == 1 and self._other_first_name(item.i) and self._same_given(item):
            entity.i = item.i - 1
        elif item.j - item.i == 1 and self._other_first_name(item.i):
            first = item.i - 1
            name = self.text.span(first, item.j)
            entity.i = first
            entity.refs = [Ref("named", name=name)]
            self.known.strangers[fold(name)] = entity.refs[0]
        if self._unit_follows(item.j):
            entity.voice = True
        if n < len(self.items) and self.items[n].type == "C" and self.lexicon.lang == "en":
            gap = [fold(w) for w in self.text.words[item.j : self.items[n].i]]
            if gap in (["of"], ["of", "the"]) and "," not in self._gap_text(item.j, self.items[n].i):
                entity.j = self.items[n].j
                n += 1
        if (
            n < len(self.items)
            and self.items[n].type == "O"
            and entity.possessive
            and self._touches(entity.j, self.items[n].i)
            and self.lexicon.lang == "en"
        ):
            # "Pashinyan's spokeswoman": someone else
            owner_end = self.items[n]
            entity.j = owner_end.j
            entity.refs = [Ref("by office", type=owner_end.value[0])]
            entity.voice = owner_end.value[0] in ASIDE or owner_end.value[0] == "aide"
            stranger = (
                None if n + 1 < len(self.items) and self.items[n + 1].i == entity.j else self._stranger_at(entity.j)
            )
            n += 1
            if n < len(self.items) and self.items[n].type == "P" and self._touches(entity.j, self.items[n].i):
                inner, after = self._named(n)
                if inner:
                    inner.i = entity.i
                    inner.voice = inner.voice or (entity.voice and owner_end.value[0] in ASIDE)
                    return inner, after
            if stranger:
                entity.refs = [Ref("named", type=owner_end.value[0], name=stranger[0])]
                entity.j = stranger[1]
        return entity, n

    # conditions on words

    def _lists(self, n: int, end: int) -> bool:
        """Whether a country goes on with the list before it; "in Azerbaijan, Armenian ..." begins anew."""
        before, item = self.items[n - 1], self.items[n]
        if before.value[1] == "noun" and item.value[1] == "adj" and self.lexicon.lang == "en":
            between = self.text.words[end : item.i]
            return bool(between) and self.lexicon.stem(between[0]) in self.conjunctions
        return self._near(end, item.i, comma=True)

    def _gap_text(self, end: int, start: int) -> str:
        if end >= start:
            return self.text.gap(start)
        return self.text.raw[self.text.ends[end - 1] : self.text.starts[start]]

    def _touches(self, end: int, start: int) -> bool:
        return end == start and not self.text.gap(start).strip(" \u00a0-–\n«“\"”'’")

    def _near(self, end: int, start: int, *, comma: bool = False) -> bool:
        between = self.text.words[end:start]
        gap = self._gap_text(end, start)
        if "." in gap.strip(".") or ";" in gap or "(" in gap:
            return False
        if "," in gap and not comma:
            return False
        if comma and not between:
            return gap.strip() in ("", ",", "-", "–", "—")
        return len(between) <= 3 and all(
            (s := self.lexicon.stem(w)) in self.fillers
            or s in self.conjunctions
            or (self.lexicon.lang != "en" and not comma and len(between) == 1 and w.islower())
            for w in between
        )

    def _possessive(self, end: int) -> bool:
        return self.lexicon.lang == "en" and self.text.words[end - 1].endswith(("'s", "’s", "s'", "s’"))

    def _unit_follows(self, j: int) -> bool:
        if j >= self.sentence.last or self.lexicon.lang != "en":
            return False
        if j in self.units and not self.text.gap(j).strip():
            return not any(x.type in ("T", "O", "H") and x.i == j for x in self.sentence.items)
        return (
            j + 1 < self.sentence.last
            and j + 1 in self.units
            and j not in self.taken
            and self.text.upper(j)
            and self.text.upper(j + 1)
            and not self.text.gap(j).strip()
            and not self.text.gap(j + 1).strip()
        )

    def _number(self, i: int) -> int:
        """How many a numeral before word i counts, 0 without one."""
        for item in self.sentence.of("N"):
            if i - 1 <= item.j <= i:
                return int(item.value)
        for item in self.sentence.of("A"):
            if i - 1 <= item.j <= i and item.value in _COUNTS:
                return _COUNTS[item.value]
        return 0

    def _same_given(self, item: Item) -> bool:
        """Whether the first name is but another spelling of the known one: "Entoni" for "Antoni"."""
        word = fold(self.text.words[item.i - 1])
        known = {given for slug in item.value for given in self.gazetteer.given[slug]}
        return any(len(given) > 3 and given[-3:] == word[-3:] and abs(len(given) - len(word)) < 2 for given in known)

    def _other_first_name(self, i: int) -> bool:
        """Whether a bare surname stands behind another person's first name."""
        k = i - 1
        if k < self.sentence.first or self.text.gap(i).strip(" \u00a0") or k in self.taken:
            return False
        word = self.text.words[k]
        if (
            not word[:1].isupper()
            or (word.isupper() and len(word) > 1)
            or self.lexicon.stem(word) in self.stop
            or self.lexicon.stem(word) in self.fillers
        ):
            return False
        if word.endswith(("'s", "’s")) or fold(word) in self.gazetteer.first_names:
            return False
        return k > self.sentence.first or (
            len(word) > 2 and self.lexicon.lang == "en" and not word.lower().endswith(("ly", "ing", "ed")) and False
        )

    def _stranger_at(self, k: int, *, listed: bool = False) -> tuple[str, int] | None:
        """An unknown name of one to four capitalised words starting at word k."""
        end = k
        last = self.sentence.last
        while end < last and end - k < 4:
            word = self.text.words[end]
            if (
                end in self.taken
                or end in self.units
                or (self.text.gap(end).strip(" \u00a0.-") and not (listed and end == k))
                or not word[:1].isupper()
            ):
                particle = word in ("bin", "al", "de", "von", "van", "el") and end > k
                if not particle or self.text.gap(end).strip():
                    break
            if (word.isupper() and len(word) > 2) or self.lexicon.stem(word) in self.stop or word[:1].isdigit():
                break
            if end > k and "." in self.text.gap(end) and len(self.text.words[end - 1]) > 2:
                break
            end += 1
        if end == k or (not listed and self.text.gap(k).strip(" \u00a0")):
            return None
        name = self.text.span(k, end)
        for suffix in ("'s", "’s"):
            name = name.removesuffix(suffix)
        if end < last and end in self.units and self.text.upper(end) and not self.text.gap(end).strip():
            return None
        return (name, end) if len(name) > 2 and any(w[:1].isupper() and len(w) > 1 for w in name.split()) else None

    # pronouns and strangers

    def _of_unit(self, entity: Entity) -> None:
        """ "the office of the prime minister": the office speaks, not the person."""
        k = entity.i - 1
        if self.lexicon.lang != "en" or k <= self.sentence.first or not entity.refs:
            return
        if self.text.words[k].lower() == "the":
            k -= 1
        if (
            self.text.words[k].lower() == "of"
            and k - 1 in self.units
            and self.text.words[k - 1].lower() in self.offices_of
        ):
            entity.voice = True

    def _pronouns(self, sentence: Sentence, found: list[Entity]) -> list[Entity]:
        covered = {k for e in found for k in range(e.i, e.j)}
        extra = []
        for item in sentence.of("A"):
            if item.i in covered or item.value in ("counterpart", "counterparts", "two", "three", "four"):
                continue
            if item.value in ("countries_two", "countries_three", "host_person", "whole"):
                continue
            if item.value == "plural" and any(x.j == item.i for x in sentence.of("C")):
                continue
            if any(e.i == item.j and e.refs for e in found) and item.value in ("plural", "plural_three", "plural_four"):
                continue
            number = {"plural": 2, "plural_three": 3, "plural_four": 4, "possessive_plural": 0}.get(item.value, 1)
            if item.value == "plural" and fold(self.text.words[item.i]) in self.whole:
                number = 0
            value = "their" if item.value == "possessive_plural" else item.value
            extra.append(
                Entity(
                    item.i, item.j, [Ref("anaphora", number=number, value=value)], possessive="possessive" in item.value
                )
            )
        return extra

    def _strangers(self, sentence: Sentence, found: list[Entity]) -> list[Entity]:
        """Unknown people named again by surname, or named in full where a participant would stand."""
        covered = {k for e in found for k in range(e.i, e.j)}
        extra = []
        capitals = self.text.capitals
        low, high = bisect_left(capitals, sentence.first), bisect_left(capitals, sentence.last)
        passed = 0
        for k in capitals[low:high]:
            if k < passed or k in covered or k in self.taken:
                continue
            word = fold(self.text.words[k]).removesuffix("'s")
            known = self.known.strangers.get(word) or (
                self.known.strangers.get(self.lexicon.stem(word)) if self.lexicon.lang != "en" else None
            )
            stranger = self._stranger_at(k, listed=True) if k > sentence.first or known else None
            if known and stranger and stranger[1] - k == 1:
                extra.append(Entity(k, k + 1, [known], possessive=self._possessive(k + 1)))
            elif stranger and stranger[1] - k >= 2 and self._expects_person(k, found):
                again = self.known.strangers.get(fold(stranger[0].split()[-1]))
                ref = again or Ref("named", name=stranger[0])
                extra.append(
                    Entity(k, stranger[1], [ref], bare=again is None, possessive=self._possessive(stranger[1]))
                )
            passed = stranger[1] if stranger else k + 1
        return extra

    def _expects_person(self, k: int, found: list[Entity]) -> bool:
        """Whether a name may stand at word k: after "with", "met", or listed after another person."""
        if k == self.sentence.first:
            return False
        before = self.text.words[k - 1]
        if self.lexicon.stem(before) in self.conjunctions or "," in self.text.gap(k):
            return any(e.refs and 0 <= k - e.j <= 1 for e in found)
        return self.lexicon.stem(before) in self.with_ or any(
            x.type == "T" and x.j == k and x.value[1] in ("verb", "host", "weak") and x.value[0] != "visit"
            for x in self.sentence.items
        )

    def _appositions(self, found: list[Entity]) -> list[Entity]:
        """Merge "X, foreign minister of Y," and "the ministers of Y and Z, A and B," into one entity."""
        kept: list[Entity] = []
        for entity in found:
            before = kept[-1] if kept else None
            if self._names_again(kept, entity):
                continue
            if before is not None and before.refs and entity.refs and self._apposed(before, entity):
                if len(entity.refs) == len(before.refs) == 1 and before.refs[0].how == "named":
                    ref = before.refs[0]
                    ref.office_text = ref.office_text or entity.refs[0].office_text
                    if not ref.slugs:
                        ref.type, ref.party = entity.refs[0].type, entity.refs[0].party or ref.party
                        self.known.strangers[fold(ref.name.split()[-1])] = ref
                    before.voice = before.voice or entity.voice
                    before.bare = False
                if before.refs[0].how == "by office":
                    office = before.refs[0]
                    before.refs = entity.refs
                    before.refs[0].office_text = office.office_text
                    if not before.refs[0].slugs:
                        before.refs[0].type, before.refs[0].party = office.type, office.party
                        self.known.strangers[fold(before.refs[0].name.split()[-1])] = before.refs[0]
                    before.voice = False
                before.j = entity.j
                continue
            kept.append(entity)
        return kept

    def _names_again(self, kept: list[Entity], entity: Entity) -> bool:
        """ "A and B, the foreign ministers of X and Y,": offices of those just listed."""
        count = len(entity.refs)
        if count < 2 or any(r.how != "by office" for r in entity.refs) or len(kept) < count:
            return False
        if "," not in self._gap_text(kept[-1].j, entity.i) or entity.i - kept[-1].j > 1:
            return False
        listed = kept[-count:]
        return all(len(e.refs) == 1 and e.refs[0].how == "named" for e in listed) and all(
            b.i - a.j <= 1 for a, b in pairwise(listed)
        )

    def _names_holder(self, office: Ref, named: Ref) -> bool:
        """ "the head of the Turkish parliament, Numan Kurtulmus": the name replaces the office."""
        if named.slugs:
            return not office.party or self.gazetteer.person_parties.get(named.slugs[0], office.party) in (
                office.party,
                "EU",
            )
        return True

    def _apposed(self, before: Entity, entity: Entity) -> bool:
        if len(before.refs) != 1 or len(entity.refs) != 1:
            return False
        if (
            before.refs[0].how == "by office"
            and entity.refs[0].how == "named"
            and before.j == entity.i
            and "," in self.text.gap(entity.i)
        ):
            return self._names_holder(before.refs[0], entity.refs[0])
        if before.refs[0].how != "named" or entity.refs[0].how != "by office":
            return False
        between = [fold(w) for w in self.text.words[before.j : entity.i]]
        gap = self._gap_text(before.j, entity.i)
        if not any(c in gap for c in ",(–—") or any(
            w not in ("the", "a", "an", "an", "his", "her", "new", "acting") for w in between
        ):
            return False
        if len(between) > 2:
            return False
        ref = before.refs[0]
        party = entity.refs[0].party
        if not ref.slugs:
            return True
        own = self.gazetteer.person_parties.get(ref.slugs[0], "")
        return not party or party == own or (party in ("EUCO", "EC") and own == "EU") or own == ""


def _wrong_number(item: Item, sentence: Sentence, text: Text, plural: tuple[re.Pattern[str], bool] | None) -> bool:
    """Where stems hide the number: the reading that the word's own ending, or a numeral before it, rules out."""
    if plural is None:
        return False
    twin = any(x.i == item.i and x.j == item.j and x.value[1] != item.value[1] for x in sentence.of("O"))
    counted = any(x.type in ("N", "A") and x.j == item.i and x.value in (2, 3, "two", "three") for x in sentence.items)
    head = fold(text.words[item.i if plural[1] else item.j - 1])
    several = counted or bool(plural[0].search(head))
    return twin and bool(item.value[1]) != several


_COUNTS = {"two": 2, "three": 3, "four": 4}
_NOUN_PARTS = frozenset(("P", "C", "O", "S", "A"))


def _np_items(sentence: Sentence, text: Text, plural: tuple[re.Pattern[str], bool] | None) -> list[Item]:
    items: list[Item] = []
    wider = sentence.of("B") + sentence.of("S")
    offices = [x for x in sentence.of("O") if x.j - x.i > 1]
    for item in sentence.items:
        if item.type not in _NOUN_PARTS:
            continue
        if item.type == "C" and items and items[-1].type == "C" and items[-1].i == item.i and items[-1].j == item.j:
            continue
        if (item.type == "P" and not text.upper(item.j - 1)) or (
            item.type == "C" and not text.upper(item.i) and item.value[1] == "noun"
        ):
            continue
        if item.type == "O" and _wrong_number(item, sentence, text, plural):
            continue
        around = wider + offices if item.type == "C" else wider
        if around and any(b.i <= item.i and item.j <= b.j and b.j - b.i > item.j - item.i for b in around):
            continue
        if item.type != "A" or item.value in ("counterpart", "counterparts"):
            items.append(item)
    return items


def _taken(sentence: Sentence) -> frozenset[int]:
    return frozenset(k for type_ in _TAKING for x in sentence.of(type_) for k in range(x.i, x.j))


_TAKING = ("P", "C", "O", "S", "L", "M", "W", "B", "T", "A", "R")
