"""When and where a contact took place."""

from __future__ import annotations

import re
from itertools import pairwise

from .contact import MEET_NOUNS, Contact
from .dates import DateRef
from .gazetteer import BORDER, Place
from .lexicon import fold
from .participants import ParticipantReader
from .segments import Segment
from .sentences import Item, Text
from .speech import TELLING
from .told import SIDE_CAPITALS

TELLS_OF = 7  # words between a day in the genitive and the noun of contact that it is of


class CircumstanceReader(ParticipantReader):
    """Finds the dates and places that belong to a contact."""

    def _times(
        self, contact: Contact, n: int, segment: Segment, trigger: Item, until: int, own: list[tuple[Item, str, int]]
    ) -> None:
        later = {t[0].i for t in own if t[0].i > trigger.i and t[0].value[1] == "noun"}
        inside = [d for d in self.dates if segment.i <= d.i < segment.j and d.j not in later]
        inside = [d for d in inside if not self._of_participle(d, trigger)]
        inside = self._not_in_passing(inside, trigger)
        if contact.kind != "agreement":
            inside = [d for d in inside if not self.of_document(d) and not self._of_other_noun(d, trigger)]
        elif self.lang == "en":
            inside = [d for d in inside if not self._of_meeting(d)]
        if len(own) > 1:
            index = next((k for k, t in enumerate(own) if t[0].i == trigger.i), 0)
            low = own[index - 1][0].j if index else segment.i
            part = [d for d in inside if (trigger.i <= d.i < until) or (index == 0 and d.i < trigger.i)]
            if not part and index:
                part = [d for d in inside if low <= d.i < trigger.i]
            inside = part or [d for d in inside if d.i < own[0][0].i]
        inside = [d for d in inside if d.form != "anchored" and not self._put_off_to(d)]
        lead = trigger.i - 1
        if (
            self.lang == "en"
            and not inside
            and n
            and fold(self.text.words[lead]) == "for"
            and "," in self.text.gap(lead)
        ):
            # "flew to X on Friday, two days after the summit, for talks with A"
            contact.dates = [d for d in self.dates if d.j <= segment.i and d.form not in ("anchored", "vague")][-1:]
            if contact.dates:
                return
        back = self._counted_back(segment, trigger) if not inside else []
        if back:
            contact.dates, contact.aside = back, True
            told = [d for d in self.dates if d.j <= back[0].i and d.form in ("day", "weekday", "publication")]
            contact.counted_from = told[-1] if told else None
            return
        contact.dates = _date_run(self.text, self._choose(inside, trigger)) or self._anchored(segment, trigger)
        if contact.dates and contact.dates[0].form == "context":
            earlier = [
                d
                for d in self.dates
                if d.j <= contact.dates[0].i
                and (d.form in ("day", "weekday", "publication") or (d.form == "month" and self._that_time(contact)))
                and not self._of_saying(d)
            ]
            contact.counted_from = earlier[-1] if earlier else None
        if not contact.dates and n and self._heads(n):  # "8 October: the president visits X and meets Y"
            contact.dates = [d for d in self.dates if self.segments[n - 1].i <= d.i < segment.i][-1:]
        if not contact.dates and n and self._gerund(segment):  # "spent Thursday in X, holding talks with A"
            contact.dates = [d for d in self.dates if self.segments[n - 1].i <= d.i < segment.i][-1:]
        if contact.dates:
            return
        for other in self._attached(n) if self._is_last(contact, segment) else ():
            if contact.kind == "agreement" and self._had_before(other):
                continue
            near = [d for d in self.dates if other.i <= d.i < other.j and d.form != "anchored"]
            if near:
                contact.dates = _date_run(self.text, self._choose(near, trigger) if self.lang == "ru" else near)
                return
        telling = n > 0 and segment.opener == "content" and fold(self.text.words[segment.i - 1]) in TELLING
        if self.lang == "en" and telling and (trigger.value == ("call", "verb") or trigger.value[1] in MEET_NOUNS):
            # "On Monday A told B by phone that ...": the day of the telling
            low = min((s.i for s in self.segments[:n] if not s.triggers), default=segment.i)
            contact.dates = [d for d in self.dates if low <= d.i < segment.i and d.form != "anchored"][-1:]
            return
        for other in self.segments:
            if other.opener == "speech" and (
                near := [
                    d for d in self.dates if other.i <= d.i < other.j and d.form in ("weekday", "publication", "day")
                ]
            ):
                contact.spoken_date = near[0]

    def _anchored(self, segment: Segment, trigger: Item) -> list[DateRef]:
        """ "Three days before the talks, A met B", "A met B three days before the talks"."""
        for ref in self.dates:
            if ref.form != "anchored":
                continue
            ahead = ref.anchor <= trigger.i and any("," in self.text.gap(k) for k in range(ref.anchor, trigger.i + 1))
            lead = ref.i <= self.sentence.first + 1 and self.lang == "en"
            ahead = ahead or (lead and fold(self.text.words[ref.anchor]) in ("that", "this"))
            ahead = ahead or (lead and any(ref.anchor <= t.i < trigger.i for t in self.sentence.of("T")))
            own = [d for d in self.dates if d.gives_day and 0 <= ref.i - d.j <= 1 and self.lang == "en"]
            if ahead and own:
                return own  # "On 4 February, five days before C came, A met B"
            if ahead or (trigger.j <= ref.i and segment.i <= ref.i <= segment.j):
                return [ref]
        return []

    def _of_other_noun(self, ref: DateRef, trigger: Item) -> bool:
        """ "քննարկել են մարտի 5-ի հարձակումը": the day, in the genitive, of the noun that follows it."""
        genitive = self.lang == "hy" and ref.form == "day" and ref.j < self.sentence.last
        if not genitive or self.text.words[ref.j] != "ի" or "-" not in self.text.gap(ref.j):
            return False
        return not (trigger.value[1] in MEET_NOUNS and 0 <= trigger.i - ref.j <= TELLS_OF)

    def _that_time(self, contact: Contact) -> bool:
        """ "был в марте: тогда ...": a month stands for "then" as well."""
        return self.lang != "en" and not contact.dates[0].offset

    def _put_off_to(self, ref: DateRef) -> bool:
        """ "was put off until December": the new day, not that of what was called off."""
        if self.lang != "en" or ref.i <= self.sentence.first:
            return False
        off = [c for c in self.sentence.of("Q") if c.value == "cancelled" and 0 <= ref.i - c.j <= 1]
        return bool(off) and fold(self.text.words[ref.i - 1]) in ("until", "till", "to")

    def _of_meeting(self, ref: DateRef) -> bool:
        """ "what was agreed at the meeting of 19 April was signed": the day of the meeting."""
        before = fold(self.text.words[ref.i - 1]) if ref.i > self.sentence.first else ""
        nouns = [t for t in self.sentence.of("T") if t.value[0] in ("meeting", "session") and t.value[1] in MEET_NOUNS]
        papers = [t.i for t in self.sentence.of("T") if t.value == ("agreement", "document") and t.i < ref.i]
        return before == "of" and bool(papers) and any(t.j == ref.i - 1 for t in nouns)

    def _counted_back(self, segment: Segment, trigger: Item) -> list[DateRef]:
        """ "A met B on 24 May, two days after the summit of ...": the day of the summit, from that of the meeting."""
        if self.lang != "en" or segment.opener != "time":
            return []
        for ref in self.dates:
            if (
                ref.form == "anchored"
                and 0 <= ref.anchor - segment.i <= 2
                and ref.anchor <= trigger.i
                and ref.i > self.sentence.first + 1
            ):
                return [DateRef(ref.i, ref.j, "back", offset=-ref.offset)]
        return []

    def _of_saying(self, ref: DateRef) -> bool:
        """ "said on Thursday that ... that day": when it was said."""
        return self.lang == "en" and any(s.opener == "speech" and s.i <= ref.i < s.j for s in self.segments)

    def _not_in_passing(self, dates: list[DateRef], trigger: Item) -> list[DateRef]:
        """Without days that tell of something else: "the 11 April shootout", ", two days after the summit,"."""
        if self.lang != "en" or len(dates) < 2:
            return dates
        aside = [d for d in dates if d.form == "anchored" and "," in self.text.gap(d.i) and d.i < trigger.i]
        kept = [d for d in dates if d not in aside and not self._attributive(d, trigger)]
        return kept or dates

    def _attributive(self, ref: DateRef, trigger: Item) -> bool:
        """ "the 11 April shootout": the day belongs to the noun behind it."""
        words = self.text.words
        if ref.form != "day" or ref.i == self.sentence.first or ref.j >= self.sentence.last:
            return False
        noun = words[ref.j].islower() and fold(words[ref.j]) not in _NO_NOUN and not self.text.gap(ref.j).strip()
        return noun and fold(words[ref.i - 1]) in ("the", "this", "that", "its") and not 0 <= trigger.i - ref.j <= 2

    def _had_before(self, segment: Segment) -> bool:
        """ "initialled the text that their envoys had completed in March": what was done before."""
        words = {fold(w) for w in self.text.words[segment.i : segment.j]}
        return self.lang == "en" and segment.opener == "relative_event" and "had" in words

    def _gerund(self, segment: Segment) -> bool:
        """ "..., holding talks with A": what the subject of the clause before did then and there."""
        return self.lang == "en" and segment.opener == "clause" and fold(self.text.words[segment.i]) in _DOING

    def _of_participle(self, ref: DateRef, trigger: Item) -> bool:
        """ "подписан протокол о линии, согласованной в апреле": when something else was done."""
        if self.lang != "ru":
            return False
        for k in range(trigger.j, ref.i):
            if "," in self.text.gap(k) and _PARTICIPLE.search(self.text.words[k].lower()):
                return not any(x.i <= k < x.j and x.type in ("G", "T", "Q") for x in self.sentence.items)
        return False

    def _choose(self, inside: list[DateRef], trigger: Item) -> list[DateRef]:
        exact = [d for d in inside if d.form != "vague"]
        if exact and len(exact) < len(inside) and all(d.form == "context" and not d.offset for d in exact):
            exact = []  # "At the weekend ... and, an hour later, ..."
        if len(exact) > 1:
            exact.sort(
                key=lambda d: (
                    d.form == "context" and d.offset == 0,
                    abs(d.i - trigger.j) if d.i > trigger.i else abs(trigger.i - d.j),
                    d.i < trigger.i,
                )
            )
            first = exact[0]
            run = [d for d in exact if d.form == first.form]
            return (
                sorted(run, key=lambda d: d.i)
                if first.form in ("day", "month") and _adjacent_run(self.text, sorted(run, key=lambda d: d.i))
                else [first]
            )
        return exact or inside

    def _attached(self, n: int) -> list[Segment]:
        """Clauses that tell more of the same contact."""
        after = []
        for segment in self.segments[n + 1 :]:
            if (
                (
                    segment.opener in ("relative_event", "relative_place")
                    and not [t for t in self._main_triggers(segment) if self._own_deed(t[0], segment)]
                )
                or segment.opener == "main"
                or self._during(segment)
            ):
                after.append(segment)
            else:
                break
        before = (
            [self.segments[n - 1]]
            if n
            and (
                self.segments[n].opener in ("relative_event", "relative_place", "time")
                or (self.segments[n].opener == "relative_person" and self.segments[n].has("T", ("visit", "noun")))
            )
            else []
        )
        lead = [
            s
            for s in self.segments[:n]
            if (not s.triggers or self._heads(n))
            and s.opener in ("main", "time")
            and (s.j == self.segments[n].i or s is self.segments[n].resumes or self._sets_day(s, n))
        ]
        return after + before + lead

    def _sets_day(self, segment: Segment, n: int) -> bool:
        """ "On 10 October, after talks begun the day before, A and B adopted X": the day of what A and B did."""
        first = self.lang == "en" and segment is self.segments[0] and not segment.people
        between = [s.opener for s in self.segments[1:n]]
        return first and self.segments[n].opener == "main" and all(o == "time" or "relative" in o for o in between)

    def _own_deed(self, trigger: Item, segment: Segment) -> bool:
        """ "where he had held talks the previous day": what a relative clause tells for itself."""
        if trigger.value[1] == "verb":
            return True
        return (
            self.lang == "en" and trigger.value[1] in MEET_NOUNS and segment.has("G", "verb") and bool(segment.people)
        )

    def _during(self, segment: Segment) -> bool:
        """ "during the NATO summit in Washington on July 10": the occasion tells when and where."""
        return (
            segment.opener == "time"
            and fold(self.text.words[segment.i]) in ("during", "following")
            and all(r.type == "other" for e in segment.people for r in e.refs)  # "the UN General Assembly"
        )

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
_PARTICIPLE = re.compile(
    r"..(?:нн|вш|ющ|ящ)(?:ого|ому|ой|ую|ая|ое|ые|ый|ых|ым|ыми|ом|его|ему|ей|ий|ие|их|им|ем|ими|ее|яя|юю)(?:ся)?$"
)
_LOCATIVE = {"hy": ("ում",), "az": ("da", "de")}  # endings of where something is
_TOWARDS = ("a", "e", "ya", "ye")  # Azerbaijani endings of where one goes
_NO_WAY = frozenset(("according", "thanks", "owing", "related", "hostile", "allied"))
_SETTLEMENTS = frozenset(("city", "town", "resort", "capital", "village", "district", "suburb", "port"))


def _adjacent_run(text: Text, run: list[DateRef]) -> bool:
    return all(b.i - a.j <= 1 for a, b in pairwise(run))


def _date_run(text: Text, dates: list[DateRef]) -> list[DateRef]:
    """Several coordinated days, or the first alone."""
    dates = sorted(dates, key=lambda d: d.i)
    if len(dates) > 1 and all(d.form == dates[0].form for d in dates) and _adjacent_run(text, dates):
        return dates
    return dates[:1]


_NO_NOUN = frozenset(
    ("in", "at", "on", "to", "and", "but", "with", "by", "for", "when", "where", "of", "or", "as", "after")
)
_DOING = frozenset(("holding", "meeting", "conducting", "having"))
