"""Odd combinations of filters at a million: `python -m bench.odd` asks the database of DATABASE_URL in this process.

Each is asked as a list of the API, as a count, as the facets of a page, and as the page. Printed are the smallest of
some runs by the clock, and of the processor here and in the database; then the slowest of the dozen, which stands for
one in twenty.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacetracker.settings")
django.setup()

# Django is set up before what needs it is imported.
from django.http import QueryDict  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from bench.pages import STORAGES  # noqa: E402
from bench.spent import Spent, smallest  # noqa: E402
from peacetracker.analysis.facets import facets  # noqa: E402
from peacetracker.core.cache import generation, remembering  # noqa: E402
from peacetracker.diplomacy.filters import read_filter  # noqa: E402
from peacetracker.diplomacy.models import Topic  # noqa: E402

RUNS, MOST_MS = 3, 150
NAMES = ("list", "with count", "facets", "page")
# Of bench.synthetic: p-1 has most events and p-500 fewest; every topic and place has some ten thousand.
ODD = (
    "leader=p-1&place=x-geneva&status=cancelled",
    "leader=p-480&topic={topic}&place=x-vienna",
    "leader=p-498&leader=p-499",
    "with=p-1&with=p-2&kind=agreement",
    "with=p-470&with=p-480",
    "topic={topic}&topic={other}&status=denied&after=2015",
    "place=x-geneva&kind=incident&ordering=date&after=2020",
    "party=TR&party=FR&status=denied",
    "mediator=RU&status=cancelled",
    "side=AZ&kind=commission-session&before=1995",
    "party=AM&party=EU&status=denied&place=x-doha",
    "joint=true&track=eu&topic={topic}&leader=p-7",
)


def asking(client: Client, address: str) -> Spent:
    def act() -> None:
        response = client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answers {response.status_code}: {response.content[:200]!r}")

    return smallest(act, RUNS)


def counting(query: str) -> Spent:
    """The counts beside every choice, and of topics, as a page shows them."""
    with remembering(generation()):
        return smallest(lambda: facets(read_filter(QueryDict(query))), RUNS)


def main() -> None:
    client = Client(headers={"host": "127.0.0.1"})
    topic, other = Topic.objects.filter(slug__startswith="t-").values_list("slug", flat=True)[:2]
    worst = [(0.0, 0.0)] * len(NAMES)
    for odd in ODD:
        query = odd.format(topic=topic, other=other)
        asked = (f"/api/v1/events/?{query}", f"/api/v1/events/?{query}&count=true&limit=1", f"/events/?{query}")
        took = [*(asking(client, address) for address in asked[:2]), counting(query), asking(client, asked[2])]
        worst = [(max(w, t.wall), max(p, t.processor)) for (w, p), t in zip(worst, took, strict=True)]
        print(query)
        print(
            "   ".join(
                f"{name} {one.wall:5.0f} ms, processor {one.here:3.0f} + {one.database:3.0f}"
                for name, one in zip(NAMES, took, strict=True)
            ),
            flush=True,
        )
    told = "; ".join(f"{name} {wall:.0f} ({used:.0f})" for name, (wall, used) in zip(NAMES, worst, strict=True))
    print(f"slowest, ms by the clock (of the processor), must be ≤ {MOST_MS} but for the whole page: {told}")


if __name__ == "__main__":
    with override_settings(STORAGES=STORAGES, API_ANON_RATE=None):
        main()
