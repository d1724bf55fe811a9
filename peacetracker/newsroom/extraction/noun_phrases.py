"""Offices, countries, counterparts and names that make one noun phrase."""

from __future__ import annotations

from .armenian import ACTING, STATES, with_task
from .lexicon import fold
from .named import NamedReader
from .references import ASIDE, HELPERS, Entity, Ref
from .sentences import Item


class NounPhraseReader(NamedReader):
    """Builds entities from the items of a sentence."""

    def _entity(self, n: int) -> tuple[Entity | None, int]:
        item = self.items[n]
        if item.type == "P":
            return self._named(n)
        if item.type == "S":
            entity = Entity(item.i, item.j)
            entity.possessive = self._possessive(item.j)
            type_, party = item.value
            nxt = self.items[n + 1] if n + 1 < len(self.items) else None
            if nxt is not None and nxt.type == "C" and nxt.value[0] == party and self._touches(entity.j, nxt.i):
                entity.j, n = nxt.j, n + 1  # "глава Госдепа США"
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
            kinds = [x.value[1] for x in self.items[n - 2 : n]] if len(countries) > 1 else []
            if kinds == ["noun", "adj"] and "," in self.text.gap(self.items[n - 1].i):
                countries, start = countries[-1:], self.items[n - 1].i  # "по данным МИД Армении, азербайджанский лидер"
            return self._office(n, countries, start)
        return Entity(start, end, country=countries[-1], bare=True), n

    def _office(self, n: int, countries: list[str], start: int) -> tuple[Entity | None, int]:
        item = self.items[n]
        if item.type == "A":
            return self._counterpart(n, countries, start)
        type_, plural = item.value
        if type_ == "stand-in" and not countries:
            entity = Entity(item.i, item.j)
            if self.lexicon.lang != "en":  # "Дипломат", "гость": the one spoken of
                entity.refs = [Ref("anaphora", number=1, value="stand-in")]
            return entity, n + 1
        if type_ == "envoy" and plural and countries and self._top(start):
            type_ = "foreign-minister"
        end = item.j
        n += 1
        # "the president's spokesman", "помощник президента": the helper is the person meant
        n = self._past_task(n, end)
        while n < len(self.items) and self.items[n].type == "O" and self._adjoins(end, self.items[n].i):
            following = self.items[n].value[0]
            if type_ not in HELPERS or (following in HELPERS and self.genitive_first):
                if following in HELPERS:
                    type_, plural = self.items[n].value
                    countries = countries[:1]
                elif type_ not in HELPERS and not self.genitive_first:
                    pass
            end = self.items[n].j
            n += 1
        if end < self.sentence.last and self.text.words[end].startswith(ACTING) and self._touches(end, end):
            end += 1
        n, end, after = self._complement(n, end, type_, several=plural)
        if plural and self.lexicon.lang == "en":
            type_, end = self._heads_of(type_, end)
        parties = (countries + after) if plural or not countries else countries[:1] if type_ in HELPERS else countries
        entity = Entity(start, end, voice=type_ in ASIDE)
        entity.possessive = self._possessive(end)
        number = self._number(item.i if not countries else start)
        if not number and plural and type_ in ("foreign-minister", "leader", "president", "minister"):
            number = self._counted(entity)
        n = self._names(n, entity, type_, plural, parties, number)
        return entity, n

    def _past_task(self, n: int, end: int) -> int:
        """ "պետքարտուղարի՝ Եվրոպայի հարցերով օգնական": past the countries of the task, to the helper's office."""
        k = n
        while k < len(self.items) and self.items[k].type == "C":
            k += 1
        helper = self.lexicon.lang in ("hy", "az") and k < len(self.items) and self.items[k].type == "O"
        return k if helper and self.items[k].value[0] in HELPERS and self._adjoins(end, self.items[k].i) else n

    def _adjoins(self, end: int, start: int) -> bool:
        return self._touches(end, start) or (self.lexicon.lang in ("hy", "az") and with_task(self.text, end, start))

    def _heads_of(self, type_: str, end: int) -> tuple[str, int]:
        """ "the presidents of the Armenian and Azerbaijani parliaments": what they head says what they are."""
        for length in (1, 2):
            words = " ".join(fold(w) for w in self.text.words[end : min(end + length, self.sentence.last)])
            if words in _HEADED and not self.text.gap(end).strip():
                return _HEADED[words], end + length
        return type_, end

    def _top(self, start: int) -> bool:
        """ "the top Armenian and Azerbaijani diplomats": the ministers."""
        k = start - 1
        return k >= self.sentence.first and fold(self.text.words[k]) in self.lexicon.forms("offices", "top")

    def _complement(self, n: int, end: int, type_: str, *, several: bool = True) -> tuple[int, int, list[str]]:
        """Countries after the office: "of Armenia and Azerbaijan"; for helpers also the one they serve."""
        after: list[str] = []
        first = True
        served = self._master(n, end, type_)
        if served > n:
            n, end, _ = self._complement(served + 1, self.items[served].j, self.items[served].value[0])
            named = n < len(self.items) and self.items[n].type == "P" and self._touches(end, self.items[n].i)
            return (n + 1, self.items[n].j, after) if named else (n, end, after)
        while n < len(self.items):
            item = self.items[n]
            gap = self.text.words[end : item.i]
            if item.type == "C" and self._links(gap, first, end, item.i):
                if item.i >= end and not first and not several:
                    break  # "President of the European Council, and the Azerbaijani minister"
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

    def _master(self, n: int, end: int, type_: str) -> int:
        """ "an aide to the Azerbaijani president": whom a helper serves, the country before the office."""
        k = n
        while k < len(self.items) and self.items[k].type == "C":
            k += 1
        if self.lexicon.lang != "en" or type_ not in HELPERS or k == n or k >= len(self.items):
            return n
        office = self.items[k].type == "O" and self._touches(self.items[k - 1].j, self.items[k].i)
        words = self.text.words[end : self.items[n].i]
        return k if office and self._serves(words, end, self.items[n]) else n

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
        n = self._after_task(n, entity)
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
            if person is not None and person.voice and person.serves and not named and not plural:
                entity.voice, entity.serves, entity.refs, entity.j = True, person.serves, person.refs, person.j
                return after  # "Prime Minister Nikol Pashinyan's press secretary"
            if person is None or person.voice:
                break
            ref = person.refs[0]
            if self.lexicon.lang in ("hy", "az") and self._elsewhere(ref, parties):
                break  # "Ermənistanın baş naziri Blinkenlə danışıb": two people
            ref.office_text = text
            if len(ref.slugs) > 1:
                ref.type = type_
            if not ref.slugs and ref.how == "named":
                ref.type = type_
                ref.party = parties[0] if parties else ref.party
            named.append(ref)
            end = person.j
            entity.possessive = person.possessive
            k = after
        colon = ":" in self._gap_text(entity.j, end) if plural and len(named) == 1 else False
        if named and not colon and (not plural or len(named) > 1 or not parties):
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

    def _elsewhere(self, ref: Ref, parties: list[str]) -> bool:
        """Whether a name is known to be of none of the countries that the office before it is of."""
        own = {self.gazetteer.person_parties.get(slug, "") for slug in ref.slugs} - {""}
        plain = all(len(p) == 2 and p not in ("EU", "EC", "UN") for p in parties)
        return bool(own) and bool(parties) and plain and not own & {*parties, "NK", "EU"}

    def _after_task(self, n: int, entity: Entity) -> int:
        """ "спецпредставитель по Южному Кавказу Клаар": what the office is for stands before the name."""
        if self.lexicon.lang != "ru" or entity.j >= self.sentence.last or self.text.words[entity.j] not in ("по", "на"):
            return n
        k = next((k for k in range(n, len(self.items)) if self.items[k].type == "P"), -1)
        if k < 0 or self.items[k].i - entity.j > TASK or self.items[k].j - self.items[k].i < 2:
            return n
        start = self.items[k].i
        gaps = any(c in self.text.gap(w) for w in range(entity.j, start + 1) for c in ',.;:—«"(')
        told = any(x.type in _TELLS and entity.j <= x.i < start for x in self.sentence.items)
        if gaps or told:
            return n
        entity.j = start
        return k

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
        k = entity.j if self.lexicon.lang == "ru" else entity.i - 1
        if self.lexicon.lang != "en" and self.sentence.first <= k < self.sentence.last:
            word = self.text.words[k]  # "главы МИД СНГ": of others
            if len(word) > 1 and word.isupper() and k not in self.taken and self._touches(k, k):
                return True
        k = entity.i - 1
        if k < self.sentence.first or self.text.gap(entity.i).strip():
            return False
        word = self.text.words[k]
        if self.lexicon.lang == "hy" and word.islower() and word.endswith("երի") and word not in STATES:
            return True  # "կազմակերպությունների ղեկավարները"
        return (fold(word) if self.lexicon.lang == "en" else self.lexicon.stem(word)) in self.qualifiers

    def _home(self, entity: Entity) -> str:
        """ "Azerbaijan said its foreign minister ...": the country that "its" means."""
        k = entity.i - 1
        if self._of_the_republic(entity):
            return "FR"
        if self.lexicon.lang != "en" or k <= self.sentence.first or self.text.words[k].lower() != "its":
            return ""
        for item in reversed(self.sentence.items):
            if item.i < k and item.type == "C":
                return str(item.value[0])
            if item.i < k and item.type == "L" and item.value.name in self.gazetteer.capital_names:
                return str(item.value.country)
        return ""

    def _of_the_republic(self, entity: Entity) -> bool:
        """ "the President of the Republic" of a readout of the Élysée, which names no country."""
        behind = [fold(w) for w in self.text.words[entity.j : entity.j + 4]]
        if self.lexicon.lang != "en" or behind[:3] != ["of", "the", "republic"] or behind[3:] == ["of"]:
            return False
        french = (slug for s in self.text.sentences for x in s.of("P") for slug in x.value)
        return any(self.gazetteer.person_parties.get(slug) == "FR" for slug in french) or any(
            x.value[0] == "FR" for s in self.text.sentences for x in s.of("C")
        )

    @property
    def honorific(self) -> frozenset[str]:
        return self.lexicon.forms("organisations", "honorifics")

    def _in_capital(self, end: int) -> list[str]:
        """ "her colleague in Yerevan": whose capital it is."""
        if self.lexicon.lang != "en" or end >= self.sentence.last or fold(self.text.words[end]) not in ("in", "from"):
            return []
        there = [x.value for x in self.sentence.of("L") if x.i == end + 1]
        return [str(x.country) for x in there if x.name in self.gazetteer.capital_names]

    def _counterpart(self, n: int, countries: list[str], start: int) -> tuple[Entity | None, int]:
        item = self.items[n]
        n += 1
        n, end, after = self._complement(n, item.j, "counterpart")
        parties = countries + after or self._in_capital(end)
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


TASK = 10  # words that say what an office is for
_TELLS = frozenset(("T", "G", "Y", "M", "W", "D", "H"))
_HEADED = {
    "parliaments": "speaker", "legislatures": "speaker", "national assemblies": "speaker",
    "foreign ministries": "foreign-minister", "defence ministries": "defence-minister",
    "defense ministries": "defence-minister", "security councils": "security-secretary",
    "security services": "security-head", "special services": "security-head", "governments": "prime-minister",
}  # fmt: skip
_COUNTRIES = {"countries_two": 2, "countries_three": 3}
