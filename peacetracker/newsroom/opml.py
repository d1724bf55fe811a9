"""Lists of feeds as OPML, in and out."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from lxml import etree

from peacetracker.newsroom.addresses import canonical

MOST_BYTES, MOST_FEEDS = 5 * 2**20, 5000


class NotOPML(ValueError):
    """The file is no list of feeds. The text says why, in plain words."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in a list. `folder` is where it stands in it: for ours, the code of its side."""

    address: str
    name: str
    lang: str = ""
    folder: str = ""


def read(data: bytes) -> list[Outline]:
    """The feeds of a list, each address once. A document with a DTD is refused: nothing in it is ever expanded."""
    if len(data) > MOST_BYTES:
        raise NotOPML("it is larger than 5 MiB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NotOPML("it is not well-formed XML") from None
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        raise NotOPML("it has a DTD, which no list of feeds needs")
    if etree.QName(root).localname.lower() != "opml":
        raise NotOPML(f"it is <{etree.QName(root).localname}>, not OPML")
    found: dict[str, Outline] = {}
    for node in root.iter("outline"):
        outline = _outline(node)
        if outline and len(found) < MOST_FEEDS:
            found.setdefault(outline.address, outline)
    return list(found.values())


def _outline(node: etree._Element) -> Outline | None:
    said = {str(name).lower(): str(value).strip() for name, value in node.attrib.items()}
    address = said.get("xmlurl", "")
    if not canonical(address) or len(address) > 1000:
        return None
    parent = node.getparent()
    folder = parent.get("text", "") if parent is not None and parent.tag == "outline" else ""
    name = " ".join((said.get("title") or said.get("text") or address).split())
    return Outline(address, name[:200], said.get("language", "")[:12], str(folder))


def write(feeds: Iterable[Outline], *, title: str) -> bytes:
    """The list as an OPML 2.0 file, a folder for each side."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for folder, group in groupby(sorted(feeds, key=lambda feed: (feed.folder, feed.name)), lambda feed: feed.folder):
        inside = etree.SubElement(body, "outline", text=folder) if folder else body
        for feed in group:
            node = etree.SubElement(inside, "outline", text=feed.name, title=feed.name, type="rss", xmlUrl=feed.address)
            if feed.lang:
                node.set("language", feed.lang)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
