"""From contacts to draft events: dates, people and places resolved, repeats merged, what is out of scope dropped."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from .anaphora import SIDES, Discourse, Resolver, key
from .contacts import Contact
from .dates import UNKNOWN, DateRef, Resolved
from .gazetteer import Gazetteer, Place
from .lexicon import Lexicon
from .mentions import Entity, Ref
from .model import DraftEvent, Person, Precision
from .segments import Segment
from .sentences import Sentence, Text
from .statements import find_statement

SIDE_SET = frozenset(SIDES)
TEASER = 30  # words: a feed's teaser has no room to say what a contact is tied to
SIDE_CAPITALS = {"baku": "AZ", "yerevan": "AM", "stepanakert-khankendi": "NK"}
NAMED = frozenset(("peace-treaty", "border-delimitation", "lachin-corridor"))  # topics of this process alone
DISPUTED = frozenset(("nakhchivan", "lachin-berdzor", "shusha-shushi", "khojaly-ivanyan"))


@dataclass(slots=True)
class Told:
    """One event as told once, resolved."""

    kind: str
    status: str
    date: date | None
    precision: Precision
    people: list[Person]
    hosts: set[str]
    place: Place | None
    sentences: list[Sentence]
    dated: bool
    reference: bool
    distinct: bool
    joint: bool
    body: str | None
    is_title: bool
    background: bool
    ending: bool = False
    definite: bool = False
    planned: bool = False
    travel: bool = False
    reception: bool = False
    reasons: list[str] = field(default_factory=list)
    date_sentence: Sentence | None = None
    place_sentence: Sentence | None = None
    mentions: int = 1
    subject: list[Person] = field(default_factory=list)
    guests: list[Person] = field(default_factory=list)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(key(p) for p in self.people)


class Assembler:
    """Collects what the sentences tell and makes drafts of it."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        lexicon: Lexicon,
        text: Text,
        resolver: Resolver,
        discourse: Discourse,
        published: date | None,
    ) -> None:
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.text = text
        self.resolver = resolver
        self.discourse = discourse
        self.published = published
        self.told: list[Told] = []

    @property
    def last_sentence(self) -> int | None:
        """Index of the sentence that told the last event."""
        return self.told[-1].sentences[-1].index if self.told else None

    # one sentence

    def take(self, sentence: Sentence, contacts: list[Contact], segments: list[Segment]) -> None:
        denied = found = False
        for contact in contacts:
            for told in self._tell(contact, sentence):
                found = True
                if not (denied and told.status == "scheduled"):
                    denied = self._add(told) or denied
        if not found:
            self._elaborate(sentence, segments)

    def _elaborate(self, sentence: Sentence, segments: list[Segment]) -> None:
        """ "It was attended by ...": people added to the event told in the sentence before."""
        if not self.told or sentence.is_title:
            return
        last = self.told[-1]
        if last.sentences[-1].index != sentence.index - 1 or last.is_title:
            return
        for segment in segments[:1]:
            joins = [x for x in segment.items if x.type == "H" and x.value in ("by", "after")]
            joins += [x for s in segments[1:3] for x in s.items if x.type == "H" and x.value == "after"]
            start = [x for x in segment.items if x.type in ("A", "T", "B", "P", "O")]
            named = start and joins and start[0].i < joins[0].i and start[0].type in ("P", "O")
            if not joins or (named and joins[0].value != "after"):
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

    def _tell(self, contact: Contact, sentence: Sentence) -> list[Told]:
        outlook = contact.outlook
        if outlook.status is None:
            return []
        future = outlook.status in ("scheduled", "cancelled") or outlook.future
        kind = self._kind(contact)
        when = [self._date(contact, d, future=future) for d in contact.dates] or [self._undated(contact)]
        if contact.ending and contact.days > 1:
            when = [(d - timedelta(days=contact.days - 1), p) if d and p == "day" else (d, p) for d, p in when]
        self._follow_up(contact)
        first_day = when[0][0] or self.published or date.today()
        evidence = self.text.quote(sentence)
        people = self.resolver.people(contact.people, first_day, evidence)
        if self._host_told_after(contact, sentence, people):
            return []
        people = self._with_base(contact, kind, people, first_day)
        people = self._with_subject(contact, kind, people)
        hosts = {key(p) for p in self.resolver.people(contact.hosts, first_day, evidence)}
        if kind == "visit":
            receivers = self.resolver.people(contact.hosts, first_day, evidence)
            people = self._travellers(contact, people, first_day)
            people += [p for p in receivers if key(p) not in {key(q) for q in people}] if people else []
            hosts = {key(p) for p in receivers}
        if kind == "agreement" and not people and self._signed_there(contact, sentence):
            people = [replace(p, how="anaphora") for p in self.told[-1].people] or people
            contact.passive = True
        elif (
            kind == "agreement"
            and not contact.dates
            and not any(r.type or r.how != "anaphora" for e in contact.people for r in e.refs)
        ):
            return []
        if self._idle_talk(contact, people):
            return []
        before = [e for e in contact.people if e.j <= contact.trigger.i]
        subject = self.resolver.people(before, first_day, evidence) if len(before) < len(contact.people) else []
        out: list[Told] = []
        if not people and not self.told and contact.places and outlook.status == "held" and not contact.background:
            self.discourse.place = contact.places[0]
        for resolved in when:
            for place in _venues(contact, kind):
                for group in self._groups(contact, kind, people):
                    told = self._one(contact, sentence, kind, resolved, group, hosts, place)
                    if told is not None:
                        told.subject = subject
                        out.append(told)
        if len(out) > 1 and contact.separate:
            out[-1].guests = _guests(out)
        if kind == "visit" and not contact.places:
            return []
        return out

    def _travellers(self, contact: Contact, people: list[Person], day: date) -> list[Person]:
        """Who makes the visit: the first named, or the several whom one phrase names."""
        several = self.resolver.people(contact.people[:1], day, "")
        return several if len(several) > 1 else people[:1]

    def _signed_there(self, contact: Contact, sentence: Sentence) -> bool:
        """ "At the end a protocol was signed": by those of the contact just told."""
        last = self.told[-1] if self.told else None
        if last is None or last.kind not in ("meeting", "commission-session", "visit") or last.status != "held":
            return False
        before = self.text.words[contact.trigger.i - 1].lower() if contact.trigger.i else ""
        if self.lexicon.lang != "en":
            before = "were"
        passive = before in ("was", "were", "been", "jointly") or contact.trigger.value[1] == "outcome"
        return passive and 0 <= sentence.index - last.sentences[-1].index <= 2 and not contact.dates

    def _follow_up(self, contact: Contact) -> None:
        """ "A follow-up ...", "the next meeting ...": the people of the event told before."""
        again = contact.outlook.status == "held" and contact.background and contact.dates
        if contact.kind not in ("meeting", "call") or (contact.outlook.status == "held" and not again):
            return
        others = [e for e in contact.people if e not in contact.hosts]
        if (
            not others
            and contact.trigger.value[1] == "noun"
            and self.told
            and not contact.body
            and (contact.dates or contact.places)
        ):
            before = next((t for t in self.told[::-1] if t.kind == contact.kind), self.told[-1])
            refs = [Ref("named", slugs=(p.slug,) if p.slug else (), name=p.name) for p in before.people]
            contact.people = [Entity(0, 0, refs), *contact.hosts]

    def _kind(self, contact: Contact) -> str:
        if contact.body == "*":
            contact.body = self.discourse.body
        if contact.kind == "session":
            if contact.body and self.gazetteer.bodies.get(contact.body, ("", "", False))[2]:
                return "commission-session"
            if (self.discourse.body and len(contact.people) < 2) or (
                self.discourse.body and all(r.how == "anaphora" for e in contact.people for r in e.refs)
            ):
                contact.body = self.discourse.body
                return "commission-session"
            return "meeting"
        last = self.told[-1] if self.told else None
        elided = self.text.words[contact.trigger.i].lower() in ("the", "another") and contact.kind == "meeting"
        if last is not None and last.kind == "commission-session" and not contact.people and elided:
            contact.body = contact.body or last.body
        if contact.kind == "meeting" and contact.body and self.gazetteer.bodies[contact.body][2]:
            return "commission-session"
        if (
            contact.kind == "meeting"
            and contact.trigger.value[1].startswith("neutral")
            and self.told
            and self.told[-1].kind == "call"
            and not contact.places
        ):
            return "call"
        return "call" if contact.remote and not self.told and not contact.places else contact.kind

    def _date(self, contact: Contact, ref: DateRef, *, future: bool) -> Resolved:
        context: Resolved = (self.discourse.day, self.discourse.precision)  # type: ignore[assignment]
        if contact.outlook.planned and contact.outlook.status in ("cancelled", "denied", "planned"):
            return self._nearest(ref, context)
        if contact.outlook.status in ("cancelled", "denied"):
            return self._nearest(ref, context)
        return ref.resolve(self.published, context, future=future)

    def _nearest(self, ref: DateRef, context: Resolved) -> Resolved:
        """The reading nearest to the publication, before or after."""
        past = ref.resolve(self.published, context, future=False)
        ahead = ref.resolve(self.published, context, future=True)
        if past[0] and ahead[0] and self.published and past != ahead:
            return min((past, ahead), key=lambda r: abs((r[0] - self.published).days) if r[0] and self.published else 0)
        return past

    def _undated(self, contact: Contact) -> Resolved:
        if contact.outlook.status in ("scheduled", "planned", "cancelled", "denied"):
            return UNKNOWN
        if contact.lead and not self.told and contact.outlook.status == "held" and not contact.background:
            return (self.published, "day") if self.published else UNKNOWN
        if contact.reference or contact.background:
            return UNKNOWN
        context: Resolved = (self.discourse.day, self.discourse.precision)  # type: ignore[assignment]
        if self.discourse.main[0] is not None:
            context = self.discourse.main
        if not self.told and contact.spoken_date is not None:
            return contact.spoken_date.resolve(self.published, context, future=False)
        if not self.told:
            return (self.published, "day") if self.published else UNKNOWN
        return context if context[0] else UNKNOWN

    def _groups(self, contact: Contact, kind: str, people: list[Person]) -> list[list[Person]]:
        """One list of people for each contact: several if they were separate."""
        if not (contact.separate or self._called_each(contact, kind)) or len(people) < 3:
            return [people]
        if kind not in ("call", "meeting"):
            return [people]
        left = [e for e in contact.people if e.i < contact.trigger.i and e not in contact.hosts[1:]]
        hosts = {key(p) for p in self.resolver.people(contact.hosts, contact_day(contact, self.published), "")}
        hubs = [p for p in people if key(p) in hosts]
        if len(hubs) != 1:
            subjects = self.resolver.people(left, contact_day(contact, self.published), "")
            names = {key(p) for p in subjects}
            rest = [p for p in people if key(p) not in names]
            hubs = [p for p in people if key(p) in names]
            if len(hubs) != 1 and len(rest) == 1:
                hubs = rest
        if len(hubs) != 1:
            return [people]
        return [[hubs[0], p] for p in people if key(p) != key(hubs[0])]

    def _called_each(self, contact: Contact, kind: str) -> bool:
        """ "phoned A, B and C": one call each, unless it was held jointly."""
        if kind != "call" or contact.joint or contact.trigger.value[1] != "verb":
            return False
        left = [e for e in contact.people if e.i < contact.trigger.i]
        return len(left) == 1 and len(left[0].refs) == 1

    def _one(
        self,
        contact: Contact,
        sentence: Sentence,
        kind: str,
        when: Resolved,
        people: list[Person],
        hosts: set[str],
        place: Place | None,
    ) -> Told | None:
        status = contact.outlook.status or "held"
        day, precision = when
        if status == "planned":
            if day is None or not self.published or day <= self.published:
                return None
            status = "scheduled"
        if status == "held" and day and self.published and day > self.published and precision == "day":
            status = "scheduled"
        if status == "scheduled" and day and self.published and precision == "day" and day < self.published:
            return None
        if status == "scheduled" and day is None and place is None and not self._awaited(people):
            return None
        if kind == "visit" and status in ("cancelled", "denied") and not self._claimed(contact, status, people, place):
            return None
        kind = self._same_talk(contact, kind, people)
        if contact.again is not None:
            day, precision = contact.again
        inherited = (
            status == "held" and kind in ("meeting", "agreement") and not contact.background and not contact.reference
        )
        near = not contact.dates or contact.dates[0].form == "context"
        if place is None and inherited and near and day is not None and self.told and not sentence.is_title:
            place = self.discourse.place
        return Told(
            kind, status, day, precision, people, hosts, None if kind == "call" else place, [sentence],
            dated=bool(contact.dates) and day is not None,
            reference=contact.reference or (contact.passive and len(people) < 2),
            distinct=contact.separate or contact.distinct, joint=contact.joint,
            body=contact.body, is_title=sentence.is_title,
            background=contact.background, ending=contact.ending, definite=contact.definite,
            planned=contact.outlook.planned, travel=contact.trigger.value[1] == "travel",
            reception=contact.reception,
            reasons=[f"{kind}: “{self.text.span(contact.trigger.i, contact.trigger.j)}”", *contact.outlook.reasons],
            date_sentence=sentence if contact.dates else None, place_sentence=sentence if place else None,
        )  # fmt: skip

    def _awaited(self, people: list[Person]) -> bool:
        """Whether a contact told before, yet to come, has these people: what is told now belongs to it."""
        keys = {key(p) for p in people}
        return any(t.status == "scheduled" and len(keys & t.keys) > 1 for t in self.told)

    def _claimed(self, contact: Contact, status: str, people: list[Person], place: Place | None) -> bool:
        """Whether a trip not made had been set, or, if denied, was one by a side's leader to the other side."""
        if status == "denied":
            types = {t for p in people[:1] if p.slug for t, _ in self._types(p)}
            where = place.country if place else None
            return bool(types & {"president", "prime-minister"}) and where in SIDE_SET - {self._party(people[0])}
        set_before = contact.outlook.planned or contact.trigger.value[1] == "noun"
        return set_before or any(t.kind == "visit" and t.keys == {key(p) for p in people} for t in self.told)

    def _types(self, person: Person) -> list[tuple[str, str]]:
        day = self.published or date.today()
        return self.gazetteer.types_of(person.slug, day) if person.slug else []

    def _idle_talk(self, contact: Contact, people: list[Person]) -> bool:
        """ "the sides spoke frankly": nothing but pronouns and a word of talking makes no new contact."""
        weak = contact.trigger.value[1].startswith("neutral") and not contact.dates
        owned = contact.reference and not contact.dates and not contact.places
        theirs = any(r.value == "their" for e in contact.people for r in e.refs)
        if owned and theirs and self.told:
            return True
        weak = weak or (owned and all(r.how == "anaphora" and not r.type for e in contact.people for r in e.refs))
        parted = contact.separate and len(people) > 2
        if contact.trigger.value[1].startswith("neutral") and not contact.dates and not contact.places and not parted:
            told = frozenset(k for t in self.told if t.status == "held" and not t.background for k in t.keys)
            if len(people) > 2 and told >= {key(p) for p in people} and not contact.joint:
                return True
        return weak and not parted and bool(self.told) and all(p.how == "anaphora" for p in people)

    def _pro_drop(self, people: list[Person]) -> Person | None:
        """The official of a side whom the text goes on telling of, if the event before has just one."""
        taken = {key(p) for p in people}
        last = self.told[-1].people if self.told else []
        sides = [p for p in last if self._party(p) in SIDE_SET and key(p) not in taken]
        return sides[0] if len(sides) == 1 else self.discourse.subject

    def _with_subject(self, contact: Contact, kind: str, people: list[Person]) -> list[Person]:
        """Languages that leave the subject out: the person spoken of stands for it."""
        subject = self._pro_drop(people)
        if (
            self.lexicon.lang == "en"
            or kind not in ("call", "meeting")
            or subject is None
            or contact.hosts
            or contact.reference
            or (contact.bare and not contact.dates and not contact.places)
        ):
            return people
        alone = len(people) == 1 or (
            contact.separate
            and len(people) > 1
            and not any(e.i < contact.trigger.i and e.possessive for e in contact.people)
        )
        known = any(key(p) == key(subject) for p in people)
        if alone and not known and people and (len(people) == 1 or all(self._party(p) not in SIDE_SET for p in people)):
            return [replace(subject, how="anaphora"), *people]
        return people

    def _with_base(self, contact: Contact, kind: str, people: list[Person], day: date) -> list[Person]:
        """ "the next round with his counterpart": the one whose counterpart it is takes part too."""
        refs = [r for e in contact.people if e not in contact.hosts for r in e.refs]
        if kind not in ("call", "meeting") or len(refs) != 1 or refs[0].how != "counterpart":
            return people
        subject = self.discourse.subject
        if subject is None or any(key(subject) == key(p) for p in people) or len(people) > 1 + len(contact.hosts):
            return people
        return [replace(subject, how="anaphora"), *people]

    def _host_told_after(self, contact: Contact, sentence: Sentence, people: list[Person]) -> bool:
        """ "Blinken hosted the talks": a host for the event of the sentence before."""
        if (
            len(people) != 1
            or contact.kind not in ("meeting", "call", "session")
            or not self.told
            or contact.dates
            or sentence.is_title
        ):
            return False
        last = self.told[-1]
        verb = contact.trigger.value[1] == "host" or any(e.i < contact.trigger.i for e in contact.hosts)
        again = bool(contact.hosts) and (contact.definite or (self.lexicon.lang != "en" and not contact.places))
        if not (verb or again) or last.kind != "meeting" or sentence.index - last.sentences[-1].index != 1:
            return False
        if people[0].how in ("named", "by office") and key(people[0]) not in last.keys:
            last.people = [*last.people, *people]
            last.hosts = last.hosts | {key(people[0])}
            last.reasons.append("host told by the next sentence")
        return True

    def _same_talk(self, contact: Contact, kind: str, people: list[Person]) -> str:
        """ "the two also discussed ...": tells more of a contact told before, whatever its kind."""
        keys = frozenset(key(p) for p in people)
        sits = (
            self._heads_sit(contact, keys)
            if kind == "meeting" and not contact.trigger.value[1].startswith("neutral")
            else None
        )
        if sits:
            return sits
        if not contact.trigger.value[1].startswith("neutral") or contact.places or contact.separate or len(keys) < 2:
            return kind
        for told in self.told[::-1]:
            if (
                told.kind in ("call", "meeting")
                and keys <= told.keys
                and told.status == "held"
                and not contact.background
            ):
                contact.reference = True
                contact.again = (told.date, told.precision) if not contact.dates else None
                return told.kind
        return kind

    def _heads_sit(self, contact: Contact, keys: frozenset[str]) -> str | None:
        """A session of just those who head a body is a session of that body."""
        for slug, heads in self.gazetteer.body_heads.items():
            if not heads or keys != frozenset(heads) or not self.gazetteer.bodies[slug][2]:
                continue
            if contact.kind == "session" or self.discourse.body == slug:
                contact.body = slug
                return "commission-session"
        return None

    # merging

    def _add(self, told: Told) -> bool:
        """Merge with what was told before or keep; true if it turns out to be denied."""
        for other in self.told:
            if self._same(told, other):
                self._merge(other, told)
                return other.status == "denied"
        self._keep(told)
        return told.status == "denied"

    def _keep(self, told: Told) -> None:
        enough = (
            len(told.people) >= 2
            or (told.kind in ("visit", "agreement") and told.people)
            or told.kind == "commission-session"
            or told.body
            or (told.kind == "agreement" and told.joint and told.dated and self._both_named(told.sentences[0]))
        )
        if not enough or (told.status == "scheduled" and told.date is None and told.place is None):
            return
        if told.is_title and (not self._title_stands(told) or self.text.quote(told.sentences[0]).endswith("?")):
            return
        self.told.append(told)
        if not told.is_title:
            self.discourse.gathered = told.people
            self.discourse.groups.append(told.people)
            for group in (told.subject, told.guests):
                if len(group) > 1:
                    self.discourse.groups.append(group)
            self._context(told)

    def _both_named(self, sentence: Sentence) -> bool:
        """Whether a sentence names both sides' countries."""
        return {"AM", "AZ"} <= {x.value[0] for x in sentence.of("C")}

    def _context(self, told: Told) -> None:
        if told.date is not None:
            self.discourse.day, self.discourse.precision = told.date, told.precision
            if not (told.background or told.reference) and told.status == "held":
                self.discourse.main = (told.date, told.precision)
        if told.place is not None:
            self.discourse.place = told.place
        if told.body:
            self.discourse.body = told.body

    def _title_stands(self, told: Told) -> bool:
        covered = {k for t in self.told if t.kind == told.kind for k in t.keys}
        if self.told:
            return False
        return (not (told.keys <= covered) and told.status != "held") or not covered

    def _same(self, new: Told, old: Told) -> bool:
        if new.kind != old.kind:
            return False
        if (
            {new.status, old.status} >= {"held"}
            and {new.status, old.status} & {"cancelled", "denied"}
            and not new.is_title
        ):
            return False
        if (
            new.definite
            and old is self.told[-1]
            and not new.dated
            and new.keys <= old.keys | frozenset(self.gazetteer.body_heads.get(new.body or "", ()))
        ):
            return True
        unlike = new.dated and old.dated and new.precision != old.precision and not new.is_title
        if unlike and {new.status, old.status} == {"held", "scheduled"}:
            return False
        if new.kind == "visit" and new.place and old.place and new.place != old.place:
            return False
        apart = new.place and old.place and new.place != old.place and not _nearer(new.place, old.place)
        if new.date is None and old.date is None and apart:
            return False
        if new.kind == "commission-session" and new.body and old.body and new.body != old.body:
            return False
        a, b = new.keys, old.keys
        if a and b and a != b:
            if (new.distinct or old.distinct) and new.dated and old.dated:
                return False
            if not (a <= b or b <= a):
                return False
            if old.distinct or new.distinct or (new.joint and b < a and not old.reference and new.status == "held"):
                return False
            if len(a & b) < 2 and not (new.reference or old.reference) and new.kind != "visit":
                return False
        if not a and not new.reference and new.kind not in ("commission-session",):
            return False
        return self._dates_agree(new, old)

    def _dates_agree(self, new: Told, old: Told) -> bool:
        if new.is_title and not new.dated:
            return True
        if new.date is None:
            if new.status == "scheduled" and old.status == "held":
                return False
            if new.background and not new.reference:
                return old.date is None
            return new.reference or old.date is None or new.status == old.status
        if old.date is None:
            return old.reference or not new.dated or (new.keys == old.keys and not old.background)
        if "month" in (new.precision, old.precision):
            return (new.date.year, new.date.month) == (old.date.year, old.date.month)
        if new.date == old.date:
            return True
        if (new.ending and new.keys == old.keys and 0 <= (new.date - old.date).days <= 3) or (
            old.ending and 0 <= (old.date - new.date).days <= 3
        ):
            return True
        near = abs((new.date - old.date).days) <= 1
        return near and not (new.dated and old.dated and not self._begun(new)) and not new.distinct

    def _begun(self, new: Told) -> bool:
        return False

    def _merge(self, old: Told, new: Told) -> None:
        old.mentions += 1
        if new.is_title:
            if old.place is None and new.place is not None:
                old.place, old.place_sentence = new.place, new.sentences[0]
            return
        if (new.keys > old.keys and not new.distinct and new.status == old.status) or (
            new.keys > old.keys and old.status in ("denied", "cancelled")
        ):
            old.people, old.hosts = new.people, old.hosts | new.hosts
        if new.date and old.date and old.ending and new.date < old.date and new.dated:
            old.date, old.date_sentence, old.sentences, old.ending = new.date, new.date_sentence, new.sentences, False
        elif new.date is not None and (
            old.date is None or (not old.dated and new.dated) or (old.precision == "month" and new.precision == "day")
        ):
            old.date, old.precision, old.dated, old.date_sentence = (
                new.date,
                new.precision,
                new.dated,
                new.date_sentence,
            )
        if new.place is not None and (old.place is None or _nearer(new.place, old.place)):
            old.place, old.place_sentence = new.place, new.place_sentence
        order = {"held": 0, "scheduled": 1, "cancelled": 3, "denied": 2}
        if (
            order[new.status] > order[old.status]
            and new.status in ("cancelled", "denied")
            and (old.status == "scheduled" or not old.dated)
        ):
            old.status = new.status
        old.reasons.append("told again")
        self._context(old)

    # drafts

    def finish(self, entities: dict[int, list[Entity]]) -> list[DraftEvent]:
        parties = {self._party(p) for t in self.told for p in t.people}
        tied = self._tied() or {"AM", "AZ"} <= parties
        self._receivers()
        self.told = [t for t in self.told if not self._serves(t) and not self._received_on(t)]
        events = [self._draft(t) for t in self.told if self._in_scope(t, tied)]
        if tied and not events and not any(t.status in ("denied", "cancelled") for t in self.told):
            statement = find_statement(self, entities)
            if statement is not None:
                events.append(statement)
        return events

    def _received_on(self, meeting: Told) -> bool:
        """ "visited Baku, where he was received by ...": the reception belongs to the visit, its host to it."""
        if meeting.kind != "meeting" or not meeting.reception or len(meeting.people) != 2:
            return False
        for visit in self.told:
            if visit.kind != "visit" or visit.sentences[0] is not meeting.sentences[0] or visit.travel:
                continue
            if visit.keys & meeting.keys:
                new = [replace(p) for p in meeting.people if key(p) not in visit.keys]
                visit.people = [*visit.people, *new]
                visit.hosts = visit.hosts | {key(p) for p in new}
                return True
        return False

    def _serves(self, visit: Told) -> bool:
        """ "flew to Moscow, where he met ...": travel for a meeting told in the same sentence is no visit."""
        if visit.kind != "visit" or not visit.travel:
            return False
        return any(
            t.kind in ("meeting", "commission-session") and t.sentences[0] is visit.sentences[0] and visit.keys & t.keys
            for t in self.told
        )

    def _receivers(self) -> None:
        """A visit's host is the local official whom the visitor meets in the next sentences, its city theirs."""
        for visit in self.told:
            if visit.kind != "visit" or visit.place is None or visit.status != "held" or len(visit.people) != 1:
                continue
            self._city_of(visit)
            for other in self.told:
                near = 0 <= other.sentences[0].index - visit.sentences[0].index <= 2 and not other.is_title
                if other.kind != "meeting" or not near or len(other.people) != 2 or not visit.keys <= other.keys:
                    continue
                host = next(p for p in other.people if key(p) not in visit.keys)
                if visit.precision == "day" and other.date != visit.date and not visit.ending:
                    if other.place is None and self._party(host) == visit.place.country and visit.place.name:
                        other.place, other.place_sentence = visit.place, visit.place_sentence
                    continue
                same = visit.place.country and self._party(host) == visit.place.country
                if same and (not visit.place.name or visit.place == other.place or other.place is None):
                    visit.people = [*visit.people, replace(host)]
                    visit.hosts = visit.hosts | {key(host)}
                    visit.place = visit.place if visit.place.name or other.place is None else other.place
                    break
            self._stop_of_tour(visit)

    def _stop_of_tour(self, visit: Told) -> None:
        """One of several destinations told together: its day is that of the meeting there."""
        stops = [v for v in self.told if v.kind == "visit" and v.keys & visit.keys and v.sentences == visit.sentences]
        if len(stops) < 2 or not visit.ending:
            return
        for other in self.told:
            there = other.place is not None and visit.place is not None and other.place.country == visit.place.country
            if other.kind == "meeting" and there and visit.keys & other.keys and other.precision == "day":
                visit.date, visit.precision, visit.date_sentence = other.date, other.precision, other.date_sentence
                return

    def _city_of(self, visit: Told) -> None:
        """A trip to a country takes the city that the next sentences tell of the traveller's doings there."""
        for other in self.told:
            near = 0 <= other.sentences[0].index - visit.sentences[0].index <= 2 and other.kind != "visit"
            place = other.place
            if not near or place is None or not place.name or not visit.keys <= other.keys:
                continue
            if visit.place and not visit.place.name and place.country == visit.place.country:
                visit.place, visit.place_sentence = place, other.place_sentence

    def _tied(self) -> bool:
        """Whether the text is about the two sides at all."""
        parties = set()
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
            named = named or any(x.value == "alone" for x in words) or any(x.value in NAMED for x in sentence.of("I"))
        teaser = len(self.text.words) <= TEASER
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

    def _party(self, person: Person) -> str:
        return person.party or (self.gazetteer.person_parties.get(person.slug, "") if person.slug else "")

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
            evidence=quote, field_evidence=fields, reasons=told.reasons, confidence=self._confidence(told),
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

    def _confidence(self, told: Told) -> float:
        score = 0.72
        if told.dated and told.precision == "day":
            score += 0.1
        if told.mentions > 1:
            score += 0.05
        if all(p.how == "named" for p in told.people) and len(told.people) >= 2:
            score += 0.06
        if any(p.how == "anaphora" for p in told.people):
            score -= 0.1
        if told.reference or told.background:
            score -= 0.05
        if told.date is None:
            score -= 0.12
        if len(told.people) > 4:
            score -= 0.08
        if not told.people:
            score -= 0.1
        if told.is_title:
            score -= 0.1
        return round(max(0.3, min(0.97, score)), 2)


def _nearer(new: Place, old: Place) -> bool:
    """Whether a place tells the city of a country told before."""
    return bool(new.name) and not old.name and new.country == old.country


def _guests(told: list[Told]) -> list[Person]:
    """Those whom one host met one after the other."""
    hosts = frozenset.intersection(*(t.keys for t in told))
    return [p for t in told for p in t.people if key(p) not in hosts]


def _venues(contact: Contact, kind: str) -> list[Place | None]:
    """A visit is one event for each destination, a session for each venue named; else the first place."""
    several = kind in ("visit", "commission-session")
    return [*contact.places] if several and contact.places else [*contact.places[:1]] or [None]


def contact_day(contact: Contact, published: date | None) -> date:
    """A day good enough to resolve offices on."""
    for ref in contact.dates:
        day = ref.resolve(published, UNKNOWN, future=contact.outlook.future)[0]
        if day:
            return day
    return published or date.today()
