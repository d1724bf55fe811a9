"""References to people resolved: names, offices by tenure, counterparts, and pronouns by what was told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from .discourse import SIDES, Discourse, key
from .gazetteer import Gazetteer
from .lexicon import Lexicon, fold
from .model import How, Person
from .references import ASIDE, Entity, Known, Ref


class Resolver:
    """Turns references into people on the day of an event."""

    def __init__(self, gazetteer: Gazetteer, lexicon: Lexicon, known: Known, discourse: Discourse) -> None:
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.known = known
        self.discourse = discourse
        classes = gazetteer.common["classes"]
        self.classes = {name: frozenset(types) for name, types in classes.items()}

    def people(self, entities: list[Entity], day: date, evidence: str) -> list[Person]:
        """Everyone whom the entities mean, each once."""
        found: list[Person] = []
        taken: set[str] = set()
        for entity in sorted(entities, key=_leans) if len(entities) > 1 else entities:
            for ref in entity.refs:
                for person in self._resolve(ref, day, found) or self._ministers(entity, ref, day):
                    person.evidence = evidence
                    name = key(person)
                    if name not in taken:
                        taken.add(name)
                        found.append(person)
        return found

    def _ministers(self, entity: Entity, ref: Ref, day: date) -> list[Person]:
        """ "the Armenian and Azerbaijani ministers": of foreign affairs, where nothing else is said."""
        both = self.lexicon.lang == "en" and len(entity.refs) == 2 and ref.how == "by office" and ref.type == "minister"
        hit = self.gazetteer.resolve("foreign-minister", ref.party, day) if both and ref.party in SIDES else None
        return [self._person(hit[0], day, "by office", ref.office_text)] if hit else []

    def _resolve(self, ref: Ref, day: date, found: list[Person]) -> list[Person]:
        if ref.how == "named":
            return [] if ref.type in ASIDE and not ref.slugs else [self._named(ref, day)]
        if ref.how == "by office":
            person = self._by_office(ref, day, found)
            return [person] if person else []
        if ref.how == "counterpart":
            person = self._counterpart(ref, day, found)
            return [person] if person else []
        return self._anaphora(ref, day, found)

    def _person(self, slug: str, day: date, how: How, text: str = "") -> Person:
        office, party = self.gazetteer.office_on(slug, day)
        return Person(
            slug,
            self.gazetteer.people.get(slug, slug),
            office=office,
            party=party,
            office_text=text,
            how=how,
        )

    def _named(self, ref: Ref, day: date) -> Person:
        if len(ref.slugs) == 1:
            return self._person(ref.slugs[0], day, "named", ref.office_text)
        if ref.slugs:
            surname = ref.name.split()[-1:]  # none where the text names only whom somebody serves
            slug = self.known.full.get(self.lexicon.stem(surname[0])) if surname else None
            if slug not in ref.slugs or (ref.type and not self._holds(slug, ref.type, day)):
                slug = self._likeliest(ref, day)
            return self._person(slug, day, "named", ref.office_text)
        if ref.name and (known := self.gazetteer.spellings.find(ref.name)):
            return self._person(known, day, "named", ref.office_text)
        return Person(None, ref.name, party=ref.party or None, office_text=ref.office_text, how="named")

    def _holds(self, slug: str, type_: str, day: date) -> bool:
        return any(t == type_ for t, _ in self.gazetteer.types_of(slug, day))

    def _likeliest(self, ref: Ref, day: date) -> str:
        for slug in ref.slugs:
            if ref.type and self._holds(slug, ref.type, day):
                return slug
        mentioned = [p.slug for p in self.discourse.mentioned if p.slug in ref.slugs]
        if mentioned and mentioned[-1]:
            return mentioned[-1]
        return max(ref.slugs, key=lambda s: (len(self.gazetteer.types_of(s, day)), s))

    def _by_office(self, ref: Ref, day: date, found: list[Person]) -> Person | None:
        if ref.party:
            hit = self.gazetteer.resolve(ref.type, ref.party, day)
            if hit:
                person = self._person(hit[0], day, "by office", ref.office_text)
                person.office = hit[1]
                return person
            stranger = next(
                (r for r in self.known.strangers.values() if r.type == ref.type and r.party == ref.party), None
            )
            if stranger:
                return self._named(stranger, day)
            if ref.type == "stand-in":  # "the American diplomat"
                known = [p for p in self.discourse.mentioned if p.party == ref.party]
                return self._as(known[-1], "by office") if known else None
            types = self.classes.get(ref.type, frozenset()) | {ref.type}
            for person in reversed(self.discourse.mentioned):
                held = self.gazetteer.types_of(person.slug, day) if person.slug else ()
                if any(t in types and party == ref.party for t, party in held):
                    return self._as(person, "by office")
            return None
        wanted = self.classes.get(ref.type, frozenset((ref.type,))) | {ref.type}
        subject = [self.discourse.subject] if self.discourse.subject else []
        aide = self.discourse.subject
        if ref.type == "secretary-of-state" and aide is not None and self._keeps_security(aide, found, day):
            return self._as(aide, "by office")
        if (
            ref.type in ("envoy", "aide", "deputy", "security-secretary")
            and aide is not None
            and key(aide) not in {key(p) for p in found}
            and not (aide.slug and self._is_a(aide, self.classes["leader"] | self.classes["minister"], day))
        ):
            return self._as(aide, "by office")  # "the envoy", of the one spoken of
        if ref.type == "secretary-of-state":  # the record files the office with the foreign ministers
            found = [*found, *(p for p in self.discourse.mentioned if p.party != "US")]
            wanted = wanted | {"foreign-minister"}
        for person in [*subject, *self.discourse.mentioned[::-1], *self.discourse.here[::-1]]:
            if any(key(person) == key(p) for p in found):
                continue
            if person.slug and any(t in wanted for t, _ in self.gazetteer.types_of(person.slug, day)):
                return self._as(person, "by office")
            if person.office_text and ref.type.replace("-", " ") in fold(person.office_text):
                return self._as(person, "by office")
        return self._at_home(ref, day, found) or self._local(ref, day, found)

    def _at_home(self, ref: Ref, day: date, found: list[Person]) -> Person | None:
        """ "the prime minister" of a text in Armenian: Armenia's."""
        home = self.lexicon.data["offices"].get("home")
        hit = self.gazetteer.resolve(ref.type, home, day) if home else None
        if hit is None or hit[0] in {p.slug for p in found}:
            return None
        return self._person(hit[0], day, "by office", ref.office_text)

    def _keeps_security(self, aide: Person, found: list[Person], day: date) -> bool:
        """ "the secretary", of the Security Council, where the text goes on telling of one."""
        types = self.gazetteer.types_of(aide.slug, day) if aide.slug else []
        return key(aide) not in {key(p) for p in found} and any(t == "security-secretary" for t, _ in types)

    def _local(self, ref: Ref, day: date, found: list[Person]) -> Person | None:
        """ "arrived in Baku and saw the president": the holder where it happens."""
        country = self.discourse.country
        if ref.type == "prime-minister" and any(
            t == "president" and party == "AZ"
            for p in found
            if p.slug
            for t, party in self.gazetteer.types_of(p.slug, day)
        ):
            country = "AM"  # "the prime minister talked to Aliyev"
        hit = self.gazetteer.resolve(ref.type, country, day) if country else None
        if hit is None or hit[0] in {p.slug for p in found}:
            return None
        return self._person(hit[0], day, "by office", ref.office_text)

    def _as(self, person: Person, how: How) -> Person:
        return Person(
            person.slug, person.name, office=person.office, party=person.party, office_text=person.office_text, how=how
        )

    def _counterpart(self, ref: Ref, day: date, found: list[Person]) -> Person | None:
        subject = [self.discourse.subject] if self.discourse.subject else []
        others = [*found, *self.discourse.here, *subject, *self.discourse.mentioned[::-1]]
        for other in others:
            if other.slug:
                for type_, party in self.gazetteer.types_of(other.slug, day):
                    if not ref.party:
                        return self._other_party(other, day, found)
                    if party == ref.party:
                        continue
                    type_ = {"secretary-of-state": "foreign-minister", "prime-minister": "prime-minister"}.get(
                        type_, type_
                    )
                    hit = self.gazetteer.resolve(type_, ref.party, day)
                    if {party, ref.party} == {"AM", "AZ"} and type_ in ("prime-minister", "president"):
                        hit = self.gazetteer.resolve("leader", ref.party, day)  # the leaders, whatever they are called
                    if hit is None and type_ in ("prime-minister", "president", "chancellor"):
                        hit = self.gazetteer.resolve("leader", ref.party, day)
                    if hit:
                        return self._person(hit[0], day, "counterpart", ref.office_text)
                    if type_ in ("deputy-prime-minister",):
                        return self._sole(type_, ref.party, day)
        return None

    def _sole(self, type_: str, party: str, day: date) -> Person | None:
        """The one known holder of an office that several may hold, if only one is known."""
        holders = {
            t.person
            for o in self.gazetteer.by_type.get((type_, party), ())
            for t in self.gazetteer.tenures[o]
            if t.start <= day <= t.end
        }
        return self._person(holders.pop(), day, "counterpart") if len(holders) == 1 else None

    def _other_party(self, other: Person, day: date, found: list[Person]) -> Person | None:
        for person in reversed(self.discourse.mentioned):
            if person.slug and key(person) != key(other) and not any(key(person) == key(p) for p in found):
                mine = {t for t, _ in self.gazetteer.types_of(other.slug or "", day)}
                if mine & {t for t, _ in self.gazetteer.types_of(person.slug, day)}:
                    return self._as(person, "counterpart")
        return None

    # pronouns and numbers

    def _anaphora(self, ref: Ref, day: date, found: list[Person]) -> list[Person]:
        if ref.value == "guest":
            return self._guest(found)
        if ref.value == "stand-in":  # "дипломат": the visitor, or the one spoken of
            return self._guest(found) or self._anaphora(replace(ref, value="singular"), day, found)
        if ref.value in ("author", "speaker"):
            writer = self.discourse.author if ref.value == "author" else None
            said = writer or self.discourse.subject
            return [self._as(said, "anaphora")] if said and key(said) not in {key(p) for p in found} else []
        if ref.value in ("singular", "possessive"):
            if found and ref.value == "possessive":
                return []
            subject = self.discourse.subject
            return [self._as(subject, "anaphora")] if subject and not any(key(subject) == key(p) for p in found) else []
        if ref.value == "host_person":
            third = [p for p in self.discourse.mentioned if p.party and p.party not in SIDES]
            return [self._as(third[-1], "anaphora")] if third else []
        wanted = self.classes.get(ref.type) if ref.type else None
        if ref.type in ("envoy", "other", "head", "aide"):
            wanted = None
            if not ref.number:
                return []
        elif ref.type and wanted is None:
            wanted = frozenset((ref.type,))
        if ref.type == "minister":
            wanted = self.classes["minister"]
        if ref.type == "minsk-co-chair":
            return self._co_chairs(day)
        number = (
            ref.number if ref.value == "plural" and not ref.type else ref.number or (0 if ref.value == "their" else 2)
        )
        if (
            wanted is None
            and not ref.type
            and number == 2
            and len(found) == 1
            and self._is_a(found[0], self.classes["leader"], day)
            and not self._pair_just_told(found)
        ):
            peers = self._group(self.classes["leader"], number, day, found)  # whom a president receives are leaders
            if len(peers) == 2:
                return [self._as(p, "anaphora") for p in peers]
        group = self._group(wanted, number, day, found)
        return [self._as(p, "anaphora") for p in group]

    def _pair_just_told(self, found: list[Person]) -> bool:
        """ "The ministers met. A then received both": those just told of, though A is a president."""
        last = self.discourse.gathered
        pair = {p.party for p in last} & {"AM", "AZ", "NK"}
        return len(pair) == 2 and not self.discourse.signed and not any(key(p) == key(found[0]) for p in last)

    def _guest(self, found: list[Person]) -> list[Person]:
        """ "The guest also met ...": the one from abroad of those told of last."""
        taken = {key(p) for p in found}
        abroad = [p for p in self.discourse.gathered if p.party not in SIDES and key(p) not in taken]
        return [self._as(abroad[0], "anaphora")] if len(abroad) == 1 else []

    def _co_chairs(self, day: date) -> list[Person]:
        named = [
            p
            for p in {key(q): q for q in (*self.discourse.mentioned, *self.discourse.here)}.values()
            if p.slug and any(t == "minsk-co-chair" for t, _ in self.gazetteer.types_of(p.slug, day))
        ]
        heads = self.gazetteer.body_heads.get(self.discourse.body or "", ()) if not self.discourse.minsk else ()
        if heads and not named:
            return [self._person(slug, day, "by office") for slug in heads]
        if named or not self.discourse.minsk:
            return [self._as(p, "anaphora") for p in named]
        held = [self.gazetteer.resolve("minsk-co-chair", party, day) for party in ("RU", "FR", "US")]
        return [self._person(hit[0], day, "by office") for hit in held if hit]

    def _group(self, wanted: frozenset[str] | None, number: int, day: date, found: list[Person]) -> list[Person]:
        taken = {key(p) for p in found}
        pools = [*self.discourse.groups[::-1], self.discourse.mentioned[::-1]]
        if number == 2 and wanted is not None and self.discourse.far:
            for pool in self.discourse.groups[::-1]:
                sides = _both_sides([p for p in pool if self._is_a(p, wanted, day) and key(p) not in taken])
                if sides:
                    return sides
        for pool in pools:
            fits = [p for p in pool if key(p) not in taken and self._is_a(p, wanted, day)]
            if len(fits) < max(2, number):
                continue
            if number == 2 and wanted is not None and pool is pools[-1] and not any(p.party in SIDES for p in fits):
                break  # "the two ministers" are not the mediators
            if number == 2 and len(fits) > 2:
                sides = _both_sides(fits)
                if sides:
                    return sides
                if pool is self.discourse.mentioned[::-1]:
                    continue
                return fits[:2]
            if number >= 3 and len(fits) > number:
                return fits[:number]
            if number == 0 and pool is pools[-1]:
                return fits[:2]
            whole = [p for p in self.discourse.gathered if key(p) not in taken]
            if number == 0 and wanted is None and not found and {key(p) for p in fits} < {key(p) for p in whole}:
                return whole
            return fits if number == 0 else fits[:number]
        if number == 3 and wanted is None and (three := self._pair_and_third(taken)):
            return three
        return self._default(wanted, number, day, taken)

    def _pair_and_third(self, taken: set[str]) -> list[Person]:
        """ "C, who mediated, read out what the three had adopted": the two just told, and the third named here."""
        pair = self.discourse.groups[-1] if self.discourse.groups else []
        keys = {key(p) for p in pair}
        third = [p for p in self.discourse.here if p.party not in SIDES and key(p) not in keys]
        both = len(pair) == 2 and {p.party for p in pair} == {"AM", "AZ"} and not keys & taken
        return [*pair, *third] if both and len(third) == 1 else []

    def _default(self, wanted: frozenset[str] | None, number: int, day: date, taken: set[str]) -> list[Person]:
        """The two sides' own holders, where the text names only the office."""
        if wanted is None or number > 3:
            return []
        if number == 3:
            pair = self._default(wanted, 2, day, taken)
            third = [
                p
                for p in [*self.discourse.here[::-1], *self.discourse.mentioned[::-1]]
                if p.slug and p.party not in SIDES and key(p) not in taken and self._is_a(p, wanted, day)
            ]
            return [*pair, third[0]] if pair and third else self._with_third(pair, wanted, day)
        for type_ in ("foreign-minister", "leader", "speaker", "security-secretary"):
            if type_ in wanted:
                hits = [self.gazetteer.resolve(type_, party, day) for party in ("AM", "AZ")]
                people = [self._person(h[0], day, "by office") for h in hits if h]
                return people if len(people) == 2 and not {key(p) for p in people} & taken else []
        return []

    def _with_third(self, pair: list[Person], wanted: frozenset[str], day: date) -> list[Person]:
        """ "the ministers of the three countries": the third country is that of the other one in the text."""
        others = [*self.discourse.gathered, *self.discourse.mentioned[::-1]]
        party = next((p.party for p in others if p.party and p.party not in SIDES), None)
        for type_ in ("foreign-minister", "leader"):
            hit = self.gazetteer.resolve(type_, party, day) if party and type_ in wanted else None
            if hit and pair:
                return [*pair, self._person(hit[0], day, "by office")]
        return []

    def _is_a(self, person: Person, wanted: frozenset[str] | None, day: date) -> bool:
        if wanted is None:
            return True
        if person.slug is None:
            return True
        return any(t in wanted for t, _ in self.gazetteer.types_of(person.slug, day))


def _leans(entity: Entity) -> bool:
    """Whether an entity can be understood only after the others."""
    return any(ref.how in ("anaphora", "counterpart") for ref in entity.refs)


def _both_sides(people: list[Person]) -> list[Person]:
    one = next((p for p in people if p.party == "AM"), None)
    two = next((p for p in people if p.party == "AZ"), None)
    return [p for p in people if p is one or p is two] if one and two else []
