"""Cut the four fonts to the letters and weights that the pages use, and write them as woff2 under static/fonts.

Usage: npm ci && pip install fonttools==4.68.0 brotli==1.2.1 && python build_fonts.py
Weight keeps 400 to 700, optical size is fixed. "Source" is a reserved name of its makers, so the cut fonts are
renamed Tracker Serif and Tracker Sans. The OFL licences lie beside the fonts.
"""

from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).resolve().parent
PACKAGES = HERE / "node_modules" / "@fontsource-variable"
OUT = HERE.parent / "static" / "fonts"

LATIN = (
    "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+0178,U+02BB-02BC,U+2010-2015,U+2018-201A,U+201C-201E,U+2020,"
    "U+2022,U+2026,U+202F,U+2032-2033,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212"
)
LATIN_EXTENDED = "U+0100-0130,U+0132-0151,U+0154-0177,U+0179-017E,U+018F,U+01C4-01DC,U+0218-021B,U+0259,U+1E9E"
CYRILLIC = "U+0301,U+0400-045F,U+0490-0491,U+2116"
ARMENIAN = "U+0308,U+0530-058F,U+2024,U+FB13-FB17"
FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum", "calt"]

# role, script, letters, package, its file
CUTS = [
    ("serif", "latin", LATIN, "source-serif-4", "latin-opsz"),
    ("serif", "latin-ext", LATIN_EXTENDED, "source-serif-4", "latin-ext-opsz"),
    ("serif", "cyrillic", CYRILLIC, "source-serif-4", "cyrillic-opsz"),
    ("serif", "armenian", ARMENIAN, "noto-serif-armenian", "armenian-wght"),
    ("sans", "latin", LATIN, "source-sans-3", "latin-wght"),
    ("sans", "latin-ext", LATIN_EXTENDED, "source-sans-3", "latin-ext-wght"),
    ("sans", "cyrillic", CYRILLIC, "source-sans-3", "cyrillic-wght"),
    ("sans", "armenian", ARMENIAN, "noto-sans-armenian", "armenian-wght"),
]


def cut(source: Path, unicodes: str) -> TTFont:
    """The font at `source` with weights 400 to 700, one optical size, and only the letters of `unicodes`."""
    font = TTFont(source, recalcTimestamp=False)
    limits: dict[str, object] = {"wght": (400, 700)}
    if any(axis.axisTag == "opsz" for axis in font["fvar"].axes):
        limits["opsz"] = 20
    instance = BytesIO()
    instancer.instantiateVariableFont(font, limits).save(instance)  # the subsetter needs the tables written out afresh
    font = TTFont(instance, recalcTimestamp=False)
    options = subset.Options(layout_features=FEATURES, hinting=False, desubroutinize=True, flavor="woff2")
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(unicodes))
    cutter.subset(font)
    font.flavor = "woff2"
    return font


def rename(font: TTFont, family: str) -> None:
    """Give the cut font a name of its own in every name record that carries the family's."""
    names = font["name"]
    for record in list(names.names):
        if record.nameID in (1, 4, 16):
            names.setName(family, record.nameID, record.platformID, record.platEncID, record.langID)
        elif record.nameID in (3, 6, 25):
            names.setName(family.replace(" ", ""), record.nameID, record.platformID, record.platEncID, record.langID)


def main() -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for role, script, unicodes, package, file in CUTS:
        font = cut(PACKAGES / package / "files" / f"{package}-{file}-normal.woff2", unicodes)
        rename(font, f"Tracker {role.title()}")
        font.save(OUT / f"tracker-{role}-{script}.woff2")


if __name__ == "__main__":
    main()
