"""Small signs of the pages: marks of kinds and stances, dates as well as they are known, names of closed lists."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peacetracker.analysis.timeline import lane_of, was_not_known
from peacetracker.core.dates import MONTH, PARTIAL, SHORT_MONTHS, in_words, parse_partial
from peacetracker.dashboard import links
from peacetracker.dashboard.words import KIND_NAMES, LANE_NAMES, STANCE_NAMES, STATUS_NAMES
from peacetracker.diplomacy import calling
from peacetracker.diplomacy.choices import CommitmentStatus, Kind, Role, Stance, Status
from peacetracker.diplomacy.models import Citation, Event

register = template.Library()

# Parties with a colour of their own; the others share one.
COLOURED = {"AM", "AZ", "EU", "RU", "US", "TR"}


@register.simple_tag
def mark(kind: str, classes: str = "") -> SafeString:
    """The shape of a kind. Always beside a word: it is hidden from those who listen."""
    return format_html(
        '<svg class="mark {}" aria-hidden="true"><use href="#k-{}"></use></svg>', classes, kind
    )  # fmt: skip


@register.simple_tag
def event_mark(event: Event) -> SafeString:
    """Shape = kind, colour = third party, hollow = not held."""
    hollow = "" if event.status == Status.HELD else " hollow"
    return mark(event.kind, lane_class(event) + hollow)


@register.simple_tag
def stance_mark(stance: str, party: str, claim: bool = False) -> SafeString:
    """The sign of a stance in the colour of the party that says it."""
    shape = "claim" if claim else stance
    return format_html(
        '<svg class="mark {}" aria-hidden="true"><use href="#st-{}"></use></svg>', party_class(party), shape
    )


@register.filter
def lane(event: Event) -> str:
    return lane_of(event.kind, event.track)


@register.filter
def lane_class(event: Event | str) -> str:
    name = event if isinstance(event, str) else lane(event)
    return f"lane-{name}"


@register.filter
def lane_name(event: Event | str) -> str:
    return str(LANE_NAMES[event if isinstance(event, str) else lane(event)])


@register.filter
def kind_name(kind: str) -> str:
    return str(KIND_NAMES[Kind(kind)])


@register.filter
def status_name(status: str) -> str:
    return str(STATUS_NAMES[Status(status)])


@register.filter
def stance_name(stance: str) -> str:
    return str(STANCE_NAMES[Stance(stance)])


@register.filter
def party_class(code: str | None) -> str:
    return f"party-{code.lower()}" if code in COLOURED else "party-other"


@register.filter
def short_name(name: str) -> str:
    """A party's name without what stands in brackets behind it."""
    return calling.short(name)


@register.filter
def called(name: str) -> str:
    """A name of the record in the reader's language; where it is known in English alone, marked as English."""
    name = str(name)
    return in_english(name) if name and calling.is_english(name) else calling.called(name)


@register.filter
def in_english(text: str) -> SafeString:
    """A text of the record within a sentence of the page."""
    return format_html('<span lang="en">{}</span>', text)


@register.filter
def called_list(names: Iterable[str]) -> list[str]:
    return [calling.called(name) for name in names]


@register.filter
def called_text(name: str) -> str:
    """The same where no element can stand: in attributes, options and sentences."""
    return calling.called(str(name))


@register.filter
def day(value: date | str | None) -> str:
    """A day, or a partial date as the record writes it, in words."""
    if isinstance(value, str):
        return in_words(*parse_partial(value)) if value else in_words(None)
    return in_words(value)


@register.filter
def known_day(value: str | None, precision: str) -> str:
    """A day of a document in words, as far as it is known."""
    return in_words(date.fromisoformat(value), precision) if value else in_words(None)


@register.filter
def retold_day(text: str) -> str:
    """A day that a text of the record names in English, in the reader's words."""
    try:
        return in_words(datetime.strptime(text, "%d %B %Y").date())
    except ValueError:
        return text


@register.simple_tag
def short_months() -> str:
    """January to December in brief, for the axes of charts."""
    return " ".join(map(str, SHORT_MONTHS))


@register.filter
def month(value: date | None) -> str:
    return in_words(value, MONTH)


@register.filter
def moment(value: datetime) -> str:
    """A day in words and the time of day."""
    return f"{in_words(value)}, {value:%H:%M}"


@register.filter
def short_day(event: Event) -> str:
    return in_words(event.date, event.date_precision, short=True)


@register.filter
def is_past(event: Event, until: date | None) -> bool:
    """Scheduled for a day that the record has passed: not known whether it was held."""
    return was_not_known(event.status, event.last_day, until)


@register.filter
def archived(source: dict[str, Any]) -> str:
    return links.archived(source["url"], source.get("published"))


@register.simple_tag
def archived_copy(cited: Citation) -> str:
    """The address of the archived copy of a page, nearest to the day on which it was published."""
    return links.archived(cited.source.url, cited.published.isoformat() if cited.published else None)


@register.filter
def sentence(text: str) -> str:
    """With a capital at its head and a full stop at its end."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "”", "!", "?")) else ".")


@register.filter
def party_name(code: str, names: dict[str, str]) -> str:
    return calling.called(names.get(code, code))


@register.filter
def role_name(role: str) -> str:
    return str(Role(role).label)


@register.filter
def commitment_name(status: str) -> str:
    return str(CommitmentStatus(status).label)


@register.filter
def commitment_class(status: str) -> str:
    return {CommitmentStatus.KEPT: "kept", CommitmentStatus.NOT_KEPT: "no", CommitmentStatus.OPEN: "open"}.get(
        CommitmentStatus(status), "part"
    )


@register.simple_tag
def lead_time(announced_on: str, held_on: date) -> str:
    """How long before the event it was announced."""
    days = (held_on - date.fromisoformat(announced_on)).days
    if days < 0:
        return ""
    if days == 0:
        return _("on the same day")
    return ngettext("%(n)d day before", "%(n)d days before", days) % {"n": days}


@register.filter
def ld_json(data: dict[str, Any]) -> SafeString:
    """A data block for search engines. Whatever could end the block is escaped."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308  (escaped above)


@register.filter
def unlocalized(number: float) -> str:
    """A number as SVG and addresses write it, in every language."""
    return str(number)


@register.filter
def said(text: str) -> str:
    """What is said in a discrepancy: a bare date in the reader's words, anything else as a sentence of the record."""
    return day(text) if PARTIAL.match(text) else in_english(sentence(text))


@register.filter
def plus(number: float, more: float) -> float:
    return number + more


@register.filter
def minus(number: float, less: float) -> float:
    return round(number - less, 2)


@register.filter
def item(rows: list[Any], index: int) -> Any:
    return rows[index]
