"""From contacts to draft events: what is out of scope dropped, the rest written as drafts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .confidence import likelihood, points
from .contact import MEET_NOUNS, Contact
from .dates import DateRef
from .discourse import key
from .lexicon import fold
from .model import DraftEvent, Person
from .references import Entity
from .retractions import RetractionReader
from .segments import Segment
from .sentences import PAST, Item, Sentence
from .statements import find_statement
from .told import SIDE_CAPITALS, SIDE_SET, Told

QUESTION = 6  # words of "What is your comment?"
TEASER = 30  # words: a feed's teaser has no room to say what a contact is tied to


NAMED = frozenset(("peace-treaty", "border-delimitation", "lachin-corridor"))  # topics of this process alone


OURS = frozenset(  # proposals of this process alone
    ("tripp", "five-principles-azerbaijan", "six-points-armenia", "minsk-group-dissolution",
     "baku-stepanakert-mechanism", "border-monitoring-mechanism", "crossroads-of-peace")
)  # fmt: skip
LOOSE = frozenset(("*", "csto", "peace-bridge", "regional-3plus3"))  # bodies that do other things as well
DISPUTED = frozenset(("nakhchivan", "lachin-berdzor", "shusha-shushi", "khojaly-ivanyan"))


class Assembler(RetractionReader):
    """Collects what the sentences tell and makes drafts of it."""

    def take(self, sentence: Sentence, contacts: list[Contact], segments: list[Segment], papers: list[DateRef]) -> None:
        denied = found = False
        self.before = self.discourse.day, self.discourse.precision  # type: ignore[assignment]
        attended = ("attended", "led") if self.lexicon.lang == "en" and self.nobody is not None else ("attended",)
        if any(x.value in attended for x in sentence.of("H")) and self._delegates(sentence, segments):
            contacts = []
        if self._rumoured() and self._denies(sentence):
            contacts, found = [], True
        disowned = any(x.value == "disowned" for x in sentence.of("Q"))
        if disowned and not any(map(_denied_by_name, contacts)) and self._denies(sentence):
            return
        for contact in contacts:
            if (
                self._only_hosted(contact, sentence)
                or self._by_phone_after_all(contact, sentence)
                or self._opens(contact, sentence, segments)
            ):
                found = True
                continue
            for told in self._tell(contact, sentence):
                found = found or bool(told.people) or told.kind == "commission-session"
                if not (denied and told.status == "scheduled"):
                    denied = self._add(told) or denied
        found = found or self._set_anew(sentence)
        if (
            not found
            and not self._did_the_same(sentence)
            and not self._denies(sentence)
            and not self._called_off(sentence)
        ):
            self._elaborate(sentence, segments)
        self._refer(sentence, papers)

    def _only_hosted(self, contact: Contact, sentence: Sentence) -> bool:
        """ "The meeting was facilitated by A and B": those who helped are added to the contact just told."""
        last = self.told[-1] if self.told and self.lexicon.lang == "en" else None
        hosts = [e for e in contact.people if e in contact.hosts]
        if last is None or not contact.definite or contact.dates or not hosts or len(hosts) != len(contact.people):
            return False
        near = 0 <= sentence.index - last.sentences[-1].index <= 2 and not sentence.is_title
        alike = contact.kind in (last.kind, "meeting", "session") and last.kind in ("meeting", "commission-session")
        if not near or not alike or contact.outlook.status != "held" or last.status not in ("held", "scheduled"):
            return False
        day = last.date or self.published or date.today()
        people = self.resolver.people(contact.hosts, day, self.text.quote(sentence))
        new = [p for p in people if key(p) not in last.keys]
        last.people = [*last.people, *new]
        last.hosts = last.hosts | {key(p) for p in people}
        last.sentences = [*last.sentences, sentence] if new else last.sentences
        return True

    def _opens(self, contact: Contact, sentence: Sentence, segments: list[Segment]) -> bool:
        """ "A, who opened the talks on Friday", "The talks began with remarks by A": one more of those just told."""
        trigger, words = contact.trigger, [w.lower() for w in self.text.words[sentence.first : sentence.last]]
        k = trigger.i - sentence.first
        lead, rest = set(words[max(0, k - 4) : k]), set(words[k : k + 8])
        opened = lead & {"opened", "opens", "opening"} or ("by" in rest and rest & {"opened", "remarks", "speech"})
        the = words[k - 1 : k] in (["the"], ["this"])
        if self.lexicon.lang != "en" or not opened or not the or trigger.value[1] not in MEET_NOUNS:
            return False
        named = [e for s in segments for e in s.people + s.speakers if e.is_person and not e.possessive]
        named = [e for e in named if e.refs[0].how == "named"]
        day = self.published or date.today()
        people = self.resolver.people(named, day, self.text.quote(sentence))
        talks = [t for t in self.told[-3:] if t.kind == "meeting" and t.status == "held" and len(t.people) > 1]
        if not talks or len(people) != 1 or sentence.index - talks[-1].sentences[-1].index > 3:
            return False
        last = talks[-1]
        if key(people[0]) not in last.keys:
            last.people, last.hosts = [*last.people, *people], last.hosts | {key(people[0])}
            last.sentences = [*last.sentences, sentence]
        for ref in contact.dates[:1]:
            begun = ref.resolve(self.published, self.before, future=False)[0]
            if begun and last.date and last.precision == "day" and 0 < (last.date - begun).days <= 3:
                last.date, last.date_sentence = begun, sentence
        return not contact.separate  # "opened the talks and also met each of the ministers"

    def _by_phone_after_all(self, contact: Contact, sentence: Sentence) -> bool:
        """ "A and B discussed peace. During the phone call, ...": what was told was a call."""
        last = self.told[-1] if self.told and self.lexicon.lang == "en" else None
        if last is None or contact.kind != "call" or contact.people or contact.dates or not contact.reference:
            return False
        before = self.text.words[contact.trigger.i - 1].lower()
        near = 0 < sentence.index - last.sentences[-1].index <= 2 and before in ("the", "this", "their")
        if not near or last.kind != "meeting" or not last.weak or last.place is not None or last.is_title:
            return False
        last.kind = "call"
        return True

    def _rumoured(self) -> bool:
        """Whether the event told last is only what "some sites" or the like say."""
        last = self.told[-1] if self.told else None
        return last is not None and any(x.value == "rumour" for x in last.sentences[-1].of("Q"))

    def _denies(self, sentence: Sentence) -> bool:
        """ "The claim is false": what the sentence before told did not happen."""
        last = self.told[-1] if self.told else None
        cues = {x.value for x in sentence.of("Q")}
        claim = self.claim
        taken_back = bool(cues & {"denied", "disowned"})
        if claim is not None and taken_back and 0 < sentence.index - claim.sentences[-1].index <= 2:
            claim.status, self.claim = "denied", None
            claim.sentences = [*claim.sentences, sentence]
            return self._add(claim) or True
        nouns = [x for x in sentence.of("T") if x.value[1] in MEET_NOUNS]
        deeds = [x for x in sentence.of("T") if x.value[1] in ("verb", "host", "split")]
        claimed = "claim" in cues or (bool(nouns) and not deeds)
        claimed = claimed or self._rumoured()
        denied = "disowned" in cues or (claimed and "denied" in cues)
        if last is None or not denied or sentence.is_title or not self._follows(sentence, last.sentences[-1]):
            return False
        if last.status == "cancelled":
            return False
        if last.status != "denied":
            last.reasons.append("denied by the next sentence")
        last.status = "denied"
        last.sentences = [*last.sentences, sentence]
        return True

    def _follows(self, sentence: Sentence, told: Sentence) -> bool:
        """Whether a sentence is the next one, or the next but a short question."""
        between = [s for s in self.text.sentences if told.index < s.index < sentence.index]
        return sentence.index > told.index and (
            not between or (len(between) == 1 and between[0].last - between[0].first <= QUESTION)
        )

    def _were_joined(self, joins: Item, sentence: Sentence) -> bool:
        """ "A and B were joined by C": those of the contact just told, and one more."""
        named = {slug for x in sentence.of("P") if x.j <= joins.i for slug in x.value}
        joined = self.text.words[joins.i].lower() == "joined" and self.lexicon.lang == "en"
        return joined and bool(named) and named <= self.told[-1].keys

    def _elaborate(self, sentence: Sentence, segments: list[Segment]) -> None:
        """ "It was attended by ...": people added to the event told in the sentence before."""
        if self._delegates(sentence, segments) or not self.told or sentence.is_title:
            return
        last = self.told[-1]
        reach = 2 if last.kind == "agreement" and not last.people else 1
        if not 1 <= sentence.index - last.sentences[-1].index <= reach or last.is_title:
            return
        for segment in segments[:1]:
            joins = [x for x in segment.items if x.type == "H" and x.value in ("by", "after", "joins")]
            joins += [x for s in segments[1:3] for x in s.items if x.type == "H" and x.value == "after"]
            if self.lexicon.lang == "en":  # "was in the capital to take part in a forum"
                joins = [x for x in joins if not self._elsewhere(x, sentence)]
            if last.kind == "agreement":  # "It was signed by ..."
                joins += [x for x in segment.items if x.type == "T" and x.value[1] == "strong_verb"]
            start = [x for x in segment.items if x.type in ("A", "T", "B", "P", "O")]
            named = start and joins and start[0].i < joins[0].i and start[0].type in ("P", "O")
            signed = (
                last.kind == "agreement" and bool(joins) and joins[0].type == "T"
            )  # "A and B put their names to it"
            over = (
                joins and self.lexicon.lang == "en" and any(x.type == "B" and x.i > joins[0].i for x in segment.items)
            )
            after = bool(joins) and any(x.i == joins[0].i and x.value == "after" for x in joins)
            if (
                not joins
                or (named and over)
                or (named and not (signed or after or self._were_joined(joins[0], sentence)))
            ):
                continue
            day = last.date or self.published or date.today()
            people = self.resolver.people(
                [e for s in segments for e in s.speakers + s.people if e.refs and not e.voice],
                day,
                self.text.quote(sentence),
            )
            new = [p for p in people if key(p) not in last.keys]
            if new:
                last.people = last.people + new
                last.sentences = [*last.sentences, sentence]
                last.reasons.append("people added by the next sentence")
                self.discourse.groups.append(last.people)

    def _elsewhere(self, joins: Item, sentence: Sentence) -> bool:
        """ "to take part in a forum": not in the contact just told, as "in that meeting" is."""
        other = any(o.i < joins.j and joins.i < o.j for o in sentence.of("OC"))
        return other and not any(0 <= t.i - joins.j <= 4 for t in sentence.of("T"))

    def _delegates(self, sentence: Sentence, segments: list[Segment]) -> bool:
        """ "X headed the Azerbaijani delegation, while Y represented ...": who took part in the talks just told."""
        told = self.nobody
        if told is None or sentence.is_title:
            return False
        marks = [x.value for s in segments for x in s.items if x.type == "H"]
        reach = 3 if self.lexicon.lang == "en" and "led" in marks else 1
        if not marks or sentence.index - told.sentences[-1].index > reach:
            return False
        since = bool(self.told) and self.told[-1].sentences[0].index > told.sentences[-1].index
        if since or ("led" not in marks and self.lexicon.lang == "en" and not self._both_named(told.sentences[0])):
            return False
        named = [e for s in segments for e in s.speakers + s.people if e.refs and not e.voice]
        people = self.resolver.people(named, told.date or self.published or date.today(), self.text.quote(sentence))
        people = told.people + [p for p in people if key(p) not in told.keys]
        if len(people) < 2:
            if people:  # "A led one side. Across the table sat B"
                told.people, told.sentences = people, [*told.sentences, sentence]
            return False
        told.people, self.nobody = people, None
        if told.date is None and told.sentences[0].index <= 1 and not told.background and self.published:
            told.date, told.precision = self.published, "day"  # the lead's news
        told.sentences = [*told.sentences, sentence]
        told.reasons.append("people named by the next sentence")
        self._keep(told)
        return True

    def finish(self, entities: dict[int, list[Entity]]) -> list[DraftEvent]:
        parties = {self._party(p) for t in self.told for p in t.people}
        tied = self._tied() or {"AM", "AZ"} <= parties
        self._retract()
        self._receivers()
        self.told = [t for t in self.told if not self._serves(t) and not self._received_on(t)]
        events = [self._draft(t) for t in self.told if self._in_scope(t, tied)]
        gone = any(t.status in ("denied", "cancelled") for t in self.told)
        if tied and ((not events and not gone) or (events and self._position_first())):
            statement = find_statement(self, entities)
            if statement is not None and (not events or self._titled(statement)):
                events.append(statement)
        return events

    def _position_first(self) -> bool:
        """Whether the first two sentences tell no contact: what the text tells later is its background."""
        first = next((s.index for s in self.text.sentences if not s.is_title), 0)
        early = any(s.index <= first + 1 and not s.is_title for t in self.told for s in t.sentences)
        return self.lexicon.lang == "en" and not early

    def _titled(self, statement: DraftEvent) -> bool:
        """ "Marukyan: the Minsk Group stays": a headline that gives its first word to the one who speaks."""
        title = next((s for s in self.text.sentences if s.is_title), None)
        head = self.text.quote(title).partition(":") if title else ("", "", "")
        name = statement.participants[0].name.split()[-1]
        return bool(head[1]) and fold(head[0].split()[-1] if head[0].split() else "") == fold(name)

    def _tied(self) -> bool:
        """Whether the text is about the two sides at all."""
        parties: set[str] = set()
        process = named = False
        for sentence in self.text.sentences:
            parties.update(item.value[0] for item in sentence.of("C"))
            for item in sentence.of("P"):
                parties.update(self.gazetteer.person_parties.get(s, "") for s in item.value)
            for item in sentence.of("L"):
                if item.value.slug in SIDE_CAPITALS:
                    parties.add(SIDE_CAPITALS[item.value.slug])
                elif item.value.slug in DISPUTED:
                    parties.add("NK")
                    process = True
            words = sentence.of("V")
            process = process or bool(words or sentence.of("B") or sentence.of("R"))
            named = named or any(x.value not in LOOSE for x in sentence.of("B"))
            named = named or any(x.value in OURS for x in sentence.of("R"))
            named = named or any(x.value == "alone" for x in words) or any(x.value in NAMED for x in sentence.of("I"))
        teaser = len(self.text.words) - PAST <= TEASER
        if {"AM", "AZ"} <= {p.party for p in self.discourse.mentioned}:
            return True
        if (named or teaser) and parties & SIDE_SET:
            return True
        return process and ("NK" in parties or {"AM", "AZ"} <= parties)

    def _in_scope(self, told: Told, tied: bool) -> bool:
        parties = {self._party(p) for p in told.people}
        if told.date is not None and told.date.year < 2020:
            return False
        if told.kind == "commission-session":
            return tied or bool(told.body)
        if told.kind == "visit":
            home = self._party(told.people[0]) if told.people else ""
            if told.place is not None and told.place.country == home:
                return False
            sides = parties | ({told.place.country} if told.place else set())
            return (tied or {"AM", "AZ"} <= sides) and bool(sides & SIDE_SET)
        if not told.people:
            return tied and bool(told.body or (told.joint and told.kind == "agreement"))
        if {"AM", "AZ"} <= parties or {"AZ", "NK"} <= parties:
            return True
        return tied and bool(parties & SIDE_SET)

    def _draft(self, told: Told) -> DraftEvent:
        people = self._with_heads(told)
        sides = {self._party(p) for p in people} & SIDE_SET
        both = len(sides) >= 2
        for person in people:
            third = self._party(person) not in SIDE_SET
            if key(person) in told.hosts:
                person.role = "mediator" if both and third else "host"
            elif both and third and told.kind != "visit":
                person.role = "mediator"
        quote = self._evidence(told)
        fields = {"kind": self.text.quote(told.sentences[0]), "participants": self.text.quote(told.sentences[-1])}
        if told.date_sentence:
            fields["date"] = self.text.quote(told.date_sentence)
        if told.place_sentence and told.place:
            fields["place"] = self.text.quote(told.place_sentence)
        fields["status"] = self.text.quote(told.sentences[0])
        topics = self._topics(told)
        if topics:
            fields["topics"] = self.text.quote(told.sentences[0])
        place = told.place
        return DraftEvent(
            kind=told.kind, status=told.status, date=told.date, date_precision=told.precision,  # type: ignore[arg-type]
            participants=people, place=place.slug if place else None,
            place_name=(place.name or None) if place else None,
            country=place.country if place else None, topics=topics, bodies=[told.body] if told.body else [],
            evidence=quote, field_evidence=fields, reasons=told.reasons, confidence=likelihood(points(told)),
        )  # fmt: skip

    def _with_heads(self, told: Told) -> list[Person]:
        people = [replace(p) for p in told.people]
        if told.kind != "commission-session" or not told.body:
            return people
        heads = self.gazetteer.body_heads.get(told.body, [])
        named = {s for x in self.text.sentences for i in x.of("P") for s in i.value}
        if len([h for h in heads if h in named]) >= 2 or (people and heads):
            day = told.date or self.published or date.today()
            have = {p.slug for p in people}
            people += [self.resolver._person(h, day, "named") for h in heads if h in named and h not in have]
            people = [p for p in people if p.slug in heads] or [p for p in people if p.how != "anaphora"]
        return people

    def _evidence(self, told: Told) -> str:
        sentences = told.sentences
        if len(sentences) > 1 and sentences[1].index == sentences[0].index + 1:
            return self.text.raw[sentences[0].start : sentences[1].end]
        return self.text.quote(sentences[0])

    def _topics(self, told: Told) -> list[str]:
        index = told.sentences[0].index
        found: dict[str, None] = {}
        for sentence in self.text.sentences:
            if (index <= sentence.index <= index + 2 and not sentence.is_title) or sentence is told.sentences[0]:
                for item in sentence.of("I"):
                    found[str(item.value)] = None
        return list(found)[:5]


def _denied_by_name(contact: Contact) -> bool:
    """ "denies that he met A": a contact of its own, not the one told before."""
    return contact.outlook.status == "denied" and any(r.how == "named" for e in contact.people for r in e.refs)
