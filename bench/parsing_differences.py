"""Where our reading of sample feeds differs from feedparser's.

    python bench/parsing_differences.py DIR [--all]

DIR holds feeds, for instance the `tests` folder of a feedparser checkout. Every difference is printed with its file;
whether feedparser or we are right is for a reader to judge. `--all` also prints what we read and feedparser does not.
"""

import calendar
import collections
import pathlib
import re
import sys
from datetime import UTC, datetime

import feedparser
import lxml.html

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from peacetracker.newsroom.parsing import NotAFeed, fast, parse
from peacetracker.newsroom.parsing.encoding import to_utf8

HEADER = re.compile(rb"^Header:\s+([^:]+):(.*)$", re.M)
SPACE = re.compile(r"\s+")


def text_of(html):
    """Another way from HTML to text than the one under test."""
    if "<" in html or "&" in html:
        try:
            tree = lxml.html.fromstring(f"<div>{html}</div>")
        except (ValueError, lxml.etree.ParserError):
            return html
        for unseen in tree.xpath("//script | //style | //comment()"):
            unseen.drop_tree()
        html = tree.text_content()
    return SPACE.sub("", html)


def title_of(node):
    plain = (node.get("title_detail") or {}).get("type") == "text/plain"
    return SPACE.sub("", node.get("title", "")) if plain else text_of(node.get("title", ""))


def moment(parsed):
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError):
        return None


def theirs(found):
    rows = []
    for entry in found.entries:
        content = entry.get("content") or [{}]
        rows.append(
            {
                "title": title_of(entry),
                "link": entry.get("link", ""),
                "guid": entry.get("id", ""),
                "summary": text_of(dict.get(entry, "summary", "")),
                "content": text_of(content[0].get("value", "")),
                "author": SPACE.sub(" ", entry.get("author", "")),
                "published": moment(dict.get(entry, "published_parsed")),
                "updated": moment(dict.get(entry, "updated_parsed")),
            }
        )
    return rows


def ours(parsed):
    return [
        {
            "title": SPACE.sub("", entry.title),
            "link": entry.link,
            "guid": entry.guid,
            "summary": text_of(entry.summary),
            "content": text_of(entry.content),
            "author": entry.author,
            "published": entry.published,
            "updated": entry.updated,
        }
        for entry in parsed.entries
    ]


def compare(data, content_type, location):
    """Yield (field, theirs, ours) for all that differs."""
    headers = {}
    if content_type:
        headers["content-type"] = content_type
    if location:
        headers["content-location"] = location
    found = feedparser.parse(data, response_headers=headers)
    try:
        parsed = parse(data, content_type, base_url=location)
    except NotAFeed as error:
        if found.entries or found.version or found.feed:
            yield "feed", f"{found.version} {len(found.entries)} {dict(found.feed)}"[:300], str(error)
        return
    title = title_of(found.feed)
    if title != SPACE.sub("", parsed.title):
        yield "feed title", title, parsed.title
    if len(parsed.entries) != len(found.entries):
        yield "entries", len(found.entries), len(parsed.entries)
    for left, right in zip(theirs(found), ours(parsed), strict=False):
        for name, value in left.items():
            if value != right[name]:
                yield name, value, right[name]


def main(folder, everything):
    files = fast_count = 0
    fields, differing = collections.Counter(), set()
    for path in sorted(folder.rglob("*")):
        if path.suffix not in {".xml", ".json"}:
            continue
        data = path.read_bytes()
        sent = {name.decode().strip().lower(): value.decode().strip() for name, value in HEADER.findall(data)}
        files += 1
        location = sent.get("content-location", "")
        fast_count += fast.read(to_utf8(data, sent.get("content-type"))[0], location).parsed is not None
        for name, left, right in compare(data, sent.get("content-type"), location):
            if left or everything:
                fields[name] += 1
                differing.add(path)
                print(f"{path.relative_to(folder)}  {name}")
                print(f"    theirs {str(left)[:300]!r}\n    ours   {str(right)[:300]!r}")
    print(f"{files} files, {fast_count} on the fast path, {len(differing)} with a difference: {dict(fields)}")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), "--all" in sys.argv)
