"""What Armenian grammar says that a list of phrases cannot: infinitives, split verbs, offices with their task."""

from __future__ import annotations

from .sentences import Item, Sentence, Text

AUXILIARIES = frozenset(("է", "են", "եմ", "ենք", "ես", "եք", "էր", "էին", "էի", "էինք"))
WE = frozenset(("եմ", "ենք", "էի", "էինք"))
WOULD = ("եր", "եին", "ար", "ային")  # endings of "պետք է ... հանդիպեր"
SPLIT = 12  # words between "պետք է" and its verb
JOINING = frozenset(("և", "ու", "ապա", "իսկ", "այնուհետև"))
TASK = 7  # words between "պետքարտուղարի" and "օգնական" that say what for
FOR = ("հարցերով", "գծով", "հարցով", "ուղղությամբ", "üzrə")
ADJECTIVES = ("ական", "ային", "յան", "ավագ", "առաջին", "հատուկ", "գլխավոր", "ավոր")


def plans_that_failed(text: Text) -> None:
    """ "պետք է երեկ Թբիլիսիում հանդիպեր": what was to be, its verb far behind."""
    for sentence in text.sentences:
        cues = sentence.of("Q")
        for cue in [x for x in cues if x.value == "hypothetical"]:
            if text.words[cue.i].lower() not in ("պետք", "պիտի"):
                continue
            stop = min(cue.j + SPLIT, sentence.last)
            verbs = [x.i for x in sentence.items if x.type in ("T", "G") and cue.j <= x.i < stop]
            done = [k for i in verbs for k in (i, i + 1) if k < stop and text.words[k].endswith(WOULD)]
            if done:
                plan = Item("Q", "past_plan", cue.i, cue.j)
                for row in (cues, sentence.items):
                    row[row.index(cue)] = plan


def refusals(text: Text) -> None:
    """ "հրաժարվել է մարտի 8-ին նախատեսված հանդիպումից": who refuses what was set calls it off."""
    for sentence in text.sentences:
        cues = sentence.of("Q")
        for cue in [x for x in cues if x.value == "negative" and text.words[x.i].lower().startswith("հրաժար")]:
            set_before = sentence.of("M") or sentence.of("W") or any(x.value in ("past_plan", "scheduled") for x in cues)
            near = [x for x in sentence.items if x.type in ("T", "G") and abs(x.i - cue.i) <= SPLIT]
            words = [text.words[k] for x in near for k in range(x.i, x.j)]
            if set_before and any(w.endswith(("ից", "ուց", "ել", "ալ")) for w in words):
                gone = Item("Q", "cancelled", cue.i, cue.j)
                for row in (cues, sentence.items):
                    row[row.index(cue)] = gone


def infinitive(text: Text, sentence: Sentence, i: int, j: int) -> bool:
    """Whether the verb that ends words [i, j) has no "է" or "են" that would make it a tense."""
    words = text.words
    k = j - 1
    if words[k] in AUXILIARIES or not words[k].endswith(("ել", "ալ")):
        return False
    if _has_tense(words, k, sentence):
        return False
    for n in range(k - 1, sentence.first, -1):  # "ժամանել է Բաքու և հանդիպել ..."
        if words[n].endswith(("ել", "ալ")) and _has_tense(words, n, sentence):
            joined = any(w in JOINING for w in words[n + 1 : k]) or any("," in text.gap(m) for m in range(n + 1, k + 1))
            return not joined
    return True


def first_person(words: list[str], j: int) -> bool:
    """ "հանդիպեցինք", "խոսել ենք": what a speaker tells of himself."""
    return words[j - 1].endswith(("եցինք", "եցի", "կհանդիպենք")) or any(w in WE for w in words[j - 1 : j + 1])


def _has_tense(words: list[str], k: int, sentence: Sentence) -> bool:
    near = words[max(sentence.first, k - 2) : min(k + 3, sentence.last)]
    return any(
        w in AUXILIARIES or (w.startswith("չ") and w[1:] in ("ի", "են", "եմ", "ենք", *AUXILIARIES)) for w in near
    )


def with_task(text: Text, end: int, start: int) -> bool:
    """ "պետքարտուղարի՝ Եվրոպայի հարցերով օգնական", "նախագահի դիվանագիտական խորհրդական": one person's office."""
    words = text.words[end:start]
    if not 0 < len(words) <= TASK or not text.words[end - 1].endswith(("ի", "ու", "ın", "in", "nun")):
        return False
    if any(c in text.gap(k) for k in range(end, start + 1) for c in ',.;:«»"()—'):
        return False
    return words[-1].endswith(FOR) or (len(words) == 1 and words[0].endswith(ADJECTIVES))
