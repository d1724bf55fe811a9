"""Values of single elements on the fast path."""

import re
from datetime import datetime
from urllib.parse import urljoin

from lxml import etree

from peacetracker.newsroom.parsing.dates import parse_date
from peacetracker.newsroom.parsing.markup import html_of, title_text

CUT_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)/+")
HTML_TYPES = {"html": True, "text/html": True, "text": False, "text/plain": False, "plain": False}


class Odd(Exception):
    """The document holds something that the fast path is not sure about."""


def leaf_text(element: etree._Element) -> str:
    """The text of an element that has no children; Odd if it has."""
    if len(element):
        raise Odd(element.tag)
    text = element.text
    return text.strip() if text else ""


def text_type(element: etree._Element, default: str) -> bool:
    """Whether the text of an element is HTML, by its type; Odd for all but HTML and plain text."""
    if not (said := element.items()):
        return HTML_TYPES[default]
    attributes = dict(said)
    kind = HTML_TYPES.get(str(attributes.get("type", default)).lower())
    if kind is None or "mode" in attributes or "base" in attributes:
        raise Odd(element.tag)
    return kind


def title_value(element: etree._Element, *, atom: bool) -> str:
    text = leaf_text(element)
    if atom:
        return title_text(text, html=text_type(element, "text"))
    if element.get("type") is not None:
        raise Odd(element.tag)
    return title_text(text)


def html_value(element: etree._Element, default: str, base: str) -> str:
    """A summary or content as safe HTML."""
    text = leaf_text(element)
    return html_of(text, base, html=text_type(element, default))


def link_value(element: etree._Element, base: str) -> str | None:
    """Where a link leads: its text, or the address of an Atom link to a readable page; None for other links."""
    if not (said := element.items()):
        return _link_text(resolve(base, leaf_text(element)))
    attributes = {str(name).lower(): str(value) for name, value in said}
    address = attributes.get("url") or attributes.get("uri") or attributes.get("href")
    if address:
        readable = attributes.get("type", "text/html").lower() in {
            "text/html",
            "html",
            "application/xhtml+xml",
            "xhtml",
        }
        return (
            resolve(base, address) if readable and attributes.get("rel", "alternate").lower() == "alternate" else None
        )
    if "rel" in attributes or "href" in attributes:
        raise Odd(element.tag)
    return _link_text(resolve(base, leaf_text(element)))


def _link_text(text: str) -> str:
    return CUT_REFERENCE.sub(r"&\1", text.replace("&amp;", "&")) if "&" in text else text


def resolve(base: str, address: str) -> str:
    if "///" in address:
        address = SLASHES.sub(r"\1", address)
    try:
        return urljoin(base, address) if base else address
    except ValueError:
        return ""


def moment(element: etree._Element) -> datetime | None:
    return parse_date(leaf_text(element))
