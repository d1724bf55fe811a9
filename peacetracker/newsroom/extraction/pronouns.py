"""Pronouns whose people stand in the same sentence."""

from __future__ import annotations

from .contact import last_group
from .lexicon import fold
from .references import Entity, Ref
from .sentences import Item
from .triggers import TriggerReader


class PronounReader(TriggerReader):
    """Finds whom "he", "his" and "they" mean inside a sentence."""

    def _owner(self, entity: Entity) -> Entity:
        """ "during his meeting": the person named last before the pronoun in the same sentence."""
        if any(r.how != "anaphora" for r in entity.refs):
            return entity
        if all(r.value in ("speaker", "author") for r in entity.refs) and self._hails(entity):
            return Entity(entity.i, entity.j, [])
        if all(r.value in ("speaker", "author") for r in entity.refs) or self._royal(entity):
            return self._who_says(entity)
        if all(r.value in ("plural", "their") and not r.type for r in entity.refs):
            return self._listed_before(entity)
        if all(r.value == "singular" for r in entity.refs):
            return self._subject_before(entity)
        if not entity.possessive or any(r.value != "possessive" for r in entity.refs):
            return entity
        named = [
            e for e in self.entities if e.is_person and e.j <= entity.i and all(r.how != "anaphora" for r in e.refs)
        ]
        if not named:
            return self._owner_after(entity)
        if self.lang == "en" and len(named) > 1 and self._told_to(named[-1]) and self._of_talk(entity):
            named = named[:-1]
        named = self._of_main_clause(entity) or named
        if len(named[-1].refs) != 1:
            return entity
        return Entity(entity.i, entity.j, named[-1].refs, possessive=True)

    def _hails(self, entity: Entity) -> bool:
        """ "I welcome the meeting between A and B": who says so was not there."""
        after = [fold(w) for w in self.text.words[entity.j : entity.j + 2]]
        return self.lang == "en" and bool(_HAILING.intersection(after))

    def _of_main_clause(self, entity: Entity) -> list[Entity]:
        """ "A was received by B a day before his talks with C": those of A, the subject."""
        n = next((k for k, s in enumerate(self.segments) if s.i <= entity.i < s.j), 0)
        own = self.segments[n]
        if self.lang != "en" or not n or entity.i - own.i > 1 or own.opener not in ("time", "clause"):
            return []
        if own.opener == "clause" and (entity.i != own.i or ";" not in self.text.gap(own.i)):
            return []  # "A spoke with B; his call to C ...": those of A
        before = self.segments[n - 1]
        return [e for e in before.people + before.speakers if e.is_person and not e.possessive][:1]

    def _of_talk(self, entity: Entity) -> bool:
        """ "about his meeting with C": a contact that is his."""
        nouns = [x for x in self.sentence.of("T") if x.value[1] == "noun" and 0 <= x.i - entity.j <= 3]
        one = any(fold(self.text.words[x.j - 1]) not in ("contacts", "calls", "meetings") for x in nouns)
        return one and fold(self.text.words[entity.i - 1]) in _ABOUT

    def _told_to(self, entity: Entity) -> bool:
        """ "A briefed B on his talks with C": the talks of A."""
        told = [x for x in self.sentence.of("Y") if 0 <= entity.i - x.j <= 1]
        return any(fold(self.text.words[x.i]) in ("told", "briefed", "informed", "updated") for x in told)

    def _royal(self, entity: Entity) -> bool:
        """ "We met with A," said B: one of those who met is named, so "we" is the one who speaks."""
        if self.lang != "en" or fold(self.text.words[entity.i]) not in ("we", "us", "our"):
            return False
        own = next((s for s in self.segments if s.i <= entity.i < s.j), None)
        return own is not None and any(e.is_person and e.i > entity.i and self._link(e) == "with" for e in own.people)

    def _who_says(self, entity: Entity) -> Entity:
        """ "I met A," said B: the speaker of the sentence, if it has one."""
        for segment in self.segments:
            for other in segment.speakers:
                if len(other.refs) == 1 and other.refs[0].how != "anaphora" and not other.voice:
                    return Entity(entity.i, entity.j, other.refs, possessive=entity.possessive)
        return entity

    def _owns_thing(self, owner: Entity, pronoun: Entity) -> bool:
        """ "Aliyev's trip ...; he": the one whom the sentence began with, though only as an owner."""
        named = owner.is_person and owner.possessive and owner.refs[0].how == "named" and len(owner.refs) == 1
        return named and owner.i - self.sentence.first <= 3 and owner.j <= pronoun.i

    def _office_of(self, entity: Entity) -> bool:
        """ "The office of A denied that he ...": A."""
        lead = [fold(w) for w in self.text.words[max(self.sentence.first, entity.i - 2) : entity.i]]
        return lead in (["office", "of"], ["service", "of"], ["administration", "of"])

    def _owner_after(self, entity: Entity) -> Entity:
        """ "Following his talks with ..., Michel said": the subject of the clause after."""
        first = fold(self.text.words[self.sentence.first])
        if self.lang != "en" or (first not in LEADING and self.segments[0].opener != "time"):
            return entity
        own = next((n for n, s in enumerate(self.segments) if s.i <= entity.i < s.j), 0)
        if self.segments[own].opener == "main" and not entity.possessive:
            return entity
        rest = self.segments[own + 1 :]
        later = [e for s in rest for e in s.speakers + s.people if e.is_person and not e.possessive]
        tail = [e for e in self.segments[own].people if e.i > entity.i and "," in self.text.gap(e.i)]
        for other in [*tail[:1], *later[:1]]:
            if len(other.refs) == 1 and other.refs[0].how != "anaphora":
                return Entity(entity.i, entity.j, other.refs, possessive=True)
        return entity

    def _subject_before(self, entity: Entity) -> Entity:
        """ "Klaar was in Baku, where he was received": the one whom the sentence began with."""
        if self.text.words[entity.i].lower() not in _THIRD:
            return entity
        end = entity.i
        if self.lang != "en" or self.text.words[entity.i].lower() == "him":  # told of in a clause before
            end = next((s.i for s in self.segments if s.i <= entity.i < s.j), 0)
        named = [e for e in self.entities if e.is_person and e.j <= end and not e.possessive]
        if self.lang == "en" and (whom := self._whom(entity)):
            return Entity(entity.i, entity.j, whom.refs)
        if self.lang == "en":
            lead = self.segments[0]
            named = [e for e in named if lead.opener != "time" or e.i >= lead.j] or named
            named = [e for e in named if ":" not in self.text.gap(e.j)] or self._bidden(entity) or self._third(entity)
        if not named:
            bosses = [e for e in self.entities if e.serves and e.j <= entity.i]
            if bosses:  # "A's spokesman denied that he met B"
                return Entity(entity.i, entity.j, [Ref("named", slugs=bosses[-1].serves)])
            voices = [e for e in self.entities if e.voice and e.j <= entity.i and e.refs and e.refs[0].slugs]
            offices = [e for e in voices if e.possessive or self._office_of(e)]
            offices = offices or [e for e in self.entities if self._owns_thing(e, entity)]
            if offices:  # "Pashinyan's office denied that he met ...", "Aliyev's trip was in May; he ..."
                return Entity(entity.i, entity.j, offices[-1].refs)
            return self._owner_after(entity)
        if self.lang == "en" and named[0].j == entity.i - 1 and fold(self.text.words[entity.i - 1]) == "and":
            return entity  # "A and he met"
        if self.lang == "en" and len(named[0].refs) > 1:  # "A and B accepted it when C told them so, whom he ..."
            single = [e for e in named if len(e.refs) == 1 and e.refs[0].how != "anaphora"]
            named = single if len(single) == 1 else named
        if len(named[0].refs) != 1 or named[0].refs[0].how == "anaphora":
            return entity
        return Entity(entity.i, entity.j, named[0].refs)

    def _whom(self, entity: Entity) -> Entity | None:
        """ "A met B and will meet him again": B, the other of the two named in the clause."""
        own = next((s for s in self.segments if s.i <= entity.i < s.j), None)
        if own is None or fold(self.text.words[entity.i]) not in ("him", "her") or entity.possessive:
            return None
        named = [e for e in own.people if e.is_person and e.j <= entity.i and not e.possessive]
        single = len(named) == 2 and all(len(e.refs) == 1 and e.refs[0].how == "named" for e in named)
        met = [t.i for t in own.triggers if single and named[0].j <= t.i < named[1].i]
        again = any(t.j == entity.i and t.value[1] in ("verb", "host") for t in own.triggers)
        return named[1] if met and again else None

    def _bidden(self, entity: Entity) -> list[Entity]:
        """ "A rang B to congratulate him": the one named last."""
        if fold(self.text.words[entity.i - 2]) != "to" or fold(self.text.words[entity.i]) != "him":
            return []
        return [e for e in self.entities if e.is_person and e.j < entity.i and e.refs[0].how == "named"][-1:]

    def _third(self, entity: Entity) -> list[Entity]:
        """ "A and B held talks under the mediation of C and issued a statement together with him": C."""
        together = fold(self.text.words[entity.i - 1]) == "with" and fold(self.text.words[entity.i - 2]) == "together"
        before = [e for e in self.entities if e.is_person and e.j < entity.i and e.refs[0].how == "named"]
        return before[-1:] if together and len(before) > 2 else []

    def _heads(self, n: int) -> bool:
        """ "Thursday brought a phone call: A rang B": what stands before the colon says when and where."""
        return ":" in self.text.gap(self.segments[n].i)

    def _idle(self, entity: Entity, trigger: Item) -> bool:
        """ "their countries": a possessive pronoun that does not own the contact."""
        if self._lost(entity, trigger) or self._owns_person(entity) or self._link(entity) in _ABSENT:
            return True
        lead = [fold(w) for w in self.text.words[max(self.sentence.first, entity.i - 3) : entity.i]]
        if (
            self.lang == "en"
            and entity.j <= trigger.i
            and lead[-1:] == ["by"]
            and {"announced", "reported"} & set(lead)
        ):
            return True  # "As announced by A, B and C will meet"
        return (
            entity.possessive
            and all(r.value in ("possessive", "their") for r in entity.refs)
            and not 0 <= trigger.i - entity.j <= 3
        )

    def _owns_person(self, entity: Entity) -> bool:
        """ "their foreign ministers": the pronoun belongs to the people after it."""
        if not all(r.value in ("possessive", "their") for r in entity.refs):
            return False
        return any(e.i == entity.j and e.refs for e in self.entities)

    def _lost(self, entity: Entity, trigger: Item) -> bool:
        """ "ahead of them, ...": a pronoun before the trigger that is the object of something else."""
        if entity.j > trigger.i or fold(self.text.words[entity.i]) not in ("them", "him"):
            return False
        return fold(self.text.words[entity.i - 1]) in ("of", "for", "about", "after", "before", "against", "from")

    def _coupled(self, entity: Entity) -> bool:
        """ "he and B", "B and he": one of a pair, not "the leader said that he ..."."""
        around = (self.text.words[entity.i - 1], self.text.words[min(entity.j, len(self.text.words) - 1)])
        return "and" in around

    def _unbroken(self, group: list[Entity], entity: Entity) -> list[Entity]:
        """The end of a list that no verb breaks ("before C came, A and B met"), or the list before "them"."""
        for n in range(len(group) - 1, 0, -1):
            between = {fold(w) for w in self.text.words[group[n - 1].j : group[n].i]}
            if not between <= _LISTS:
                group = group[n:]
                break
        start = next((s.i for s in self.segments if s.i <= entity.i < s.j), 0)
        if fold(self.text.words[entity.i]) == "them" and len(group) == 1 and len(group[0].refs) == 1:
            earlier = [e for e in self.entities if e.is_person and e.j <= start and not _vague(e)]
            listed = last_group(earlier)
            return listed if sum(len(e.refs) for e in listed) > 1 else group
        return group

    def _two_met(self, before: list[Entity], entity: Entity) -> bool:
        """ "A never met B alone, though the two talked by phone": the only two named."""
        free = [e for e in before if not e.possessive]
        single = len(free) == 2 and all(len(e.refs) == 1 and e.refs[0].how == "named" for e in free)
        words = [fold(w) for w in self.text.words[entity.i : entity.j]]
        return (
            self.lang == "en" and single and words in (["the", "two"], ["the", "pair"], ["both"], ["the", "two", "men"])
        )

    def _when_both(self, entity: Entity) -> bool:
        """ "A said he had told B when the two met": the one who speaks and the one named last."""
        two = [fold(w) for w in self.text.words[entity.i : entity.j]] in (["the", "two"], ["the", "pair"], ["they"])
        return self.lang == "en" and two and fold(self.text.words[entity.i - 1]) in ("when", "after", "before", "as")

    def _listed_before(self, entity: Entity) -> Entity:
        """ "... by A and B when they met": those named together before the pronoun in the same sentence."""
        before = [e for e in self.entities if e.is_person and e.j <= entity.i and not _vague(e)]
        if self.lang == "en":
            before = [e for e in before if e.refs[0].value != "singular" or self._coupled(e)]
        last = before[-1] if before else None
        if last is None:
            offices = [e for e in self.entities if e.is_person and e.j <= entity.i and e.refs[0].type]
            last = offices[-1] if offices else None
            if last is not None and last.refs[0].value == "plural":
                return Entity(entity.i, entity.j, last.refs, possessive=entity.possessive)
        group = last_group(before)
        if self.lang == "en":
            group = self._unbroken(group, entity)
        if (
            len(group) == 1
            and entity.possessive
            and len(before) == 2
            and len(before[0].refs) == len(before[1].refs) == 1
        ):
            group = before  # "A did not ask B in their call"
        elif len(group) == 1 and self._two_met(before, entity):
            group = [e for e in before if not e.possessive]
        elif len(group) == 1 and len(group[0].refs) == 1 and self._when_both(entity):
            first = [e for e in before[:-1] if e.refs[0].how == "named" and len(e.refs) == 1]
            group = [*first[:1], *group]
        refs = [r for e in group for r in e.refs]
        return Entity(entity.i, entity.j, refs, possessive=entity.possessive) if len(refs) > 1 else entity


LEADING = frozenset(
    (
        "upon", "after", "following", "during", "before", "while", "on", "in", "at", "since", "ahead", "despite",
        "fresh", "speaking", "with", "asked", "returning", "back", "shortly", "hours", "days",
    )
)  # fmt: skip


_HAILING = frozenset(("welcome", "commend", "applaud", "support", "praise", "hail", "encourage"))
_ABOUT = frozenset(("about", "on", "of"))
_THIRD = frozenset(("he", "she", "him", "он", "она", "его", "ему", "ним", "нему", "onu", "onunla", "նրան", "նա"))
_LISTS = frozenset(
    (
        "and",
        "the",
        "his",
        "her",
        "their",
        "as",
        "well",
        "or",
        "both",
        "with",
        "then",
        "also",
        "to",
        "centre",
        "center",
        "left",
        "right",
    )
)
_ABSENT = frozenset(("without", "except", "unlike", "minus"))  # before one who is not there


def _vague(entity: Entity) -> bool:
    """A pronoun for several people, which cannot stand in a list of names."""
    return any(r.how == "anaphora" and r.value != "singular" for r in entity.refs)
