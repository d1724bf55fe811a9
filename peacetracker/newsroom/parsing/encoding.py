"""Bytes of any encoding, declared rightly, wrongly or not at all, to UTF-8."""

import codecs
import re

import charset_normalizer

MARKS = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)
EBCDIC = "cp037"  # its letters of a declaration are those of all EBCDIC
OPENINGS = (  # "<" or "<?" without a mark
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", EBCDIC),
)
DECLARATION = re.compile(rb"\s{0,100}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"'][^>]{0,200}>")
DECLARED = re.compile(rb"<\?xml\s[^>]*>")
ANY_DECLARATION = re.compile(r"<\?xml\s[^>]*>")
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
WIDE = {"utf-16", "utf-32", "utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le", "cp037", "cp500", "cp1140"}
EAST_ASIAN = ("gb", "big5", "euc", "shift", "iso2022", "hz", "cp932", "cp949", "johab")
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "iso8859-1": "cp1252", "ascii": "utf-8"}
ALIASES = {"mac": "mac-roman", "csmacintosh": "mac-roman", "ms-cyrl": "cp1251"}  # IANA's, which Python does not know
RUSSIAN, ARMENIAN_SMALL = "оеаинтсрвлкмдпуя", "աեինորւմկտսվյլթգ"
ALPHABETS = {**dict.fromkeys(("cp1251", "koi8-r", "cp866", "iso8859-5"), RUSSIAN), "armscii-8": ARMENIAN_SMALL}
LIKELY = 0.62  # Russian has about 0.7 of its letters among the common ones, Hebrew read as Russian 0.59
DETECTED = ("gb", "big5", "euc", "shift", "cp932", "cp949", "tis", "cp1253", "cp1255", "cp1256")
ARMENIAN = {  # ARMSCII-8, which Python does not know: capitals and small letters by turns, then the marks
    **{0xB2 + 2 * i: chr(0x531 + i) for i in range(38)},
    **{0xB3 + 2 * i: chr(0x561 + i) for i in range(38)},
    **dict(zip(range(0xA2, 0xB2), "և։)(»«—.՝,-֊…՜՛՞", strict=True)),
    0xA0: "\xa0",
    0xFE: "՚",
}


def to_utf8(body: bytes, content_type: str | None = None) -> tuple[bytes, str | None]:
    """The document in UTF-8 without mark or declaration, and a warning if its declaration was wrong.

    Order of trust: the mark, the Content-Type header, the declaration, and above the latter two the bytes
    themselves: text with letters beyond ASCII that is valid UTF-8 is UTF-8.
    """
    marked = next((name for mark, name in MARKS if body.startswith(mark)), None)
    opened = None if marked else next((name for start, name in OPENINGS if body.startswith(start)), None)
    said = declared(body, content_type)
    if not marked and not opened and said in ([], ["utf-8"], ["utf-8", "utf-8"]) and is_utf8(body, said):
        body = body.lstrip()  # what most feeds are
        found = DECLARED.match(body)
        return (body[found.end() :].lstrip() if found else body), None
    fitting = [name for name in said if not opened or (opened == EBCDIC and (decode(body, name) or "").startswith("<"))]
    candidates = [marked, *fitting, opened]
    if (not marked or marked == "utf-8") and not opened and not said_wide(said) and is_utf8(body, said):
        candidates.insert(0, "utf-8")
    for name in filter(None, candidates):
        if (text := decode(body, name)) is not None:
            wrong = bool(said) and name not in said and not (name in WIDE or text.isascii())
            return undeclared(text), f"declared as {said[0]}, is {name}" if wrong else None
    text, name = guess(body, likely_utf8=marked == "utf-8")
    return undeclared(text), f"no valid encoding is declared, read as {name}"


def undeclared(text: str) -> bytes:
    """Without the mark and without a declaration of an encoding that it no longer has."""
    text = text.lstrip("\ufeff").lstrip()
    found = ANY_DECLARATION.match(text)
    return (text[found.end() :].lstrip() if found else text).encode("utf-8", "replace")


def declared(body: bytes, content_type: str | None) -> list[str]:
    """Names of encodings that the header and the document give and Python knows, in this order."""
    header = CHARSET.search(content_type or "")
    inside = DECLARATION.match(_opening(body))
    names = [header.group(1) if header else "", inside.group(1).decode("ascii") if inside else ""]
    return [known for name in names if (known := known_name(name))]


def _opening(body: bytes) -> bytes:
    """The first bytes, in which a declaration can be looked for."""
    if body.startswith(OPENINGS[-1][0]):
        return body[:500].decode(EBCDIC).encode("ascii", "replace")
    return body.lstrip(codecs.BOM_UTF8)[:500]


def known_name(name: str) -> str | None:
    if name.lower().replace("_", "-").startswith("armscii"):
        return "armscii-8"
    try:
        known = codecs.lookup(ALIASES.get(name.lower(), name)).name if name else ""
    except (LookupError, ValueError):
        return None
    return WIDER.get(known, known) or None


def said_wide(said: list[str]) -> bool:
    return bool(said) and said[0].startswith(EAST_ASIAN)


def is_utf8(body: bytes, said: list[str]) -> bool:
    """Valid UTF-8 with letters beyond ASCII, or plain ASCII for which nothing else is said."""
    if body.isascii():
        return not said or said[0] not in WIDE | {"utf-7"}
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def decode(body: bytes, name: str, errors: str = "strict") -> str | None:
    if name == "armscii-8":
        return "".join(ARMENIAN.get(byte, chr(byte)) for byte in body)
    try:
        return body.decode(name, errors)
    except (UnicodeError, LookupError, ValueError):
        return None


def guess(body: bytes, *, likely_utf8: bool) -> tuple[str, str]:
    """Text of which no declaration holds: UTF-8 with some broken bytes, Cyrillic, or Western European."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if likely_utf8 or broken * 10 < sum(map(len, re.findall(r"[^\x00-\x7f]+", text))):
        return mended(body), "utf-8 with broken bytes"
    sample = body[:100_000]
    scores = {name: likeness(decode(sample, name, "replace") or "", letters) for name, letters in ALPHABETS.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > LIKELY:
        return decode(body, best, "replace") or "", best
    return detected(body, sample) or (body.decode("cp1252", "replace"), "windows-1252")


def detected(body: bytes, sample: bytes) -> tuple[str, str] | None:
    """East Asian and other alphabets by their statistics; None if nothing fits the whole document."""
    found = charset_normalizer.from_bytes(sample).best()
    name = known_name(found.encoding) if found else None
    if not name or not name.startswith(DETECTED):
        return None
    text = decode(body, name)
    return None if text is None else (text, name)


def mended(body: bytes) -> str:
    """UTF-8 in which the bytes that are not are read as Windows-1252."""
    parts, start = [], 0
    while start < len(body):
        try:
            parts.append(body[start:].decode())
            break
        except UnicodeDecodeError as error:
            parts += [
                body[start : start + error.start].decode(),
                body[start + error.start : start + error.end].decode("cp1252", "replace"),
            ]
            start += error.end
    return "".join(parts)


def likeness(text: str, common: str) -> float:
    """Share of the letters beyond ASCII that are among the common small ones of a language; 0 if they are too few."""
    beyond = [c for c in text if c > "\x7f"]
    return sum(c in common for c in beyond) / len(beyond) if len(beyond) >= 8 else 0.0
