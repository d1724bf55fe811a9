"""The API's list of events at a million, side by side with its limit and with the usual way.

`python -m bench.lists [N]` starts a PostgreSQL of its own, fills it (N synthetic events beside the record; a million by
default, which takes some minutes), starts servers under granian with two workers each, and asks them in turn by wrk
with 16 connections, the limit and ours one after the other. What counts are the ratios inside one run: this machine's
own speed drops out. `python -m bench.lists postgres://...` asks a database that was filled so before; the record alone
(S) is then put into a database `small` beside it. A line that can't be measured says why, and the others go on.
"""

import shutil
import signal
import statistics
import subprocess
import sys
import time
from functools import cached_property

import psycopg

from bench import peer
from bench.asking import ROUNDS, NotMeasured, Server, ask, best, collected, manage, read, setting, size, tag_of
from tests import servers

QUESTION = "leader=p-3&kind=meeting&after=2005-01-01&before=2020-01-01"
POSTGRES = {
    "shared_buffers": "2GB", "work_mem": "32MB", "maintenance_work_mem": "512MB", "max_wal_size": "16GB",
    "random_page_cost": "1.1", "effective_cache_size": "6GB",
}  # fmt: skip
SMALL = "small"
# Who has most meetings in the record, so that a page is as full as one of the million.
BUSIEST = """
SELECT l.slug FROM diplomacy_participation p JOIN diplomacy_leader l ON l.id = p.leader_id
WHERE p.event_kind = 'meeting' GROUP BY l.slug ORDER BY count(*) DESC LIMIT 1
"""


def fill(count: int) -> str:
    """The address of a database of our own with the record and so many events."""
    database = servers.start_postgres(**POSTGRES)
    environment = setting(database)
    load(environment)
    manage("-m", "bench.synthetic", str(count), environment=environment)
    manage("-c", "from bench import limit; limit.connection().execute(limit.COVERING)", environment=environment)
    return database


def load(environment: dict[str, str]) -> None:
    for command in ("migrate", "load_record"):
        manage("manage.py", command, "-v0", environment=environment)


def beside(database: str) -> str:
    """The address of the database of the record alone, in the same PostgreSQL; it is made if it is not there."""
    small = f"{database.rpartition('/')[0]}/{SMALL}"
    with psycopg.connect(setting(database)["PGDSN"], autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [SMALL]).fetchone():
            return small
        connection.execute(f"CREATE DATABASE {SMALL}")
    try:
        load(setting(small))
    except BaseException:
        with psycopg.connect(setting(database)["PGDSN"], autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {SMALL} WITH (FORCE)")
        raise
    return small


class Lines:
    """The table, a line at a time."""

    def __init__(self, database: str) -> None:
        environment = setting(database) | {"VAR_DIR": collected(database)}
        self.database = database
        self.limit = Server("bench.limit:application", "/", environment)
        self.ours = Server("peacetracker.wsgi:application", "/api/v1/events/", environment)
        self.plain = Server("bench.plain:application", "/api/v1/events/", environment)
        self.empty = Server("bench.empty:application", "/", environment)

    @cached_property
    def first(self) -> str:
        return self.ours.address(QUESTION)

    @cached_property
    def rate(self) -> float:
        return best(self.first)

    @cached_property
    def nothing(self) -> float:
        return best(self.empty.address())

    def of_limit(self) -> str:
        pairs = by_turns(self.limit.address(QUESTION), self.first)
        self.rate = max(ours for _limit, ours in pairs)
        return told(pairs, "limit", "ours", "≥ 0.4")

    def of_plain(self) -> str:
        plain = ask(self.plain.address(QUESTION), seconds=12).rate
        return f"plain viewset {plain:.1f} requests/s, ours {self.rate:.0f}: {self.rate / plain:.0f} × (must be ≥ 30)"

    def of_peer(self) -> str:
        rate = best(peer.serve(setting(self.database)["PGDSN"], QUESTION))
        return f"Datasette {rate:.0f} requests/s, ours {self.rate:.0f}: {self.rate / rate:.1f} × (must be ≥ 2)"

    def last_page(self) -> str:
        """The same list from the place where its last page begins: where the list from the other end goes on."""
        other_end = read(f"{self.first}&ordering=date")["next"]
        last = f"{self.first}&cursor={other_end.rpartition('cursor=')[2]}"
        ratios = [first / last for first, last in by_turns(self.first, last)]
        return f"last page takes {spread(ratios)} × as long as the first (must be ≤ 2)"

    def one_connection(self) -> str:
        runs = [ask(self.first, connections=1) for _ in range(ROUNDS)]
        one = min(runs, key=lambda run: run.p99 / run.p50)
        return f"one connection: p50 {one.p50:.1f} ms, p99 {one.p99:.1f} ms: {one.p99 / one.p50:.1f} × (must be ≤ 4)"

    def unchanged(self) -> str:
        rate = best(self.first, header=f"If-None-Match: {tag_of(self.first)}")
        return f"304 {rate:.0f} requests/s, empty view {self.nothing:.0f}: {rate / self.nothing:.2f} × (must be ≥ 0.3)"

    def cached_page(self) -> str:
        page = f"{self.ours.root}/events/"
        rate = best(page, header=f"If-None-Match: {tag_of(page)}")
        told = f"{rate:.0f} requests/s, empty view {self.nothing:.0f}: {rate / self.nothing:.2f} ×"
        return f"page that a reader has {told} (must be ≥ 0.3)"

    def memory(self) -> str:
        mine, usual = self.ours.memory(), self.plain.memory()
        return f"memory of a worker {mine:.0f} MB, plain viewset {usual:.0f} MB: {mine / usual:.2f} × (must be ≤ 1.1)"

    def small(self) -> str:
        database = beside(self.database)
        with psycopg.connect(setting(database)["PGDSN"]) as connection:
            busiest = connection.execute(BUSIEST).fetchone()
        if not busiest:
            raise NotMeasured("the record has no meetings")
        small = Server("peacetracker.wsgi:application", "/api/v1/events/", setting(database))
        page = small.address(f"leader={busiest[0]}&kind=meeting&after=1992&before=2030")
        sizes = f"{size(page) / 1000:.0f} kB at S, {size(self.first) / 1000:.0f} kB at L"
        return f"{told(by_turns(page, self.first), 'S', 'L', '≥ 0.8')}; pages of {sizes}"


def by_turns(one: str, other: str) -> list[tuple[float, float]]:
    return [(ask(one).rate, ask(other).rate) for _ in range(ROUNDS)]


def told(pairs: list[tuple[float, float]], one: str, other: str, goal: str) -> str:
    ratios = [second / first for first, second in pairs]
    rates = ", ".join(f"{first:.0f}/{second:.0f}" for first, second in pairs)
    return f"{one}/{other} {rates} requests/s: {spread(ratios)} × {one} (must be {goal})"


def spread(ratios: list[float]) -> str:
    """The middle one, and all."""
    return f"{statistics.median(ratios):.2f} ({' · '.join(f'{one:.2f}' for one in ratios)})"


def main(database: str) -> None:
    started, lines = time.monotonic(), Lines(database)
    print(f"\n16 connections, {QUESTION}", flush=True)
    for name, line in {
        "limit": lines.of_limit, "plain viewset": lines.of_plain, "Datasette": lines.of_peer,
        "last page": lines.last_page, "one connection": lines.one_connection, "304": lines.unchanged,
        "page": lines.cached_page,
        "memory": lines.memory, "S and L": lines.small,
    }.items():  # fmt: skip
        try:
            print(line(), flush=True)
        except (NotMeasured, OSError, KeyError, ValueError, psycopg.Error, subprocess.SubprocessError) as problem:
            print(f"{name}: not measured: {problem!r}", flush=True)
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    if not shutil.which("wrk"):
        raise SystemExit("wrk is needed: apt-get install wrk")
    # Ended by a signal, it ends its servers and takes its folders away; killed, the kernel ends them.
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
    asked = sys.argv[1] if len(sys.argv) > 1 else "1000000"
    try:
        main(asked if "://" in asked else fill(int(asked)))
    finally:
        servers.stop_servers()
