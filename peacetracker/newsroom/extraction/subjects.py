"""People whom a contact leaves unsaid: the one spoken of, the host told later, the round before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .armenian import WITH
from .contact import WAYS, Contact
from .discourse import key
from .lexicon import fold
from .model import Person
from .recalled import Recaller
from .references import ASIDE, Entity, Ref
from .sentences import Sentence
from .told import SIDE_SET, Told

TRIP = 10  # words between "arrived in" and "for a two-day visit"


class SubjectFinder(Recaller):
    """Completes the people of a contact from what the text has told."""

    def _travellers(self, contact: Contact, people: list[Person], day: date) -> list[Person]:
        """Who makes the visit: the first named, or the several whom one phrase names."""
        first = contact.people[:1]
        for entity in contact.people[1:] if self.lexicon.lang == "en" else ():
            joined = entity.i - first[-1].j == 1 and fold(self.text.words[entity.i - 1]) == "and"
            if not joined or entity.possessive or entity.j > contact.trigger.i:
                break
            first.append(entity)  # "A and B will travel to X"
        several = self.resolver.people(first, day, "")
        return several if len(several) > 1 else people[:1]

    def _both_awaited(self, contact: Contact, people: list[Person]) -> bool:
        """ "Both ministers are expected in Berlin on Monday": they are to meet there."""
        where = contact.places[0].country if contact.places else None
        both = {self._party(p) for p in people} == {"AM", "AZ"} and where not in SIDE_SET
        word = fold(self.text.words[contact.trigger.j - 2]) if contact.trigger.j > 1 else ""
        return self.lexicon.lang == "en" and both and word in ("expected", "due", "awaited") and where is not None

    def _with_state(self, contact: Contact) -> bool:
        """ "spoke of the talks with Armenia": between states, which names nobody."""
        trigger, ru = contact.trigger, self.lexicon.lang == "ru"
        if self.lexicon.lang == "en":
            return False
        states = contact.sentence.of("C")
        return any(x.i - trigger.j == 1 if ru else 0 <= trigger.i - x.j <= 1 for x in states)

    def _called_visit(self, contact: Contact) -> bool:
        """ "arrived on a working visit": the text calls the trip one."""
        nouns = [x for x in contact.sentence.of("T") if x.value == ("visit", "noun")]
        if self.lexicon.lang == "en":
            words = contact.sentence.of("T")
            nouns = [x for x in words if x.value[0] == "visit" and x.value[1] in ("noun", "verb")]
            near = [x for x in nouns if 0 < x.i - contact.trigger.j <= TRIP]
            return any({"for", "on"} & {fold(w) for w in self.text.words[x.i - 4 : x.i]} for x in near)
        return any(abs(x.i - contact.trigger.j) <= 2 or abs(contact.trigger.i - x.j) <= 2 for x in nouns)

    def _speaks(self, person: Person) -> bool:
        """A spokesperson, who tells of contacts and takes no part in them."""
        return any(type_ in ASIDE for type_, _ in self._types(person))

    def _follow_up(self, contact: Contact) -> None:
        """ "A follow-up ...", "the next meeting ...": the people of the event told before."""
        again = contact.outlook.status == "held" and contact.background and contact.dates
        if contact.kind not in ("meeting", "call") or (contact.outlook.status == "held" and not again):
            return
        others = [e for e in contact.people if e not in contact.hosts]
        if contact.outlook.status == "cancelled" and self._another(contact):
            return
        if (
            not others
            and contact.trigger.value[1] in (("noun", "neutral_noun") if self.lexicon.lang == "en" else ("noun",))
            and self.told
            and not contact.body
            and (contact.dates or contact.places)
        ):
            before = next((t for t in self.told[::-1] if t.kind == contact.kind), self.told[-1])
            before = self._by_that_word(contact) or before
            people = self._without_host(contact, before.people, told=before)
            refs = [Ref("named", slugs=(p.slug,) if p.slug else (), name=p.name) for p in people]
            contact.people = [Entity(0, 0, refs), *contact.hosts]

    def _another(self, contact: Contact) -> bool:
        """ "it boycotted a summit": another one than that told before; not "a follow-up"."""
        words, k = self.text.words, contact.trigger.i
        lead = fold(words[k - 1]) if k > contact.sentence.first else ""
        return (
            self.lexicon.lang == "en"
            and lead == "a"
            and fold(words[k]) not in self.lexicon.forms("elided", "other_one")
        )

    def _idle_talk(self, contact: Contact, people: list[Person]) -> bool:
        """ "the sides spoke frankly": nothing but pronouns and a word of talking makes no new contact."""
        weak = contact.trigger.value[1].startswith("neutral") and not contact.dates
        owned = contact.reference and not contact.dates and not contact.places
        theirs = any(r.value == "their" for e in contact.people for r in e.refs)
        if owned and theirs and self.told:
            return True
        weak = weak or (owned and all(r.how == "anaphora" and not r.type for e in contact.people for r in e.refs))
        parted = (contact.separate and len(people) > 2) or (contact.distinct and self.lexicon.lang == "ru")
        if contact.trigger.value[1].startswith("neutral") and not contact.dates and not contact.places and not parted:
            told = frozenset(k for t in self.told if t.status == "held" and not t.background for k in t.keys)
            if len(people) > 2 and told >= {key(p) for p in people} and not contact.joint:
                return True
        if self._goes_on_alone(contact, people):
            return False
        trip = bool(self.told) and self.told[-1].kind == "visit" and contact.outlook.status == "scheduled"
        if trip and len(people) > 1:
            return False  # "will travel to X. The two leaders will discuss ..."
        return weak and not parted and bool(self.told) and all(p.how == "anaphora" for p in people)

    def _goes_on_alone(self, contact: Contact, people: list[Person]) -> bool:
        """ "After the chancellor left, the two continued the talk face to face": a meeting without the third."""
        last = self.told[-1] if self.told and self.lexicon.lang == "en" else None
        both = {self._party(p) for p in people} == {"AM", "AZ"}
        if last is None or not contact.distinct or len(people) != 2 or not both or last.kind != "meeting":
            return False
        goes_on = any(fold(self.text.words[x.i]).startswith("continu") for x in contact.sentence.of("G"))
        return goes_on and len(last.people) > 2 and last.keys > {key(p) for p in people}

    def _pro_drop(self, people: list[Person]) -> Person | None:
        """The official of a side whom the text goes on telling of, if the event before has just one."""
        taken = {key(p) for p in people}
        last = self.told[-1].people if self.told else []
        sides = [p for p in last if self._party(p) in SIDE_SET and key(p) not in taken]
        own = {self._party(p) for p in people}
        if len(people) == 1 and len(sides) == 1 and self._party(sides[0]) in own:  # nobody meets his own side's man
            others = [p for p in last if key(p) not in taken and self._party(p) not in own]
            return others[0] if len(others) == 1 else None
        return sides[0] if len(sides) == 1 else self.discourse.subject

    def _with_subject(self, contact: Contact, kind: str, people: list[Person]) -> list[Person]:
        """Languages that leave the subject out: the person spoken of stands for it."""
        if self.lexicon.lang == "en":
            return self._owner_of_talks(contact, kind, people)
        subject = self._pro_drop(people)
        if (
            kind not in ("call", "meeting")
            or subject is None
            or contact.hosts
            or contact.reference
            or (contact.bare and not contact.dates and not contact.places)
        ):
            return people
        if self.lexicon.lang == "hy" and contact.trigger.value[1] == "neutral_verb" and not self._with_someone(contact):
            return people  # "ավելի ուշ խոսել է նախագահը": who spoke, with nobody
        alone = len(people) == 1 or (
            contact.separate
            and len(people) > 1
            and not any(e.i < contact.trigger.i and e.possessive for e in contact.people)
        )
        if self.lexicon.lang == "ru" and contact.trigger.value[1] == "verb":
            alone = alone and not any(e.i < contact.trigger.i for e in contact.people)
        known = any(key(p) == key(subject) for p in people)
        if alone and not known and people and (len(people) == 1 or all(self._party(p) not in SIDE_SET for p in people)):
            return [replace(subject, how="anaphora"), *people]
        return people

    def _with_someone(self, contact: Contact) -> bool:
        words, last = self.text.words, contact.sentence.last
        return any(words[e.j] in WITH for e in contact.people if 0 < e.j < last)

    def _owner_of_talks(self, contact: Contact, kind: str, people: list[Person]) -> list[Person]:
        """ "The talks with X will take place on Monday": those of the one spoken of."""
        subject = self.discourse.subject
        trip = self.told[-1] if self.told and self.told[-1].kind == "visit" else None
        if (
            trip is not None
            and trip.status == contact.outlook.status == "scheduled"
            and contact.lacks
            and len(people) == 1
        ):
            return [replace(trip.people[0], how="anaphora"), *people]  # "Talks with X are planned"
        told = contact.dates or contact.places or contact.definite or self._ensued(contact)
        theirs = any(r.value == "their" for e in contact.people for r in e.refs) and len(contact.people) == 2
        if theirs and len(people) == 1 and kind == "meeting":  # "At a briefing with B after their talks, A said"
            others = [p for p in self.discourse.here if p.how == "named" and key(p) != key(people[0])]
            others = others or ([subject] if subject else [])
            return [*people, replace(others[0], how="anaphora")] if len(others) == 1 else people
        if not contact.lacks or len(people) != 1 or subject is None or not told or kind not in ("call", "meeting"):
            return people
        return people if key(subject) == key(people[0]) else [replace(subject, how="anaphora"), *people]

    def _with_base(self, contact: Contact, kind: str, people: list[Person], day: date) -> list[Person]:
        """ "the next round with his counterpart": the one whose counterpart it is takes part too."""
        refs = [r for e in contact.people if e not in contact.hosts for r in e.refs]
        if kind not in ("call", "meeting") or len(refs) != 1 or refs[0].how != "counterpart":
            return people
        taken = {key(p) for p in people}
        here = [p for p in self.discourse.here if p.how == "named"]
        known = [p for p in (*here, self.discourse.subject) if p is not None and key(p) not in taken]
        subject = known[0] if known else None
        if subject is None or len(people) > 1 + len(contact.hosts):
            return people
        return [replace(subject, how="anaphora"), *people]

    def _in_same_format(self, contact: Contact, people: list[Person]) -> list[Person]:
        """ "in this format they first met in ...": all of the widest contact told, the mediator too."""
        same = any(x.value == "same" and contact.low <= x.i < contact.high for x in contact.sentence.of("Z"))
        keys = {key(p) for p in people}
        if not same or not self.told or any(p.how != "anaphora" for p in people):
            return people
        widest = max((t for t in self.told if t.keys >= keys), key=lambda t: len(t.people), default=None)
        return [replace(p, how="anaphora") for p in widest.people] if widest else people

    def _received_by_subject(self, contact: Contact, people: list[Person]) -> list[Person]:
        """ "Pashinyan had been received at the Elysee on Monday": by the one whom the text goes on telling of."""
        host = self.discourse.subject
        passive = contact.trigger.value[1] == "host" and contact.reception and not contact.hosts
        if not passive or len(people) != 1 or host is None or key(host) == key(people[0]):
            return people
        return [*people, replace(host, how="anaphora")] if self._party(host) != self._party(people[0]) else people

    def _without_host(self, contact: Contact, people: list[Person], told: Told | None = None) -> list[Person]:
        """ "The ministers are due in Washington": not the one who had them in Moscow."""
        where = contact.places[0].country if contact.places else None
        abroad = [p for p in people if self._party(p) not in SIDE_SET and len(self._party(p)) == 2]
        if self.lexicon.lang != "en" or not where or len(people) != 3 or len(abroad) != 1:
            return people
        words = {fold(w) for w in self.text.words[max(0, contact.trigger.i - 3) : contact.trigger.i + 1]}
        if contact.joint or words & {"way", "trilateral", "tripartite"}:
            return people
        home = self._party(abroad[0])
        hosted = [
            t for t in self.told if t.place is not None and t.place.country == home and t.keys >= {key(abroad[0])}
        ]
        if (
            home in ("EU", "UN")
            or where == home
            or not hosted
            or (told is None and any(p.how != "anaphora" for p in people))
        ):
            return people
        return [p for p in people if p is not abroad[0]]

    def _with_third(self, contact: Contact, people: list[Person]) -> list[Person]:
        """ "at the invitation of Putin. The three-way talks began ...": the third is the one from abroad just named."""
        words = {fold(w) for w in self.text.words[max(0, contact.trigger.i - 3) : contact.trigger.i + 1]}
        three = words & {"three", "trilateral", "tripartite"} and contact.kind in ("meeting", "call")
        both = {self._party(p) for p in people} in ({"AM", "AZ"}, {"AZ", "NK"})
        if self.lexicon.lang != "en" or not three or not both or len(people) != 2:
            return people
        if any(p.how != "anaphora" for p in people) and contact.people:
            return people
        abroad = [p for p in self.discourse.mentioned[-4:] if p.party and self._party(p) not in SIDE_SET]
        return [*people, replace(abroad[-1], how="anaphora")] if abroad else people

    def _invited(self, contact: Contact) -> list[Person]:
        """ "C invited A and B to X. The meeting will be held on 25 May": those of the invitation that came to be."""
        before = contact.sentence.index - 1
        if self.lexicon.lang != "en" or not contact.definite or contact.people or contact.outlook.status != "scheduled":
            return []
        sentence = self.text.sentences[before] if before >= 0 else None
        if sentence is None or any(before in (s.index for s in t.sentences) for t in self.told[-2:]):
            return []
        words = {fold(w) for w in self.text.words[sentence.first : sentence.last]}
        slugs = [x.value[0] for x in sentence.of("P") if len(x.value) == 1]
        known = [p for p in self.discourse.mentioned if p.slug in slugs] if words & _INVITING else []
        return [replace(p, how="anaphora") for p in known] if len(known) > 1 else []

    def _of_three(self, contact: Contact) -> list[Person]:
        """ "C met separately with A and B. A trilateral meeting followed": the three of the two contacts just told."""
        words = {fold(w) for w in self.text.words[max(0, contact.trigger.i - 3) : contact.trigger.i + 1]}
        pair = self.told[-2:]
        near = len(pair) == 2 and all(contact.sentence.index - t.sentences[-1].index == 1 for t in pair)
        if self.lexicon.lang != "en" or not near or not words & {"three", "trilateral", "tripartite"} or contact.people:
            return []
        if len(pair[0].keys & pair[1].keys) != 1 or any(len(t.keys) != 2 or t.kind != "meeting" for t in pair):
            return []
        return [replace(p, how="anaphora") for p in {key(p): p for t in pair for p in t.people}.values()]

    def _with_sides(self, contact: Contact, people: list[Person]) -> list[Person]:
        """ "A four-way meeting with Macron and Michel is planned": with the two sides' people named before."""
        words = [fold(w) for w in self.text.words[max(0, contact.trigger.i - 3) : contact.trigger.i + 1]]
        number = next((WAYS[w] for w in words if w in WAYS), 0)
        start = contact.people[0].i if contact.people else 0
        joined = start > contact.trigger.i and fold(self.text.words[start - 1]) == "with"
        if self.lexicon.lang != "en" or not joined or contact.kind == "visit" or len(people) != number - 2:
            return people
        if any(self._party(p) in SIDE_SET for p in people):
            return people
        ministers = all(any(t == "foreign-minister" for t, _ in self._types(p)) for p in people)
        level = ("foreign-minister",) if ministers else ("president", "prime-minister")
        known = [p for p in self.discourse.mentioned if any(t in level for t, _ in self._types(p))]
        sides = {self._party(p): p for p in known if self._party(p) in ("AM", "AZ")}
        return [*(replace(p, how="anaphora") for p in sides.values()), *people] if len(sides) == 2 else people

    def _with_those_told(self, contact: Contact, people: list[Person]) -> list[Person]:
        """ "A trilateral meeting with Blinken followed": with those of the contact just told."""
        last = self.told[-1] if self.told else None
        if contact.joint and not people and (all_three := self._of_three(contact)):
            return all_three
        if not contact.joint or len(people) != 1 or contact.kind not in ("meeting", "call") or last is None:
            return people
        near = contact.sentence.index - last.sentences[-1].index <= 1 and not contact.sentence.is_title
        if self.lexicon.lang == "hy" and near and last.sentences[-1] is contact.sentence:
            parties = {self._party(p) for p in (*people, *last.people)}
            if {"AM", "AZ"} < parties and len(parties) == len(last.people) + 1 == 3:
                return [*(replace(p, how="anaphora") for p in last.people), *people]  # "որին հաջորդել է եռակողմը"
        both = {self._party(p) for p in last.people} >= {"AM", "AZ"}
        named = people[0].how != "anaphora" or (self.lexicon.lang == "en" and contact.outlook.status == "scheduled")
        third = self._party(people[0]) not in SIDE_SET and named
        if not (near and both and third):
            return people
        words = {fold(w) for w in self.text.words[max(0, contact.trigger.i - 3) : contact.trigger.i + 1]}
        three = self.lexicon.lang == "en" and bool(words & {"three", "trilateral", "tripartite"})
        told = [p for p in last.people if not three or self._party(p) in SIDE_SET]
        rest = [replace(p, how="anaphora") for p in told if key(p) != key(people[0])]
        return [*rest, *people]

    def _host_told_after(self, contact: Contact, sentence: Sentence, people: list[Person]) -> bool:
        """ "Blinken hosted the talks": a host for the event of the sentence before."""
        if self._attended_by(contact, sentence, people):
            return True
        if (
            len(people) != 1
            or contact.kind not in ("meeting", "call", "session")
            or not self.told
            or (contact.dates and not self._that_day(contact))
            or sentence.is_title
        ):
            return False
        last = self.told[-1]
        verb = contact.trigger.value[1] == "host" or any(e.i < contact.trigger.i for e in contact.hosts)
        again = bool(contact.hosts) and (contact.definite or (self.lexicon.lang != "en" and not contact.places))
        if not (verb or again) or last.kind != "meeting" or sentence.index - last.sentences[-1].index not in (0, 1):
            return False
        if people[0].how in ("named", "by office") and key(people[0]) not in last.keys:
            last.people = [*last.people, *people]
            last.hosts = last.hosts | {key(people[0])}
            last.reasons.append("host told by the next sentence")
        return True

    def _attended_by(self, contact: Contact, sentence: Sentence, people: list[Person]) -> bool:
        """ "The meeting was attended by ...": more people for the contact of the sentence before."""
        last = self.told[-1] if self.told else None
        joined = any(x.value == "joins" for x in sentence.of("H")) and not contact.dates and not contact.places
        if last is None or not joined or not people or sentence.is_title or last.kind != contact.kind:
            return False
        starts = contact.trigger.value[1] == "noun" and contact.trigger.i - sentence.first <= 2
        new = [p for p in people if key(p) not in last.keys]
        sides = {self._party(p) for p in last.people}
        if not starts or sentence.index - last.sentences[-1].index != 1:
            return False
        if any(self._party(p) in SIDE_SET - (sides if self.lexicon.lang != "en" else set()) for p in new):
            return False
        last.people = [*last.people, *new]
        last.reasons.append("people told by the next sentence")
        return True

    def _that_day(self, contact: Contact) -> bool:
        """Whether the day told is that of the event before."""
        last = self.told[-1]
        day, precision = contact.dates[0].resolve(self.published, (last.date, last.precision), future=False)
        return self.lexicon.lang != "en" and precision == "day" and day == last.date

    def _same_talk(self, contact: Contact, kind: str, people: list[Person]) -> str:
        """ "the two also discussed ...": tells more of a contact told before, whatever its kind."""
        keys = frozenset(key(p) for p in people)
        guests = contact.reception or fold(self.text.words[contact.trigger.i]) in ("received", "receives")
        sits = (
            self._heads_sit(contact, keys)
            if kind == "meeting" and not contact.trigger.value[1].startswith("neutral") and not guests
            else None
        )
        if sits:
            return sits
        weak = contact.trigger.value[1].startswith("neutral")
        if kind == "call" and any(x.value == ("call", "adverb") for x in contact.sentence.of("T")):
            return kind  # "spoke by telephone": a call, whatever was told before
        if not weak or contact.places or contact.separate or contact.distinct or len(keys) < 2:
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
        return "call" if contact.remote and len(keys) == 2 else kind

    def _heads_sit(self, contact: Contact, keys: frozenset[str]) -> str | None:
        """A session of just those who head a body is a session of that body."""
        for slug, heads in self.gazetteer.body_heads.items():
            if not heads or keys != frozenset(heads) or not self.gazetteer.bodies[slug][2]:
                continue
            if contact.kind == "session" or self.discourse.body == slug or len(heads) > 2:
                contact.body = slug
                return "commission-session"
        return None


_INVITING = frozenset(("invited", "invites", "invitation", "offered", "proposed", "suggested", "offer", "proposal"))
