"""One spelling for search, the same on both databases.

SQLite compares Cyrillic case by case, PostgreSQL's unaccent leaves ə, FTS5 does not fold ё: so folding is ours,
done once when a text is stored and once on what is asked.
"""

import re
import unicodedata

# Letters that Unicode does not take apart, and the Armenian ligature with its spelled-out twins.
LETTERS = str.maketrans(
    {
        "ə": "e",
        "ı": "i",
        "ё": "е",
        "й": "и",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "æ": "ae",
        "œ": "oe",
        "և": "եւ",
        "ʼ": "",
        "'": "",
        "’": "",
        "՛": "",
        "՞": "",
        "՜": "",
    }
)
NOT_WORD = re.compile(r"[^\w]+")


def fold(text: str) -> str:
    """Lower case, no accents, ə/ё/ı and և in one form, punctuation as single spaces.

    >>> fold("Məmmədyarov, Elmar"), fold("Пётр"), fold("Ереван և Բաքու")
    ('memmedyarov elmar', 'петр', 'ереван եւ բաքու')
    """
    lowered = unicodedata.normalize("NFKC", text).replace("İ", "i").casefold().translate(LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c)).casefold()
    return NOT_WORD.sub(" ", plain.replace("_", " ")).strip()
