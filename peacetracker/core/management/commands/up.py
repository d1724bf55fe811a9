"""`manage.py up`: the whole application with one command: web server, worker and scheduler."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from celery import current_app
from celery.beat import EmbeddedService
from celery.worker import WorkController
from celery.worker import state as worker_state
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from peacetracker.core.static_files import gather_if_changed

START_SECONDS = 120  # a busy machine; a server that ends before is told of at once
STOP_SECONDS = 20


class Stop(Exception):
    """A signal asked us to end."""


def raise_stop(*_: object) -> None:
    raise Stop


def refuse_taken_port(host: str, port: int) -> None:
    """Ask before the server does: it would share the port with another one and answer every second request."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"Port {port} is not free ({error.strerror}). Take another one: --port 8123") from None


@contextlib.contextmanager
def web_server(host: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The server's process, answering. It ends with the block, and with this process should that be killed."""
    command = [sys.executable, "-m", "peacetracker.core.webserver", host, str(port)]
    # A group of its own: Ctrl-C reaches only us, and we stop things in order.
    process = subprocess.Popen(command, stdin=subprocess.PIPE, process_group=0)  # noqa: S603
    try:
        await_answer(process, host, port)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # the server's own worker, should the server have died before it


def await_answer(process: subprocess.Popen[bytes], host: str, port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            return
        time.sleep(0.05)
    raise CommandError("The web server did not start; its message stands above.")


@contextlib.contextmanager
def worker_and_beat() -> Iterator[None]:
    """Worker and scheduler as threads of this process, so that the broker in memory joins them."""
    worker: WorkController = current_app.WorkController(
        pool="threads",
        concurrency=2,
        hostname="embedded@localhost",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    thread = threading.Thread(target=worker.start, name="worker", daemon=True)
    beat: Any = EmbeddedService(current_app, thread=True, scheduler_cls="celery.beat:Scheduler")
    state: Any = worker_state
    thread.start()
    beat.start()
    try:
        yield
    finally:
        beat.stop()
        state.should_stop = 0  # the worker looks at it between two messages; tasks under way are finished
        thread.join(STOP_SECONDS)


class Command(BaseCommand):
    help = "Prepares the database and serves the application, with the ingest worker and the scheduler beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        refuse_taken_port(host, port)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, raise_stop)
        try:
            call_command("prepare", stdout=self.stdout, stderr=self.stderr)
            gather_if_changed()
            with web_server(host, port) as web, worker_and_beat():
                self._greet(host, port)
                code = web.wait()
            raise CommandError(f"The web server ended by itself (exit code {code}); everything is stopped.")
        except Stop:
            self.stdout.write("Stopped.")

    def _greet(self, host: str, port: int) -> None:
        address = f"http://{host}:{port}"
        self.stdout.write(f"Peace Tracker:  {address}/")
        self.stdout.write(f"Editors' desk:  {address}/admin/")
        self.stdout.write("A new editor:   .venv/bin/python manage.py createeditor NAME")
        self.stdout.write("Ctrl-C stops everything.")
        self.stdout.flush()
