"""The way from a text to drafts: sentences, mentions, clauses, contacts, events."""

from __future__ import annotations

from datetime import date, datetime

from .anaphora import Resolver
from .assembly import Assembler
from .contacts import ContactReader
from .dates import UNKNOWN, DateReader, DateRef, apply_year_offset
from .discourse import Discourse
from .documents import find_documents
from .gazetteer import Gazetteer
from .headings import part_headings
from .lexicon import Lexicon
from .mentions import MentionReader
from .model import Extraction, Person
from .places import PlaceFinder
from .references import Entity, Known, Ref
from .segments import cut
from .sentences import Sentence, language_of, split
from .speech import TELLING as SAID_TO
from .tagging import tag, trim_dateline
from .tense import TenseReader, planned

FAR = 7  # days: a day told of something else so far from what the text tells is no day to count from
HEADING = 7  # words of a digest's heading that is only a date
TELLING = frozenset(("P", "O", "A", "T", "B", "ND"))
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
        here = trim_dateline(self.text, text, len(head), lexicon)
        self.entities: dict[int, list[Entity]] = {}
        self.known = Known()
        self.discourse = Discourse()
        self.resolver = Resolver(gazetteer, lexicon, self.known, self.discourse)
        self.mentions = MentionReader(gazetteer, lexicon, self.text, self.known)
        places = PlaceFinder(gazetteer, self.text, self.discourse, here)
        self.contacts = ContactReader(self.text, lexicon, places.find)
        self.tenses = TenseReader(self.text, lexicon, self.contacts, published)
        self.assembler = Assembler(gazetteer, lexicon, self.text, self.resolver, self.discourse, published)

    def run(self) -> Extraction:
        tag(self.text, self.lexicon)
        part_headings(self.text, self.lexicon)
        self._full_names()
        body_sentences = [s for s in self.text.sentences if not s.is_title]
        title_sentences = [s for s in self.text.sentences if s.is_title]
        for sentence in title_sentences:
            self._note_body(sentence)
        self.discourse.minsk = any(x.value == "osce-minsk-group" for s in self.text.sentences for x in s.of("B"))
        if any(x.value == "first" for s in body_sentences for x in s.of("A")):
            self.discourse.author = self._author(title_sentences)
        for sentence in body_sentences:
            self._read(sentence)
        for sentence in title_sentences:
            self._read(sentence)
        events = self.assembler.finish(self.entities)
        proposals, bodies = find_documents(self.gazetteer, self.text, self.published)
        return Extraction(events, proposals, bodies, self.lexicon.lang)

    def _author(self, titles: list[Sentence]) -> Person | None:
        """ "Remarks by President Charles Michel": the first person named in the title of a text told by an "I"."""
        for title in titles:
            for entity in self.mentions.read(title):
                if len(entity.refs) == 1 and entity.refs[0].how == "named" and not entity.voice:
                    return self.resolver.people([entity], self.published or date.today(), "")[0]
        return None

    def _full_names(self) -> None:
        for sentence in self.text.sentences:
            for item in sentence.of("P"):
                if item.j - item.i > 1 and len(item.value) == 1:
                    self.known.full.setdefault(self.lexicon.stem(self.text.words[item.j - 1]), item.value[0])

    def _read(self, sentence: Sentence) -> None:
        if not sentence.kinds.keys() & TELLING and not self._state_withdraws(sentence):
            if not self._heading(sentence):
                self._note_day(sentence, None, quiet=True)
            return
        entities = self.mentions.read(sentence)
        self.entities[sentence.index] = entities
        if self._may_tell(sentence):
            segments = cut(
                self.text, sentence, entities,
                english=self.lexicon.lang == "en", verb_final=self.lexicon.lang in ("az", "hy"), then=self.then,
            )  # fmt: skip
            dates = DateReader(self.text, sentence, self.lexicon.lang).read()
            for ref in dates:
                apply_year_offset(ref, self.published)
            found = self.contacts.read(sentence, segments, entities, dates)
            for contact in found:
                n = next(k for k, s in enumerate(segments) if s.i <= contact.trigger.i < s.j)
                dated = any(d.gives_day or d.form in ("month", "month-offset", "context-month") for d in contact.dates)
                outlook = self.tenses.outlook(contact, sentence, segments, n, dated=dated)
                to_be = outlook.status == "planned" and self.lexicon.lang == "en"
                if outlook.status in ("cancelled", "denied") or to_be or not contact.settled:
                    contact.outlook = outlook
                if outlook.status == "held" and self.tenses.headline_future(contact, sentence):
                    contact.outlook = planned("“to” of a headline")
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

    def _note_day(self, sentence: Sentence, dates: list[DateRef] | None, *, quiet: bool) -> None:
        """A day told of something else: "that day", "a day later" count from it."""
        if not quiet or sentence.is_title or not sentence.kinds.keys() & {"M", "W"}:
            return
        if dates is None:
            dates = DateReader(self.text, sentence, self.lexicon.lang).read()
            for ref in dates:
                apply_year_offset(ref, self.published)
        days = [ref for ref in dates if ref.form in ("day", "weekday")]
        months = [ref for ref in dates if ref.form == "month"]
        if (
            self.lexicon.lang == "en" and not days and len(months) == 1
        ):  # "goes back to December. On the 14th of that month"
            self.discourse.month = months[0].resolve(self.published, UNKNOWN, future=False)[0], sentence.index
        elif not days and len(months) == 1:  # "has not met since June. Then ..."
            month = months[0].resolve(self.published, UNKNOWN, future=False)
            if month[0] is not None:
                self.discourse.day, self.discourse.precision = month
        if len(days) == 1:
            day = days[0].resolve(self.published, UNKNOWN, future=False)
            told = self.discourse.main[0]
            vague = self.lexicon.lang != "en" and days[0].form == "weekday" and not days[0].direction
            if vague and told is not None and day[0] is not None and day[0] < told:
                return  # "promised for Friday": the next one as well
            if day[0] is not None and (told is None or abs((day[0] - told).days) <= FAR):
                self.discourse.day, self.discourse.precision = day
                self.discourse.noted = (day[0], sentence.index)

    def _heading(self, sentence: Sentence) -> bool:
        """ "Tuesday, 9 May.", "26 September, Brussels.": the day, and the place, of what follows in a digest."""
        if sentence.last - sentence.first > HEADING or not sentence.kinds.keys() & {"M", "W", "D"}:
            return False
        dates = DateReader(self.text, sentence, self.lexicon.lang).read()
        where = [x for x in sentence.of("L") if x.j >= sentence.last or x.i == sentence.first]
        begin = where[0].j if where and where[0].i == sentence.first else sentence.first
        end = where[0].i if where and begin == sentence.first else sentence.last
        found = len(dates) == 1 and dates[0].i - begin <= 2 and dates[0].j >= end
        if found:
            self.discourse.venue = where[0].value if where else None
            self.discourse.headed, self.discourse.head_end = sentence.index, sentence.end
            day = dates[0].nearest(self.published, UNKNOWN)
            self.discourse.heading = self.discourse.main = day
            self.discourse.day, self.discourse.precision = day
        return found

    def _may_tell(self, sentence: Sentence) -> bool:
        """Whether a sentence can tell a contact or more of the one before it."""
        if any(x.value[1] not in ("document", "adverb") or x.value == ("call", "adverb") for x in sentence.of("T")):
            return True
        if sentence.of("SA") or (self.lexicon.lang == "en" and self._told_somewhere(sentence)):
            return True
        if self.lexicon.lang == "en" and sentence.of(
            "T"
        ):  # "A and B talked it over by telephone", "In a joint statement"
            wired = any(x.value[1] == "adverb" for x in sentence.of("T")) and bool(sentence.of("P"))
            if wired or any(x.value == "joint" for x in sentence.of("Z")):
                return True
        if sentence.of("M") and any(x.value == ("agreement", "document") for x in sentence.of("T")):
            return True
        last = self.assembler.last_sentence
        follows = last == sentence.index - 1
        more = bool(sentence.of("H")) or any(x.value in ("denied", "disowned") for x in sentence.of("Q"))
        off = any(x.value == "cancelled" for x in sentence.of("Q"))
        if sentence.of("ND"):
            return True
        if (
            self.lexicon.lang == "en"
            and self.assembler.nobody is not None
            and any(x.value == "led" for x in sentence.of("H"))
        ):
            return True
        return (follows and (more or off)) or (off and self.assembler.pending is not None)

    def _state_withdraws(self, sentence: Sentence) -> bool:
        """ "Baku pulled out": a state as the one who calls off what was told."""
        off = any(x.value == "cancelled" for x in sentence.of("Q"))
        return self.lexicon.lang == "en" and off and bool(sentence.of("C") or sentence.of("L"))

    def _told_somewhere(self, sentence: Sentence) -> bool:
        """ "A told B in Tehran on Monday that ..."."""
        dated = sentence.kinds.keys() & {"W", "M", "D"}
        return bool(dated and sentence.of("L")) and any(self.text.words[y.i] in SAID_TO for y in sentence.of("Y"))

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
        nobody = self.discourse.subject is None and self.lexicon.lang == "en"
        if nobody and subject is not None and subject.refs[0].how == "anaphora":  # "Asked if he ..., A said"
            named = [e for e in entities if len(e.refs) == 1 and e.refs[0].how == "named"]
            subject = next((e for e in named if self._leads(e)), None)
        subject = self._one_who_says(sentence, entities, subject) if self.lexicon.lang == "en" else subject
        if subject is not None and len(subject.refs) == 1 and subject.refs[0].how != "anaphora":
            single = self.resolver.people([subject], day, "")
            if single and not self.assembler._speaks(single[0]):
                self.discourse.subject = single[0]

    def _one_who_says(self, sentence: Sentence, entities: list[Entity], subject: Entity | None) -> Entity | None:
        """ "... ," A said; "was chaired by A": whom "he" means next, if nobody by name is the subject."""
        named = [e for e in entities if len(e.refs) == 1 and e.refs[0].how == "named" and e.is_person]
        if subject is None:
            if any(x.value == "scheduled" for x in sentence.of("Q")):
                return None
            hosts = [x.j for x in sentence.of("H") if x.value == "by"]
            return next((e for e in named if any(0 <= e.i - j <= 1 for j in hosts)), None)
        quoted = self.text.raw[sentence.start : sentence.start + 1] in ('"', "“")
        if not quoted or subject.refs[0].how != "anaphora":
            return subject
        said = sentence.of("Y")
        return next((e for e in named if any(0 <= x.i - e.j <= 1 or 0 <= e.i - x.j <= 1 for x in said)), subject)

    def _note_body(self, sentence: Sentence) -> None:
        for item in sentence.of("B"):
            if self.gazetteer.bodies.get(item.value, ("", "", False))[2]:
                self.discourse.body = item.value

    def _named_here(self, entities: list[Entity]) -> list[Person]:
        """People whom the sentence names or means by office."""
        named = [e for e in entities if e.refs and not e.bare and all(r.how != "anaphora" for r in e.refs)]
        if self.lexicon.lang == "en":  # "A's spokesman denied that the prime minister had met B"
            named += [Entity(e.i, e.j, [Ref("named", slugs=e.serves)]) for e in entities if e.serves]
        people = self.resolver.people(named, self.published or date.today(), "")
        return [p for p in people if not self.assembler._speaks(p)]

    def _leads(self, entity: Entity) -> bool:
        """Whether a person may be the subject: no preposition stands before."""
        k = entity.i - 1
        if self.lexicon.lang == "en" and self.text.gap(entity.j).startswith(":"):
            return False  # "Mediators: ...", the heading of an item
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
