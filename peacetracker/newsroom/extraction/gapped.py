"""Contacts whose verb is told once for several people, each with a day of his own."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from .circumstances import CircumstanceReader
from .contact import Contact
from .dates import DateRef
from .gazetteer import Place
from .lexicon import fold
from .references import Entity
from .segments import Segment


class GappedReader(CircumstanceReader):
    """Gives every person his contact where the verb is left out."""

    def _gapped(self, segment: Segment, before: list[Contact]) -> list[Contact]:
        """ "А встретился с Б, а после — один на один с В": the verb is left out the second time."""
        if self.lang not in ("ru", "hy") or not before or segment.triggers or segment.has("Y") or segment.has("G"):
            return []
        last = before[-1]
        if self.lang == "hy":
            return self._gapped_with(segment, last)
        dash = any(c in self.text.gap(k) for k in range(segment.i + 1, segment.j) for c in "—–-")
        hub = [e for e in last.people if e.i < last.trigger.i and not e.possessive][:1]
        others = [e for e in segment.people if self._link(e) in self.with_ - {"и"}]
        then = not others and self._next_one(segment, last)
        others = others or segment.people[:1]
        if not (dash or segment.has("Z") or then) or not hub or last.kind not in ("call", "meeting") or not others:
            return []
        dates = [d for d in self.dates if segment.i <= d.i < segment.j]
        places = self._places_in(segment, segment.i, segment.j, last.trigger)
        dates = dates[:1] or (last.dates if then else [])
        return [replace(last, people=hub + others, hosts=[], dates=dates, places=places or last.places)]

    def _next_one(self, segment: Segment, last: Contact) -> bool:
        """ "принял А, а затем Б", "позвонил А, а потом Б": one whom the verb takes without a preposition."""
        if len(segment.people) != 1 or segment.people[0].i - segment.i > 3 or not segment.people[0].refs:
            return False
        lead = {self.lexicon.stem(w) for w in self.text.words[segment.i : segment.people[0].i]}
        direct = last.trigger.value[1] == "host" or last.trigger.value == ("call", "verb")
        return direct and bool(lead & self.lexicon.forms("elided", "then"))

    def _gapped_with(self, segment: Segment, last: Contact) -> list[Contact]:
        """ "զրուցել է Ա-ի, իսկ ավելի ուշ՝ Բ-ի հետ": the verb told once, a contact with each."""
        n = self.segments.index(segment)
        told = n > 0 and self.segments[n - 1].i <= last.trigger.i < self.segments[n - 1].j
        opens = self.lexicon.stem(self.text.words[segment.i]) in self.lexicon.forms("elided", "then")
        opens = opens or any(d.i == segment.i for d in self.dates)
        others = [e for e in segment.people if e.is_person and not e.voice]
        hub = [e for e in last.people if e not in others][:1]
        if not told or not opens or len(others) != 1 or not hub or last.kind not in ("call", "meeting"):
            return []
        if len(last.people) < 2 or not (self._companion(others[0]) or last.trigger.value[1] == "host"):
            return []
        dates = [d for d in self.dates if segment.i <= d.i < segment.j and d.form != "vague"]
        hosts = [e for e in last.hosts if e in hub]
        base = last.dates[0] if last.dates and dates and dates[0].form == "context" else None
        places = self._places_in(segment, segment.i, segment.j, last.trigger) or last.places
        return [
            replace(
                last, people=hub + others, hosts=hosts, dates=dates[:1] or last.dates, places=places, counted_from=base
            )
        ]

    def _one_each(self, contact: Contact, after: list[DateRef]) -> list[Contact]:
        """ "говорил с А 7 января, с Б - 31 декабря": one contact with each, on its day."""
        hub = [e for e in contact.people if e.i < contact.trigger.i and not e.possessive]
        others = [e for e in contact.people if e.i > contact.trigger.i and self._link(e) in self.with_ - {"и"}]
        if self.lang != "ru" or len(hub) != 1 or len(others) != len(after) or len(after) < 2:
            return [contact]
        return [replace(contact, people=[*hub, e], dates=[d]) for e, d in zip(others, after, strict=True)]

    def _with_each(self, contact: Contact) -> list[Contact]:
        """ "met with A in X on Monday and with B in Y on Tuesday", "rang A on Friday and, on Saturday, B": one each."""
        others = [
            e for e in contact.people if e.i >= contact.trigger.j and e not in contact.behind and not e.possessive
        ]
        hub = [e for e in contact.people if e.j <= contact.trigger.i and not e.possessive]
        joined = [e for e in others if self._link(e) == "with"]
        alone = [e for e in others if self._link(e) != "with"]
        if not hub and len(joined) == 2 and len(alone) == 1 and alone[0].i > joined[1].i:
            hub, others = alone, joined  # "Having met with A on Monday and with B on Tuesday, C said"
        if len(hub) != 1 or len(others) != 2 or any(len(e.refs) != 1 for e in (*hub, *others)):
            return [contact]
        first, second = others
        turn = next((k for k in range(second.i - 1, first.j, -1) if fold(self.text.words[k]) == "and"), second.i)
        told = [d for d in self.dates if d.form != "vague"]
        one = [d for d in told if first.j <= d.i < turn] or [d for d in told if contact.low <= d.i < first.i][-1:]
        other = [d for d in told if turn <= d.i < second.i] or [d for d in told if second.j <= d.i < contact.high][:1]
        if len(one) != 1 or len(other) != 1 or (self._link(second) != "with" and other[0].i > second.i):
            return [contact]
        base = one[0] if other[0].form == "context" else None
        before = self._places_in_reach(contact, first.j, second.i)
        after = self._places_in_reach(contact, second.j, contact.high)
        apart = replace(contact, separate=False)
        return [
            replace(apart, people=[*hub, first], dates=one, places=before),
            replace(apart, people=[*hub, second], dates=other, places=after, counted_from=base),
        ]

    def _places_in_reach(self, contact: Contact, low: int, high: int) -> list[Place]:
        segment = next(s for s in self.segments if s.i <= contact.trigger.i < s.j)
        return self._places_in(segment, low, high, contact.trigger) or contact.places

    def _day_before_each(self, contact: Contact, segment: Segment) -> list[Contact]:
        """ "dünən Bakıda A, bu gün isə İrəvanda B ilə görüşüb": one contact with each, its day and place before him."""
        people = [e for e in segment.people if e.j <= contact.trigger.i and not e.possessive]
        if len(people) < 3 or any(len(e.refs) != 1 for e in people):
            return []
        found: list[Contact] = []
        for before, guest in pairwise(people):
            days = [d for d in self.dates if before.j <= d.i < guest.i and d.form != "vague"]
            if len(days) != 1:
                return []
            base = found[-1].dates[0] if found and days[0].form == "context" else None
            places = self._places_in(segment, before.j, guest.i, contact.trigger)
            pair = [people[0], guest]
            found.append(replace(contact, people=pair, dates=days, places=places, counted_from=base, separate=False))
        return found

    def _mediators(self, right: list[Entity]) -> bool:
        """ "A met separately with the mediators, B, C and D": they come together."""
        if self.lang != "en" or len(right) != 1 or len(right[0].refs) < 3:
            return False
        words = {fold(w) for w in self.text.words[right[0].i : right[0].j]}
        return bool(words & {"mediators", "chairs", "chairmen"})

    def _alone_with_each(self, segment: Segment, left: list[Entity], right: list[Entity]) -> bool:
        """ "A met with B and C one on one": one meeting with each."""
        hub = sum(max(len(e.refs), e.refs[0].number) for e in left if not e.possessive)
        guests = sum(len(e.refs) for e in right if not e.possessive)
        if self.lang != "en" or hub != 1 or guests < 2 or any(e.refs[0].value == "plural" for e in left):
            return False
        words = " ".join(fold(w) for w in self.text.words[right[-1].j : segment.j])
        return words.startswith(("one on one", "tete a tete", "one to one", "individually", "one by one"))
