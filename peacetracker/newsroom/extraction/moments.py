"""On which day, or in which month, a contact falls by the words of its sentence."""

from __future__ import annotations

import re
from itertools import pairwise

from .contact import MEET_NOUNS, Contact
from .dates import DateRef
from .inherited import DOING
from .lexicon import fold
from .participants import ParticipantReader
from .segments import Segment
from .sentences import Item
from .speech import TELLING

OPENS = frozenset(("opens", "open", "begins", "begin", "starts", "start", "resumes", "resume"))
TELLS_OF = 7  # words between a day in the genitive and the noun of contact that it is of


class MomentReader(ParticipantReader):
    """Chooses a contact's expressions of time, in its clause and in those that tell more of it."""

    def _times(
        self, contact: Contact, n: int, segment: Segment, trigger: Item, until: int, own: list[tuple[Item, str, int]]
    ) -> None:
        later = {t[0].i for t in own if t[0].i > trigger.i and t[0].value[1] == "noun"}
        inside = [d for d in self.dates if segment.i <= d.i < segment.j and d.j not in later]
        inside = [d for d in inside if not self._of_participle(d, trigger)]
        inside = self._not_in_passing(inside, trigger)
        inside = [d for d in inside if not self._ends_span(d)]
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
        contact.dates = _date_run(self._choose(inside, trigger)) or self._anchored(segment, trigger)
        contact.dates = self._day_set(n, segment) or self._day_opened(n) or contact.dates
        self._count_from(contact, segment)
        if not contact.dates and n and self._heads(n):  # "8 October: the president visits X and meets Y"
            contact.dates = [d for d in self.dates if self.segments[n - 1].i <= d.i < segment.i][-1:]
        if not contact.dates and n and self._gerund(segment):  # "spent Thursday in X, holding talks with A"
            contact.dates = [d for d in self.dates if self.segments[n - 1].i <= d.i < segment.i][-1:]
        if contact.dates:
            return
        if self.lang == "en" and contact.kind == "visit" and segment.opener == "relative_person":
            return  # "A, who is visiting X, met B on Thursday"
        for other in self._attached(n) if self._is_last(contact, segment) else ():
            if contact.kind == "agreement" and self._had_before(other):
                continue
            near = [d for d in self.dates if other.i <= d.i < other.j and d.form != "anchored"]
            if self.lang == "en" and segment.opener == "time" and near and near[-1].j == segment.i:
                near = near[-1:]  # "an agreement reached on 14 May, when they met"
            if near:
                contact.dates = _date_run(self._choose(near, trigger) if self.lang == "ru" else near)
                if self.lang == "en":
                    self._count_from(contact, segment)
                return
        if self.lang == "en" and contact.behind:  # "After a dinner, A and B agreed on Wednesday ..."
            clause = next((s for s in self.segments if s.i <= contact.behind[0].i < s.j), segment)
            contact.dates = [d for d in self.dates if clause.i <= d.i < clause.j and d.form in ("day", "weekday")][:1]
            if contact.dates:
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

    def _day_set(self, n: int, segment: Segment) -> list[DateRef]:
        """ "A month ago A backed out of a meeting that was to be held on 20 April": the day of what was called off."""
        after = self.segments[n + 1] if n + 1 < len(self.segments) else None
        if self.lang != "en" or after is None or after.opener != "relative_event" or not segment.has("Q", "cancelled"):
            return []
        days = [d for d in self.dates if after.i <= d.i < after.j and d.form in ("day", "weekday")]
        return days[:1] if after.has("Q", "past_plan") else []

    def _count_from(self, contact: Contact, segment: Segment) -> None:
        """The day that "a day earlier" counts from, if the sentence tells it."""
        if not contact.dates or contact.dates[0].form not in ("context", "context-month"):
            return
        earlier = [
            d
            for d in self.dates
            if d.j <= contact.dates[0].i
            and (d.form in ("day", "weekday", "publication") or (d.form == "month" and self._that_time(contact)))
            and (contact.dates[0].offset or not self._of_saying(d))
        ]
        contact.counted_from = earlier[-1] if earlier else self._day_of_main(contact, segment)

    def _day_opened(self, n: int) -> list[DateRef]:
        """ "flew to X on Sunday for a new round with B, which opens on Monday": the day of the round."""
        after = self.segments[n + 1] if n + 1 < len(self.segments) and self.lang == "en" else None
        if after is None or after.opener != "relative_event" or after.triggers:
            return []
        opens = OPENS.intersection(map(fold, self.text.words[after.i : after.i + 4]))
        return [d for d in self.dates if after.i <= d.i < after.j and d.form in ("day", "weekday")][:1] if opens else []

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

    def _ends_span(self, ref: DateRef) -> bool:
        """ "from 1 May to 4 May": the first day is that of the contact."""
        through = ref.i > self.sentence.first and fold(self.text.words[ref.i - 1]) in ("to", "through", "until", "till")
        return self.lang == "en" and through and any(d.j == ref.i - 1 for d in self.dates)

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
        """ "said on Thursday that ... that day": when it was said, unless it "was announced" then."""
        said = [s for s in self.segments if s.opener == "speech" and s.i <= ref.i < s.j]
        done = any(fold(self.text.words[y.i - 1]) in ("was", "were") and y.j <= ref.i for y in self.sentence.of("Y"))
        return self.lang == "en" and bool(said) and not done

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
        return self.lang == "en" and segment.opener == "clause" and fold(self.text.words[segment.i]) in DOING

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
                if first.form in ("day", "month") and _adjacent_run(sorted(run, key=lambda d: d.i))
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
                or (segment.opener == "content" and self._of_which(segment))
                or self._on_trip_then(segment)
            ):
                after.append(segment)
            elif not (self.lang == "en" and segment.opener == "speech" and segment.has("X", "relative_event")):
                break  # "a meeting which a paper reported would take place on 23 May"
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

    def _day_of_main(self, contact: Contact, segment: Segment) -> DateRef | None:
        """ "A, who had received B a day earlier, met C on Thursday": counted from the day of the main clause."""
        had = "had" in {fold(w) for w in self.text.words[segment.i : segment.i + 3]}
        of_main = segment.opener in ("relative_person", "relative_place")
        if self.lang != "en" or not of_main or not had or contact.dates[0].offset >= 0:
            return None
        behind = [d for d in self.dates if d.i >= segment.j and d.form in ("day", "weekday", "publication")]
        return behind[0] if behind else None

    def _on_trip_then(self, segment: Segment) -> bool:
        """ "had discussed it with A when he visited Baku in May": the trip tells when."""
        then = self.lang == "en" and segment.opener == "time" and fold(self.text.words[segment.i]) == "when"
        return then and bool(segment.triggers) and all(t.value[0] == "visit" for t in segment.triggers)

    def _of_which(self, segment: Segment) -> bool:
        """ "a meeting which a paper reported would take place on 23 May": what is said of the meeting itself."""
        before = next((s for s in self.segments if s.j == segment.i), None)
        which = before is not None and before.opener == "speech" and before.has("X", "relative_event")
        return which and not segment.triggers and not segment.people

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


_PARTICIPLE = re.compile(
    r"..(?:нн|вш|ющ|ящ)(?:ого|ому|ой|ую|ая|ое|ые|ый|ых|ым|ыми|ом|его|ему|ей|ий|ие|их|им|ем|ими|ее|яя|юю)(?:ся)?$"
)
_NO_NOUN = frozenset(
    ("in", "at", "on", "to", "and", "but", "with", "by", "for", "when", "where", "of", "or", "as", "after")
)


def _adjacent_run(run: list[DateRef]) -> bool:
    return all(b.i - a.j <= 1 for a, b in pairwise(run))


def _date_run(dates: list[DateRef]) -> list[DateRef]:
    """Several coordinated days, or the first alone."""
    dates = sorted(dates, key=lambda d: d.i)
    if len(dates) > 1 and all(d.form == dates[0].form for d in dates) and _adjacent_run(dates):
        return dates
    return dates[:1]
