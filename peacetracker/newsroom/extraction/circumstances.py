"""Where a contact takes place, by the words of its sentence."""

from __future__ import annotations

from .contact import MEET_NOUNS, Contact
from .gazetteer import BORDER, Place
from .lexicon import fold
from .moments import MomentReader
from .segments import Segment
from .sentences import Item
from .told import SIDE_CAPITALS


class CircumstanceReader(MomentReader):
    """Finds the places of a contact, and the destinations of a trip."""

    def _places(
        self, contact: Contact, n: int, segment: Segment, trigger: Item, until: int, own: list[tuple[Item, str, int]]
    ) -> None:
        low = segment.i if own[0][0].i == trigger.i else trigger.i
        roams = contact.kind == "visit" and not fold(self.text.words[trigger.j - 1]).startswith("tour")
        chosen = self._places_in(segment, low, self._trip_end(segment, trigger) if roams else until, trigger)
        if len(chosen) > 1 and contact.kind == "meeting" and segment.has("T", ("visit", "travel")):
            chosen = self._places_in(segment, trigger.i, until, trigger) or chosen  # "flew to X and met Y in Z"
        if not chosen and own[0][1] == "visit" and contact.kind == "meeting" and own[0][0].i < trigger.i:
            chosen = self._places_in(segment, segment.i, trigger.i, own[0][0])[-1:]  # "flew to X and met"
        if not chosen and len(own) > 1:
            chosen = self._places_in(segment, segment.i, own[0][0].i, trigger)
        if contact.kind == "visit" and (not chosen or (self.lang in ("ru", "hy") and chosen == [BORDER])):
            chosen = self._countries(segment, trigger) or chosen  # "amid shooting on the border A visited X"
        if not chosen:
            for other in self._attached(n) if self._is_last(contact, segment) else ():
                chosen = self._places_in(other, other.i, other.j, trigger)
                if chosen and segment.opener == "relative_place":
                    chosen = chosen[-1:]
                if chosen:
                    break
        if not chosen and contact.kind == "visit":
            chosen = self._trip_before(contact, n, trigger)
        if not chosen and contact.body in self.sitting and self.lang == "en" and self._is_last(contact, segment):
            chosen = [x.value for x in self.sentence.of("L") if x.i > trigger.j and x.value == BORDER][:1]
        if not chosen and contact.kind in ("meeting", "session"):
            chosen = self._in_country(segment, trigger)
        contact.places = chosen

    def _trip_end(self, segment: Segment, trigger: Item) -> int:
        """ "had arrived from X and was to leave for Y": Y belongs to the trip that is only planned."""
        plans = [c for c in segment.cues if c.value in ("past_plan", "scheduled") and c.i > trigger.i]
        later = [t.i for t in segment.triggers if t.value[0] == "visit" and any(t.i in (c.j, c.j - 1) for c in plans)]
        return min(later) if later and self.lang == "en" else segment.j

    def _trip_before(self, contact: Contact, n: int, trigger: Item) -> list[Place]:
        """ "A was to go to X on Monday, but his visit was put off": where and when the clause before says."""
        before = self.segments[n - 1] if n else None
        his = [e for e in self.entities if e.possessive and 0 <= trigger.i - e.j <= 1 and e.refs[0].how == "anaphora"]
        if self.lang != "en" or before is None or not his or self.segments[n].opener != "clause":
            return []
        trips = [t for t in before.triggers if t.value[0] == "visit"]
        if not trips:
            return []
        contact.dates = contact.dates or [d for d in self.dates if before.i <= d.i < before.j and d.gives_day][:1]
        return self._places_in(before, trips[-1].i, before.j, trips[-1]) or self._countries(before, trips[-1])

    def _countries(self, segment: Segment, trigger: Item) -> list[Place]:
        """ "a visit to Azerbaijan and Armenia": each country named after the trigger."""
        found: list[Item] = []
        for item in segment.items:
            if item.type != "C" or item.value[1] != "noun":
                continue
            if trigger.value[1] == "visiting" and self.lang in ("hy", "az") and 0 <= trigger.i - item.j <= 1:
                return [Place(None, "", item.value[0])]
            if (
                self.lang == "az"
                and 0 <= trigger.i - item.j <= 3
                and fold(self.text.words[item.j - 1]).endswith(_TOWARDS)
            ):
                return [Place(None, "", item.value[0])]
            if item.i < trigger.j or (self.lang == "az" and trigger.value[1] != "noun"):
                continue
            if self.lang in ("en", "ru") and any(e.i <= item.i < e.j and e.refs for e in segment.people):
                continue  # "a visit of the EU commissioner to Armenia"
            if self.lang == "ru" and trigger.value[1] == "noun" and fold(self.text.words[item.i - 1]) not in _INTO:
                continue  # "визит главы МИД РФ Лаврова"
            end = found[-1].j if found else self._trip_told(trigger)
            between = [d for d in self.dates if found and end <= d.i and d.j <= item.i] if self.lang == "en" else []
            if item.i - end - sum(d.j - d.i for d in between) <= (2 if found else 3) + len(between):
                found.append(item)  # "will visit X on Monday and Y in April"
        return [Place(None, "", code) for code in dict.fromkeys(x.value[0] for x in found)]

    def _trip_told(self, trigger: Item) -> int:
        """Where the words of the trip end: "отправился с рабочим визитом"."""
        nouns = [t.j for t in self.sentence.of("T") if t.value == ("visit", "noun") and 0 <= t.i - trigger.j <= 2]
        near = {"en": (1, 2), "ru": (0, 1, 2, 3)}.get(self.lang, ())  # "a visit of A to X", "визит А в X"
        guests = [e.j for e in self.entities if e.refs and e.i - trigger.j in near]
        return max([trigger.j, *nouns, *(j for j in guests if trigger.value[1] == "noun")])

    def _in_country(self, segment: Segment, trigger: Item) -> list[Place]:
        """ "will be held in Georgia": no city, but a country."""
        for item in segment.items:
            behind = item.i >= trigger.j or self.lang == "ru"
            if item.type != "C" or item.value[1] != "noun" or not behind or len(item.value[0]) != 2:
                continue
            if any(e.i <= item.i < e.j and e.refs for e in self.entities) or item.value[0] in ("EU", "UN", "EC", "NK"):
                continue
            lead = [fold(w) for w in self.text.words[max(segment.i, item.i - 2) : item.i]]
            word = fold(self.text.words[item.j - 1])
            if self.lang != "en" and (lead[-1:] == ["в"] or word.endswith(_LOCATIVE.get(self.lang, "-"))):
                return [Place(None, "", item.value[0])]
            if lead and (lead[-1] == "in" or lead[-2:] == ["in", "the"]):
                return [Place(None, "", item.value[0])]
        return []

    def _places_in(self, segment: Segment, low: int, high: int, trigger: Item) -> list[Place]:
        found: list[Place] = []
        for item in segment.items:
            if not low <= item.i < high or item.type not in ("L", "K"):
                continue
            if item.type == "L" and not self.text.upper(item.i) and (item.value.slug or item.value.country):
                continue
            if any(e.i <= item.i < e.j and e.refs for e in self.entities):
                continue
            place = self.place_of(item)
            if place is not None and self._locative(item, trigger, found) and place not in found:
                found.append(place)
        return found

    def _locative(self, item: Item, trigger: Item, found: list[Place]) -> bool:
        if self.lang != "en":
            return self._locative_ending(item, trigger) or self._visited(item, trigger, found)
        if any(t.value == ("agreement", "document") and t.i == item.j for t in self.sentence.of("T")):
            return False  # "the Sochi statement"
        if any(t.value[1] == "travel" and t.j == item.i for t in self.sentence.of("T")):
            return True
        if fold(self.text.words[item.i - 1]) == "to" and fold(self.text.words[item.i - 2]) in _NO_WAY:
            return False  # "according to Baku"
        if trigger.value[1] == "travel" and fold(self.text.words[item.i - 1]) == "from":
            return False
        if item.j < self.sentence.last and fold(self.text.words[item.j]) in self.wishes:
            return False  # "at Baku's request"
        if (item.type == "K" and item.value in ("there", "here")) or fold(self.text.words[item.i]) in self.prepositions:
            return True
        k = item.i - 1
        if fold(self.text.words[k]) == "of" and fold(self.text.words[k - 1]) in _SETTLEMENTS:
            while k > self.sentence.first and fold(self.text.words[k]) not in self.prepositions:
                k -= 1
        while (
            k >= self.sentence.first and fold(self.text.words[k]) in ("the", "downtown", "central", "nearby", "outside")
        ) or (k >= self.sentence.first and any(c.i <= k < c.j for c in self.sentence.of("C"))):
            k -= 1
        before = fold(self.text.words[k]) if k >= self.sentence.first else ""
        if before in self.prepositions:
            return True
        if found and before == "and":
            return True
        if item.j == trigger.i or (trigger.value[1] in MEET_NOUNS and 0 < trigger.i - item.j <= 1):
            return True
        if trigger.value[1] in ("host",) and item.j <= trigger.i <= item.j + 1:
            return True
        if trigger.value[0] == "visit" and 0 <= item.i - trigger.j <= 3:
            return True
        if any(0 <= item.i - x.j <= 2 for x in self.sentence.of("OC")):
            return True
        gap = self.text.gap(item.i)
        return bool(found) and "," in gap

    def _visited(self, item: Item, trigger: Item, found: list[Place]) -> bool:
        """ "посетил Баку и Ереван": the object of the verb needs no preposition."""
        if self.lang == "hy":  # "ժամանել է Ստամբուլ": where one goes has no ending
            start = next((c.i for c in self.sentence.of("C") if c.j == item.i and item.type == "K"), item.i)
            return any(x.value[0] == "visit" and x.value[1] != "noun" and x.j == start for x in self.sentence.of("T"))
        if self.lang != "ru" or trigger.value != ("visit", "verb"):
            return False
        return 0 <= item.i - trigger.j <= 2 or (bool(found) and self.text.words[item.i - 1].lower() == "и")

    def _locative_ending(self, item: Item, trigger: Item) -> bool:
        rules = self.lexicon.data["links"]
        word = fold(self.text.words[item.j - 1])
        if fold(self.text.words[item.i]) in self.prepositions:
            return True
        if trigger.value[0] == "visit" and word.endswith(_FROM):
            return False
        acts = self.lang == "hy" and item.type == "L" and item.value.slug in SIDE_CAPITALS
        if acts and trigger.value[0] != "visit" and word.endswith(_ARTICLE):
            return False  # "Բաքուն հրաժարվել է": who, not where
        if self.lang == "az" and item.j == trigger.i and trigger.value[1] in MEET_NOUNS:
            return True  # "Bakı səfəri"
        if any(word.endswith(e) for e in rules.get("in_endings", ())):
            return True
        after = fold(self.text.words[item.j]) if item.j < self.sentence.last else ""
        if after in ("seherinde", "քաղաքում"):
            return True
        k = item.i - 1
        if k >= self.sentence.first and fold(self.text.words[k]) in self.prepositions:
            return True
        if item.type == "K" and item.value == "there":
            return True
        return k - 1 >= self.sentence.first and fold(self.text.words[k - 1]) in self.prepositions and self.lang == "ru"


_INTO = frozenset(("в", "во", "на", "по", "и"))
_ARTICLE = ("ը", "ն")  # Armenian endings of the subject
_FROM = ("dan", "den", "ից")  # Azerbaijani and Armenian endings of whence one comes
_LOCATIVE = {"hy": ("ում",), "az": ("da", "de")}  # endings of where something is
_TOWARDS = ("a", "e", "ya", "ye")  # Azerbaijani endings of where one goes
_NO_WAY = frozenset(("according", "thanks", "owing", "related", "hostile", "allied"))
_SETTLEMENTS = frozenset(("city", "town", "resort", "capital", "village", "district", "suburb", "port"))
