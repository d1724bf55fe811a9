"""Feeds of any format and encoding, read by a strict fast path and, where that declines, by a tolerant one."""

from peacetracker.newsroom.parsing.markup import plain_text, safe_html
from peacetracker.newsroom.parsing.model import Entry, NotAFeed, Parsed, entry_key, keyed
from peacetracker.newsroom.parsing.reading import parse

__all__ = ["Entry", "NotAFeed", "Parsed", "entry_key", "keyed", "parse", "plain_text", "safe_html"]
