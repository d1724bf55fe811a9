"""What a sentence says of the contact before it without naming it: "It was put off", "They were due on 12 June"."""

from __future__ import annotations

from dataclasses import replace

from .contact import MEET_NOUNS
from .dates import DateReader, Resolved, apply_year_offset
from .sentences import Sentence
from .told import Told
from .visits import VisitKeeper

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
        last = self.told[-1] if self.told else None
        if last is None or sentence.index - last.sentences[-1].index != 1 or last.kind in ("agreement", "statement"):
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
        if any(x.i < cue for x in sentence.of("P")):
            return False
        if any(x.value[1] in MEET_NOUNS and x.i - sentence.first < SUBJECT for x in sentence.of("T")):
            return True
        return self.lexicon.stem(self.text.words[sentence.first]) in self.lexicon.forms("elided", "subject")

    def _first_set(self, sentence: Sentence) -> Resolved | None:
        """The day or month that the sentence says had first been set."""
        for ref in DateReader(self.text, sentence, self.lexicon.lang).read():
            apply_year_offset(ref, self.published)
            first = ref.resolve(self.published, (self.discourse.day, "day"), future=False)
            if first[0] is not None:
                return first
        return None
