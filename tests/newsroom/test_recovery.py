"""A worker whose Redis or database goes away in the middle of its work, and comes back: nothing lost, nothing twice."""

import os
import subprocess
import threading
from datetime import timedelta

import psycopg
import pytest
from celery import Celery
from django.db import connection
from django.utils import timezone

from peacetracker.newsroom.models import Article, Draft, Feed
from tests.factories import a_world
from tests.newsroom.stories import CALL, MEETING, a_feed, rss
from tests.newsroom.working import start_worker, until
from tests.servers import free_port, run_redis

pytestmark = pytest.mark.django_db(transaction=True)
A, B = ("https://example.org/a", "Call", CALL), ("https://example.org/b", "Talks", MEETING)


class Broker:
    """A Redis of the test's own, which can be killed and started anew, empty, on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.server = run_redis(self.port)

    def kill(self) -> None:
        self.server.kill()
        self.server.wait()

    def start_anew(self) -> None:
        self.server = run_redis(self.port)


@pytest.fixture
def broker():
    broker = Broker()
    yield broker
    broker.kill()


@pytest.fixture
def worker(broker):
    process = start_worker(broker.url)
    yield process
    process.kill()
    process.wait()


@pytest.fixture
def ring(broker):
    """Send a task by its name, as the scheduler does."""

    def send(name, *args):
        with Celery(broker=broker.url, set_as_current=False) as app:
            app.send_task(name, args=args, ignore_result=True)

    return send


def is_read(path):
    return Feed.objects.filter(address__endswith=path, leased_until=None, last_success_at__isnull=False).exists()


def test_it_goes_on_when_redis_was_killed_midway_and_is_back(site, broker, worker, ring):
    a_world()
    site.pages |= {"/one": rss(A), "/two": rss(A, B)}
    a_feed(site.url("/one"))
    killed = []

    def kill_once():
        if not killed:
            killed.append(broker.kill())

    site.before = kill_once
    ring("newsroom.poll")
    until(lambda: is_read("/one"))
    assert worker.poll() is None
    broker.start_anew()
    a_feed(site.url("/two"))

    def rung_until_read():
        ring("newsroom.poll")
        return is_read("/two")

    until(rung_until_read)
    until(lambda: Draft.objects.count() == 2)
    assert sorted(Article.objects.values_list("url", flat=True)) == [A[0], B[0]]


def let_in(name, allowed):
    """Let connections to a database in; or cut all and refuse new ones, as one that crashed does to its clients."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" WITH ALLOW_CONNECTIONS {allowed}')
        if not allowed:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


@pytest.mark.postgres_only
def test_it_goes_on_when_the_database_was_gone_midway_and_is_back(site, worker: subprocess.Popen[bytes], ring):
    a_world()
    site.pages["/feed"] = rss(A, B)
    a_feed(site.url("/feed"))
    name = connection.settings_dict["NAME"]
    connection.close()
    gone = threading.Event()

    def cut_once():
        if not gone.is_set():
            let_in(name, False)
            gone.set()

    site.before = cut_once
    ring("newsroom.poll")
    try:
        assert gone.wait(60)
        ring("newsroom.poll")  # heard while there is no database
    finally:
        let_in(name, True)
    assert Article.objects.count() == 0
    assert worker.poll() is None
    Feed.objects.update(leased_until=timezone.now() - timedelta(seconds=1))

    def rung_until_read():
        ring("newsroom.poll")
        return is_read("/feed")

    until(rung_until_read)
    until(lambda: Draft.objects.count() == 2)
    assert Article.objects.count() == 2
