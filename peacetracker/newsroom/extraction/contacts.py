"""From a clause's trigger to a contact: its kind, who takes part, where and when."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from .contact import MEET_NOUNS, Contact, unique
from .dates import DateRef
from .gapped import GappedReader
from .lexicon import fold
from .references import Entity
from .segments import Segment
from .sentences import Item, Sentence


class ContactReader(GappedReader):
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

    def _in_pairs(self, contact: Contact) -> list[Contact]:
        """ "A had talks with B, and C with D": the verb is left out the second time."""
        people = contact.people
        if self.lang != "en" or len(people) != 4 or contact.kind not in ("call", "meeting"):
            return []
        second, last = people[2], people[3]
        begins = fold(self.text.words[second.i - 1]) in ("and", "while") and "," in self.text.gap(second.i - 1)
        if not begins or self._link(people[1]) != "with" or fold(self.text.words[last.i - 1]) != "with":
            return []
        if any(len(e.refs) != 1 for e in people):
            return []
        return [replace(contact, people=people[:2]), replace(contact, people=people[2:])]

    def _each_date(self, contact: Contact, segment: Segment, until: int) -> list[Contact]:
        """ "phoned A on Monday and B a day later", "on Monday and Tuesday respectively": one contact each."""
        if len(self.dates) < 2 or contact.kind not in ("call", "meeting"):
            return []
        if self.lang in ("az", "hy"):
            return self._day_before_each(contact, segment)
        if self.lang != "en":
            return []
        hub = [e for e in contact.people if e.j <= contact.trigger.i]
        guests = [e for e in segment.people if contact.trigger.j <= e.i < until and not e.possessive]
        if len(hub) != 1 or len(guests) < 2:
            return []
        ends = [*(e.i for e in guests[1:]), until]
        each = [[d for d in self.dates if e.j <= d.i < end] for e, end in zip(guests, ends, strict=True)]
        words = {fold(w) for w in self.text.words[guests[-1].j : until]}
        if "respectively" in words and not any(each[:-1]) and len(each[-1]) == len(guests):
            each = [[d] for d in each[-1]]
        lead = [d for d in self.dates if segment.i <= d.i < contact.trigger.i and d.form in ("weekday", "day")]
        if lead and each[-1] and not each[0]:
            each[0] = lead[-1:]  # "On Monday A rang B, and did the same with C the following day"
        starts = [contact.trigger.i, *(e.j for e in guests[:-1])]
        ahead = [[d for d in self.dates if low <= d.i < e.i] for e, low in zip(guests, starts, strict=True)]
        ahead[0] = ahead[0] or lead[-1:]  # "on Friday rang A, and on Saturday B"
        if all(ahead) and not each[-1]:
            each = ahead  # "spoke on Tuesday with A, and on Wednesday with B"
        if not all(each) or any(len(e.refs) != 1 for e in guests):
            return []
        days = [d[0] for d in each]
        found = []
        for n, (guest, day) in enumerate(zip(guests, days, strict=True)):
            from_ = days[n - 1] if n and day.form == "context" else None
            hosts = [e for e in contact.hosts if e in hub]
            found.append(
                replace(contact, people=[*hub, guest], hosts=hosts, dates=[day], counted_from=from_, separate=False)
            )
        return found

    def _each_time(self, contact: Contact, segment: Segment, until: int) -> list[Contact]:
        """ "at their meetings in Prague on 6 October and in Sochi on 31 October": one each."""
        if self.lang == "en" and contact.kind in ("meeting", "call") and len(each := self._with_each(contact)) > 1:
            return each
        after = contact.trigger.j
        dates = [d for d in self.dates if after <= d.i < until and d.form in ("day", "month")]
        if contact.kind in ("meeting", "call") and len(dates) > 1:
            split = self._one_each(contact, dates)
            if len(split) > 1:
                return split
        if contact.kind not in ("meeting", "session", "visit") or len(dates) < 2:
            return [contact]
        places = self._places_in(segment, after, until, contact.trigger)
        if not places and contact.kind == "visit" and self.lang == "en":
            places = self._countries(segment, contact.trigger)
        if len(places) != len(dates):
            return [contact]
        return [replace(contact, dates=[ref], places=[place]) for ref, place in zip(dates, places, strict=True)]

    def _since(self, contact: Contact, n: int) -> list[Contact]:
        """ "had not met since Prague on 6 October", "for the first time since May": the contact before."""
        after = self.segments[n + 1] if n + 1 < len(self.segments) and self.lang == "en" else None
        if after is None or self.lexicon.stem(self.text.words[after.i]) not in self.lexicon.forms("elided", "since"):
            return []
        words = {self.lexicon.stem(w) for w in self.text.words[self.segments[n].i : after.i]}
        first = words & self.lexicon.forms("elided", "not_since")
        if not first or after.people or contact.kind not in ("meeting", "call", "session"):
            return []
        dates = [d for d in self.dates if after.i <= d.i < after.j and d.form in ("day", "month", "month-offset")]
        places = [x.value for x in after.items if x.type == "L" and x.i - after.i <= 2]
        if not (dates or places) or any(t.value[1] not in MEET_NOUNS for t in after.triggers):
            return []
        return [
            Contact(
                contact.kind, self.sentence, contact.trigger,
                [e for e in contact.people if e not in contact.hosts or contact.trigger.value[1] == "split"],
                dates=dates[:1], places=places[:1], settled=True, background=True,
            )
        ]  # fmt: skip

    def _pursued(self, n: int, segment: Segment) -> list[Contact]:
        """ "the talks which A and B began in X in May and pursued in Y in June": one each."""
        told = [t for t in segment.triggers if t.value[1] != "document"]
        if segment.opener != "relative_event" or told or not segment.has("G", "verb") or not n:
            return []
        nouns = [t for t in self.segments[n - 1].triggers if t.value[1] == "noun"]
        if not nouns or sum(len(e.refs) for e in segment.people) < 2:
            return []
        places = self._places_in(segment, segment.i, segment.j, nouns[-1])
        dates = [d for d in self.dates if segment.i <= d.i < segment.j]
        if not dates:
            return []
        people = segment.people
        if segment.has("Z", "words") and len(people) > 2 and len(dates) == 1:
            base = Contact(nouns[-1].value[0], self.sentence, nouns[-1], [], dates=dates, places=places, settled=True)
            return [replace(base, people=[people[0], guest]) for guest in people[1:]]
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
        contact.separate = (
            (segment.has("Z", "words") and not self._mediators(right))
            or self._in_turn(between + right if self.lang == "hy" else right)
            or self._several(trigger, left or [e for e in contact.people if e.j <= segment.i] or contact.behind, right)
        )
        contact.aside = contact.aside or in_passing
        contact.separate = contact.separate or self._with_both(contact, left or contact.behind, right)
        contact.separate = contact.separate or self._alone_with_each(segment, left, right)
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
        nth = [x.value for x in segment.items if x.type == "D" and x.value in _NTH]
        if nth and not contact.dates:
            contact.days, contact.ending = _NTH[nth[0]], True
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

    def _aimed_at(self, item: Item) -> bool:
        """ "amid efforts to conclude a treaty": an end only aimed at."""
        return self.lang == "en" and item.i > self.sentence.first and fold(self.text.words[item.i - 1]) == "to"

    def _before_now(self, segment: Segment, trigger: Item) -> bool:
        """ "the previous meeting", but not "what the previous meeting had agreed was signed"."""
        if trigger.value[0] != "agreement" or self.lang != "en":
            return segment.has("D", "background")
        told = [x for x in segment.items if x.type == "D" and x.value == "background"]
        nouns = [t.i for t in segment.triggers if t.value[1] in MEET_NOUNS and t.i < trigger.i]
        return any(not any(x.i < k < trigger.i for k in nouns) for x in told)

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
        return fold(self.text.words[k]) == "and"

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
            or trigger.value not in (("meeting", "verb"), ("meeting", "noun"))
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

    def _several(self, trigger: Item, left: list[Entity], right: list[Entity]) -> bool:
        """ "phone calls with A and B": one each."""
        start = trigger.i if self.lang == "hy" else trigger.j - 1
        plural = any(fold(w) in self.plurals for w in self.text.words[start : trigger.j + 1])
        if self.lang in ("hy", "az") and plural:
            people = [e for e in left + right if not e.possessive]
            return len(people) > 2 and len(people[0].refs) == 1
        hub = [e for e in left if not e.possessive]
        if self.lang == "ru" and not hub and len(right) > 2:  # "разговоры А с Б и В"
            several = plural or self._plural_noun(trigger)
            return several and self._link(right[0]) not in self.with_ and self._link(right[1]) in ("с", "со")
        one, many = sum(len(e.refs) for e in hub), sum(len(e.refs) for e in right)
        return plural and ((one == 1 and len(hub) == 1 and many > 1) or (one > 1 and many == 1))

    def _plural_noun(self, trigger: Item) -> bool:
        """ "двусторонние встречи", told of as several; the genitive "встречи" is one."""
        low = max(self.sentence.first, trigger.i - 1)
        lead = (fold(w) for w in self.text.words[low : trigger.j - 1])
        return fold(self.text.words[trigger.j - 1]) in _SEVERAL and any(w.endswith(("ые", "ие", "шли")) for w in lead)

    def _with_both(self, contact: Contact, left: list[Entity], right: list[Entity]) -> bool:
        """ "discussed it with both A and B": one contact with each."""
        if self.lang == "en" and not left and len(contact.people) == 2 and len(contact.people[0].refs) == 1:
            left, right = contact.people[:1], contact.people[1:]  # "calls that A made to both leaders"
        if self.lang != "en" or sum(len(e.refs) for e in left) != 1:
            return False
        if len(right) == 1 and right[0].refs[0].value == "plural" and not right[0].possessive:
            lead = fold(self.text.words[right[0].i - 1])
            plural = fold(self.text.words[contact.trigger.j - 1]) in self.plurals
            return (
                (plural or contact.kind == "call")
                and lead == "both"
                and fold(self.text.words[right[0].i - 2]) in ("to", "with")
            )
        if len(right) != 2:
            return False
        words = [fold(w) for w in self.text.words[max(self.sentence.first, right[0].i - 3) : right[0].i]]
        return "both" in words and right[1].i - right[0].j <= 2

    def _in_turn(self, right: list[Entity]) -> bool:
        """ "with A and then with B", "with A and later another with B": one contact each."""
        if self.lang == "hy":
            then = self.lexicon.forms("separate", "then")
            pairs = [(a, b) for a, b in pairwise(right) if 0 < b.i - a.j <= 4]
            return any(self.lexicon.stem(w) in then for a, b in pairs for w in self.text.words[a.j : b.i])
        if len(right) == 2 and self.lang == "en":  # "received first A, then B"
            lead = [fold(self.text.words[e.i - 1]) for e in right]
            between = {fold(w) for w in self.text.words[right[0].j : right[1].i]}
            if lead == ["first", "then"] or (between & {"then", "later", "afterwards"} and len(between) <= 3):
                return True
        for entity in right[1:]:
            k = entity.i - 1
            while k > self.sentence.first and fold(self.text.words[k]) in self.fillers:
                k -= 1
            since = {fold(w) for w in self.text.words[max(self.sentence.first, k - 4) : k]}
            if fold(self.text.words[k]) == "with" and since & _TURNS and not any(k - 4 <= e.i < k for e in right):
                return True
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
        if contact.kind == "agreement":
            before = [x for x in near if x.i < contact.trigger.i and x.value in self.sitting]
            contact.body = str(before[0].value) if before else None
        if near and contact.kind in ("meeting", "session"):
            contact.bodily = any(-3 <= x.i - contact.trigger.j <= 3 or 0 <= contact.trigger.i - x.j <= 2 for x in near)
            contact.body = str(next((b.value for b in near if b.value != "*"), near[0].value))


_AUXILIARIES = frozenset(("to", "will", "would", "is", "are", "was", "were", "has", "had", "due", "set", "also"))
_SUBJECTS = frozenset(("i", "we"))
_FURTHER = frozenset(("then", "further", "also", "additionally", "later", "subsequently", "afterwards"))
_BESIDES = frozenset(("later", "afterwards", "then", "subsequently", "earlier", "separately", "beforehand"))
_TURNS = frozenset(("and", "another", "then", "later", "afterwards", "also", "one", "subsequently"))
_SEVERAL = frozenset(("встречи", "беседы", "консультации"))
_NTH = {"second_day": 2, "third_day": 3}  # which day of the talks it is
