"""The clauses in which somebody says what the other clauses tell."""

from __future__ import annotations

from .lexicon import rules
from .references import Entity
from .sentences import Item, Sentence, Text

TELLING = frozenset(("told", "informed", "assured", "warned", "briefed", "notified", "reminded"))


def mark_speech(
    text: Text, sentence: Sentence, entities: list[Entity], marks: dict[int, str], asides: list[tuple[int, int]],
    *, english: bool, verb_final: bool,
) -> list[Entity]:  # fmt: skip
    """Set marks at speech clauses and return those who speak."""
    spoken = [e for e in entities if e.refs and any(a <= e.i < b for a, b in asides)]
    for item in sentence.of("Y"):
        if any(a <= item.i < b for a, b in asides):
            continue
        if item.value != "verb" or any(x.i < item.i < x.j for x in sentence.of("T")):
            continue
        if _participle(text, item, sentence) or _no_speech(text, item, sentence):
            continue
        start = item.i
        low = max((m for m in marks if m <= item.i), default=sentence.first)
        while start > low and not any(c in text.gap(start) for c in ',:"”“»'):
            start -= 1
        start = next((e.i for e in entities if e.i < start < e.j), start)
        if english:
            start = _list_start(text, entities, start, low, item.i)
        if english and start == item.i and (apposed := _before_comma(text, item, sentence, entities, low)):
            start = apposed.i
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
        done = [x.j for x in sentence.items if start <= x.i and x.j <= item.i and deed(x)]
        told = [x for x in sentence.of("T") if start <= x.i < item.i and x.value[1] in ("verb", "host", "neutral_verb")]
        again = told and item.i > start and text.words[item.i - 1].lower() in _AND  # "had spoken to X and praised Y"
        if again or (done and max(done) > start and not any(max(done) <= e.i for e in people)):
            start, people = item.i, []
        nouns = [x.i for x in sentence.items if start <= x.i < item.i and x.type == "T" and x.value in _NOUN_TRIGGERS]
        if nouns and any(e.j <= nouns[0] for e in people):
            people = [e for e in people if e.j <= nouns[0]]
        spoken += people
        if start > sentence.first:
            marks[start] = "speech"
        else:
            marks[sentence.first] = "speech"
        stop = item.j
        cites = text.words[item.j - 1].lower() == "görə"  # "“Report”un məlumatına görə, nazir ..."
        for other in sorted(sentence.items, key=lambda x: x.i):
            if text.words[item.i].lower() in _SOURCES:
                break  # "По версии издания, 17 апреля А позвонил Б": the day of what is told
            if other.type in ("W", "M", "D") and 0 <= other.i - stop <= 2 and other.value != "background":
                if not english and any(stop <= e.i < other.i for e in entities if e.refs):
                    break
                apart = any("," in text.gap(k) for k in range(stop, other.i + 1))
                if apart and not english and (not verb_final or cites):
                    break  # "Как передаёт агентство, в сентябре ..."
                if verb_final and any(set(",՝") & set(text.gap(k)) for k in range(item.j, other.i + 1)):
                    break  # "Ծառայության փոխանցմամբ՝ վաղը Ժնևում ..."
                if verb_final and other.type == "M" and _goes_on(text, other, sentence):
                    break
                stop = other.j + (
                    1 if other.type == "M" and other.j < sentence.last and text.words[other.j].isdigit() else 0
                )
        telling = text.words[item.i].lower() in TELLING
        inverted = [e for e in entities if e.refs and 0 <= e.i - item.j <= 2 and not e.possessive and not telling]
        if not english and (not verb_final or cites):  # "Как сообщает «Интерфакс», секретарь ..."
            inverted = [
                e for e in inverted if not any("," in text.gap(k) for k in range(item.j + (not cites), e.i + 1))
            ]
        if verb_final:  # "ԱԳՆ-ի տվյալներով՝ Բլինքենը ..."
            inverted = [e for e in inverted if not any("՝" in text.gap(k) for k in range(item.j, e.i + 1))]
        if english and start < item.i and near:
            inverted = []  # "A, who speaks for B, said C and D would meet"
        if english:  # "On Monday, A recalled, B met C", "According to a newspaper, A and B met": no inversion
            inverted = [e for e in inverted if not any("," in text.gap(k) for k in range(item.j, e.i + 1))]
        inverted = [e for e in inverted if not _THAT.intersection(text.words[item.j : e.i])]
        said_before = comma or item.i == start
        if inverted and said_before and item.value == "verb" and (start > sentence.first or item.i == sentence.first):
            spoken += inverted[:1]
            stop = max(stop, inverted[0].j)
        if stop < sentence.last and not any(item.i < m <= stop + 1 for m in marks):
            marks[stop] = "content"
    return spoken


def _list_start(text: Text, entities: list[Entity], start: int, low: int, verb: int) -> int:
    """ "At talks in X, A, B and C confirmed": the whole list of those who speak."""
    last = [e for e in entities if e.refs and start <= e.i and e.j <= verb]
    if len(last) != 2 or last[0].i != start or [w.lower() for w in text.words[last[0].j : last[1].i]] != ["and"]:
        return start
    listed = [e for e in entities if e.refs and low <= e.i < start]
    while listed and listed[-1].j == start and text.gap(start).strip() == "," and not listed[-1].possessive:
        if listed[-1].i > low and text.words[listed[-1].i - 1].lower() in _BEFORE_OTHERS:
            break  # "mediated by C, A and B confirmed"
        start = listed.pop().i
    return start


def _before_comma(text: Text, item: Item, sentence: Sentence, entities: list[Entity], low: int) -> Entity | None:
    """ "A, an aide to the president, said": who speaks, set off from the verb by the comma of his office."""
    entity = next((e for e in entities if e.refs and e.j == item.i and e.i >= low and "," in text.gap(item.i)), None)
    told = text.words[item.i].lower() in TELLING
    after = [e for e in entities if e.refs and e.i >= item.j]
    several = len(after) > 1 and [w.lower() for w in text.words[after[0].j : after[1].i]] == ["and"]
    if entity is None or (not told and not several and any(0 <= e.i - item.j <= 2 for e in after)):
        return None
    set_off = any("," in text.gap(k) for k in range(entity.i + 1, entity.j))
    begins = entity.i in (low, low + 1, sentence.first) or "," in text.gap(entity.i)
    return entity if set_off and begins else None


_BEFORE_OTHERS = frozenset(("by", "with", "of", "to", "between", "from", "for"))
_SOURCES = frozenset(rules("ru")["grammar"]["sources"])
_THAT = frozenset(("that", "որ"))
_AND = frozenset(("and", "и", "və", "և", "ու"))
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


def _goes_on(text: Text, month: Item, sentence: Sentence) -> bool:
    """ "told of their talk on 22 July with X": the day of what is told, where the verb of saying ends its clause."""
    k = month.j
    while k < sentence.last and (text.words[k].isdigit() or len(text.words[k]) <= 3) and "," not in text.gap(k):
        k += 1
    return k < sentence.last and "," not in text.gap(k)


def _participle(text: Text, item: Item, sentence: Sentence) -> bool:
    """ "A meeting, announced for Monday, ...": tells more of a noun and is nobody's speech."""
    if text.words[item.i].lower() not in _PARTICIPLES or item.j >= sentence.last or item.i == sentence.first:
        return False
    if text.words[item.j].lower() == "for":
        return True
    return "," in text.gap(item.i) and text.words[item.j].lower() in _FOLLOWED


_NOUNS = frozenset(("reports", "claims", "notes", "states", "posts"))
_AFTER_NOUN = frozenset(("that", "of", "about", "on", "in", "by", "are", "were", "have", "circulating"))
_BEFORE_NOUN = frozenset(
    ("the", "media", "press", "such", "these", "those", "some", "any", "news", "his", "her", "their")
)


_NOUN_TRIGGERS = frozenset((("meeting", "noun"), ("call", "noun"), ("session", "noun"), ("visit", "noun")))


def _no_speech(text: Text, item: Item, sentence: Sentence) -> bool:
    """ "reports that ..." as a noun, "what had been said": nobody speaks here."""
    word = text.words[item.i].lower()
    before = text.words[item.i - 1].lower() if item.i > sentence.first else ""
    after = text.words[item.j].lower() if item.j < sentence.last else ""
    if before in ("been", "being", "what") or (before in ("was", "were", "be") and word in TELLING):
        return True
    return word in _NOUNS and (before in _BEFORE_NOUN or (not before and after in _AFTER_NOUN))


def deed(item: Item) -> bool:
    """A contact told by a verb, which is no part of the clause of saying after it."""
    return item.type == "T" and item.value[1] in ("verb", "host") and item.value[0] in ("call", "meeting", "visit")
