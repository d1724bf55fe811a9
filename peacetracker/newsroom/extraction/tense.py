"""Held or to come, by the tense of the verb where no other word tells."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from .armenian import infinitive
from .contact import MEET_NOUNS, Contact
from .contacts import ContactReader
from .dates import UNKNOWN, DateRef
from .lexicon import Lexicon, fold
from .moments import OPENS
from .segments import Segment
from .sentences import Item, Sentence, Text
from .status import Outlook, judge

PAST = frozenset(("met", "spoke", "sat", "held", "saw", "flew", "came", "went", "took", "put", "rang", "wrote", "paid"))
PRESENT = frozenset(
    (
        "meet", "meets", "see", "sees", "receive", "receives", "host", "hosts", "gather", "gathers", "convene",
        "convenes", "sit", "sits", "visit", "visits", "pays", "hold", "holds", "has", "have", "begin", "begins",
        "start", "starts", "open", "opens", "take", "takes", "arrives", "arrive", "leaves", "leave", "lands", "comes",
        "confer", "confers", "welcomes", "resume", "resumes", "heads", "flies",
    )
)  # fmt: skip
NO_PRESENT = frozenset(
    ("to", "did", "not", "will", "would", "could", "may", "should", "might", "can", "never", "does", "a", "the")
)
AUXILIARIES = frozenset(
    ("to", "be", "being", "will", "would", "shall", "should", "could", "may", "might", "must", "can")
)
DONE = ("л", "ла", "ли", "лся", "лась", "лись", "нный", "нного", "нном", "нная", "нной", "нные", "нных")
COMING = (
    "acaq", "ecek", "acaqlar", "ecekler", "acaqdir", "ecekdir", "acagi", "eceyi", "acagini", "eceyini",
    "acaqlari", "ecekleri", "acaqlarini", "eceklerini",
)  # fmt: skip
GOING = ("ir", "ur", "irlar", "irler", "urlar", "urler")
SOON = 60  # days
NEAR = 5  # words between a noun and the verb that carries it


def planned(reason: str) -> Outlook:
    """A contact that is to come."""
    return Outlook("scheduled", future=True, planned=True, reasons=[reason])


class TenseReader:
    """Judges a contact by the cues round it, then by the tense of what tells it."""

    def __init__(self, text: Text, lexicon: Lexicon, contacts: ContactReader, published: date | None) -> None:
        self.text = text
        self.lang = lexicon.lang
        self.contacts = contacts
        self.published = published

    def outlook(self, contact: Contact, sentence: Sentence, segments: list[Segment], n: int, *, dated: bool) -> Outlook:
        """The outlook of a contact told in clause `n`."""
        if self._asks(sentence):
            return Outlook(None, reasons=["a question"])
        outlook = judge(
            contact.trigger,
            segments,
            n,
            window=(contact.low, contact.high),
            dated=dated,
            verb_final=self.lang in ("az", "hy"),
            past=self._past(contact.trigger, sentence),
            at=self._where(contact, sentence),
        )
        if outlook.status is None and dated and self._against_reports(contact, sentence, outlook):
            return Outlook("denied", reasons=["said not to have been, against a report"])
        if outlook.status == "planned" and contact.kind != "visit" and self._given_up(sentence):
            return Outlook("cancelled", planned=True, reasons=["had been planned, called off beside it"])
        if outlook.status == "cancelled" and self._set_anew(contact, sentence):
            return planned("set for another day")
        if outlook.status != "held":
            return outlook
        if self.lang == "hy" and self._untensed(contact, sentence, segments[n]):
            agreed = dated and segments[n].has("Z", "agreed")
            return planned("agreed for later") if agreed else Outlook(None, reasons=["an infinitive"])
        if self._when_planned(contact, segments, n):
            return planned("when something else is to be")
        if self._future(contact.trigger, segments[n]):
            return planned("a verb of the future")
        if self._present(contact, sentence, segments[n]):
            return planned("the present for a day to come")
        return outlook

    def _where(self, contact: Contact, sentence: Sentence) -> int:
        """The word "at" of "agreed in principle at their session of 19 April", 0 if the day or place is not told."""
        trigger, words = contact.trigger, self.text.words
        if self.lang != "en" or trigger.value[1] not in MEET_NOUNS or not (contact.dates or contact.places):
            return 0
        lead = range(trigger.i - 1, max(sentence.first, trigger.i - 5) - 1, -1)
        return next((k for k in lead if words[k].lower() in ("at", "during")), 0)

    def _set_anew(self, contact: Contact, sentence: Sentence) -> bool:
        """ "The meeting has been rescheduled for 23 May": only the new day is told."""
        words = [w.lower() for w in self.text.words[sentence.first : sentence.last]]
        to = any(pair == ("rescheduled", "for") for pair in pairwise(words))
        return self.lang == "en" and to and len(self.contacts.dates) == 1 and bool(contact.dates)

    def _beside(self, sentence: Sentence) -> list[Sentence]:
        """The title and the sentences next to one."""
        others = [s for s in self.text.sentences if s is not sentence]
        return [s for s in others if s.is_title or abs(s.index - sentence.index) == 1]

    def _against_reports(self, contact: Contact, sentence: Sentence, outlook: Outlook) -> bool:
        """ "A did not meet B on Friday, his office said", where the text speaks of a report: a denial."""
        people = sum(len(e.refs) for e in contact.people)
        if self.lang != "en" or outlook.reasons != ["negated"] or people < 2 or not sentence.of("Y"):
            return False
        cues = {x.value for s in self._beside(sentence) for x in s.of("Q")}
        return bool(cues & {"rumour", "claim", "denied", "disowned"})

    def _given_up(self, sentence: Sentence) -> bool:
        """ "They had been due to meet on Monday", beside a sentence that calls off: the same contact."""
        had = [x for x in sentence.of("Q") if x.value == "past_plan" and self.text.words[x.i].lower() == "had"]
        cues = {x.value for s in self._beside(sentence) for x in s.of("Q")}
        return self.lang == "en" and bool(had) and "cancelled" in cues

    def _asks(self, sentence: Sentence) -> bool:
        """A question, by its sign at the end or, in Armenian, in the word."""
        if sentence.is_title:
            return False
        told = self.text.raw[sentence.start : sentence.end + 1].rstrip().rstrip("*_")
        return told.endswith("?") or (self.lang == "hy" and "՞" in told)

    def _untensed(self, contact: Contact, sentence: Sentence, segment: Segment) -> bool:
        """ "պայմանավորվել են նիստն անցկացնել": an infinitive, which tells nothing as done."""
        trigger = contact.trigger
        if sentence.is_title or contact.kind == "agreement":
            return False
        if trigger.value[1] in ("verb", "host", "travel"):
            return infinitive(self.text, sentence, trigger.i, trigger.j)
        verbs = [x for x in segment.items if x.type == "G" and x.i >= trigger.j]
        light = trigger.value[1] == "noun" and verbs and verbs[0].i - trigger.j <= 2
        return bool(light) and infinitive(self.text, sentence, verbs[0].i, verbs[0].j)

    def _when_planned(self, contact: Contact, segments: list[Segment], n: int) -> bool:
        """ "will meet again on Friday, when Putin hosts ...": the present tense after what is planned."""
        word = self.text.words[contact.trigger.i].lower()
        if self.lang != "en" or not n or segments[n].opener != "time" or not word.endswith("s"):
            return False
        return contact.trigger.value[1] != "noun" and any(c.value == "scheduled" for c in segments[n - 1].cues)

    def _future(self, trigger: Item, segment: Segment) -> bool:
        """Whether a verb is of the future: "կհանդիպի"; in Azerbaijani that which ends the clause: "keçirəcəyini"."""
        word = self.text.words[trigger.i]
        if self.lang == "hy":
            ahead = self.text.words[trigger.i : segment.j]  # "նիստն անցկացվելու է"
            if any(a.endswith(("ելու", "ալու")) and b in ("է", "են") for a, b in pairwise(ahead)):
                return True
            verb = trigger.value[1] not in ("noun", "neutral_noun") and trigger.j - trigger.i == 1
            return verb and word.startswith("կ") and word.endswith(("ի", "են", "ենք")) and not word.startswith("կապ")
        if self.lang != "az":
            return False
        last = max((x.j for x in segment.items if x.type in ("T", "G", "Q") and x.j >= trigger.j), default=trigger.j)
        return fold(self.text.words[last - 1]).endswith(COMING)

    def _present(self, contact: Contact, sentence: Sentence, segment: Segment) -> bool:
        """ "The ministers meet in Vienna on Friday": the present tense with a weekday means the day to come."""
        ref = contact.dates[0] if contact.dates else None
        if self.lang == "az":
            return ref is not None and self._going(contact, ref, segment)
        if self.lang != "en" or sentence.is_title or self.published is None or ref is None:
            return False
        if ref.form != "weekday" or ref.direction or ref.day == self.published.weekday():
            return False
        at = contact.trigger.i
        carried = [x for x in segment.items if x.type == "G" and not self.contacts.auxiliary(x)]
        near = [x for x in carried if abs(x.i - at) <= NEAR or (x.value == "occur" and x.i > at)]
        going = [t for t in segment.triggers if t.value[1] == "travel" and t.j <= at]  # "arrives on Friday for talks"
        verbs = [x.i for x in [*near, *going]] if contact.trigger.value[1] in MEET_NOUNS else [at]
        if contact.trigger.value[1] in MEET_NOUNS:
            verbs += [k for k in range(at + 1, ref.i) if self.text.words[k].lower() in OPENS]
        words = self.text.words
        return any(words[k].lower() in PRESENT and words[k - 1].lower() not in NO_PRESENT for k in verbs)

    def _going(self, contact: Contact, ref: DateRef, segment: Segment) -> bool:
        """ "dekabrın 16-da Ermənistana gedir": the present tense for a day soon to come."""
        last = max((x.j for x in segment.items if x.type in ("T", "G") and x.j >= contact.trigger.j), default=0)
        goes = last and fold(self.text.words[last - 1]).endswith(GOING)
        if not goes or ref.form != "day" or ref.year or self.published is None:
            return False
        day = ref.nearest(self.published, UNKNOWN)[0]
        return day is not None and 0 < (day - self.published).days <= SOON

    def _past(self, trigger: Item, sentence: Sentence) -> bool:
        """ "signed", "met", "had been received": no auxiliary before it makes it a plan or a wish."""
        words, i = self.text.words, trigger.i
        if trigger.value[1] in ("noun", "neutral_noun"):
            lead = [w.lower() for w in words[max(sentence.first, i - 4) : i]]
            had = {"held", "had", "hosted", "chaired", "opened"} & set(lead)
            return (
                self.lang == "en" and bool(had) and not set(lead) & (AUXILIARIES | {"planned", "was", "were", "been"})
            )
        if self.lang == "ru":
            return words[i].lower().endswith(DONE) and "бы" not in words[max(sentence.first, i - 2) : i + 3]
        if self.lang != "en":
            return False
        if not (words[i].endswith("ed") or words[i] in PAST):
            return False
        return not {w.lower() for w in words[max(sentence.first, i - 3) : i]} & AUXILIARIES

    def headline_future(self, contact: Contact, sentence: Sentence) -> bool:
        """ "Ministers to gather Monday"."""
        k = contact.trigger.i - 1
        return (
            sentence.is_title
            and self.lang == "en"
            and k > 0
            and self.text.words[k] == "to"
            and contact.trigger.value[1] != "noun"
        )
