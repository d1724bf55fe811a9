"""The map: a disc for each place, as large as its number of events; within it the contacts of both sides. Pure."""

from collections.abc import Sequence
from datetime import date
from math import sqrt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from peacetracker.analysis.map import Venue
from peacetracker.core.dates import in_words
from peacetracker.dashboard.figures.parts import Figure, colour_of, token, wrapped
from peacetracker.dashboard.words import LANE_NAMES
from peacetracker.diplomacy.calling import called

# name → (what it is called, degrees west and east, degrees south and north)
VIEWS: dict[str, tuple[Any, tuple[float, float], tuple[float, float]]] = {
    "europe": (gettext_lazy("Europe to the Caspian"), (-11.0, 62.0), (33.0, 61.0)),
    "caucasus": (gettext_lazy("South Caucasus"), (43.2, 51.0), (38.4, 42.2)),
    "all": (gettext_lazy("All places"), (-95.0, 142.0), (5.0, 68.0)),
}
DISC, LEAST = 4.6, 5.0  # pixels across: of one event, and of the smallest disc
PALE = 0.3


def across(n: int) -> float:
    """Pixels across a disc whose area grows with `n`."""
    return round(max(DISC * sqrt(n), LEAST), 1) if n else 0.0


def colour(venue: Venue) -> str:
    return colour_of(venue.track) if venue.track else token("--ink")


def figure(venues: Sequence[Venue], view: str) -> Figure:
    _name, lon, lat = VIEWS[view]
    together = [venue for venue in venues if venue.both]
    return {
        "data": [_rings(venues), _discs([venue for venue in venues if not venue.place.approximate]), _cores(together)],
        "layout": {
            "meta": [[venue.place.slug, called(venue.place.name), venue.total] for venue in venues],
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "dragmode": "pan",
            "geo": {
                "scope": "world", "resolution": 50, "projection": {"type": "mercator"},
                "lonaxis": {"range": lon}, "lataxis": {"range": lat},
                "bgcolor": token("--panel"), "showframe": False,
                "showland": True, "landcolor": token("--paper"),
                "showlakes": True, "lakecolor": token("--panel"),
                "showcoastlines": True, "coastlinecolor": token("--rule-strong"), "coastlinewidth": 0.6,
                "showcountries": False, "showsubunits": False, "showrivers": False, "showocean": False,
            },
        },
        "meta": {},
    }  # fmt: skip


def _rings(venues: Sequence[Venue]) -> Figure:
    """The outline of every place; where the position is approximate nothing fills it. It carries name and card."""
    return {
        **_points(venues),
        "mode": "markers+text",
        "text": [called(venue.place.name) for venue in venues],
        "textposition": "middle right",
        "textfont": {"size": 13, "color": token("--ink")},
        "customdata": [venue.place.slug for venue in venues],
        "hovertext": [said(venue) for venue in venues],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "marker": {
            **_marker(venues, [venue.total for venue in venues]),
            "symbol": "circle-open",
            "line": {"width": 1.2},
        },
    }


def _discs(venues: Sequence[Venue]) -> Figure:
    marker = {**_marker(venues, [venue.total for venue in venues]), "opacity": PALE, "line": {"width": 0}}
    return {**_points(venues), "marker": marker}


def _cores(venues: Sequence[Venue]) -> Figure:
    line = {"width": 0.8, "color": token("--paper")}
    return {**_points(venues), "marker": {**_marker(venues, [venue.both for venue in venues]), "line": line}}


def _points(venues: Sequence[Venue]) -> Figure:
    return {
        "type": "scattergeo",
        "mode": "markers",
        "lon": [venue.place.lon for venue in venues],
        "lat": [venue.place.lat for venue in venues],
        "hoverinfo": "skip",
    }


def _marker(venues: Sequence[Venue], counts: Sequence[int]) -> Figure:
    return {"size": [across(n) for n in counts], "color": [colour(venue) for venue in venues], "opacity": 1}


def said(venue: Venue) -> str:
    """The card over a disc: names, numbers, third party, last event, whether its position is exact."""
    lines = [f"<b>{wrapped(called(venue.place.name))}</b>"]
    if venue.both_names:
        lines.append(wrapped(" · ".join(venue.both_names.values())))
    lines += [" · ".join(numbers(venue)), _("Latest: %(day)s") % {"day": in_words(venue.last)}]
    if venue.place.approximate:
        lines.append(_("Position approximate"))
    return "<br>".join(lines)


def numbers(venue: Venue) -> list[str]:
    facts = [ngettext("%(n)d event", "%(n)d events", venue.total) % {"n": venue.total}]
    if venue.both:
        facts.append(_("both sides in touch in %(n)d") % {"n": venue.both})
    return facts + ([through(venue)] if venue.track else [])


def through(venue: Venue) -> str:
    """“EU in 23 of 27”: the third party of more than half of the events."""
    track = venue.track
    if not track:
        return ""
    return _("%(name)s in %(n)d of %(all)d") % {
        "name": LANE_NAMES[track], "n": venue.tracks[track], "all": venue.total
    }  # fmt: skip


def sentence(venues: Sequence[Venue], all_events: int, until: date | None) -> str:
    """What the map shows, dated. `all_events`: how many answer the question, placed or not."""
    day = in_words(until)
    placed = sum(venue.total for venue in venues)
    if not placed:
        return _("Up to %(day)s no event that names a place answers these filters.") % {"day": day}
    text = ngettext(
        "Up to %(day)s %(placed)d of %(all)d event names a place, %(places)s in all; most: %(most)s.",
        "Up to %(day)s %(placed)d of %(all)d events name a place, %(places)s in all; most: %(most)s.",
        all_events,
    ) % {
        "day": day, "placed": placed, "all": all_events,
        "places": ngettext("%(n)d place", "%(n)d places", len(venues)) % {"n": len(venues)},
        "most": ", ".join(f"{called(venue.place.name)} {venue.total}" for venue in venues[:3]),
    }  # fmt: skip
    together = sorted((venue for venue in venues if venue.both), key=lambda v: (-v.both, v.place.name))[:3]
    if not together:
        return text
    return text + " " + _("Both sides were in touch most often in %(most)s.") % {
        "most": ", ".join(f"{called(venue.place.name)} ({venue.both})" for venue in together)
    }  # fmt: skip
