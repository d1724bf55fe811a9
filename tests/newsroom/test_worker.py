"""A real Celery worker on a real Valkey or Redis, on the test's own database: killed midway, stopped, doubled."""

import os
import signal
import subprocess
from datetime import timedelta

import pytest
import redis
from celery import Celery
from django.utils import timezone

from peacetracker.newsroom.models import Article, Draft, Feed
from tests.factories import a_world
from tests.newsroom.stories import CALL, MEETING, a_feed, rss
from tests.newsroom.working import start_worker, until

pytestmark = pytest.mark.django_db(transaction=True)
REDIS = os.environ["TEST_REDIS_URL"]


@pytest.fixture
def broker():
    """An empty numbered database of the test Redis; each xdist worker has its own."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) + 1
    url = f"{REDIS.rsplit('/', 1)[0]}/{number}"
    server = redis.Redis.from_url(url)
    server.flushdb()
    yield url
    server.flushdb()


@pytest.fixture
def start(broker):
    workers = []

    def start_one() -> subprocess.Popen[bytes]:
        workers.append(start_worker(broker))
        return workers[-1]

    yield start_one
    for worker in workers:
        worker.kill()
        worker.wait()


@pytest.fixture
def ring(broker):
    """Send a task by its name, as another process would."""
    with Celery(broker=broker, set_as_current=False) as app:
        yield lambda name, *args: app.send_task(name, args=args, ignore_result=True)


def test_it_polls_a_due_feed_into_drafts(site, start, ring):
    a_world()
    site.pages["/feed"] = rss(("https://example.org/a", "Call", CALL), ("https://example.org/b", "Talks", MEETING))
    a_feed(site.url("/feed"))
    start()
    ring("newsroom.poll")
    until(lambda: Draft.objects.count() == 2)
    feed = Feed.objects.get()
    until(lambda: Feed.objects.filter(leased_until=None, last_success_at__isnull=False).exists())
    assert feed.articles.count() == 2


def test_it_loses_and_doubles_nothing_when_a_worker_is_killed_midway(site, start, ring):
    a_world()
    site.pages["/feed"] = rss(("https://example.org/a", "Call", CALL))
    a_feed(site.url("/feed"))
    worker = start()
    site.before = lambda: worker.send_signal(signal.SIGKILL)
    ring("newsroom.poll")
    worker.wait(60)
    assert Article.objects.count() == 0
    assert Feed.objects.filter(leased_until__gt=timezone.now()).exists()

    site.before = lambda: None
    Feed.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    start()
    ring("newsroom.poll")
    ring("newsroom.poll")
    until(lambda: Draft.objects.exists())
    until(lambda: Feed.objects.filter(leased_until=None).exists())
    assert Article.objects.count() == Draft.objects.count() == 1


def test_it_goes_on_when_redis_has_lost_what_it_held(site, start, ring, broker):
    a_world()
    site.pages["/feed"] = rss(("https://example.org/a", "Call", CALL))
    a_feed(site.url("/feed"))
    ring("newsroom.poll")
    redis.Redis.from_url(broker).flushdb()
    start()
    ring("newsroom.poll")
    until(lambda: Draft.objects.count() == 1)
