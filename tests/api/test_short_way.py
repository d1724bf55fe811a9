"""The handler that serves reads of the API without Django's signals answers as Django's own does."""

import io

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from peacetracker.api.short_way import Handler

READS = [
    ("/api/v1/events/", "kind=meeting&limit=2"), ("/api/v1/events/", "format=csv"), ("/api/v1/events/none/", ""),
    ("/api/v1/events/", "nonsense=1"), ("/api/v1/leaders", ""), ("/api/v1/docs/", ""),
]  # fmt: skip


@pytest.fixture(autouse=True)
def kept_connection(db, monkeypatch):
    """Both handlers would look whether the test's own connection is old."""
    monkeypatch.setattr(connections["default"], "close_if_unusable_or_obsolete", lambda: None)


def served(handler, path, query, **headers):
    """Status, headers and body, as a web server gets them."""
    told = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), **headers,
    }  # fmt: skip
    response = handler(environ, lambda *sent: told.extend(sent))
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    return told[0], dict(told[1]), body


@pytest.mark.parametrize(("path", "query"), READS)
def test_it_answers_as_the_handler_of_django_does(small_record, path, query):
    assert served(Handler(), path, query) == served(WSGIHandler(), path, query)


def test_it_compresses_and_guards_as_for_pages(small_record):
    _status, headers, body = served(Handler(), "/api/v1/events/", "", HTTP_ACCEPT_ENCODING="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert body[:2] == b"\x1f\x8b"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert served(Handler(), "/api/v1/events/", "", HTTP_HOST="elsewhere.example")[0].startswith("400")


def test_it_gives_the_next_page_the_same_question(small_record):
    quick = served(Handler(), "/api/v1/events/", "kind=meeting&limit=1")[2]
    slow = served(Handler(), "/api/v1/events/", "kind=meeting&limit=%31")[2]
    assert quick == slow
    assert b"kind=meeting&limit=1&cursor=n" in quick
