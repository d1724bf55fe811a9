"""`manage.py up` as it is used: a real start on empty files, and a stop that leaves nothing behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS, STOP_SECONDS = 120, 45


def one_event(folder):
    """A record that loads at once: the files of the real one, without their events and what hangs on these."""
    for path in (ROOT / "data").glob("*.jsonl"):
        keep = path.stem in {"parties", "people", "offices", "places", "publishers", "topics", "bodies"}
        (folder / path.name).write_text(path.read_text(encoding="utf-8") if keep else "", encoding="utf-8")


@pytest.fixture
def up(tmp_path):
    """Starts `up` and says where it is; whatever is left at the end is killed."""
    started = []
    record = tmp_path / "record"
    record.mkdir()
    one_event(record)

    def start(port):
        environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "PYTHONUNBUFFERED": "1"}
        environment |= {"VAR_DIR": str(tmp_path / "var"), "RECORD_DIR": str(record)}
        command = [sys.executable, "manage.py", "up", "--port", str(port)]
        with (tmp_path / "log").open("w") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        started.append(process)
        return process

    start.log = lambda: (tmp_path / "log").read_text(encoding="utf-8")
    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def until(condition, seconds, explain):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, explain()
        time.sleep(0.05)
    return found


def await_greeting(up, process):
    until(lambda: "Ctrl-C" in up.log() or process.poll() is not None, START_SECONDS, up.log)
    assert process.poll() is None, up.log()


def is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.sqlite_only
def test_it_starts_serves_and_stops_cleanly(up, number):
    port = free_port()
    process = up(port)
    await_greeting(up, process)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as response:
        assert response.read() == b'{"status": "ok"}'
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/", timeout=10) as response:
        style = re.search(r"/static/admin/css/base\.\w+\.css", response.read().decode())[0]
    assert urllib.request.urlopen(f"http://127.0.0.1:{port}{style}", timeout=10).status == 200
    process.send_signal(number)
    assert process.wait(STOP_SECONDS) == 0, up.log()
    assert is_free(port)
    assert "Traceback" not in up.log()


@pytest.mark.sqlite_only
def test_it_leaves_no_server_behind_when_it_is_killed(up):
    port = free_port()
    process = up(port)
    await_greeting(up, process)
    process.kill()
    until(lambda: is_free(port), STOP_SECONDS, up.log)


@pytest.mark.sqlite_only
def test_it_says_that_the_port_is_taken(up):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = up(port)
        assert process.wait(START_SECONDS) == 1
    assert f"Port {port} is not free" in up.log()
    assert "Traceback" not in up.log()


@pytest.mark.sqlite_only
def test_it_ends_with_a_clear_line_when_the_web_server_dies(up):
    port = free_port()
    process = up(port)
    await_greeting(up, process)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(children[0]), signal.SIGKILL)
    assert process.wait(STOP_SECONDS) == 1
    assert "The web server ended by itself" in up.log()
    until(lambda: is_free(port), STOP_SECONDS, up.log)
