"""A sentence cut into clauses: who speaks, what is said, what hangs on what."""

from __future__ import annotations

from dataclasses import dataclass, field

from .mentions import Entity
from .sentences import Item, Sentence, Text


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

    def has(self, type_: str, *values: object) -> bool:
        """Whether an item of a type, or of that type and one of the values, stands in the clause."""
        if not values:
            return type_ in self.facts
        return any((type_, value) in self.facts for value in values)


def cut(text: Text, sentence: Sentence, entities: list[Entity]) -> list[Segment]:
    """Clauses of a sentence in order; the clause of a speech verb is apart from what is said."""
    marks: dict[int, str] = {sentence.first: "main"}
    for item in sentence.items:
        if item.type == "X" and item.value == "none":
            continue
        if item.type == "X" and item.i > sentence.first and not _inside(item, sentence, entities):
            marks[item.i] = item.value
            if (
                item.value == "clause"
                and text.words[item.i].lower() == "that"
                and item.j - item.i == 1
                and _after_noun(item, sentence)
            ):
                marks[item.i] = "relative_event"
        elif item.type == "X" and item.value != "clause":
            marks[sentence.first] = item.value
    for k in range(sentence.first + 1, sentence.last):
        gap = text.gap(k)
        if ";" in gap:
            marks.setdefault(k, "clause")
    spoken = _speech(text, sentence, entities, marks)
    bounds = sorted(marks)
    segments = []
    for n, start in enumerate(bounds):
        stop = bounds[n + 1] if n + 1 < len(bounds) else sentence.last
        segments.append(Segment(start, stop, marks[start]))
    _fill(segments, sentence, entities, spoken)
    return segments


def _after_noun(item: Item, sentence: Sentence) -> bool:
    """Whether "that" tells more of a noun rather than what somebody says."""
    return any(
        x.type == "T" and x.value[1] in ("noun", "neutral_noun", "document") and item.i - x.j >= 0
        for x in sentence.items
    ) and not any(x.type == "Y" and 0 <= item.i - x.j <= 4 for x in sentence.items)


def _inside(item: Item, sentence: Sentence, entities: list[Entity]) -> bool:
    if any(e.i <= item.i < e.j for e in entities):
        return True
    return any(
        x.type in ("D", "T", "Q", "H") and x.i <= item.i < x.j and x.j - x.i > item.j - item.i for x in sentence.items
    )


def _speech(text: Text, sentence: Sentence, entities: list[Entity], marks: dict[int, str]) -> list[Entity]:
    """Set marks at speech clauses and return those who speak."""
    spoken: list[Entity] = []
    for item in sentence.items:
        if item.type != "Y" or item.value != "verb":
            continue
        if _participle(text, item, sentence):
            continue
        start = item.i
        low = max((m for m in marks if m <= item.i), default=sentence.first)
        while start > low and "," not in text.gap(start) and not any(q in text.gap(start) for q in '"”“»'):
            start -= 1
        people = [e for e in entities if e.refs and start <= e.i < item.i]
        comma = start > low
        near = [e for e in people if item.i - e.j <= 3]
        if (
            comma
            and not near
            and not any(e.voice for e in people)
            and not any(x.type in ("L", "U", "C") and start <= x.i < item.i for x in sentence.items)
        ):
            inverted = [e for e in entities if e.refs and 0 <= e.i - item.j <= 2]
            if not inverted and item.i - start > 3:
                start = item.i
        spoken += people
        if start > sentence.first:
            marks[start] = "speech"
        else:
            marks[sentence.first] = "speech"
        stop = item.j
        for other in sorted(sentence.items, key=lambda x: x.i):
            if other.type in ("W", "M", "D") and 0 <= other.i - stop <= 2 and other.value != "background":
                stop = other.j + (
                    1 if other.type == "M" and other.j < sentence.last and text.words[other.j].isdigit() else 0
                )
        inverted = [e for e in entities if e.refs and 0 <= e.i - item.j <= 2]
        said_before = comma or item.i == start
        if inverted and said_before and item.value == "verb" and (start > sentence.first or item.i == sentence.first):
            spoken += inverted[:1]
            stop = max(stop, inverted[0].j)
        if stop < sentence.last and not any(item.i < m <= stop + 1 for m in marks):
            marks[stop] = "content"
    return spoken


_PARTICIPLES = (
    "announced",
    "reported",
    "confirmed",
    "mentioned",
    "cited",
    "claimed",
    "suggested",
    "expressed",
    "voiced",
)
_FOLLOWED = ("for", "by", "in", "at", "earlier", "previously", "last")


def _participle(text: Text, item: Item, sentence: Sentence) -> bool:
    """ "A meeting, announced for Monday, ...": tells more of a noun and is nobody's speech."""
    if text.words[item.i].lower() not in _PARTICIPLES or item.j >= sentence.last or item.i == sentence.first:
        return False
    return "," in text.gap(item.i) and text.words[item.j].lower() in _FOLLOWED


def _fill(segments: list[Segment], sentence: Sentence, entities: list[Entity], spoken: list[Entity]) -> None:
    for segment in segments:
        segment.items = [x for x in sentence.items if segment.i <= x.i < segment.j]
        for item in segment.items:
            segment.facts.add(item.type)
            segment.facts.add((item.type, item.value))
        segment.triggers = [x for x in segment.items if x.type == "T"]
        hosts = [x for x in segment.items if x.type == "H"]
        segment.cues = [x for x in segment.items if x.type == "Q" and not any(h.i <= x.i < h.j for h in hosts)]
        for entity in entities:
            if segment.i <= entity.i < segment.j:
                if any(entity is s for s in spoken):
                    segment.speakers.append(entity)
                elif entity.is_person:
                    segment.people.append(entity)
