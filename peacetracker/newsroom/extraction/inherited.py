"""People whom a clause takes from the clauses around it."""

from __future__ import annotations

from itertools import pairwise

from .armenian import first_person
from .contact import MEET_NOUNS, Contact, last_group, unique
from .lexicon import fold
from .pronouns import PronounReader
from .references import Entity
from .segments import Segment
from .speech import TELLING


class InheritedReader(PronounReader):
    """Finds the subject, host or speaker that another clause names."""

    def _inherit(self, contact: Contact, n: int, segment: Segment) -> None:
        """Take the subject of the clause before, of a relative clause, or of the whole sentence."""
        passive = contact.kind == "agreement" and fold(self.text.words[contact.trigger.i - 1]) in (
            "been",
            "was",
            "were",
        )
        present = contact.people
        if not present and self.lang == "en" and self._anchors(segment):
            return
        if contact.kind == "agreement" and present and fold(self.text.words[contact.trigger.i]) == "signing":
            contact.people = unique(present + self._subject_around(contact, n, segment))
            return
        if passive or (contact.kind == "agreement" and present):
            return
        both = self._of_clause_before(present, n, segment)
        if both:
            contact.people = both
            return
        if self.lang == "hy" and len(present) == 1 and first_person(self.text.words, contact.trigger.j):
            said = [e for s in self.segments if s.opener == "speech" for e in s.speakers if e.is_person and e.refs]
            contact.people = unique(said[:1] + present)  # «հանդիպեցինք նախագահի հետ», - ասաց Ա-ն
            return
        if not present and n and self._heads(n) and contact.trigger.value[1] in MEET_NOUNS:
            before = self.segments[n - 1]  # "listed his contacts with A: a meeting in X, a call in May"
            contact.people = unique([*before.speakers, *before.people])
        elif segment.opener == "relative_person" and n:
            self._from_antecedent(contact, n, segment)
        elif self._told_by(contact, n, segment):
            contact.people = unique(present + self.segments[n - 1].speakers[-1:])
        elif segment.opener == "relative_place" and self._of_traveller(contact, n, segment):
            contact.people = unique(self._last_subject(n) + present)
        elif segment.opener in ("relative_event", "relative_place"):
            return
        elif not present and contact.kind == "visit" and self.lang == "en" and segment.opener == "time":
            contact.people = self._subject_around(contact, n, segment)  # "made the offer during a visit to X"
        elif not present and self._told_in(contact, segment):
            contact.people = self._those_who_speak(n, segment)
        elif len(present) > 1 and n and self._by_gerund(contact, segment):
            contact.behind = self._deed_of(n - 1)
            contact.people = unique(contact.behind + present)
            if contact.trigger.value[1] == "host" and len(contact.behind) == 1:
                contact.hosts = contact.hosts + contact.behind
        elif contact.lacks and len(present) > 1:
            contact.behind = self._governor(n, segment)
            contact.people = unique(present + contact.behind)
        elif self.lang == "en" and len(present) == 1 and _several(present[0], contact.trigger.i):
            return
        elif (
            len(present) == 1
            or (contact.kind == "visit" and not present)
            or contact.trigger.value[1] in ("verb", "host", "travel")
            or (self.lang == "ru" and self._only_with(contact))
        ):
            contact.people = unique(present + self._subject_around(contact, n, segment))

    def _of_clause_before(self, present: list[Entity], n: int, segment: Segment) -> list[Entity]:
        """ "A told B so when they spoke on Sunday": they are the two of the clause that "when" hangs on."""
        they = len(present) == 1 and present[0].refs[0].how == "anaphora" and present[0].refs[0].value == "plural"
        if self.lang != "en" or segment.opener != "time" or not n or not they or present[0].refs[0].type:
            return []
        before = [e for e in self.segments[n - 1].people + self.segments[n - 1].speakers if e.is_person]
        pair = [e for e in before if not e.possessive]
        one_each = len(pair) == 2 and all(len(e.refs) == 1 and e.refs[0].number == 1 for e in pair)
        return pair if one_each and any(e.refs[0].how == "named" for e in pair) else []

    def _set_out(self, contact: Contact, n: int, segment: Segment) -> None:
        """ "In a call with B on Friday, A said ...", "At a meeting, A told B ...": the subject behind the comma met."""
        words, trigger = self.text.words, contact.trigger
        start = next((k for k in range(trigger.i, segment.i, -1) if "," in self.text.gap(k)), segment.i)
        start += fold(words[start]) == "that"
        lead = [fold(w) for w in words[start : trigger.i]]
        begins = {e.i - ("," not in self.text.gap(e.i)) for e in self.entities if e.refs}
        begins |= {e.i for e in self.entities if e.refs}
        commas = [
            k for k in range(trigger.j, self.sentence.last) if "," in self.text.gap(k) and fold(words[k]) != "and"
        ]
        comma = next((k for k in commas if k in begins), 0)
        after = lead[:1] in (["after"], ["following"]) and len(lead) > 1
        if not 2 <= len(lead) <= 6 or not (lead[0] in _INTO or after) or not comma:
            return
        present = [e for e in contact.people if e.refs[0].value != "their" and e.i < comma]
        owned = len(present) < len([e for e in contact.people if e.i < comma])
        behind = [
            e for s in self.segments[n : n + 3] for e in s.speakers + s.people if e.i >= comma and not e.possessive
        ]
        group = self._beginning(sorted(behind, key=lambda e: e.i), comma, alone=bool(present))
        several = sum(max(len(e.refs), 2 * (e.refs[0].value == "plural")) for e in group) > 1
        joined = present and self._link(present[0]) == "with" and not owned
        joined = joined or (several and bool(present) and all(e in contact.hosts for e in present))
        if not group or (present and not joined) or not (present or several):
            return
        told = any(trigger.j <= d.i < comma for d in self.dates) or segment.has("L") or lead[1] in ("a", "an")
        if present or ((owned or after) and told) or (lead[1] in ("a", "an", "separate") and not after):
            urges = fold(words[group[0].j]) in TELLING | _URGING
            contact.people, contact.lacks = unique((group + present) if after else (present + group)), False
            contact.behind = group[:1] if urges else group
            contact.reference = contact.reference and not told

    def _beginning(self, people: list[Entity], start: int, *, alone: bool) -> list[Entity]:
        """Those who begin a clause: "A and B", "A told B"; only the first where whom he met was told before."""
        first = people[0] if people else None
        if first is None or first.voice or first.i - start > 1 or (first.i > start and "," in self.text.gap(first.i)):
            return []
        group = [first]
        for entity in people[1:]:
            told = fold(self.text.words[first.j]) in TELLING | _URGING and entity.i - first.j in (1, 2) and not alone
            if not told and not (entity.i - group[-1].j <= 2 and self._link(entity) == "and"):
                listed = entity.i == group[-1].j and any(self._link(e) == "and" for e in people if e.i > entity.i)
                if not listed or self.text.gap(entity.i).strip() != ",":
                    break
            group.append(entity)
        return group

    def _by_gerund(self, contact: Contact, segment: Segment) -> bool:
        """ "made the remarks after hosting A and B", "before sitting down with A and B": by the one who remarked."""
        word = fold(self.text.words[contact.trigger.i])
        begins = segment.opener == "time" and contact.trigger.i == segment.i + 1
        return self.lang == "en" and begins and word.endswith("ing") and contact.trigger.value[1] not in MEET_NOUNS

    def _deed_of(self, n: int) -> list[Entity]:
        """Those before the verb of clause `n`."""
        clause = self.segments[n]
        verbs = [x.i for x in clause.items if x.type in ("T", "G", "Y")]
        people = [e for e in clause.speakers + clause.people if e.is_person and e.refs and not e.possessive]
        return last_group([e for e in people if not verbs or e.j <= min(verbs)]) or people[:1]

    def _names(self, contact: Contact) -> bool:
        """Whether the subject is somebody named, whom another may speak of."""
        return all(r.how != "anaphora" for e in contact.people for r in e.refs)

    def _anchors(self, segment: Segment) -> bool:
        """ "four days before the Washington talks": the talks of others, told to count from."""
        counted = any(d.form == "anchored" and 0 <= d.anchor - segment.i <= 2 for d in self.dates)
        return counted and segment.opener == "time" and segment.i > self.sentence.first + 2

    def _goes_there(self, contact: Contact, n: int, segment: Segment) -> bool:
        """ "will fly to Baku, where will meet with X": languages that leave out the subject told just before."""
        if self.lang == "en" or not n or contact.trigger.value[1] not in ("verb", "host", "neutral_verb"):
            return False
        with_whom = [e for e in contact.people if e.is_person]
        if self.lang == "hy" and with_whom:
            return all(e.i > contact.trigger.i for e in with_whom) and self._companion(with_whom[-1])
        return len(with_whom) == 1 and len(with_whom[0].refs) == 1 and self._companion(with_whom[0])

    def _companion(self, entity: Entity) -> bool:
        """ "with X", as the language says it: a preposition, a postposition or an ending."""
        after = fold(self.text.words[entity.j]) if entity.j < self.sentence.last else ""
        if self.lang == "ru":
            return self._link(entity) in ("с", "со")
        return after in ("հետ", "ile") or (
            self.lang == "az" and fold(self.text.words[entity.j - 1]).endswith(("la", "le"))
        )

    def _of_traveller(self, contact: Contact, n: int, segment: Segment) -> bool:
        return self._goes_there(contact, n, segment) or (contact.lacks and n > 0 and self._lone_trip(n))

    def _lone_trip(self, n: int) -> bool:
        """ "A will go on to X, where talks with B are planned": the traveller's talks."""
        trip = any(t.value[0] == "visit" for t in self.segments[n - 1].triggers)
        people = [e for e in self.segments[n - 1].people if e.is_person]
        return self.lang == "en" and trip and len(people) == 1 and len(people[0].refs) == 1

    def _last_subject(self, n: int) -> list[Entity]:
        before = self.segments[n - 1]
        return [e for e in before.people + before.speakers if e.is_person and not e.possessive][:1]

    def _told_by(self, contact: Contact, n: int, segment: Segment) -> bool:
        """ "X said in a meeting with Y": the one who speaks takes part."""
        reported = segment.opener == "clause" and contact.lacks and self.lang == "en"
        if not (segment.opener == "content" or reported) or not n or self.segments[n - 1].opener != "speech":
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
        if contact.kind == "visit" and self.lang == "en":
            group = group[-1:]  # "A received B, who arrived on a visit"
        contact.people = unique(contact.people + group)
        if (contact.trigger.value[1] == "host" and not self._received(contact.trigger)) or segment.has("H", "after"):
            contact.hosts = contact.hosts + group

    def _subject_around(self, contact: Contact, n: int, segment: Segment) -> list[Entity]:
        """The subject of a clause before, or of the main clause after "when" and "before"."""
        own = self.lang == "en" and any(e.j <= contact.trigger.i and not e.possessive for e in contact.people)
        for other in self.segments[:n][::-1]:
            if own and other.opener == "speech" and segment.opener in ("content", "clause") and self._names(contact):
                continue  # "A said B will meet ...": who says so takes no part
            group = [e for e in other.people + other.speakers if e.is_person and not e.possessive]
            goes_on = segment.opener in ("main", "clause", "time", "content")
            tells = other.triggers or other.speakers or segment.opener == "time" or other.has("Z", "agreed")
            if group and goes_on and tells and contact.trigger.value[1] != "neutral_noun":
                return group[:1]
        after = self.segments[n + 1 : n + 2] if self.lang in ("hy", "az") else []
        after = [s for s in after if s.opener == "time"]  # "danışandan sonra Mişel ...": the postposition opens it
        for other in (self.segments[n + 1 :] if segment.opener == "time" else after) if contact.people else ():
            group = [e for e in other.people + other.speakers if e.is_person]
            if group:
                return group[:1]
        return []

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
        gerund = segment.opener == "clause" and fold(self.text.words[segment.i]) in DOING
        if segment.opener not in ("time", "content", "main") and not gerund:
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
            chairs = segment.opener == "clause" and not segment.triggers and segment.has("H", "after")
            if not chairs and segment.opener not in ("relative_event", "relative_place", "relative_person"):
                break
            if segment.has("H", "attended") and not segment.triggers:
                contact.people = unique(contact.people + segment.people)
            hosts = [e for e in segment.people if self._host_marked(e, segment)]
            hosts = [e for e in hosts if any(r.how != "anaphora" or r.type for r in e.refs)]
            contact.hosts += hosts
            if self.lang == "en":
                hosts += self._joined(segment)
            joining = [e for e in segment.people if segment.has("H", "joins") and e.refs and not e.voice]
            contact.people = unique(contact.people + hosts + joining)

    def _joined(self, segment: Segment) -> list[Entity]:
        """ "..., where A was joined by B": A was there too."""
        by = [x for x in segment.items if x.type == "H" and fold(self.text.words[x.i]) == "joined"]
        found = [e for e in segment.people if by and e.j <= by[0].i and not e.possessive and not e.voice]
        return [e for e in found if any(r.how == "named" for r in e.refs)]

    def _host_marked(self, entity: Entity, segment: Segment) -> bool:
        """Whether "mediated by", "in the presence of" stands before, or the like after, a person."""
        for item in segment.items:
            if item.type == "H" and item.value == "by" and 0 <= entity.i - item.j <= 2 + self._owned(entity):
                return True
            if item.type == "H" and item.value == "after" and 0 <= item.i - entity.j <= 1:
                return True
            if item.type == "H" and item.value == "by" and item.j <= entity.i and self._listed(item.j, entity, segment):
                return True
        return False

    def _owned(self, entity: Entity) -> int:
        """The words of "the European Union's" before a name."""
        k = entity.i - 1
        owned = k > self.sentence.first and fold(self.text.words[k]).endswith(("'s", "’s"))
        return 2 if owned or fold(self.text.words[k]) == "s" else 0

    def _listed(self, start: int, entity: Entity, segment: Segment) -> bool:
        chain = [e for e in segment.people if start <= e.i <= entity.i and not (e.possessive and len(e.refs) == 1)]
        if not chain or chain[0].i - start > 2:
            return False
        if self.lang == "en" and len(chain) > 1 and "," in self.text.gap(entity.i) and self._link(entity) != "and":
            after = [e for e in segment.people if e.i > entity.j and self._link(e) == "and"]
            if not after:
                return False  # "At the invitation of A, B paid a visit": no list
        words = self.text.words
        joined = all(b.i - a.j <= 2 or {fold(w) for w in words[a.j : b.i]} <= _AND_HOST for a, b in pairwise(chain))
        told = [x for x in segment.items if x.type == "T" and start <= x.i < entity.i]
        return joined and not any(fold(words[x.i]) not in _AND_HOST for x in told)


DOING = frozenset(("holding", "meeting", "conducting", "having"))
_URGING = frozenset(("urged", "asked", "thanked", "encouraged", "pressed", "congratulated", "advised", "cautioned"))
_AND_HOST = frozenset(("and", "their", "its", "the", "host", "mediator"))
_INTO = frozenset(("in", "during", "at", "over", "on"))


def _several(entity: Entity, trigger: int) -> bool:
    """ "they have spoken", "the leaders' meeting": several people, who need nobody else."""
    return entity.j <= trigger and entity.refs[0].how == "anaphora" and entity.refs[0].value.startswith("plural")
