"""The API's list of events at a million, side by side with its limit and with the usual way.

`python -m bench.lists [N]` starts a PostgreSQL of its own, fills it (N synthetic events beside the record; a million by
default, which takes some minutes), starts servers under granian with two workers each, and asks them in turn by wrk
with 16 connections, the limit and ours one after the other. What counts are the ratios inside one run: this machine's
own speed drops out. `python -m bench.lists postgres://...` asks a database that was filled so before.

Not measured: Datasette, which is no part of the development requirements and reads SQLite alone.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import servers

QUESTION = "leader=p-3&kind=meeting&after=2005-01-01&before=2020-01-01"
SECONDS, ROUNDS = 5, 3
POSTGRES = {
    "shared_buffers": "2GB", "work_mem": "32MB", "maintenance_work_mem": "512MB", "max_wal_size": "16GB",
    "random_page_cost": "1.1", "effective_cache_size": "6GB",
}  # fmt: skip
LIMIT, OURS, PLAIN, EMPTY = "bare WSGI, stored documents (the limit)", "Peace Tracker", "plain viewset", "empty view"
SERVED = {
    LIMIT: ("bench.limit:application", "/"),
    OURS: ("peacetracker.wsgi:application", "/api/v1/events/"),
    PLAIN: ("bench.plain:application", "/api/v1/events/"),
    EMPTY: ("bench.empty:application", "/"),
}
ROOT = Path(__file__).resolve().parent.parent


def manage(*arguments: str, environment: dict[str, str]) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True)


def start(application: str, port: int, environment: dict[str, str]) -> None:
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", "--no-ws",
        "--port", str(port), application,
    ]  # fmt: skip
    servers.STARTED.append(
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                         preexec_fn=servers.die_with_parent)
    )  # fmt: skip


def wait_for(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"{address} does not answer")


@dataclass(frozen=True)
class Measured:
    """Requests a second, and the middle and the slowest of a hundred answers in ms."""

    rate: float
    p50: float
    p99: float


UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def ask(address: str, connections: int = 16, header: str = "") -> Measured:
    threads = min(connections, 2)
    command = [
        "wrk",
        "--latency",
        f"-t{threads}",
        f"-c{connections}",
        f"-d{SECONDS}s",
        *(["-H", header] if header else []),
    ]
    told = subprocess.run([*command, address], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told and not header:
        raise SystemExit(f"{address} answers with errors")
    spread = {at: float(n) * UNITS[unit] for at, n, unit in re.findall(r"(\d+)%\s+([\d.]+)(us|ms|s)\b", told)}
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    return Measured(float(found[1]) if found else 0.0, spread["50"], spread["99"])


def best(address: str, **how: Any) -> float:
    return max(ask(address, **how).rate for _ in range(ROUNDS))


def read(address: str) -> Any:
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


def last_page(address: str) -> str:
    """The same list from the place where its last page begins: that is where the list from the other end goes on."""
    other_end = read(f"{address}&ordering=date")["next"]
    return f"{address}&cursor={other_end.rpartition('cursor=')[2]}"


def memory(starter: int) -> float:
    """MB of the largest worker of a server, shared pages counted in part."""
    workers = Path(f"/proc/{starter}/task/{starter}/children").read_text().split()
    shares = [re.search(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text()) for pid in workers]
    return max(int(share[1]) / 1024 for share in shares if share)


def fill(count: int) -> str:
    """The address of a database of our own with the record and so many events."""
    database = servers.start_postgres(**POSTGRES)
    environment = setting(database)
    for step in (["manage.py", "migrate", "-v0"], ["manage.py", "load_record"], ["-m", "bench.synthetic", str(count)]):
        manage(*step, environment=environment)
    manage("-c", "from bench import limit; limit.connection().execute(limit.COVERING)", environment=environment)
    return database


def setting(database: str) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": database, "PGDSN": database.replace("postgres://", "postgresql://"), "SECRET_KEY": "bench",
        "API_ANON_RATE": "1000000000/min",
    }  # fmt: skip


def main(database: str) -> None:
    environment, addresses, started = setting(database), {}, {}
    for name, (application, path) in SERVED.items():
        port = servers.free_port()
        start(application, port, environment)
        started[name] = servers.STARTED[-1].pid
        addresses[name] = f"http://127.0.0.1:{port}{path}?{QUESTION}"
        wait_for(addresses[name])
    print(f"\n16 connections, {QUESTION}")
    pairs = [(ask(addresses[LIMIT]).rate, ask(addresses[OURS]).rate) for _ in range(ROUNDS)]
    for limit, ours in pairs:
        print(f"limit {limit:6.0f} requests/s, ours {ours:6.0f}: {ours / limit:.2f} × the limit (must be ≥ 0.4)")
    ours, plain = max(ours for _, ours in pairs), ask(addresses[PLAIN]).rate
    told = f"ours is {ours / plain:.0f} × that" if plain else "not one answer within wrk's two seconds"
    print(f"plain viewset {plain:.1f} requests/s: {told} (must be ≥ 30 ×)")
    end = best(last_page(addresses[OURS]))
    print(f"last page {end:.0f} requests/s, first {ours:.0f}: {ours / end:.2f} × as long (must be ≤ 2)")
    one = ask(addresses[OURS], connections=1)
    print(f"one connection: p50 {one.p50:.1f} ms, p99 {one.p99:.1f} ms: {one.p99 / one.p50:.1f} × (must be ≤ 4)")
    with urllib.request.urlopen(addresses[OURS]) as answer:
        tag = answer.headers["ETag"]
    empty, unchanged = best(addresses[EMPTY]), best(addresses[OURS], header=f"If-None-Match: {tag}")
    print(f"304 {unchanged:.0f} requests/s, empty view {empty:.0f}: {unchanged / empty:.2f} × (must be ≥ 0.3)")
    mine, usual = memory(started[OURS]), memory(started[PLAIN])
    print(f"memory of a worker {mine:.0f} MB, plain {usual:.0f} MB: {mine / usual:.2f} × (must be ≤ 1.1)")


if __name__ == "__main__":
    if not shutil.which("wrk"):
        raise SystemExit("wrk is needed: apt-get install wrk")
    asked = sys.argv[1] if len(sys.argv) > 1 else "1000000"
    main(asked if "://" in asked else fill(int(asked)))
    servers.stop_servers()
