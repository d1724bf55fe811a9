"""Ingest end to end: feeds over HTTP, two Celery workers, PostgreSQL and Redis, against parsing and extraction alone.

    python -m bench.ingest [FEEDS] [ROUNDS]

The limit is what one process parses and reads of the same feeds with the same rules, times the cores. In each of ROUNDS
(2), one after the other so that all meet the same machine: the limit; FEEDS (20) feeds of 20 new articles taken in by
calling the tasks in this process; as many taken in by two workers. Processor time is that of workers, PostgreSQL and
Redis; the server of the feeds is not counted. Then the wait of a draft from the moment when its feed is due, with 500
feeds due at once of which one in a hundred has changed, the scheduler ringing at its own pace.
"""

import contextlib
import html
import io
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.servers import (
    ROOT,
    STARTED,
    die_with_parent,
    free_port,
    start_postgres,
    start_redis,
    stop_servers,
    temporary_folder,
)

WORKERS, ITEMS, FEEDS, CHANGED = 2, 20, 500, 5
DRAFTS = 100
TICK = os.sysconf("SC_CLK_TCK")
CELERY = [sys.executable, "-m", "celery", "-A", "peacetracker"]
# Without a word, and ended with this process however that ends.
QUIET = {
    "cwd": ROOT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "preexec_fn": die_with_parent,
}  # fmt: skip
ITEM = (
    "<item><title>{title}</title><link>https://example.org/{key}</link><guid>{key}</guid><pubDate>{date}</pubDate>"
    "<description>{text}</description></item>"
)
LABELLED = [json.loads(line) for line in (ROOT / "corpus/dev.jsonl").open(encoding="utf-8")]
WORDS = 200  # a text of the news has so many words at least, and one in three tells an event
numbers = itertools.count()


def news():
    """The labelled texts in the shares and the length of news: paragraphs that tell no event are added."""
    telling = [doc for doc in LABELLED if doc["events"]]
    silent = [doc for doc in LABELLED if not doc["events"]]
    around = {lang: [doc["text"] for doc in silent if doc["lang"] == lang] for lang in {doc["lang"] for doc in silent}}
    docs = []
    for n, doc in enumerate(telling):
        docs += [doc, silent[2 * n % len(silent)], silent[(2 * n + 1) % len(silent)]]
    return [doc | {"text": lengthened(doc["text"], around.get(doc["lang"], []))} for doc in docs]


def lengthened(text, more):
    for paragraph in more:
        if len(text.split()) >= WORDS:
            break
        if paragraph not in text:
            text = f"{text}\n\n{paragraph}"
    return text


def written(path, docs, count):
    """A feed of so many new articles. A text that comes again is another article, of another day."""
    items = []
    for number in itertools.islice(numbers, count):
        doc = docs[number % len(docs)]
        day = datetime.fromisoformat(doc["published"]).replace(tzinfo=UTC) - timedelta(days=number // len(docs))
        fields = {name: html.escape(doc.get(name) or "") for name in ("title", "text")}
        items.append(ITEM.format(key=f"{path.name}-{number}", date=f"{day:%a, %d %b %Y %H:%M:%S} GMT", **fields))
    body = f'<rss version="2.0"><channel><title>{path.name}</title>{"".join(items)}</channel></rss>'.encode()
    new = path.with_suffix(".new")
    new.write_bytes(body)
    new.replace(path)
    return body


class Site:
    """Feeds as files, served by another process."""

    def __init__(self):
        self.folder, self.port, self.feeds = temporary_folder("feeds"), free_port(), itertools.count()
        command = [sys.executable, "-m", "http.server", str(self.port), "--bind", "127.0.0.1"]
        STARTED.append(subprocess.Popen(command, **QUIET | {"cwd": self.folder}))

    def publish(self, docs, feeds, items):
        """New feeds with new articles, due now: their bodies and keys."""
        from peacetracker.newsroom.models import Feed

        names = [str(next(self.feeds)) for _ in range(feeds)]
        bodies = [written(self.folder / name, docs, items) for name in names]
        address = f"http://127.0.0.1:{self.port}/"
        made = Feed.objects.bulk_create(Feed(name=name, address=address + name, enabled=True) for name in names)
        return bodies, {feed.pk for feed in made}


def prepare():
    """Servers, an empty database with the record in it, and Django. Returns the processes of PostgreSQL and Redis."""
    os.environ |= {
        "DATABASE_URL": start_postgres(), "REDIS_URL": start_redis(), "FEED_ALLOW_PRIVATE": "1", "ENV_FILE": os.devnull,
        "LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "peacetracker.settings",
    }  # fmt: skip
    import django
    from django.core.management import call_command

    django.setup()
    for command in ("migrate", "load_record"):
        call_command(command, verbosity=0, stdout=io.StringIO(), stderr=io.StringIO())
    from peacetracker.newsroom.models import Feed

    Feed.objects.update(enabled=False)
    return {"PostgreSQL": STARTED[0].pid, "Redis": STARTED[1].pid}


def spent(pid):
    """Seconds of processor time of a process and all that it started, ended ones too."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(map(int, fields[11:15])) / TICK + sum(map(spent, children))


def limit(bodies):
    """Seconds of processor time in which one process parses and reads these feeds, nothing fetched or stored."""
    from peacetracker.newsroom.extraction import extract
    from peacetracker.newsroom.lexicon import gazetteer
    from peacetracker.newsroom.parsing import parse

    known = gazetteer()
    start = time.process_time()
    for body in bodies:
        for entry in parse(body).entries:
            extract(known, text=entry.text, title=entry.title, published=entry.published, lang=entry.lang)
    return time.process_time() - start


@contextlib.contextmanager
def parts(seconds):
    """Add up the processor time of the parts of the intake while it runs in this process."""
    from peacetracker.newsroom import articles, drafting, fetching, intake, likeness

    named = {
        "fetching": (fetching, "fetch"), "parsing": (intake, "parse"), "extraction": (articles, "extract"),
        "likeness": (likeness, "likeliest"), "article rows": (articles, "insert_rows"),
        "draft rows": (drafting, "insert_rows"), "the feed's own rows": (intake, "_settle"),
    }  # fmt: skip
    kept = {name: getattr(*place) for name, place in named.items()}

    def timed(name):
        def call(*args, **kwargs):
            start = time.process_time()
            try:
                return kept[name](*args, **kwargs)
            finally:
                seconds[name] += time.process_time() - start

        return call

    for name, (module, attribute) in named.items():
        setattr(module, attribute, timed(name))
    yield
    for name, (module, attribute) in named.items():
        setattr(module, attribute, kept[name])


def directly(due):
    """Take in what is due by calling the tasks. Seconds of processor time."""
    from peacetracker.newsroom import intake, tasks

    start = time.process_time()
    while claimed := intake.claim_feeds():
        for pk in claimed:
            tasks.fetch_feed.run(pk)
        due -= set(claimed)
    assert not due
    return time.process_time() - start


def by_workers(due):
    """Ring once and wait until all is taken in. Seconds on the clock, from the bell to the last feed."""
    from django.utils import timezone

    from peacetracker.newsroom.models import FetchLog
    from peacetracker.newsroom.tasks import poll

    start = timezone.now()
    poll.delay()
    until(lambda: FetchLog.objects.filter(feed__in=due).count() == len(due))
    return (FetchLog.objects.filter(feed__in=due).latest("at").at - start).total_seconds()


def until(true, seconds=300):
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            raise SystemExit("the workers did not finish in time")
        time.sleep(0.1)


def start_workers():
    command = [*CELERY, "worker", "--pool", "solo", "-l", "ERROR", "-n"]
    return [subprocess.Popen([*command, f"w{n}@%h"], **QUIET) for n in range(WORKERS)]


def rates(site, servers, workers, docs, feeds, rounds):
    """Print what an article costs, in processor time of each part, and the ratios."""
    from peacetracker.celery import app

    count = feeds * ITEMS * rounds
    cost, within, wall = Counter(), Counter(), 0.0
    until(lambda: len(app.control.ping(timeout=1)) == WORKERS)
    _, due = site.publish(docs, WORKERS * 5, ITEMS)
    by_workers(due)  # so that each worker has built its gazetteer
    for _ in range(rounds):
        bodies, due = site.publish(docs, feeds, ITEMS)
        cost["limit"] += limit(bodies)
        with parts(within):
            cost["direct"] += directly(due)
        _, due = site.publish(docs, feeds, ITEMS)
        before = {name: spent(pid) for name, pid in (servers | workers).items()}
        wall += by_workers(due)
        cost.update({name: spent(pid) - before[name] for name, pid in (servers | workers).items()})
    each = {name: seconds / count * 1000 for name, seconds in cost.items()}
    worked = sum(each[name] for name in workers)
    most = 1000 / each["limit"] * min(WORKERS, os.cpu_count() or 1)
    total = worked + sum(each[name] for name in servers)
    print(f"{count} articles in feeds of {ITEMS}; milliseconds of processor time an article:")
    print(f"  limit (parsing and extraction alone) {each['limit']:.2f}; all of the intake {total:.2f}")
    print("  " + ", ".join(f"{name} {each[name]:.2f}" for name in servers) + f", workers {worked:.2f}")
    told = ", ".join(f"{name} {seconds / count * 1000:.2f}" for name, seconds in within.most_common())
    print(f"  called directly {each['direct']:.2f}: {told}")
    print(f"  Celery's own cost: {1 - each['direct'] / worked:.1%} of the workers' (<= 5 %)")
    floor = each["limit"] / (each["limit"] + each["PostgreSQL"])
    print(f"ratio by processor time {each['limit'] / total:.2f} (>= 0.8); {floor:.2f} if all but PostgreSQL were free")
    print(f"by the clock: {count / wall:,.0f} articles/s, limit {most:,.0f}, ratio {count / wall / most:.2f} (>= 0.8)")


def waits(site, docs):
    """Seconds from when a changed feed was due to when its drafts could be seen, in order."""
    from django.utils import timezone

    from peacetracker.newsroom.models import DraftSource, Feed

    telling = [doc for doc in docs if doc["events"]]
    Feed.objects.update(enabled=False)
    site.publish(telling, FEEDS, 0)
    names = list(Feed.objects.filter(enabled=True).values_list("name", flat=True))
    until(lambda: not Feed.objects.filter(enabled=True, last_success_at=None).exists())
    seen = []
    while len(seen) < DRAFTS:
        time.sleep(random.uniform(1, 6))
        changed = random.sample(names, CHANGED)
        for name in changed:
            written(site.folder / name, telling, 2)
        last, due = DraftSource.objects.latest("pk").pk, timezone.now()
        Feed.objects.filter(enabled=True).update(next_check_at=due, leased_until=None)
        while Feed.objects.filter(enabled=True, next_check_at__lte=due).exists():
            new = list(DraftSource.objects.filter(pk__gt=last).values_list("pk", flat=True))
            seen += [(timezone.now() - due).total_seconds()] * len(new)
            last = max([last, *new])
            time.sleep(0.1)
    return sorted(seen)


def main(feeds=20, rounds=2):
    servers = prepare()
    site, workers, beat = Site(), start_workers(), None
    try:
        pids = {f"worker {n}": worker.pid for n, worker in enumerate(workers)}
        texts = {"news, one in three tells an event": news(), "the labelled texts, four in five do": LABELLED}
        for name, docs in texts.items():
            print(f"{name}: {sum(len(doc['text'].split()) for doc in docs) / len(docs):.0f} words on average")
            rates(site, servers, pids, docs, feeds, rounds)
        schedule = temporary_folder("beat") / "schedule"
        beat = subprocess.Popen([*CELERY, "beat", "-l", "ERROR", "-s", str(schedule)], **QUIET)
        seconds = waits(site, LABELLED)
        p95 = seconds[int(len(seconds) * 0.95)]
        print(f"feed due -> draft visible, {FEEDS} feeds due at once, 1 % changed, {len(seconds)} drafts: ", end="")
        print(f"median {seconds[len(seconds) // 2]:.1f} s, p95 {p95:.1f} s (<= 15)")
    finally:
        for process in filter(None, [*workers, beat]):
            process.kill()
            process.wait()
        stop_servers()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))  # so that its servers end and its folders go
    main(*map(int, sys.argv[1:]))
