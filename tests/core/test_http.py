"""The guard on the way out."""

import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from peacetracker.core.http import (
    BadAddress,
    BadAnswer,
    PrivateAddress,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
    guarded_get,
    vet,
)

MOVED = {"/loop": "/loop", "/file": "file:///etc/passwd", "/metadata": "http://169.254.169.254/latest/"}
BOMB = gzip.compress(b"\0" * 200_000_000, 9)
PACKED = {"/bomb": ("gzip", BOMB), "/bombs": ("gzip, gzip", gzip.compress(BOMB)), "/lie": ("gzip", b"not packed")}
PACKED |= {"/gzip": ("gzip", gzip.compress(b"hello")), "/deflate": ("deflate", zlib.compress(b"hello"))}


class Answers(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        self.server.asked.append(self.path)
        self.server.cookies.append(self.headers.get("Cookie"))
        with suppress(OSError):
            self.answer()

    def answer(self):
        if self.path == "/drip-head":
            return self.drip(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 40)
        packed, body = PACKED.get(self.path, ("", b"hello"))
        self.send_response(302 if self.path in MOVED else 200)
        for name, value in self.headers_of(packed):
            self.send_header(name, value)
        self.end_headers()
        if self.path == "/drip":
            return self.drip(b"x" * 40)
        return self.wfile.write(b"x" * 200_000 if self.path in {"/big", "/said-big"} else body)

    def headers_of(self, packed):
        if self.path in MOVED:
            yield "Location", MOVED[self.path]
        if packed:
            yield "Content-Encoding", packed
        if self.path == "/said-big":
            yield "Content-Length", "200000"

    def drip(self, what):
        for byte in what:
            self.wfile.write(bytes([byte]))
            time.sleep(0.05)


@pytest.fixture(scope="module")
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.asked, server.cookies = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def base(server):
    server.asked.clear()
    server.cookies.clear()
    return f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def names(monkeypatch):
    """Answers of a resolver, one after the other; the last one again and again. `asked` counts."""
    answers, asked = [], []

    def look_up(host, port, *args, **kwargs):
        asked.append(host)
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return answers, asked


@pytest.mark.parametrize("path", ["/", "/gzip", "/deflate"])
def test_it_reads_a_body_packed_or_not(base, path):
    assert guarded_get(f"{base}{path}", headers={}, allow_private=True).body == b"hello"


@pytest.mark.parametrize(
    ("path", "error"),
    [
        ("/drip", TooSlow),
        ("/drip-head", TooSlow),
        ("/big", TooLarge),
        ("/said-big", TooLarge),
        ("/bomb", TooLarge),
        ("/bombs", TooLarge),
        ("/lie", BadAnswer),
        ("/loop", TooManyRedirects),
        ("/file", BadAddress),
    ],
)
def test_it_refuses_what_is_out_of_bounds(base, path, error):
    started = time.monotonic()
    with pytest.raises(error):
        guarded_get(f"{base}{path}", headers={}, allow_private=True, deadline_s=0.5, max_bytes=100_000)
    assert time.monotonic() - started < 1.5


def test_it_unpacks_a_bomb_no_further_than_is_allowed(base):
    tracemalloc.start()
    with pytest.raises(TooLarge):
        guarded_get(f"{base}/bomb", headers={}, allow_private=True, max_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0.0.0.0", "[::ffff:127.0.0.1]", "localhost"])
def test_it_refuses_private_hosts(host):
    with pytest.raises(PrivateAddress):
        guarded_get(f"http://{host}/", headers={})


@pytest.mark.parametrize("ip", ["100.64.0.1", "64:ff9b::7f00:1", "224.0.0.1", "::1", "fe80::1%eth0", "169.254.169.254"])
def test_it_vets_addresses_that_only_look_public(ip):
    with pytest.raises(PrivateAddress):
        vet(ip)


def test_it_refuses_a_name_with_one_private_address_among_public_ones(server, base, names):
    answers, _asked = names
    answers.append(["93.184.216.34", "127.0.0.1"])
    with pytest.raises(PrivateAddress):
        guarded_get(f"http://both.example:{server.server_port}/", headers={})
    assert server.asked == []


def test_it_connects_to_the_very_address_that_it_vetted(server, base, names, monkeypatch):
    """A name that answers public first and private second: there is no second question."""
    answers, asked = names
    answers += [["93.184.216.34"], ["127.0.0.1"]]
    reached = []

    def refuse(self, address):
        reached.append(address[0])
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(Unreachable):
        guarded_get(f"http://rebound.example:{server.server_port}/", headers={})
    assert (reached, len(asked)) == (["93.184.216.34"], 1)


def test_it_sends_nothing_to_a_peer_that_is_private_after_all(server, base, names, monkeypatch):
    """Where the way to a public address is bent to a private peer, by whatever means."""
    names[0].append(["93.184.216.34"])
    connect = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: connect(self, ("127.0.0.1", address[1])))
    with pytest.raises(PrivateAddress):
        guarded_get(f"http://bent.example:{server.server_port}/", headers={})
    assert server.asked == []


def test_it_vets_each_step_of_a_redirect(base, monkeypatch):
    """The first address passes as public; where it leads to is refused before a socket is opened."""
    monkeypatch.setattr("peacetracker.core.http.vet", lambda ip: None if ip == "127.0.0.1" else vet(ip))
    with pytest.raises(PrivateAddress, match="169"):
        guarded_get(f"{base}/metadata", headers={})


def test_it_keeps_cookies_from_another_host(server, base, monkeypatch):
    monkeypatch.setitem(MOVED, "/elsewhere", f"http://localhost:{server.server_port}/")
    answer = guarded_get(f"{base}/elsewhere", headers={"Cookie": "a=b"}, allow_private=True)
    assert answer.history == [(302, f"{base}/elsewhere")]
    assert server.cookies == ["a=b", None]
