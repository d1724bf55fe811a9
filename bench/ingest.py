"""Ingest end to end: feeds over HTTP, two Celery workers, PostgreSQL and Redis, against parsing and extraction alone.

    python bench/ingest.py [FEEDS] [ITEMS]

Serves FEEDS feeds (100) of ITEMS articles (20) on loopback; the texts are those of the labelled set, each with its own
address and date. Prints the articles read a second by two workers as a ratio to what two cores would read if nothing
were fetched or stored, then how long after its feed was due the draft of a changed feed could be seen, with 500 feeds
of which one in a hundred has changed.
"""

import html
import io
import itertools
import json
import os
import pathlib
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from tests.servers import ROOT, start_postgres, start_redis, stop_servers

WORKERS = 2
WARMING = range(490, 500)
ITEM = (
    "<item><title>{title}</title><link>https://example.org/{key}</link><guid>{key}</guid><pubDate>{date}</pubDate>"
    "<description>{text}</description></item>"
)
DOCS = [json.loads(line) for line in (ROOT / "corpus/dev.jsonl").open(encoding="utf-8")]
PAGES = {}
ENTRIES = {}
NUMBERS = itertools.count(1)


class Answers(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        body = PAGES[self.path]
        tag = f'"{hash(body)}"'
        unchanged = self.headers.get("If-None-Match") == tag
        self.send_response(304 if unchanged else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Length", "0" if unchanged else str(len(body)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(body)


def publish(path, count):
    """Add so many new articles to a feed. Each is a story of its own: told a month after the one before."""
    for _ in range(count):
        number = next(NUMBERS)
        doc = DOCS[number % len(DOCS)]
        day = datetime.fromisoformat(doc["published"]).replace(tzinfo=UTC) - timedelta(days=number % 365)
        fields = {name: html.escape(doc.get(name) or "") for name in ("title", "text")}
        item = ITEM.format(key=f"{path.strip('/')}-{number}", date=f"{day:%a, %d %b %Y %H:%M:%S} GMT", **fields)
        ENTRIES.setdefault(path, []).append(item)
    items = "".join(ENTRIES.get(path, []))
    PAGES[path] = f'<rss version="2.0"><channel><title>{path}</title>{items}</channel></rss>'.encode()


def prepare():
    """Servers, an empty database with the record in it, and Django."""
    os.environ |= {
        "DATABASE_URL": start_postgres(), "REDIS_URL": start_redis(), "FEED_ALLOW_PRIVATE": "1", "ENV_FILE": os.devnull,
        "LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "peacetracker.settings",
    }  # fmt: skip
    import django
    from django.core.management import call_command

    django.setup()
    for command in ("migrate", "load_record"):
        call_command(command, verbosity=0, stdout=io.StringIO(), stderr=io.StringIO())


def limit(bodies):
    """Articles a second of processor time that one process parses and reads, nothing fetched or stored."""
    from peacetracker.newsroom.extraction import extract
    from peacetracker.newsroom.lexicon import gazetteer
    from peacetracker.newsroom.parsing import parse

    known = gazetteer()
    count, start = 0, time.process_time()
    for body in bodies:
        for entry in parse(body).entries:
            extract(known, text=entry.text, title=entry.title, published=entry.published, lang=None)
            count += 1
    return count / (time.process_time() - start)


def work():
    command = [sys.executable, "-m", "celery", "-A", "peacetracker", "worker", "--pool", "solo", "-l", "ERROR", "-n"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return [subprocess.Popen([*command, f"w{n}@%h"], cwd=ROOT, **quiet) for n in range(WORKERS)]


def until(true, ring_each=1.0, seconds=900):
    """Ring the bell as the scheduler does, till it is true."""
    from peacetracker.newsroom.tasks import poll

    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            raise SystemExit("the workers did not finish in time")
        poll.apply_async(expires=ring_each)
        time.sleep(ring_each)


def everything(port, feeds, items):
    """Articles a second from the first fetch to the last article read."""
    from django.db.models import Max, Min

    from peacetracker.newsroom.models import Article, Feed, FetchLog

    Feed.objects.update(enabled=False, next_check_at=datetime(2100, 1, 1, tzinfo=UTC))
    add_feeds(port, WARMING)  # so that each worker has built its gazetteer
    until(lambda: Feed.objects.filter(enabled=True, last_success_at=None).count() == 0)
    until(lambda: not Article.objects.filter(state="new").exists())
    warm, fetched = Article.objects.count(), FetchLog.objects.count()
    add_feeds(port, range(feeds))
    until(lambda: Article.objects.filter(state="drafted").count() >= feeds * items + warm)
    first = FetchLog.objects.order_by("pk")[fetched:].aggregate(at=Min("at"))["at"]
    last = Article.objects.aggregate(at=Max("updated_at"))["at"]
    return feeds * items / (last - first).total_seconds()


def add_feeds(port, numbers):
    from peacetracker.newsroom.models import Feed

    addresses = [f"http://127.0.0.1:{port}/{number}" for number in numbers]
    Feed.objects.bulk_create(Feed(name=address, address=address, enabled=True) for address in addresses)


def seconds_to_a_draft(changed, rounds):
    """For each changed feed, the seconds from when it was due to when its article was read."""
    from django.utils import timezone

    from peacetracker.newsroom.models import Article, Feed

    waits = []
    for number in range(rounds):
        for n in range(changed):
            publish(f"/{number * changed + n}", 1)
        before, due = Article.objects.count(), timezone.now()
        Feed.objects.filter(enabled=True).update(next_check_at=due, leased_until=None)
        until(lambda due=due: not Feed.objects.filter(enabled=True, next_check_at__lte=due).exists(), ring_each=5.0)
        until(lambda: not Article.objects.filter(state="new").exists())
        new = Article.objects.order_by("pk")[before:]
        waits += [(article.updated_at - due).total_seconds() for article in new]
    return sorted(waits)


def main(feeds=100, items=20):
    prepare()
    for number in range(500):
        publish(f"/{number}", items if number < feeds or number in WARMING else 0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.request_queue_size = 128
    threading.Thread(target=server.serve_forever, daemon=True).start()
    cores = min(WORKERS, os.cpu_count() or 1)
    most = limit([PAGES[f"/{number}"] for number in range(min(feeds, 20))]) * cores
    workers = work()
    try:
        rate = everything(server.server_port, feeds, items)
        print(f"ingest, {WORKERS} workers: {rate:,.0f} articles/s; limit {most:,.0f}; ratio {rate / most:.2f} (>= 0.8)")
        add_feeds(server.server_port, range(feeds, WARMING.start))
        waits = seconds_to_a_draft(changed=5, rounds=4)
        p95 = waits[int(len(waits) * 0.95)]
        print(f"feed due -> draft visible, 500 feeds, 1 % changed: p95 {p95:.1f} s (<= 15), {len(waits)} drafts seen")
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
        stop_servers()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
