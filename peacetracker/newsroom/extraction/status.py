"""Whether what a clause tells was held, is to come, was called off, or is denied - or is no event at all."""

from __future__ import annotations

from dataclasses import dataclass, field

from .segments import Segment
from .sentences import Item

NEAR = 4


@dataclass(slots=True)
class Outlook:
    """The verdict of the cues round a trigger; `status` is None where nothing was or will be."""

    status: str | None
    future: bool = False
    planned: bool = False
    progressive: bool = False
    reasons: list[str] = field(default_factory=list)


def judge(
    trigger: Item,
    segments: list[Segment],
    n: int,
    *,
    window: tuple[int, int],
    dated: bool = False,
    verb_final: bool = False,
    past: bool = False,
    at: int = 0,
) -> Outlook:
    """The outlook of clause `n`; "claimed" for what is only said to have been, which the text may yet deny.

    `window` holds the words that belong to this trigger alone where the clause has several; `dated` says that it has
    a day or month of its own, which makes "said it would be held" an announcement; in a language with the verb at the
    end a denial there holds for the whole clause; `past` says that the trigger is a verb of the past, so that plans
    told after it are plans for something else; `at` is the word "at" of "offered help at the meeting": what is only
    offered before it is not the meeting.
    """
    outlook = _judge(trigger, segments, n, window=window, dated=dated, verb_final=verb_final, past=past, at=at)
    rumour = n > 0 and segments[n - 1].opener != "speech" and _has(segments[n - 1].cues, "rumour")
    asked = outlook.status == "held" and rumour and segments[n].opener in ("clause", "content", "relative_event")
    if asked or (outlook.status is None and any(_has(s.cues, "rumour") for s in segments[:n])):
        return Outlook("claimed", reasons=["only claimed"])
    return outlook


def _judge(
    trigger: Item,
    segments: list[Segment],
    n: int,
    *,
    window: tuple[int, int],
    dated: bool,
    verb_final: bool,
    past: bool,
    at: int,
) -> Outlook:
    """Read the cues of clause `n`, of the clause that governs it and of those that hang on it."""
    own = segments[n]
    cues = _own_cues(own, window)
    if trigger.value[1] == "visiting":  # "с предложением выступил А, посетивший 15 апреля Ереван"
        cues = [c for c in cues if c.i >= trigger.i - 1]
    reach = max(
        [trigger.j, *(x.j for x in own.items if x.type == "G" and x.value == "occur" and trigger.value[1] == "noun")]
    )
    before = [c for c in cues if c.i < reach and not (c.value in ("hypothetical", "negative") and c.i < at)]
    hanging = _hanging(segments, n)
    if trigger.value[0] == "agreement":  # "signed the regulation that will govern ...": told of the document
        hanging = [c for c in hanging if c.value in ("cancelled", "denied", "negative")]
    governing = _governing(segments, n)
    everywhere = cues + hanging + governing
    last = max((t[0].i for t in own.main or ()), default=own.i)
    if any(_has(s.cues, "rumour") for s in segments[:n]) and any(_has(s.cues, "denied") for s in segments[n:]):
        return Outlook("denied", reasons=["what reports say is denied"])
    if _has(own.cues, "rumour") and any(_has(s.cues, "denied") for s in segments[:n]):
        return Outlook("denied", reasons=["what is called untrue"])
    if _claim_denied(segments, n):
        return Outlook("denied", reasons=["a claim that the sentence denies"])
    final = [c for c in own.cues if c.value == "denied" and c.i > last and verb_final]
    denials = [c for c in (*everywhere, *final) if c.value in ("denied", "disowned")]
    if _has(before, "scheduled", "past_plan"):  # "A planned meeting never happened"
        called_off = {(c.i, c.j) for c in everywhere if c.value == "cancelled"}
        denials = [c for c in denials if (c.i, c.j) not in called_off]
    if denied := next((c for c in denials if not _undenied(c, everywhere)), None):
        return Outlook("denied", reasons=[f"denied: word {denied.value}"])
    if _has(cues, "never") and not (_has(before, "scheduled", "past_plan") and _has(cues, "cancelled")):
        claimed = dated or _reported(segments, n)
        return Outlook("denied" if claimed else None, reasons=["said never to have been"])
    told = own.has("L") or own.has("K") or any(x.type == "C" and x.i > trigger.i for x in own.items)
    if _has(cues if told and _has(cues, "scheduled") else cues + hanging, "unplanned"):
        if dated and trigger.value[1] == "noun" and own.has("TB", "reported"):
            return Outlook("denied", reasons=["what is reported is not planned"])
        return Outlook(None, reasons=["nothing is planned"])
    if _reported_plan(segments, n):
        return Outlook("denied", reasons=["what is reported is not planned"])
    if not dated and _has(cues, "repeated"):
        return Outlook(None, reasons=["told as a number of contacts"])
    planned = _has(everywhere, "scheduled", "past_plan", "as_planned")
    if _still_on(cues):
        return Outlook("scheduled", future=True, planned=True, reasons=["said not to be called off"])
    if trigger.value[1] == "noun" and any(c.value == "unfulfilled" and c.i >= reach for c in cues):
        return Outlook(None, reasons=["would have been"])
    off = any(c.value == "cancelled" and not _asked(c, everywhere) for c in cues + hanging)
    if off or _called_off_at_end(own, trigger) or _has(before, "unfulfilled"):
        return Outlook("cancelled", planned=planned, reasons=["called off"])
    if any(c.value == "absent" and c.i >= trigger.j for c in cues + hanging) and trigger.value[1] == "noun":
        if _has(everywhere, "past_plan", "as_planned"):
            return Outlook("cancelled", planned=True, reasons=["planned and not held"])
        claimed = dated or _reported(segments, n)
        return Outlook("denied" if claimed else None, reasons=["said not to have been"])
    negative = [c for c in before + ([] if past else hanging) if c.value == "negative"]
    negative += [c for c in before if c.value == "without" and 0 <= trigger.i - c.j <= 2]
    if any(0 <= trigger.i - c.j <= NEAR for c in negative) or (negative and _passive(own, trigger, negative)):
        if _has(everywhere, "past_plan", "as_planned") and not _none_planned(own, trigger, negative):
            return Outlook("cancelled", planned=True, reasons=["planned and not held"])
        if any(_has(s.cues, "denied") and not _own_triggers(s) for s in segments[n + 1 : n + 3]):
            return Outlook("denied", reasons=["said not to have been, against a report"])
        return Outlook(None, reasons=["negated"])
    if (
        trigger.value[1] == "noun"
        and _has(hanging, "past_plan")
        and any(_has(s.cues, "declined") for s in segments[n + 1 :] if s.resumes is own)
    ):  # "A trip to X, which had been planned for May, was turned down"
        return Outlook("cancelled", planned=True, reasons=["planned and turned down"])
    if trigger.value[1] == "noun" and _declined(own, trigger):
        return Outlook(None, reasons=["proposed and turned down"])
    if (
        trigger.value[1] == "noun"
        and _has(cues, "modal")
        and not any(x.type == "G" and x.j <= trigger.i for x in own.items)
    ):
        return Outlook(None, planned=planned, reasons=["only possible"])
    took_place = trigger.value[1] == "noun" and any(
        x.type == "G" and x.value == "occur" and x.i >= trigger.j for x in own.items
    )
    if _has(before, "preparing") and not took_place and not (dated and _has(cues + hanging, "scheduled")):
        return Outlook(None, reasons=["only prepared"])
    hypothetical = _has(before + governing, "hypothetical") or (verb_final and _wished(own, trigger))
    near = [c for c in before if c.i >= trigger.i - NEAR] if past else before
    managed = _managed(own, trigger, before, governing)
    past = past or managed
    scheduled = not managed and _has(near + governing, "scheduled")
    scheduled = scheduled or (not past and _has(cues + hanging, "scheduled"))
    expected = _has(before + governing, "expectation")
    if _has(governing, "wish"):
        return Outlook(None, reasons=["only hoped for"])
    if _has(before, "would"):
        announced = dated and _reported(segments, n) and not _has(everywhere, "hypothetical")
        if not announced and not _has(everywhere, "agreed", "scheduled", "denied"):
            return Outlook(None, reasons=["only conditional"])
        return Outlook("scheduled", future=True, planned=True, reasons=["agreed for later"])
    if hypothetical and not (scheduled and not _has(before, "hypothetical")):
        return Outlook(None, planned=scheduled, reasons=["only possible or wished for"])
    if (
        own.opener in ("relative_place", "relative_event")
        and n
        and _has(cues, "past_plan")
        and _has(segments[n - 1].cues, "negative", "cancelled")
    ):
        return Outlook("cancelled", planned=True, reasons=["planned where somebody did not go"])
    behind = verb_final or (trigger.value[1] == "noun" and not took_place) or _set_behind(own, trigger)
    if _has((cues if behind else before) + governing + hanging, "past_plan"):
        return Outlook("planned", future=True, planned=True, reasons=["was planned"])
    unnamed = any(s.opener == "speech" and _has(s.cues, "source_hedge") for s in segments)
    if (scheduled and unnamed) or (expected and any(_has(s.cues, "source_hedge") for s in segments)):
        return Outlook(None, reasons=["only unnamed sources expect it"])
    if scheduled or expected:
        return Outlook("scheduled", future=True, planned=True, reasons=["announced for later"])
    being = _has(cues, "progressive") or (trigger.value[1] == "noun" and _has(hanging, "progressive"))
    return Outlook("held", progressive=being, reasons=["told as having happened"])


def _asked(cue: Item, cues: list[Item]) -> bool:
    """ "попросил его отложить", "խնդրել է հետաձգել": only asked for."""
    return any(c.value == "hypothetical" and 0 <= cue.i - c.j <= 1 for c in cues)


def _still_on(cues: list[Item]) -> bool:
    """ "չի չեղարկվել", "ləğv edilməyib": a negation right before what would call it off."""
    return any(c.value == "negative" and any(x.value == "cancelled" and x.i == c.j for x in cues) for c in cues)


def _declined(own: Segment, trigger: Item) -> bool:
    """ "A meeting in X, proposed by C, was turned down": it was never set."""
    no = [c.i for c in own.cues if c.value == "declined" and c.i > trigger.i]
    return bool(no) and not any(x.type == "G" and x.value == "occur" and trigger.i < x.i < no[0] for x in own.items)


def _set_behind(own: Segment, trigger: Item) -> bool:
    """ "The meeting with A was to be devoted to ...": the plan is told by the verb behind the noun."""
    if trigger.value[1] != "noun" or any(t.i < trigger.i for t, _, _ in own.main or ()):
        return False
    plans = [c.i for c in own.cues if c.value == "past_plan" and c.i > trigger.i]
    verbs = [x.i for x in own.items if x.type == "G" and x.value in ("verb", "occur") and x.i > trigger.i]
    return bool(plans) and not any(v < plans[0] for v in verbs)


def _called_off_at_end(own: Segment, trigger: Item) -> bool:
    """ "The visit, meant for consultations on transit, was called off": told of the first noun of the clause."""
    if trigger.value[1] != "noun" or any(t.i < trigger.i for t, _, _ in own.main or ()):
        return False
    verbs = [t.i for t, _, _ in own.main or () if t.value[1] not in ("noun", "neutral_noun")]
    verbs += [x.i for x in own.items if x.type == "G" and x.value == "occur"]
    off = [c.i for c in own.cues if c.value == "cancelled" and c.i > trigger.i]
    return bool(off) and not any(trigger.i < v < off[0] for v in verbs)


def _claim_denied(segments: list[Segment], n: int) -> bool:
    """ "Сообщение о том, что А встретился с Б, ведомство назвало неправдой": a claim before, its denial behind."""
    claims = [k for k, s in enumerate(segments[:n]) if _has(s.cues, "claim") and not _own_triggers(s)]
    reported = [s for s in segments[:n] if s.has("TB", "reported") and not _own_triggers(s)]
    if segments[n].opener == "relative_event" and any(_has(s.cues, "denied") for s in reported):
        return True  # "called false the report by which A met B"
    if segments[n].has("Y", "which") and any(_has(s.cues, "denied", "rejected") for s in segments[:n]):
        return True  # "denied reports according to which A met B"
    claims = claims or [k for k, s in enumerate(segments[:n]) if _has(s.cues, "rumour") and _has(s.cues, "rejected")]
    if not claims or segments[n].opener not in ("clause", "content", "relative_event"):
        return False
    if any(_has(s.cues, "rejected") for s in segments[claims[-1] : n]):
        return True
    behind = segments[n + 1 : n + 4]
    return any(_has(s.cues, "denied") for s in behind) and not any(_own_triggers(s) for s in behind)


def _reported_plan(segments: list[Segment], n: int) -> bool:
    """ "A meeting of A and B, which a paper reported would take place in X, is not on the agenda"."""
    after = segments[n + 1 : n + 3]
    which = len(after) == 2 and after[0].opener == "speech" and after[0].has("X", "relative_event")
    return which and after[0].has("TB", "reported") and _has(after[1].cues, "unplanned", "cancelled", "denied")


def _undenied(cue: Item, cues: list[Item]) -> bool:
    """ "nobody denies it"."""
    return any(c.value == "negative" and 0 <= cue.i - c.j <= 1 for c in cues)


def _wished(own: Segment, trigger: Item) -> bool:
    """ "görüş keçirməyi təklif edib": a wish told by the verb at the end, with nothing told as done before it."""
    after = [c for c in own.cues if c.i > trigger.i and c.value == "hypothetical"]
    done = any(x.type == "G" and trigger.i < x.i < after[0].i for x in own.items) if after else False
    if trigger.value[0] == "agreement":  # "imzalandığı il ola bilər"
        return bool(after) and not done
    if trigger.value[1] == "verb":  # "հանդիպելու առաջարկ": an offer to meet
        return bool(after) and after[0].i - trigger.j <= 1 and not _has(own.cues, "scheduled")
    return trigger.value[1] == "noun" and bool(after) and not done and not _has(own.cues, "scheduled")


def _own_cues(own: Segment, window: tuple[int, int]) -> list[Item]:
    """What stands before the clause's first trigger holds for all; the rest for the trigger beside it."""
    low, high = window
    first = min((t[0].i for t in own.main or ()), default=own.i)
    return [c for c in own.cues if c.i < first or low <= c.i < high]


def _has(cues: list[Item], *values: str) -> bool:
    return any(c.value in values for c in cues)


def _first(cues: list[Item], *values: str) -> Item | None:
    return next((c for c in cues if c.value in values), None)


def _managed(own: Segment, trigger: Item, before: list[Item], governing: list[Item]) -> bool:
    """ "travelled to Vienna to meet A", "found time to see A": an infinitive that tells what was done."""
    planned = [c for c in (*own.cues, *governing) if c.value == "scheduled" and c.i < trigger.i]
    verbs = {x.i for x in own.items if x.type in ("T", "G")}
    if any(c.i + 1 not in verbs or c.j - c.i != 2 for c in planned):
        return False
    trips = [x for x in own.items if x.type == "T" and x.value[0] == "visit" and x.value[1] != "awaited"]
    went = any(x.j <= trigger.i for x in trips)
    return _has(before, "managed") or (went and bool(planned))


def _reported(segments: list[Segment], n: int) -> bool:
    """Whether somebody says what clause `n` tells."""
    return any(s.opener == "speech" for s in segments[max(0, n - 3) : n + 2])


def _passive(own: Segment, trigger: Item, negative: list[Item]) -> bool:
    """ "A meeting ... did not take place": the negation stands by the verb after the noun."""
    return any(c.i > trigger.i for c in negative)


def _none_planned(own: Segment, trigger: Item, negative: list[Item]) -> bool:
    """ "no meeting was planned": none was ever set, so none was called off."""
    stated = trigger.value[1] == "noun" and any(0 <= trigger.i - c.j <= 2 for c in negative)
    plans = [c for c in own.cues if c.value in ("past_plan", "as_planned")]
    return stated and bool(plans) and not any(c.i < trigger.i for c in plans)


def _hanging(segments: list[Segment], n: int) -> list[Item]:
    """Cues of the clauses after `n` that tell more of the same thing."""
    later = next((s for s in segments[n + 2 :] if s.resumes is segments[n]), None)
    found: list[Item] = [c for c in later.cues if c.value in _REVERSED] if later else []
    for segment in segments[n + 1 :]:
        if segment.resumes is not None and segment.resumes is not segments[n]:
            break
        told = [t for t in segment.triggers if t.value[1] != "document"]
        if segment.opener in ("relative_event",) or (segment.opener == "main" and not told):
            if (
                any(t.value[0] in ("meeting", "call", "visit") and t.value[1] == "verb" for t in segment.triggers)
                and segment.people
            ):
                break
            found += segment.cues
        elif segment.opener == "clause" and (
            (not segment.people and (_again(segment) or _stands_for(segment) or _names_planned(segment, segments[n])))
            or _one_of_them(segment, segments[n])
        ):
            taken_back = not _has(segments[n].cues, "hypothetical", "modal")
            found += [c for c in segment.cues if c.value == "cancelled" or (taken_back and c.value == "disowned")]
        elif _denies(segment, segments[n]):
            found += [c for c in segment.cues if c.value in ("denied", "disowned")]
        else:
            break
    return found


def _denies(segment: Segment, told: Segment) -> bool:
    """Whether a clause behind what another tells may deny it: a short one of saying, or "Baku called it nonsense"."""
    said = segment.opener == "speech" and segment.j - segment.i <= 12 and not segment.triggers
    return said or (_takes_back(segment) and not _has(told.cues, "hypothetical", "modal"))


def _takes_back(segment: Segment) -> bool:
    """ "...; Baku called it nonsense": a clause that denies what the one before claims."""
    claims = _has(segment.cues, "disowned") or (_has(segment.cues, "claim") and _has(segment.cues, "denied"))
    return claims and segment.opener in ("clause", "content", "speech") and not _own_triggers(segment)


def _own_triggers(segment: Segment) -> list[Item]:
    """The triggers that are no part of a cue: not the "called" of "called off"."""
    return [t for t in segment.triggers if t.value[1] != "weak" and not any(c.i <= t.i < c.j for c in segment.cues)]


def _stands_for(segment: Segment) -> bool:
    """ "...; these had to be called off": a pronoun stands for the contact."""
    told = [t for t in segment.triggers if t.value[1] != "document"]
    return not told and any(c.value == "cancelled" and c.i - segment.i <= 5 for c in segment.cues)


def _one_of_them(segment: Segment, told: Segment) -> bool:
    """ "A was to host B and C, but C declined to attend": one of those who were to meet."""
    here = [slug for e in segment.people for r in e.refs for slug in r.slugs]
    there = {slug for e in told.people for r in e.refs for slug in r.slugs}
    return bool(here) and set(here) <= there and not _own_triggers(segment) and _has(told.cues, "past_plan")


def _again(segment: Segment) -> bool:
    """ "..., but that round was put off": a clause that tells what became of the same contact."""
    named = all(t.value[1] in ("noun", "neutral_noun") and t.i - segment.i <= 3 for t in _own_triggers(segment))
    return named and any(x.type == "X" and x.i == segment.i for x in segment.items)


def _names_planned(segment: Segment, told: Segment) -> bool:
    """ "had been due to talk by phone; the call was put off": the noun that begins a clause behind a plan."""
    return _has(told.cues, "past_plan") and [t.i - segment.i for t in _own_triggers(segment)] == [1]


def _governing(segments: list[Segment], n: int) -> list[Item]:
    """Cues of the clause that governs clause `n`: "denied that ...", "proposed that ..."."""
    found: list[Item] = []
    while n > 0 and segments[n].opener in ("content", "clause", "speech"):
        previous = segments[n - 1]
        told = [t for t in previous.triggers if t.value[1] != "document"]  # "called the statement that ... a lie"
        if segments[n].opener in ("clause", "speech") and previous.opener != "speech" and told:
            break
        if segments[n].opener == "speech" and previous.opener != "speech":
            break
        found += previous.cues
        n -= 1
    return found


_REVERSED = frozenset(("cancelled", "denied", "negative", "absent"))  # what became of it after all
