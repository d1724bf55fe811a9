"""Addresses that answer a question rather than list a noun: resolve, stats, network, timeline."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from rest_framework.request import Request

from peacetracker.analysis import recorded as past
from peacetracker.analysis.facets import counted, passes
from peacetracker.analysis.network import MOST_SPELLS, OF, Graph, contacts, graph
from peacetracker.analysis.tallies import CLOSED, Combination
from peacetracker.analysis.timeline import SINGLE_MARKS, Mark, Monthly, density, marks, monthly
from peacetracker.api import answer_shapes, schema
from peacetracker.api.asking import MEDIA_TYPES, choose, read_format, read_limit, refuse_unknown, single
from peacetracker.api.doors import Door, plain
from peacetracker.api.exports import download
from peacetracker.api.network import EDGE_COLUMNS, busiest, document, edge_rows, gexf, graphml, told_spells
from peacetracker.api.problems import Problem
from peacetracker.api.resolving import holders, offices_called, people_called
from peacetracker.api.resources import read_names
from peacetracker.api.schema import About
from peacetracker.api.tables import Line, cell
from peacetracker.core.cache import generation
from peacetracker.diplomacy.filters import BadFilter, EventFilter, read_filter
from peacetracker.diplomacy.keeping import covered_until
from peacetracker.diplomacy.models import Event, Office, Party
from peacetracker.diplomacy.recorded import AS_OF, read_as_of

RESOLVE = ("role", "party", "date", "name", "format")
NETWORK_FORMATS = ("json", "csv", "jsonl", "graphml", "gexf")


def answer(body: Any) -> HttpResponse:
    return HttpResponse(
        orjson.dumps(body, option=orjson.OPT_UTC_Z | orjson.OPT_OMIT_MICROSECONDS), content_type=MEDIA_TYPES["json"]
    )


class Resolve(Door):
    """Who held an office on a day, or whom a name means."""

    def about(self) -> About:
        return About(
            "resolve", "Who held an office on a day (role, party, date), or whom a name means (name)", "resolve",
            schema.resolve_parameters(), schema.answers(answer_shapes.ResolvedShape, 404),
        )  # fmt: skip

    def get(self, request: Request) -> Any:
        params = plain(request).GET
        refuse_unknown(params, RESOLVE)
        choose(params, "format", ["json"])
        role, name = single(params, "role"), single(params, "name")
        party = (read_names(params, "party", Party, "code") or [""])[0]
        day = read_day(single(params, "date"))
        if name and not role:
            found = people_called(name, party)
            missing = Problem(404, _("Nobody in the record is called so."), name=name)
        else:
            offices = offices_called(role, party)
            found = holders(offices, day)
            missing = self.nobody(role, party, day, offices)
        if name and role:
            meant = {one.leader.slug for one in people_called(name)}
            found = [one for one in found if one.leader.slug in meant]
        if not found:
            raise missing
        return answer({**found[0].document(), "others": [one.document() for one in found[1:]]})

    def nobody(self, role: str, party: str, day: date, offices: list[Office]) -> Problem:
        """What is known instead."""
        if offices:
            detail = _("The record has nobody in that office on %(day)s.") % {"day": day.isoformat()}
            return Problem(404, detail, known=[office.slug for office in offices])
        known = Office.objects.filter(party__code=party) if party else Office.objects.all()
        detail = _("The record has no office called “%(role)s”.") % {"role": role}
        return Problem(404, detail, known=list(known.order_by("slug").values_list("slug", flat=True)))


def read_day(text: str) -> date:
    """A day; without one, the day that the record reaches."""
    try:
        day = parse_date(text) if text else covered_until() or date.max
    except ValueError:
        day = None
    if day is None:
        raise BadFilter("date", _("date: “%(value)s” is not a day.") % {"value": text}, ["YYYY-MM-DD"])
    return day


class Stats(Door):
    """How many events there are, by kind, status, track and year, and what the record reaches."""

    def about(self) -> About:
        return About(
            "stats", "Counts of the events that match a filter, and how far the record reaches", "stats",
            schema.filter_parameters(), schema.answers(answer_shapes.StatsShape),
        )  # fmt: skip

    def get(self, request: Request) -> Any:
        params = plain(request).GET
        asked, day = read_filter(params, besides=("format", AS_OF)), read_as_of(params)
        choose(params, "format", ["json"])
        passing, by_month = counts_of(asked, day)
        years: Counter[int] = Counter()
        for _kind, _track, month, n in by_month:
            years[month.year] += n
        state = generation()
        return answer(
            {
                "covered_until": reached(day),
                "generation": state.number,
                "changed_at": past.changed_at(day) if day else state.changed_at,
                "events": sum(passing.values()),
                "by_kind": summed(passing, "kind"),
                "by_status": summed(passing, "status"),
                "by_track": summed(passing, "track"),
                "by_year": {str(year): years[year] for year in sorted(years)},
            }
        )


def reached(day: date | None) -> date | None:
    """The day that the record reaches, or reached as it was recorded on a day."""
    return past.covered_until(day) if day else covered_until()


def counts_of(asked: EventFilter, day: date | None) -> tuple[Mapping[Combination, int], Monthly]:
    """The events asked for by combination of the closed lists, and by month."""
    if day:
        then = list(past.found(asked, day))
        return past.combinations(then), past.monthly(then)
    return {key: n for key, n in counted(asked).items() if passes(key, asked.values)}, monthly(asked)


def summed(counts: Mapping[Combination, int], name: str) -> dict[str, int]:
    """Events for each value of one closed list; `none` for those without."""
    found: Counter[str] = Counter()
    for key, n in counts.items():
        value = key[CLOSED.index(name)]
        found["none" if value is None else str(value)] += n
    return dict(sorted(found.items()))


class Network(Door):
    """Who dealt with whom: people, parties, bodies or events, and the pairs of them at held contacts."""

    def about(self) -> About:
        return About(
            "network", "Who dealt with whom: pairs at the same held contacts", "network",
            [*schema.filter_parameters(NETWORK_FORMATS), schema.choice_parameter("of", "Pairs of what", OF),
             schema.most_parameter()],
            {**schema.answers(answer_shapes.NetworkShape), **schema.downloads(NETWORK_FORMATS)},
        )  # fmt: skip

    def get(self, request: Request) -> Any:
        asked_of = plain(request)
        asked, day = read_filter(asked_of.GET, besides=("format", "of", "limit", AS_OF)), read_as_of(asked_of.GET)
        most = read_limit(asked_of.GET, None)
        of = choose(asked_of.GET, "of", OF, "leaders")
        format = read_format(asked_of, NETWORK_FORMATS)
        named = past.contacts(asked, day) if day else contacts(asked)
        if of == "events" and named[MOST_SPELLS : MOST_SPELLS + 1].exists():
            raise Problem(400, _("These are too many events to name one by one: narrow the question."))
        found = busiest(past.graph(asked, of, day) if day else graph(asked, of, most=most), most)
        if format == "json":
            return answer({"covered_until": reached(day), **document(found)})
        return download(network_lines(asked, found, format, day), format, f"network-{of}")


def network_lines(asked: EventFilter, found: Graph, format: str, day: date | None) -> Iterable[str]:
    if format in ("graphml", "gexf"):
        yield (graphml(found) if format == "graphml" else gexf(found, told_spells(asked, found, day))).decode()
        return
    write = csv.writer(Line()).writerow
    if format == "csv":
        yield "\ufeff" + str(write(EDGE_COLUMNS))
    for row in edge_rows(found):
        yield orjson.dumps(row).decode() + "\n" if format == "jsonl" else str(write(map(cell, row.values())))


class Timeline(Door):
    """What the timeline draws: events in their lanes, and counts per lane and month."""

    counted = False

    def about(self) -> About:
        return About(
            "timeline", "Events in their lanes, and their number per lane and month", "timeline",
            schema.filter_parameters(), schema.answers(answer_shapes.TimelineShape),
        )  # fmt: skip

    def get(self, request: Request) -> Any:
        asked_of: HttpRequest = plain(request)
        asked, day = read_filter(asked_of.GET, besides=("format", AS_OF)), read_as_of(asked_of.GET)
        choose(asked_of.GET, "format", ["json"])
        cells = density(past.monthly(past.found(asked, day)) if day else monthly(asked))
        found: list[Mark] | None = None
        if sum(one.count for one in cells) <= SINGLE_MARKS:
            found = past.marks(past.versions(asked, day)) if day else marks(asked.apply(Event.objects.public()))
        return answer(
            {
                "covered_until": reached(day),
                "months": [{"lane": one.lane, "month": one.month, "events": one.count} for one in cells],
                "marks": None if found is None else [mark_document(one) for one in found],
            }
        )


def mark_document(mark: Mark) -> dict[str, Any]:
    return {
        "slug": mark.slug,
        "title": mark.title,
        "kind": mark.kind,
        "status": mark.status,
        "lane": mark.lane,
        "first": mark.first,
        "last": mark.last,
        "date_precision": mark.precision,
        "joint": mark.joint,
        "level": mark.level,
    }
