"""The web server as a process of its own, which ends when the process that started it ends, however that ends.

`python -m peacetracker.core.webserver HOST PORT`: it serves until SIGTERM or until its standard input closes. The
starter holds the other end of that pipe, so even `kill -9` of the starter leaves no server behind.
"""

import os
import signal
import sys
import threading

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

BLOCKING_THREADS = 4


def end_with_starter() -> None:
    os.read(sys.stdin.fileno(), 1)  # nothing is ever written: it returns at the end of the pipe
    os.kill(os.getpid(), signal.SIGTERM)


def main(host: str, port: int) -> None:
    threading.Thread(target=end_with_starter, name="end-with-starter", daemon=True).start()
    Server(
        "peacetracker.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=3,
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
