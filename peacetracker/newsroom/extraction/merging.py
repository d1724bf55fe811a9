"""Whether what is told now was told before, and what the two make together."""

from __future__ import annotations

from .sentences import Sentence
from .told import SIDE_CAPITALS, Story, Told, nearer

WEEK = 7
NEWS = 2  # days: what lies further back than the news told first is its background
CONVENED = frozenset(("regional-3plus3", "osce-minsk-group"))  # bodies that meet, whoever sits for them


class Merger(Story):
    """Keeps each event once."""

    def _add(self, told: Told) -> bool:
        """Merge with what was told before or keep; true if it turns out to be denied."""
        for other in self.told:
            if self._same(told, other):
                self._merge(other, told)
                return other.status == "denied"
        self._keep(told)
        return told.status == "denied"

    def _half_told(self, told: Told) -> bool:
        """ "A will not come to the meeting set for Monday": with whom, the next sentences may tell."""
        gone = told.status == "cancelled" and told.kind in ("meeting", "call") and told.date is not None
        return self.lexicon.lang == "en" and gone and len(told.people) == 1 and not told.is_title

    def _complete(self, told: Told) -> None:
        """ "He had been expected to meet B there": the day of what was just called off."""
        lone = self.lone
        if lone is None or told.kind != lone.kind or told.dated or told.status not in ("cancelled", "pending"):
            return
        if told.sentences[0].index - lone.sentences[0].index > 3 or not told.people:
            return
        told.people += [p for p in lone.people if p.slug not in told.keys]
        told.date, told.precision, told.dated = lone.date, lone.precision, lone.dated
        told.place = told.place or lone.place
        told.status, self.lone = "cancelled", None

    def _day_of_cancelled(self, told: Told) -> bool:
        """ "A called off the meeting with B. They were to have met on Monday": the day of what was called off."""
        last = self.told[-1] if self.told and self.lexicon.lang == "en" else None
        if last is None or last.status != "cancelled" or last.dated or told.date is None or last.keys != told.keys:
            return False
        last.date, last.precision, last.dated, last.date_sentence = told.date, told.precision, True, told.date_sentence
        last.place, last.place_sentence = last.place or told.place, last.place_sentence or told.place_sentence
        last.sentences = [*last.sentences, *told.sentences]
        return True

    def _keep(self, told: Told) -> None:
        enough = (
            len(told.people) >= 2
            or (told.kind in ("visit", "agreement") and told.people)
            or told.kind == "commission-session"
            or (told.body in CONVENED and told.bodily)
            or (told.kind == "agreement" and told.joint and told.dated and self._both_named(told.sentences[0]))
            or (told.kind == "agreement" and told.body and told.dated and not told.is_title)
        )
        if not enough and self._delegations(told):
            self._wait_for_people(told)
            return
        if not enough and self._half_told(told):
            self.lone = told
        if not enough or (told.status == "scheduled" and told.date is None and told.place is None):
            return
        if told.is_title and told.reference and told.status == "held" and not told.dated:
            return
        if told.is_title and (not self._title_stands(told) or self._asked(told.sentences[0])):
            return
        self.told.append(told)
        if not told.is_title:
            self.discourse.gathered, self.discourse.signed = told.people, told.kind == "agreement"
            self.discourse.groups.append(told.people)
            for group in (told.subject, told.guests):
                if len(group) > 1:
                    self.discourse.groups.append(group)
            self._context(told)

    def _asked(self, title: Sentence) -> bool:
        return "?" in self.text.raw[title.start : title.end + 1]

    def _delegations(self, told: Told) -> bool:
        """ "talks between delegations of Armenia and Azerbaijan": the next sentence may say who led them."""
        plain = told.kind == "meeting" and len(told.people) < 2 and not told.is_title and told.status == "held"
        if told.body and self.lexicon.lang == "en" and self.gazetteer.bodies.get(told.body, ("", "", False))[2]:
            return False
        sides = self._both_named(told.sentences[0]) or self.lexicon.lang == "en"
        led = plain and (told.dated or told.place is not None) and sides
        return led or self._opened(told)

    def _wait_for_people(self, told: Told) -> None:
        """ "Officials met on Thursday. The talks in X lasted two hours": still the same, whose people may follow."""
        last = self.nobody
        near = last is not None and told.sentences[0].index - last.sentences[-1].index <= 1
        if last is None or not near or told.dated or told.people or self.lexicon.lang != "en":
            self.nobody = told
            return
        last.place, last.place_sentence = last.place or told.place, last.place_sentence or told.place_sentence
        last.sentences = [*last.sentences, *told.sentences]

    def _opened(self, told: Told) -> bool:
        """ "A meeting took place with the mediation of X.": whose people the next sentence may name."""
        if self.lexicon.lang == "en" or told.kind not in ("meeting", "call") or told.is_title or told.reference:
            return False
        return len(told.people) == 1 and told.status != "denied" and not told.weak

    def _both_named(self, sentence: Sentence) -> bool:
        """Whether a sentence names both sides, by country or capital."""
        named = {x.value[0] for x in sentence.of("C")}
        named |= {SIDE_CAPITALS[x.value.slug] for x in sentence.of("L") if x.value.slug in SIDE_CAPITALS}
        return {"AM", "AZ"} <= named or {"AZ", "NK"} <= named

    def _context(self, told: Told) -> None:
        if told.aside and len(self.told) > 1:
            return
        if told.date is not None:
            self.discourse.day, self.discourse.precision = told.date, told.precision
            main = self.discourse.main[0]
            older = self.lexicon.lang != "en" and main is not None and (main - told.date).days > NEWS
            if not (told.background or told.reference or older) and told.status == "held":
                self.discourse.main = (told.date, told.precision)
        if told.place is not None:
            self.discourse.place = told.place
        if told.body:
            self.discourse.body = told.body

    def _title_stands(self, told: Told) -> bool:
        covered = {k for t in self.told if t.kind == told.kind for k in t.keys}
        if self.told:
            return False
        return (not (told.keys <= covered) and told.status != "held") or not covered

    def _same(self, new: Told, old: Told) -> bool:
        if self._sat_on(new, old):
            return True
        if new.kind != old.kind or (new.kind == "agreement" and new.distinct and new.people and not old.is_title):
            return False
        if self._dates_lead(new, old):
            return True
        if (
            {new.status, old.status} >= {"held"}
            and {new.status, old.status} & {"cancelled", "denied"}
            and not new.is_title
        ):
            return False
        if (
            new.definite
            and old is self.told[-1]
            and not new.dated
            and not (self.lexicon.lang == "en" and new.distinct and new.people and new.keys < old.keys)
            and new.keys <= old.keys | frozenset(self.gazetteer.body_heads.get(new.body or "", ()))
        ):
            return True
        off = new.status == old.status == "cancelled" and self.lexicon.lang == "en"
        if off and new.definite and new.sentences[0] is old.sentences[-1] and old is self.told[-1]:
            return True  # "were to have met on Monday, but the talks were cancelled"
        if new.status == "held" and old.status == "scheduled" and old.date is None and new.dated and not new.is_title:
            return False
        if new.definite and old is self.told[-1] and not old.dated and not new.people:
            # "The conversation took place on Monday"
            return new.date is None or old.date is None or abs((new.date - old.date).days) <= WEEK
        unlike = new.dated and old.dated and new.precision != old.precision and not new.is_title
        if unlike and {new.status, old.status} == {"held", "scheduled"}:
            return False
        if new.kind == "visit" and new.place and old.place and new.place != old.place:
            return False
        if self._received_above(new, old):
            return False
        apart = new.place and old.place and new.place != old.place and not nearer(new.place, old.place)
        if apart and self._again(new):
            return False
        if new.date is None and old.date is None and apart:
            return False
        if apart and new.precision != old.precision and {new.status, old.status} <= {"cancelled", "scheduled"}:
            return False
        if new.kind == "commission-session" and new.body and old.body and new.body != old.body:
            return False
        a, b = new.keys, old.keys
        if a and b and a != b:
            if (new.distinct or old.distinct) and new.dated and old.dated:
                return False
            if not (a <= b or b <= a) or self._pair_apart(new, old):
                return False
            if (
                self._aside(new, old)
                or old.distinct
                or new.distinct
                or (
                    new.joint
                    and b < a
                    and not old.reference
                    and new.status == "held"
                    and not (old.weak and not old.dated)
                )
            ):
                return False
            if len(a & b) < 2 and not (new.reference or old.reference) and new.kind != "visit":
                return False
        if not a and not new.reference and new.kind not in ("commission-session",):
            return False
        return self._dates_agree(new, old)

    def _again(self, new: Told) -> bool:
        """ "Hours later the two met again in Munich": a contact of its own, on the same day elsewhere."""
        sentence = new.sentences[0]
        words = {w.lower() for w in self.text.words[sentence.first : sentence.last]}
        return self.lexicon.lang == "en" and new.dated and not new.is_title and "again" in words

    def _sat_on(self, new: Told, old: Told) -> bool:
        """ "The group met on Monday. A, B and C discussed ...": its co-chairs, at the session just told."""
        heads = frozenset(self.gazetteer.body_heads.get(old.body or "", ())) | old.keys
        weak = new.kind == "meeting" and new.weak and not new.dated and not new.is_title and new.place is None
        sits = self.lexicon.lang == "en" and old.kind == "commission-session" and old is self.told[-1]
        return weak and sits and new.status == old.status == "held" and new.keys <= heads

    def _pair_apart(self, new: Told, old: Told) -> bool:
        """ "The same evening A also met B": two of the many who had sat together, by name and with a day told."""
        named = all(p.how in ("named", "by office") for p in new.people)
        words = [w.lower() for s in new.sentences[:1] for w in self.text.words[s.first : s.last]]
        beside = new.kind == "meeting" and bool({"sidelines", "margins", "fringes"} & set(words))
        apart = (
            new.kind in ("meeting", "call")
            and (new.dated or beside)
            and not (new.definite or new.reference or new.is_title)
        )
        return self.lexicon.lang == "en" and named and apart and len(old.people) > 3 and len(new.people) == 2

    def _received_above(self, new: Told, old: Told) -> bool:
        """ "The president received both ministers": whoever stands above those who talked met them besides."""
        hosts = [p for p in new.people if p.slug not in old.keys]
        if self.lexicon.lang != "en" or not new.received or len(old.people) < 2 or len(hosts) != 1 or new.is_title:
            return False
        above = {t for t, _ in self._types(hosts[0])} & {"president", "prime-minister"}
        types = {t for p in old.people for t, _ in self._types(p)}
        return bool(above) and old.keys < new.keys and bool(types) and not types & {"president", "prime-minister"}

    def _aside(self, new: Told, old: Told) -> bool:
        """One of the sides with the third party of a trilateral: a meeting of their own."""
        if not (old.joint and len(old.people) > 2 and len(new.people) == 2 and new.keys < old.keys):
            return False
        told = new.kind == "meeting" and new.status == old.status == "held" and not new.is_title
        both = {"AM", "AZ"} <= {self._party(p) for p in new.people}
        return told and not both and not (new.reference or new.definite or new.weak)

    def _dates_agree(self, new: Told, old: Told) -> bool:
        if new.is_title and not new.dated:
            return True
        if new.date is None:
            if new.status == "scheduled" and old.status == "held":
                return False
            if new.background and not new.reference:
                return old.date is None
            return new.reference or old.date is None or new.status == old.status
        if old.date is None:
            return old.reference or not new.dated or (new.keys == old.keys and not old.background)
        if "month" in (new.precision, old.precision):
            return (new.date.year, new.date.month) == (old.date.year, old.date.month)
        if new.date == old.date:
            return True
        if (new.ending and new.keys == old.keys and 0 <= (new.date - old.date).days <= 3) or (
            old.ending and 0 <= (old.date - new.date).days <= 3
        ):
            return True
        near = abs((new.date - old.date).days) <= 1
        return near and not (new.dated and old.dated and not self._begun(new)) and not new.distinct

    def _dates_lead(self, new: Told, old: Told) -> bool:
        """ "A and B have sat down again. They met in X on Sunday": the next sentence tells the day of the news."""
        if (
            self.lexicon.lang != "en"
            or old.dated
            or not new.dated
            or old is not self.told[0]
            or old is not self.told[-1]
        ):
            return False
        sentence = new.sentences[0]
        words = {w.lower() for w in self.text.words[sentence.first : sentence.last]}
        follows = sentence.index - old.sentences[-1].index == 1 and new.keys >= old.keys and len(old.keys) > 1
        plain = new.kind in ("meeting", "call") and new.status == old.status == "held"
        plain = plain and not (new.background or new.reference or new.joint or words & _EARLIER)
        recent = new.date is not None and old.date is not None and 0 < (old.date - new.date).days <= WEEK
        return follows and plain and recent and (new.place is None or old.place in (None, new.place))

    def _begun(self, new: Told) -> bool:
        return False

    def _merge(self, old: Told, new: Told) -> None:
        old.mentions += 1
        if new.is_title:
            if old.place is None and new.place is not None:
                old.place, old.place_sentence = new.place, new.sentences[0]
            return
        if (new.keys > old.keys and not new.distinct and new.status == old.status) or (
            new.keys > old.keys and old.status in ("denied", "cancelled")
        ):
            old.people, old.hosts = new.people, old.hosts | new.hosts
        if new.date and old.date and old.ending and new.date < old.date and new.dated:
            old.date, old.date_sentence, old.sentences, old.ending = new.date, new.date_sentence, new.sentences, False
        elif new.date is not None and (
            old.date is None or (not old.dated and new.dated) or (old.precision == "month" and new.precision == "day")
        ):
            old.date, old.precision, old.dated, old.date_sentence = (
                new.date,
                new.precision,
                new.dated,
                new.date_sentence,
            )
        if new.place is not None and (old.place is None or nearer(new.place, old.place)):
            old.place, old.place_sentence = new.place, new.place_sentence
        order = {"held": 0, "scheduled": 1, "cancelled": 3, "denied": 2}
        if (
            order[new.status] > order[old.status]
            and new.status in ("cancelled", "denied")
            and (old.status == "scheduled" or not old.dated)
        ):
            old.status = new.status
        old.reasons.append("told again")
        if not new.aside:
            self._context(old)


_EARLIER = frozenset(("again", "had", "previous", "previously", "last", "earlier", "another", "before"))
