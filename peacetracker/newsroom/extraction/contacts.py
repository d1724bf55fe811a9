"""From a clause's trigger to a contact: its kind, who takes part, where and when."""

from __future__ import annotations

from .contact import MEET_NOUNS, Contact, unique
from .dates import DateRef
from .lexicon import fold
from .references import Entity
from .segments import Segment
from .sentences import Item, Sentence
from .several import SeveralReader


class ContactReader(SeveralReader):
    """Finds the contacts of one sentence."""

    def read(
        self, sentence: Sentence, segments: list[Segment], entities: list[Entity], dates: list[DateRef]
    ) -> list[Contact]:
        self.sentence, self.segments, self.entities, self.dates = sentence, segments, entities, dates
        contacts: list[Contact] = []
        for n, segment in enumerate(segments):
            for trigger, kind, until in self._main_triggers(segment):
                contact = self._contact(n, segment, trigger, kind, until)
                if contact is not None and not self._attach(contact, contacts, segments):
                    several = self._in_pairs(contact) or self._each_date(contact, segment, until)
                    several = several or self._each_time(contact, segment, until)
                    contacts += several + self._since(contact, n)
            contacts += self._gapped(segment, contacts)
            pursued = self._pursued(n, segment)
            if pursued:
                contacts = [c for c in contacts if c.trigger is not pursued[0].trigger] + pursued
        return contacts

    def _attach(self, contact: Contact, before: list[Contact], segments: list[Segment]) -> bool:
        """A relative clause that tells more of the contact before it, not one of its own."""
        segment = next(s for s in segments if s.i <= contact.trigger.i < s.j)
        if before and self._brought_then(contact, segment):
            before[-1].people = unique(before[-1].people + contact.hosts)
            before[-1].hosts = before[-1].hosts + contact.hosts
            return True
        if not before or segment.opener not in ("relative_event", "relative_place", "relative_person"):
            return False
        last = before[-1]
        pronoun = [e for e in segment.people if all(r.how == "anaphora" for r in e.refs)]
        if segment.opener == "relative_person" and pronoun and last.kind == contact.kind and not last.joint:
            last.separate = last.separate or contact.separate
            return True
        if (
            segment.opener != "relative_person"
            and last.kind != "visit"
            and len(contact.people) < 2
            and contact.kind in (last.kind, "session", "meeting")
            and not (self.lang == "hy" and contact.joint and not last.joint)
        ):
            hosts = [e for e in contact.people if not e.possessive and all(r.how != "anaphora" for r in e.refs)]
            last.people = unique(last.people + hosts)
            last.hosts += hosts
            return True
        return False

    def _brought_then(self, contact: Contact, segment: Segment) -> bool:
        """ "last held talks in February, when A brought them together": A was host to the talks."""
        when = self.lang == "en" and segment.opener == "time" and fold(self.text.words[segment.i]) == "when"
        them = [e for e in segment.people if e.i == contact.trigger.j and e.refs[0].value == "plural"]
        dated = any(segment.i <= d.i < segment.j for d in self.dates)
        return when and contact.trigger.value[1] == "split" and bool(them and contact.hosts) and not dated

    def _contact(self, n: int, segment: Segment, trigger: Item, kind: str, until: int) -> Contact | None:
        contact = Contact(kind, self.sentence, trigger, [])
        own = list(self._main_triggers(segment))
        first = own[0][0] is trigger or own[0][0].i == trigger.i
        left_from = segment.i if first else max((t[0].j for t in own if t[0].i < trigger.i), default=segment.i)
        shared = [e for e in segment.people if e.i < own[0][0].i] if not first else []
        between = [e for e in segment.people if left_from <= e.i < trigger.i and e not in shared]
        if segment.resumes is not None:
            shared = [*segment.resumes.people, *segment.resumes.speakers, *shared]
        apart = self._objects(shared, between, trigger) or self._verb_again(segment, shared, between, trigger)
        left = shared + (between if not apart else [])
        right = [e for e in segment.people if trigger.j <= e.i < until]
        if self.lang == "en" and trigger.value[1] not in MEET_NOUNS:  # "is to see A, so we may find out"
            right = [e for e in right if e.j - e.i > 1 or fold(self.text.words[e.i]) not in _SUBJECTS]
        if self.lang == "en":
            right = [e for e in right if not self._begins_next(e, until)]
        if kind != "agreement" and segment.has("T", ("agreement", "document")):
            left, right = self._not_of_documents(left), self._not_of_documents(right)
        if segment.opener == "speech" and not left and (kind != "session" or self.lang == "en"):
            left = [e for e in segment.speakers if e.j <= trigger.i and not e.voice]
        if kind == "agreement" and self._signed_by(trigger, right):
            left, contact.closed = [], not right
        in_passing = kind == "agreement" and segment.opener == "relative_event" and self.lang == "en"
        contact.low, contact.high = (segment.i if first else left_from), until
        self._bodies(contact, n, segment)
        self._participants(contact, n, segment, left, right)
        self._times(contact, n, segment, trigger, until, own)
        self._places(contact, n, segment, trigger, until, own)
        if kind == "visit" and not contact.places:
            self._place_left(contact, n, segment)
        contact.separate = (
            (segment.has("Z", "words") and not self._mediators(right))
            or self._in_turn(between + right if self.lang == "hy" else right)
            or self._several(trigger, left or [e for e in contact.people if e.j <= segment.i] or contact.behind, right)
        )
        contact.aside = contact.aside or in_passing or (kind == "agreement" and self._done_before(trigger))
        contact.separate = contact.separate or self._with_both(contact, left or contact.behind, right)
        contact.separate = contact.separate or self._alone_with_each(segment, left, right)
        contact.separate = contact.separate and trigger.value[1] != "split"
        contact.distinct = (
            segment.has("Z", "single") or self._in_order(segment, trigger) or self._besides(segment, trigger)
        )
        contact.joint = segment.has("Z", "joint") or (in_passing and n > 0 and self.segments[n - 1].has("Z", "joint"))
        if kind == "agreement" and self.lang == "en":
            lead = {fold(w) for w in self.text.words[max(segment.i, trigger.i - 2) : trigger.i]}
            contact.distinct = contact.distinct or bool(lead & _FURTHER)
        before = fold(self.text.words[trigger.i - 1]) if trigger.i > self.sentence.first else ""
        named = before == "the" and contact.trigger.value[1] == "noun" and contact.people
        told = named and contact.reference and not segment.has("G", "occur")
        contact.settled = bool(told and any(d.form in ("day", "month") for d in contact.dates))
        contact.definite = (
            before in ("the", "this", "that") and not contact.places and contact.trigger.value[1] in MEET_NOUNS
        ) or self._goes_on(contact, segment)
        contact.lead = segment.opener == "time" and self.sentence.index <= 1 and trigger.value[1] in MEET_NOUNS
        contact.remote = self._remote(trigger)
        if trigger.j < segment.j and self.lexicon.stem(self.text.words[trigger.j]) in self.after_noun:
            contact.reference = True  # "after the meeting held on 19 April"
        contact.days = self._days(segment, trigger)
        nth = [x for x in segment.items if x.type == "D" and x.value in _NTH]
        of = self.lang == "en" and nth and 0 <= trigger.i - nth[0].j <= 2  # "a second day of talks on Saturday"
        if nth and (of or not contact.dates):
            contact.days, contact.ending = _NTH[nth[0].value], True
        ends = [x for x in segment.items if x.type == "E" and not self._aimed_at(x)]
        if not ends and self.lang == "en" and segment.opener == "time" and n and not self.segments[n - 1].triggers:
            ends = [x for x in self.segments[n - 1].items if x.type == "E"]  # "went home on Friday after talks in X"
        named = trigger.value[1] in MEET_NOUNS
        contact.ending = contact.ending or any(x.j <= trigger.i or named for x in ends)
        contact.background = self._before_now(segment, trigger) or any(
            s.has("D", "background")
            for s in self.segments
            if s.opener == "main" and s is not segment and not s.triggers
        )
        return contact

    def _place_left(self, contact: Contact, n: int, segment: Segment) -> None:
        """ "left X on Thursday after a two-day visit": the trip to X."""
        if self.lang != "en" or segment.opener != "time" or not n:
            return
        before = self.segments[n - 1]
        left = [x for x in before.items if x.type == "L" and fold(self.text.words[x.i - 1]) in _LEFT]
        if left:
            contact.places, contact.ending = [left[0].value], True

    def _done_before(self, trigger: Item) -> bool:
        """ "The text had been initialed on 1 May": told in passing of what was signed after."""
        lead = [fold(w) for w in self.text.words[max(self.sentence.first, trigger.i - 2) : trigger.i]]
        return self.lang == "en" and lead == ["had", "been"]

    def _begins_next(self, entity: Entity, until: int) -> bool:
        """ "was received by A, and the two discussed ...": those of the next verb."""
        ref = entity.refs[0]
        they = ref.how == "anaphora" and ref.value.startswith("plural") and not entity.possessive
        return they and entity.j == until and fold(self.text.words[entity.i - 1]) == "and"

    def _aimed_at(self, item: Item) -> bool:
        """ "amid efforts to conclude a treaty": an end only aimed at."""
        return self.lang == "en" and item.i > self.sentence.first and fold(self.text.words[item.i - 1]) == "to"

    def _before_now(self, segment: Segment, trigger: Item) -> bool:
        """ "the previous meeting", but not "what the previous meeting had agreed was signed"."""
        if self.lang == "en" and trigger.i - 1 > segment.i and self._which_followed(segment, trigger):
            return False
        if trigger.value[0] != "agreement" or self.lang != "en":
            return segment.has("D", "background")
        told = [x for x in segment.items if x.type == "D" and x.value == "background"]
        nouns = [t.i for t in segment.triggers if t.value[1] in MEET_NOUNS and t.i < trigger.i]
        return any(not any(x.i < k < trigger.i for k in nouns) for x in told)

    def _which_followed(self, segment: Segment, trigger: Item) -> bool:
        """ "At the ceremony that followed, they signed ...": after what was just told, not before the news."""
        told = [x for x in segment.items if x.type == "D" and x.value == "background"]
        after = [x for x in told if fold(self.text.words[x.i]) == "followed" and x.i < trigger.i]
        return bool(told) and len(after) == len(told) and fold(self.text.words[after[0].i - 1]) in ("that", "which")

    def _not_of_documents(self, people: list[Entity]) -> list[Entity]:
        """Without the leaders of "the statements by the leaders of Russia and Armenia"."""
        ends = [x.j for x in self.sentence.of("T") if x.value == ("agreement", "document")]
        ends = [j for j in ends if j < self.sentence.last and fold(self.text.words[j]) in ("by", "of")]
        return [e for e in people if not any(0 < e.i - j <= 2 for j in ends)]

    def _signed_by(self, trigger: Item, right: list[Entity]) -> bool:
        """ "They discussed the statement signed by A and B": those who signed stand behind."""
        papers = any(x.value == ("agreement", "document") and x.j == trigger.i for x in self.sentence.of("T"))
        by = bool(right) and self._link(right[0]) == "by"
        return self.lang == "en" and papers and (by or fold(self.text.words[trigger.j]) == "by")

    def _objects(self, shared: list[Entity], between: list[Entity], trigger: Item) -> bool:
        """ "sat down with Scholz and discussed the meeting with Aliyev": whom the verb before took is not here."""
        if self.lang != "en" or not shared or not between or trigger.value[1] not in MEET_NOUNS:
            return False
        after = [e for e in self.entities if e.refs and 0 <= e.i - trigger.j <= 6]
        return bool(after) and self._link(after[0]) == "with" and self._link(between[0]) in ("with", "to")

    def _verb_again(self, segment: Segment, shared: list[Entity], between: list[Entity], trigger: Item) -> bool:
        """ "was received by A and held talks with B": whom the verb before took is not with B."""
        if self.lang != "en" or not shared or not between:
            return False
        verbs = [x.i for x in segment.items if x.type == "G" and between[-1].j <= x.i < trigger.i]
        k = (verbs[0] if verbs else trigger.i) - 1
        if not verbs and trigger.value[1] in MEET_NOUNS:
            return False
        while k > between[-1].j and fold(self.text.words[k]) in _TURNS - {"and"} | _AUXILIARIES:
            k -= 1
        return fold(self.text.words[k]) == "and" or "," in self.text.gap(k + 1)

    def _goes_on(self, contact: Contact, segment: Segment) -> bool:
        """ "Разговор состоялся в понедельник": a language without the article begins with the noun it tells more of."""
        first = (
            self.lang != "en" and contact.trigger.i == self.sentence.first and contact.trigger.value[1] in MEET_NOUNS
        )
        return first and not contact.people and segment.has("G", "occur")

    def _in_order(self, segment: Segment, trigger: Item) -> bool:
        """ "After the trilateral part he had a conversation with B": one of its own."""
        first = segment.i == self.sentence.first and segment.opener == "time"
        return first and trigger.value[1] == "neutral_noun" and segment.has("G")

    def _besides(self, segment: Segment, trigger: Item) -> bool:
        """ "A later had a meeting with B": a meeting of their own besides the one in a wider circle."""
        if (
            self.lang != "en"
            or len(segment.people) != 2
            or trigger.value not in (("meeting", "verb"), ("meeting", "noun"), ("meeting", "host"))
        ):
            return False
        named = [e for e in segment.people if e.refs[0].how == "named"]
        told = len(named) == 2
        words = {fold(w) for w in self.text.words[named[0].j : trigger.i + 1]} if told else set()
        lead = (
            {fold(w) for w in self.text.words[segment.i : named[0].i]} if told and segment.opener == "main" else set()
        )
        return told and bool((words | lead) & _BESIDES) and named[0].j <= trigger.i

    def _remote(self, trigger: Item) -> bool:
        """ "spoke with", "talked to" without a place: by telephone, as readouts have it."""
        if self.lang != "en" or fold(self.text.words[trigger.i]) not in ("spoke", "speaks", "spoken"):
            return False
        return any(fold(w) in ("with", "to") for w in self.text.words[trigger.j : trigger.j + 4])

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
        near = [x for x in segment.items if x.type == "B"] or self._body_headed(segment)
        if not near and n and segment.opener == "relative_event":
            near = [x for x in self.segments[n - 1].items if x.type == "B"]
        if contact.kind == "agreement":
            before = [x for x in near if x.i < contact.trigger.i and x.value in self.sitting]
            contact.body = str(before[0].value) if before else None
        if near and contact.kind in ("meeting", "session"):
            contact.bodily = any(-3 <= x.i - contact.trigger.j <= 3 or 0 <= contact.trigger.i - x.j <= 2 for x in near)
            contact.body = str(next((b.value for b in near if b.value != "*"), near[0].value))


_AUXILIARIES = frozenset(
    ("to", "be", "been", "will", "would", "is", "are", "was", "were", "has", "had", "due", "set", "also")
)
_SUBJECTS = frozenset(("i", "we"))
_FURTHER = frozenset(("then", "further", "also", "additionally", "later", "subsequently", "afterwards"))
_BESIDES = frozenset(("later", "afterwards", "then", "subsequently", "earlier", "separately", "beforehand"))
_TURNS = frozenset(("and", "another", "then", "later", "afterwards", "also", "one", "subsequently"))
_LEFT = frozenset(("left", "leaves", "leaving", "departed"))
_NTH = {"second_day": 2, "third_day": 3}  # which day of the talks it is
