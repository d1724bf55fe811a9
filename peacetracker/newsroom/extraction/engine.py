"""The way from a text to drafts: sentences, mentions, clauses, contacts, events."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from operator import attrgetter

from .anaphora import Discourse, Resolver
from .assembly import Assembler
from .contact import Contact
from .contacts import ContactReader
from .dates import UNKNOWN, DateReader, DateRef, apply_year_offset
from .documents import find_documents
from .gazetteer import Gazetteer, Place
from .lexicon import Lexicon
from .mentions import MentionReader
from .model import Extraction, Person
from .places import PlaceFinder
from .references import Entity, Known
from .segments import Segment, cut
from .sentences import Item, Sentence, Text, language_of, split
from .status import Outlook, judge

_AGENCIES = (
    r"[^\n]{0,60}?/[^\n/]{2,40}/[.:]?\s+",  # MOSCOW, May 1. /TASS/.
    r"[^\n]{2,60}?\([A-Z][\w./ ]{1,20}\)\s*[-–—]{1,2}\s*",  # BRUSSELS (Reuters) -
    r"[^\n.]{2,40}\.[^\n]{2,20}\.\s[A-Z.]{4,20}(?:/|\s—)\s*",  # Баку. 14 марта. REPORT.AZ/
    r"[^\n]{2,30}[-–—]\s*Sputnik\.\s",
    r"[A-ZА-Я][^\n.a-zа-я]{2,30}\s*[—–]\s*",  # WASHINGTON, DC —
    r"[^\n]{2,40},\s[^\n]{2,20},\s[^\n։.]{3,20}[։.]\s",  # ԵՐԵՎԱՆ, 28 ՓԵՏՐՎԱՐԻ, ԱՐՄԵՆՊՐԵՍ։
)
_DATELINE = re.compile(rf"\A\s*(?:[^\n.]{{2,40}}\.\s+)?(?:{'|'.join(_AGENCIES)})")


PAST = frozenset(("met", "spoke", "sat", "held", "saw", "flew", "came", "went", "took", "put", "rang", "wrote", "paid"))
AUXILIARIES = frozenset(
    ("to", "be", "being", "will", "would", "shall", "should", "could", "may", "might", "must", "can")
)
FAR = 7  # days: a day told of something else so far from what the text tells is no day to count from
HEADING = 5  # words of a digest's heading that is only a date
TELLING = frozenset(("P", "O", "A", "T", "B"))
OBLIQUE = frozenset(("with", "of", "to", "by", "between", "for", "from", "against", "about", "at", "between"))


def extract(
    gazetteer: Gazetteer,
    *,
    text: str,
    title: str = "",
    published: date | datetime | None,
    lang: str | None = None,
) -> Extraction:
    """Drafts of the diplomatic events that `text` tells."""
    language = language_of(f"{title}\n{text}", lang)
    day = published.date() if isinstance(published, datetime) else published
    return _Reading(gazetteer, gazetteer.lexicons[language], text, title, day).run()


class _Reading:
    """One text being read."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon, text: str, title: str, published: date | None) -> None:
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.published = published
        head = f"{title}\n" if title else ""
        self.then = frozenset(lexicon.data["elided"]["then"])
        self.text = split(head + text, title_end=len(title))
        here = _trim_dateline(self.text, text, len(head), lexicon)
        self.entities: dict[int, list[Entity]] = {}
        self.known = Known()
        self.discourse = Discourse()
        self.resolver = Resolver(gazetteer, lexicon, self.known, self.discourse)
        self.mentions = MentionReader(gazetteer, lexicon, self.text, self.known)
        places = PlaceFinder(gazetteer, self.text, self.discourse, here)
        self.contacts = ContactReader(self.text, lexicon, places.find)
        self.assembler = Assembler(gazetteer, lexicon, self.text, self.resolver, self.discourse, published)

    def run(self) -> Extraction:
        _tag(self.text, self.lexicon)
        self._full_names()
        body_sentences = [s for s in self.text.sentences if not s.is_title]
        title_sentences = [s for s in self.text.sentences if s.is_title]
        for sentence in title_sentences:
            self._note_body(sentence)
        self.discourse.minsk = any(x.value == "osce-minsk-group" for s in self.text.sentences for x in s.of("B"))
        for sentence in body_sentences:
            self._read(sentence)
        for sentence in title_sentences:
            self._read(sentence)
        events = self.assembler.finish(self.entities)
        proposals, bodies = find_documents(self.gazetteer, self.text, self.published)
        return Extraction(events, proposals, bodies, self.lexicon.lang)

    def _full_names(self) -> None:
        for sentence in self.text.sentences:
            for item in sentence.of("P"):
                if item.j - item.i > 1 and len(item.value) == 1:
                    self.known.full.setdefault(self.lexicon.stem(self.text.words[item.j - 1]), item.value[0])

    def _read(self, sentence: Sentence) -> None:
        if not sentence.kinds.keys() & TELLING:
            self._heading(sentence)
            self._note_day(sentence, None, quiet=True)
            return
        entities = self.mentions.read(sentence)
        self.entities[sentence.index] = entities
        if self._may_tell(sentence):
            segments = cut(self.text, sentence, entities, english=self.lexicon.lang == "en", then=self.then)
            dates = DateReader(self.text, sentence, self.lexicon.lang).read()
            for ref in dates:
                apply_year_offset(ref, self.published)
            found = self.contacts.read(sentence, segments, entities, dates)
            for contact in found:
                n = next(k for k, s in enumerate(segments) if s.i <= contact.trigger.i < s.j)
                dated = any(d.gives_day or d.form in ("month", "month-offset") for d in contact.dates)
                outlook = judge(
                    contact.trigger,
                    segments,
                    n,
                    window=(contact.low, contact.high),
                    dated=dated,
                    verb_final=self.lexicon.lang in ("az", "hy"),
                    past=self._past(contact.trigger, sentence),
                )
                if outlook.status == "held" and self._when_planned(contact, segments, n):
                    outlook = Outlook("scheduled", future=True, planned=True, reasons=["when something else is to be"])
                if outlook.status in ("cancelled", "denied") or not contact.settled:
                    contact.outlook = outlook
                if sentence.is_title and outlook.status == "held" and self._headline_future(contact):
                    contact.outlook = Outlook("scheduled", future=True, planned=True, reasons=["“to” of a headline"])
            last = self.assembler.last_sentence
            self.discourse.far = last is not None and sentence.index - last > 1
            self.discourse.here = self._named_here(entities)
            told = len(self.assembler.told)
            papers = [ref for ref in dates if ref.form == "day" and self.contacts.of_document(ref)]
            self.assembler.take(sentence, found, segments, papers)
            self._note_day(sentence, dates, quiet=len(self.assembler.told) == told)
        else:
            self._note_day(sentence, None, quiet=True)
        self._remember(sentence, entities)

    def _when_planned(self, contact: Contact, segments: list[Segment], n: int) -> bool:
        """ "will meet again on Friday, when Putin hosts ...": the present tense after what is planned."""
        word = self.text.words[contact.trigger.i].lower()
        if self.lexicon.lang != "en" or not n or segments[n].opener != "time" or not word.endswith("s"):
            return False
        return contact.trigger.value[1] != "noun" and any(c.value == "scheduled" for c in segments[n - 1].cues)

    def _past(self, trigger: Item, sentence: Sentence) -> bool:
        """ "signed", "met", "had been received": no auxiliary before it makes it a plan or a wish."""
        words, i = self.text.words, trigger.i
        if self.lexicon.lang != "en" or trigger.value[1] in ("noun", "neutral_noun"):
            return False
        if not (words[i].endswith("ed") or words[i] in PAST):
            return False
        return not {w.lower() for w in words[max(sentence.first, i - 3) : i]} & AUXILIARIES

    def _note_day(self, sentence: Sentence, dates: list[DateRef] | None, *, quiet: bool) -> None:
        """A day told of something else: "that day", "a day later" count from it."""
        if not quiet or sentence.is_title or not sentence.kinds.keys() & {"M", "W"}:
            return
        if dates is None:
            dates = DateReader(self.text, sentence, self.lexicon.lang).read()
            for ref in dates:
                apply_year_offset(ref, self.published)
        days = [ref for ref in dates if ref.form in ("day", "weekday")]
        if len(days) == 1:
            day = days[0].resolve(self.published, UNKNOWN, future=False)
            told = self.discourse.main[0]
            if day[0] is not None and (told is None or abs((day[0] - told).days) <= FAR):
                self.discourse.day, self.discourse.precision = day
                self.discourse.noted = (day[0], sentence.index)

    def _heading(self, sentence: Sentence) -> None:
        """ "Tuesday, 9 May.", "26 September, Brussels.": the day, and the place, of what follows in a digest."""
        if sentence.last - sentence.first > HEADING or not sentence.kinds.keys() & {"M", "W"}:
            return
        dates = DateReader(self.text, sentence, self.lexicon.lang).read()
        where = [x for x in sentence.of("L") if x.j >= sentence.last]
        end = where[0].i if where else sentence.last
        if len(dates) == 1 and dates[0].i - sentence.first <= 1 and dates[0].j >= end:
            self.discourse.venue = where[0].value if where else None
            self.discourse.headed = sentence.index
            day = dates[0].resolve(self.published, UNKNOWN, future=False)
            self.discourse.heading = self.discourse.main = day
            self.discourse.day, self.discourse.precision = day

    def _headline_future(self, contact: Contact) -> bool:
        """ "Ministers to gather Monday"."""
        k = contact.trigger.i - 1
        return self.lexicon.lang == "en" and k > 0 and self.text.words[k] == "to" and contact.trigger.value[1] != "noun"

    def _may_tell(self, sentence: Sentence) -> bool:
        """Whether a sentence can tell a contact or more of the one before it."""
        if any(x.value[1] not in ("document", "adverb") for x in sentence.of("T")):
            return True
        if sentence.of("M") and any(x.value == ("agreement", "document") for x in sentence.of("T")):
            return True
        last = self.assembler.last_sentence
        follows = last == sentence.index - 1
        more = bool(sentence.of("H")) or any(x.value == "denied" for x in sentence.of("Q"))
        off = any(x.value == "cancelled" for x in sentence.of("Q"))
        return (follows and (more or off)) or (off and self.assembler.pending is not None)

    def _remember(self, sentence: Sentence, entities: list[Entity]) -> None:
        if sentence.is_title:
            return
        self._note_body(sentence)
        if not any(e.refs for e in entities):
            return
        day = self.published or date.today()
        self.discourse.mention(self._named_here(entities))
        listed = _listed(entities)
        if len(listed) > 1:
            group = self.resolver.people(listed, day, "")
            if len(group) > 1:
                self.discourse.groups.append(group)
        subject = next((e for e in entities if e.refs and not e.possessive and not e.voice and self._leads(e)), None)
        if subject is not None and len(subject.refs) == 1 and subject.refs[0].how != "anaphora":
            single = self.resolver.people([subject], day, "")
            if single:
                self.discourse.subject = single[0]

    def _note_body(self, sentence: Sentence) -> None:
        for item in sentence.of("B"):
            if self.gazetteer.bodies.get(item.value, ("", "", False))[2]:
                self.discourse.body = item.value

    def _named_here(self, entities: list[Entity]) -> list[Person]:
        """People whom the sentence names or means by office."""
        named = [e for e in entities if e.refs and not e.bare and all(r.how != "anaphora" for r in e.refs)]
        return self.resolver.people(named, self.published or date.today(), "")

    def _leads(self, entity: Entity) -> bool:
        """Whether a person may be the subject: no preposition stands before."""
        k = entity.i - 1
        if self.lexicon.lang != "en" or k < 0:
            return True
        words = self.text.words
        while k >= 0 and words[k].lower() in ("the", "both", "his", "her") and not self.text.gap(k + 1).strip():
            k -= 1
        return k < 0 or bool(self.text.gap(k + 1).strip()) or words[k].lower() not in OBLIQUE


def _listed(entities: list[Entity]) -> list[Entity]:
    """People named one after the other: they may be meant by "they"."""
    run: list[Entity] = []
    best: list[Entity] = []
    for entity in entities:
        if not entity.refs or entity.voice or any(r.how == "anaphora" for r in entity.refs):
            continue
        run = [*run, entity] if run and entity.i - run[-1].j <= 3 else [entity]
        best = run if len(run) > len(best) else best
    return best


def _tag(text: Text, lexicon: Lexicon) -> None:
    """Put the lexicon's phrases into their sentences."""
    if not text.sentences:
        return
    words = text.words
    english = lexicon.lang == "en"
    sentences = iter(text.sentences)
    current = next(sentences)
    for j, i, meanings in lexicon.find(words):
        while j > current.last:
            following = next(sentences, None)
            if following is None:
                break
            current = following
        if i < current.first or j > current.last:
            continue
        kinds = current.kinds
        for type_, value in meanings:
            if english and type_ in _AMBIGUOUS and _other_word(type_, words, i, j, current.first):
                continue
            row = kinds.get(type_)
            if row is None:
                kinds[type_] = [Item(type_, value, i, j)]
            elif row[-1].j <= i or not _covered(row, i, j):
                row.append(Item(type_, value, i, j))
    for sentence in text.sentences:
        sentence.items = [item for row in sentence.kinds.values() for item in row]
        sentence.items.sort(key=_LAST, reverse=True)
        sentence.items.sort(key=_FIRST)


_AMBIGUOUS = frozenset(("Q", "Y"))
_FIRST, _LAST = attrgetter("i"), attrgetter("j")


def _other_word(type_: str, words: list[str], i: int, j: int, first: int) -> bool:
    """ "May", the month, not what may happen; "the United States", not what somebody states."""
    if type_ == "Q":
        return j - i == 1 and words[i] == "May"
    return type_ == "Y" and i > first and words[i][0].isupper()


def _covered(row: list[Item], i: int, j: int) -> bool:
    """Whether a longer phrase of the same type holds these words; drops shorter ones that they hold."""
    k = len(row) - 1
    while k >= 0 and row[k].j > i:
        other = row[k]
        longer = (other.j - other.i) - (j - i)
        if other.i <= i and other.j >= j and longer > 0:
            return True
        if (other.i >= i and other.j <= j and longer < 0) or (other.i < i < other.j < j and longer < 0):
            del row[k]
        elif other.i < i < other.j < j:
            return True
        k -= 1
    return False


def _trim_dateline(text: Text, raw: str, offset: int, lexicon: Lexicon) -> Place | None:
    """Let the first sentences begin after the agency's dateline; returns the place that it names."""
    match = _DATELINE.match(raw)
    if not match:
        return None
    end = offset + match.end()
    kept: list[Sentence] = []
    for sentence in text.sentences:
        if sentence.is_title or sentence.start >= end:
            kept.append(sentence)
        elif sentence.end > end:
            first = sentence.first
            while first < sentence.last and text.starts[first] < end:
                first += 1
            if first < sentence.last:
                kept.append(replace(sentence, start=end, first=first))
    text.sentences[:] = kept
    words = [w for w, start in zip(text.words, text.starts, strict=True) if offset <= start < end]
    named = (value for _, _, meanings in lexicon.find(words) for type_, value in meanings if type_ == "L")
    return next(named, None)
