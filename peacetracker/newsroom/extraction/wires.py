"""Calls told by an adverb alone: "by telephone", "on the line"."""

from __future__ import annotations

from .contact import MEET_NOUNS, SentenceReader
from .lexicon import fold
from .segments import Segment
from .sentences import Item

OPENING = 9  # words before the noun of "At the margins of the European Political Community summit"


class WireReader(SentenceReader):
    """Whether something was done by wire, by whom, and which word of the clause says what."""

    def _only_about(self, item: Item, segment: Segment) -> bool:
        """ "told A by phone about his talks with B": the first noun is what was told by phone."""
        wire = next((t for t in segment.triggers if t.value == ("call", "adverb")), None)
        lead = {fold(w) for w in self.text.words[max(segment.i, item.i - 3) : item.i]}
        return (
            wire is not None and wire.j <= item.i and item.value[1] in MEET_NOUNS and bool(lead & {"about", "on", "of"})
        )

    def _by_wire_alone(self, segment: Segment) -> list[tuple[Item, str]]:
        """ "A and B went over the same ground by telephone": the adverb alone tells a call."""
        wires = [t for t in segment.triggers if t.value == ("call", "adverb") and self._wired(t, segment)]
        first = bool(wires) and wires[0].i == self.sentence.first  # "By phone, A and B agreed ..."
        near = [e for e in segment.people if wires and (first or e.j <= wires[0].i or self._link(e) in ("with", "to"))]
        people = sum(max(len(e.refs), e.refs[0].number) for e in near if not e.possessive)
        needed = 2
        if (
            segment.opener == "content"
        ):  # "Michel told Aliyev by phone that ...", not "said by phone that he met Aliyev"
            told = fold(self.text.words[segment.i - 1]) in _TOLD and near and near[0].i - segment.i < 2
            needed = 1 if told else 9
        if self.lang != "en" or not wires or people < needed or segment.has("T", ("session", "noun")):
            return []
        return [(Item("T", ("call", "verb"), wires[0].i, wires[0].j), "call")]

    def _told_there(self, segment: Segment) -> list[tuple[Item, str]]:
        """ "A told B in Tehran on Monday that ...": those who speak at a place and on a day meet."""
        words = self.text.words
        near = [e for e in segment.people if e.i - segment.i < 2 and not e.possessive and not e.voice]
        told = segment.opener == "content" and fold(words[segment.i - 1]) in _TOLD and bool(near)
        there = [x for x in segment.items if x.type == "L" and near and near[0].j < x.i]
        dated = any(segment.i <= d.i < segment.j for d in self.dates)
        if self.lang == "en" and told and not there and self._on_visit(segment):
            return [(Item("T", ("call", "verb"), segment.i, segment.i), "meeting")]
        if self.lang != "en" or not told or not there or not dated or fold(words[there[0].i - 1]) not in ("in", "at"):
            return []
        return [(Item("T", ("call", "verb"), there[0].i, there[0].j), "meeting")]

    def _on_visit(self, segment: Segment) -> bool:
        """ "During a visit to X on Monday, A told B that ...": the trip says where and when."""
        before = [s for s in self.segments if s.j <= segment.i and s.opener == "time"]
        return any(s.has("T", ("visit", "verb"), ("visit", "noun")) and s.has("L") for s in before)

    def _wired(self, wire: Item, segment: Segment) -> bool:
        """ "had A on the line", not "their future is on the line"."""
        if fold(self.text.words[wire.j - 1]) != "line":
            return True
        return segment.has("G") or any(
            e.is_person and not e.possessive and 0 <= wire.i - e.j <= 3 for e in segment.people
        )

    def _calls_too(self, item: Item, segment: Segment) -> bool:
        """ "received A and spoke with B by phone": the second word tells a call of its own."""
        if self.lang != "en" or not segment.has("T", ("call", "adverb")) or not self._by_wire(item, segment):
            return False
        return any(e.is_person and 0 < e.i - item.j <= 3 and self._link(e) in ("with", "to") for e in segment.people)

    def _by_phone(self, segment: Segment) -> list[tuple[Item, str]]:
        """ "Об этом министры условились по телефону": those who did anything by phone spoke."""
        wire = [x for x in segment.triggers if x.value == ("call", "adverb")]
        people = [e for e in segment.people if e.is_person and not e.voice]
        several = sum(max(len(e.refs), 2 * (e.refs[0].value == "plural")) for e in people) > 1
        if self.lang == "en" or not wire or not several or segment.has("Y"):
            return []
        return [(Item("T", ("call", "neutral_verb"), wire[0].i, wire[0].j), "call")]

    def _only_anchor(self, item: Item, segment: Segment) -> bool:
        """ "The day before the joint talks A met B": the talks only say when, unless their people are told."""
        near = any(d.form == "anchored" and 0 <= item.i - d.anchor <= 3 for d in self.dates)
        lead = [fold(w) for w in self.text.words[max(self.sentence.first, item.i - 5) : item.i]]
        near = near or (lead[-3:] == ["day", "of", "the"] and lead[-4:-3] == ["the"])
        if self.lang != "en" or not near or item.value[1] not in MEET_NOUNS:
            return False
        own = any(
            e.refs and 0 < e.i - item.j <= 3 and self._link(e) in ("of", "between", "with") for e in self.entities
        )
        return not own and any(t.i > item.j and t.value[1] != "document" for t in segment.triggers)

    def _unites(self, noun: Item, verb: Item) -> bool:
        """ "That round will bring together A and B": the verb tells who was in the round."""
        words = [fold(w) for w in self.text.words[verb.i : verb.j]]
        near = noun.value[1] == "noun" and 0 <= verb.i - noun.j <= 2
        unites = (words[-1] == "together" and verb.value[1] == "verb") or verb.value[1] == "split"
        near = near or (verb.value[1] == "split" and noun.value[1] == "noun" and not self._between(noun, verb))
        return self.lang == "en" and near and unites

    def _between(self, first: Item, second: Item) -> bool:
        return any(e.is_person and first.j <= e.i < second.i for e in self.entities)

    def _verb_of_calling(self, item: Item, segment: Segment) -> bool:
        """ "Putin calls Pashinyan": a verb, whom it calls right behind it."""
        calls = self.lang == "en" and fold(self.text.words[item.j - 1]) == "calls"
        return calls and any(e.i == item.j for e in segment.people) and self._calls_someone(item, segment)

    def _calls_someone(self, item: Item, segment: Segment) -> bool:
        return any(e.is_person and 0 <= e.i - item.j <= 2 for e in self.entities) and any(
            e.is_person and e.j <= item.i for e in segment.people
        )

    def _at_which(self, noun: Item, verb: Item) -> bool:
        """ "At the latest of the meetings, on 31 August, A and B spent hours with C": the verb tells who was there."""
        lead = fold(self.text.words[self.sentence.first])
        near = noun.i - self.sentence.first <= 7 and noun.value[1] == "noun"
        if self.lang != "en" or lead not in _WHEN or not near or verb.value[1] not in ("with", "verb", "host"):
            return False
        between = [e for e in self.entities if e.is_person and noun.j <= e.i < verb.i]
        subject = bool(between) and between[0].i - noun.j <= 1 and self._link(between[0]) not in self.of | {"with"}
        if subject and fold(self.text.words[noun.i - 1]) != "a" and lead not in ("at", "during", "in"):
            return True  # "Before the trilateral talks the president met each of them"
        return bool(between) and any("," in self.text.gap(k) for k in range(noun.j, between[0].i + 1))

    def _expects(self, item: Item, segment: Segment) -> bool:
        """ "C expects A and B in Brussels on Monday": to a place, not "expects A to sign"."""
        guests = [e for e in segment.people if e.i >= item.j and not e.possessive]
        if not guests or guests[0].i - item.j > 2 or not any(e.j <= item.i for e in segment.people):
            return False
        places = [x for x in segment.items if x.type == "L" and x.i >= guests[0].j and self.text.upper(x.i)]
        return any(fold(self.text.words[x.i - 1]) in ("in", "at") for x in places) and not any(
            fold(w) == "to" for w in self.text.words[item.j : places[0].i]
        )

    def _agreed(self, item: Item) -> bool:
        """ "the agreement reached by the leaders": nobody was called."""
        before = fold(self.text.words[item.i - 1]) if item.i > self.sentence.first else ""
        after = fold(self.text.words[item.j]) if item.j < self.sentence.last else ""
        reached = self.lang == "en" and fold(self.text.words[item.i]) in ("reached", "reaches")
        return reached and (before in _REACHED or after in ("by", "between", "in", "at"))

    def _reached_there(self, item: Item) -> bool:
        """ "the agreements reached by the leaders in Sochi on 26 November": told by what it brought."""
        if not self._agreed(item) or fold(self.text.words[item.j]) not in ("by", "between"):
            return False
        several = any(
            0 < e.i - item.j <= 3 and (len(e.refs) > 1 or e.refs[0].value == "plural") for e in self.entities if e.refs
        )
        there = [x.j for x in self.sentence.of("L") if x.i > item.j]
        return several and any(0 <= d.i - there[0] <= 2 for d in self.dates if there and d.form in ("day", "month"))

    def _names_only(self, item: Item) -> bool:
        """ "what his office calls an initiative": a verb of naming, where the word list has the noun."""
        if self.lang != "en" or fold(self.text.words[item.i]) != "calls" or item.j - item.i > 1:
            return False
        before = {fold(w) for w in self.text.words[max(self.sentence.first, item.i - 5) : item.i]}
        after = fold(self.text.words[item.j]) if item.j < self.sentence.last else ""
        return "what" in before or after in ("for", "on", "it", "them", "itself", "a", "an")

    def _part_of(self, item: Item, chosen: list[tuple[Item, str]]) -> bool:
        """ "A and B negotiated from Tuesday, and C chaired the closing session": no meeting of its own."""
        before = fold(self.text.words[item.i - 1]) if item.i > self.sentence.first else ""
        met = any(kind == "meeting" for _, kind in chosen)
        return self.lang == "en" and met and item.value[1] == "noun" and before in ("closing", "concluding", "final")

    def _occasion(self, item: Item) -> bool:
        """A summit or forum named only as the occasion: "on the sidelines of the summit"."""
        if self._opens_with(item):
            return True
        if not self.sentence.of("OC") or item.value[1] in ("verb", "host", "travel", "neutral_verb"):
            return False
        if item.value[0] == "call" and sum(len(e.refs) for e in self.entities if e.j <= item.i) > 1:
            return False
        if any(e.refs and 0 < e.i - item.j <= 4 and self._link(e) in ("of", "between", "with") for e in self.entities):
            return False
        stays_away = [c for c in self.sentence.of("Q") if c.value == "cancelled"]  # "will not take part in the meeting"
        return any(
            x.type == "OC"
            and not any(c.i <= x.i < c.j for c in stays_away)
            and 0 <= item.i - x.j <= 7
            and not any("," in self.text.gap(k) for k in range(x.j, item.i + 1))
            and not (self.lang in ("ru", "hy") and self._apart(x, item))
            and not (self.lang == "az" and any(e.is_person and x.j <= e.i < item.i and e.refs for e in self.entities))
            for x in self.sentence.items
        )

    def _apart(self, occasion: Item, item: Item) -> bool:
        """ "на полях саммита прошла встреча", "на полях саммита встреча А и Б": a contact, not the occasion's name."""
        between = [x for x in self.sentence.items if occasion.j < x.i < item.i]
        if any(x.type in ("G", "T") or (x.type == "Q" and x.value == "cancelled") for x in between):
            return True
        if self.lang == "hy" and any(e.refs and e.is_person and occasion.j <= e.i < item.i for e in self.entities):
            return True  # "համաժողովի շրջանակում Ա-ն ... բանակցություններ կվարի": whose it is, behind the occasion
        if self.lang == "hy" and any(0 <= x.i - item.j <= 1 and x.value == "verb" for x in self.sentence.of("G")):
            return True  # "համաժողովի շրջանակում հանդիպում է ունեցել": had there, not the occasion's name
        if self.lang == "hy":
            return item.i - occasion.j > 1 and any(e.refs and e.is_person and e.i == item.j for e in self.entities)
        near = [e for e in self.entities if e.refs and e.is_person and 0 <= e.i - item.j <= 1]
        if near and self._link(near[0]) in ("с", "со", "между"):
            return True  # "провёл в рамках конференции встречу с А"
        lead = [x for x in self.sentence.items if x.j <= occasion.i and x.type in ("G", "T")]
        carried = bool(lead) and (lead[-1].type, lead[-1].value) == ("G", "verb")  # "провели на полях саммита встречу"
        named = any(e.i == item.j for e in near) or any(
            x.i == item.j and x.type in ("O", "S", "P", "C") for x in self.sentence.items
        )
        return item.i - occasion.j > 1 and (carried or named)

    def _opens_with(self, item: Item) -> bool:
        """ "At the NATO summit, A and B met": an occasion with a name of its own, before those who met."""
        k, first = item.i - 1, self.sentence.first
        if self.lang != "en" or item.value[1] != "noun" or not 1 < item.i - first <= OPENING + 3:
            return False
        if item.value[0] == "call":
            return False
        start = next((w for w in range(k, first, -1) if "," in self.text.gap(w)), first)  # "On Monday, at the summit"
        known = ("L", "O", "W", "M", "D")
        named = self.text.upper(k) and not any(x.j == item.i for x in self.sentence.items if x.type in known)
        named = named or (item.j < self.sentence.last and fold(self.text.words[item.j]) == "on")
        if not named or item.i - start > OPENING or fold(self.text.words[start]) not in _OPENINGS:
            return False
        stop = next((w for w in range(item.j, min(item.j + 8, self.sentence.last)) if "," in self.text.gap(w)), -1)
        told = any(t.i > stop and t.value[1] not in ("document", "adverb", "format") for t in self.sentence.of("T"))
        return stop > 0 and told and not any(e.refs and e.is_person and e.i < stop for e in self.entities)

    def _onward(self, item: Item) -> bool:
        """ "visited X and travelled on to Y": a trip of its own."""
        on = [fold(w) for w in self.text.words[item.j - 2 : item.j]] == ["on", "to"]
        return on and any(x.type in ("L", "C") and 0 <= x.i - item.j <= 1 for x in self.sentence.items)

    def _by_wire(self, item: Item, segment: Segment) -> bool:
        """ "received A and spoke with B by phone": "by phone" goes with the verb before it, or the first one after."""
        skipped = ("adverb", "document", "weak", "format")
        verbs = [t for t in segment.triggers if t.value[1] not in skipped and t.value[0] != "agreement"]
        for adverb in (t for t in segment.triggers if t.value == ("call", "adverb")):
            before = [t for t in verbs if t.j <= adverb.i]
            if not verbs:
                break
            first = (before or verbs)[-1 if before else 0]
            if self.lang != "en" or (first.i == item.i and (before or not self._only_about(item, segment))):
                return True
        return False


_TOLD = frozenset(("told", "informed", "assured", "briefed", "warned", "notified", "thanked", "congratulated"))
_REACHED = frozenset(
    (
        "agreement", "agreements", "deal", "understanding", "understandings", "consensus", "accord", "compromise",
        "decision", "decisions", "arrangement", "arrangements", "result", "results", "was", "were", "been",
    )
)  # fmt: skip
_OPENINGS = frozenset(("at", "as", "during", "within", "in", "on", "alongside", "attending", "following", "after"))
_WHEN = frozenset(("at", "during", "in", "before", "after", "ahead", "prior", "following"))
