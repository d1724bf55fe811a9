"""Where in a text the sentences stand that a draft was read from: numbered, and cut out for the desk to mark."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

BREAK = re.compile(r"\n+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `n` is the number of the sentence that it is, None between the sentences. `first`: links to this
    number lead here."""

    text: str
    n: int | None = None
    first: bool = False


def numbered(sentences: Iterable[str], texts: Sequence[str]) -> dict[str, int]:
    """Numbers from 1 for the different sentences, in the order in which the texts tell them; those that no text holds
    come last. A sentence that is part of another has the number of the whole."""
    wanted = list(dict.fromkeys(sentence for sentence in sentences if sentence.strip()))
    wholes = [one for one in wanted if not any(_tidy(one) in _tidy(other) != _tidy(one) for other in wanted)]
    order = sorted(wholes, key=lambda sentence: _place(sentence, texts))
    by_text: dict[str, int] = {}
    for sentence in order:
        by_text.setdefault(_tidy(sentence), len(by_text) + 1)
    return {sentence: next(n for text, n in by_text.items() if _tidy(sentence) in text) for sentence in wanted}


def marked(text: str, numbers: Mapping[str, int]) -> list[list[Piece]]:
    """The paragraphs of a text, each cut into pieces: the numbered sentences and what stands between them."""
    paragraphs: list[list[Piece]] = [[]]
    for piece in _cut(text, numbers):
        if piece.n is not None:
            paragraphs[-1].append(piece)
            continue
        for at, part in enumerate(BREAK.split(piece.text)):
            if at:
                paragraphs.append([])
            if part:
                paragraphs[-1].append(Piece(part))
    return [paragraph for paragraph in paragraphs if any(piece.text.strip() for piece in paragraph)]


def _cut(text: str, numbers: Mapping[str, int]) -> Iterator[Piece]:
    at = 0
    for start, end, n in _spans(text, numbers):
        if start < at:
            continue
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], n)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def _spans(text: str, numbers: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """Where the sentences stand, the longer first where two begin together."""
    found = [(hit.start(), hit.end(), n) for sentence, n in numbers.items() if (hit := _pattern(sentence).search(text))]
    return sorted(found, key=lambda span: (span[0], -span[1]))


def _pattern(sentence: str) -> re.Pattern[str]:
    """The sentence with any white space between its words, as feeds break lines where they like."""
    return re.compile(r"\s+".join(map(re.escape, sentence.split())))


def _place(sentence: str, texts: Sequence[str]) -> tuple[int, int]:
    for number, text in enumerate(texts):
        if hit := _pattern(sentence).search(text):
            return number, hit.start()
    return len(texts), 0


def _tidy(sentence: str) -> str:
    return " ".join(sentence.split())


def anchored(paragraphs: Iterable[list[Piece]], met: set[int]) -> list[list[Piece]]:
    """The paragraphs with the first piece of each number marked, unless it was `met` before; `met` grows."""
    return [[_anchored(piece, met) for piece in paragraph] for paragraph in paragraphs]


def _anchored(piece: Piece, met: set[int]) -> Piece:
    if piece.n is None or piece.n in met:
        return piece
    met.add(piece.n)
    return replace(piece, first=True)
