"""Documents that a sentence only refers to by their day: "the statements of 9 November 2020 and 11 January 2021"."""

from __future__ import annotations

from datetime import date

from .dates import UNKNOWN, DateRef
from .discourse import key
from .elided import ElidedReader
from .model import Person
from .sentences import Sentence
from .told import SIDE_SET, Told

SAME = 1  # days: a document signed at night is cited by either day


class PaperReader(ElidedReader):
    """Keeps the signing of a document of the record that the text refers to."""

    def _says_whose(self, sentence: Sentence, people: list[Person], day: date) -> bool:
        """Whether the sentence names one of those who signed, or their office: without that nobody is given."""
        held = {t for p in people if p.slug for t, _ in self.gazetteer.types_of(p.slug, day)} | {"leader"}
        named = any({p.slug for p in people} & set(x.value) for x in sentence.of("P"))
        return named or any(x.value[0] in held for x in sentence.of("O"))

    def _refer(self, sentence: Sentence, dates: list[DateRef]) -> None:
        """Add the signing of each document meant by one of these days, with those who signed it by the record."""
        if sentence.is_title:
            return
        for ref in dates:
            day, precision = ref.resolve(self.published, UNKNOWN, future=False)
            if day is None or precision != "day" or (self.published and day > self.published):
                continue
            if any(t.kind == "agreement" and t.date and abs((t.date - day).days) <= SAME for t in self.told):
                continue
            signed = self.gazetteer.signatories(day)
            if signed is None:
                continue
            people = [self.resolver._person(slug, day, "named") for slug in signed]
            if self.lexicon.lang != "en" and not self._says_whose(sentence, people, day):
                people = []
            self.told.insert(  # what the next sentence tells more of is the contact, not the document
                0,
                Told(
                    "agreement", "held", day, precision, people,
                    {key(p) for p in people if self._party(p) not in SIDE_SET}, None, [sentence],
                    dated=True, reference=True, distinct=False, joint=not people, body=None, is_title=False,
                    background=True, reasons=["agreement: a document of the record, named by its day"],
                    date_sentence=sentence,
                ),
            )  # fmt: skip
