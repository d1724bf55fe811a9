"""The limit to measure against: a bare WSGI application that serves the same stored documents by one query.

No validation, no throttle, no ETag, no Django: `leader`, `kind`, `after` and `before` must all be given. DSN in PGDSN.
`python -m bench.lists` makes its covering index and runs it under granian.
"""

import os
import threading
import urllib.parse
from collections.abc import Callable
from typing import Any

import psycopg

COVERING = """
CREATE TABLE IF NOT EXISTS bench_index AS
    SELECT p.leader_id, e.kind, e.first_day AS day, e.slug, e.id AS event_id
    FROM diplomacy_participation p JOIN diplomacy_event e ON e.id = p.event_id;
CREATE INDEX IF NOT EXISTS bench_covering ON bench_index (leader_id, kind, day DESC, slug DESC);
ANALYZE bench_index
"""
PAGE = """
SELECT v.document, i.day, i.slug FROM bench_index i
JOIN diplomacy_eventversion v ON v.event_id = i.event_id AND v.recorded_to IS NULL
WHERE i.leader_id = %s AND i.kind = %s AND i.day >= %s AND i.day <= %s ORDER BY i.day DESC, i.slug DESC LIMIT 51
"""
local = threading.local()
leaders: dict[str, int] = {}


def connection() -> psycopg.Connection[Any]:
    if not hasattr(local, "connection"):
        local.connection = psycopg.connect(os.environ["PGDSN"], autocommit=True)
        leaders.update(local.connection.execute("SELECT slug, id FROM diplomacy_leader").fetchall())
    return local.connection  # type: ignore[no-any-return]


def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
    database, asked = connection(), dict(urllib.parse.parse_qsl(environ["QUERY_STRING"]))
    values = (leaders[asked["leader"]], asked["kind"], asked["after"], asked["before"])
    rows = database.execute(PAGE, values, prepare=True).fetchall()
    following = f'"n{rows[49][1]}{rows[49][2]}"' if len(rows) > 50 else "null"
    documents = ",".join(row[0] for row in rows[:50])
    body = f'{{"next":{following},"previous":null,"results":[{documents}]}}'.encode()
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
