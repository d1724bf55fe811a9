"""HTML made safe, and text taken out of it."""

import re
from functools import lru_cache
from html import escape, unescape
from html.entities import html5
from typing import Literal

import nh3

SPACE = re.compile(r"\s+")
TAG = re.compile(r"<[a-zA-Z/!?](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>")
# Elements around which a reader sees a gap; all others run on inside a word.
GAP = re.compile(
    r"<(?=/?(?:p|div|br|hr|li|[uod]l|d[dt]|table|t[rdh]|h[1-6]|blockquote|pre|section|article|fig\w+|aside|summary)\b)",
    re.I,
)
# Elements whose text a browser would not read as markup, or the cleaner drops with what they hold: unwrapped first, so
# that their text is seen and cleaned. The second list only where the first has found the outer element.
WRAPPING = re.compile(
    r"</?(?=[smintpx])(?:svg|math|iframe|noembed|noframes|noscript|xmp|plaintext|textarea|title|select)\b[^>]*>", re.I
)
FOREIGN = re.compile(
    r"</?(?:m(?:row|i|o|n|s|text|frac|sup|sub|subsup|sqrt|root|style|padded|phantom|space|table|tr|td|over|under"
    r"|underover|error|enclose)|semantics|annotation(?:-xml)?|g|text|tspan|desc|metadata|defs|foreignobject|switch"
    r"|symbol|path|rect|circle|ellipse|line|polyline|polygon)\b[^>]*>",
    re.I,
)
DECLARATION = re.compile(r"<!(?!--)")
# Elements that stay open till they are closed, each inside the one before. Cleaning takes the square of their depth.
NESTING = re.compile(r"<(/?)(?!(?:br|hr|img|wbr|input|p|li|td|th|tr|dt|dd|option)\b)[a-z]", re.I)
DEEPEST = 500
CDATA = re.compile(r"\s*<!\[CDATA\[(.*)\]\]>\s*\Z", re.S)
CLOSING_OR_ENTITY = re.compile(r"</\w+>|&#?\w+;")
TAG_NAME = re.compile(r"</?(\w+)")
ENTITY_NAME = re.compile(r"&(\w+);")
MORE_TAGS = """
audio big blink button canvas command datagrid dialog dir fieldset font form input keygen label legend main menu meter
multicol noscript optgroup option output param picture progress script section select source spacer style textarea tfoot
track video
"""
HTML_TAGS = nh3.ALLOWED_TAGS | set(MORE_TAGS.split())


@lru_cache(maxsize=128)
def cleaner(base: str) -> nh3.Cleaner:
    """Cleaners are dear to make: one for each address that relative links start from."""
    try:
        return _cleaner(("rewrite_with_base", base) if base else None)
    except ValueError:  # no address that anything could be relative to
        return _cleaner(None)


def _cleaner(url_relative: tuple[Literal["rewrite_with_base"], str] | None) -> nh3.Cleaner:
    return nh3.Cleaner(
        clean_content_tags={"script", "style", "applet"},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
        url_relative=url_relative,
    )


def safe_html(html: str, base: str = "") -> str:
    """The same HTML without anything that runs or leads to other than web addresses.

    `base` is the address that relative links start from.
    """
    if "<" not in html and "&" not in html:
        return html
    if "<" not in html:
        return escape(unescape(html), quote=False)
    if "<!" in html:
        html = _untangle(html)
    if html.count("<") > DEEPEST and is_too_deep(html):
        return escape(unescape(SPACE.sub(" ", TAG.sub(" ", html))), quote=False).strip()
    if WRAPPING.search(html):
        html = FOREIGN.sub("", WRAPPING.sub(" ", html))
    return cleaner(base).clean(html).strip()


def is_too_deep(html: str) -> bool:
    """Whether elements are nested deeper than any page means."""
    depth = 0
    for match in NESTING.finditer(html):
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        if depth > DEEPEST:
            return True
    return False


def _untangle(html: str) -> str:
    """Keep the text after a comment or declaration that never ends, and inside of CDATA that was wrapped twice."""
    wrapped = CDATA.match(html)
    if wrapped and plain_text(wrapped.group(1)):
        html = wrapped.group(1)
    start = html.rfind("<!--")
    if start > html.rfind("-->"):
        html = html[:start] + html[start:].partition(">")[2]
    html = html.replace("<![CDATA[", "&lt;![CDATA[")
    finished = html.rfind(">") + 1
    return html[:finished] + DECLARATION.sub("&lt;!", html[finished:])


def plain_text(html: str) -> str:
    """What a reader of the HTML sees, white space folded."""
    return text_of_safe(safe_html(html))


def text_of_safe(html: str) -> str:
    """The text of HTML that `safe_html` made."""
    if "<" in html:
        html = TAG.sub("", GAP.sub(" <", html))
    if "&" in html:
        html = unescape(html)
    return SPACE.sub(" ", html).strip()


def looks_like_html(text: str) -> bool:
    """Whether a text that ought to be plain is HTML after all: has a closing tag or an entity, and none unknown."""
    return bool(
        ("<" in text or "&" in text)
        and CLOSING_OR_ENTITY.search(text)
        and all(name.lower() in HTML_TAGS for name in TAG_NAME.findall(text))
        and all(f"{name};" in html5 for name in ENTITY_NAME.findall(text))
    )


def title_text(raw: str, *, html: bool | None = None) -> str:
    """A title as plain text. `html` says what it is written in; None: to be guessed, as RSS leaves it open."""
    if html is None:
        html = looks_like_html(raw)
    return plain_text(raw) if html else " ".join(raw.split())


def text_as_html(text: str) -> str:
    """Plain text as HTML that shows the same."""
    return escape(text, quote=False)


def html_of(text: str, base: str, *, html: bool) -> str:
    """A summary or content as safe HTML. What is called plain but looks like HTML is taken for HTML."""
    return safe_html(text, base) if html or looks_like_html(text) else text_as_html(text)
