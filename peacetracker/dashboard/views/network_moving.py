"""The lines of all months: the window of the network that moves."""

from typing import Any

import orjson
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from peacetracker.analysis.network import nodes_by_month, pairs_by_month
from peacetracker.analysis.timeline import months
from peacetracker.dashboard.context import DAY_S
from peacetracker.dashboard.figures import network as drawing
from peacetracker.dashboard.ties import Ties, read_ties
from peacetracker.dashboard.views import network
from peacetracker.dashboard.views.finding import answered


@answered
def figure(request: HttpRequest) -> HttpResponse:
    """The lines of all months: the slider and the play button draw from it without asking again."""
    ties = read_ties(request)
    key = network.key_of(request, "figure", ties.pairs)
    drawn = cache.get(key)
    if drawn is None:
        drawn = orjson.dumps(moving(request, ties) if ties.of in ("leaders", "parties") else None)
        cache.set(key, drawn, DAY_S)
    return HttpResponse(drawn, content_type="application/json")


def moving(request: HttpRequest, ties: Ties) -> dict[str, Any]:
    """Of each pair with a line its curve and its contacts as [month, track, contacts]; of each node its contacts."""
    found = network.answer(ties)
    places = network.layout_of(request, ties, found)
    run = [month.first for month in months(network.of_contacts(ties.asked))]
    at = {month: i for i, month in enumerate(run)}
    drawn = {line.pair: line for line in drawing.picture(places, found, ties.ego).lines}
    by_month = pairs_by_month(ties.asked, ties.of, places.spots)
    pairs = [
        {
            "pair": pair, "d": drawn[pair].d, "joint": drawn[pair].joint, "weight": drawn[pair].weight,
            "months": [(at[month], track, n) for month, track, n in told],
        }
        for pair, told in by_month.items()
        if pair in drawn
    ]  # fmt: skip
    counts = nodes_by_month(ties.asked, ties.of)
    nodes = {
        one: {"r": spot.r, "events": spot.events, "months": [(at[month], n) for month, n in counts.get(one, [])]}
        for one, spot in places.spots.items()
    }
    return {"most": places.most, "months": [month.isoformat()[:7] for month in run], "pairs": pairs, "nodes": nodes}
