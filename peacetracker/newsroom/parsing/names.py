"""Names of elements, freed of the many namespaces that feeds put the same element in."""

from lxml import etree

PLAIN = (  # formats that use no prefix: their elements mean the same whichever of them says it
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://purl.org/rss/1.0/modules/rss091#",
    "http://www.w3.org/2005/atom",
)
PREFIXES = {
    **dict.fromkeys(PLAIN, ""),
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://search.yahoo.com/mrss/": "media",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://purl.org/syndication/thread/1.0": "thr",
}
MEANINGFUL = {"dc", "dcterms", "content", "itunes", "media", "rdf", "xhtml", "atom", "psc", "georss"}
ODD = "?"


class Names(dict[object, str]):
    """`prefix:name` in small letters by tag, computed once a document."""

    def of(self, element: etree._Element) -> str:
        tag = element.tag
        try:
            return self[tag]
        except KeyError:
            self[tag] = name = plain_name(tag, element.prefix)
            return name


def plain_name(tag: object, prefix: str | None) -> str:
    """The common name of an element; ODD for one whose prefix promises another namespace than it has."""
    if not isinstance(tag, str):
        return ODD  # an entity that was not resolved
    space, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    known = PREFIXES.get(space.lower()) if space else ""
    if known is None:
        return ODD if prefix in MEANINGFUL or not prefix else f"{prefix}:{local}".lower()
    return f"{known}:{local}".lower() if known else local.lower()
