"""A sentence cut into clauses: who speaks, what is said, what hangs on what."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from .armenian import THAT
from .references import Entity
from .sentences import Item, Sentence, Text, year_sign
from .speech import TELLING, deed, mark_speech


@dataclass(slots=True)
class Segment:
    """Words [i, j) of one clause. `opener` says what joins it to the one before."""

    i: int
    j: int
    opener: str = "main"  # main, clause, content, time, relative_person, relative_event, relative_place, speech
    people: list[Entity] = field(default_factory=list)
    triggers: list[Item] = field(default_factory=list)
    cues: list[Item] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    speakers: list[Entity] = field(default_factory=list)
    facts: set[object] = field(default_factory=set)
    main: list[tuple[Item, str, int]] | None = None
    resumes: Segment | None = None  # the clause that goes on here after a relative clause

    def has(self, type_: str, *values: object) -> bool:
        """Whether an item of a type, or of that type and one of the values, stands in the clause."""
        if not values:
            return type_ in self.facts
        if len(values) == 1:
            return (type_, values[0]) in self.facts
        return any((type_, value) in self.facts for value in values)


def cut(
    text: Text, sentence: Sentence, entities: list[Entity], *, english: bool = True, verb_final: bool = False,
    then: frozenset[str] = frozenset(),
) -> list[Segment]:  # fmt: skip
    """Clauses of a sentence in order; the clause of a speech verb is apart from what is said.

    `then` holds the words with which a clause goes on to the next contact where it needs no conjunction.
    """
    marks: dict[int, str] = {sentence.first: "main"}
    for item in sentence.of("X"):
        if item.value == "none":
            continue
        if item.value == "participle" and "," not in text.gap(item.i):
            continue
        if not english and item.value == "time" and _before_date(text, item, sentence):
            continue
        if item.value == "time" and _only_during(text, item, sentence):
            continue
        if item.i > sentence.first and not _inside(item, text, sentence, entities):
            marks[item.i] = "clause" if item.value == "participle" else item.value
            if item.value == "relative_person" and _after_contact(item, sentence, [] if english else entities):
                marks[item.i] = "relative_event"
            that = item.value == "clause" and text.words[item.i].lower() in THAT  # "նիստը, որ պետք է գումարվեր ..."
            if that and _after_contact(item, sentence, entities):
                marks[item.i] = "relative_event"
            if item.value == "relative_event" and _of_person(text, item, sentence, entities):
                marks[item.i] = "relative_person"
            if (
                item.value == "clause"
                and text.words[item.i].lower() == "that"
                and item.j - item.i == 1
                and _after_noun(text, item, sentence)
                and not _told_someone(text, item, sentence)
            ):
                marks[item.i] = "relative_event"
        elif item.value not in ("clause", "participle"):
            marks[sentence.first] = item.value
    if english and text.words[sentence.first].lower() == "while":
        marks[sentence.first] = "time"  # "While the ministers were in X, A received B"
    _punctuated(text, sentence, marks, english=english)
    if not english:
        _split_run(text, sentence, entities, marks, then)
        if then and "իսկ" in then:
            _gap_dated(text, sentence, entities, marks, [x for x in sentence.of("T") if x.value[1] != "document"])
    if english:
        _new_subjects(text, sentence, entities, marks)
    resumed = _resumed(text, sentence, marks, english=english)
    asides = [] if english else _asides(text, sentence, entities, marks)
    spoken = mark_speech(text, sentence, entities, marks, asides, english=english, verb_final=verb_final)
    _end_subordinate(text, sentence, entities, marks)
    bounds = sorted(marks)
    segments = []
    for n, start in enumerate(bounds):
        stop = bounds[n + 1] if n + 1 < len(bounds) else sentence.last
        segments.append(Segment(start, stop, marks[start]))
    _fill(segments, sentence, entities, spoken, asides)
    for n, segment in enumerate(segments):
        if segment.i in resumed and n > 1:
            low = next((k for k in range(n - 1, 0, -1) if segments[k].i == resumed[segment.i]), n - 1)
            segment.resumes = segments[low - 1]
    return segments


def _before_date(text: Text, item: Item, sentence: Sentence) -> bool:
    """ "до 5 октября", "накануне" alone: a day, not what another clause tells."""
    if item.j - item.i > 1 or item.j >= sentence.last:
        return item.j - item.i == 1 and any(x.i == item.i for x in sentence.of("D"))
    if any(x.i == item.i and x.value == "context_minus_1" for x in sentence.of("D")):
        return not any(0 <= x.i - item.j <= 2 for x in sentence.of("T") if x.value[1] in _NAMING)
    return text.words[item.j].isdigit() or any(x.i == item.j for x in sentence.items if x.type in ("M", "W"))


def _only_during(text: Text, item: Item, sentence: Sentence) -> bool:
    """ "met during the UN General Assembly on Thursday": an occasion inside the clause, with no contact of its own."""
    if " ".join(text.words[item.i : item.j]).lower() not in _DURING or item.i == sentence.first:
        return False
    comma = next((k for k in range(item.j + 1, sentence.last) if "," in text.gap(k)), sentence.last)
    reach = min(comma, item.j + OCCASION + 1)
    return not any(item.j <= x.i < reach and x.type in ("T", "G", "Y") for x in sentence.items)


_DURING = ("during", "в ходе", "во время")


def _punctuated(text: Text, sentence: Sentence, marks: dict[int, str], *, english: bool) -> None:
    """A semicolon begins a clause; in English a colon begins a sentence of its own."""
    raw = text.raw[sentence.start : sentence.end]
    if ";" not in raw and (":" not in raw or not english) and (english or (". " not in raw and "․ " not in raw)):
        return
    for k in range(sentence.first + 1, sentence.last):
        gap = text.gap(k)
        if ";" in gap:
            marks.setdefault(k, "clause")
        elif (english and gap.startswith(":") and len(gap) > 1) or (
            gap.startswith((". ", "․ ")) and text.words[k].islower() and not year_sign(text.words[k - 1])
        ):
            marks[k] = "main"


_RESUMING = ("verb", "host", "travel", "neutral_verb")


def _resumed(text: Text, sentence: Sentence, marks: dict[int, str], *, english: bool) -> dict[int, int]:
    """ "X, who is in Moscow, held ...": where the main clause goes on; with a cue, where the relative one began."""
    found: dict[int, int] = {}
    for item in sentence.items:
        if item.type not in ("G", "T", "Q") or marks.get(item.i) or item.value in ("negative", "hypothetical"):
            continue
        if item.type == "T" and item.value[1] not in _RESUMING and not (english and item.value[1] == "weak"):
            continue
        k = item.i if english else _from_day(text, sentence, item.i)
        low = max((m for m in marks if m < k), default=sentence.first)
        since = english and marks[low] == "time" and text.words[low].lower() == "since" and low > sentence.first
        if since and (before := [m for m in marks if m < low]):  # "A, who had not met B since May, went to X"
            low = max(before)
        if not marks[low].startswith("relative") or "," not in text.gap(k) or "," not in text.gap(low) or k in marks:
            continue
        found[k] = low if item.type == "Q" or since else -1
    for k in found:
        marks[k] = "main"
    return found


def _from_day(text: Text, sentence: Sentence, k: int) -> int:
    """ "..., 1 марта встретился": where the day begins that stands before the verb."""
    days = [x for x in sentence.items if x.type in ("M", "W", "D")]
    while k > sentence.first and "," not in text.gap(k):
        if not (text.words[k - 1].isdigit() or any(x.i <= k - 1 < x.j for x in days)):
            return k
        k -= 1
    return k


def _end_subordinate(text: Text, sentence: Sentence, entities: list[Entity], marks: dict[int, str]) -> None:
    """ "Without X, who stayed at home, Y met Z": mark where a new subject with a verb ends a clause that hangs on."""
    bounds = [*sorted(marks), sentence.last]
    hanging = [(a, b) for a, b in pairwise(bounds) if marks[a] == "time" or marks[a].startswith("relative")]
    if not hanging or "," not in text.raw[sentence.start : sentence.end]:
        return
    verbs = {x.i for x in sentence.items if _tells(x)}
    for start, stop in hanging:
        done = [v for v in verbs if start <= v < stop]
        early = start == sentence.first or _hours_after(text, start, sentence)
        first = early and marks[start] == "time" and text.words[start].lower() in _LEADING
        comma = next((k for k in range(start + 1, stop) if "," in text.gap(k)), stop) if first else stop
        if any(0 <= x.i - comma <= 4 and x.value[1] == "noun" for x in sentence.of("T")) and not any(
            start < e.i < comma for e in entities if e.refs
        ):  # "Ahead of the vote, a meeting of A, B and C took place"
            marks.setdefault(comma, "main")
            continue
        for n, entity in enumerate(entities):
            here = start + 1 < entity.i < stop and entity.refs and "," in text.gap(entity.i - _article(text, entity.i))
            if n and entities[n - 1].refs and entities[n - 1].j == entity.i and marks[start].startswith("relative"):
                continue  # "who are to be joined by A, B and C"
            end = _group_end(text, entities[n:])
            if here and (first or (done and min(done) < entity.i)) and any(v - end in (0, 1, 2) for v in verbs):
                marks.setdefault(entity.i - _article(text, entity.i), "main")
                break


def _hours_after(text: Text, start: int, sentence: Sentence) -> bool:
    """ "Hours after the shooting, A visited X": a time counted from what is no contact."""
    comma = next((k for k in range(start + 1, sentence.last) if "," in text.gap(k)), sentence.last)
    return start - sentence.first <= 2 and not any(x.i < comma for x in sentence.items if x.type in ("T", "P", "O"))


_LEADING = frozenset(("after", "before", "during", "following", "ahead", "prior", "upon", "shortly", "while"))


def _group_end(text: Text, entities: list[Entity]) -> int:
    """Where the list that begins with the first entity ends."""
    end = entities[0].j
    for entity in entities[1:]:
        verb = entity.i - end == 1 and text.words[end].lower().endswith("ed")
        if not entity.refs or entity.i - end > 1 or verb:
            break
        end = entity.j
    return end


def _split_run(
    text: Text, sentence: Sentence, entities: list[Entity], marks: dict[int, str], then: frozenset[str]
) -> None:
    """ "On 13 March A received him, on 15 March he met B": a comma between two clauses that each tell a contact."""
    deeds = [x for x in sentence.of("T") if deed(x) or _carried(x, sentence)]
    for first, second in pairwise(deeds):
        for k in range(first.j, second.i + 1):
            if "," not in text.gap(k) or any(first.j < m <= second.i for m in marks):
                continue
            begins = any(x.i <= k + 1 <= x.j and x.type in ("M", "W", "D") for x in sentence.items)
            begins = begins or text.words[k].lower() in then
            if begins or any(e.i == k and all(r.how == "anaphora" for r in e.refs) for e in entities if e.refs):
                marks[k] = "clause"
                break


def _gap_dated(
    text: Text, sentence: Sentence, entities: list[Entity], marks: dict[int, str], deeds: list[Item]
) -> None:
    """ "երեկ հանդիպել է Ա-ի, այսօր էլ՝ Բ-ի հետ": a day of its own begins what needs no verb again."""
    if not deeds:
        return
    for k in range(deeds[-1].j + 1, sentence.last - 1):
        begins = "," in text.gap(k) and k not in marks
        if not begins or not any(x.i == k and x.type in ("M", "W", "D") for x in sentence.items):
            continue
        low = max((m for m in marks if m < k), default=sentence.first)
        high = min((m for m in marks if m > k), default=sentence.last)
        own = [e for e in entities if e.refs and k < e.i < high]
        told = any(low <= e.i < k for e in entities if e.refs and e.i > deeds[-1].i)
        verbs = any(x.type in ("T", "G", "Q", "Y") and k <= x.i < high for x in sentence.items)
        if len(own) == 1 and told and not verbs:
            marks[k] = "clause"


def _carried(noun: Item, sentence: Sentence) -> bool:
    """ "կեսօրին նախատեսված են բանակցություններ": a noun of contact beside the plan that carries it."""
    plans = [x for x in sentence.of("Q") if x.value == "scheduled"]
    return noun.value == ("meeting", "noun") and any(0 <= noun.i - x.j <= 2 for x in plans)


def _new_subjects(text: Text, sentence: Sentence, entities: list[Entity], marks: dict[int, str]) -> None:
    """ "A rang B on Friday, and C spoke with D by phone": a clause of its own begins with its own subject and verb."""
    deeds = [x for x in sentence.of("T") if x.value[1] in _DEEDS]
    if len(deeds) < 2:
        return
    for entity in entities:
        k = _before_day(text, sentence, entity.i - _article(text, entity.i) - 1)
        if not entity.refs or entity.possessive or k <= sentence.first or text.words[k].lower() not in ("and", "while"):
            continue
        own = [x for x in deeds if 0 <= x.i - entity.j <= 2]
        before = [x for x in deeds if x.j <= k]
        dated = any(x.type in ("M", "W", "D") and x.i >= entity.j for x in sentence.items)
        onto = own and any(0 <= e.i - own[0].j <= 2 for e in entities if e.refs)  # "..., and C rang D"
        if (
            own
            and before
            and (dated or onto)
            and "," in text.gap(k)
            and not any(before[-1].j <= m <= entity.i for m in marks)
        ):
            marks[k] = "clause"


_DEEDS = ("verb", "host", "neutral_verb", "weak", "strong_verb", "travel", "sight")


def _before_day(text: Text, sentence: Sentence, k: int) -> int:
    """ "and on the same day A rang B", "and on Monday ...": the word before the day."""
    for _ in range(3):
        day = next((x for x in sentence.items if x.type in ("D", "M", "W", "N") and x.j == k + 1), None)
        if day is None and not text.words[k].isdigit():
            break
        k = (day.i if day else k) - 1
        while k > sentence.first and text.words[k].lower() in ("on", "in", "later", "earlier", "the", "then"):
            k -= 1
    return k


def _article(text: Text, i: int) -> int:
    return int(text.words[i - 1].lower() == "the")


def _tells(item: Item) -> bool:
    """Whether an item is a verb of the clause that it stands in."""
    if item.type == "T":
        return item.value[1] in ("verb", "host", "travel", "awaited", "neutral_verb", "with", "weak", "strong_verb")
    return item.type == "G" or (item.type == "Q" and item.value in ("scheduled", "cancelled", "past_plan"))


def _after_contact(item: Item, sentence: Sentence, people: list[Entity]) -> bool:
    """Whether a relative pronoun stands behind the word for a contact: "այցը Բաքու, որը ..."."""
    nouns = [x.j for x in sentence.of("T") if x.j <= item.i and x.value[1] in ("noun", "neutral_noun")]
    near = bool(nouns) and item.i - nouns[-1] <= (3 if people else 0)
    return near and not any(e.refs and nouns[-1] <= e.i < item.i for e in people)


_NAMING = frozenset(("noun", "neutral_noun", "document"))


def _after_noun(text: Text, item: Item, sentence: Sentence) -> bool:
    """Whether "that" tells more of a noun rather than what somebody says."""
    named = [x for x in sentence.of("T") if (x.value[1] in _NAMING or x.value[1] == "document") and x.j == item.i]
    verbs = [x for x in sentence.of("Y") if named and 0 < named[0].i - x.j <= 3]
    if verbs and text.words[verbs[-1].j].lower() in _DETERMINERS:
        return True  # "recalled the trilateral meeting that he had with A"
    return any(
        x.type == "T" and (x.value[1] in _NAMING or x.value == ("visit", "verb")) and item.i - x.j >= 0
        for x in sentence.items
    ) and not any(x.type == "Y" and 0 <= item.i - x.j <= 4 for x in sentence.items)


def _told_someone(text: Text, item: Item, sentence: Sentence) -> bool:
    """ "told X in a call on Sunday that ...": what was told, however far the verb is."""
    return any(
        x.i < item.i and text.words[x.i].lower() in TELLING and not any(
            w.lower() == "that" for w in text.words[x.j : item.i]
        )
        for x in sentence.of("Y")
    )  # fmt: skip


_DETERMINERS = frozenset(("the", "a", "an", "his", "her", "their", "this"))
_MASCULINE = frozenset(("который", "которого", "которому", "которым"))
_MASCULINE_EVENTS = ("разговор", "звон", "визит", "контакт", "саммит", "раунд", "диалог", "ужин", "обед", "при")


def _of_person(text: Text, item: Item, sentence: Sentence, entities: list[Entity]) -> bool:
    """ "с Уиткоффом, который ...": whether the Russian pronoun means the one person before it, not the contact."""
    if text.words[item.i].lower() not in _MASCULINE:
        return False
    before = [x for x in sentence.of("T") if x.j <= item.i and x.value[1] in ("noun", "neutral_noun")]
    if any(text.words[x.j - 1].lower().startswith(_MASCULINE_EVENTS) for x in before):
        return False
    return any(e.j == item.i and len(e.refs) == 1 and e.refs[0].how != "anaphora" for e in entities)


def _inside(item: Item, text: Text, sentence: Sentence, entities: list[Entity]) -> bool:
    """Whether a conjunction only looks like one: it is part of a name or a longer phrase."""
    if any(e.i <= item.i < e.j for e in entities):
        return True
    goes_on = item.value == "time" and item.j < sentence.last and text.words[item.j].lower() in _THEIR
    return any(
        x.type in ("D", "T", "Q", "H")
        and x.i <= item.i < x.j
        and x.j - x.i > item.j - item.i
        and not (goes_on and x.type == "D" and x.j == item.j)  # "a day before he met B"
        for x in sentence.items
    )


_THEIR = frozenset(("he", "she", "they", "his", "her", "their", "meeting"))


def _asides(text: Text, sentence: Sentence, entities: list[Entity], marks: dict[int, str]) -> list[tuple[int, int]]:
    """ "На встрече, сообщила пресс-служба, присутствовал А": words of saying put into a clause that goes on."""
    found: list[tuple[int, int]] = []
    done = [x.i for x in sentence.items if _tells(x)]
    for item in sentence.of("Y"):
        low = max((m for m in marks if m <= item.i), default=sentence.first)
        start, stop = item.i, item.j
        while start > low and not _set_off(text, start):
            start -= 1
        while stop < sentence.last and not _set_off(text, stop) and "՝" not in text.gap(stop):
            stop += 1
        if item.value != "verb" or start <= low or stop >= sentence.last or stop - start > ASIDE:
            continue
        high = min((m for m in marks if m >= stop), default=sentence.last)
        spans = any(e.i < k < e.j for e in entities if e.refs for k in (start, stop))
        spans = (
            spans
            or any(start < m <= stop for m in marks)
            or any(start <= k < stop for k in done if not item.i <= k < item.j)
        )
        if not spans and not any(low <= k < start for k in done) and any(stop <= k < high for k in done):
            found.append((start, stop))
    return found


def _set_off(text: Text, k: int) -> bool:
    return "," in text.gap(k) or text.gap(k).strip() in ("–", "—", "-")


ASIDE = 9  # words
OCCASION = 5  # words of "the United Nations General Assembly"


def _share_items(segments: list[Segment], items: list[Item], asides: list[tuple[int, int]]) -> None:
    """Give each clause the items that stand in it, but not those of an aside."""
    n = 0
    segment = segments[0]
    papers = any(x.value == ("agreement", "document") for x in items)
    for item in items:
        while item.i >= segment.j and n + 1 < len(segments):
            n += 1
            segment = segments[n]
        if asides and any(a <= item.i < b for a, b in asides):
            continue
        segment.items.append(item)
        segment.facts.add(item.type)
        segment.facts.add((item.type, item.value))
        if item.type == "T" and (papers or item.value != ("agreement", "weak_verb")):
            segment.triggers.append(item)
    for segment in segments:
        cues = [x for x in segment.items if x.type == "Q"] if "Q" in segment.facts else []
        hosts = [x for x in segment.items if x.type == "H"] if cues and "H" in segment.facts else []
        segment.cues = [x for x in cues if not any(h.i <= x.i < h.j for h in hosts)] if hosts else cues


def _fill(
    segments: list[Segment], sentence: Sentence, entities: list[Entity], spoken: list[Entity],
    asides: list[tuple[int, int]],
) -> None:  # fmt: skip
    _share_items(segments, sentence.items, asides)
    for segment in segments:
        for entity in entities:
            if segment.i <= entity.i < segment.j:
                if any(entity is s for s in spoken):
                    segment.speakers.append(entity)
                elif entity.is_person:
                    segment.people.append(entity)
