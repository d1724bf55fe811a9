"""Documents: which words tell that one was signed or issued, and which days are a document's own."""

from __future__ import annotations

from .dates import DateRef
from .lexicon import fold
from .segments import Segment
from .sentences import Item
from .wires import WireReader

WHOSE = 14  # words between a document and its day that say whose it is


class SigningReader(WireReader):
    """Tells the signing of a document from its mention."""

    def _signs(self, item: Item, segment: Segment) -> bool:
        document = [x for x in segment.triggers if x.value == ("agreement", "document")]
        if self._ceremony(item, segment):
            return True
        if fold(self.text.words[item.i]) == "signing" and fold(self.text.words[item.i - 1]) not in _BY_DOING:
            return False
        if item.value[1] in ("document", "generic"):
            return False
        if self.lang == "ru" and fold(self.text.words[item.i]).startswith("подписани"):
            talked = [t for t in segment.triggers if t.value[1] == "neutral_verb" and 0 <= item.i - t.j <= 4]
            if talked:
                return False  # "обсудили подписание договора"
        if item.value[1] == "outcome":
            none = fold(self.text.words[item.j]) in ("no", "neither") if item.j < segment.j else False
            behind = self.segments[self.segments.index(segment) + 1 :][:1]
            if any(s.opener == "relative_event" and s.has("T", ("agreement", "verb")) for s in behind):
                return False  # "ended with a statement which A and B signed on 9 November"
            return not none and any(0 < x.i - item.j <= 3 for x in document) and segment.has("Z", "joint")
        if item.value[1] == "pact":
            return True
        if item.value[1] == "weak_verb":
            return self._made(item, segment)
        strong = (
            fold(self.text.words[item.i])
            in {fold(w) for w in self.lexicon.data["triggers"]["agreement"].get("strong_verb", ())}
            or item.value[1] == "strong_verb"
        )
        if item.value[1] == "strong_verb" or strong:
            n = self.segments.index(segment)
            earlier = [x for s in self.segments[:n] for x in s.triggers if x.value == ("agreement", "document")]
            return bool(document or earlier or self.lang != "en")
        passive = self.lang == "en" and fold(self.text.words[item.i - 1]) in ("was", "were", "been")
        if passive and segment.has("Z", "joint") and any(x.i < item.i for x in document):
            return True  # "The joint statement of the two administrations was issued on 7 December"
        return any(abs(x.i - item.i) <= 6 for x in document) or self._which(item, segment)

    def _which(self, item: Item, segment: Segment) -> bool:
        """ "the statement which the two offices issued": the document stands before the relative clause."""
        papers = [x for x in self.sentence.of("T") if x.value == ("agreement", "document")]
        behind = segment.opener == "relative_event" and any(0 <= segment.i - x.j <= 1 for x in papers)
        return self.lang == "en" and behind and fold(self.text.words[item.i]) in _GIVEN_OUT

    def _body_headed(self, segment: Segment) -> list[Item]:
        """ "A and B, who head the border commissions, met": the body whose heads sit."""
        k = self.segments.index(segment) - 1
        before = self.segments[k] if k >= 0 and self.lang == "en" else None
        if before is None or before.opener != "relative_person" or before.triggers or segment.people:
            return []
        heads = _HEADS.intersection(map(fold, self.text.words[before.i : before.i + 4]))
        return [x for x in before.items if x.type == "B" and heads and (x.value == "*" or x.value in self.sitting)]

    def _body_meets(self, item: Item, segment: Segment) -> bool:
        """ "The commissions last met by video link": a session, whatever carries it."""
        return any(
            x.type == "B" and 0 <= item.i - x.j <= 2 and (x.value == "*" or x.value in self.sitting)
            for x in segment.items
        )

    def _ceremony(self, item: Item, segment: Segment) -> bool:
        """ "C presided over the signing of a declaration by A and B": a noun that tells the deed."""
        words = self.text.words
        if self.lang != "en" or fold(words[item.i]) != "signing" or fold(words[item.i - 1]) != "the":
            return False
        lead = [fold(w) for w in words[max(segment.i, item.i - 4) : item.i]]
        papers = [x for x in segment.triggers if x.value == ("agreement", "document") and 0 < x.i - item.j <= 5]
        by = [e for e in segment.people if e.i > item.j and self._link(e) in ("by", "between")]
        return bool(papers and by) and bool(set(lead) & _OVERSAW)

    def _made(self, item: Item, segment: Segment) -> bool:
        """ "made a joint statement", "the statement which A and B made": by several people, not one to the press."""
        several = sum(len(e.refs) for e in segment.people) > 1
        papers = [x for x in self.sentence.of("T") if x.value == ("agreement", "document")]
        after = any(0 < x.i - item.j <= 3 for x in papers) and segment.has("Z", "joint")
        before = segment.opener == "relative_event" and any(0 <= segment.i - x.j <= 1 for x in papers)
        behind = any(x.j == item.i for x in papers)  # "the statement made by A and B"
        return several and (after or before or behind)

    def _speaks_jointly(self, item: Item, segment: Segment) -> bool:
        """ "In a joint communique A and B called for ...": the document is told by what it says."""
        if self.lang != "en" or item.i - self.sentence.first < 1:
            return False
        inside = [fold(w) for w in self.text.words[item.i - 2 : item.i]] in (["in", "a"], ["in", "their"])
        subject = [e for e in segment.people + segment.speakers if e.j <= item.i and not e.possessive]
        several = sum(max(len(e.refs), e.refs[0].number) for e in subject) > 1 or (
            self._by_states() and not self._issued()
        )
        if inside and fold(self.text.words[item.i]) == "joint" and several:
            return not any(t.value[0] == "agreement" and t.value[1] != "document" for t in segment.triggers)
        if item.i - self.sentence.first > 2:
            return False
        lead = [fold(w) for w in self.text.words[self.sentence.first : item.i]]
        by = [e for e in segment.people if 0 < e.i - item.j <= 3 and self._link(e) in ("by", "of", "from")]
        if lead[0] == "a" and fold(self.text.words[item.i]) == "joint" and self._by_states():
            return True  # "A joint statement by the two administrations said ..."
        if lead[0] == "a" and by and sum(max(len(e.refs), e.refs[0].number) for e in by) > 1:
            return True  # "A joint statement by the three says ..."
        signed = any(t.value[0] == "agreement" and t.value[1] != "document" for t in segment.triggers)
        several = sum(max(len(e.refs), e.refs[0].number) for e in segment.people) > 1 or (
            self._by_states() and not self._issued()
        )
        return lead[0] == "in" and fold(self.text.words[item.i]) == "joint" and several and not signed

    def _by_states(self) -> bool:
        """ "Armenia and Azerbaijan said in a joint statement on Thursday": of the two states, which names nobody."""
        named = {x.value[0] for x in self.sentence.of("C")}
        named |= {_CAPITALS[x.value.slug] for x in self.sentence.of("L") if x.value.slug in _CAPITALS}
        people = any(e.is_person and not e.possessive for e in self.entities)
        return {"AM", "AZ"} <= named and not people

    def _issued(self) -> bool:
        """Whether a verb tells that a document was signed or issued."""
        return any(x.value[0] == "agreement" and x.value[1] != "document" for x in self.sentence.of("T"))

    def _whose(self, document: Item, ref: DateRef) -> bool:
        """ "the statements by the leaders of Russia, Armenia and Azerbaijan of November 9"."""
        named = 0 < ref.i - document.j <= WHOSE
        named = named and (self.lang == "ru" or fold(self.text.words[document.j]) in ("by", "of", "between"))
        return named and not any(x.type in ("T", "G") and document.j <= x.i < ref.i for x in self.sentence.items)

    def of_document(self, ref: DateRef) -> bool:
        """ "the January 11 statement": the day of a document, not of the contact."""
        documents = [x for x in self.sentence.of("T") if x.value == ("agreement", "document")]
        near = [x for x in documents if 0 <= x.i - ref.j <= 1]
        if self.lang == "ru":  # not "24 октября обсудил договор"
            near = [x for x in near if not any(y.j == x.i and y.type == "T" for y in self.sentence.items)]
        if near:
            return True
        if self.lang in ("hy", "az"):
            return bool(documents) and self._listed_with_document(ref)
        if ref.i == self.sentence.first:
            return False
        before = fold(self.text.words[ref.i - 1])
        if before in ("of", "from", "dated", "от") and any(
            0 <= ref.i - 1 - x.j <= 1 or self._whose(x, ref) for x in documents
        ):
            return True
        last = [d for d in self.dates if d.j <= ref.i and ref.i - d.j <= 1]
        return bool(last) and (before in ("and", "и") or "," in self.text.gap(ref.i)) and self.of_document(last[-1])

    def _listed_with_document(self, ref: DateRef) -> bool:
        """ "the statements" after several days: the day before another one that is a document's."""
        after = [d for d in self.dates if 0 <= d.i - ref.j <= 2]
        if not after:
            return False
        joined = "," in self.text.gap(after[0].i) or fold(self.text.words[after[0].i - 1]) in ("և", "ու", "ve")
        return joined and self.of_document(after[0])

    def _this_one(self, item: Item) -> bool:
        """ "говорили о порядке этой встречи": one told of before, unless a verb tells that it took place."""
        if self.lang != "ru" or item.value[1] != "noun" or item.i - 2 < self.sentence.first:
            return False
        here = (
            fold(self.text.words[item.i - 1]) in ("этой", "этих") and fold(self.text.words[item.i - 2]) not in _DURING
        )
        return here and any(t.j <= item.i and t.value[1].startswith("neutral") for t in self.sentence.of("T"))


_CAPITALS = {"yerevan": "AM", "baku": "AZ"}
_DURING = frozenset(("на", "в", "во", "после", "до", "перед", "ходе", "итогам"))
_BY_DOING = frozenset(("after", "by", "before", "upon", "following"))  # "after signing a declaration"
_GIVEN_OUT = frozenset(("issued", "adopted", "released", "published", "endorsed"))
_OVERSAW = frozenset(("over", "oversaw", "witnessed", "attended", "hosted", "watched", "at", "announced", "marked"))
_HEADS = frozenset(("head", "lead", "chair", "cochair", "co", "led", "headed", "chaired"))
