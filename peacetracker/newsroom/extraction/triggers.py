"""Which words of a clause tell a contact."""

from __future__ import annotations

from .contact import GREETED, MEET_NOUNS, SentenceReader
from .dates import DateRef
from .lexicon import fold
from .segments import Segment
from .sentences import Item

WHOSE = 14  # words between a document and its day that say whose it is


class TriggerReader(SentenceReader):
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
            if not self._tells_again(item, kind, chosen):
                chosen.append((item, kind))
        chosen = self._drop_overlaps(chosen) or self._by_wire_alone(segment)
        ends = [item.i for item, _ in chosen[1:]] + [segment.j]
        return [(item, kind, end) for (item, kind), end in zip(chosen, ends, strict=False)]

    def _by_wire_alone(self, segment: Segment) -> list[tuple[Item, str]]:
        """ "A and B went over the same ground by telephone": the adverb alone tells a call."""
        people = sum(max(len(e.refs), e.refs[0].number) for e in segment.people if not e.possessive)
        wires = [t for t in segment.triggers if t.value == ("call", "adverb")]
        told = segment.opener == "content" and people == 1  # "Michel told Aliyev by phone that ..."
        if self.lang != "en" or not wires or not (people > 1 or told) or segment.has("T", ("session", "noun")):
            return []
        return [(Item("T", ("call", "verb"), wires[0].i, wires[0].j), "call")]

    def _misleads(self, item: Item, segment: Segment, chosen: list[tuple[Item, str]]) -> bool:
        """Whether a word only looks like one that tells a contact."""
        kind, pos = item.value
        if pos == "document" and self._speaks_jointly(item, segment):
            return False
        if pos in ("adverb", "document") or self._occasion(item):
            return True
        if kind == "agreement":
            return not self._signs(item, segment)
        if pos.startswith("neutral") and self._yields(item, segment, chosen):
            return True
        return not self._has_person(item, segment) or self._sets_scene(item, segment)

    def _yields(self, item: Item, segment: Segment, chosen: list[tuple[Item, str]]) -> bool:
        """Whether a word of talking leaves the telling to another word."""
        told = [kind for _, kind in chosen if kind in ("call", "meeting", "session")]
        if told and not ("call" not in told and item.value[1] == "neutral_verb" and self._calls_too(item, segment)):
            return True
        if item.value[1] == "neutral_noun":
            return not self._had(item, segment)
        return self._tells_meeting_later(segment) or self._owned_later(item, segment)

    def _calls_too(self, item: Item, segment: Segment) -> bool:
        """ "received A and spoke with B by phone": the second word tells a call of its own."""
        if self.lang != "en" or not segment.has("T", ("call", "adverb")) or not self._by_wire(item, segment):
            return False
        return any(e.is_person and 0 < e.i - item.j <= 3 and self._link(e) in ("with", "to") for e in segment.people)

    def _has_person(self, item: Item, segment: Segment) -> bool:
        """Whether the person stands by whom some words need."""
        kind, pos = item.value
        people = segment.people
        if pos == "split":
            named = any(
                e.is_person and all(r.how == "named" or r.type for r in e.refs) and e.i >= item.j for e in people
            )
            return named and any(x.type == "Z" and x.value == "joint" and x.i > item.j for x in segment.items)
        if pos == "weak" and kind == "call":
            return self._calls_someone(item, segment)
        if pos == "host" and fold(self.text.words[item.i]) == "host" and self._is_person(item):
            return False
        if pos == "host" and fold(self.text.words[item.i]) in GREETED:
            return self._greets(item, segment)
        if pos == "with":
            together = sum(max(len(e.refs), e.refs[0].number) for e in people if e.is_person and e.j <= item.i) > 1
            spent = together and segment.has("L") and fold(self.text.words[item.i]) == "spent"
            return spent or any(e.is_person and self._link(e) == "with" for e in people)
        return pos != "sight" or any(e.is_person and 0 <= e.i - item.j <= 2 for e in people)

    def _is_person(self, item: Item) -> bool:
        """ "the Russian host": not what somebody does."""
        before = fold(self.text.words[item.i - 1]) if item.i > self.sentence.first else ""
        return before in ("the", "his", "her", "their") or any(c.j == item.i for c in self.sentence.of("C"))

    def _sets_scene(self, item: Item, segment: Segment) -> bool:
        """Whether a word only says how, when or for what the contact is that another word tells."""
        pos = item.value[1]
        if pos == "travel" and self.lang != "en" and any(x.type == "OC" and x.i >= item.j for x in segment.items):
            return True  # "will come for the summit"
        if pos in ("travel", "awaited"):
            return any(
                t.value[0] in ("meeting", "call") and t.value[1] == "noun" and t.i > item.j for t in segment.triggers
            )
        if pos == "verb":
            negotiated = fold(self.text.words[item.i]) == "negotiated" and self._received(item)
            return negotiated or self._sets_up(item, segment)
        if pos == "awaited" and not any(x.type in ("L", "C") and x.i == item.j for x in segment.items):
            return True
        if pos == "format":
            return not self._stands_alone(item)
        return pos in MEET_NOUNS and (self._told_by_another(item, segment) or self._only_of(item, segment))

    def _kind_here(self, item: Item, segment: Segment) -> str:
        """The kind of contact that a trigger tells in this clause: a meeting by phone is a call."""
        kind, pos = item.value
        if kind != "meeting":
            return str(kind)
        if self._sits(segment):
            return "session"
        remote = segment.has("T", ("call", "adverb")) and self._by_wire(item, segment)
        return "call" if remote or (pos.startswith("neutral") and segment.has("T", ("call", "noun"))) else "meeting"

    def _by_wire(self, item: Item, segment: Segment) -> bool:
        """ "received A and spoke with B by phone": "by phone" goes with the verb before it, or the first one after."""
        skipped = ("adverb", "document", "weak", "format")
        verbs = [t for t in segment.triggers if t.value[1] not in skipped and t.value[0] != "agreement"]
        for adverb in (t for t in segment.triggers if t.value == ("call", "adverb")):
            before = [t for t in verbs if t.j <= adverb.i]
            if self.lang != "en" or (before or verbs)[-1 if before else 0].i == item.i:
                return True
        return False

    def _tells_again(self, item: Item, kind: str, chosen: list[tuple[Item, str]]) -> bool:
        """Whether a weak word tells what a word before it has told."""
        if item.value[1] not in ("neutral_verb", "neutral_noun", "host", "weak"):
            return False
        if item.value[1] == "host" and kind == "meeting" and any(k == "visit" for _, k in chosen):
            return False
        return any(self._same_family(kind, k) and other.value[1] != "neutral_verb" for other, k in chosen)

    def _drop_overlaps(self, chosen: list[tuple[Item, str]]) -> list[tuple[Item, str]]:
        kept: list[tuple[Item, str]] = []
        for item, kind in chosen:
            if kept and item.i == kept[-1][0].i:
                if _rank(kind) > _rank(kept[-1][1]):
                    kept[-1] = (item, kind)
                continue
            if kept and self._same_family(kept[-1][1], kind) and self._continues(kept[-1][0], item):
                if kind == "session" and kept[-1][1] == "meeting":
                    kept[-1] = (kept[-1][0], kind)
                continue
            kept.append((item, kind))
        return kept

    def _same_family(self, one: str, other: str) -> bool:
        family = {"session": "meeting"}
        return family.get(one, one) == family.get(other, other)

    def _continues(self, first: Item, second: Item) -> bool:
        """Whether the second trigger only tells the first again: "met for talks"."""
        between = [e for e in self.entities if e.is_person and first.j <= e.i < second.i]
        after = [e for e in self.entities if e.is_person and e.i >= second.j]
        own_people = [e for e in after if e.i - second.j <= 4 and fold(self.text.words[e.i - 1]) in self.of | {"with"}]
        dates = [d for d in self.dates if d.i >= second.i and not self.of_document(d)]
        if first.value[1] in MEET_NOUNS and not between and not own_people:
            return True
        if own_people and between and second.value[1] in MEET_NOUNS:
            return False
        closer = fold(self.text.words[second.i - 1]) if second.i > first.j else ""
        lead = fold(self.text.words[second.i - 2]) if second.i - 1 > first.j else ""
        if {closer, lead} & {"in", "during", "over"} and not own_people:
            return True
        middle = {fold(w) for w in self.text.words[first.j : second.i]}
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
        return not (own_people and second.value[1] == "verb" and between)

    def _calls_someone(self, item: Item, segment: Segment) -> bool:
        return any(e.is_person and 0 <= e.i - item.j <= 2 for e in self.entities) and any(
            e.is_person and e.j <= item.i for e in segment.people
        )

    def _told_by_another(self, item: Item, segment: Segment) -> bool:
        """ "before the meeting he held a meeting": the noun under a postposition only says when."""
        if item.j >= segment.j or self.lexicon.stem(self.text.words[item.j]) not in self.after_noun:
            return False
        return any(
            t.i > item.j and not t.value[1].startswith("neutral") and t.value[1] not in ("document", "adverb")
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
        return bool(before & {"in", "during", "after", "following", "before", "over"})

    def _as_noun(self, item: Item) -> Item:
        """ "a visit", "his visit": the noun where the word list has the verb."""
        if self.lang == "en" and self._progressive(item):
            return Item("T", ("meeting", "verb"), item.i, item.j)
        if self.lang != "en" or item.value != ("visit", "verb") or item.j - item.i > 1 or item.i == self.sentence.first:
            return item
        before = self.text.words[item.i - 1].lower()
        noun = before in _BEFORE_NOUN or before.endswith(("'s", "’s", "-day"))
        return Item("T", ("visit", "noun"), item.i, item.j) if noun else item

    def _progressive(self, item: Item) -> bool:
        """ "the ministers are meeting": the verb where the word list has the noun."""
        if item.value != ("meeting", "noun") or item.i == self.sentence.first:
            return False
        return self.text.words[item.i].lower() == "meeting" and self.text.words[item.i - 1].lower() in (
            "is",
            "are",
            "be",
        )

    def _sits(self, segment: Segment) -> bool:
        """ "gathered by video link for the sitting of the working group"."""
        return any(
            x.type == "B" and (x.value == "*" or x.value in self.sitting) for x in segment.items
        ) and segment.has("T", ("session", "noun"))

    def _greets(self, item: Item, segment: Segment) -> bool:
        """ "welcomed the ministers", not "welcomed the results"."""
        near = any(e.is_person and 0 <= e.i - item.j <= 2 for e in segment.people)
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

    def _signs(self, item: Item, segment: Segment) -> bool:
        document = [x for x in segment.triggers if x.value == ("agreement", "document")]
        if fold(self.text.words[item.i]) == "signing" and fold(self.text.words[item.i - 1]) not in _BY_DOING:
            return False
        if item.value[1] in ("document", "generic"):
            return False
        if item.value[1] == "outcome":
            return any(0 < x.i - item.j <= 3 for x in document) and segment.has("Z", "joint")
        if item.value[1] == "pact":
            return True
        strong = (
            fold(self.text.words[item.i])
            in {fold(w) for w in self.lexicon.data["triggers"]["agreement"].get("strong_verb", ())}
            or item.value[1] == "strong_verb"
        )
        if item.value[1] == "strong_verb" or strong:
            n = self.segments.index(segment)
            earlier = [x for s in self.segments[:n] for x in s.triggers if x.value == ("agreement", "document")]
            return bool(document or earlier or self.lang != "en")
        return any(abs(x.i - item.i) <= 6 for x in document)

    def _speaks_jointly(self, item: Item, segment: Segment) -> bool:
        """ "In a joint communique A and B called for ...": the document is told by what it says."""
        if self.lang != "en" or item.i - self.sentence.first not in (1, 2):
            return False
        lead = [fold(w) for w in self.text.words[self.sentence.first : item.i]]
        by = [e for e in segment.people if 0 < e.i - item.j <= 3 and self._link(e) in ("by", "of", "from")]
        if lead[0] == "a" and by and sum(max(len(e.refs), e.refs[0].number) for e in by) > 1:
            return True  # "A joint statement by the three says ..."
        signed = any(t.value[0] == "agreement" and t.value[1] != "document" for t in segment.triggers)
        several = sum(max(len(e.refs), e.refs[0].number) for e in segment.people) > 1
        return lead[0] == "in" and fold(self.text.words[item.i]) == "joint" and several and not signed

    def _occasion(self, item: Item) -> bool:
        """A summit or forum named only as the occasion: "on the sidelines of the summit"."""
        if not self.sentence.of("OC") or item.value[1] in ("verb", "host", "travel", "neutral_verb"):
            return False
        if item.value[0] == "call" and sum(len(e.refs) for e in self.entities if e.j <= item.i) > 1:
            return False
        if any(e.refs and 0 < e.i - item.j <= 4 and self._link(e) in ("of", "between", "with") for e in self.entities):
            return False
        return any(
            x.type == "OC"
            and 0 <= item.i - x.j <= 7
            and not any("," in self.text.gap(k) for k in range(x.j, item.i + 1))
            for x in self.sentence.items
        )

    def _whose(self, document: Item, ref: DateRef) -> bool:
        """ "the statements by the leaders of Russia, Armenia and Azerbaijan of November 9"."""
        named = 0 < ref.i - document.j <= WHOSE and fold(self.text.words[document.j]) in ("by", "of", "between")
        return named and not any(x.type in ("T", "G") and document.j <= x.i < ref.i for x in self.sentence.items)

    def _owned_later(self, item: Item, segment: Segment) -> bool:
        """ "discussed it at their meeting": the noun tells the contact."""
        nouns = [t for t in segment.triggers if t.value[1] == "noun" and t.i > item.j]
        return any(
            e.possessive and all(r.how == "anaphora" for r in e.refs) and 0 <= t.i - e.j <= 2
            for t in nouns
            for e in self.entities
        )

    def _tells_meeting_later(self, segment: Segment) -> bool:
        """ "discussed by A and B when they met": the meeting is told by the clause after."""
        n = self.segments.index(segment)
        return (
            n + 1 < len(self.segments)
            and self.segments[n + 1].opener == "time"
            and any(
                (
                    t.value[1] in ("verb", "noun")
                    and t.value[0] in ("meeting", "call")
                    and t.value != ("meeting", "noun")
                )
                or t.value == ("call", "noun")
                for t in self.segments[n + 1].triggers
            )
        )

    def of_document(self, ref: DateRef) -> bool:
        """ "the January 11 statement": the day of a document, not of the contact."""
        documents = [x for x in self.sentence.of("T") if x.value == ("agreement", "document")]
        if any(0 <= x.i - ref.j <= 1 for x in documents):
            return True
        if self.lang not in ("en", "ru") or ref.i == self.sentence.first:
            return False
        before = fold(self.text.words[ref.i - 1])
        if before in ("of", "from", "dated", "от") and any(
            0 <= ref.i - 1 - x.j <= 1 or self._whose(x, ref) for x in documents
        ):
            return True
        last = [d for d in self.dates if d.j <= ref.i and ref.i - d.j <= 1]
        return bool(last) and (before == "and" or "," in self.text.gap(ref.i)) and self.of_document(last[-1])


_BY_DOING = frozenset(("after", "by", "before", "upon", "following"))  # "after signing a declaration"
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
