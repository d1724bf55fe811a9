"""Feeds as they are, odd and hostile ones among them."""

from datetime import UTC, datetime

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
        ("05/06/2024", None),
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
