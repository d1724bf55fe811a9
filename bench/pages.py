"""Pages at a million: `python -m bench.pages [PATH ...]` asks pages of the database of DATABASE_URL in this process.

Printed are the smallest of some runs by the clock and of the processor, here and in the database, the queries of the
first run, and the weight. `{leader}`, `{topic}` and `{event}` in a path stand for a popular person, a topic and a late
event. Fill the database by `python -m bench.synthetic` first; `bench.lists` does so for the API.
"""

import gc
import gzip
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacetracker.settings")
django.setup()

# Django is set up before what needs it is imported.
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402

from bench.spent import smallest  # noqa: E402
from peacetracker.diplomacy.models import Event, PairCount, Topic  # noqa: E402

RUNS = 3
PATHS = (
    "/", "/timeline/", "/events/{event}/", "/events/", "/calls/", "/leaders/", "/leaders/{leader}/", "/cadence/",
    "/map/", "/readouts/", "/network/", "/topics/{topic}/", "/parties/am/", "/commissions/",
    "/events/?after=2015", "/meetings/?after=2015-03-05&before=2019-02-02", "/events/?mediator=RU",
    "/events/?leader={leader}", "/events/?leader={leader}&status=cancelled",
)  # fmt: skip
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def names() -> dict[str, str]:
    people = PairCount.objects.exclude(one="").exclude(one__startswith=PairCount.OF_PARTY)
    busiest = people.order_by("-n").values_list("one", flat=True)[0]
    event = Event.objects.public().order_by("-first_day", "-slug").values_list("slug", flat=True)[0]
    return {"leader": busiest, "topic": Topic.objects.values_list("slug", flat=True)[0], "event": event}


def measure(client: Client, path: str) -> str:
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    asked = len(queries)  # now: the next request empties the log
    response = client.get(path)
    took, body = smallest(lambda: client.get(path), RUNS), response.content
    return (
        f"{path:52} {response.status_code} {took.wall:7.1f} ms, processor {took.here:5.1f} + {took.database:5.1f}, "
        f"{asked} queries, {len(body) / 1024:6.0f} kB, {len(gzip.compress(body, 5)) / 1024:4.0f} kB gzip"
    )


if __name__ == "__main__":
    known, client = names(), Client(headers={"host": "127.0.0.1"})
    with override_settings(STORAGES=STORAGES):
        client.get("/")
        gc.collect()
        gc.freeze()  # as the web server does (wsgi.py)
        for path in sys.argv[1:] or PATHS:
            print(measure(client, path.format(**known)), flush=True)
