"""The commonest faults of XML, put right before it is read: bare ampersands, HTML's entities, forbidden characters."""

import re
from html.entities import html5, name2codepoint

FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# What is left as it is, and what looks like a reference outside of it. Every branch consumes to its end or to the end
# of the document, so that a hostile one is read once.
PLACES = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|\w{1,32};)?", re.S
)
OF_XML = {b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"}


def mend(data: bytes) -> bytes:
    """The document with the commonest faults put right; the same bytes if there are none or it has a DTD."""
    head = data[:4096]
    if b"<!ENTITY" in head or b"<!DOCTYPE" in head:
        return data
    return PLACES.sub(_mend, FORBIDDEN.sub(b"", data))


def _mend(match: re.Match[bytes]) -> bytes:
    whole, name = match.group(0), match.group(1)
    if not whole.startswith(b"&") or name in OF_XML:
        return whole
    if name is None:
        return b"&amp;"
    if name.startswith(b"#"):
        return whole.lower() if _allowed(name) else b""
    word = name.decode("utf-8", "replace")
    number = name2codepoint.get(word[:-1])
    letter = chr(number) if number else html5.get(word)
    return letter.encode() if letter else b"&amp;" + name


def _allowed(reference: bytes) -> bool:
    """Whether XML allows the character with this number."""
    digits = reference[1:-1].decode().lower()
    number = int(digits[1:], 16) if digits.startswith("x") else int(digits)
    return (
        number in (9, 10, 13) or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or 0x10000 <= number <= 0x10FFFF
    )
