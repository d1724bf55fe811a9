"""People named in a sentence, whatever office stands beside them."""

from __future__ import annotations

from .lexicon import fold
from .phrasing import Phrasing
from .references import ASIDE, HELPERS, Entity, Ref


class NamedReader(Phrasing):
    """Reads a name, and the list that it may begin."""

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
            and (entity.possessive or self._by_surname(n))
            and self._touches(entity.j, self.items[n].i)
            and self.lexicon.lang == "en"
        ):
            # "Pashinyan's spokeswoman": someone else
            owner_end = self.items[n]
            entity.j = owner_end.j
            home = self.gazetteer.person_parties.get(item.value[0], "") if owner_end.value[0] in HELPERS else ""
            entity.refs = [Ref("by office", type=owner_end.value[0], party=home)]
            entity.voice = owner_end.value[0] in ASIDE or owner_end.value[0] == "aide"
            if owner_end.value[0] in ASIDE:
                entity.serves = item.value
            stranger = (
                None if n + 1 < len(self.items) and self.items[n + 1].i == entity.j else self._stranger_at(entity.j)
            )
            n += 1
            if n < len(self.items) and self.items[n].type == "P" and self._touches(entity.j, self.items[n].i):
                inner, after = self._named(n)
                if inner:
                    inner.i = entity.i
                    inner.voice = inner.voice or (entity.voice and owner_end.value[0] in ASIDE)
                    inner.serves = entity.serves
                    return inner, after
            if stranger:
                entity.refs = [Ref("named", type=owner_end.value[0], name=stranger[0])]
                entity.j = stranger[1]
        return entity, n

    def _by_surname(self, n: int) -> bool:
        """ "Aliyev aide Hikmet Hajiyev": a helper by the bare name of whom he serves."""
        office, then = self.items[n], self.items[n + 1 : n + 2]
        return office.value[0] in HELPERS and bool(then) and then[0].type == "P" and then[0].i == office.j

    def _lists(self, n: int, end: int) -> bool:
        """Whether a country goes on with the list before it; "in Azerbaijan, Armenian ..." begins anew."""
        before, item = self.items[n - 1], self.items[n]
        if before.value[1] == "noun" and item.value[1] == "adj" and self.lexicon.lang == "en":
            between = self.text.words[end : item.i]
            return bool(between) and self.lexicon.stem(between[0]) in self.conjunctions
        return self._near(end, item.i, comma=True)
