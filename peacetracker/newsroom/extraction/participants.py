"""Who takes part in a contact, and who hosts it."""

from __future__ import annotations

from itertools import pairwise

from .contact import GREETED, MEET_NOUNS, Contact, last_group, unique
from .lexicon import fold
from .pronouns import LEADING, PronounReader
from .references import Entity
from .segments import Segment
from .sentences import Item


class ParticipantReader(PronounReader):
    """Finds the people of a contact in its clause and in those around it."""

    def _participants(
        self, contact: Contact, n: int, segment: Segment, left: list[Entity], right: list[Entity]
    ) -> None:
        left = [self._owner(e) for e in left if not self._idle(e, contact.trigger)]
        right = [self._owner(e) for e in right if not self._idle(e, contact.trigger)]
        pos = contact.trigger.value[1]
        hosted = [e for e in left + right if self._host_marked(e, segment)]
        plain_left = [e for e in left if e not in hosted]
        plain_right = [e for e in right if e not in hosted]
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
            contact.people = [e for e in segment.people if e.j <= contact.trigger.i][-1:]
        elif contact.kind == "visit":
            contact.hosts = hosted
            contact.people = plain_left or self._travellers(contact, n, segment, right)
        else:
            contact.people = sorted(people + hosted, key=_place)
            contact.hosts = contact.hosts + hosted
        if pos == "split" and plain_left:
            contact.hosts = contact.hosts + plain_left[:1]
        elif pos == "host" and self._received(contact.trigger):
            contact.hosts = contact.hosts + [e for e in plain_right if self._link(e) == "by"]
            contact.reception = True
        elif pos == "host" and plain_left:
            contact.hosts = contact.hosts + self._receiver(plain_left, plain_right)
            contact.reception = pos == "host" and any(r.value == "singular" for e in plain_right for r in e.refs)
        contact.people = unique(contact.people)
        few = sum(len(e.refs) for e in contact.people) < 2
        headless = segment.opener == "relative_person" and not plain_left and pos in ("verb", "host", "travel")
        others = any(e.voice and segment.i <= e.i < contact.trigger.i for e in self.entities)
        if (
            (few or contact.lacks or headless or (self.lang == "ru" and self._only_with(contact)))
            and not others
            and not contact.closed
            and contact.body not in self.sitting
        ):
            self._inherit(contact, n, segment)
        if self._is_last(contact, segment) and contact.kind != "visit":
            self._hanging_hosts(contact, n)

    def _travellers(self, contact: Contact, n: int, segment: Segment, right: list[Entity]) -> list[Entity]:
        """ "a visit by X", "the visit of X to ..."; "On a visit to Tbilisi, X said"."""
        if self.lang != "en":
            return []
        by = [e for e in right if self._link(e) in ("by", "of")]
        if by:
            return by[:1]
        behind = [e for e in right if "," in self.text.gap(e.i)]
        if behind or not n:
            later = [e for s in self.segments[n + 1 :] for e in s.speakers + s.people if e.is_person]
            lead = fold(self.text.words[segment.i]) in LEADING
            return [*behind, *later][:1] if lead and contact.trigger.value[1] == "noun" else []
        return []

    def _noun_people(self, contact: Contact, segment: Segment, left: list[Entity], right: list[Entity]) -> list[Entity]:
        """Who takes part in what a noun tells, by the word that joins it to the people after it."""
        light = self._light_verbs(contact.trigger, segment)
        linked = (right and self._link(right[0])) or ""
        owner = [e for e in left if e.possessive and contact.trigger.i - e.j <= 3]
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

    def _light_verbs(self, trigger: Item, segment: Segment) -> list[Item]:
        """Verbs before a noun that carry it: "held talks", "hosted a meeting"."""
        found = [x for x in segment.items if x.type in ("G", "T") and x.j <= trigger.i and x is not trigger]
        return [
            x
            for x in found
            if (x.type == "G" and not self._auxiliary(x) and not self._is_noun(x))
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
            return owner + right
        if light and self._governs(light, contact.trigger):
            return left + right
        contact.reference = not self._used(segment, contact.trigger)
        subject = [e for e in left if not e.possessive]
        contact.lacks = not subject and self._link(right[0]) == "with"
        return subject + right

    def _unlinked(
        self, contact: Contact, segment: Segment, left: list[Entity], right: list[Entity], *, by: bool
    ) -> list[Entity]:
        """ "a meeting took place", "the Aliyev-Pashinyan meeting"."""
        trigger = contact.trigger
        if segment.has("G", "occur"):
            contact.passive = True
            return right + [e for e in left if trigger.i - e.j <= 2 or self._coordinated(e, trigger)]
        contact.reference = True
        adjacent = [e for e in left if trigger.i == e.j or (trigger.i - e.j <= 2 and e is left[-1])]
        if adjacent:
            return left if left[-1] in adjacent else adjacent
        return list(right) if by else []

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

    def _auxiliary(self, item: Item) -> bool:
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

    def _host_marked(self, entity: Entity, segment: Segment) -> bool:
        """Whether "mediated by", "in the presence of" stands before, or the like after, a person."""
        for item in segment.items:
            if item.type == "H" and item.value == "by" and 0 <= entity.i - item.j <= 2:
                return True
            if item.type == "H" and item.value == "after" and 0 <= item.i - entity.j <= 1:
                return True
            if item.type == "H" and item.value == "by" and item.j <= entity.i and self._listed(item.j, entity, segment):
                return True
        return False

    def _listed(self, start: int, entity: Entity, segment: Segment) -> bool:
        chain = [e for e in segment.people if start <= e.i <= entity.i]
        if not chain or chain[0].i - start > 2:
            return False
        return all(b.i - a.j <= 2 for a, b in pairwise(chain)) and not any(
            x.type == "T" and start <= x.i < entity.i for x in segment.items
        )

    def _inherit(self, contact: Contact, n: int, segment: Segment) -> None:
        """Take the subject of the clause before, of a relative clause, or of the whole sentence."""
        passive = contact.kind == "agreement" and fold(self.text.words[contact.trigger.i - 1]) in (
            "been",
            "was",
            "were",
        )
        present = contact.people
        if contact.kind == "agreement" and present and fold(self.text.words[contact.trigger.i]) == "signing":
            contact.people = unique(present + self._subject_around(contact, n, segment))
            return
        if passive or (contact.kind == "agreement" and present):
            return
        if segment.opener == "relative_person" and n:
            self._from_antecedent(contact, n, segment)
        elif self._told_by(contact, n, segment):
            contact.people = unique(present + self.segments[n - 1].speakers[-1:])
        elif segment.opener in ("relative_event", "relative_place"):
            return
        elif not present and self._told_in(contact, segment):
            contact.people = self._those_who_speak(n, segment)
        elif contact.lacks and len(present) > 1:
            contact.people = unique(present + self._governor(n, segment))
        elif (
            len(present) == 1
            or (contact.kind == "visit" and not present)
            or contact.trigger.value[1] in ("verb", "host", "travel")
            or (self.lang == "ru" and self._only_with(contact))
        ):
            contact.people = unique(present + self._subject_around(contact, n, segment))

    def _told_by(self, contact: Contact, n: int, segment: Segment) -> bool:
        """ "X said in a meeting with Y": the one who speaks takes part."""
        if segment.opener != "content" or not n or self.segments[n - 1].opener != "speech":
            return False
        alone = sum(len(e.refs) + (e.refs[0].value == "plural") for e in contact.people) == 1
        wired = contact.trigger.value == ("call", "verb")
        return (wired or contact.trigger.value[1] in MEET_NOUNS) and (
            alone or (self.lang == "en" and bool(contact.people))
        )

    def _from_antecedent(self, contact: Contact, n: int, segment: Segment) -> None:
        """ "X, who hosted Y": whom the relative clause tells of."""
        before = self.segments[n - 1]
        group = last_group([e for e in before.people + before.speakers if e.j <= segment.i])
        contact.people = unique(contact.people + group)
        if (contact.trigger.value[1] == "host" and not self._received(contact.trigger)) or segment.has("H", "after"):
            contact.hosts = contact.hosts + group

    def _subject_around(self, contact: Contact, n: int, segment: Segment) -> list[Entity]:
        """The subject of a clause before, or of the main clause after "when" and "before"."""
        for other in self.segments[:n][::-1]:
            group = [e for e in other.people + other.speakers if e.is_person and not e.possessive]
            goes_on = segment.opener in ("main", "clause", "time", "content")
            tells = other.triggers or other.speakers or segment.opener == "time"
            if group and goes_on and tells and contact.trigger.value[1] != "neutral_noun":
                return group[:1]
        for other in self.segments[n + 1 :] if contact.people and segment.opener == "time" else ():
            group = [e for e in other.people + other.speakers if e.is_person]
            if group:
                return group[:1]
        return []

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

    def _only_with(self, contact: Contact) -> bool:
        """ "and later talked with A and B": nobody stands before the verb."""
        verb = contact.trigger.value[1] == "neutral_verb"
        return verb and bool(contact.people) and all(e.i > contact.trigger.i for e in contact.people)

    def _told_in(self, contact: Contact, segment: Segment) -> bool:
        """ "during talks in Brussels": a noun that says when and where somebody did something."""
        told = any(segment.i <= d.i < segment.j for d in self.dates) or segment.has("L")
        lead = [fold(w) for w in self.text.words[segment.i : contact.trigger.i]]
        told = told or (lead[:1] in (["after"], ["following"], ["during"]) and not {"the", "this", "that"} & set(lead))
        return contact.trigger.value[1] in MEET_NOUNS and segment.opener == "time" and told

    def _those_who_speak(self, n: int, segment: Segment) -> list[Entity]:
        """ "A and B agreed during talks in X": those together in the clause that the noun hangs on."""
        for other in [segment, *self.segments[:n][::-1][:1], *self.segments[n + 1 : n + 2]]:
            people = unique(other.people + other.speakers)
            group = [e for e in people if e.is_person and not e.possessive and not e.voice]
            if sum(max(len(e.refs), 2 * (e.refs[0].value == "plural")) for e in group) > 1:
                return group
        return []

    def _governor(self, n: int, segment: Segment) -> list[Entity]:
        """The subject of the clause that "following the meeting with ..." hangs on."""
        if segment.opener not in ("time", "content", "main"):
            return []
        around = [*self.segments[:n][::-1], *(self.segments[n + 1 :] if not n else ())]
        for other in around:
            group = [e for e in other.speakers + other.people if e.is_person and not e.possessive]
            if group:
                return group[-1:] if other.i < segment.i else group[:1]
        return []

    def _is_last(self, contact: Contact, segment: Segment) -> bool:
        """Whether what hangs on the clause belongs to this contact."""
        return not [t for t in self._main_triggers(segment) if t[0].i > contact.trigger.i]

    def _hanging_hosts(self, contact: Contact, n: int) -> None:
        """ "..., where Baerbock chaired the opening session", "..., which was mediated by Charles Michel"."""
        for segment in self.segments[n + 1 :]:
            if segment.opener not in ("relative_event", "relative_place", "relative_person"):
                break
            hosts = [e for e in segment.people if self._host_marked(e, segment)]
            hosts = [e for e in hosts if any(r.how != "anaphora" or r.type for r in e.refs)]
            contact.hosts += hosts
            contact.people = unique(contact.people + hosts)


_ABOUT = frozenset(("discussed", "discuss", "discusses", "discussing", "reviewed"))


def _place(entity: Entity) -> int:
    return entity.i


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
