"""Servers under granian, asked by wrk: started when they are first needed, ended with the process that asks."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests import servers

SECONDS, ROUNDS, PATIENCE = 4, 3, 90
ROOT = Path(__file__).resolve().parent.parent
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


class NotMeasured(Exception):
    """Why a line of the table cannot be printed; the others go on."""


@dataclass(frozen=True)
class Measured:
    """Requests a second, and the middle and the slowest of a hundred answers in ms."""

    rate: float
    p50: float
    p99: float


def wait_for(address: str) -> None:
    """Until the address answers; how long it takes to is no matter here."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=PATIENCE).read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise NotMeasured(f"{address} does not answer")


def ask(address: str, connections: int = 16, header: str = "", seconds: int = SECONDS) -> Measured:
    command = ["wrk", "--latency", f"-t{min(connections, 2)}", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s"]
    command += ["-H", header] if header else []
    told = subprocess.run(
        [*command, address], capture_output=True, text=True, check=True, preexec_fn=servers.die_with_parent
    ).stdout
    if "Non-2xx" in told and not header:
        raise NotMeasured(f"{address} answers with errors")
    spread = {at: float(n) * UNITS[unit] for at, n, unit in re.findall(r"(\d+)%\s+([\d.]+)(us|ms|s)\b", told)}
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if not found or not float(found[1]):
        raise NotMeasured(f"not one answer in {seconds} seconds")
    return Measured(float(found[1]), spread["50"], spread["99"])


def best(address: str, **how: Any) -> float:
    return max(ask(address, **how).rate for _ in range(ROUNDS))


def read(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return json.load(answer)


def size(address: str) -> int:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return len(answer.read())


def tag_of(address: str) -> str:
    """The ETag of an address, by which it is asked again."""
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return str(answer.headers["ETag"])


@dataclass
class Server:
    """One application, with two workers of two threads."""

    application: str
    path: str
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    root: str = ""

    def address(self, query: str = "") -> str:
        """Where it answers; it is started if it does not yet run."""
        if self.process is None:
            port = servers.free_port()
            self.root = f"http://127.0.0.1:{port}"
            self.process = start(self.application, port, self.environment)
            wait_for(f"{self.root}{self.path}?{query}")
        return f"{self.root}{self.path}?{query}"

    def memory(self) -> float:
        """MB of the largest worker, shared pages counted in part."""
        if self.process is None:
            raise NotMeasured("the server was not started")
        pid = self.process.pid
        workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        shares = [re.search(r"Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text()) for one in workers]
        return max(int(share[1]) / 1024 for share in shares if share)


def start(application: str, port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "2", "--no-ws",
        "--port", str(port), application,
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=servers.die_with_parent,
    )  # fmt: skip
    servers.STARTED.append(process)
    return process


def manage(*arguments: str, environment: dict[str, str]) -> None:
    """Run a command of the project to its end; it ends with us, if we are ended."""
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, preexec_fn=servers.die_with_parent)


@cache
def collected(database: str) -> str:
    """A folder of our own with the static files that pages name."""
    folder = str(servers.temporary_folder("static"))
    manage("manage.py", "collectstatic", "--noinput", "-v0", environment=setting(database) | {"VAR_DIR": folder})
    return folder


def setting(database: str) -> dict[str, str]:
    return os.environ | {
        "DATABASE_URL": database, "PGDSN": database.replace("postgres://", "postgresql://"), "SECRET_KEY": "bench",
        "API_ANON_RATE": "1000000000/min",
    }  # fmt: skip
