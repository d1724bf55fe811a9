"""On which day a contact falls: its own expression of time, or the day that the text goes on telling of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from .contact import Contact
from .dates import UNKNOWN, DateRef, Resolved
from .discourse import key
from .model import Person
from .subjects import SubjectFinder
from .told import Told

RECENT = 7  # days: news of something undated is told for a day of the sentence before if that is no older


class Reckoner(SubjectFinder):
    """Counts days from the publication, from a heading and from what was told before."""

    def _date(self, contact: Contact, ref: DateRef, *, future: bool) -> Resolved:
        context: Resolved = self.before
        if ref.form == "anchored":
            base = self._counted_from(ref, contact)
            if base is None and ref.unit == "once":  # "the day after ..." something that the text has not told
                return replace(ref, form="context").resolve(self.published, context, future=future)
            return (base + timedelta(days=ref.offset), "day") if base else self._undated(contact)
        if ref.form == "back":
            day, precision = self.discourse.day, self.discourse.precision
            if contact.counted_from is not None:
                day, precision = contact.counted_from.resolve(self.published, self.before, future=future)
            return (day + timedelta(days=ref.offset), "day") if day and precision == "day" else UNKNOWN
        arrived = self._day_of_trip(ref) if ref.form == "context" and not ref.offset else None
        if arrived is not None:
            return arrived, "day"
        month, index = self.discourse.month
        after = self.told[-1].sentences[-1].index if self.told else -1
        if month is not None and index > after and self._of_that_month(ref):
            context = month, "month"
        if ref.unit == "weekday" and self.told and self.told[-1].background and self.discourse.main[0] is not None:
            context = self.discourse.main  # "On the previous Thursday", after what is told of the round before
        if future and ref.form == "context" and contact.outlook.status == "scheduled":
            context = self._ahead(context)
        if contact.counted_from is not None:
            context = contact.counted_from.resolve(self.published, context, future=future)
        if contact.outlook.status == "scheduled" and ref.form == "day" and not ref.year and self._told_then(contact):
            return self._nearest(ref, context)
        if contact.outlook.progressive and ref.form == "weekday":
            return ref.resolve(self.published, context, future=True)
        if contact.outlook.progressive and ref.form == "day" and self.lexicon.lang == "en":
            return self._nearest(ref, context)  # "is bringing them together on 15 December"
        if contact.outlook.planned and contact.outlook.status in ("cancelled", "denied", "planned"):
            return self._nearest(ref, context)
        if contact.outlook.status in ("cancelled", "denied", "claimed"):
            ahead = any(x.value in ("would", "scheduled", "past_plan") for x in contact.sentence.of("Q"))
            if contact.outlook.status == "denied" and ref.form == "weekday" and not ahead:
                return ref.resolve(self.published, context, future=False)  # "denied that they met on Monday"
            return self._nearest(ref, context)
        return ref.resolve(self.published, context, future=future)

    def _told_then(self, contact: Contact) -> bool:
        """ "had said that they would meet on 8 October": a day that may have passed."""
        return self.lexicon.lang == "en" and any(x.value == "would" for x in contact.sentence.of("Q"))

    def _day_of_trip(self, ref: DateRef) -> date | None:
        """ "on the day of his arrival": that of the trip told last."""
        words = {w.lower() for w in self.text.words[ref.j : ref.j + 4]}
        trips = [t for t in self.told if t.kind == "visit" and t.date and t.precision == "day"]
        of_trip = self.lexicon.lang == "en" and words & {"arrival", "visit", "trip"} and "of" in words
        return trips[-1].date if of_trip and trips else None

    def _counted_from(self, ref: DateRef, contact: Contact) -> date | None:
        """The day of what the words behind "three days before" tell: a day, a contact by its place, or the last one."""
        end = next((k for k in range(ref.anchor, contact.sentence.last) if "," in self.text.gap(k + 1)), ref.anchor + 8)
        there = [x for x in contact.sentence.of("L") if ref.anchor <= x.i <= end]
        dated = [t for t in self.told if t.date and t.precision == "day" and not t.reference]
        for told in reversed(dated):
            if there and told.place is not None and told.place.slug == there[0].value.slug:
                return told.date
        words = {self.lexicon.stem(w) for w in self.text.words[ref.anchor : end + 1]}
        meant = any(ref.anchor <= x.i <= end for x in contact.sentence.of("T"))
        if there or not (meant or words & self.lexicon.forms("elided", "anchors")):
            return None
        kinds = {x.value[0] for x in contact.sentence.of("T") if ref.anchor <= x.i <= min(end, ref.anchor + 3)}
        alike = [
            t.date for t in dated if t.kind in kinds and t.status == "held" and t.sentences[0] is not contact.sentence
        ]
        if alike and self.lexicon.lang == "en":
            return alike[-1]
        return self.before[0] if self.before[1] == "day" else (dated[-1].date if dated else None)

    def _ahead(self, context: Resolved) -> Resolved:
        """ "will see B one day earlier": counted from what is to come, if something was told between."""
        if context[0] and self.published and context[0] >= self.published and context[1] == "day":
            return context
        planned = [t for t in self.told if t.status == "scheduled" and t.date and t.precision == "day"]
        return (planned[-1].date, "day") if planned else context

    def _nearest(self, ref: DateRef, context: Resolved) -> Resolved:
        """The reading nearest to the publication, before or after."""
        past = ref.resolve(self.published, context, future=False)
        ahead = ref.resolve(self.published, context, future=True)
        if past[0] and ahead[0] and self.published and past != ahead:
            return min((past, ahead), key=lambda r: abs((r[0] - self.published).days) if r[0] and self.published else 0)
        return past

    def _just_begun(self, contact: Contact) -> bool:
        """ "The trilateral meeting of A, B and C has begun": of the day of the news."""
        words = [w.lower() for w in self.text.words[contact.trigger.j : contact.sentence.last]]
        now = any(a in ("has", "have") and b in _BEGUN for a, b in pairwise(words))
        return self.lexicon.lang == "en" and contact.outlook.status == "held" and now and not contact.background

    def _earlier(self, contact: Contact) -> bool:
        """ "Earlier, A also rang B", "A had earlier met B": no day, by the guide."""
        words, start, at = self.text.words, contact.sentence.first, contact.trigger.i  # "Earlier he met B": of that day
        if self.lexicon.lang != "en":
            return False
        begins = words[start] == "Earlier" and words[start + 1] not in ("in", "on", "today", "this", "that", "the")
        had = any((a, b) == ("had", "earlier") for a, b in pairwise(words[max(start, at - 4) : at]))
        return had or (begins and contact.kind == "call")

    def _undated(self, contact: Contact) -> Resolved:
        last = self.told[-1] if self.told else None
        apart = contact.distinct or (contact.separate and self.lexicon.lang != "en")
        if contact.outlook.status == "scheduled" and apart and last and last.status == "scheduled":
            return last.date, last.precision  # "will also hold bilateral meetings"
        if contact.outlook.status == "scheduled" and last and last.status == "scheduled" and self._in_turn(contact):
            return last.date, last.precision  # "Before that, A is to talk with B"
        heading = self.discourse.heading
        there = any(x.value == "there" and contact.low <= x.i < contact.high for x in contact.sentence.of("K"))
        if there and contact.outlook.status == "held" and self._just_told(contact, 1):
            return self.told[-1].date, self.told[-1].precision  # "They signed a protocol there"
        if contact.outlook.status == "scheduled" and contact.kind == "agreement" and self._just_told(contact, 0):
            return self.told[-1].date, self.told[-1].precision  # "a summit ..., after which they will sign ..."
        if contact.outlook.status in ("scheduled", "planned", "cancelled", "denied"):
            return heading if self._under_heading(contact) else UNKNOWN
        if self._earlier(contact):
            return UNKNOWN
        under = contact.sentence.index - self.discourse.headed == 1
        if heading[0] is not None and (under or not (contact.reference or contact.background)):
            return heading if not self.told or self.discourse.main[0] is None else self.discourse.main
        if contact.lead and not self.told and contact.outlook.status == "held" and not contact.background:
            return (self.published, "day") if self.published else UNKNOWN
        aside = contact.background or contact.reference
        if aside and last is not None and last.status == contact.outlook.status == "held" and self._ensued(contact):
            return last.date, last.precision
        if self._on_visit_now(contact) and self.published:
            return self.published, "day"
        if self._just_begun(contact) and self.published:
            return self.published, "day"
        if contact.reference or contact.background:
            return UNKNOWN
        stop = self._at_stop(contact)
        if stop is not None:
            return stop.date, stop.precision
        context: Resolved = (self.discourse.day, self.discourse.precision)  # type: ignore[assignment]
        if self.discourse.main[0] is not None:
            context = self.discourse.main
        elif (
            self.lexicon.lang == "en" and last is not None and last.background and last.sentences[0] is contact.sentence
        ):
            context = self.before  # "what the previous session had agreed was signed"
        noted, index = self.discourse.noted
        follows = 1 <= contact.sentence.index - index <= 2 and contact.outlook.status == "held"
        follows = follows and not (self.told and self.told[-1].sentences[-1].index > index)
        if (
            noted
            and follows
            and not self._on_margins(contact)
            and self.published
            and 0 <= (self.published - noted).days <= RECENT
        ):
            return noted, "day"
        if not self.told and contact.spoken_date is not None:
            return contact.spoken_date.resolve(self.published, context, future=False)
        if not self.told:
            return (self.published, "day") if self.published else UNKNOWN
        past = context[0] is not None and (self.published is None or context[0] <= self.published)
        same = self.told[-1].sentences[-1] is contact.sentence
        return context if past or same else UNKNOWN

    def _on_visit_now(self, contact: Contact) -> bool:
        """ "The premier is in the Georgian capital on an official visit": a trip of the day of publication."""
        trigger = contact.trigger
        words = [w.lower() for w in self.text.words[contact.sentence.first : trigger.i]]
        going_on = bool({"is", "are"} & set(words[-12:])) and bool({"on", "for"} & set(words[-3:]))
        going_on = going_on and trigger.value[1] == "noun"
        visiting = words[-1:] in (["is"], ["are"]) and self.text.words[trigger.i].lower() == "visiting"
        return self.lexicon.lang == "en" and contact.kind == "visit" and (going_on or visiting)

    def _on_margins(self, contact: Contact) -> bool:
        """ "On the sidelines, A and B also met": of what the text is about, whatever day was told between."""
        lead = [w.lower() for w in self.text.words[contact.sentence.first : contact.sentence.first + 3]]
        beside = lead[-1:] in (["margins"], ["sidelines"], ["fringes"], ["sideline"]) and lead[0] in ("on", "in", "at")
        return self.lexicon.lang == "en" and beside and self.discourse.main[0] is not None

    def _just_told(self, contact: Contact, back: int) -> bool:
        """Whether the contact told last, of the same outlook, has a day and stands so many sentences before."""
        last = self.told[-1] if self.told and self.lexicon.lang == "en" else None
        if last is None or last.date is None or last.status != contact.outlook.status:
            return False
        passing = last.aside and last.kind == "agreement"
        return not passing and contact.sentence.index - last.sentences[-1].index == back

    def _arrived(self, contact: Contact) -> bool:
        """ "A left for X on Monday. He will meet ...": what the next sentences tell of a trip of these days."""
        trip = self.told[-1]
        near = contact.sentence.index - trip.sentences[-1].index <= 2 and trip.place is not None
        return near and trip.date is not None and self.published is not None and (self.published - trip.date).days <= 1

    def _at_stop(self, contact: Contact) -> Told | None:
        """ "visited X on Monday and Y on Tuesday. A received him in X": on the day of that stop."""
        if self.lexicon.lang != "en" or not contact.places or contact.outlook.status != "held":
            return None
        near = [t for t in self.told[-4:] if t.kind == "visit" and t.date and t.place is not None]
        near = [t for t in near if contact.sentence.index - t.sentences[-1].index <= 2]
        here = [t for t in near if t.place and t.place.country == contact.places[0].country]
        return here[-1] if here and len({t.date for t in near}) > 1 else None

    def _of_that_month(self, ref: DateRef) -> bool:
        """ "on the 14th of that month", "early that month"."""
        words = {w.lower() for w in self.text.words[ref.i : ref.j + 3]}
        return ref.form == "context-month" or (ref.form == "ordinal" and {"of", "month"} <= words)

    def _under_heading(self, contact: Contact) -> bool:
        """Whether a day stands at the head of the line, one to come if the contact is."""
        day, end = self.discourse.heading[0], self.discourse.head_end
        if day is None or end < 0 or "\n" in self.text.raw[end : contact.sentence.start]:
            return False
        return contact.outlook.status != "scheduled" or self.published is None or day >= self.published

    def _in_turn(self, contact: Contact) -> bool:
        """Whether a sentence begins with "Before that", "Later", "Then": on the day of the contact just told."""
        first = self.text.words[contact.sentence.first].lower()
        near = self.told and contact.sentence.index - self.told[-1].sentences[-1].index <= 1
        return bool(near) and self.lexicon.lang == "en" and first in _TURN

    def _on_trip(self, contact: Contact, people: list[Person], when: list[Resolved]) -> list[Resolved]:
        """ "He is to meet ...": what a traveller plans is planned for the trip just announced."""
        here = self.told[-1] if self.told else None
        if (
            here is not None
            and here.kind == "visit"
            and here.status == "held"
            and (self.lexicon.lang != "en" or self._arrived(contact))
        ):
            recent = here.date == self.published or self.lexicon.lang == "en"
            news = recent and contact.outlook.status == "scheduled" and not contact.dates
            if news and not contact.places and here.keys & {key(p) for p in people} and len(people) > 1:
                contact.places = [here.place] if here.place else []
            return when
        trip = next((t for t in self.told[::-1] if t.kind == "visit" and t.status == "scheduled"), None)
        known = contact.dates or (when[0][0] is not None and self.lexicon.lang == "en")
        if trip is None or contact.outlook.status != "scheduled" or known or len(people) < 2:
            return when
        if not trip.keys & {key(p) for p in people} or contact.sentence.index - trip.sentences[-1].index > 2:
            return when
        if not contact.places and trip.place is not None:
            contact.places = [trip.place]
        return [(trip.date, trip.precision)]


_TURN = frozenset(
    ("before", "beforehand", "earlier", "then", "later", "afterwards", "after", "first", "prior", "ahead", "separately")
)


_BEGUN = frozenset(("begun", "started", "ended", "concluded", "finished", "kicked", "opened"))
