"""The API's list of events at a million, side by side with its limit and with the usual way.

`python -m bench.lists [N]` starts a PostgreSQL of its own, fills it (N synthetic events beside the record; a million by
default, which takes some minutes), starts three servers under granian with two workers each, and asks each in turn by
wrk with 16 connections. What counts are the ratios inside one run: this machine's own speed drops out.
"""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests import servers

QUESTION = "leader=p-3&kind=meeting&after=2005-01-01&before=2020-01-01"
SECONDS, ROUNDS = 5, 3
POSTGRES = {
    "shared_buffers": "2GB", "work_mem": "32MB", "maintenance_work_mem": "512MB", "max_wal_size": "16GB",
    "random_page_cost": "1.1", "effective_cache_size": "6GB",
}  # fmt: skip
SERVED = {
    "bare WSGI, stored documents (the limit)": ("bench.limit:application", "/"),
    "Peace Tracker": ("peacetracker.wsgi:application", "/api/v1/events/"),
    "plain viewset": ("bench.plain:application", "/api/v1/events/"),
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


def rate(address: str, connections: int = 16) -> float:
    """Requests a second."""
    command = ["wrk", "-t2", f"-c{connections}", f"-d{SECONDS}s", address]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise SystemExit(f"{address} answers with errors")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])  # type: ignore[index]


def main(count: int) -> None:
    if not shutil.which("wrk"):
        raise SystemExit("wrk is needed: apt-get install wrk")
    database = servers.start_postgres(**POSTGRES)
    environment = os.environ | {
        "DATABASE_URL": database, "PGDSN": database.replace("postgres://", "postgresql://"), "SECRET_KEY": "bench",
        "API_ANON_RATE": "1000000000/min",
    }  # fmt: skip
    for step in (["manage.py", "migrate", "-v0"], ["manage.py", "load_record"], ["-m", "bench.synthetic", str(count)]):
        manage(*step, environment=environment)
    manage("-c", "from bench import limit; limit.connection().execute(limit.COVERING)", environment=environment)
    addresses = {}
    for name, (application, path) in SERVED.items():
        port = servers.free_port()
        start(application, port, environment)
        addresses[name] = f"http://127.0.0.1:{port}{path}?{QUESTION}"
        wait_for(addresses[name])
    rates = {name: max(rate(address) for _ in range(ROUNDS)) for name, address in addresses.items()}
    limit = rates[next(iter(SERVED))]
    print(f"\n{count} events, 16 connections, {QUESTION}")
    for name, found in rates.items():
        print(f"{name:42} {found:9.0f} requests/s   {found / limit:6.3f} × the limit")
    ours, plain = rates["Peace Tracker"], rates["plain viewset"]
    print(f"must be ≥ 0.4 × the limit: {ours / limit:.2f}; ≥ 30 × the plain viewset: {ours / plain:.1f}")
    servers.stop_servers()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
