"""Events as an iCalendar (RFC 5545): all-day events; a month or year is a span that says so, and blocks no day."""

from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
from django.utils.translation import gettext as _

from peacetracker.core.dates import DAY, MONTH, widest
from peacetracker.diplomacy.choices import Status

STATUSES = {Status.HELD: "CONFIRMED", Status.SCHEDULED: "TENTATIVE"}
# SEQUENCE grows with every version: the seconds since this moment at which it was recorded.
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def fold(line: str) -> str:
    """At most 75 octets a line, no character cut in two."""
    parts, part, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > 75:
            parts.append(part)
            part, size = " ", 1
        part, size = part + letter, size + octets
    return "\r\n".join([*parts, part]) + "\r\n"


def escape(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "")):
        text = text.replace(plain, escaped)
    return text


def span_note(document: dict[str, Any]) -> str:
    if document["date_precision"] == DAY:
        return ""
    if document["date_precision"] == MONTH:
        return str(_("The day is not known, only the month."))
    return str(_("The day is not known, only the year."))


def vevent(document: dict[str, Any], *, site: str, authority: str) -> Iterator[str]:
    first, last = astuple(widest(date.fromisoformat(document["date"]), document["date_precision"]))
    if document["end_date"]:
        last = max(last, date.fromisoformat(document["end_date"]))
    at = datetime.fromisoformat(document["updated_at"])
    mark = "" if document["status"] == Status.HELD else f"[{Status(document['status']).label}] "
    description = "\n\n".join(filter(None, [document["summary"], span_note(document), document["note"]]))
    yield "BEGIN:VEVENT"
    yield f"UID:{document['slug']}@{authority}"
    yield f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}"
    yield f"LAST-MODIFIED:{at:%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{max(int((at - EPOCH).total_seconds()), 0)}"
    yield f"DTSTART;VALUE=DATE:{first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escape(mark + document['title'])}"
    yield f"DESCRIPTION:{escape(description)}"
    yield f"STATUS:{STATUSES.get(document['status'], 'CANCELLED')}"
    yield "TRANSP:TRANSPARENT"
    yield f"CATEGORIES:{','.join(escape(name) for name in [document['kind'], *document['topics']])}"
    yield f"URL:{site}{document['url']}"
    if place := document["place"]:
        yield f"LOCATION:{escape(place['name'])}"
        yield f"GEO:{place['lat']:.5f};{place['lon']:.5f}"
    yield "END:VEVENT"


def calendar_lines(texts: Iterable[bytes], *, site: str, authority: str) -> Iterator[str]:
    name = escape(_("Peace Tracker"))
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{authority}//Peace Tracker//EN", "CALSCALE:GREGORIAN")
    yield "".join(map(fold, [*head, f"X-WR-CALNAME:{name}"]))
    for text in texts:
        yield "".join(map(fold, vevent(orjson.loads(text), site=site, authority=authority)))
    yield fold("END:VCALENDAR")
