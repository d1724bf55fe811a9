"""The guard on the way out."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from peacetracker.core.http import BadAddress, PrivateAddress, TooLarge, TooManyRedirects, TooSlow, guarded_get, vet


class Answers(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        moved = {"/loop": "/loop", "/file": "file:///etc/passwd"}.get(self.path)
        self.send_response(302 if moved else 200)
        if moved:
            self.send_header("Location", moved)
        self.end_headers()
        try:
            if self.path == "/drip":
                for _ in range(40):
                    self.wfile.write(b"x")
                    time.sleep(0.05)
            elif self.path == "/big":
                self.wfile.write(b"x" * 200_000)
            elif not moved:
                self.wfile.write(b"hello")
        except OSError:
            pass


@pytest.fixture(scope="module")
def base():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_it_reads_a_body(base):
    assert guarded_get(f"{base}/", headers={}, allow_private=True).body == b"hello"


@pytest.mark.parametrize(
    ("path", "error"),
    [("/drip", TooSlow), ("/big", TooLarge), ("/loop", TooManyRedirects), ("/file", BadAddress)],
)
def test_it_refuses_what_is_out_of_bounds(base, path, error):
    with pytest.raises(error):
        guarded_get(f"{base}{path}", headers={}, allow_private=True, deadline_s=0.5, max_bytes=100_000)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0.0.0.0", "[::ffff:127.0.0.1]", "localhost"])
def test_it_refuses_private_hosts(host):
    with pytest.raises(PrivateAddress):
        guarded_get(f"http://{host}/", headers={})


@pytest.mark.parametrize("ip", ["100.64.0.1", "64:ff9b::7f00:1", "224.0.0.1", "::1", "fe80::1%eth0", "169.254.169.254"])
def test_it_vets_addresses_that_only_look_public(ip):
    with pytest.raises(PrivateAddress):
        vet(ip)
