"""Feeds that a web page names in its head."""

from dataclasses import dataclass

from lxml import etree
from lxml.html import HTMLParser

from peacetracker.newsroom.addresses import canonical, join

FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
MOST = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that a page offers: its absolute address, and what the page calls it."""

    address: str
    title: str


def tree_of(page: bytes) -> etree._Element | None:
    """The elements of an HTML page; None if there are none."""
    try:
        return etree.fromstring(page, HTMLParser(no_network=True)) if page.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def links_of(page: bytes, url: str, rel: str) -> list[etree._Element]:
    """The `link` elements of a page with this relation, their addresses made absolute against `url`."""
    tree = tree_of(page)
    if tree is None:
        return []
    base = join(url, str(tree.xpath("string(//base/@href)")))
    links = [link for link in tree.iter("link") if rel in link.get("rel", "").lower().split() and link.get("href")]
    for link in links:
        link.set("href", join(base, link.get("href", "").strip()))
    return links


def feeds_of(page: bytes, url: str) -> list[Offer]:
    """The feeds that the page at `url` offers, in its order, each once. Comment feeds come last."""
    offers: dict[str, Offer] = {}
    for link in links_of(page, url, "alternate"):
        address = link.get("href", "")
        if link.get("type", "").split(";")[0].strip().lower() in FEED_TYPES and canonical(address):
            offers.setdefault(address, Offer(address, " ".join(link.get("title", "").split())))
    return sorted(offers.values(), key=lambda offer: "comment" in offer.address.lower())[:MOST]
