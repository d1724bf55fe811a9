"""One telling of several contacts: in pairs, each on its day, one with each of those named."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from .contact import MEET_NOUNS, Contact
from .dates import DateRef
from .gapped import GappedReader
from .lexicon import fold
from .references import Entity
from .segments import Segment
from .sentences import Item


class SeveralReader(GappedReader):
    """Tells how many contacts the words of one trigger make."""

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
        guests = [e for e in guests if e.refs[0].value != "singular"]  # "rang A on Tuesday to brief him"
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
            places = self._places_in(segment, guest.j, ends[n], contact.trigger)[:1] or contact.places
            found.append(
                replace(
                    contact, people=[*hub, guest], hosts=hosts, dates=[day], places=places, counted_from=from_,
                    separate=False,
                )
            )  # fmt: skip
        return found

    def _each_time(self, contact: Contact, segment: Segment, until: int) -> list[Contact]:
        """ "at their meetings in Prague on 6 October and in Sochi on 31 October": one each."""
        if self.lang == "en" and contact.kind in ("meeting", "call") and len(each := self._with_each(contact)) > 1:
            return each
        after = contact.trigger.j
        listed = self._listed_behind(segment) if self.lang == "en" else None
        until = listed.j if listed else until
        forms = ("day", "month", "weekday") if self.lang == "en" and contact.kind == "visit" else ("day", "month")
        dates = [d for d in self.dates if after <= d.i < until and d.form in forms]
        if contact.kind in ("meeting", "call") and len(dates) > 1:
            split = self._one_each(contact, dates)
            if len(split) > 1:
                return split
        if contact.kind not in ("meeting", "session", "visit") or len(dates) < 2:
            return [contact]
        places = self._places_in(listed or segment, after, until, contact.trigger)
        if not places and contact.kind == "visit" and self.lang == "en":
            places = self._countries(segment, contact.trigger)
        if len(places) != len(dates):
            return [contact]
        return [replace(contact, dates=[ref], places=[place]) for ref, place in zip(dates, places, strict=True)]

    def _listed_behind(self, segment: Segment) -> Segment | None:
        """ "have met twice this year: in X in February and in Y on 14 May": the list behind the colon."""
        then = next((s for s in self.segments if s.i == segment.j), None)
        if then is None or ":" not in self.text.gap(then.i) or then.triggers or then.people:
            return None
        return then

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
        if self._of_something_else(after, dates):
            return []
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

    def _of_something_else(self, after: Segment, dates: list[DateRef]) -> bool:
        """ "since the offensive of last September", "since the September fighting": no contact is meant."""
        if not dates:
            return False
        told = [(x.i, x.j) for x in after.items if x.type == "L" or (x.type == "T" and x.value[1] in MEET_NOUNS)]
        lead = [k for k in range(after.i + 1, dates[0].i) if not any(i <= k < j for i, j in told)]
        words, end = self.text.words, dates[0].j
        named = not told and end < after.j and not self.text.gap(end).strip() and fold(words[end]) not in _SMALL
        return named or any(fold(words[k]) not in _SMALL for k in lead)

    def _pursued(self, n: int, segment: Segment) -> list[Contact]:
        """ "the talks which A and B began in X in May and pursued in Y in June": one each."""
        told = [t for t in segment.triggers if t.value[1] != "document"]
        if segment.opener != "relative_event" or told or not segment.has("G", "verb") or not n:
            return []
        nouns = [t for t in self.segments[n - 1].triggers if t.value[1] == "noun"]
        verbs = [x.i for x in segment.items if x.type == "G"]
        if self.lang == "en" and not any(e.i < verbs[0] for e in segment.people):
            return []  # "talks, which began on Monday with the participation of A and B"
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
            return (
                several and self._link(right[0]) not in self.with_ and fold(self.text.words[right[0].j]) in ("с", "со")
            )
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


_SMALL = frozenset(  # of what may stand beside the day or place of a contact
    ("a", "an", "the", "of", "in", "on", "at", "its", "their", "this", "that", "last", "early", "late", "mid", "when",
     "with", "and", "end", "beginning", "start", "as", "far", "back", "or", "they", "between", "held", "both", "first")
)  # fmt: skip
_SEVERAL = frozenset(("встречи", "беседы", "консультации"))
_TURNS = frozenset(("and", "another", "then", "later", "afterwards", "also", "one", "subsequently"))
