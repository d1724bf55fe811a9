"""OPML in and out, feeds that a site names, and the packaged list."""

import pytest
from django.core.management import CommandError, call_command

from peacetracker.newsroom import opml
from peacetracker.newsroom.discovery import feeds_of
from peacetracker.newsroom.models import Feed
from tests.newsroom.stories import CALL, a_feed, rss

LIST = b"""<?xml version="1.0"?><opml version="2.0"><head><title>L</title></head><body>
<outline text="AM"><outline text="One" type="rss" xmlUrl="https://one.example.org/rss" language="hy"/></outline>
<outline text="Two &amp; more" xmlURL="https://two.example.org/atom"/>
<outline text="Two" xmlUrl="https://two.example.org/atom"/>
<outline text="Bad" xmlUrl="file:///etc/passwd"/><outline text="No feed"/></body></opml>"""
PAGE = b"""<html><head><base href="/en/"><link rel="alternate" type="application/rss+xml" href="/comments/feed"
 title="Comments">
<link REL="alternate" TYPE="application/atom+xml" HREF="news.atom" title=" The
 news "><link rel="alternate" hreflang="hy" href="/hy/">
<link rel="alternate" type="application/rss+xml" href="data:x"></head></html>"""


def test_it_reads_a_list_and_takes_each_address_once():
    assert opml.read(LIST) == [
        opml.Outline("https://one.example.org/rss", "One", "hy", "AM"),
        opml.Outline("https://two.example.org/atom", "Two & more"),
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not well-formed"),
        (b"<html><body>", "not well-formed"),
        (b"<rss/>", "<rss>"),
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml><body><outline xmlUrl='https://&a;.org/'/></body></opml>", "DTD"),
        (b"<!DOCTYPE opml SYSTEM 'file:///etc/passwd'><opml/>", "DTD"),
        (b"<opml>" + b" " * opml.MOST_BYTES + b"</opml>", "5 MiB"),
    ],
    ids=["empty", "html", "rss", "bomb", "outside", "huge"],
)
def test_it_says_what_is_no_list(data, problem):
    with pytest.raises(opml.NotOPML, match=problem):
        opml.read(data)


def test_it_writes_what_it_reads():
    outlines = [
        opml.Outline("https://a.example.org/?x=1&y=2", "<A> & “B”", "az", "AZ"),
        opml.Outline("https://c.org/", "C"),
    ]
    assert sorted(opml.read(opml.write(outlines, title="T")), key=lambda one: one.name) == outlines


@pytest.mark.usefixtures("world")
def test_it_imports_a_list_switched_off_and_keeps_what_is_there(tmp_path, capsys):
    mine = a_feed("https://one.example.org/rss")
    path = tmp_path / "list.opml"
    path.write_bytes(LIST)
    for _ in range(2):
        call_command("feeds", import_from=str(path))
    assert "1 of them new" in capsys.readouterr().out
    assert list(Feed.objects.order_by("pk").values_list("address", "enabled")) == [
        (mine.address, True),
        ("https://two.example.org/atom", False),
    ]
    call_command("feeds", export=True)
    assert {one.address for one in opml.read(capsys.readouterr().out.encode())} == set(
        Feed.objects.values_list("address", flat=True)
    )


def test_it_finds_the_feeds_that_a_page_names_comments_last():
    assert [(offer.address, offer.title) for offer in feeds_of(PAGE, "https://example.org/x")] == [
        ("https://example.org/en/news.atom", "The news"),
        ("https://example.org/comments/feed", "Comments"),
    ]


@pytest.mark.parametrize("page", [b"", b" ", b"\x00\xff", b"<", b"plain text", b"<html>" * 500])
def test_it_finds_no_feeds_where_there_are_none(page):
    assert feeds_of(page, "https://example.org/") == []


@pytest.mark.usefixtures("world")
def test_it_adds_the_feed_of_a_site(site, capsys):
    site.pages["/"] = b'<html><head><link rel=alternate type="application/rss+xml" href="/rss"></head><p>Hi</p></html>'
    site.pages["/rss"] = rss(("https://example.org/a", "Call", CALL))
    call_command("feeds", add=site.url("/"))
    assert list(Feed.objects.values_list("address", "name", "enabled")) == [(site.url("/rss"), "T", False)]
    with pytest.raises(CommandError, match="404"):
        call_command("feeds", add=site.url("/nothing"))


@pytest.mark.usefixtures("world")
def test_it_keeps_the_packaged_list_and_what_editors_made_of_it(settings):
    call_command("sync_feeds")
    real = Feed.objects.exclude(address__startswith="sample:")
    assert not real.filter(enabled=True).exists()
    assert all(feed.note and feed.lang for feed in real)
    assert not [address for address in real.values_list("address", flat=True) if not address.startswith("http")]
    one, moved = real[0], real[1]
    Feed.objects.filter(pk=moved.pk).update(address="https://example.org/moved")
    Feed.objects.filter(pk=one.pk).update(name="Mine", enabled=True, pace_minutes=17)
    count = Feed.objects.count()
    call_command("sync_feeds")
    one.refresh_from_db()
    assert (one.name, one.enabled, one.pace_minutes, Feed.objects.count()) == ("Mine", True, 17, count)
