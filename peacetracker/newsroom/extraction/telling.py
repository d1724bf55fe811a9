"""From a contact to the events it tells: kind, day, people and place resolved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from .contact import Contact
from .dates import UNKNOWN, Resolved
from .discourse import key
from .gazetteer import Place
from .lexicon import fold
from .model import Person
from .reckoning import Reckoner
from .references import Entity
from .sentences import Sentence
from .told import SIDE_SET, Told


class Teller(Reckoner):
    """Resolves one contact."""

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
        where = contact.places[0] if contact.places else self.discourse.place
        self.discourse.country = (where.country or "") if where else ""
        people = self.resolver.people(contact.people, first_day, evidence)
        self.discourse.country = ""
        people = [p for p in people if not self._speaks(p)]
        people = self._with_sides(contact, self._with_those_told(contact, people)) or self._invited(contact)
        people = self._without_host(contact, self._with_third(contact, people))
        if self._host_told_after(contact, sentence, people):
            return []
        people = self._in_same_format(contact, people) or self._those_of_talks(contact)
        people = self._received_by_subject(contact, people)
        people = self._with_base(contact, kind, people, first_day)
        people = self._with_subject(contact, kind, people)
        hosts = {key(p) for p in self.resolver.people(contact.hosts, first_day, evidence)}
        if kind == "visit" and self._both_awaited(contact, people):
            kind = "meeting"
        if kind == "visit":
            receivers = self.resolver.people(contact.hosts, first_day, evidence)
            people = self._travellers(contact, people, first_day)
            people += [p for p in receivers if key(p) not in {key(q) for q in people}] if people else []
            hosts = {key(p) for p in receivers}
        if kind == "agreement":
            people = self._all_who_agreed(contact, people)
        if kind == "agreement" and not people and self._signed_there(contact, sentence):
            people = [replace(p, how="anaphora") for p in self._widest()] or people
            contact.passive = True
        elif (
            kind == "agreement"
            and not contact.dates
            and not any(r.type or r.how != "anaphora" for e in contact.people for r in e.refs)
            and not self._just_agreed(contact, people)
        ):
            return []
        if self._idle_talk(contact, people):
            return []
        vague = not people or (all(p.how == "anaphora" for p in people) and self._with_state(contact))
        if contact.bare and vague and not contact.dates and not contact.places:
            return []
        when = self._on_trip(contact, people, when)
        before = [e for e in contact.people if e.j <= contact.trigger.i]
        subject = self.resolver.people(before, first_day, evidence) if len(before) < len(contact.people) else []
        out: list[Told] = []
        if not people and not self.told and contact.places and outlook.status == "held" and not contact.background:
            self.discourse.place = contact.places[0]
        for resolved in when:
            for place in _venues(contact, kind):
                for group in self._groups(contact, kind, people):
                    told = self._one(contact, sentence, kind, resolved, group, hosts, place)
                    if told is not None and self.lone is not None:
                        self._complete(told)
                    if told is not None and told.status == "pending":
                        self.pending = None if self._day_of_cancelled(told) else told
                    elif told is not None and told.status == "claimed":
                        self.claim = told
                    elif told is not None:
                        told.subject = subject
                        out.append(told)
        if len(out) > 1 and contact.separate:
            out[-1].guests = _guests(out)
        if kind == "visit" and not contact.places:
            return []
        return out

    def _kind(self, contact: Contact) -> str:
        if contact.body == "*":
            contact.body = self.discourse.body
        if contact.kind == "session":
            if contact.body and self.gazetteer.bodies.get(contact.body, ("", "", False))[2]:
                return "commission-session"
            sits = self.discourse.body and self.gazetteer.bodies.get(self.discourse.body, ("", "", False))[2]
            if (sits and len(contact.people) < 2) or (
                sits and all(r.how == "anaphora" for e in contact.people for r in e.refs)
            ):
                contact.body = self.discourse.body
                return "commission-session"
            return "meeting"
        last = self.told[-1] if self.told else None
        before = self.text.words[contact.trigger.i - 1].lower() if contact.trigger.i else ""
        elided = self.text.words[contact.trigger.i].lower() in ("the", "another") or (
            before in ("next", "another", "following") and contact.outlook.status == "scheduled"
        )
        elided = elided or (before in _BEFORE and contact.outlook.status == "held" and self.lexicon.lang == "en")
        elided = (elided or before in _ORDINALS or before[:1].isdigit()) and contact.kind == "meeting"
        if last is not None and last.kind == "commission-session" and elided and self._nobody_new(contact):
            contact.body = contact.body or last.body
        weak = contact.trigger.value[1].startswith("neutral")
        calls = [x for x in contact.sentence.of("T") if x.value == ("call", "noun") and x.j <= contact.trigger.i]
        if contact.kind == "meeting" and weak and self.lexicon.lang == "en" and calls:
            lead = self.text.words[contact.sentence.first : calls[0].i]
            if len(lead) <= 3 and lead and lead[0] in ("During", "In") and not contact.places:
                return "call"  # "During the call, A and B discussed X"
        word = self.text.words[contact.trigger.i].lower()
        apart = contact.trigger.value[1] == "noun" and not contact.bodily and word in _TALKS
        if (
            contact.kind == "meeting"
            and contact.body
            and not (weak or apart)
            and self.gazetteer.bodies[contact.body][2]
        ):
            return "commission-session"
        if contact.kind == "meeting" and weak and self.told and self.told[-1].kind == "call" and not contact.places:
            return "call"
        return "call" if contact.remote and not self.told and not contact.places else contact.kind

    def _nobody_new(self, contact: Contact) -> bool:
        return not any(r.how != "anaphora" or r.type for e in contact.people for r in e.refs)

    def _groups(self, contact: Contact, kind: str, people: list[Person]) -> list[list[Person]]:
        """One list of people for each contact: several if they were separate."""
        if len(people) < 3:
            return [people]
        if not (contact.separate or self._called_each(contact, kind)):
            return self._by_rank(contact, people) if kind == "meeting" else [people]
        if kind not in ("call", "meeting"):
            return [people]
        receives = contact.trigger.value[1] == "host"
        left = [e for e in contact.people if e.i < contact.trigger.i and (receives or e not in contact.hosts[1:])]
        left = left or contact.behind or (contact.people[:1] if self.lexicon.lang == "ru" else [])
        hosts = {key(p) for p in self.resolver.people(contact.hosts, contact_day(contact, self.published), "")}
        hubs = [p for p in people if key(p) in hosts]
        if len(hubs) != 1 and self.lexicon.lang in ("hy", "az"):
            lead = self.resolver.people(contact.people[:1], contact_day(contact, self.published), "")
            stood = len(lead) == 1 and contact.people[0].refs[0].how == "anaphora"
            first = [p for p in people if stood and key(p) == key(lead[0])]
            hubs = first or people[:1]  # the subject stands first
        if len(hubs) != 1:
            subjects = self.resolver.people(left, contact_day(contact, self.published), "")
            names = {key(p) for p in subjects}
            rest = [p for p in people if key(p) not in names]
            hubs = [p for p in people if key(p) in names]
            if len(hubs) != 1 and len(rest) == 1:
                hubs = rest
        thirds = [p for p in people if self._party(p) not in SIDE_SET]
        if len(hubs) != 1 and contact.separate and len(thirds) > 1 and len(people) - len(thirds) > 1:
            return [[*thirds, p] for p in people if p not in thirds]  # "the co-chairs spoke separately with A and B"
        if len(hubs) != 1:
            return [people]
        return [[hubs[0], p] for p in people if key(p) != key(hubs[0])]

    def _by_rank(self, contact: Contact, people: list[Person]) -> list[list[Person]]:
        """ "In Baku she met the president and the foreign minister": a guest is received by each in turn."""
        guest, hosts = people[0], people[1:]
        if self.lexicon.lang != "en":
            return self._by_each_host(contact, people)
        home = self._party(hosts[0])
        alone = sum(len(e.refs) for e in contact.people if e.i < contact.trigger.i) == 1
        one_side = home in SIDE_SET and all(self._party(p) == home for p in hosts)
        leads = any(t in ("president", "prime-minister") for p in hosts for t, _ in self._types(p))
        if self.lexicon.lang != "en" or contact.joint or not (alone and one_side and leads):
            return [people]
        return [people] if self._party(guest) in SIDE_SET else [[guest, p] for p in hosts]

    def _by_each_host(self, contact: Contact, people: list[Person]) -> list[list[Person]]:
        """ "Նրան ընդունել են Ա-ն և Բ-ն": received by each of them, all of one side."""
        homes = {self._party(p) for p in people if self._party(p) in SIDE_SET}
        guests = [p for p in people if self._party(p) not in homes]
        one = len(homes) == len(guests) == 1 and contact.trigger.value[1] == "host" and not contact.joint
        return [[*guests, p] for p in people if p not in guests] if one else [people]

    def _callers(self, contact: Contact, left: list[Entity]) -> bool:
        """ "A and B called C": one call by each."""
        right = [e for e in contact.people if e.i >= contact.trigger.j]
        named = len(left) == 2 and all(len(e.refs) == 1 and e.refs[0].how != "anaphora" for e in left)
        one = len(right) == 1 and len(right[0].refs) == 1 and not right[0].refs[0].value.startswith("plural")
        word = fold(self.text.words[contact.trigger.i])
        return self.lexicon.lang == "en" and named and one and word in ("called", "phoned", "telephoned", "rang")

    def _called_each(self, contact: Contact, kind: str) -> bool:
        """ "phoned A, B and C": one call each, unless it was held jointly."""
        if kind != "call" or contact.joint or contact.trigger.value[1] not in ("verb", "neutral_verb", "weak"):
            return False
        left = [e for e in contact.people if e.i < contact.trigger.i]
        if self._callers(contact, left):
            return True
        if self.lexicon.lang == "az":
            met = [e for e in left[1:] if fold(self.text.words[e.j - 1]).endswith(("a", "e"))]  # "-a", "-la": with whom
            return len(left) == len(met) + 1 > 2 and len(left[0].refs) == 1
        return len(left) == 1 and len(left[0].refs) == 1 and not left[0].refs[0].value.startswith("plural")

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
            status = "scheduled" if day and self.published and day > self.published else "pending"
        if status == "held" and day and self.published and day > self.published and precision == "day":
            status = "scheduled"
        if status == "scheduled" and day and self.published and precision == "day" and day < self.published:
            if not self._told_then(contact):
                return None
            status = "pending"  # until the text says that it was called off
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
        if place is None and inherited and not contact.dates:
            place = self.discourse.venue
        if place is None and inherited and near and day is not None and self.told and not sentence.is_title:
            place = self.discourse.place
        word = self.text.words[contact.trigger.i].lower()
        return Told(
            kind, status, day, precision, people, hosts, None if kind == "call" else place, [sentence],
            dated=bool(contact.dates) and day is not None,
            reference=contact.reference or (contact.passive and len(people) < 2),
            distinct=contact.separate or contact.distinct, joint=contact.joint,
            body=contact.body, is_title=sentence.is_title,
            background=contact.background, ending=contact.ending, definite=contact.definite,
            planned=contact.outlook.planned,
            travel=self._travels(contact) and not self._called_visit(contact),
            arrival=word in (_SETS_OUT if status == "scheduled" else _ARRIVED), landed=word in _LANDED,
            reception=contact.reception, aside=contact.aside,
            received=contact.trigger.value[1] == "host",
            bodily=contact.bodily,
            weak=contact.trigger.value[1].startswith("neutral"),
            reasons=[f"{kind}: “{self.text.span(contact.trigger.i, contact.trigger.j)}”", *contact.outlook.reasons],
            date_sentence=sentence if contact.dates else None, place_sentence=sentence if place else None,
        )  # fmt: skip

    def _travels(self, contact: Contact) -> bool:
        """ "arrived in X", "will travel to X to meet B": a trip that may only serve a meeting."""
        will = [w.lower() for w in self.text.words[contact.trigger.i : contact.trigger.i + 2]]
        return contact.trigger.value[1] == "travel" or (will[0] == "will" and will[-1] in ("travel", "fly", "go"))

    def _awaited(self, people: list[Person]) -> bool:
        """Whether a contact told before, yet to come, has these people: what is told now belongs to it."""
        keys = {key(p) for p in people}
        return any(t.status == "scheduled" and len(keys & t.keys) > 1 for t in self.told)

    def _claimed(self, contact: Contact, status: str, people: list[Person], place: Place | None) -> bool:
        """Whether a trip not made had been set, or, if denied, was one by a side's leader to the other side."""
        if status == "denied":
            types = {t for p in people[:1] if p.slug for t, _ in self._types(p)}
            where = place.country if place else None
            home = self._party(people[0]) if people else ""
            leads = bool(types & {"president", "prime-minister"}) and home in SIDE_SET
            return leads and where in SIDE_SET - {home}
        set_before = contact.outlook.planned or contact.trigger.value[1] == "noun"
        return set_before or any(t.kind == "visit" and t.keys == {key(p) for p in people} for t in self.told)


_LANDED = frozenset(("arrived", "arrives", "landed", "lands", "touched"))
_ARRIVED = _LANDED | frozenset(("traveled", "travelled", "went", "flew", "came"))
_SETS_OUT = frozenset(
    ("leave", "leaves", "depart", "departs", "travel", "travels", "fly", "flies", "arrive", "arrives")
)
_BEFORE = frozenset(("previous", "preceding", "last", "latest"))
_ORDINALS = frozenset(
    (
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth", "thirteenth", "fourteenth",
    )
)  # fmt: skip
_TALKS = frozenset(("talks", "negotiations", "consultations", "discussions"))  # not what a commission sits for


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
