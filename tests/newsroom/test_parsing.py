"""Feeds as they are, odd and hostile ones among them."""

import re
import time
from contextlib import suppress
from datetime import UTC, datetime
from html import escape

import lxml.html
import pytest

from peacetracker.newsroom.parsing import NotAFeed, keyed, parse
from peacetracker.newsroom.parsing.dates import parse_date

RSS = '<rss version="2.0"><channel><title>News</title><item><title>{title}</title>{rest}</item></channel></rss>'


def entry(title="Talks", rest="", encoding="utf-8"):
    return parse(RSS.format(title=title, rest=rest).encode(encoding)).entries[0]


def test_it_keeps_a_bare_ampersand():
    assert entry("R&D talks").title == "R&D talks"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "utf-16", "utf-32"])
def test_it_reads_encodings_that_nobody_declared(encoding):
    title = "Встреча министров иностранных дел в Ереване"
    assert entry(title, encoding=encoding).title == title


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Fri, 08 Aug 2025 12:00:00 MSK", datetime(2025, 8, 8, 9, tzinfo=UTC)),
        ("06.04.2024", datetime(2024, 4, 6, tzinfo=UTC)),
        ("6 апреля 2024 г., 10:00", datetime(2024, 4, 6, 10, tzinfo=UTC)),
        ("8 օգոստոսի 2025", datetime(2025, 8, 8, tzinfo=UTC)),
        ("8 avqust 2025", datetime(2025, 8, 8, tzinfo=UTC)),
        ("14:30, 8 августа 2025", datetime(2025, 8, 8, 14, 30, tzinfo=UTC)),
        ("Пт, 8 авг. 2025 14:30:00 MSK", datetime(2025, 8, 8, 11, 30, tzinfo=UTC)),
        ("2025 թ. օգոստոսի 8", datetime(2025, 8, 8, tzinfo=UTC)),
        ("2025 թվականի օգոստոսի 8-ին", datetime(2025, 8, 8, tzinfo=UTC)),
        ("2025-ci il avqustun 8-i", datetime(2025, 8, 8, tzinfo=UTC)),
        ("8 İYUN 2025-ci il, 14:30", datetime(2025, 6, 8, 14, 30, tzinfo=UTC)),
        ("14:30 | 08.08.2025", datetime(2025, 8, 8, 14, 30, tzinfo=UTC)),
        ("21 July 2025 14:01 (UTC+04:00)", datetime(2025, 7, 21, 10, 1, tzinfo=UTC)),
        ("Friday, August 8, 2025 - 14:30", datetime(2025, 8, 8, 14, 30, tzinfo=UTC)),
        ("05/06/2024", None),
        ("31.02.2025", None),
        ("1404/05/17", None),
        ("0001-01-01T00:00:00", None),
        ("soon", None),
    ],
)
def test_it_reads_dates_and_invents_none(said, meant):
    assert parse_date(said) == meant


def test_it_makes_hostile_html_harmless():
    html = "<![CDATA[<p onclick='x()'>safe<script>bad()</script><a href='javascript:bad()'>link</a></p>]]>"
    summary = entry(rest=f"<description>{html}</description>").summary
    assert "safe" in summary
    assert not any(sign in summary for sign in ("script", "onclick", "bad"))


def test_it_expands_no_entity_bomb():
    bomb = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 1000}">]>' + RSS.format(title="&a;" * 300, rest="")
    assert len(parse(bomb.encode()).entries[0].title) < 3000


@pytest.mark.parametrize("body", [b"", b"  ", b"<html><body>Hi</body></html>", b"%PDF-1.4", b'{"a": 1}', b"\x00\xff"])
def test_it_says_what_is_no_feed(body):
    with pytest.raises(NotAFeed):
        parse(body)


def test_it_adds_the_link_to_a_guid_used_twice():
    items = "".join(f"<item><guid>same</guid><link>https://example.org/{n}</link></item>" for n in (1, 2))
    feed = parse(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
    assert [key for key, _entry in keyed(feed.entries)] == ["same", "same https://example.org/2"]


def test_it_reads_a_json_feed():
    feed = parse(b'{"version":"https://jsonfeed.org/version/1.1","title":"N","items":[{"id":"1","title":"T"}]}')
    assert (feed.kind, feed.entries[0].guid, feed.entries[0].title) == ("json11", "1", "T")


FORMATS = {
    "rss090": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>N</title></channel>
        <item><title>Talks</title><link>https://example.org/1</link></item></rdf:RDF>""",
    "rss10": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <channel><title>N</title></channel>
        <item><title>Talks</title><link>https://example.org/1</link></item></rdf:RDF>""",
    "rss091u": """<rss version="0.91"><channel><title>N</title>
        <item><title>Talks</title><link>https://example.org/1</link></item></channel></rss>""",
    "rss20": """<rss version="2.0"><channel><title>N</title>
        <item><title>Talks</title><link>https://example.org/1</link></item></channel></rss>""",
    "atom03": """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>N</title>
        <entry><title>Talks</title><link rel="alternate" href="https://example.org/1"/></entry></feed>""",
    "atom10": """<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title>
        <entry><title>Talks</title><link href="https://example.org/1"/></entry></feed>""",
    "json10": """{"version": "https://jsonfeed.org/version/1", "title": "N",
        "items": [{"title": "Talks", "url": "https://example.org/1"}]}""",
}


@pytest.mark.parametrize("kind", FORMATS)
def test_it_reads_every_format(kind):
    feed = parse(FORMATS[kind].encode())
    assert (feed.kind, feed.title) == (kind, "N")
    assert [(one.title, one.link) for one in feed.entries] == [("Talks", "https://example.org/1")]


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "koi8-r", "utf-16", "mac-cyrillic", "iso-8859-5"])
def test_it_reads_encodings_that_are_declared(encoding):
    title = "Встреча"
    body = f'<?xml version="1.0" encoding="{encoding}"?>{RSS.format(title=title, rest="")}'.encode(encoding)
    assert parse(body).entries[0].title == title


@pytest.mark.parametrize(("name", "codec"), [("mac", "mac-roman"), ("ms-cyrl", "cp1251"), ("cp875", "cp875")])
def test_it_knows_encodings_by_their_other_names(name, codec):
    title = {"mac-roman": "Ä", "cp1251": "Ђ", "cp875": "Ω"}[codec]
    body = f'<?xml version="1.0" encoding="{name}"?>{RSS.format(title=title, rest="")}'.encode(codec)
    assert parse(body).entries[0].title == title


def test_it_believes_the_bytes_more_than_a_wrong_declaration():
    body = f'<?xml version="1.0" encoding="windows-1251"?>{RSS.format(title="Встреча", rest="")}'.encode()
    assert parse(body, "text/xml; charset=iso-8859-1").entries[0].title == "Встреча"


def test_it_reads_when_a_feed_does_not_want_to_be_asked():
    asks = "<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>x</hour></skipHours>"
    days = "<skipDays><day>Sunday</day><day>Someday</day></skipDays>"
    feed = parse(f'<rss version="2.0"><channel><title>N</title>{asks}{days}</channel></rss>'.encode())
    assert (feed.ttl_minutes, feed.skip_hours, feed.skip_days) == (90, {0}, {6})


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<a href=' java\tscript:alert(1)'>x</a><a href='data:text/html,alert(1)'>y</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><object data='javascript:alert(1)'></object>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
    "<style>@import 'javascript:alert(1)';</style><link rel=stylesheet href='javascript:alert(1)'>",
    "<p style='background:url(javascript:alert(1))'>x</p><base href='javascript:alert(1)//'>",
    "<!--><img src=x onerror=alert(1)>-->",
]


@pytest.mark.parametrize("html", HOSTILE)
@pytest.mark.parametrize("wrap", ["<description><![CDATA[{}]]></description>", "<content:encoded>{}</content:encoded>"])
def test_it_leaves_nothing_that_runs(html, wrap):
    body = RSS.format(title="T", rest=wrap.format(html if "CDATA" in wrap else escape(html)))
    one = parse(body.replace("<rss ", '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" ').encode())
    for safe in (one.entries[0].summary, one.entries[0].content):
        for element in lxml.html.fromstring(f"<div>{safe}</div>").iter():
            assert element.tag in {"div", "p", "a", "img", "table", "tbody", "tr", "td", "span", "br"}
            assert not [name for name in element.attrib if name.startswith("on") or name in {"style", "srcdoc"}]
            assert not re.match(r"\s*(?:java\s*script|data):", element.get("href") or element.get("src") or "")


HUGE = {
    "deep XML": b'<rss version="2.0"><channel>' + b"<a>" * 100_000,
    "deep HTML": RSS.format(title="T", rest=f"<description>{'&lt;div>' * 50_000}</description>").encode(),
    "attributes": b'<rss version="2.0"><channel><item ' + b" ".join(b'a%d="1"' % n for n in range(20_000)) + b"/>",
    "declarations": RSS.format(title="T", rest=f"<description>{'&lt;!' * 50_000}</description>").encode(),
    "space": b" " * 2_000_000 + b"<rss/>",
}


@pytest.mark.parametrize("what", HUGE)
def test_it_takes_no_longer_for_a_hostile_document(what):
    started = time.process_time()
    with suppress(NotAFeed):
        parse(HUGE[what])
    assert time.process_time() - started < 5  # each took from half a minute to hours
