"""The strict fast path: well-formed RSS 0.9x to 2.0, RSS 1.0 and Atom 1.0 of the usual kind, read by lxml.

It knows what each usual element means and declines a document that holds anything else that could change a field.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from peacetracker.newsroom.parsing.model import (
    Entry,
    Parsed,
    days_of_week,
    hours_of_day,
    primary_language,
    whole_minutes,
)
from peacetracker.newsroom.parsing.names import ODD, Names
from peacetracker.newsroom.parsing.values import (
    Odd,
    html_value,
    leaf_text,
    link_value,
    moment,
    resolve,
    title_value,
)

PARSER = etree.XMLParser(
    encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)
# Controls of Windows-1252 and UTF-8 that was taken for Latin-1, as bytes and as references.
CONTROLS, TWICE_ENCODED = re.compile(rb"\xc2[\x80-\x9f]"), re.compile(rb"\xc3[\x80-\xbf]\xc2")
REFERENCES = re.compile(rb"&#(?:1[2-5]\d|195|0\d*|[xX](?:[89]|[cC]3|0)\w?);")
RSS_KINDS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RDF_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
MISLEADING = {"base", "href", "lastmod", "lang"}  # attributes that would change the meaning of what is inside
CONTAINERS = {  # what may have children without a meaning for our fields
    *("image", "textinput", "skipdays", "skiphours", "cloud", "items", "contributor", "source", "subtitle"),
    *("rights", "generator", "itunes:owner", "itunes:category", "media:group", "media:content", "media:thumbnail"),
}
UNSURE_IN_FEED = {ODD, "item", "entry", "channel", "feed", "media:title"}
IN_MEDIA = {"media:group", "media:content"}
UNSURE = {  # what is read in more than one way, or changes what stands around it
    *(
        ODD,
        "abstract",
        "body",
        "xhtml:body",
        "fullitem",
        "info",
        "name",
        "email",
        "textinput",
        "channel",
        "feed",
        "rss",
    ),
    *("item", "entry", "itunes:summary", "dc:description", "media:description", "tags", "links", "authors", "svg"),
    *(
        "rdf:rdf",
        "xhtml:div",
        "div",
        "feedburner:browserfriendly",
        "dc:language",
        "language",
        "itunes:name",
        "itunes:email",
    ),
}


@dataclass(slots=True)
class Attempt:
    """What the fast path made of a document: nothing if it declined. `well_formed` says whether XML was the cause."""

    parsed: Parsed | None = None
    well_formed: bool = True


@dataclass(slots=True)
class Document:
    """What holds for all entries of one document."""

    atom: bool
    base: str  # address against which links are resolved
    html_base: str  # the same for links inside HTML, or the page that the feed belongs to
    names: Names
    handlers: "dict[object, Handler]" = field(default_factory=dict)

    def handler_of(self, element: etree._Element) -> "Handler":
        name = self.names.of(element)
        known = (ATOM_ENTRY if self.atom else RSS_ITEM).get(name)
        return known or (_on_odd if name in UNSURE else _passer_over(name))


@dataclass(slots=True)
class Item:
    """An entry while it is read."""

    document: Document
    entry: Entry = field(default_factory=Entry)
    link: str | None = None
    guid_link: str | None = None
    summary: str | None = None
    content: str | None = None
    media: bool = False


def read(data: bytes, base_url: str = "") -> Attempt:
    """Read UTF-8 `data`, or decline."""
    if b"xml:base" in data or has_faults(data):
        return Attempt()
    try:
        root = etree.fromstring(data, PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return Attempt(well_formed=False)
    if root.getroottree().docinfo.internalDTD is not None:
        return Attempt()
    try:
        return Attempt(_read_root(root, base_url))
    except Odd:
        return Attempt()


def has_faults(data: bytes) -> bool:
    """Whether the document holds characters that the tolerant path would put right."""
    if b"\xc2" in data and (CONTROLS.search(data) or TWICE_ENCODED.search(data)):
        return True
    return b"&#" in data and bool(REFERENCES.search(data))


def _read_root(root: etree._Element, base_url: str) -> Parsed:
    names = Names()
    name = names.of(root)
    _check_attributes(root)
    document = Document(name == "feed", base_url, base_url, names)
    if document.atom and etree.QName(root).namespace == "http://www.w3.org/2005/Atom":
        return _read_channel(root, list(root), Parsed(kind="atom10"), document)
    channels = [child for child in root if names.of(child) == "channel"]
    if name not in {"rss", "rdf:rdf"} or len(channels) != 1:
        raise Odd(name)
    _check_attributes(channels[0])
    outside = [child for child in root if child is not channels[0]]
    if any(names.of(child) not in {"item", "image", "textinput"} for child in outside):
        raise Odd(name)
    parsed = Parsed(kind=_rss_kind(root, name))
    return _read_channel(root, [*channels[0], *outside], parsed, document)


def _rss_kind(root: etree._Element, name: str) -> str:
    version = root.get("version", "")
    if name == "rdf:rdf":
        return "rss10" if "http://purl.org/rss/1.0/" in root.nsmap.values() else "rss090"
    return RSS_KINDS.get(version) or ("rss20" if version.startswith("2.") else "rss")


def _check_attributes(element: etree._Element) -> None:
    for attribute in element.attrib:
        if str(attribute).lower() in MISLEADING:
            raise Odd(attribute)


def _read_channel(root: etree._Element, nodes: list[etree._Element], parsed: Parsed, document: Document) -> Parsed:
    """The feed's own fields, then its entries, which may need them."""
    items = []
    parsed.lang = primary_language(root.get(XML_LANG))
    for node in nodes:
        name = document.names.of(node)
        if name == ("entry" if document.atom else "item"):
            items.append(node)
        else:
            _channel_field(name, node, parsed, document)
    if not document.html_base and parsed.link.startswith(("http://", "https://")):
        document.html_base = parsed.link
    parsed.entries = [_read_item(node, document, parsed.lang) for node in items]
    return parsed


def _channel_field(name: str, node: etree._Element, parsed: Parsed, document: Document) -> None:
    if name == "title" or name == "dc:title":
        parsed.title = parsed.title or title_value(node, atom=document.atom)
    elif name == "link":
        link = link_value(node, document.base)
        parsed.link = parsed.link if link is None else link
    elif name in {"language", "dc:language"}:
        parsed.lang = primary_language(leaf_text(node))
    elif name == "ttl":
        parsed.ttl_minutes = whole_minutes(leaf_text(node))
    elif name == "skiphours":
        parsed.skip_hours = hours_of_day((part.text or "").strip() for part in node)
    elif name == "skipdays":
        parsed.skip_days = days_of_week((part.text or "").strip() for part in node)
    elif name in UNSURE_IN_FEED or (len(node) and name not in CONTAINERS and name != "author"):
        raise Odd(name)


def _read_item(node: etree._Element, document: Document, lang: str | None) -> Entry:
    item = Item(document)
    entry = item.entry
    entry.lang = lang
    if node.items():
        _check_attributes(node)
        entry.guid = node.get(RDF_ABOUT, "")
        entry.lang = primary_language(node.get(XML_LANG)) or lang
    handlers = document.handlers
    for child in node:
        tag = child.tag
        handler = handlers.get(tag)
        if handler is None:
            handler = handlers[tag] = document.handler_of(child)
        handler(item, child)
    if item.media and (not entry.title or item.summary is None):
        raise Odd("media")
    link = item.link if item.link is not None else item.guid_link
    entry.link = link or ""
    entry.content = item.content or ""
    entry.summary = item.content or "" if item.summary is None else item.summary
    return entry


def _passer_over(name: str) -> "Handler":
    """What to do at an element without a meaning for our fields."""
    if name in IN_MEDIA:
        return _on_media_group
    if name.startswith("media:"):
        return _on_media if name in CONTAINERS else _on_media_leaf
    return _skip if name in CONTAINERS else _on_leaf


def _skip(item: Item, node: etree._Element) -> None:
    """Whatever is in it, it changes none of our fields."""


def _on_leaf(item: Item, node: etree._Element) -> None:
    """Without a meaning for us as long as it holds but text."""
    if len(node):
        raise Odd(node.tag)


def _on_media(item: Item, node: etree._Element) -> None:
    item.media = True


def _on_media_leaf(item: Item, node: etree._Element) -> None:
    item.media = True
    _on_leaf(item, node)


def _on_media_group(item: Item, node: etree._Element) -> None:
    item.media = True
    if any(item.document.names.of(inner) in UNSURE for inner in node.iterdescendants()):
        raise Odd(node.tag)


def _on_title(item: Item, node: etree._Element) -> None:
    title = title_value(node, atom=item.document.atom)
    if title and not item.entry.title:
        item.entry.title = title


def _on_link(item: Item, node: etree._Element) -> None:
    link = link_value(node, item.document.base)
    if link is not None:
        item.link = link


def _on_guid(item: Item, node: etree._Element) -> None:
    guid = leaf_text(node)
    said = node.items()
    if not said or next((value for name, value in said if str(name).lower() == "ispermalink"), "true") == "true":
        guid = item.guid_link = resolve(item.document.base, guid)
    item.entry.guid = guid


def _on_description(item: Item, node: etree._Element) -> None:
    if item.summary is not None:
        raise Odd("description")
    item.summary = html_value(node, "html", item.document.html_base)


def _on_summary(item: Item, node: etree._Element) -> None:
    if item.summary is not None:
        raise Odd("summary")
    item.summary = html_value(node, "text", item.document.html_base)


def _on_encoded(item: Item, node: etree._Element) -> None:
    if item.content is not None:
        raise Odd("content")
    item.content = html_value(node, "html", item.document.html_base)


def _on_content(item: Item, node: etree._Element) -> None:
    if item.content is not None:
        raise Odd("content")
    item.content = html_value(node, "text", item.document.html_base)


def _on_author(item: Item, node: etree._Element) -> None:
    item.entry.author = " ".join(leaf_text(node).split())


def _on_person(item: Item, node: etree._Element) -> None:
    """An Atom author: `name (email)`."""
    said = {item.document.names.of(part): leaf_text(part) for part in node}
    if not len(node):
        raise Odd("author")
    name, email = said.get("name", ""), said.get("email", "")
    item.entry.author = " ".join((f"{name} ({email})" if name and email else name or email).split())


def _on_published(item: Item, node: etree._Element) -> None:
    item.entry.published = moment(node)


def _on_updated(item: Item, node: etree._Element) -> None:
    item.entry.updated = moment(node)


def _on_odd(item: Item, node: etree._Element) -> None:
    raise Odd(node.tag)


Handler = Callable[[Item, etree._Element], None]
COMMON: dict[str, Handler] = {
    "title": _on_title,
    "dc:title": _on_title,
    "link": _on_link,
    "guid": _on_guid,
    "id": _on_guid,
    "content:encoded": _on_encoded,
    "dc:creator": _on_author,
    "dc:author": _on_author,
    "itunes:author": _on_author,
    "published": _on_published,
    "pubdate": _on_published,
    "issued": _on_published,
    "dcterms:issued": _on_published,
    "updated": _on_updated,
    "modified": _on_updated,
    "lastbuilddate": _on_updated,
    "dc:date": _on_updated,
    "dcterms:modified": _on_updated,
    "created": _on_odd,
    "dcterms:created": _on_odd,
    "image": _on_odd,
}
RSS_ITEM: dict[str, Handler] = {
    **COMMON,
    "description": _on_description,
    "author": _on_author,
    "managingeditor": _on_author,
    "summary": _on_odd,
    "content": _on_odd,
}
ATOM_ENTRY: dict[str, Handler] = {
    **COMMON,
    "summary": _on_summary,
    "content": _on_content,
    "author": _on_person,
    "description": _on_odd,
    "managingeditor": _on_odd,
}
