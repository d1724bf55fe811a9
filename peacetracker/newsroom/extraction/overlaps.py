"""Which words of a clause tell the same contact twice."""

from __future__ import annotations

from .contact import MEET_NOUNS
from .lexicon import fold
from .segments import Segment
from .sentences import Item
from .trips import TripReader


class OverlapReader(TripReader):
    """Keeps one word for each contact that a clause tells."""

    def _all_then(self, item: Item) -> bool:
        """ "received A and B separately, and then all three talked": a contact of its own."""
        who = next(
            (e for e in self.entities if e.refs and e.j == item.i and e.refs[0].value.startswith("plural")), None
        )
        return who is not None and "then" in {fold(w) for w in self.text.words[who.i - 2 : who.i]}

    def _tells_again(self, item: Item, kind: str, chosen: list[tuple[Item, str]]) -> bool:
        """Whether a weak word tells what a word before it has told."""
        if item.value[1] not in ("neutral_verb", "neutral_noun", "host", "weak"):
            return False
        if item.value[1] == "host" and kind == "meeting" and any(k == "visit" for _, k in chosen):
            return False
        if item.value[1] == "host" and (self._received_too(item, chosen) or self._receives_too(item, chosen)):
            return False
        return any(self._same_family(kind, k) and other.value[1] != "neutral_verb" for other, k in chosen)

    def _receives_too(self, item: Item, chosen: list[tuple[Item, str]]) -> bool:
        """ "saw A on Monday, spoke with B by phone on Tuesday and received C": the next contact."""
        people = [e for e in self.entities if e.is_person and any(r.how == "named" for r in e.refs)]
        whom = [e for e in people if 0 <= e.i - item.j <= 1]
        before = [e for e in people if chosen and chosen[-1][0].j <= e.i < item.i]
        and_ = item.i > self.sentence.first and fold(self.text.words[item.i - 1]) == "and"
        return self.lang == "en" and and_ and bool(whom and before) and any(d.i < item.i for d in self.dates)

    def _received_too(self, item: Item, chosen: list[tuple[Item, str]]) -> bool:
        """ "held talks with A and was received by B": the next contact."""
        lead = [fold(w) for w in self.text.words[max(self.sentence.first, item.i - 4) : item.i]]
        again = self.lang == "en" and "and" in lead and bool(lead) and lead[-1] in ("was", "were", "be", "also")
        between = [e for e in self.entities if chosen and e.is_person and chosen[-1][0].j <= e.i < item.i]
        return again and bool(between) and any(e.is_person and e.i >= item.j for e in self.entities)

    def _only_when(self, first: Item, item: Item, segment: Segment) -> bool:
        """ "Перед началом беседы А и Б их принял В": the noun says when, the verb what."""
        when = segment.opener == "time" and first.value[1] in MEET_NOUNS and first.i - segment.i <= 3
        if (
            self.lang == "en"
        ):  # "Before the session the delegations were received by B", "On the day of the talks A met B"
            start = segment.i == self.sentence.first and fold(self.text.words[segment.i]) in _SETTING
            when = when or (start and first.value[1] in MEET_NOUNS and first.i - segment.i <= 6)
            lead = fold(self.text.words[first.i - 1]) if first.i > segment.i else ""
            behind = fold(self.text.words[first.j]) in self.of | self.with_ if first.j < segment.j else True
            between = any(e.is_person and first.j <= e.i < item.i for e in segment.people)
            the = lead in ("the", "this", "that") or (start and "the" in self.text.words[segment.i : first.i])
            return when and between and not behind and the and item.value[1] in ("host", "verb")
        return self.lang == "ru" and when and item.value[1] in ("host", "verb") and item.value[0] == "meeting"

    def _drop_overlaps(self, chosen: list[tuple[Item, str]]) -> list[tuple[Item, str]]:
        kept: list[tuple[Item, str]] = []
        for item, kind in chosen:
            if kept and item.i == kept[-1][0].i:
                if _rank(kind) > _rank(kept[-1][1]):
                    kept[-1] = (item, kind)
                continue
            if kept and self._same_family(kept[-1][1], kind) and self._continues(kept[-1][0], item):
                if self._unites(kept[-1][0], item) or self._at_which(kept[-1][0], item):
                    kept[-1] = (item, kept[-1][1])
                if kind == "session" and kept[-1][1] == "meeting" and not self._during_it(item):
                    kept[-1] = (kept[-1][0], kind)
                continue
            kept.append((item, kind))
        return kept

    def _during_it(self, item: Item) -> bool:
        """ "saw each other during the CSTO session": the session is only the occasion."""
        return "during" in {fold(w) for w in self.text.words[max(self.sentence.first, item.i - 4) : item.i]}

    def _same_family(self, one: str, other: str) -> bool:
        family = {"session": "meeting"}
        return family.get(one, one) == family.get(other, other)

    def _continues(self, first: Item, second: Item) -> bool:
        """Whether the second trigger only tells the first again: "met for talks"."""
        if self.lang == "en" and first.value[0] == second.value[0] == "visit" and self._onward(second):
            return False
        between = [e for e in self.entities if e.is_person and first.j <= e.i < second.i]
        after = [e for e in self.entities if e.is_person and e.i >= second.j]
        own_people = [e for e in after if e.i - second.j <= 4 and fold(self.text.words[e.i - 1]) in self.of | {"with"}]
        dates = [d for d in self.dates if d.i >= second.i and not self.of_document(d)]
        if self.lang == "en" and {"followed", "preceded"} & set(map(fold, self.text.words[first.j : second.i])):
            return False  # "The Brussels talks followed a meeting of A and B in X"
        if self.lang == "en" and between and "joined" in map(fold, self.text.words[first.j : second.i]):
            return False  # "held bilateral talks, and later C joined them for a trilateral session"
        owned = any(e.possessive and e.j == second.i and e.i >= first.j for e in self.entities)
        if (
            self.lang == "en"
            and owned
            and second.value[1] in MEET_NOUNS
            and "and" in self.text.words[first.j : second.i]
        ):
            return False  # "The ministers' talks in X and the leaders' summit in Y"
        if (
            second.value[1] == "split"
            and between
            and _AFTER.intersection(map(fold, self.text.words[first.j : second.i]))
        ):
            return False  # "met with A and with B, and then brought them together"
        if first.value[1] in MEET_NOUNS and not between and not own_people:
            return True
        if own_people and between and second.value[1] in MEET_NOUNS:
            return False
        closer = fold(self.text.words[second.i - 1]) if second.i > first.j else ""
        lead = fold(self.text.words[second.i - 2]) if second.i - 1 > first.j else ""
        if {closer, lead} & {"in", "during", "over", "at"} and not own_people:
            return True
        middle = {fold(w) for w in self.text.words[first.j : second.i]}
        if self.lang == "hy" and between and middle & self.lexicon.forms("separate", "then"):
            return False  # "բանակցել է Ա-ի հետ, ապա ...": the next contact
        if (
            first.value[1].startswith("neutral")
            and second.value[1] in MEET_NOUNS
            and middle & {"on", "of", "about", "results", "the"}
        ):
            return False
        if dates and [d for d in self.dates if d.i < second.i] and second.value[1] == "verb":
            return False
        own_plan = [
            x for x in self.sentence.of("Q") if x.value in ("scheduled", "past_plan") and 0 <= x.i - second.j <= 1
        ]
        if own_plan and dates:
            return False
        if dates and [d for d in self.dates if first.j <= d.i < second.i] and second.value[1] == "noun":
            return False
        deeds = ("verb", "host") if self.lang == "en" else ("verb",)
        return not (own_people and second.value[1] in deeds and between)

    def _told_by_another(self, item: Item, segment: Segment) -> bool:
        """ "before the meeting he held a meeting": the noun under a postposition only says when."""
        if item.j >= segment.j or self.lexicon.stem(self.text.words[item.j]) not in self.after_noun:
            return False
        weak = self.lang != "en" and segment.has("Z", "words")  # "before the trilateral he spoke apart with ..."
        return any(
            t.i > item.j and (weak or not t.value[1].startswith("neutral")) and t.value[1] not in ("document", "adverb")
            for t in segment.triggers
        )

    def _only_of(self, item: Item, segment: Segment) -> bool:
        """ "sammitin nəticələrini müzakirə ediblər": what was spoken of, by those whom another word brings together."""
        if item.j >= segment.j or self.lexicon.stem(self.text.words[item.j]) not in self.lexicon.forms(
            "links", "about"
        ):
            return False
        return not any(e.is_person and e.refs[0].how != "anaphora" and e.j <= item.i for e in segment.people)

    def _owned_later(self, item: Item, segment: Segment) -> bool:
        """ "discussed it at their meeting": the noun tells the contact."""
        nouns = [t for t in segment.triggers if t.value[1] == "noun" and t.i > item.j]
        return any(
            e.possessive and all(r.how == "anaphora" for r in e.refs) and 0 <= t.i - e.j <= 2
            for t in nouns
            for e in self.entities
        )

    def _tells_meeting_later(self, segment: Segment) -> bool:
        """ "discussed by A and B when they met", "обсудили в ходе встречи": the meeting is told by the clause after."""
        n = self.segments.index(segment)
        after = self.segments[n + 1] if n + 1 < len(self.segments) else None
        if after is None or after.opener != "time":
            return False
        if any(t.value in (("meeting", "verb"), ("call", "verb"), ("call", "noun")) for t in after.triggers):
            return True
        nouns = [t.i for t in after.triggers if t.value[1] in MEET_NOUNS]
        return self.lang == "ru" and bool(nouns) and nouns[0] - after.i <= 3 and not after.people


_AFTER = frozenset(("then", "later", "afterwards", "finally"))
_SETTING = frozenset(("on", "at", "in", "during", "ahead", "before", "after", "following"))


def _rank(kind: str) -> int:
    return {"call": 3, "session": 2, "meeting": 1}.get(kind, 0)
