"""Which words of a clause tell a contact."""

from __future__ import annotations

from .contact import GREETED, MEET_NOUNS
from .lexicon import fold
from .overlaps import OverlapReader
from .segments import Segment
from .sentences import Item

NEAR_WITH = 9  # words between "raised" and the person with whom


class TriggerReader(OverlapReader):
    """Chooses the words that tell a contact from those that only look so."""

    def _main_triggers(self, segment: Segment) -> list[tuple[Item, str, int]]:
        if segment.main is None:
            segment.main = self._choose_triggers(segment)
        return segment.main

    def _choose_triggers(self, segment: Segment) -> list[tuple[Item, str, int]]:
        chosen: list[tuple[Item, str]] = []
        for item in map(self._as_noun, segment.triggers):
            if self._misleads(item, segment, chosen):
                continue
            kind = self._kind_here(item, segment)
            if chosen and self._only_when(chosen[0][0], item, segment):
                chosen = []
            if not self._tells_again(item, kind, chosen):
                chosen.append((item, kind))
        chosen = self._drop_overlaps(chosen)
        if not chosen or self._only_about(chosen[0][0], segment):
            chosen = self._by_wire_alone(segment) + chosen
        chosen = chosen or self._by_phone(segment) or self._told_there(segment)
        starts = [item.i for item, _ in chosen if item.value[1] != "visiting"]
        return [
            (item, kind, min((i for i in starts if i > item.i), default=segment.j)) for item, kind in chosen
        ]  # "talks with the minister, arrived in Moscow": one who came, not a new telling

    def _misleads(self, item: Item, segment: Segment, chosen: list[tuple[Item, str]]) -> bool:
        """Whether a word only looks like one that tells a contact."""
        kind, pos = item.value
        if pos == "document" and self._speaks_jointly(item, segment):
            return False
        if (
            pos in ("adverb", "document")
            or self._occasion(item)
            or self._attribute(item, segment)
            or self._sees_sight(item)
            or self._this_one(item)
            or self._only_anchor(item, segment)
            or self._part_of(item, chosen)
            or self._task_of_office(item)
        ):
            return True
        if kind == "agreement":
            return not self._signs(item, segment)
        if pos.startswith("neutral") and self._yields(item, segment, chosen):
            return True
        if any(x.i == item.i and x.j > item.j for x in self.sentence.of("G")) and kind == "visit":
            return True  # "came to an end"
        if item.value[0] == "call" and (self._names_only(item) or self._agreed(item)):
            return True
        if pos == "weak" and any(c.i <= item.i < c.j for c in segment.cues):
            return True  # "called off"
        if pos == "awaited" and any(t.i == item.j and t.value[1] == "verb" for t in segment.triggers):
            return True  # "is going to meet"
        if item.value == ("call", "noun"):
            brings = any(t.value[0] == "meeting" and 0 <= t.i - item.j <= 1 for t in segment.triggers)
            if brings or self._verb_of_calling(item, segment):
                return True
        return not self._has_person(item, segment) or self._sets_scene(item, segment)

    def _yields(self, item: Item, segment: Segment, chosen: list[tuple[Item, str]]) -> bool:
        """Whether a word of talking leaves the telling to another word."""
        told = [kind for _, kind in chosen if kind in ("call", "meeting", "session")]
        if told and item.value[1] == "neutral_verb" and self._all_then(item):
            return False
        if told and not ("call" not in told and item.value[1] == "neutral_verb" and self._calls_too(item, segment)):
            return True
        if item.value[1] == "neutral_noun":
            return not self._had(item, segment)
        return self._tells_meeting_later(segment) or self._owned_later(item, segment)

    def _task_of_office(self, item: Item) -> bool:
        """ "senior adviser for Caucasus negotiations": what the office is for."""
        k = item.i - 1
        named = self.lang == "en" and item.value[1] in MEET_NOUNS and k - 1 > self.sentence.first and self.text.upper(k)
        in_title = any(e.refs and e.i < item.i and item.j <= e.j for e in self.entities)
        if self.lang == "en" and item.value[1] in MEET_NOUNS and in_title:
            return True  # "A, the senior adviser for Caucasus negotiations,": part of a title
        before = fold(self.text.words[k - 1]) if named else ""
        return before in ("for", "on") and any(o.j == k - 1 for o in self.sentence.of("O"))

    def _has_person(self, item: Item, segment: Segment) -> bool:
        """Whether the person stands by whom some words need."""
        kind, pos = item.value
        people = segment.people
        if pos == "split":
            known = [e for e in people if e.is_person and all(r.how == "named" or r.type for r in e.refs)]
            named = any(e.i >= item.j for e in known)
            if self.lang == "en" and known and known[0].j <= item.i:  # "A is bringing them together"
                named = named or any(e.i == item.j and e.refs[0].value == "plural" for e in people)
            return named and any(x.type == "Z" and x.value == "joint" and x.i > item.j for x in segment.items)
        if pos == "weak" and kind == "call":
            return self._calls_someone(item, segment)
        if pos == "host" and fold(self.text.words[item.i]) == "host" and self._is_person(item):
            return False
        if pos == "host" and fold(self.text.words[item.i]) in GREETED:
            return self._greets(item, segment)
        if pos == "host" and self.lexicon.stem(self.text.words[item.i]) in self.lexicon.forms("elided", "heard"):
            return any(e.is_person and (e.j == item.i or 0 <= e.i - item.j <= 1) for e in segment.people)
        if pos == "host" and self.lang == "en" and fold(self.text.words[item.j - 1]) in _AWAITS:
            return self._expects(item, segment)
        if pos == "with":
            return self._joint(item, segment) or self._taken_with(item, segment)
        return pos != "sight" or any(e.is_person and 0 <= e.i - item.j <= 2 for e in people)

    def _joint(self, item: Item, segment: Segment) -> bool:
        """ "A and B spent two hours together", "A and B chatted in Tirana"."""
        people = [e for e in segment.people if e.is_person and e.j <= item.i]
        if sum(max(len(e.refs), e.refs[0].number, 2 * (e.refs[0].value == "plural")) for e in people) < 2:
            return False
        together = segment.has("Z", "joint") or fold(self.text.words[item.i]) in _SHARED
        told = segment.has("L") or segment.has("W") or segment.has("M") or segment.has("D")
        return together and (told or segment.has("Z", "joint"))

    def _taken_with(self, item: Item, segment: Segment) -> bool:
        """ "had tea with A", "raised the matter with A": the first person after the verb is joined by "with"."""
        after = [e for e in segment.people if e.i >= item.j]
        if not after or after[0].i - item.j > NEAR_WITH or self._link(after[0]) not in _WITH:
            company = fold(self.text.words[item.i]) in _COMPANY
            return company and any(e.is_person and self._link(e) == "with" for e in after)
        if fold(self.text.words[item.i]) in _TOPIC and not any(segment.has(x) for x in ("L", "W", "M", "D")):
            return False
        return not any(item.j <= t.i < after[0].i and t.value[0] != "agreement" for t in segment.triggers)

    def _is_person(self, item: Item) -> bool:
        """ "the Russian host": not what somebody does."""
        before = fold(self.text.words[item.i - 1]) if item.i > self.sentence.first else ""
        return before in ("the", "his", "her", "their", "and", "with", "by", "from") or any(
            c.j == item.i for c in self.sentence.of("C")
        )

    def _sets_scene(self, item: Item, segment: Segment) -> bool:
        """Whether a word only says how, when or for what the contact is that another word tells."""
        pos = item.value[1]
        if pos == "travel" and self.lang != "en" and any(x.type == "OC" and x.i >= item.j for x in segment.items):
            return True  # "will come for the summit"
        visiting = (t for t in segment.triggers if t.value[1] == "visiting")
        if item.value == ("visit", "noun") and any(0 <= t.i - item.j <= 4 for t in visiting):
            return True  # "այցով Երևանում գտնվող": the participle tells the visit
        if pos == "awaited" and not any(x.type in ("L", "C", "K") and 0 <= x.i - item.j <= 1 for x in segment.items):
            return True
        if pos == "travel" and self.lang == "en" and self._and_then(item, segment):
            return False
        if pos in ("travel", "awaited"):
            return not self._goes_alone(item, segment) and any(
                t.value[0] in ("meeting", "call")
                and t.value[1] == "noun"
                and not self._names_only(t)
                and (t.i > item.j or self._subject_noun(t, item))
                for t in segment.triggers
            )
        if pos == "noun" and self._purpose(item, segment):
            return True
        if pos == "verb":
            negotiated = fold(self.text.words[item.i]) == "negotiated" and self._received(item)
            return negotiated or self._sets_up(item, segment)
        if pos == "format":
            return not self._stands_alone(item)
        return pos in MEET_NOUNS and (
            self._told_by_another(item, segment) or self._only_of(item, segment) or self._topic(item, segment)
        )

    def _and_then(self, item: Item, segment: Segment) -> bool:
        """ "landed in X and went straight to a meeting with B": an arrival, and then a contact."""
        nouns = [t.i for t in segment.triggers if t.value == ("meeting", "noun") and t.i > item.j]
        between = [fold(w) for w in self.text.words[item.j : nouns[0]]] if nouns else []
        return fold(self.text.words[item.i]) in _LANDED and "and" in between and "for" not in between

    def _topic(self, item: Item, segment: Segment) -> bool:
        """ "they spoke of a new meeting": what was spoken of, unless its people or its day are told."""
        if self.lang == "en":
            return self._spoken_of(item, segment)
        k = item.i - 1
        while k > segment.i and item.i - k <= 3 and not self.text.gap(k + 1).strip() and self._adjective(k):
            k -= 1
        if self.lang != "ru" or k < segment.i or fold(self.text.words[k]) not in _OF_TOPICS:
            return False
        owned = any(e.is_person and 0 <= e.i - item.j <= 2 for e in segment.people)
        return not owned and not any(item.j <= d.i < segment.j for d in self.dates)

    def _spoken_of(self, item: Item, segment: Segment) -> bool:
        """ "had spoken by phone about the peace talks": a topic, unless its people or its day are told."""
        lead = [fold(w) for w in self.text.words[max(segment.i, item.i - 3) : item.i]]
        told = any(
            t.value[0] in ("call", "meeting") and t.value[1] == "verb" and t.j < item.i for t in segment.triggers
        )
        own = any(e.is_person and 0 <= e.i - item.j <= 3 for e in segment.people)
        return told and "about" in lead and not own and not any(item.j <= d.i < segment.j for d in self.dates)

    def _adjective(self, k: int) -> bool:
        return fold(self.text.words[k]).endswith(("ом", "ем", "ой", "ей", "ых", "их"))

    def _kind_here(self, item: Item, segment: Segment) -> str:
        """The kind of contact that a trigger tells in this clause: a meeting by phone is a call."""
        kind, pos = item.value
        if kind != "meeting":
            return str(kind)
        if pos in ("verb", "split") and self._call_brings(item, segment):
            return "call"
        if self._sits(segment) or (self._body_headed(segment) and not segment.has("B")):
            return "session"
        remote = segment.has("T", ("call", "adverb")) and self._by_wire(item, segment)
        if remote and self.lang == "en" and pos == "verb" and self._body_meets(item, segment):
            return "meeting"
        return "call" if remote or (pos.startswith("neutral") and segment.has("T", ("call", "noun"))) else "meeting"

    def _call_brings(self, item: Item, segment: Segment) -> bool:
        """ "A telephone call brought together A and B": the noun right before says what the verb tells."""
        return self.lang == "en" and any(
            t.value == ("call", "noun") and 0 <= item.i - t.j <= 1 and t.i - segment.i <= 4 for t in segment.triggers
        )

    def _had(self, item: Item, segment: Segment) -> bool:
        """Whether a conversation or contact is told as had: "held a conversation", "in a conversation with"."""
        if self.lang != "en" or segment.has("G"):
            return True
        if any(s.resumes is segment and (s.has("Q", "cancelled") or s.has("G", "occur")) for s in self.segments):
            return True  # "A further conversation, which had been set for Monday, did not come about"
        between = [e for e in segment.people if 0 < e.i - item.j <= 5 and self._link(e) == "between"]
        talk = fold(self.text.words[item.i]) in ("conversation", "conversations")
        if talk and between and any(segment.i <= d.i < segment.j for d in self.dates):
            return True
        before = {fold(w) for w in self.text.words[max(segment.i, item.i - 4) : item.i]}
        return bool(before & {"in", "during", "after", "following", "before", "over", "for"})

    def _as_noun(self, item: Item) -> Item:
        """ "a visit", "his visit": the noun where the word list has the verb."""
        if self.lang == "en" and self._progressive(item):
            return Item("T", ("meeting", "verb"), item.i, item.j)
        if item.value == ("call", "weak") and self._reached_there(item):
            return Item("T", ("meeting", "noun"), item.i, item.j)
        if self.lang != "en" or item.value != ("visit", "verb") or item.j - item.i > 1 or item.i == self.sentence.first:
            return item
        before = self.text.words[item.i - 1].lower()
        noun = before in _BEFORE_NOUN or before.endswith(("'s", "’s", "-day"))
        return Item("T", ("visit", "noun"), item.i, item.j) if noun else item

    def _progressive(self, item: Item) -> bool:
        """ "the ministers are meeting", "before meeting A": the verb where the word list has the noun."""
        if item.value != ("meeting", "noun") or item.i == self.sentence.first:
            return False
        word, before = (self.text.words[k].lower() for k in (item.i, item.i - 1))
        there = item.j < self.sentence.last and fold(self.text.words[item.j]) in ("at", "in", "with")
        of = before in ("before", "after", "denied", "denies", "denying") and (
            there or any(e.is_person and 0 <= e.i - item.j <= 1 for e in self.entities)
        )
        return word == "meeting" and (before in ("is", "are", "be") or of)

    def _sits(self, segment: Segment) -> bool:
        """ "gathered by video link for the sitting of the working group"."""
        return any(
            x.type == "B" and (x.value == "*" or x.value in self.sitting) for x in segment.items
        ) and segment.has("T", ("session", "noun"))

    def _greets(self, item: Item, segment: Segment) -> bool:
        """ "welcomed the ministers", not "welcomed the results"."""
        reach = 4 if fold(self.text.words[min(item.j, self.sentence.last - 1)]) in ("to", "in") else 2
        near = any(e.is_person and 0 <= e.i - item.j <= reach for e in segment.people)
        return near or segment.opener == "relative_person" or self._received(item)

    def _stands_alone(self, item: Item) -> bool:
        """ "for a trilateral": the adjective is the noun."""
        if item.j >= self.sentence.last or self.text.gap(item.j).strip():
            return True
        return fold(self.text.words[item.j]) in _CLOSERS

    def _sets_up(self, item: Item, segment: Segment) -> bool:
        """ "to convene a commission": a body yet to be made, not a sitting of one."""
        if not fold(self.text.words[item.i]).startswith(("conven", "gather")):
            return False
        bodies = [x for x in segment.items if x.type == "B" and 0 < x.i - item.j <= 3]
        return any(fold(self.text.words[item.j]) in ("a", "an") for _ in bodies)


_LANDED = frozenset(("arrived", "landed", "touched"))
_AWAITS = frozenset(("expects", "expecting", "awaits", "awaiting"))
_TOPIC = frozenset(("raised",))
_WITH = frozenset(("with", "as", "between", "beside", "alongside"))
_COMPANY = frozenset(("spent", "dined", "lunched", "breakfasted", "had", "sat", "huddled"))
_SHARED = frozenset(
    (
        "spent", "dined", "lunched", "breakfasted", "chatted", "had", "shared", "strolled", "walked", "sat", "stood",
        "in", "at", "around", "round", "parleyed", "exchanged",
    )
)  # fmt: skip
_CLOSERS = frozenset(
    (
        "in", "on", "at", "with", "was", "were", "is", "will", "hosted", "took", "has", "had", "between", "of", "and",
        "by", "under", "took", "last", "before", "after", "ended", "next",
    )
)  # fmt: skip


_BEFORE_NOUN = frozenset(
    (
        "a", "the", "his", "her", "their", "official", "working", "state", "brief", "short", "day", "possible", "this",
        "that", "first", "planned", "recent", "next", "private", "surprise", "rare", "no", "any", "another", "latest",
    )
)  # fmt: skip


_OF_TOPICS = frozenset(("о", "об", "обо"))
