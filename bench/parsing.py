"""Speed of feed parsing, with sanitising done, as a ratio to feedparser in the same run.

    python bench/parsing.py [FEEDS] [ITEMS]

Makes FEEDS feeds (60, in which every mixture occurs) of ITEMS entries (50) in several formats and four languages, and
reads each with both.
"""

import html
import io
import pathlib
import random
import sys
import time

import feedparser

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from peacetracker.newsroom.parsing import parse

WORDS = {
    "en": "the ministers of Armenia and Azerbaijan met in Washington to talk about a peace treaty border roads",
    "ru": "министры Армении и Азербайджана встретились в Москве чтобы обсудить мирный договор и границу дороги",
    "hy": "Հայաստանի և Ադրբեջանի նախարարները հանդիպել են Վաշինգտոնում քննարկելու խաղաղության պայմանագիրը",
    "az": "Ermənistan və Azərbaycan nazirləri Vaşinqtonda görüşərək sülh müqaviləsini və sərhədi müzakirə ediblər",
}
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>News {n}</title><link>https://news{n}.example.org/</link><description>All the news</description>
<atom:link href="https://news{n}.example.org/rss" rel="self" type="application/rss+xml"/><language>{lang}</language>
<ttl>15</ttl>{items}</channel></rss>"""
RSS_ITEM = """<item><title>{title}</title><link>https://news{n}.example.org/{id}?a=1&amp;b=2</link>
<guid isPermaLink="false">{id}</guid><pubDate>Fri, {day:02d} Aug 2025 12:{minute:02d}:00 +0400</pubDate>
<dc:creator>Newsdesk</dc:creator><category>Politics</category><description>{teaser}</description>{content}</item>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{lang}">
<title>News {n}</title><link href="https://news{n}.example.org/"/><id>urn:news:{n}</id>
<updated>2025-08-08T12:00:00Z</updated>{items}</feed>"""
ATOM_ENTRY = """<entry><title>{title}</title><link rel="alternate" href="https://news{n}.example.org/{id}"/>
<id>urn:news:{n}:{id}</id><published>2025-08-{day:02d}T12:{minute:02d}:00+04:00</published>
<updated>2025-08-{day:02d}T12:{minute:02d}:30Z</updated><author><name>Newsdesk</name></author>
<summary type="html">{teaser}</summary></entry>"""


def sentence(chance, lang, count):
    words = WORDS[lang].split()
    return " ".join(chance.choice(words) for _ in range(count))


def teaser(chance, lang):
    link = '<a href="https://example.org/x?y=1" onclick="go()">more</a>'
    first, name, second = (sentence(chance, lang, count) for count in (25, 3, 20))
    return f"<p>{first} <b>{name}</b>.</p><p>{second} {link}</p>"


def feed(number, items, chance):
    lang = list(WORDS)[number % 4]
    shape, outer = (ATOM_ENTRY, ATOM) if number % 3 == 2 else (RSS_ITEM, RSS)
    parts = []
    for n in range(items):
        full = f"<content:encoded><![CDATA[{teaser(chance, lang) * 3}]]></content:encoded>" if number % 5 == 0 else ""
        fields = {"n": number, "id": f"{number}-{n}", "day": n % 28 + 1, "minute": n % 60, "content": full}
        title = html.escape(sentence(chance, lang, 9))
        parts.append(shape.format(title=title, teaser=html.escape(teaser(chance, lang)), **fields))
    return outer.format(n=number, lang=lang, items="".join(parts)).encode()


def rates(readers, bodies, rounds=5):
    """Entries a second of processor time of each reader. The readers take turns, and each one's best round counts, so
    that what else the machine does weighs on all of them alike."""
    best = [0.0] * len(readers)
    for _ in range(rounds):
        for number, read in enumerate(readers):
            start = time.process_time()
            count = sum(len(read(body).entries) for body in bodies)
            best[number] = max(best[number], count / (time.process_time() - start))
    return best


def main(feeds=60, items=50):
    chance = random.Random(1)
    bodies = [feed(number, items, chance) for number in range(feeds)]
    ours, theirs = rates([parse, lambda body: feedparser.parse(io.BytesIO(body))], bodies)
    print(
        f"feed parsing, sanitised: {ours:,.0f} entries/s; feedparser {theirs:,.0f}; ratio {ours / theirs:.1f} (>= 10)"
    )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
