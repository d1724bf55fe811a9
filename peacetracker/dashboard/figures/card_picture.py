"""The picture of a card. Pure: a card in, a PNG out.

Loaded with the first picture: what draws it takes a tenth of a web worker's memory."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import groupby

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from peacetracker.dashboard.figures.card import Card

SIZE = (1200, 630)
LEFT, RIGHT, FLOOR, TALL = 72, 1128, 520, 150
PAPER, INK, MUTED, RULE, PALE = "#FBFAF7", "#1D2126", "#585F69", "#8C877B", "#C5D0D9"  # tokens.css, light
FONTS = settings.BASE_DIR / "static" / "fonts"
# Beyond plain Latin: what else each file of letters holds.
SCRIPTS = (("armenian", 0x0530, 0x058F), ("cyrillic", 0x0400, 0x052F), ("latin-ext", 0x0100, 0x024F),
           ("latin-ext", 0x1E00, 0x1EFF))  # fmt: skip


@lru_cache(maxsize=32)
def font(family: str, script: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    found = ImageFont.truetype(str(FONTS / f"tracker-{family}-{script}.woff2"), size)
    found.set_variation_by_axes([weight])
    return found


def script_of(letter: str) -> str:
    code = ord(letter)
    return next((name for name, first, last in SCRIPTS if first <= code <= last), "latin")


@dataclass(frozen=True)
class Hand:
    """A family at one size and weight, in every script of the site."""

    family: str
    size: int
    weight: int = 400

    def runs(self, text: str) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        """The text in pieces of one script. Spaces, digits and signs are in the Latin file alone."""
        pieces = [(script, "".join(letters)) for script, letters in groupby(text, key=script_of)]
        return [(piece, font(self.family, script, self.size, self.weight)) for script, piece in pieces]

    def width(self, text: str) -> float:
        return sum(letters.getlength(piece) for piece, letters in self.runs(text))

    def lines(self, text: str, most: int) -> list[str]:
        """Broken at words to the width of a card; what does not fit into `most` lines ends in an ellipsis."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if self.width(longer) <= RIGHT - LEFT:
                lines[-1] = longer
            elif len(lines) < most:
                lines.append(word)
            else:
                lines[-1] += " …"
                break
        return lines

    def write(self, canvas: ImageDraw.ImageDraw, x: float, y: float, text: str, colour: str) -> None:
        """`y` is the line that letters stand on."""
        for piece, letters in self.runs(text):
            canvas.text((x, y), piece, font=letters, fill=colour, anchor="ls")
            x += letters.getlength(piece)


TITLE, PLAIN, SMALL, BRAND = Hand("serif", 58, 600), Hand("sans", 30), Hand("sans", 24), Hand("serif", 30, 600)


def png(card: Card) -> bytes:
    image = Image.new("RGB", SIZE, PAPER)
    canvas = ImageDraw.Draw(image)
    SMALL.write(canvas, LEFT, 92, card.kicker, MUTED)
    y = 168
    for line in TITLE.lines(card.title, 2):
        TITLE.write(canvas, LEFT, y, line, INK)
        y += 70
    PLAIN.write(canvas, LEFT, y - 10, PLAIN.lines(card.line, 1)[0], INK)
    _bars(canvas, card)
    BRAND.write(canvas, LEFT, 598, "Peace Tracker", INK)
    SMALL.write(canvas, RIGHT - SMALL.width(card.foot), 597, card.foot, MUTED)
    out = BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _bars(canvas: ImageDraw.ImageDraw, card: Card) -> None:
    step = (RIGHT - LEFT) / max(len(card.bars), 1)
    top = max(card.bars, default=0) or 1
    canvas.line((LEFT, FLOOR, RIGHT, FLOOR), fill=RULE, width=1)
    for month, count in enumerate(card.bars):
        if count:
            x, height = LEFT + month * step, max(count / top * TALL, 3)
            colour = INK if card.marked in (None, month) else PALE
            canvas.rectangle((x + 1, FLOOR - height, max(x + step - 2, x + 2), FLOOR - 1), fill=colour)
    for month, year in card.years:
        x = LEFT + month * step
        canvas.line((x, FLOOR, x, FLOOR + 8), fill=RULE, width=1)
        SMALL.write(canvas, x + 6, FLOOR + 28, str(year), MUTED)
