"""What a sentence says of the contact before it without naming it: "It was put off", "They were due on 12 June"."""

from __future__ import annotations

from dataclasses import replace

from .contact import MEET_NOUNS
from .dates import DateReader, Resolved, apply_year_offset
from .discourse import key
from .lexicon import fold
from .sentences import Sentence
from .told import Told
from .visits import VisitKeeper

SAID = 8  # words between a verb of saying and what was called off
SUBJECT = 3  # words from the start of a sentence in which its subject stands


class ElidedReader(VisitKeeper):
    """Calls off the contact just told, or tells the day it had first been set for."""

    def _called_off(self, sentence: Sentence) -> bool:
        """Whether the sentence tells that the contact of the one before was called off."""
        cues = {x.value for x in sentence.of("Q")}
        if "cancelled" not in cues or not self._means_event(sentence):
            return False
        if self._pending(sentence) is not None:
            return self._add_pending()
        last = self._spoken_of(sentence)
        if last is None:
            return False
        first = self._first_set(sentence) if "past_plan" in cues else None
        if first is not None:
            day, precision = first
            self.told.append(replace(last, date=day, precision=precision, status="cancelled", sentences=[sentence]))
            return True
        if last.status != "scheduled":
            return False
        last.status = "cancelled"
        last.sentences = [*last.sentences, sentence]
        last.reasons.append("called off by the next sentence")
        return True

    def _spoken_of(self, sentence: Sentence) -> Told | None:
        """The contact of the sentence before, or one shortly before that the subject names by its kind: "The trip"."""
        last = self.told[-1] if self.told else None
        if last is None or last.kind in ("agreement", "statement"):
            return None
        if sentence.index - last.sentences[-1].index == 1:
            return last
        trip = any(x.value[0] == "visit" and x.i - sentence.first < SUBJECT for x in sentence.of("T"))
        if self.lexicon.lang != "en" or not trip:
            return None
        return next(
            (t for t in self.told[::-1] if t.kind == "visit" and sentence.index - t.sentences[-1].index <= 3), None
        )

    def _set_anew(self, sentence: Sentence) -> bool:
        """ "It will now take place on 2 April": the day to come of what the sentence before called off."""
        last = self.told[-1] if self.told else None
        if last is None or last.status != "cancelled" or not sentence.of("ND"):
            return False
        if not 0 <= sentence.index - last.sentences[-1].index <= 2 or any(
            x.value[1] in MEET_NOUNS for x in sentence.of("T")
        ):
            return False
        words = [
            self.text.words[k].lower() for k in range(max(sentence.first, sentence.of("ND")[0].i - 2), sentence.last)
        ]
        if not {"it", "they", "this", "that"} & set(words[:3]):
            return False
        for ref in DateReader(self.text, sentence, self.lexicon.lang).read():
            apply_year_offset(ref, self.published)
            day = ref.resolve(self.published, (last.date, last.precision), future=True)
            if (
                ref.i > sentence.of("ND")[0].i
                and day[0] is not None
                and (not self.published or day[0] >= self.published.replace(day=1))
            ):
                place = next((x.value for x in sentence.of("L") if x.i > sentence.of("ND")[0].i), None)
                self.told.append(
                    replace(
                        last,
                        date=day[0],
                        precision=day[1],
                        place=place,
                        status="scheduled",
                        sentences=[sentence],
                        reasons=[*last.reasons[:1], "a new day told"],
                    )
                )
                return True
        return False

    def _did_the_same(self, sentence: Sentence) -> bool:
        """ "A day earlier the Commission president had done the same": the contact just told, with another caller."""
        last = self.told[-1] if self.told else None
        if last is None or last.kind not in ("call", "meeting") or len(last.people) < 2 or last.status != "held":
            return False
        if sentence.index - last.sentences[-1].index > 1 or not sentence.of("SA"):
            return False
        other = self._same_with(sentence, last)
        if other is not None:
            self.told.append(other)
            return True
        caller, keys = last.people[0], frozenset(key(p) for p in self.discourse.here)
        callers = [p for p in self.discourse.here if key(p) not in last.keys]
        if len(callers) != 1 or keys & last.keys:
            return False
        day, precision = self._first_set(sentence) or (None, "unknown")
        alike = [
            t for t in self.told if t.sentences[-1] is last.sentences[-1] and t.kind == last.kind and caller in t.people
        ]
        for told in alike or [last]:
            rest = [p for p in told.people if key(p) != key(caller)]
            self.told.append(
                replace(
                    told, people=[*callers, *rest], date=day, precision=precision, sentences=[sentence], hosts=set()
                )
            )
        return True

    def _same_with(self, sentence: Sentence, last: Told) -> Told | None:
        """ "He did the same with B": the one spoken of, with another."""
        end = sentence.of("SA")[-1].j
        lead = self.text.words[end].lower() if end < sentence.last else ""
        guests = {slug for x in sentence.of("P") if 0 <= x.i - end <= 4 for slug in x.value}
        new = [p for p in self.discourse.here if p.slug in guests and key(p) not in {key(q) for q in last.people[:1]}]
        if self.lexicon.lang != "en" or lead not in ("with", "for", "to") or len(new) != 1 or len(last.people) != 2:
            return None
        when = self._first_set(sentence) or (last.date, last.precision)
        hub = next((p for p in last.people if key(p) == key(self.discourse.subject or p)), last.people[0])
        return replace(last, people=[hub, *new], date=when[0], precision=when[1], sentences=[sentence], hosts=set())

    def _pending(self, sentence: Sentence) -> Told | None:
        """What was planned for a day now past, told by the sentence before."""
        told = self.pending
        return told if told is not None and sentence.index - told.sentences[-1].index == 1 else None

    def _add_pending(self) -> bool:
        told, self.pending = self.pending, None
        if told is None:
            return False
        told.status = "cancelled"
        self._add(told)
        return True

    def _means_event(self, sentence: Sentence) -> bool:
        """Whether the subject is a contact: a pronoun, or "the meeting", and nobody by name before the verb."""
        cue = next((x.i for x in sentence.of("Q") if x.value == "cancelled"), sentence.first)
        said = max((y.j for y in sentence.of("Y") if y.j <= cue), default=sentence.first)
        if self.lexicon.lang != "en" or cue - said > SAID:
            said = sentence.first
        named = {slug for x in sentence.of("P") if said <= x.i < cue for slug in x.value}
        planned = self.pending or (self.told[-1] if self.told else None)
        if named and planned is not None and self.lexicon.lang != "en" and not sentence.of("T"):
            return named <= {p.slug for p in planned.people}  # "But X will not go there"
        set_ = (
            planned if planned is not None and (planned is self.pending or self._set_for(planned, sentence)) else None
        )
        if named and set_ is not None and named <= {p.slug for p in set_.people}:
            return self.lexicon.lang == "en" and not any(x.value[1] in MEET_NOUNS for x in sentence.of("T"))
        if named:
            return False
        trip = any(x.value == ("visit", "noun") and x.i - sentence.first < SUBJECT for x in sentence.of("T"))
        if trip or any(x.value[1] in MEET_NOUNS and x.i - sentence.first < SUBJECT for x in sentence.of("T")):
            return True
        first = self.text.words[sentence.first]
        if not sentence.of("T") and self._state_first(sentence):
            return True
        if self.lexicon.lang == "en" and self._it(sentence, cue):
            return True
        if self._pending(sentence) is not None and first in ("He", "She"):
            return True  # "A was due to meet B on Monday. He did not come"
        return self.lexicon.stem(first) in self.lexicon.forms("elided", "subject")

    def _it(self, sentence: Sentence, cue: int) -> bool:
        """ "The ministry said that it had been postponed", "But it will not happen": a pronoun stands for it."""
        k = cue - 1
        while k > sentence.first and fold(self.text.words[k]) in _AUXILIARIES:
            k -= 1
        return k >= sentence.first and fold(self.text.words[k]) == "it"

    def _set_for(self, told: Told, sentence: Sentence) -> bool:
        """Whether the sentence before set a contact for a day to come: one of its people may stay away."""
        return told.status == "scheduled" and told.planned and sentence.index - told.sentences[-1].index == 1

    def _state_first(self, sentence: Sentence) -> bool:
        """ "Baku pulled out", "The Azerbaijani president refused to go": a state or its official as the subject."""
        start = sentence.first + (self.text.words[sentence.first] == "The")
        off = next(x.i for x in sentence.of("Q") if x.value == "cancelled")
        first = any(x.i == start and x.type in ("C", "L") for x in sentence.items)
        return self.lexicon.lang == "en" and first and off - start <= SUBJECT

    def _first_set(self, sentence: Sentence) -> Resolved | None:
        """The day or month that the sentence says had first been set."""
        for ref in DateReader(self.text, sentence, self.lexicon.lang).read():
            apply_year_offset(ref, self.published)
            first = ref.resolve(self.published, (self.discourse.day, "day"), future=False)
            if first[0] is not None:
                return first
        return None


_AUXILIARIES = frozenset(
    ("has", "had", "have", "been", "was", "is", "will", "would", "be", "being", "already", "also", "now", "not")
)
