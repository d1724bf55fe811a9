"""Who a sentence names: people, offices with their countries, counterparts and pronouns."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from .lexicon import fold
from .noun_phrases import NounPhraseReader
from .phrasing import np_items, taken
from .references import ASIDE, Entity, Ref
from .sentences import Item, Sentence


class MentionReader(NounPhraseReader):
    """Builds the entities of a sentence."""

    def read(self, sentence: Sentence) -> list[Entity]:
        """Entities in order of place."""
        self.sentence = sentence
        self.items = np_items(sentence, self.text, self.plural)
        self.taken = taken(sentence)
        self.units = frozenset(k for x in sentence.of("U") for k in range(x.i, x.j))
        found: list[Entity] = []
        n = 0
        while n < len(self.items):
            entity, n = self._entity(n)
            if entity is not None:
                found.append(entity)
        for entity in found:
            self._with_task(entity)
            self._of_unit(entity)
        found += self._pronouns(sentence, found)
        found += self._strangers(sentence, found)
        found.sort(key=lambda e: e.i)
        return self._appositions(found)

    def _with_task(self, entity: Entity) -> None:
        """ "Under Secretary for Civilian Security, Uzra Zeya": what the office is for belongs to it."""
        k, words = entity.j, self.text.words
        office = len(entity.refs) == 1 and entity.refs[0].how == "by office" and not entity.voice
        if self.lexicon.lang != "en" or not office or k >= self.sentence.last or words[k] != "for":
            return
        stop = min(k + 9, self.sentence.last)
        while k + 1 < stop and (words[k + 1][0].isupper() or words[k + 1] in ("and", "of", "the")):
            k += 1
            if "," in self.text.gap(k + 1):
                entity.j = k + 1
                return
            if self.text.gap(k + 1).strip():
                return

    def _of_unit(self, entity: Entity) -> None:
        """ "the office of the prime minister", "the premier's office": the office speaks, not the person."""
        k = entity.i - 1
        if entity.possessive and entity.refs and entity.j in self.units and entity.refs[0].how == "by office":
            entity.voice = entity.voice or self.text.words[entity.j].lower() in self.offices_of
        if self.lexicon.lang == "ru" and entity.refs and k in self.units and k >= self.sentence.first:
            entity.voice = entity.voice or self.text.words[k].lower().startswith(_OFFICES_OF)
        if self.lexicon.lang == "az" and entity.refs and entity.j < self.sentence.last:
            entity.voice = entity.voice or fold(self.text.words[entity.j]).startswith(_HOUSES)
        if self.lexicon.lang == "hy" and entity.j in self.units and entity.refs and entity.refs[0].how == "by office":
            unit = self.text.words[entity.j]
            entity.voice = entity.voice or not unit.endswith(("ում", "ից"))
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
            if item.value in ("countries_two", "countries_three", "whole", "guest"):
                continue
            if item.value == "host_person" and self.lexicon.lang == "en":
                continue
            if item.value == "plural" and any(x.j == item.i for x in sentence.of("C")):
                continue
            if item.value.startswith("plural") and self._counts_things(item):
                continue
            listed = self.text.words[item.i] == "them" and "," in self.text.gap(item.j)  # "hosted them, A and B"
            if (
                not listed
                and any(e.i == item.j and e.refs for e in found)
                and item.value in ("plural", "plural_three", "plural_four")
            ):
                continue
            if item.value in ("singular", "possessive") and self._other_reading(item, sentence):
                continue
            number = {"plural": 2, "plural_three": 3, "plural_four": 4, "possessive_plural": 0}.get(item.value, 1)
            if item.value == "plural" and fold(self.text.words[item.i]) in self.whole:
                number = 0
            value = "their" if item.value == "possessive_plural" else item.value
            if fold(self.text.words[item.i]) in self.guest and item.j - item.i == 1:
                value, number = "guest", 1
            if value.startswith("first"):
                value = "speaker" if self._quoted(item.i) else "author"
            extra.append(
                Entity(
                    item.i, item.j, [Ref("anaphora", number=number, value=value)], possessive="possessive" in item.value
                )
            )
        return extra

    def _counts_things(self, item: Item) -> bool:
        """ "the two documents", "the three rounds": a number of something, not of people."""
        if self.lexicon.lang != "en" or item.j >= self.sentence.last or self.text.gap(item.j).strip():
            return False
        return self.lexicon.stem(self.text.words[item.j]) in self.lexicon.forms("elided", "things")

    def _other_reading(self, item: Item, sentence: Sentence) -> bool:
        """ "его" is "him" before a verb and "his" before a noun: whether this is the other of the two."""
        both = {x.value for x in sentence.of("A") if x.i == item.i and x.j == item.j}
        if not {"singular", "possessive"} <= both:
            return False
        verb = any(
            x.i == item.j
            and (x.type in ("G", "Q") or (x.type == "T" and x.value[1] in ("verb", "host", "neutral_verb")))
            for x in sentence.items
        )
        return verb == (item.value == "possessive")

    def _quoted(self, k: int) -> bool:
        """Whether word k stands in quotation marks that its paragraph opened before it."""
        raw = self.text.raw
        before = raw[raw.rfind("\n", 0, self.text.starts[k]) + 1 : self.text.starts[k]]
        return before.count('"') % 2 == 1 or before.count("“") + before.count("«") > before.count("”") + before.count(
            "»"
        )

    def _strangers(self, sentence: Sentence, found: list[Entity]) -> list[Entity]:
        """Unknown people named again by surname, or named in full where a participant would stand."""
        covered = {k for e in found for k in range(e.i, e.j)}
        extra = []
        regions = {k for x in sentence.of("V") for k in range(x.i, x.j)}  # "Հարավային Կովկաս" is nobody's name
        capitals = self.text.capitals
        low, high = bisect_left(capitals, sentence.first), bisect_left(capitals, sentence.last)
        passed = 0
        for k in capitals[low:high]:
            if k < passed or k in covered or k in self.taken or k in regions:
                continue
            if self.lexicon.lang != "en" and self.text.gap(k).endswith("«") and k > sentence.first:
                continue  # a company, a paper
            word = fold(self.text.words[k]).removesuffix("'s")
            known = self.known.strangers.get(word) or (
                self.known.strangers.get(self.lexicon.stem(word)) if self.lexicon.lang != "en" else None
            )
            stranger = self._stranger_at(k, listed=True) if k > sentence.first or known or _office(found) else None
            if stranger and k == sentence.first and not known and not self._introduced(k, stranger[1], found):
                stranger = None
            if known and stranger and stranger[1] - k == 1:
                extra.append(Entity(k, k + 1, [known], possessive=self._possessive(k + 1)))
            elif (
                stranger
                and stranger[1] - k >= 2
                and (self._expects_person(k, found) or self._introduced(k, stranger[1], found))
            ):
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
        joined = self.lexicon.lang in ("en", "ru") and self.lexicon.stem(before) in self.with_
        return joined or any(
            x.type == "T" and x.j == k and x.value[1] in ("verb", "host", "weak") and x.value[0] != "visit"
            for x in self.sentence.items
        )

    def _introduced(self, k: int, end: int, found: list[Entity]) -> bool:
        """ "Javier Colomina, NATO's special representative,": the office behind the name says that it is a person's."""
        if self.lexicon.lang != "en" or end - k < 2 or end >= self.sentence.last or "," not in self.text.gap(end):
            return False
        if k > self.sentence.first and self.lexicon.stem(self.text.words[k - 1]) in self.lexicon.forms("links", "in"):
            return False
        office = next((e for e in found if end <= e.i <= end + 2 and len(e.refs) == 1), None)
        return office is not None and office.refs[0].how == "by office"

    def _appositions(self, found: list[Entity]) -> list[Entity]:
        """Merge "X, foreign minister of Y," and "the ministers of Y and Z, A and B," into one entity."""
        kept: list[Entity] = []
        for entity in found:
            before = kept[-1] if kept else None
            if self._names_again(kept, entity) or self._names_them(kept, entity) or self._theirs(kept, entity, found):
                continue
            if before is not None and before.refs and entity.refs and self._apposed(before, entity):
                if len(entity.refs) == len(before.refs) == 1 and before.refs[0].how == "named":
                    ref = before.refs[0]
                    ref.office_text = ref.office_text or entity.refs[0].office_text
                    if not ref.slugs:
                        ref.type, ref.party = entity.refs[0].type, entity.refs[0].party or ref.party
                        self.known.strangers[fold(ref.name.split()[-1])] = ref
                    before.voice = before.voice or (entity.voice and entity.refs[0].type != "aide")
                    before.bare = False
                if before.refs[0].how == "by office":
                    office = before.refs[0]
                    before.refs = entity.refs
                    before.refs[0].office_text = office.office_text
                    if not before.refs[0].slugs:
                        before.refs[0].type, before.refs[0].party = office.type, office.party
                        self.known.strangers[fold(before.refs[0].name.split()[-1])] = before.refs[0]
                    before.voice = bool(before.serves)
                before.j = entity.j
                continue
            kept.append(entity)
        return kept

    def _speaks_for(self, ref: Ref) -> bool:
        """Whether one of the people whom a name may mean has been a spokesperson."""
        offices = (o for slug in ref.slugs for o in self.gazetteer.person_offices.get(slug, ()))
        return any(self.gazetteer.office_types.get(office) in ASIDE for office in offices)

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

    def _names_them(self, kept: list[Entity], entity: Entity) -> bool:
        """ "A, B and C, co-chairs of the OSCE Minsk Group,": what those just listed are."""
        if self.lexicon.lang != "en" or len(entity.refs) != 1 or len(kept) < 2 or entity.i - kept[-1].j > 1:
            return False
        ref = entity.refs[0]
        several = ref.how == "anaphora" and ref.value == "plural" and ref.type == "minsk-co-chair"
        pair = kept[-2:]
        listed = all(len(e.refs) == 1 and e.refs[0].how == "named" for e in pair) and pair[1].i - pair[0].j <= 1
        return several and listed and "," in self._gap_text(kept[-1].j, entity.i)

    def _theirs(self, kept: list[Entity], entity: Entity, found: list[Entity]) -> bool:
        """ "A and B, the two leaders' top aides,": whose aides those just listed are, and that they are aides."""
        after = [e for e in found if e.i >= entity.j][:1]
        tail = [e for e in found if e.j <= entity.i][-1:]
        plural = all(r.how == "anaphora" and r.value == "plural" for r in entity.refs)
        if self.lexicon.lang != "en" or len(kept) < 2 or not entity.refs or not plural:
            return False
        pair = kept[-2:]
        listed = all(len(e.refs) == 1 and e.refs[0].how == "named" for e in pair) and pair[1].i - pair[0].j <= 1
        start = pair[1].j
        if not listed or "," not in self.text.gap(start) or entity.i - start > 8:
            return False
        owner = self.text.gap(entity.j).startswith(("'", "’")) and entity.i - start <= 2
        owned = bool(tail) and self.text.gap(tail[0].j).startswith(("'", "’")) and tail[0].i - start <= 2
        helps = [e for e in (after[:1] if owner else [entity] if owned else []) if e.refs]
        return (owner or owned) and any(fold(self.text.words[e.j - 1]) in _HELPERS for e in helps)

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
            if fold(self.text.words[before.j - 1]).startswith("служб"):
                return False  # "По данным пресс-службы, Алиев ...": an office of many, whom no name follows
            return self._names_holder(before.refs[0], entity.refs[0])
        if before.refs[0].how != "named" or entity.refs[0].how != "by office":
            return False
        if entity.refs[0].type in ASIDE and before.refs[0].slugs and not self._speaks_for(before.refs[0]):
            return False  # "... with Pashinyan, a spokesman said"
        between = [fold(w) for w in self.text.words[before.j : entity.i]]
        possessed = self.lexicon.lang == "en" and between and between[-1].endswith("'s")  # "A, the embassy's adviser,"
        if possessed and entity.refs[0].type != "aide" and entity.refs[0].type not in ASIDE:
            between = [fold(w) for w in self.text.words[before.j : entity.i] if not w[0].isupper()]
        gap = self._gap_text(before.j, entity.i)
        if not any(c in gap for c in ",(–—") or any(
            w not in ("the", "a", "an", "then", "now", "former", "his", "her", "new", "acting") for w in between
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


_HOUSES = ("saray", "iqametgah")  # "prezident sarayında": where, not who
_OFFICES_OF = ("аппарат", "администраци", "офис", "канцеляри", "секретариат")


def _office(found: list[Entity]) -> bool:
    return any(len(e.refs) == 1 and e.refs[0].how == "by office" for e in found)


_HELPERS = frozenset(
    ("aides", "advisers", "advisors", "envoys", "assistants", "negotiators", "representatives", "deputies")
)
