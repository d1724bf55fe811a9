"""What Armenian grammar says that a list of phrases cannot: infinitives, split verbs, offices with their task."""

from __future__ import annotations

from .lexicon import rules
from .sentences import Item, Sentence, Text

_GRAMMAR = rules("hy")["grammar"]
AUXILIARIES = frozenset(_GRAMMAR["auxiliaries"])
NEGATED = frozenset(_GRAMMAR["negated"])
WE = frozenset(_GRAMMAR["first_person"])
JOINING = frozenset(_GRAMMAR["joining"])
PARTS = tuple(_GRAMMAR["parts_of_month"])
STATES = frozenset(_GRAMMAR["states"])
THAT = frozenset(_GRAMMAR["that"])
WITH = frozenset(_GRAMMAR["with"])
MUST = frozenset(_GRAMMAR["must"])
ACTING = _GRAMMAR["acting"]
WOULD = tuple(_GRAMMAR["would_endings"])  # of "պետք է ... հանդիպեր"
WHENCE = tuple(_GRAMMAR["ablative_endings"])
INFINITIVE = tuple(_GRAMMAR["infinitive_endings"])
OURS = tuple(_GRAMMAR["we_endings"])
ADJECTIVES = tuple(_GRAMMAR["adjective_endings"])
FOR = (*_GRAMMAR["task"], *rules("az")["grammar"]["task"])
GENITIVE = (*_GRAMMAR["genitive_endings"], *rules("az")["grammar"]["genitive_endings"])
SPLIT = 12  # words between "պետք է" and its verb
REFUSED = 20  # words between "հրաժարվել է" and "հանդիպումից", with two offices and a day in full between them
TASK = 7  # words between "պետքարտուղարի" and "օգնական" that say what for


def plans_that_failed(text: Text) -> None:
    """ "պետք է երեկ Թբիլիսիում հանդիպեր": what was to be, its verb far behind."""
    for sentence in text.sentences:
        cues = sentence.of("Q")
        for cue in [x for x in cues if x.value == "hypothetical"]:
            if text.words[cue.i].lower() not in MUST:
                continue
            stop = min(cue.j + SPLIT, sentence.last)
            verbs = [x.i for x in sentence.items if x.type in ("T", "G") and cue.j <= x.i < stop]
            done = [k for i in verbs for k in (i, i + 1) if k < stop and text.words[k].endswith(WOULD)]
            if done:
                plan = Item("Q", "past_plan", cue.i, cue.j)
                for row in (cues, sentence.items):
                    row[row.index(cue)] = plan


def refusals(text: Text, lang: str) -> None:
    """ "հրաժարվել է մարտի 8-ին նախատեսված հանդիպումից": who refuses what was set calls it off; an offer was not set."""
    grammar = rules(lang)["grammar"]
    refusing, refused, endings = grammar["refusing"], tuple(grammar["refused"]), tuple(grammar["refused_endings"])
    for sentence in text.sentences:
        cues = sentence.of("Q")
        if any(x.value == "hypothetical" for x in cues):
            continue
        for cue in [x for x in cues if x.value == "negative" and text.words[x.i].lower().startswith(refusing)]:
            plans = any(x.value == "past_plan" and x.i < cue.i for x in cues)
            set_before = (
                sentence.of("M") or sentence.of("W") or any(x.value in ("past_plan", "scheduled") for x in cues)
            )
            words = text.words[max(sentence.first, cue.i - SPLIT) : min(cue.j + REFUSED, sentence.last)]
            told = any(w.startswith(refused) and w.endswith(endings) for w in words)
            if plans or (set_before and told):
                gone = Item("Q", "cancelled", cue.i, cue.j)
                for row in (cues, sentence.items):
                    row[row.index(cue)] = gone


def infinitive(text: Text, sentence: Sentence, i: int, j: int) -> bool:
    """Whether the verb that ends words [i, j) has no "է" or "են" that would make it a tense."""
    words = text.words
    k = j - 1
    if words[k] in AUXILIARIES or not words[k].endswith(INFINITIVE):
        return False
    if _has_tense(words, k, sentence):
        return False
    for n in range(k - 1, sentence.first, -1):  # "ժամանել է Բաքու և հանդիպել ..."
        if words[n].endswith(INFINITIVE) and _has_tense(words, n, sentence):
            joined = any(w in JOINING for w in words[n + 1 : k]) or any("," in text.gap(m) for m in range(n + 1, k + 1))
            return not joined
    return True


def first_person(words: list[str], j: int) -> bool:
    """ "հանդիպեցինք", "խոսել ենք": what a speaker tells of himself."""
    return words[j - 1].endswith(OURS) or any(w in WE for w in words[j - 1 : j + 1])


def _has_tense(words: list[str], k: int, sentence: Sentence) -> bool:
    near = words[max(sentence.first, k - 2) : min(k + 3, sentence.last)]
    return any(w in AUXILIARIES or w in NEGATED for w in near)


def with_task(text: Text, end: int, start: int) -> bool:
    """ "պետքարտուղարի՝ Եվրոպայի հարցերով օգնական", "նախագահի դիվանագիտական խորհրդական": one person's office."""
    words = text.words[end:start]
    if not 0 < len(words) <= TASK or not text.words[end - 1].endswith(GENITIVE):
        return False
    if any(c in text.gap(k) for k in range(end, start + 1) for c in ',.;:«»"()—'):
        return False
    return words[-1].endswith(FOR) or (len(words) == 1 and words[0].endswith(ADJECTIVES))
