"""From a clause's trigger to a contact: its kind, who takes part, where and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from .dates import DateRef, Resolved
from .gazetteer import Place
from .lexicon import Lexicon, fold, rules
from .mentions import Entity
from .segments import Segment
from .sentences import Item, Sentence, Text
from .status import Outlook

MEET_NOUNS = ("noun", "neutral_noun")
KINDS = ("call", "meeting", "visit", "agreement", "session")


@dataclass(slots=True)
class Contact:
    """A contact as one clause tells it, its people not yet resolved."""

    kind: str
    sentence: Sentence
    trigger: Item
    people: list[Entity]
    hosts: list[Entity] = field(default_factory=list)
    dates: list[DateRef] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    spoken_date: DateRef | None = None
    outlook: Outlook = field(default_factory=lambda: Outlook("held"))
    separate: bool = False
    distinct: bool = False
    joint: bool = False
    reference: bool = False
    background: bool = False
    passive: bool = False
    body: str | None = None
    ending: bool = False
    settled: bool = False
    again: Resolved | None = None
    days: int = 0
    definite: bool = False
    closed: bool = False
    lacks: bool = False
    lead: bool = False
    remote: bool = False
    bare: bool = False
    reception: bool = False
    low: int = 0
    high: int = 0
    reasons: list[str] = field(default_factory=list)


class ContactReader:
    """Finds the contacts of one sentence."""

    def __init__(self, text: Text, lexicon: Lexicon, place_of: Callable[[Item], Place | None]) -> None:
        self.text = text
        self.lexicon = lexicon
        self.lang = lexicon.lang
        self.place_of = place_of
        data = lexicon.data
        self.of = {fold(w) for w in data["links"]["of"]}
        self.with_ = {fold(w) for w in data["links"]["with"]}
        self.prepositions = {fold(w) for w in data["links"].get("in", ())}
        self.fillers = {fold(w) for w in data["links"]["fillers"]}
        self.after_noun = lexicon.forms("links", "after_noun")
        self.skipped = self.fillers - {"of"} | {"two", "three", "four", "five", "six", "same", "both", "all"}
        self.sitting = {slug for slug, body in rules("common")["bodies"].items() if body["session"]}

    def _attach(self, contact: Contact, before: list[Contact], segments: list[Segment]) -> bool:
        """A relative clause that tells more of the contact before it, not one of its own."""
        segment = next(s for s in segments if s.i <= contact.trigger.i < s.j)
        if not before or segment.opener not in ("relative_event", "relative_place", "relative_person"):
            return False
        last = before[-1]
        pronoun = [e for e in segment.people if all(r.how == "anaphora" for r in e.refs)]
        if segment.opener == "relative_person" and pronoun and last.kind == contact.kind:
            last.separate = last.separate or contact.separate
            return True
        if (
            segment.opener != "relative_person"
            and len(contact.people) < 2
            and contact.kind in (last.kind, "session", "meeting")
        ):
            hosts = [e for e in contact.people if not e.possessive and all(r.how != "anaphora" for r in e.refs)]
            last.people = _unique(last.people + hosts)
            last.hosts += hosts
            return True
        return False

    def read(
        self, sentence: Sentence, segments: list[Segment], entities: list[Entity], dates: list[DateRef]
    ) -> list[Contact]:
        self.sentence, self.segments, self.entities, self.dates = sentence, segments, entities, dates
        contacts: list[Contact] = []
        for n, segment in enumerate(segments):
            for trigger, kind, until in self._main_triggers(segment):
                contact = self._contact(n, segment, trigger, kind, until)
                if contact is not None and not self._attach(contact, contacts, segments):
                    contacts.append(contact)
            pursued = self._pursued(n, segment)
            if pursued:
                contacts = [c for c in contacts if c.trigger is not pursued[0].trigger] + pursued
        return contacts

    def _pursued(self, n: int, segment: Segment) -> list[Contact]:
        """ "the talks which A and B began in X in May and pursued in Y in June": one each."""
        if segment.opener != "relative_event" or segment.triggers or not segment.has("G", "verb") or not n:
            return []
        nouns = [t for t in self.segments[n - 1].triggers if t.value[1] == "noun"]
        if not nouns or sum(len(e.refs) for e in segment.people) < 2:
            return []
        places = self._places_in(segment, segment.i, segment.j, nouns[-1])
        dates = [d for d in self.dates if segment.i <= d.i < segment.j]
        if not dates:
            return []
        found = []
        for k, ref in enumerate(dates):
            place = places[k : k + 1] if len(places) == len(dates) else places[:1]
            found.append(
                Contact(
                    nouns[-1].value[0],
                    self.sentence,
                    nouns[-1],
                    segment.people,
                    dates=[ref],
                    places=place,
                    settled=True,
                )
            )
        return found

    # which triggers count

    def _main_triggers(self, segment: Segment) -> list[tuple[Item, str, int]]:
        if segment.main is None:
            segment.main = self._choose_triggers(segment)
        return segment.main

    def _choose_triggers(self, segment: Segment) -> list[tuple[Item, str, int]]:
        chosen: list[tuple[Item, str]] = []
        by_phone = segment.has("T", ("call", "adverb")) or segment.has("T", ("call", "noun"))
        for item in segment.triggers:
            item = self._as_noun(item)
            kind, pos = item.value
            if pos in ("adverb", "document") or self._occasion(item):
                continue
            if pos == "neutral_verb" and self._tells_meeting_later(segment):
                continue
            if pos.startswith("neutral") and any(k in ("call", "meeting", "session") for _, k in chosen):
                continue
            if pos == "neutral_verb" and self._owned_later(item, segment):
                continue
            if pos == "travel" and any(
                t.value[0] in ("meeting", "call") and t.value[1] == "noun" and t.i > item.j for t in segment.triggers
            ):
                continue
            if pos == "split" and not any(
                e.is_person and all(r.how == "named" for r in e.refs) and e.i >= item.j for e in segment.people
            ):
                continue
            if pos == "split" and not any(x.type == "Z" and x.value == "joint" and x.i > item.j for x in segment.items):
                continue
            if kind == "call" and pos == "weak" and not self._calls_someone(item, segment):
                continue
            if pos == "verb" and self._sets_up(item, segment):
                continue
            if pos == "awaited" and not any(x.type == "L" and x.i == item.j for x in segment.items):
                continue
            if pos in MEET_NOUNS and self._told_by_another(item, segment):
                continue
            if pos == "host" and fold(self.text.words[item.i]) in _GREETED and not self._greets(item, segment):
                continue
            if pos == "neutral_noun" and not self._had(item, segment):
                continue
            if pos == "format" and not self._stands_alone(item):
                continue
            if pos == "verb" and fold(self.text.words[item.i]) == "negotiated" and self._received(item):
                continue
            if pos == "with" and not any(e.is_person and self._link(e) == "with" for e in segment.people):
                continue
            if pos == "sight" and not any(e.is_person and 0 <= e.i - item.j <= 2 for e in segment.people):
                continue
            if kind == "agreement" and not self._signs(item, segment):
                continue
            if kind == "meeting" and self._sits(segment):
                kind = "session"
            elif kind == "meeting" and by_phone and (pos.startswith("neutral") or segment.has("T", ("call", "adverb"))):
                kind = "call"
            if (
                pos in ("neutral_verb", "neutral_noun", "host", "weak")
                and any(self._same_family(kind, k) and p.value[1] not in ("neutral_verb",) for p, k in chosen)
                and not (pos == "host" and kind == "meeting" and any(k == "visit" for _, k in chosen))
            ):
                continue
            chosen.append((item, kind))
        chosen = self._drop_overlaps(chosen)
        out = []
        for n, (item, kind) in enumerate(chosen):
            until = chosen[n + 1][0].i if n + 1 < len(chosen) else segment.j
            out.append((item, kind, until))
        return out

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
        dates = [d for d in self.dates if d.i >= second.i and not self._of_document(d)]
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

    def _had(self, item: Item, segment: Segment) -> bool:
        """Whether a conversation or contact is told as had: "held a conversation", "in a conversation with"."""
        if self.lang != "en" or segment.has("G"):
            return True
        before = {fold(w) for w in self.text.words[max(segment.i, item.i - 4) : item.i]}
        return bool(before & {"in", "during", "after", "following", "before", "over"})

    def _as_noun(self, item: Item) -> Item:
        """ "a visit", "his visit": the noun where the word list has the verb."""
        if self.lang != "en" or item.value != ("visit", "verb") or item.j - item.i > 1 or item.i == self.sentence.first:
            return item
        before = self.text.words[item.i - 1].lower()
        noun = before in _BEFORE_NOUN or before.endswith(("'s", "’s", "-day"))
        return Item("T", ("visit", "noun"), item.i, item.j) if noun else item

    def _sits(self, segment: Segment) -> bool:
        """ "gathered by video link for the sitting of the working group"."""
        return any(
            x.type == "B" and (x.value == "*" or x.value in self.sitting) for x in segment.items
        ) and segment.has("T", ("session", "noun"))

    def _greets(self, item: Item, segment: Segment) -> bool:
        """ "welcomed the ministers", not "welcomed the results"."""
        near = any(e.is_person and 0 <= e.i - item.j <= 2 for e in segment.people)
        return near or self._received(item)

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

    def _occasion(self, item: Item) -> bool:
        """A summit or forum named only as the occasion: "on the sidelines of the summit"."""
        if not self.sentence.of("OC"):
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

    # one contact

    def _contact(self, n: int, segment: Segment, trigger: Item, kind: str, until: int) -> Contact | None:
        contact = Contact(kind, self.sentence, trigger, [])
        own = list(self._main_triggers(segment))
        first = own[0][0] is trigger or own[0][0].i == trigger.i
        left_from = segment.i if first else max((t[0].j for t in own if t[0].i < trigger.i), default=segment.i)
        shared = [e for e in segment.people if e.i < own[0][0].i] if not first else []
        between = [e for e in segment.people if left_from <= e.i < trigger.i and e not in shared]
        if segment.resumes is not None:
            shared = [*segment.resumes.people, *segment.resumes.speakers, *shared]
        left = shared + (between if not self._objects(shared, between, trigger) else [])
        right = [e for e in segment.people if trigger.j <= e.i < until]
        if segment.opener == "speech" and not left:
            left = [e for e in segment.speakers if e.j <= trigger.i and not e.voice]
        contact.low, contact.high = (segment.i if first else left_from), until
        self._bodies(contact, n, segment)
        self._participants(contact, n, segment, left, right)
        self._times(contact, n, segment, trigger, until, own)
        self._places(contact, n, segment, trigger, until, own)
        contact.separate = segment.has("Z", "words") or self._in_turn(right) or self._several(trigger, left, right)
        contact.distinct = segment.has("Z", "single")
        contact.joint = segment.has("Z", "joint")
        before = fold(self.text.words[trigger.i - 1]) if trigger.i > self.sentence.first else ""
        named = before == "the" and contact.trigger.value[1] == "noun" and contact.people
        contact.settled = bool(named and contact.reference and any(d.form in ("day", "month") for d in contact.dates))
        contact.definite = (
            before in ("the", "this", "that") and not contact.places and contact.trigger.value[1] in MEET_NOUNS
        )
        contact.lead = segment.opener == "time" and self.sentence.index <= 1 and trigger.value[1] in MEET_NOUNS
        contact.remote = self._remote(trigger)
        contact.days = self._days(segment, trigger)
        contact.ending = any(x.type == "E" and x.j <= trigger.i for x in segment.items)
        contact.background = segment.has("D", "background") or any(
            s.has("D", "background")
            for s in self.segments
            if s.opener == "main" and s is not segment and not s.triggers
        )
        return contact

    def _objects(self, shared: list[Entity], between: list[Entity], trigger: Item) -> bool:
        """ "sat down with Scholz and discussed the meeting with Aliyev": whom the verb before took is not here."""
        if self.lang != "en" or not shared or not between or trigger.value[1] not in MEET_NOUNS:
            return False
        after = [e for e in self.entities if e.refs and 0 <= e.i - trigger.j <= 6]
        return bool(after) and self._link(after[0]) == "with" and self._link(between[0]) in ("with", "to")

    def _remote(self, trigger: Item) -> bool:
        """ "spoke with", "talked to" without a place: by telephone, as readouts have it."""
        if self.lang != "en" or fold(self.text.words[trigger.i]) not in ("spoke", "speaks", "spoken"):
            return False
        return any(fold(w) in ("with", "to") for w in self.text.words[trigger.j : trigger.j + 4])

    def _several(self, trigger: Item, left: list[Entity], right: list[Entity]) -> bool:
        """ "phone calls with A and B": one each."""
        plural = fold(self.text.words[trigger.j - 1]) in ("calls", "conversations", "meetings")
        hub = [e for e in left if not e.possessive]
        return plural and len(hub) == 1 and len(hub[0].refs) == 1 and sum(len(e.refs) for e in right) > 1

    def _in_turn(self, right: list[Entity]) -> bool:
        """ "with A and then with B", "with A and later another with B": one contact each."""
        for entity in right[1:]:
            k = entity.i - 1
            while k > self.sentence.first and fold(self.text.words[k]) in self.fillers:
                k -= 1
            if fold(self.text.words[k]) == "with" and fold(self.text.words[k - 1]) in _TURNS:
                return True
            if fold(self.text.words[k]) == "by" and self._link(right[0]) == "by":
                return True
        return False

    def _days(self, segment: Segment, trigger: Item) -> int:
        """ "two days of talks", "two-day talks": how many days, 0 if not told."""
        units = [x for x in segment.items if x.type == "D" and x.value == "day_units"]
        for item in segment.items:
            inside = trigger.i <= item.i < trigger.j
            near = item.type == "N" and item.value > 1 and (0 < trigger.i - item.j <= 4 or inside)
            if near and any(x.i == item.j for x in units):
                return int(item.value)
        return 0

    def _bodies(self, contact: Contact, n: int, segment: Segment) -> None:
        near = [x for x in segment.items if x.type == "B"]
        if not near and n and segment.opener == "relative_event":
            near = [x for x in self.segments[n - 1].items if x.type == "B"]
        if near and contact.kind in ("meeting", "session"):
            contact.body = str(next((b.value for b in near if b.value != "*"), near[0].value))

    def _participants(
        self, contact: Contact, n: int, segment: Segment, left: list[Entity], right: list[Entity]
    ) -> None:
        left = [self._owner(e) for e in left if not self._idle(e, contact.trigger)]
        right = [self._owner(e) for e in right if not self._idle(e, contact.trigger)]
        pos = contact.trigger.value[1]
        hosted = [e for e in segment.people if self._host_marked(e, segment)]
        plain_left = [e for e in left if e not in hosted]
        plain_right = [e for e in right if e not in hosted]
        if pos in MEET_NOUNS and self.lang == "en":
            people = self._noun_people(contact, n, segment, plain_left, plain_right)
        else:
            people = plain_left + plain_right
            told = segment.has("G") or segment.has("Q", "scheduled") or segment.has("T", ("meeting", "neutral_verb"))
            contact.bare = pos in MEET_NOUNS and not told
        if contact.kind == "visit":
            contact.hosts = hosted
            contact.people = plain_left or self._travellers(contact, n, segment, right)
        else:
            contact.people = people + hosted
            contact.hosts = contact.hosts + hosted
        if pos == "split" and plain_left:
            contact.hosts = contact.hosts + plain_left[:1]
        elif pos == "host" and self._received(contact.trigger):
            contact.hosts = contact.hosts + [e for e in plain_right if self._link(e) == "by"]
            contact.reception = True
        elif pos == "host" and plain_left:
            contact.hosts = contact.hosts + plain_left[:1]
            contact.reception = pos == "host" and any(r.value == "singular" for e in plain_right for r in e.refs)
        contact.people = _unique(contact.people)
        few = sum(len(e.refs) for e in contact.people) < 2
        if (few or contact.lacks) and not contact.closed and contact.body not in self.sitting:
            self._inherit(contact, n, segment)
        if self._is_last(contact, segment):
            self._hanging_hosts(contact, n)

    def _travellers(self, contact: Contact, n: int, segment: Segment, right: list[Entity]) -> list[Entity]:
        """ "a visit by X", "the visit of X to ..."; "On a visit to Tbilisi, X said"."""
        if self.lang != "en":
            return []
        by = [e for e in right if self._link(e) in ("by", "of")]
        if by:
            return by[:1]
        behind = [e for e in right if "," in self.text.gap(e.i)]
        if behind or not n:
            later = [e for s in self.segments[n + 1 :] for e in s.speakers + s.people if e.is_person]
            lead = fold(self.text.words[segment.i]) in _LEADING
            return [*behind, *later][:1] if lead and contact.trigger.value[1] == "noun" else []
        return []

    def _owner(self, entity: Entity) -> Entity:
        """ "during his meeting": the person named last before the pronoun in the same sentence."""
        if any(r.how != "anaphora" for r in entity.refs):
            return entity
        if all(r.value in ("plural", "their") and not r.type for r in entity.refs):
            return self._listed_before(entity)
        if all(r.value == "singular" for r in entity.refs):
            return self._subject_before(entity)
        if not entity.possessive or any(r.value != "possessive" for r in entity.refs):
            return entity
        named = [
            e for e in self.entities if e.is_person and e.j <= entity.i and all(r.how != "anaphora" for r in e.refs)
        ]
        if not named:
            return self._owner_after(entity)
        if len(named[-1].refs) != 1:
            return entity
        return Entity(entity.i, entity.j, named[-1].refs, possessive=True)

    def _owner_after(self, entity: Entity) -> Entity:
        """ "Following his talks with ..., Michel said": the subject of the clause after."""
        first = fold(self.text.words[self.sentence.first])
        if self.lang != "en" or (first not in _LEADING and self.segments[0].opener != "time"):
            return entity
        own = next((n for n, s in enumerate(self.segments) if s.i <= entity.i < s.j), 0)
        if self.segments[own].opener == "main" and not entity.possessive:
            return entity
        rest = self.segments[own + 1 :]
        later = [e for s in rest for e in s.speakers + s.people if e.is_person and not e.possessive]
        tail = [e for e in self.segments[own].people if e.i > entity.i and "," in self.text.gap(e.i)]
        for other in [*tail[:1], *later[:1]]:
            if len(other.refs) == 1 and other.refs[0].how != "anaphora":
                return Entity(entity.i, entity.j, other.refs, possessive=True)
        return entity

    def _subject_before(self, entity: Entity) -> Entity:
        """ "Klaar was in Baku, where he was received": the one whom the sentence began with."""
        if self.lang != "en" or self.text.words[entity.i].lower() not in ("he", "she", "him"):
            return entity
        named = [e for e in self.entities if e.is_person and e.j <= entity.i and not e.possessive]
        if not named:
            return self._owner_after(entity)
        if len(named[0].refs) != 1 or named[0].refs[0].how == "anaphora":
            return entity
        return Entity(entity.i, entity.j, named[0].refs)

    def _idle(self, entity: Entity, trigger: Item) -> bool:
        """ "their countries": a possessive pronoun that does not own the contact."""
        if self._lost(entity, trigger) or self._owns_person(entity):
            return True
        return (
            entity.possessive
            and all(r.value in ("possessive", "their") for r in entity.refs)
            and not 0 <= trigger.i - entity.j <= 3
        )

    def _owns_person(self, entity: Entity) -> bool:
        """ "their foreign ministers": the pronoun belongs to the people after it."""
        if not all(r.value in ("possessive", "their") for r in entity.refs):
            return False
        return any(e.i == entity.j and e.refs for e in self.entities)

    def _lost(self, entity: Entity, trigger: Item) -> bool:
        """ "ahead of them, ...": a pronoun before the trigger that is the object of something else."""
        if entity.j > trigger.i or fold(self.text.words[entity.i]) not in ("them", "him"):
            return False
        return fold(self.text.words[entity.i - 1]) in ("of", "for", "about", "after", "before", "against", "from")

    def _listed_before(self, entity: Entity) -> Entity:
        """ "... by A and B when they met": those named together before the pronoun in the same sentence."""
        before = [e for e in self.entities if e.is_person and e.j <= entity.i and not _vague(e)]
        last = before[-1] if before else None
        if last is None:
            offices = [e for e in self.entities if e.is_person and e.j <= entity.i and e.refs[0].type]
            last = offices[-1] if offices else None
            if last is not None and last.refs[0].value == "plural":
                return Entity(entity.i, entity.j, last.refs, possessive=entity.possessive)
        group = _last_group(before)
        refs = [r for e in group for r in e.refs]
        return Entity(entity.i, entity.j, refs, possessive=entity.possessive) if len(refs) > 1 else entity

    def _noun_people(
        self, contact: Contact, n: int, segment: Segment, left: list[Entity], right: list[Entity]
    ) -> list[Entity]:
        trigger = contact.trigger
        light = [
            x
            for x in segment.items
            if x.type in ("G", "T")
            and x.j <= trigger.i
            and x is not trigger
            and (x.type == "G" or (x.value[1] == "host" and fold(self.text.words[x.i]) not in _GREETED))
        ]
        light = [x for x in light if x.type != "G" or not self._auxiliary(x)]
        linked = (right and self._link(right[0])) or ""
        owner = [e for e in left if e.possessive and trigger.i - e.j <= 3]
        if self._between_others(trigger, right):
            contact.closed = True
            return []
        if linked in ("between", "among", "of"):
            contact.closed = linked != "of" or sum(len(e.refs) + (e.refs[0].value == "plural") for e in right) > 1
            contact.reference = not light
            hosts = [e for e in left if light and not owner and self._is_host_verb(light)]
            contact.hosts = hosts
            if light and not hosts and len(left) >= 1 and not owner and self._governs(light, trigger):
                hosts = left
            return right + owner + hosts
        if linked == "with":
            right = right[: next((k for k, e in enumerate(right) if k and self._link(e) == "between"), len(right))]
        if linked == "with" or (right and linked == "and"):
            if owner:
                return owner + right
            if light and self._governs(light, trigger):
                return left + right
            contact.reference = not self._used(segment, trigger)
            subject = [e for e in left if not e.possessive] if left else []
            contact.lacks = not subject and linked == "with"
            return subject + right
        if owner and not light:
            contact.reference = True
            return owner + right
        if light and left:
            if self._is_host_verb(light):
                contact.hosts = left[:1]
            return left + right
        if segment.has("G", "occur"):
            contact.passive = True
            return right + [e for e in left if trigger.i - e.j <= 2 or self._coordinated(e, trigger)]
        adjacent = [e for e in left if trigger.i == e.j or (trigger.i - e.j <= 2 and e is left[-1])]
        if adjacent:
            contact.reference = True
            return left if left[-1] in adjacent else adjacent
        contact.reference = True
        return list(right) if linked == "by" else (left + right if len(left) + len(right) >= 2 and light else [])

    def _used(self, segment: Segment, trigger: Item) -> bool:
        """ "discussed it in a phone call with ...": the verb tells that the contact was held."""
        words = [fold(w) for w in self.text.words[max(segment.i, trigger.i - 3) : trigger.i]]
        told = any(x.type == "T" and x.value[1] == "neutral_verb" and x.i < trigger.i for x in segment.items)
        said = segment.opener in ("content", "speech")
        return bool({"in", "during", "over"} & set(words)) and (told or said)

    def _between_others(self, trigger: Item, right: list[Entity]) -> bool:
        """ "talks between representatives of Baku and the Armenians": between those whom nobody names."""
        if trigger.j >= self.sentence.last or fold(self.text.words[trigger.j]) not in ("between", "among"):
            return False
        return not right or self._link(right[0]) not in ("between", "among", "of", "and")

    def _auxiliary(self, item: Item) -> bool:
        """ "has commended", "had met": a tense, not "had a meeting"."""
        if fold(self.text.words[item.i]) not in ("had", "has", "have", "having") or item.j >= self.sentence.last:
            return False
        word = fold(self.text.words[item.j])
        return word.endswith(("ed", "en", "n't")) or word in _PARTICIPLES

    def _is_host_verb(self, light: list[Item]) -> bool:
        return any(
            (x.type == "T" and x.value[1] == "host")
            or self.text.words[x.i].lower()
            in ("chaired", "chair", "arranged", "organised", "organized", "launched", "opened", "convened", "attended")
            for x in light
        )

    def _governs(self, light: list[Item], trigger: Item) -> bool:
        last = light[-1]
        return not any(e.is_person and last.j <= e.i < trigger.i for e in self.entities)

    def _coordinated(self, entity: Entity, trigger: Item) -> bool:
        return trigger.i - entity.j <= 6

    def _link(self, entity: Entity) -> str:
        k = entity.i - 1
        while k >= self.sentence.first and fold(self.text.words[k]) in self.skipped:
            k -= 1
        return fold(self.text.words[k]) if k >= self.sentence.first else ""

    def _host_marked(self, entity: Entity, segment: Segment) -> bool:
        """Whether "mediated by", "in the presence of" stands before, or the like after, a person."""
        for item in segment.items:
            if item.type == "H" and item.value == "by" and 0 <= entity.i - item.j <= 2:
                return True
            if item.type == "H" and item.value == "after" and 0 <= item.i - entity.j <= 1:
                return True
            if item.type == "H" and item.value == "by" and item.j <= entity.i and self._listed(item.j, entity, segment):
                return True
        return False

    def _listed(self, start: int, entity: Entity, segment: Segment) -> bool:
        chain = [e for e in segment.people if start <= e.i <= entity.i]
        if not chain or chain[0].i - start > 2:
            return False
        return all(b.i - a.j <= 2 for a, b in pairwise(chain)) and not any(
            x.type == "T" and start <= x.i < entity.i for x in segment.items
        )

    def _inherit(self, contact: Contact, n: int, segment: Segment) -> None:
        """Take the subject of the clause before, of a relative clause, or of the whole sentence."""
        if contact.kind == "agreement" and contact.people:
            return
        present = contact.people
        if segment.opener == "relative_person" and n:
            antecedent = [e for e in self.segments[n - 1].people + self.segments[n - 1].speakers if e.j <= segment.i]
            contact.people = _unique(present + _last_group(antecedent))
            return
        if (
            segment.opener == "content"
            and n
            and self.segments[n - 1].opener == "speech"
            and contact.trigger.value[1] in MEET_NOUNS
            and present
        ):
            told = self.segments[n - 1].speakers
            contact.people = _unique(present + told[-1:])
            return
        if segment.opener in ("relative_event", "relative_place"):
            return
        if contact.lacks and len(present) > 1:
            contact.people = _unique(present + self._governor(n, segment))
            return
        if (
            len(present) == 1
            or (contact.kind in ("visit",) and not present)
            or contact.trigger.value[1] in ("verb", "host", "travel")
        ):
            for other in self.segments[:n][::-1]:
                group = [e for e in other.people + other.speakers if e.is_person and not e.possessive]
                if (
                    group
                    and segment.opener in ("main", "clause", "time", "content")
                    and contact.trigger.value[1] != "neutral_noun"
                ) and (other.triggers or other.speakers or segment.opener == "time"):
                    contact.people = _unique(present + group[:1])
                    return
            if present and segment.opener == "time":
                for other in self.segments[n + 1 :]:
                    group = [e for e in other.people + other.speakers if e.is_person]
                    if group:
                        contact.people = _unique(present + group[:1])
                        return

    def _governor(self, n: int, segment: Segment) -> list[Entity]:
        """The subject of the clause that "following the meeting with ..." hangs on."""
        if segment.opener not in ("time", "content", "main"):
            return []
        around = [*self.segments[:n][::-1], *(self.segments[n + 1 :] if not n else ())]
        for other in around:
            group = [e for e in other.speakers + other.people if e.is_person and not e.possessive]
            if group:
                return group[-1:] if other.i < segment.i else group[:1]
        return []

    def _received(self, trigger: Item) -> bool:
        """ "was received": the host comes after "by"."""
        words = {fold(w) for w in self.text.words[max(self.sentence.first, trigger.i - 3) : trigger.i]}
        return bool(words & {"was", "were", "been", "be", "being"})

    def _is_last(self, contact: Contact, segment: Segment) -> bool:
        """Whether what hangs on the clause belongs to this contact."""
        return not [t for t in self._main_triggers(segment) if t[0].i > contact.trigger.i]

    def _hanging_hosts(self, contact: Contact, n: int) -> None:
        """ "..., where Baerbock chaired the opening session", "..., which was mediated by Charles Michel"."""
        for segment in self.segments[n + 1 :]:
            if segment.opener not in ("relative_event", "relative_place", "relative_person"):
                break
            hosts = [e for e in segment.people if self._host_marked(e, segment)]
            contact.hosts += hosts
            contact.people = _unique(contact.people + hosts)

    # when and where

    def _times(
        self, contact: Contact, n: int, segment: Segment, trigger: Item, until: int, own: list[tuple[Item, str, int]]
    ) -> None:
        later = {t[0].i for t in own if t[0].i > trigger.i and t[0].value[1] == "noun"}
        inside = [d for d in self.dates if segment.i <= d.i < segment.j and d.j not in later]
        if contact.kind != "agreement":
            inside = [d for d in inside if not self._of_document(d)]
        if len(own) > 1:
            index = next((k for k, t in enumerate(own) if t[0].i == trigger.i), 0)
            low = own[index - 1][0].j if index else segment.i
            part = [d for d in inside if (trigger.i <= d.i < until) or (index == 0 and d.i < trigger.i)]
            if not part and index:
                part = [d for d in inside if low <= d.i < trigger.i]
            inside = part or [d for d in inside if d.i < own[0][0].i]
        contact.dates = _date_run(self.text, self._choose(inside, trigger))
        if contact.dates:
            return
        for other in self._attached(n) if self._is_last(contact, segment) else ():
            near = [d for d in self.dates if other.i <= d.i < other.j]
            if near:
                contact.dates = _date_run(self.text, near)
                return
        for other in self.segments:
            if other.opener == "speech" and (
                near := [
                    d for d in self.dates if other.i <= d.i < other.j and d.form in ("weekday", "publication", "day")
                ]
            ):
                contact.spoken_date = near[0]

    def _of_document(self, ref: DateRef) -> bool:
        """ "the January 11 statement": the day of a document, not of the contact."""
        return any(x.value == ("agreement", "document") and 0 <= x.i - ref.j <= 1 for x in self.sentence.of("T"))

    def _choose(self, inside: list[DateRef], trigger: Item) -> list[DateRef]:
        exact = [d for d in inside if d.form != "vague"]
        if len(exact) > 1:
            exact.sort(
                key=lambda d: (
                    d.form == "context" and d.offset == 0,
                    abs(d.i - trigger.i) if d.i > trigger.i else abs(trigger.i - d.j),
                )
            )
            first = exact[0]
            run = [d for d in exact if d.form == first.form]
            return (
                sorted(run, key=lambda d: d.i)
                if first.form in ("day", "month") and _adjacent_run(self.text, sorted(run, key=lambda d: d.i))
                else [first]
            )
        return exact or inside

    def _attached(self, n: int) -> list[Segment]:
        """Clauses that tell more of the same contact."""
        after = []
        for segment in self.segments[n + 1 :]:
            if (
                segment.opener in ("relative_event", "relative_place")
                and not [t for t in self._main_triggers(segment) if t[0].value[1] == "verb"]
            ) or segment.opener == "main":
                after.append(segment)
            else:
                break
        before = (
            [self.segments[n - 1]]
            if n
            and (
                self.segments[n].opener in ("relative_event", "relative_place", "time")
                or (self.segments[n].opener == "relative_person" and self.segments[n].has("T", ("visit", "noun")))
            )
            else []
        )
        lead = [
            s
            for s in self.segments[:n]
            if not s.triggers
            and s.opener in ("main", "time")
            and (s.j == self.segments[n].i or s is self.segments[n].resumes)
        ]
        return after + before + lead

    def _places(
        self, contact: Contact, n: int, segment: Segment, trigger: Item, until: int, own: list[tuple[Item, str, int]]
    ) -> None:
        low = segment.i if own[0][0].i == trigger.i else trigger.i
        roams = contact.kind == "visit" and not fold(self.text.words[trigger.j - 1]).startswith("tour")
        chosen = self._places_in(segment, low, segment.j if roams else until, trigger)
        if not chosen and len(own) > 1:
            chosen = self._places_in(segment, segment.i, own[0][0].i, trigger)
        if not chosen:
            for other in self._attached(n) if self._is_last(contact, segment) else ():
                chosen = self._places_in(other, other.i, other.j, trigger)
                if chosen:
                    break
        if not chosen and contact.kind == "visit":
            chosen = self._countries(segment, trigger)
        if not chosen and contact.kind in ("meeting", "session"):
            chosen = self._in_country(segment, trigger)
        contact.places = chosen

    def _countries(self, segment: Segment, trigger: Item) -> list[Place]:
        """ "a visit to Azerbaijan and Armenia": each country named after the trigger."""
        found: list[Item] = []
        for item in segment.items:
            if item.type != "C" or item.value[1] != "noun" or item.i < trigger.j:
                continue
            end = found[-1].j if found else trigger.j
            if item.i - end <= (2 if found else 3):
                found.append(item)
        return [Place(None, "", code) for code in dict.fromkeys(x.value[0] for x in found)]

    def _in_country(self, segment: Segment, trigger: Item) -> list[Place]:
        """ "will be held in Georgia": no city, but a country."""
        if self.lang != "en":
            return []
        for item in segment.items:
            if item.type != "C" or item.value[1] != "noun" or item.i < trigger.j or len(item.value[0]) != 2:
                continue
            if any(e.i <= item.i < e.j and e.refs for e in self.entities) or item.value[0] in ("EU", "UN", "EC", "NK"):
                continue
            lead = [fold(w) for w in self.text.words[max(segment.i, item.i - 2) : item.i]]
            if lead and (lead[-1] == "in" or lead[-2:] == ["in", "the"]):
                return [Place(None, "", item.value[0])]
        return []

    def _places_in(self, segment: Segment, low: int, high: int, trigger: Item) -> list[Place]:
        found: list[Place] = []
        for item in segment.items:
            if not low <= item.i < high or item.type not in ("L", "K"):
                continue
            if item.type == "L" and not self.text.upper(item.i) and (item.value.slug or item.value.country):
                continue
            if any(e.i <= item.i < e.j and e.refs for e in self.entities):
                continue
            place = self.place_of(item)
            if place is not None and self._locative(item, trigger, found) and place not in found:
                found.append(place)
        return found

    def _locative(self, item: Item, trigger: Item, found: list[Place]) -> bool:
        if self.lang != "en":
            return self._locative_ending(item)
        if (item.type == "K" and item.value in ("there", "here")) or fold(self.text.words[item.i]) in self.prepositions:
            return True
        k = item.i - 1
        if fold(self.text.words[k]) == "of" and fold(self.text.words[k - 1]) in _SETTLEMENTS:
            while k > self.sentence.first and fold(self.text.words[k]) not in self.prepositions:
                k -= 1
        while (
            k >= self.sentence.first and fold(self.text.words[k]) in ("the", "downtown", "central", "nearby", "outside")
        ) or (k >= self.sentence.first and any(c.i <= k < c.j for c in self.sentence.of("C"))):
            k -= 1
        before = fold(self.text.words[k]) if k >= self.sentence.first else ""
        if before in self.prepositions:
            return True
        if found and before == "and":
            return True
        if item.j == trigger.i or (trigger.value[1] in MEET_NOUNS and 0 < trigger.i - item.j <= 1):
            return True
        if trigger.value[1] in ("host",) and item.j <= trigger.i <= item.j + 1:
            return True
        if trigger.value[0] == "visit" and 0 <= item.i - trigger.j <= 3:
            return True
        if any(0 <= item.i - x.j <= 2 for x in self.sentence.of("OC")):
            return True
        gap = self.text.gap(item.i)
        return bool(found) and "," in gap

    def _locative_ending(self, item: Item) -> bool:
        rules = self.lexicon.data["links"]
        word = fold(self.text.words[item.j - 1])
        if fold(self.text.words[item.i]) in self.prepositions:
            return True
        if any(word.endswith(e) for e in rules.get("in_endings", ())):
            return True
        k = item.i - 1
        if k >= self.sentence.first and fold(self.text.words[k]) in self.prepositions:
            return True
        if item.type == "K" and item.value == "there":
            return True
        return k - 1 >= self.sentence.first and fold(self.text.words[k - 1]) in self.prepositions and self.lang == "ru"


_CLOSERS = frozenset(
    (
        "in", "on", "at", "with", "was", "were", "is", "will", "hosted", "took", "has", "had", "between", "of", "and",
        "by", "under", "took", "last", "before", "after", "ended", "next",
    )
)  # fmt: skip
_PARTICIPLES = frozenset(
    [
        "been",
        "held",
        "met",
        "spoken",
        "already",
        "yet",
        "not",
        "also",
        "had",
        "made",
        "begun",
        "come",
        "gone",
        "sent",
        "said",
        "told",
        "reached",
        "led",
        "put",
        "kept",
        "since",
    ]
)


_LEADING = frozenset(
    (
        "upon", "after", "following", "during", "before", "while", "on", "in", "at", "since", "ahead", "despite",
        "fresh", "speaking", "with", "asked", "returning", "back", "shortly", "hours", "days",
    )
)  # fmt: skip
_BEFORE_NOUN = frozenset(
    (
        "a", "the", "his", "her", "their", "official", "working", "state", "brief", "short", "day", "possible", "this",
        "that", "first", "planned", "recent", "next", "private", "surprise", "rare", "no", "any", "another", "latest",
    )
)  # fmt: skip
_SETTLEMENTS = frozenset(("city", "town", "resort", "capital", "village", "district", "suburb", "port"))
_GREETED = frozenset(("welcomed", "welcomes", "saw", "see", "sees"))
_TURNS = frozenset(("and", "another", "then", "later", "afterwards", "also", "one", "subsequently"))


def _vague(entity: Entity) -> bool:
    """A pronoun for several people, which cannot stand in a list of names."""
    return any(r.how == "anaphora" and r.value != "singular" for r in entity.refs)


def _rank(kind: str) -> int:
    return {"call": 3, "session": 2, "meeting": 1}.get(kind, 0)


def _unique(entities: list[Entity]) -> list[Entity]:
    seen: list[Entity] = []
    for entity in entities:
        if not any(entity is s for s in seen):
            seen.append(entity)
    return seen


def _last_group(entities: list[Entity]) -> list[Entity]:
    """The last entity and those listed with it."""
    group: list[Entity] = []
    for entity in reversed(entities):
        if group and group[-1].i - entity.j > 2:
            break
        group.append(entity)
    return group[::-1]


def _adjacent_run(text: Text, run: list[DateRef]) -> bool:
    return all(b.i - a.j <= 1 for a, b in pairwise(run))


def _date_run(text: Text, dates: list[DateRef]) -> list[DateRef]:
    """Several coordinated days, or the first alone."""
    dates = sorted(dates, key=lambda d: d.i)
    if len(dates) > 1 and all(d.form == dates[0].form for d in dates) and _adjacent_run(text, dates):
        return dates
    return dates[:1]
