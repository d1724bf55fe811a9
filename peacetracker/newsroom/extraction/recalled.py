"""Whom a contact takes from the one told before it: those who sign, those of "the negotiations", those called next."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from .contact import Contact
from .discourse import key
from .lexicon import fold
from .merging import Merger
from .model import Person
from .sentences import Sentence
from .told import Told

_AFTERWARDS = frozenset(("later", "on", "in", "at", "shortly", "immediately", "that", "soon", "within", "afterwards"))
_TALKS = frozenset(("talks", "negotiations", "consultations"))


class Recaller(Merger):
    """Looks back at the contacts told."""

    def _signed_there(self, contact: Contact, sentence: Sentence) -> bool:
        """ "At the end a protocol was signed": by those of the contact just told."""
        last = self.told[-1] if self.told else None
        held = contact.outlook.status == "held"
        if (
            not held
            or last is None
            or last.kind not in ("meeting", "commission-session", "visit")
            or last.status != "held"
        ):
            return False
        before = self.text.words[contact.trigger.i - 1].lower() if contact.trigger.i else ""
        if self.lexicon.lang != "en":
            before = "were"
        passive = before in ("was", "were", "been", "jointly") or contact.trigger.value[1] == "outcome"
        passive = passive or (
            contact.joint
            and any(x.j == contact.trigger.i and x.value == ("agreement", "document") for x in sentence.of("T"))
        )  # "a joint statement adopted after the meeting"
        same = self.lexicon.lang != "en" and last.sentences[-1] is sentence  # "..., որի ավարտին ստորագրվել է ..."
        return passive and 0 <= sentence.index - last.sentences[-1].index <= 2 and (same or not contact.dates)

    def _just_agreed(self, contact: Contact, people: list[Person]) -> bool:
        """ "The statement they adopted ...": of the contact told in the sentence before."""
        told = self.told
        if (
            self.lexicon.lang == "en"
            and len(told) > 1
            and told[-1].background
            and told[-1].sentences[0] is contact.sentence
        ):
            told = told[:-1]  # "what the previous session had agreed was signed"
        last = told[-1] if told else None
        if (
            last is None
            or last.kind not in ("meeting", "call", "commission-session")
            or last.status != "held"
            or last.background
        ):
            return False
        near = 0 <= contact.sentence.index - last.sentences[-1].index <= 2
        return near and contact.outlook.status == "held" and {key(p) for p in people} <= last.keys

    def _all_who_agreed(self, contact: Contact, people: list[Person]) -> list[Person]:
        """ "At the close the ministers issued a communique": all those of the meeting just told."""
        told = self.told[-1] if self.told else None
        plain = [r for e in contact.people for r in e.refs]
        vague = self.lexicon.lang == "en" and all(r.how == "anaphora" and r.number == 0 and r.type for r in plain)
        if told is None or not plain or not vague or not self._just_agreed(contact, people):
            return people
        return [replace(p, how="anaphora") for p in self._widest()] if told.kind == "meeting" else people

    def _widest(self) -> list[Person]:
        """Those of the widest of the contacts told last for the same day: a trilateral before its bilaterals."""
        last = self.told[-1]
        near = [t for t in self.told[-4:] if t.status == "held" and t.date == last.date and t.keys >= last.keys]
        if self.lexicon.lang == "en" and last.received:  # "X later received the ministers": not who negotiated
            near = [t for t in self.told[-4:] if t.date == last.date and len(t.keys & last.keys) > 2 and not t.received]
        talked = [t for t in near if not t.received and len(t.people) > 2] if self.lexicon.lang == "en" else []
        return max(talked or near, key=lambda t: len(t.people), default=last).people

    def _those_of_talks(self, contact: Contact) -> list[Person]:
        """ "Formal talks were held on Monday": of the two told just before, on another day."""
        last = self.told[-1] if self.told and self.lexicon.lang == "en" else None
        word = fold(self.text.words[contact.trigger.j - 1])
        if last is None or not contact.passive or contact.people or contact.body or word not in _TALKS:
            return []
        near = contact.sentence.index - last.sentences[-1].index in (0, 1) and contact.outlook.status == "held"
        two = last.kind in ("meeting", "visit") and len(last.people) == 2 and last.status == "held"
        dated = any(d.form in ("day", "weekday", "publication") for d in contact.dates)
        others = any(x.type == "C" and 0 <= x.i - contact.trigger.j <= 3 for x in contact.sentence.items)
        return [replace(p, how="anaphora") for p in last.people] if near and two and dated and not others else []

    def _by_that_word(self, contact: Contact) -> Told | None:
        """ "The negotiations had been set for 12 June": of those whom the text told with the same word."""
        word = fold(self.text.words[contact.trigger.j - 1])
        named = contact.definite and self.lexicon.lang == "en" and contact.kind == "meeting" and word in _TALKS
        alike = [t for t in self.told if t.kind == "meeting" and any(f"{word}”" in r.lower() for r in t.reasons[:1])]
        return alike[-1] if named and alike else None

    def _ensued(self, contact: Contact) -> bool:
        """ "A separate call with B followed", "It was preceded by a meeting of ...": right after or before the last."""
        last = self.told[-1] if self.told else None
        words = [fold(w) for w in self.text.words[contact.trigger.j : contact.sentence.last]]
        k = next((n for n, w in enumerate(words) if w in ("followed", "ensued")), -1)
        near = last is not None and contact.sentence.index - last.sentences[-1].index <= 1
        lead = [fold(w) for w in self.text.words[contact.sentence.first : contact.trigger.i]]
        if near and any(pair in (("preceded", "by"), ("followed", "by")) for pair in pairwise(lead)):
            return True
        return near and k >= 0 and (words[k + 1 : k + 2] or ["later"])[0] in _AFTERWARDS
