"""The peer: Datasette answering the same list by a canned query over a copy of the documents in SQLite.

`pip install datasette` puts it into the environment; it is no requirement of the project. The copy has the index that
the question needs, as the limit has, and stays beside the project for the next run.
"""

import json
import sqlite3
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import psycopg

from bench.asking import ROOT, NotMeasured, wait_for
from tests import servers

COPY = ROOT / "var" / "bench" / "peer.sqlite3"
TABLES = """
CREATE TABLE documents (event INTEGER PRIMARY KEY, document TEXT);
CREATE TABLE parts (leader TEXT, kind TEXT, day TEXT, slug TEXT, event INTEGER);
"""
INDEX = "CREATE INDEX covering ON parts (leader, kind, day DESC, slug DESC, event)"
DOCUMENTS = "SELECT event_id, document FROM diplomacy_eventversion WHERE recorded_to IS NULL"
PARTS = """
SELECT l.slug, p.event_kind, p.event_first_day::text, p.event_slug, p.event_id
FROM diplomacy_participation p JOIN diplomacy_leader l ON l.id = p.leader_id WHERE p.event_first_day IS NOT NULL
"""
PAGE = """
SELECT document FROM parts JOIN documents USING (event)
WHERE leader = :leader AND kind = :kind AND day >= :after AND day <= :before ORDER BY day DESC, slug DESC LIMIT 50
"""


def copied(dsn: str) -> Path:
    """The copy of the database, made if it is not there."""
    if COPY.exists():
        return COPY
    COPY.parent.mkdir(parents=True, exist_ok=True)
    unfinished = COPY.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with psycopg.connect(dsn) as record, sqlite3.connect(unfinished) as copy:
        copy.executescript(TABLES)
        for name, sql, values in (("documents", DOCUMENTS, "?, ?"), ("parts", PARTS, "?, ?, ?, ?, ?")):
            with record.cursor(name) as rows:
                rows.itersize = 5000
                copy.executemany(f"INSERT INTO {name} VALUES ({values})", rows.execute(sql))
        copy.execute(INDEX)
        copy.execute("ANALYZE")
    return unfinished.rename(COPY)


def serve(dsn: str, question: str) -> str:
    """The address at which it answers the question. Raises NotMeasured where it is not installed."""
    if not find_spec("datasette"):
        raise NotMeasured("pip install datasette")
    place, port = copied(dsn), servers.free_port()
    settings = servers.temporary_folder("peer") / "metadata.json"
    settings.write_text(json.dumps({"databases": {place.stem: {"queries": {"list": PAGE}}}}))
    command = [sys.executable, "-m", "datasette", "-i", str(place), "-m", str(settings), "--port", str(port)]
    servers.STARTED.append(
        subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=servers.die_with_parent
        )
    )
    address = f"http://127.0.0.1:{port}/{place.stem}/list.json?{question}&_shape=array"
    wait_for(address)
    return address
