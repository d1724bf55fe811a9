"""Who takes part in a contact, and who hosts it."""

from __future__ import annotations

from itertools import pairwise

from .contact import GREETED, MEET_NOUNS, WAYS, Contact, count, unique
from .inherited import DOING, InheritedReader
from .lexicon import fold
from .pronouns import LEADING
from .references import HELPERS, Entity, Ref
from .segments import Segment
from .sentences import Item


class ParticipantReader(InheritedReader):
    """Finds the people of a contact in its clause and in those around it."""

    def _participants(
        self, contact: Contact, n: int, segment: Segment, left: list[Entity], right: list[Entity]
    ) -> None:
        if contact.kind != "agreement":
            left, right = ([e for e in side if not self._owns_paper(e)] for side in (left, right))
        left = [self._owner(e) for e in left if not self._idle(e, contact.trigger)]
        right = [self._owner(e) for e in right if not self._idle(e, contact.trigger)]
        right = self._without_next(contact, left, right)
        pos = contact.trigger.value[1]
        hosted = [e for e in left + right if self._host_marked(e, segment)]
        plain_left = [e for e in left if e not in hosted]
        plain_right = [e for e in right if e not in hosted]
        if pos in MEET_NOUNS and self._told_of(contact, n, segment, plain_left):
            plain_left = list(self.segments[n - 1].speakers)
        if self.lang == "en" and pos == "neutral_verb" and fold(self.text.words[contact.trigger.i]) in _ABOUT:
            first = next((n for n, e in enumerate(plain_right) if self._link(e) in self.with_), len(plain_right))
            plain_right = plain_right[first:]  # "discussed the proposals of X with Y"
        if pos in MEET_NOUNS and self.lang == "en":
            people = self._noun_people(contact, segment, plain_left, plain_right)
        else:
            people = plain_left + plain_right
            told = segment.has("G") or segment.has("Q", "scheduled") or self._in_talk(segment, contact.trigger)
            contact.bare = pos in MEET_NOUNS and not told
        if contact.kind == "visit" and pos == "visiting":
            before = [e for e in segment.people if e.j <= contact.trigger.i][-1:]
            after = [e for e in segment.people if e.i >= contact.trigger.j][:1]
            contact.people = after if self.lang in ("hy", "az") else before
        elif contact.kind == "visit":
            contact.hosts = hosted
            trip_of = self._trip_of(contact, plain_left, right)
            contact.people = trip_of or plain_left or self._travellers(contact, n, segment, right)
        else:
            contact.people = sorted(people + hosted, key=_place) if hosted else people
            contact.hosts = contact.hosts + hosted
        if pos == "split" and plain_left:
            contact.hosts = contact.hosts + plain_left[:1]
        elif pos == "host" and self._received(contact.trigger):
            contact.hosts = contact.hosts + [e for e in plain_right if self._link(e) == "by"]
            contact.reception = True
        elif pos == "host" and plain_left:
            contact.hosts = contact.hosts + self._receiver(plain_left, plain_right)
            contact.reception = pos == "host" and any(r.value == "singular" for e in plain_right for r in e.refs)
        contact.people = unique(self._teller(contact, n, segment) + contact.people)
        if self.lang == "en" and (pos in MEET_NOUNS or (contact.kind == "agreement" and not contact.people)):
            self._set_out(contact, n, segment)
        few = (sum(len(e.refs) for e in contact.people) if self.lang == "en" else count(contact.people)) < 2
        openers = ("relative_person", "relative_place") if self.lang == "hy" else ("relative_person",)
        headless = segment.opener in openers and not plain_left and pos in ("verb", "host", "travel")
        if self.lang == "en" and segment.opener in openers and pos == "neutral_verb" and not plain_left:
            headless = bool(plain_right) and self._link(plain_right[0]) in ("with", "to")  # "A, who spoke with B"
        others = any(e.voice and segment.i <= e.i < contact.trigger.i for e in self.entities)
        gerund = self._by_gerund(contact, segment) and not plain_left
        if (
            (few or contact.lacks or headless or gerund or (self.lang == "ru" and self._only_with(contact)))
            and not others
            and not contact.closed
            and contact.body not in self.sitting
        ):
            self._inherit(contact, n, segment)
        if self._is_last(contact, segment) and contact.kind != "visit":
            self._hanging_hosts(contact, n)

    def _told_of(self, contact: Contact, n: int, segment: Segment, left: list[Entity]) -> bool:
        """ "A informed B about the meeting with C": A, who tells, had it, not B."""
        if self.lang != "en" or segment.opener != "content" or not n or len(left) != 1 or left[0].possessive:
            return False
        lead = [fold(w) for w in self.text.words[left[0].j : contact.trigger.i]]
        about = bool(lead) and lead[0] in ("about", "of", "on") and len(lead) <= 4
        after = [e for e in segment.people if e.i >= contact.trigger.j and self._link(e) == "with"]
        return about and bool(after) and self._told_to(left[0])

    def _teller(self, contact: Contact, n: int, segment: Segment) -> list[Entity]:
        """ "A informed X of the four-way meeting attended by B, C and D": A makes up the number."""
        told = segment.opener == "content" and n and self.segments[n - 1].opener == "speech"
        if self.lang != "en" or not told or contact.kind != "meeting" or contact.trigger.value[1] not in MEET_NOUNS:
            return []
        words = {fold(w) for w in self.text.words[max(segment.i, contact.trigger.i - 3) : contact.trigger.i]}
        number = next((n for word, n in WAYS.items() if word in words), 0)
        teller = [e for e in self.segments[n - 1].speakers if e.is_person and len(e.refs) == 1]
        others = sum(len(e.refs) for e in contact.people if e.refs[0].how != "anaphora")
        return teller if len(teller) == 1 and number and others == number - 1 else []

    def _without_next(self, contact: Contact, left: list[Entity], right: list[Entity]) -> list[Entity]:
        """ "А встретился с Б, они обсудили", "հանդիպել է Բ-ի հետ և նրան ...": what the next verb tells of them."""
        if self.lang == "en":
            return right
        kept: list[Entity] = []
        for entity in right:
            told = sum(len(e.refs) for e in (*left, *kept) if e.refs[0].how != "anaphora")
            bare = all(r.how == "anaphora" and not r.type for r in entity.refs) and not entity.possessive
            word = self.text.words[entity.i - 1].lower()
            if told > 1 and bare and ("," in self.text.gap(entity.i) or word in ("и", "և", "ու", "və", "а", "իսկ")):
                break
            kept.append(entity)
        return kept

    def _owns_paper(self, entity: Entity) -> bool:
        """ "the agreements of the leaders were discussed": whose they are says nothing of who discussed them."""
        if self.lang == "ru":
            if any(self.lexicon.stem(w) == "сторон" for w in self.text.words[entity.i : entity.j]):
                return False  # "По инициативе французской стороны президент ..."
            return entity.i > self.sentence.first and self.lexicon.stem(self.text.words[entity.i - 1]) in self.papers
        if self._helped(entity):
            return True
        words = [self.lexicon.stem(w) for w in self.text.words[entity.j : min(entity.j + 2, self.sentence.last)]]
        joint = [x for x in self.sentence.of("Z") if x.i == entity.j]
        return bool(words) and (words[0] in self.papers or (bool(joint) and words[-1] in self.papers))

    def _helped(self, entity: Entity) -> bool:
        """ "Trampın xüsusi nümayəndəsi Vitkoff": whose helper takes part."""
        if self.lang not in ("az", "hy") or len(entity.refs) != 1 or entity.refs[0].how != "named":
            return False
        after = next((e for e in self.entities if e.i == entity.j and e.refs), None)
        if after is not None and ("," in self.text.gap(entity.j) or self._of_its_own(after)):
            return False
        return after is not None and any(x.value[0] in HELPERS and x.i == after.i for x in self.sentence.of("O"))

    def _of_its_own(self, helper: Entity) -> bool:
        """ "Blinkenin Prezidentin köməkçisi ilə görüşü": the helper of another, whom his own title names."""
        return self.lang == "az" and fold(self.text.words[helper.i]).endswith(("in", "un"))

    def _travellers(self, contact: Contact, n: int, segment: Segment, right: list[Entity]) -> list[Entity]:
        """ "a visit by X", "the visit of X to ..."; "On a visit to Tbilisi, X said"."""
        if self.lang == "ru":  # "визит президента Ирана", "прибыл министр"
            return [e for e in right if self._link(e) not in _TOWARDS][:1]
        if self.lang == "hy":  # "այցով Թեհրան է ժամանել X", "Երևան կժամանի X"
            went = [t.j for t in self.sentence.of("T") if t.value == ("visit", "travel") and t.i >= contact.trigger.i]
            return [e for e in right if went and 0 <= e.i - went[0] <= 1][:1]
        if self.lang != "en":
            return []
        by = [e for e in right if self._link(e) in ("by", "of")] or self._who_made(n)
        if by:
            return by[:1]
        behind = [e for e in right if "," in self.text.gap(e.i)]
        if behind or not n:
            later = [e for s in self.segments[n + 1 :] for e in s.speakers + s.people if e.is_person]
            lead = fold(self.text.words[segment.i]) in LEADING
            return [*behind, *later][:1] if lead and contact.trigger.value[1] == "noun" else []
        return []

    def _who_made(self, n: int) -> list[Entity]:
        """ "A trip to X that A was to make": the one of the clause that tells more of the trip."""
        after = self.segments[n + 1] if n + 1 < len(self.segments) else None
        deeds = [t for t in after.triggers if not any(c.i <= t.i < c.j for c in after.cues)] if after else []
        told = after is not None and after.opener == "relative_event" and not deeds
        return [e for e in after.people if e.is_person and not e.possessive] if told and after else []

    def _trip_of(self, contact: Contact, left: list[Entity], right: list[Entity]) -> list[Entity]:
        """ "A described the reports of a visit by B as false": whose trip the noun is, not who speaks of it."""
        if self.lang != "en" or contact.trigger.value[1] != "noun" or not left or not right:
            return []
        near = right[0].i - contact.trigger.j <= 4 and self._link(right[0]) in ("of", "by")
        named = near and not right[0].possessive and right[0].refs[0].how != "anaphora"
        return right[:1] if named else []

    def _noun_people(self, contact: Contact, segment: Segment, left: list[Entity], right: list[Entity]) -> list[Entity]:
        """Who takes part in what a noun tells, by the word that joins it to the people after it."""
        light = self._light_verbs(contact.trigger, segment)
        linked = (right and self._link(right[0])) or ""
        owner = [e for e in left if e.possessive and contact.trigger.i - e.j <= 3]
        if self.lang == "en":  # "his appreciation for the meeting": no meeting of his
            owner = [e for e in owner if not set(map(fold, self.text.words[e.j : contact.trigger.i])) & _OF_IT]
        if owner and self.lang == "en":  # "A and B's summit"
            owner = [e for e in left if e.j == owner[0].i - 1 and fold(self.text.words[e.j]) == "and"][-1:] + owner
        if self._had_by(contact.trigger, right, segment):
            contact.closed = contact.reference = True
            return right
        if right and linked == "by" and self.lang == "en" and fold(self.text.words[contact.trigger.j]) == "held":
            contact.closed = contact.reference = True
            return right  # "welcomed the talks held by A and B"
        if self._between_others(contact.trigger, right):
            contact.closed = True
            return []
        if linked in ("between", "among", "of"):
            contact.closed = linked != "of" or sum(len(e.refs) + (e.refs[0].value == "plural") for e in right) > 1
            return self._joined_by_of(contact, light, owner, left, right)
        if linked == "with" or (right and linked == "and"):
            return self._joined_by_with(contact, segment, light, owner, left, right)
        if owner and not light:
            contact.reference = True
            return owner + right
        if light and left:
            if self._is_host_verb(light):
                contact.hosts = left[:1]
            return left + (right if linked != "by" else [])
        return self._unlinked(contact, segment, left, right, by=linked == "by")

    def _had_by(self, trigger: Item, right: list[Entity], segment: Segment) -> bool:
        """ "briefed C on the meeting he had held with A": the noun's own clause, without a "that", says who."""
        if not right or right[0].i - trigger.j > 1 or right[0].possessive or self._link(right[0]) in self.of | {"with"}:
            return False
        verbs = [x for x in segment.items if x.type == "G" and 0 <= x.i - right[0].j <= 3]
        if len(right) == 1 or right[0].refs[0].value == "plural":
            return bool(verbs) and (right[0].refs[0].value == "plural" or len(right[0].refs) > 1)
        return bool(verbs) and right[1].i - right[0].j <= 8 and self._link(right[1]) == "with"

    def _light_verbs(self, trigger: Item, segment: Segment) -> list[Item]:
        """Verbs before a noun that carry it: "held talks", "hosted a meeting"."""
        found = [x for x in segment.items if x.type in ("G", "T") and x.j <= trigger.i and x is not trigger]
        return [
            x
            for x in found
            if (x.type == "G" and not self.auxiliary(x) and not self._is_noun(x))
            or (x.type == "T" and x.value[1] == "host" and fold(self.text.words[x.i]) not in GREETED)
        ]

    def _joined_by_of(
        self, contact: Contact, light: list[Item], owner: list[Entity], left: list[Entity], right: list[Entity]
    ) -> list[Entity]:
        """ "talks between A and B", "X hosted a meeting of A and B"."""
        after = [x for x in self.sentence.of("G") if x.value == "occur" and contact.trigger.j <= x.i < contact.high]
        occurs = self.lang == "en" and bool(after)
        contact.reference = not light and not occurs
        hosts = [e for e in left if light and not owner and self._is_host_verb(light)]
        contact.hosts = hosts
        if light and not hosts and left and not owner and self._governs(light, contact.trigger):
            hosts = left
        return right + owner + hosts

    def _joined_by_with(
        self,
        contact: Contact,
        segment: Segment,
        light: list[Item],
        owner: list[Entity],
        left: list[Entity],
        right: list[Entity],
    ) -> list[Entity]:
        """ "A held talks with B", "in a call with B"."""
        if self._link(right[0]) == "with":
            right = right[: next((k for k, e in enumerate(right) if k and self._link(e) == "between"), len(right))]
        if owner:
            return [_as_one(e) for e in owner] + right
        if light and self._governs(light, contact.trigger):
            contact.lacks = not left and fold(self.text.words[segment.i]) in DOING
            return left + right
        contact.reference = not self._used(segment, contact.trigger)
        subject = [e for e in left if not e.possessive]
        contact.lacks = not subject and self._link(right[0]) == "with"
        bosses = [e for e in self.entities if e.serves and e.j <= contact.trigger.i] if contact.lacks else []
        if bosses:  # "A's spokesman denied a meeting with B"
            contact.lacks = False
            subject = [Entity(bosses[-1].i, bosses[-1].j, [Ref("named", slugs=bosses[-1].serves)])]
        return subject + right

    def _unlinked(
        self, contact: Contact, segment: Segment, left: list[Entity], right: list[Entity], *, by: bool
    ) -> list[Entity]:
        """ "a meeting took place", "the Aliyev-Pashinyan meeting"."""
        trigger = contact.trigger
        if self._came_for(trigger, segment, left):
            return left
        if self._agreed_at(trigger, segment, left):
            contact.passive = True
            return left
        if self._stays_away(trigger, left):
            contact.reference = True
            return left
        to_one = self.lang == "en" and contact.kind == "call" and not left and bool(right)
        contact.lacks = contact.lacks or (to_one and self._link(right[0]) == "to")  # "A call to B followed"
        if segment.has("G", "occur"):
            contact.passive = True
            return right + [e for e in left if trigger.i - e.j <= 2 or self._coordinated(e, trigger)]
        contact.reference = True
        adjacent = [e for e in left if trigger.i == e.j or (trigger.i - e.j <= 2 and e is left[-1])]
        if adjacent:
            return left if left[-1] in adjacent else adjacent
        return list(right) if by else []

    def _came_for(self, trigger: Item, segment: Segment, left: list[Entity]) -> bool:
        """ "A and B are to come to Geneva for a bilateral meeting": those who come take part."""
        words = {fold(w) for w in self.text.words[max(segment.i, trigger.i - 4) : trigger.i]}
        came = any(x.type == "T" and x.value[1] in ("travel", "awaited") and x.j <= trigger.i for x in segment.items)
        if self.lang == "en":  # "are set to return to X for another round", "C joined them for a trilateral session"
            came = came or bool(_COMING_BACK.intersection(map(fold, self.text.words[segment.i : trigger.i])))
        return came and "for" in words and sum(len(e.refs) for e in left) > 1

    def _agreed_at(self, trigger: Item, segment: Segment, left: list[Entity]) -> bool:
        """ "A and B agreed to go on with it at a meeting in X on Monday": those who agree there take part."""
        people = [e for e in left if not e.possessive and self._link(e) not in ("of", "by", "from", "to", "with")]
        several = sum(max(len(e.refs), 2 * (e.refs[0].value == "plural")) for e in people) > 1
        lead = [fold(w) for w in self.text.words[max(segment.i, trigger.i - 3) : trigger.i]]
        at = bool({"at", "during", "in"} & set(lead)) and not {"the", "this", "that", "next", "last"} & set(lead)
        dated = any(trigger.j <= d.i < segment.j for d in self.dates)
        there = any(x.type == "L" and 0 < x.i - trigger.j <= 2 for x in segment.items)
        first = people and len(people) == len(left) and left[0].i - segment.i <= 3
        return self.lang == "en" and several and at and bool(first) and (dated or there)

    def _stays_away(self, trigger: Item, left: list[Entity]) -> bool:
        """ "A declined to travel to X for a meeting": A was to be there."""
        if self.lang != "en" or len(left) != 1 or len(left[0].refs) != 1 or left[0].possessive:
            return False
        off = [c for c in self.sentence.of("Q") if c.value == "cancelled" and left[0].j <= c.i < trigger.i]
        return bool(off) and off[0].i - left[0].j <= 3

    def _in_talk(self, segment: Segment, trigger: Item) -> bool:
        """ "in the conversation ... was discussed": the noun says where it was said, so it was held."""
        if not segment.has("T", ("meeting", "neutral_verb")):
            return False
        word = fold(self.text.words[trigger.j - 1])
        return word.endswith(self.within) or (
            trigger.i > segment.i and fold(self.text.words[trigger.i - 1]) in self.prepositions
        )

    def _used(self, segment: Segment, trigger: Item) -> bool:
        """ "discussed it in a phone call with ...": the verb tells that the contact was held."""
        words = [fold(w) for w in self.text.words[max(segment.i, trigger.i - 3) : trigger.i]]
        told = any(x.type == "T" and x.value[1] == "neutral_verb" and x.i < trigger.i for x in segment.items)
        said = segment.opener in ("content", "speech")
        return bool({"in", "during", "over"} & set(words)) and (told or said)

    def _between_others(self, trigger: Item, right: list[Entity]) -> bool:
        """ "talks between representatives of Baku and the Armenians": between those whom nobody names."""
        if trigger.j >= self.sentence.last or fold(self.text.words[trigger.j]) not in ("between", "among"):
            return False
        return not right or self._link(right[0]) not in ("between", "among", "of", "and")

    def auxiliary(self, item: Item) -> bool:
        """ "has commended", "had met": a tense, not "had a meeting"."""
        if fold(self.text.words[item.i]) not in ("had", "has", "have", "having") or item.j >= self.sentence.last:
            return False
        word = fold(self.text.words[item.j])
        return word.endswith(("ed", "en", "n't")) or word in _PARTICIPLES

    def _is_noun(self, item: Item) -> bool:
        """ "at the start of the session": a verb's form that is a noun."""
        return self.lang == "en" and item.i > self.sentence.first and fold(self.text.words[item.i - 1]) == "the"

    def _governs(self, light: list[Item], trigger: Item) -> bool:
        last = light[-1]
        return not any(e.is_person and last.j <= e.i < trigger.i for e in self.entities)

    def _coordinated(self, entity: Entity, trigger: Item) -> bool:
        return trigger.i - entity.j <= 6

    def _receiver(self, left: list[Entity], right: list[Entity]) -> list[Entity]:
        """Who receives: the subject, which may stand behind the verb where endings tell it: "его принял Х"."""
        if self.lang == "ru":
            for entity in left + right:
                word = self.text.words[entity.j - 1]
                if any(r.how == "named" for r in entity.refs) and self.lexicon.stem(word) == fold(word):
                    return [entity]
        if self.lang == "en":  # "A and B received him"
            gaps = [n for n, (a, b) in enumerate(pairwise(left), 1) if b.i - a.j > 1]
            return left[: gaps[0]] if gaps else left
        return left[:1]


_OF_IT = frozenset(("for", "of", "about", "at", "on", "to", "the"))
_COMING_BACK = frozenset(("return", "returning", "returned", "joined", "joins", "join"))
_ABOUT = frozenset(("discussed", "discuss", "discusses", "discussing", "reviewed"))


_TOWARDS = frozenset(("с", "со", "к", "ко", "у", "для", "от", "о", "об", "по", "при"))  # whom a traveller goes to see


def _place(entity: Entity) -> int:
    return entity.i


def _as_one(owner: Entity) -> Entity:
    """ "his talks with A": the owner takes part, as "he" does, if the text has told who that is."""
    if owner.refs[0].value != "possessive":
        return owner
    return Entity(owner.i, owner.j, [Ref("anaphora", value="singular")], possessive=True)


_PARTICIPLES = frozenset(
    [
        "been",
        "held",
        "met",
        "spoken",
        "already",
        "yet",
        "not",
        "also",
        "had",
        "made",
        "begun",
        "come",
        "gone",
        "sent",
        "said",
        "told",
        "reached",
        "led",
        "put",
        "kept",
        "since",
    ]
)
