"""Which words of a clause tell a contact."""

from __future__ import annotations

from .contact import GREETED, MEET_NOUNS
from .lexicon import fold
from .segments import Segment
from .sentences import Item
from .trips import TripReader

NEAR_WITH = 9  # words between "raised" and the person with whom


class TriggerReader(TripReader):
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
        before = fold(self.text.words[k - 1]) if named else ""
        return before in ("for", "on") and any(o.j == k - 1 for o in self.sentence.of("O"))

    def _all_then(self, item: Item) -> bool:
        """ "received A and B separately, and then all three talked": a contact of its own."""
        who = next(
            (e for e in self.entities if e.refs and e.j == item.i and e.refs[0].value.startswith("plural")), None
        )
        return who is not None and "then" in {fold(w) for w in self.text.words[who.i - 2 : who.i]}

    def _has_person(self, item: Item, segment: Segment) -> bool:
        """Whether the person stands by whom some words need."""
        kind, pos = item.value
        people = segment.people
        if pos == "split":
            known = [e for e in people if e.is_person and all(r.how == "named" or r.type for r in e.refs)]
            named = any(e.i >= item.j for e in known)
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

    def _topic(self, item: Item, segment: Segment) -> bool:
        """ "they spoke of a new meeting": what was spoken of, unless its people or its day are told."""
        k = item.i - 1
        while k > segment.i and item.i - k <= 3 and not self.text.gap(k + 1).strip() and self._adjective(k):
            k -= 1
        if self.lang != "ru" or k < segment.i or fold(self.text.words[k]) not in _OF_TOPICS:
            return False
        owned = any(e.is_person and 0 <= e.i - item.j <= 2 for e in segment.people)
        return not owned and not any(item.j <= d.i < segment.j for d in self.dates)

    def _adjective(self, k: int) -> bool:
        return fold(self.text.words[k]).endswith(("ом", "ем", "ой", "ей", "ых", "их"))

    def _kind_here(self, item: Item, segment: Segment) -> str:
        """The kind of contact that a trigger tells in this clause: a meeting by phone is a call."""
        kind, pos = item.value
        if kind != "meeting":
            return str(kind)
        if pos in ("verb", "split") and self._call_brings(item, segment):
            return "call"
        if self._sits(segment):
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

    def _tells_again(self, item: Item, kind: str, chosen: list[tuple[Item, str]]) -> bool:
        """Whether a weak word tells what a word before it has told."""
        if item.value[1] not in ("neutral_verb", "neutral_noun", "host", "weak"):
            return False
        if item.value[1] == "host" and kind == "meeting" and any(k == "visit" for _, k in chosen):
            return False
        if item.value[1] == "host" and self._received_too(item, chosen):
            return False
        return any(self._same_family(kind, k) and other.value[1] != "neutral_verb" for other, k in chosen)

    def _received_too(self, item: Item, chosen: list[tuple[Item, str]]) -> bool:
        """ "held talks with A and was received by B": the next contact."""
        lead = [fold(w) for w in self.text.words[max(self.sentence.first, item.i - 3) : item.i]]
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

    def _had(self, item: Item, segment: Segment) -> bool:
        """Whether a conversation or contact is told as had: "held a conversation", "in a conversation with"."""
        if self.lang != "en" or segment.has("G"):
            return True
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
        """ "the ministers are meeting": the verb where the word list has the noun."""
        if item.value != ("meeting", "noun") or item.i == self.sentence.first:
            return False
        word, before = (self.text.words[k].lower() for k in (item.i, item.i - 1))
        return word == "meeting" and before in ("is", "are", "be")

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


_SETTING = frozenset(("on", "at", "in", "during", "ahead", "before", "after", "following"))
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


def _rank(kind: str) -> int:
    return {"call": 3, "session": 2, "meeting": 1}.get(kind, 0)


_OF_TOPICS = frozenset(("о", "об", "обо"))
