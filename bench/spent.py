"""How long something takes, by the clock and in processor time, PostgreSQL's own included where it runs here.

On a machine that others use too only processor time says anything; workers that PostgreSQL starts for one query are not
in it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection


@dataclass(frozen=True)
class Spent:
    """Milliseconds: by the clock, and of the processor here and in the database."""

    wall: float
    here: float
    database: float

    @property
    def processor(self) -> float:
        return self.here + self.database


def in_database() -> float:
    """Milliseconds that the connection's server process has run."""
    if connection.vendor != "postgresql":
        return 0.0
    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(told.read_text().split()[0]) / 1e6 if told.exists() else 0.0


def smallest(act: Callable[[], Any], runs: int) -> Spent:
    """The smallest of each of some runs."""
    found = []
    for _ in range(runs):
        before = in_database()
        wall, here = time.perf_counter(), time.process_time()
        act()
        wall, here = time.perf_counter() - wall, time.process_time() - here
        found.append(Spent(wall * 1000, here * 1000, in_database() - before))
    return Spent(*(min(values) for values in zip(*((one.wall, one.here, one.database) for one in found), strict=True)))
