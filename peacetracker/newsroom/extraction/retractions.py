"""What a text takes back anywhere: a contact told as held or to come that another sentence calls off or denies."""

from __future__ import annotations

from .dates import DateReader, apply_year_offset
from .lexicon import fold
from .papers import PaperReader
from .sentences import Item, Sentence
from .told import Told

GONE = ("cancelled", "denied")
NEAR = 2  # sentences between a contact and a pronoun, or "the report", that stands for it
NEVER = 4  # the same, where "no such meeting" names it
REACH = 14  # words between the name of a contact and what takes it back
FAMILY = {"session": "meeting", "commission-session": "meeting"}


class RetractionReader(PaperReader):
    """Reads the whole text once more, so that nothing called off or denied is given as held."""

    def _retract(self) -> None:
        for undated in [t for t in self.told if t.status in GONE and t.date is None]:
            self._same_as_before(undated)
        spoken_for = {s.index for t in self.told if t.status in GONE for s in t.sentences}
        for sentence in self.text.sentences:
            verdict = self._verdict(sentence) if sentence.index not in spoken_for else None
            told = self._meant(sentence, verdict) if verdict else None
            if verdict == "cancelled" and self.lexicon.lang != "en":
                continue  # the other languages' nouns stand too freely to tell which contact was called off
            if told is not None and verdict:
                told.status = verdict
                told.sentences = [*told.sentences, sentence]
                told.reasons.append("taken back elsewhere in the text")
        self.told = [t for t in self.told if t.status in GONE or not self._hearsay(t)]
        lost = [t for t in self.told if t.status in GONE]
        self.told = [t for t in self.told if t.status in GONE or not any(self._told_as_gone(t, g) for g in lost)]

    def _same_as_before(self, gone: Told) -> None:
        """ "no such meeting with A and B took place": the one told shortly before, with its day and the rest of it."""
        first = gone.sentences[0]
        never = any(x.value == "never_was" for x in first.of("TB"))
        if not never and not any(x.value == "disowned" for x in first.of("Q")):
            return
        for told in self.told:
            near = 0 < first.index - told.sentences[-1].index <= NEVER and told.status not in GONE
            if near and _family(told.kind) == _family(gone.kind) and gone.keys <= told.keys:
                told.status = gone.status
                told.sentences = [*told.sentences, first]
                told.reasons.append("taken back shortly after")
                self.told = [t for t in self.told if t is not gone]
                return

    def _told_as_gone(self, told: Told, gone: Told) -> bool:
        """Whether one sentence tells as held, or to come, what another says was called off or denied."""
        if _family(told.kind) != _family(gone.kind) or told.date != gone.date or told.precision != gone.precision:
            return False
        if bool(told.keys) != bool(gone.keys):
            return False
        fewer = told.keys < gone.keys and not told.dated
        return told.keys == gone.keys or fewer or (gone.keys < told.keys and not told.dated and len(gone.keys) > 1)

    def _verdict(self, sentence: Sentence) -> str | None:
        doubts = [x.j for x in sentence.of("Q") if x.value in ("modal", "hypothetical")]
        told = [x for x in sentence.of("Q") if not self._only_mentioned(x)]
        cues = {x.value for x in told if not any(0 <= x.i - j <= 1 for j in doubts)}
        if cues & {"denied", "disowned"} or any(x.value == "never_was" for x in sentence.of("TB")):
            return "denied"
        if "cancelled" in cues:
            return "cancelled"
        if sentence.is_title and self._says_none(sentence):
            set_before = any(x.value == "past_plan" for s in self.text.sentences for x in s.of("Q"))
            return "cancelled" if set_before else "denied"
        return None

    def _says_none(self, sentence: Sentence) -> bool:
        """ "No phone call from Baku on Sunday": a headline that says a contact was none."""
        nones = [x.j for x in sentence.of("Q") if x.value == "negative" and fold(self.text.words[x.i]) == "no"]
        return any(0 <= x.i - j <= 1 for j in nones for x in sentence.of("T"))

    def _only_mentioned(self, cue: Item) -> bool:
        """ "the day after the postponement": of what, another sentence tells."""
        words = self.text.words
        named = cue.j - cue.i == 1 and fold(words[cue.i]).endswith(("ment", "ation"))
        return named and cue.j < len(words) and fold(words[cue.j]) != "of"

    def _meant(self, sentence: Sentence, verdict: str) -> Told | None:
        """The contact that the sentence takes back, if the text has told it as held or to come."""
        live = [t for t in self.told if t.status not in GONE and t.kind != "statement"]
        live = [t for t in live if not t.is_title and (sentence.is_title or self._told_before(t, sentence))]
        kinds = self._kinds_named(sentence)
        if not kinds:
            return self._rumour_before(sentence, live) if verdict == "denied" else None
        for told in live if sentence.is_title else live[::-1]:
            if _family(told.kind) in kinds and self._may_mean(sentence, told):
                return told
        return None

    def _told_before(self, told: Told, sentence: Sentence) -> bool:
        """Also in the same sentence: "on a report that A met B: there was no meeting"."""
        if told.sentences[0] is not sentence:
            return told.sentences[0].index < sentence.index
        nevers = [x.i for x in sentence.of("TB") if x.value == "never_was"]
        return bool(nevers) and self._only_claimed(told) and any(x.i < nevers[-1] for x in sentence.of("T"))

    def _kinds_named(self, sentence: Sentence) -> set[str]:
        """The kinds of the contacts that stand by what takes back: "the trip was called off", "no such talks"."""
        off = [x.i for x in sentence.of("Q") if x.value in ("cancelled", "denied", "disowned", "negative")]
        nouns = [x for x in sentence.of("T") if self._names_contact(x)]
        reach = 3 if sentence.is_title else REACH
        return {_family(x.value[0]) for x in nouns if any(abs(x.i - i) <= reach for i in off) and not self._other(x)}

    def _names_contact(self, item: Item) -> bool:
        if item.value[1] in ("noun", "neutral_noun"):
            return True
        before = fold(self.text.words[item.i - 1]) if item.i else ""
        return item.value == ("visit", "verb") and before in self.lexicon.forms("elided", "same_one")

    def _other(self, noun: Item) -> bool:
        """ "another meeting", "the next round": not the one told."""
        before = {fold(w) for w in self.text.words[max(0, noun.i - 3) : noun.i + 1]}
        return bool(before & self.lexicon.forms("elided", "other_one"))

    def _may_mean(self, sentence: Sentence, told: Told) -> bool:
        """Whether people, day and place of the sentence do not stand against the contact told."""
        named = {slug for x in sentence.of("P") if len(x.value) == 1 for slug in x.value}
        strange = {s for s in named - told.keys if not self._speaks_for_others(s)}
        if len(strange) > 1 or (strange and not named & told.keys and told.status == "held"):
            return False
        agreed = self._days_agree(sentence, told)
        if agreed is not None:
            return agreed
        if told.status == "scheduled":
            return True
        firm = any(x.value == "unheld" for x in sentence.of("TB")) or sentence.is_title
        denied = any(x.value in ("denied", "disowned") for x in sentence.of("Q"))
        never = any(x.value == "never_was" for x in sentence.of("TB"))
        near = sentence.is_title or sentence.index - told.sentences[-1].index <= (NEVER if never else NEAR)
        if near and never and self._only_claimed(told):
            return True
        return near and ((firm and not told.dated) or (denied and self._only_claimed(told)))

    def _days_agree(self, sentence: Sentence, told: Told) -> bool | None:
        """Whether a day told in the sentence is that of the contact; None if it tells none."""
        said = bool(sentence.of("Y"))
        days = []
        for ref in DateReader(self.text, sentence, self.lexicon.lang).read():
            apply_year_offset(ref, self.published)
            if ref.gives_day or ref.form in ("month", "month-offset"):
                day, precision = ref.nearest(self.published, (told.date, told.precision))
                ahead = ref.resolve(self.published, (told.date, told.precision), future=True)[0]
                days += [(d, precision, ref.form) for d in (day, ahead) if d is not None]
        if not days or told.date is None:
            return None
        for day, precision, _ in days:
            if "month" in (precision, told.precision):
                if (day.year, day.month) == (told.date.year, told.date.month):
                    return True
            elif day == told.date:
                return True
        return None if said and all(form in ("weekday", "publication") for _, _, form in days) else False

    def _rumour_before(self, sentence: Sentence, live: list[Told]) -> Told | None:
        """ "The report is false": what a sentence shortly before told as only claimed."""
        claims = [x for x in sentence.of("Q") if x.value in ("claim", "disowned") and self._stands_alone(x)]
        never = any(x.value == "never_was" for x in sentence.of("TB"))
        last = live[-1] if live else None
        if last is None or sentence.is_title or not (claims or never):
            return None
        near = sentence.index - last.sentences[-1].index <= NEAR
        return last if near and (never or self._only_claimed(last)) else None

    def _stands_alone(self, cue: Item) -> bool:
        """ "denied it", not "denied that Russia was jealous"."""
        return fold(self.text.words[cue.j - 1]) != "that"

    def _only_claimed(self, told: Told) -> bool:
        """Whether the contact was told as what others report, or not as news at all."""
        hedged = any(x.value in ("rumour", "source_hedge", "claim") for s in told.sentences for x in s.of("Q"))
        return hedged or any(x.value == "reported" for s in told.sentences for x in s.of("TB"))

    def _hearsay(self, told: Told) -> bool:
        """ "A newspaper wrote that ...": told by media without a name, and confirmed by nobody."""
        sentence = told.sentences[0]
        if told.mentions > 1 or len(told.sentences) > 1 or told.status != "held":
            return False
        cues = {value: [x for x in sentence.of("TB") if x.value == value] for value in ("medium", "unnamed", "tells")}
        deeds = [x.i for x in sentence.of("T") if _family(x.value[0]) == _family(told.kind)]
        return any(
            0 < medium.i - some.i <= 3 and 0 < tells.i - medium.i <= 3 and deeds and tells.i < deeds[0]
            for medium in cues["medium"] for some in cues["unnamed"] for tells in cues["tells"]
        )  # fmt: skip

    def _speaks_for_others(self, slug: str) -> bool:
        day = self.published
        return day is not None and any(t == "spokesperson" for t, _ in self.gazetteer.types_of(slug, day))


def _family(kind: str) -> str:
    return FAMILY.get(kind, kind)
