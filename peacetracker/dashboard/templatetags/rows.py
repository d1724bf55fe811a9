"""Rows of long tables and choices of long lists as markup. Written here for the same reason as pictures are (drawing):
a loop in a template takes most of a page's time. Every word is escaped."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from peacetracker.analysis.people import Person
from peacetracker.dashboard.links import addresses
from peacetracker.dashboard.templatetags.tracker import (
    called,
    day,
    event_mark,
    is_past,
    kind_name,
    lane_name,
    short_day,
    status_name,
)
from peacetracker.diplomacy import calling
from peacetracker.diplomacy.choices import Status
from peacetracker.diplomacy.models import Event, Tenure

register = template.Library()


def _joined(pieces: Iterable[str]) -> SafeString:
    return mark_safe("".join(pieces))  # noqa: S308  (every word in it is escaped)


def _told(name: str) -> str:
    """A name of the record in the reader's language, marked as English where it is known in that alone."""
    found = called(name)
    return found if isinstance(found, SafeString) else escape(found)


@register.simple_tag
def event_rows(events: Iterable[Event], until: date | None) -> SafeString:
    """The rows of a table of events. `until`: the day that the record reaches."""
    address, accounts_differ = addresses("event"), escape(_("accounts differ"))
    differ = f' <span class="flag">{accounts_differ}</span>'
    return _joined(
        f'<tr id="{event.slug}"><td class="nowrap">{escape(short_day(event))}</td>'
        f'<td class="nowrap">{event_mark(event)}{escape(_kind(event, until or None))}</td>'
        f'<td><a href="{address(event.slug)}" lang="en">{escape(event.title)}</a>'
        f"{differ if event.accounts_differ else ''}</td>"
        f"<td>{_told(event.place.name) if event.place else ''}</td>"
        f'<td class="nowrap">{escape(lane_name(event))}</td><td class="num">{event.source_count}</td></tr>\n'
        for event in events
    )


def _kind(event: Event, until: date | None) -> str:
    """The kind, and what became of an event that was not held."""
    name = kind_name(event.kind)
    if event.status == Status.HELD:
        return name
    status = _("not known whether held") if is_past(event, until) else status_name(event.status)
    return f"{name}, {status}"


@register.simple_tag
def people_rows(people: Iterable[Person]) -> SafeString:
    """The rows of a table of people with their offices and contacts."""
    # Many were in contact on the same days, or hold an office that others hold too.
    address, last_day, told = addresses("leader"), cache(day), cache(_told)
    contacts, joint, last = (escape(word) for word in (_("Contacts"), _("with both sides"), _("Last")))
    cell = f'<td data-label="{last}"><span class="nowrap">'
    return _joined(
        f'<tr><th scope="row"><a href="{address(person.leader.slug)}">{_told(person.leader.name)}</a></th>'
        f'<td>{_offices(person.offices, told)}</td><td class="num" data-label="{contacts}">{person.contacts}</td>'
        f'<td class="num" data-label="{joint}">{person.joint}</td>'
        + (f"{cell}{escape(last_day(person.last))}</span>" if person.last else "<td data-empty>")
        + "</td></tr>"
        for person in people
    )


def _offices(tenures: Sequence[Tenure], told: Callable[[str], str]) -> str:
    if not tenures:
        none = escape(_("none on record"))
        return f'<span class="none">{none}</span>'
    word = escape(_("acting"))
    acting = f" ({word})"
    return "; ".join(f"<span>{told(tenure.office.title)}</span>{acting if tenure.acting else ''}" for tenure in tenures)


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str | Sequence[str], short: bool = False) -> SafeString:
    """The choices of a list. `chosen`: the value or values that stand, letter case aside; `short`: names without what
    stands in brackets behind them."""
    known = calling.known_names()
    stand = {value.lower() for value in ([chosen] if isinstance(chosen, str) else chosen)}
    return _joined(
        f'<option value="{escape(value)}"{" selected" if value.lower() in stand else ""}>'
        f"{escape(known.get(name, name))}</option>"
        for value, name in ((value, calling.short(name) if short else name) for value, name in choices)
    )


@register.filter
def number_rows(rows: Iterable[tuple[str, Sequence[int]]]) -> SafeString:
    """Rows of a table: what each is called, then its numbers, a dot for none."""
    return _joined(
        f'<tr><th scope="row">{escape(name)}</th>'
        + "".join(f'<td class="num">{n or "·"}</td>' for n in numbers)
        + "</tr>"
        for name, numbers in rows
    )
