"""Offices, countries, counterparts and names that make one noun phrase."""

from __future__ import annotations

from .lexicon import fold
from .phrasing import Phrasing
from .references import ASIDE, HELPERS, Entity, Ref
from .sentences import Item


class NounPhraseReader(Phrasing):
    """Builds entities from the items of a sentence."""

    def _entity(self, n: int) -> tuple[Entity | None, int]:
        item = self.items[n]
        if item.type == "P":
            return self._named(n)
        if item.type == "S":
            entity = Entity(item.i, item.j)
            entity.possessive = self._possessive(item.j)
            type_, party = item.value
            return entity, self._names(n + 1, entity, type_, False, [party], 0)
        countries: list[str] = []
        start = item.i
        end = item.i
        while n < len(self.items) and self.items[n].type == "C" and (not countries or self._lists(n, end)):
            countries.append(self.items[n].value[0])
            end = self.items[n].j
            n += 1
        if (
            n < len(self.items)
            and self.items[n].type in ("O", "A")
            and (not countries or self._near(end, self.items[n].i))
        ):
            return self._office(n, countries, start)
        return Entity(start, end, country=countries[-1], bare=True), n

    def _office(self, n: int, countries: list[str], start: int) -> tuple[Entity | None, int]:
        item = self.items[n]
        if item.type == "A":
            return self._counterpart(n, countries, start)
        type_, plural = item.value
        if type_ == "stand-in" and not countries:
            return Entity(item.i, item.j), n + 1
        if type_ == "envoy" and plural and countries and self._top(start):
            type_ = "foreign-minister"
        end = item.j
        n += 1
        # "the president's spokesman", "помощник президента": the helper is the person meant
        while n < len(self.items) and self.items[n].type == "O" and self._touches(end, self.items[n].i):
            following = self.items[n].value[0]
            if type_ not in HELPERS or (following in HELPERS and self.genitive_first):
                if following in HELPERS:
                    type_, plural = self.items[n].value
                    countries = countries[:1]
                elif type_ not in HELPERS and not self.genitive_first:
                    pass
            end = self.items[n].j
            n += 1
        n, end, after = self._complement(n, end, type_)
        parties = (countries + after) if plural or not countries else countries[:1] if type_ in HELPERS else countries
        entity = Entity(start, end, voice=type_ in ASIDE)
        entity.possessive = self._possessive(end)
        number = self._number(item.i if not countries else start)
        if not number and plural and type_ in ("foreign-minister", "leader", "president", "minister"):
            number = self._counted(entity)
        n = self._names(n, entity, type_, plural, parties, number)
        return entity, n

    def _top(self, start: int) -> bool:
        """ "the top Armenian and Azerbaijani diplomats": the ministers."""
        k = start - 1
        return k >= self.sentence.first and fold(self.text.words[k]) in self.lexicon.forms("offices", "top")

    def _complement(self, n: int, end: int, type_: str) -> tuple[int, int, list[str]]:
        """Countries after the office: "of Armenia and Azerbaijan"; for helpers also the one they serve."""
        after: list[str] = []
        first = True
        while n < len(self.items):
            item = self.items[n]
            gap = self.text.words[end : item.i]
            if item.type == "C" and self._links(gap, first, end, item.i):
                if self._unit_follows(item.j):
                    break
                after.append(item.value[0])
            elif item.type in ("O", "P") and type_ in HELPERS and first and self._serves(gap, end, item):
                if item.type == "O":
                    n, end, _ = self._complement(n + 1, item.j, item.value[0])
                    if (
                        n < len(self.items)
                        and self.items[n].type == "P"
                        and self._touches(end, self.items[n].i)
                        and not self.genitive_first
                    ):
                        nxt = self.items[n + 1] if n + 1 < len(self.items) else None
                        if gap or (nxt is not None and nxt.type == "P" and self._touches(self.items[n].j, nxt.i)):
                            end = self.items[n].j
                            n += 1
                    return n, end, after
                after_item = self.items[n + 1] if n + 1 < len(self.items) else None
                if gap or (after_item is not None and after_item.type == "P" and self._touches(item.j, after_item.i)):
                    n, end = n + 1, item.j
                    while (
                        gap
                        and n < len(self.items)
                        and self.items[n].type == "P"
                        and self._coordinated(end, self.items[n].i)
                    ):
                        n, end = n + 1, self.items[n].j
                    return n, end, after
                break
            else:
                break
            end = item.j
            n += 1
            first = False
        return n, end, after

    def _coordinated(self, end: int, start: int) -> bool:
        words = self.text.words[end:start]
        return (
            len(words) <= 1
            and all(self.lexicon.stem(w) in self.conjunctions for w in words)
            and "." not in self._gap_text(end, start)
        )

    def _links(self, gap: list[str], first: bool, end: int, start: int) -> bool:
        words = [self.lexicon.stem(w) for w in gap]
        if first:
            if not words:
                return self.lexicon.lang in ("ru",) and "," not in self.text.gap(start)
            if self.lexicon.lang != "en":
                return False
            return (
                words[0] in self.of
                and all(w in self.fillers or w in self.of for w in words)
                and "," not in self._gap_text(end, start)
            )
        if not words:
            return bool(self._gap_text(end, start).strip() in (",", "-", "–", ""))
        return all(w in self.conjunctions or w in self.fillers or w in self.of for w in words)

    def _serves(self, gap: list[str], end: int, item: Item) -> bool:
        words = [self.lexicon.stem(w) for w in gap]
        if "," in self._gap_text(end, item.i):
            return False
        if self.lexicon.lang == "en":
            return bool(words) and words[0] in self.to and all(w in self.to or w in self.fillers for w in words)
        return self.lexicon.lang == "ru" and not words

    def _names(self, n: int, entity: Entity, type_: str, plural: bool, parties: list[str], number: int) -> int:
        """Names that follow the office take its place; otherwise the office itself refers."""
        text = self.text.span(entity.i, entity.j)
        named: list[Ref] = []
        end = entity.j
        k = n
        while k < len(self.items) and self.items[k].type == "P":
            gap = self._gap_text(end, self.items[k].i).strip()
            between = self.text.words[end : self.items[k].i]
            if len(between) == 1 and not named and self._other_first_name(self.items[k].i):
                between, gap = [], ""  # "Deputy Minister Elnur Mammadov", where another Mammadov is known
            joined = not between or all(
                self.lexicon.stem(w) in self.conjunctions or fold(w) in self.honorific for w in between
            )
            allowed = ("", ",", "—", "–", "-", "՝", ":", "(") if plural else ("",)
            if not joined or (between and not plural and not all(fold(w) in self.honorific for w in between)):
                break
            if not between and gap not in allowed:
                break
            if between and not named and any(self.lexicon.stem(w) in self.conjunctions for w in between):
                break  # "the two leaders and Putin"
            if not plural and named:
                break
            person, after = self._named(k)
            if person is None or person.voice:
                break
            ref = person.refs[0]
            ref.office_text = text
            if not ref.slugs and ref.how == "named":
                ref.type = type_
                ref.party = parties[0] if parties else ref.party
            named.append(ref)
            end = person.j
            entity.possessive = person.possessive
            k = after
        if named and (not plural or len(named) > 1 or not parties):
            entity.refs = named
            entity.j = end
            return k
        if not plural and not (k < len(self.items) and self.items[k].i == entity.j):
            stranger = self._stranger_at(entity.j)
            if stranger and (self.lexicon.lang == "en" or len(stranger[0].split()) > 1):
                name, end = stranger
                ref = Ref("named", type=type_, party=parties[0] if parties else "", name=name, office_text=text)
                self.known.strangers[fold(name.split()[-1])] = ref
                entity.refs, entity.j = [ref], end
                entity.possessive = self._possessive(end)
                return n
        if plural:
            if len(parties) > 1:
                entity.refs = [Ref("by office", type=type_, party=p, office_text=text) for p in dict.fromkeys(parties)]
            elif parties and type_ != "minsk-co-chair":
                entity.voice = True
            else:
                entity.refs = [Ref("anaphora", type=type_, number=number, value="plural", office_text=text)]
                if not number and self._qualified(entity):
                    entity.voice = True
        elif not parties and (home := self._home(entity)):
            entity.refs = [Ref("by office", type=type_, party=home, office_text=text)]
        elif type_ not in ("other", "head") or parties:
            entity.refs = [Ref("by office", type=type_, party=parties[0] if parties else "", office_text=text)]
            if len(set(parties)) > 1 and type_ not in HELPERS:
                entity.refs = [Ref("by office", type=type_, party=p, office_text=text) for p in dict.fromkeys(parties)]
        return n

    def _counted(self, entity: Entity) -> int:
        """ "the ministers of the three countries": how many the countries are, 0 if not told."""
        for item in self.sentence.of("A"):
            between = self.text.words[entity.j : item.i]
            if (
                item.value in _COUNTRIES
                and item.i >= entity.j
                and all(self.lexicon.stem(w) in self.between for w in between)
            ):
                entity.j = item.j
                return _COUNTRIES[item.value]
        return 0

    def _qualified(self, entity: Entity) -> bool:
        """ "world leaders", "party leaders": not those of the two sides."""
        k = entity.i - 1
        if k < self.sentence.first or self.text.gap(entity.i).strip():
            return False
        return fold(self.text.words[k]) in self.qualifiers

    def _home(self, entity: Entity) -> str:
        """ "Azerbaijan said its foreign minister ...": the country that "its" means."""
        k = entity.i - 1
        if self.lexicon.lang != "en" or k <= self.sentence.first or self.text.words[k].lower() != "its":
            return ""
        for item in reversed(self.sentence.items):
            if item.i < k and item.type == "C":
                return str(item.value[0])
            if item.i < k and item.type == "L" and item.value.name in self.gazetteer.capital_names:
                return str(item.value.country)
        return ""

    @property
    def honorific(self) -> frozenset[str]:
        return self.lexicon.forms("organisations", "honorifics")

    def _counterpart(self, n: int, countries: list[str], start: int) -> tuple[Entity | None, int]:
        item = self.items[n]
        n += 1
        n, end, after = self._complement(n, item.j, "counterpart")
        parties = countries + after
        entity = Entity(start, end)
        entity.possessive = self._possessive(end)
        if item.value == "counterparts" and len(parties) < 2:
            parties = parties * 1
        refs = [
            Ref("counterpart", party=p, office_text=self.text.span(start, end)) for p in dict.fromkeys(parties)
        ] or [Ref("counterpart", office_text=self.text.span(start, end))]
        entity.refs = refs
        k = n
        named: list[Ref] = []
        stop = end
        while k < len(self.items) and self.items[k].type == "P":
            between = self.text.words[stop : self.items[k].i]
            gap = self._gap_text(stop, self.items[k].i).strip()
            if between and not (named and all(self.lexicon.stem(w) in self.conjunctions for w in between)):
                break
            if not between and gap not in (
                ("", ",", "(") if len(refs) > 1 or item.value == "counterparts" or not named else ()
            ):
                break
            if named and len(named) >= len(refs):
                break
            person, after_k = self._named(k)
            if person is None or not person.refs:
                break
            named.append(person.refs[0])
            stop = person.j
            k = after_k
        if named and len(named) >= len(refs):
            entity.refs, entity.j = named, stop
            return entity, k
        if not named and len(refs) == 1 and (stranger := self._stranger_at(end)):
            name, stop = stranger
            ref = Ref(
                "named", type="", party=parties[0] if parties else "", name=name, office_text=self.text.span(start, end)
            )
            self.known.strangers[fold(name.split()[-1])] = ref
            entity.refs, entity.j = [ref], stop
        return entity, n

    def _named(self, n: int) -> tuple[Entity | None, int]:
        item = self.items[n]
        entity = Entity(item.i, item.j, [Ref("named", slugs=item.value, name=self.text.span(item.i, item.j))])
        entity.possessive = self._possessive(item.j)
        n += 1
        if item.j - item.i > 1 and len(item.value) == 1:
            for part in (self.text.words[item.j - 1],):
                self.known.full.setdefault(self.lexicon.stem(part), item.value[0])
        elif item.j - item.i == 1 and self._other_first_name(item.i) and self._same_given(item):
            entity.i = item.i - 1
        elif item.j - item.i == 1 and self._other_first_name(item.i):
            first = item.i - 1
            name = self.text.span(first, item.j)
            entity.i = first
            entity.refs = [Ref("named", name=name)]
            self.known.strangers[fold(name)] = entity.refs[0]
        if self._unit_follows(item.j):
            entity.voice = True
        if n < len(self.items) and self.items[n].type == "C" and self.lexicon.lang == "en":
            gap = [fold(w) for w in self.text.words[item.j : self.items[n].i]]
            if gap in (["of"], ["of", "the"]) and "," not in self._gap_text(item.j, self.items[n].i):
                entity.j = self.items[n].j
                n += 1
        if (
            n < len(self.items)
            and self.items[n].type == "O"
            and entity.possessive
            and self._touches(entity.j, self.items[n].i)
            and self.lexicon.lang == "en"
        ):
            # "Pashinyan's spokeswoman": someone else
            owner_end = self.items[n]
            entity.j = owner_end.j
            entity.refs = [Ref("by office", type=owner_end.value[0])]
            entity.voice = owner_end.value[0] in ASIDE or owner_end.value[0] == "aide"
            stranger = (
                None if n + 1 < len(self.items) and self.items[n + 1].i == entity.j else self._stranger_at(entity.j)
            )
            n += 1
            if n < len(self.items) and self.items[n].type == "P" and self._touches(entity.j, self.items[n].i):
                inner, after = self._named(n)
                if inner:
                    inner.i = entity.i
                    inner.voice = inner.voice or (entity.voice and owner_end.value[0] in ASIDE)
                    return inner, after
            if stranger:
                entity.refs = [Ref("named", type=owner_end.value[0], name=stranger[0])]
                entity.j = stranger[1]
        return entity, n

    def _lists(self, n: int, end: int) -> bool:
        """Whether a country goes on with the list before it; "in Azerbaijan, Armenian ..." begins anew."""
        before, item = self.items[n - 1], self.items[n]
        if before.value[1] == "noun" and item.value[1] == "adj" and self.lexicon.lang == "en":
            between = self.text.words[end : item.i]
            return bool(between) and self.lexicon.stem(between[0]) in self.conjunctions
        return self._near(end, item.i, comma=True)


_COUNTRIES = {"countries_two": 2, "countries_three": 3}
