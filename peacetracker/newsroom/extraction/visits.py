"""What a visit shares with the meetings told around it."""

from __future__ import annotations

from dataclasses import replace

from .discourse import key
from .telling import Teller
from .told import Told

TALKS = 5  # sentences after a reception that may tell what was talked about
STAY = 2  # days after the arrival within which a guest is received


class VisitKeeper(Teller):
    """Gives visits their host and city, and drops travel that only serves a meeting."""

    def _received_on(self, meeting: Told) -> bool:
        """ "visited Baku, where he was received by ...": the reception belongs to the visit, its host to it."""
        if meeting.kind != "meeting" or not meeting.reception or len(meeting.people) != 2:
            return False
        for visit in self.told:
            news = self.lexicon.lang == "en" and visit.arrival and not self._talked(meeting)
            if visit.kind != "visit" or visit.sentences[0] is not meeting.sentences[0] or (visit.travel and not news):
                continue
            if visit.keys & meeting.keys and not (self.lexicon.lang == "en" and self._talked(meeting)):
                new = [replace(p) for p in meeting.people if key(p) not in visit.keys]
                visit.people = [*visit.people, *new]
                visit.hosts = visit.hosts | {key(p) for p in new}
                return True
        return False

    def _talked(self, meeting: Told) -> bool:
        """ "During the talks ...": whether the sentences after a reception tell that it was more than one."""
        index = meeting.sentences[0].index
        later = [s for s in self.text.sentences if index < s.index <= index + TALKS and not s.is_title]
        if self.lexicon.lang == "en":  # not what others talked about
            later = [s for s in later if all(meeting.keys & set(x.value) for x in s.of("P"))]
        words = ("meeting", "noun"), ("meeting", "neutral_verb"), ("meeting", "neutral_noun")
        return meeting.mentions > 1 or any(x.value in words for s in later for x in s.of("T"))

    def _serves(self, visit: Told) -> bool:
        """ "flew to Moscow, where he met ...": travel for a meeting told in the same sentence is no visit."""
        if visit.kind != "visit" or not (visit.travel or visit.status == "cancelled"):
            return False
        meetings = [t for t in self.told if t.kind in ("meeting", "commission-session") and visit.keys & t.keys]
        same = [t for t in meetings if t.sentences[0] is visit.sentences[0]]
        if self.lexicon.lang == "en" and same and (visit.landed or (visit.arrival and all(t.reception for t in same))):
            return False
        return any(visit.travel or t.status == visit.status for t in same)

    def _receivers(self) -> None:
        """A visit's host is the local official whom the visitor meets in the sentences around, its city theirs."""
        for visit in self.told:
            if visit.kind != "visit" or visit.place is None or visit.status not in ("held", "scheduled"):
                continue
            self._city_of(visit)
            if len(visit.people) != 1:
                continue
            for other in self.told:
                near = abs(other.sentences[0].index - visit.sentences[0].index) <= 2 and not other.is_title
                if (
                    other.kind != "meeting"
                    or other.status != visit.status
                    or (visit.status == "scheduled" and not other.reception)
                    or not near
                    or len(other.people) != 2
                    or not visit.keys <= other.keys
                ):
                    continue
                host = next(p for p in other.people if key(p) not in visit.keys)
                there = self._party(host) == visit.place.country
                if there and self._begun_before(visit, other):
                    visit.date, visit.date_sentence = other.date, other.date_sentence
                if host.slug is None and host.party and not there:
                    continue  # his own country's ambassador
                if visit.precision == "day" and not visit.ending and not self._during(visit, other):
                    if other.place is None and there and visit.place.name:
                        other.place, other.place_sentence = visit.place, visit.place_sentence
                    continue
                same = visit.place.country and (there or (host.slug is None and visit.place == other.place))
                if same and (not visit.place.name or visit.place == other.place or other.place is None):
                    visit.people = [*visit.people, replace(host)]
                    visit.hosts = visit.hosts | {key(host)}
                    visit.place = visit.place if visit.place.name or other.place is None else other.place
                    break
            self._stop_of_tour(visit)

    def _begun_before(self, visit: Told, meeting: Told) -> bool:
        """ "is on a visit to X. On Thursday A received him": a trip of the day of publication began before it."""
        days = (visit.date - meeting.date).days if visit.date and meeting.date else 0
        exact = visit.precision == meeting.precision == "day" and not visit.dated
        return self.lexicon.lang == "en" and exact and 0 < days <= STAY

    def _during(self, visit: Told, meeting: Told) -> bool:
        """Whether a meeting falls on the first days of a trip."""
        return bool(visit.date and meeting.date and 0 <= (meeting.date - visit.date).days <= STAY)

    def _stop_of_tour(self, visit: Told) -> None:
        """One of several destinations told together: its day is that of the meeting there."""
        stops = [v for v in self.told if v.kind == "visit" and v.keys & visit.keys and v.sentences == visit.sentences]
        if len(stops) < 2 or not visit.ending:
            return
        for other in self.told:
            there = other.place is not None and visit.place is not None and other.place.country == visit.place.country
            if other.kind == "meeting" and there and visit.keys & other.keys and other.precision == "day":
                visit.date, visit.precision, visit.date_sentence = other.date, other.precision, other.date_sentence
                return

    def _city_of(self, visit: Told) -> None:
        """A trip to a country takes the city that the next sentences tell of the traveller's doings there."""
        for other in self.told:
            near = 0 <= other.sentences[0].index - visit.sentences[0].index <= 2 and other.kind != "visit"
            place = other.place
            if not near or place is None or not place.name or not visit.keys <= other.keys:
                continue
            if visit.place and not visit.place.name and place.country == visit.place.country:
                visit.place, visit.place_sentence = place, other.place_sentence
