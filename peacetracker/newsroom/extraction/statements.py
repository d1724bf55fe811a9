"""A named person's public position, where that is the item's main news."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .dates import UNKNOWN, DateReader, apply_year_offset
from .model import DraftEvent
from .references import Entity
from .sentences import Item, Sentence, Text

if TYPE_CHECKING:
    from .assembly import Assembler

LEAD = 2
LINE = 9  # words
RECENT = 14  # days: a calendar day beside the saying of it is the day it was said
SPEAKERS = frozenset(
    ("president", "prime-minister", "chancellor", "leader", "foreign-minister", "secretary-of-state", "speaker",
     "vice-president", "high-representative", "defence-minister", "security-secretary", "minister", "presidential-aide",
     "ambassador", "eu-envoy", "deputy-foreign-minister", "deputy-prime-minister", "state-minister")
)  # fmt: skip
SPOKEN = frozenset(  # where a position is taken, whatever the verb: "branded it so in an interview"
    ("interview", "speech", "address", "article", "briefing", "tweet", "post", "remarks")
)
TOLD_TO = frozenset(("told", "called", "urged", "briefed", "informed", "assured", "warned", "thanked", "asked"))


def find_statement(assembler: Assembler, entities: dict[int, list[Entity]]) -> DraftEvent | None:
    """The statement that the lead reports: one office-holder, a verb of saying, a word of the process."""
    body = [s for s in assembler.text.sentences if not s.is_title]
    while len(body) > 1 and _dateline(body[0]):
        body = body[1:]
    body = body[:LEAD]
    if not body or not _about_process(assembler, body[0]):
        return None
    for sentence in body[: 1 + _says_this(assembler, body)]:
        speaker = _speaker(assembler.text, sentence, entities.get(sentence.index, []), assembler.lexicon.lang)
        if speaker is None:
            continue
        return _draft(assembler, sentence, speaker)
    return None


def _dateline(sentence: Sentence) -> bool:
    """ "Baku, November 18, AZERTAC", "By our staff": a line before the lead."""
    short = sentence.last - sentence.first <= LINE
    return short and not any(x.type in ("Y", "V", "R", "T", "Q") for x in sentence.items)


def _says_this(assembler: Assembler, body: list[Sentence]) -> bool:
    """ "Bunu ... deyib": the second sentence tells who said what the first one states."""
    this = assembler.lexicon.forms("links", "this")
    if len(body) < 2 or any(x.type == "Y" for x in body[0].items) or any(x.type == "T" for x in body[1].items):
        return False
    return any(assembler.lexicon.stem(w) in this for w in assembler.text.words[body[1].first : body[1].last])


def _about_process(assembler: Assembler, sentence: Sentence) -> bool:
    types = {x.type for x in sentence.items}
    cues = {x.value for x in sentence.items if x.type == "Q"}
    contact = any(
        x.type == "T" and ((x.value[0] in ("call", "visit") and x.value[1] != "weak") or x.value == ("meeting", "verb"))
        for x in sentence.items
    )
    minsk = any(x.value == "osce-minsk-group" for x in sentence.of("B"))
    about = bool(types & {"V", "R"}) or minsk
    if assembler.lexicon.lang == "en":
        about = about or assembler._both_named(sentence)
        contact = contact and not any(x.type == "Q" and x.value == "hypothetical" for x in sentence.items)
    return about and "denied" not in cues and not contact


def _speaker(text: Text, sentence: Sentence, entities: list[Entity], lang: str) -> Entity | None:
    """The one person who stands by the verb of saying."""
    for item in sentence.items:
        if item.type != "Y" or _named_so(text, sentence, item):
            continue
        near = [
            e
            for e in entities
            if e.refs
            and len(e.refs) == 1
            and not e.voice
            and e.refs[0].how == "named"
            and not (lang == "en" and e.i >= item.j and text.words[item.i].lower() in TOLD_TO)  # "called on A"
            and (0 <= item.i - e.j <= 3 or 0 <= e.i - item.j <= 3)
        ]
        if near:
            return near[0]
    if lang == "en" and (first := _takes_position(text, sentence, entities)):
        return first
    named = [e for e in entities if len(e.refs) == 1 and not e.voice and e.refs[0].how == "named"]
    said = any(x.type == "Y" for x in sentence.items)
    return named[0] if lang != "en" and said and len(named) == 1 else None


def _takes_position(text: Text, sentence: Sentence, entities: list[Entity]) -> Entity | None:
    """ "A branded Armenia so in an interview", "A, adviser to the president, told the paper in an interview"."""
    words = {w.lower() for w in text.words[sentence.first : sentence.last]}
    first = next((e for e in entities if e.refs), None)
    leads = first is not None and len(first.refs) == 1 and first.refs[0].how == "named" and not first.voice
    return first if leads and first and words & SPOKEN and first.i - sentence.first <= 3 else None


def _named_so(text: Text, sentence: Sentence, item: Item) -> bool:
    """ "the so-called Trump route": nobody calls it so here."""
    before = text.words[item.i - 1].lower() if item.i > sentence.first else ""
    return before == "so"


def _day_said(assembler: Assembler, sentence: Sentence, published: date) -> date | None:
    """The day beside the saying, not "would sign it tomorrow"."""
    for ref in DateReader(assembler.text, sentence, assembler.lexicon.lang).read():
        apply_year_offset(ref, published)
        day = ref.resolve(published, UNKNOWN, future=False)[0]
        if ref.form in ("weekday", "publication") and day is not None and day <= published:
            return day
        if ref.form == "day" and day is not None and 0 <= (published - day).days <= RECENT:
            return day
    return None


def _day_told_next(assembler: Assembler, sentence: Sentence, published: date) -> date | None:
    """ "He was speaking to reporters in Paris on Thursday", where the lead tells no day."""
    after = assembler.text.sentences[sentence.index + 1 : sentence.index + 2]
    words = [w.lower() for s in after for w in assembler.text.words[s.first : s.last]]
    says = words[:1] in (["he"], ["she"], ["the"]) and bool(_SPEAKING.intersection(words[:8]))
    return _day_said(assembler, after[0], published) if says and assembler.lexicon.lang == "en" else None


_SPEAKING = frozenset(("speaking", "spoke", "remarks", "comments", "interview", "addressing"))


def _draft(assembler: Assembler, sentence: Sentence, speaker: Entity) -> DraftEvent | None:
    published = assembler.published
    if published is None:
        return None
    people = assembler.resolver.people([speaker], published, assembler.text.quote(sentence))
    types = {t for p in people if p.slug for t, _ in assembler.gazetteer.types_of(p.slug, published)}
    if assembler.lexicon.lang == "en":  # "ambassador-at-large A": the office that the text gives counts too
        types |= {x.value[0] for x in sentence.of("O") if speaker.i <= x.i < speaker.j}
    if (
        len(people) != 1
        or (people[0].slug and not types & SPEAKERS)
        or (not people[0].slug and speaker.refs[0].type not in SPEAKERS)
    ):
        return None
    day = _day_said(assembler, sentence, published) or _day_told_next(assembler, sentence, published) or published
    quote = assembler.text.quote(sentence)
    topics = list(dict.fromkeys(str(x.value) for x in sentence.items if x.type == "I"))
    fields = {"kind": quote, "participants": quote, "date": quote, "status": quote}
    return DraftEvent(
        kind="statement", status="held", date=day, date_precision="day", participants=people, topics=topics,
        evidence=quote, field_evidence=fields, reasons=["statement: told by the lead"],
        confidence=0.6,
    )  # fmt: skip
