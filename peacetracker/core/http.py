"""One way out to the network: public addresses only, bounded in time and in size.

Every address is checked at the moment of connecting, after the name was looked up and again on the connected peer,
and so is every redirect. `_new_conn`, `_dns_host` and the pools of connections are internals of urllib3, which is
therefore pinned.
"""

import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

CHUNK = 64 * 1024
CONNECT_S = 10.0
REDIRECTS = {301, 302, 303, 307, 308}
IPV6_UNICAST = ipaddress.ip_network("2000::/3")
IPV6_TUNNELS = (ipaddress.ip_network("2001::/32"), ipaddress.ip_network("2002::/16"))  # Teredo, 6to4: carry an IPv4


class FetchError(Exception):
    """An address could not be read. The text says why, in plain words. Never an OSError: urllib3 would disguise it."""


class PrivateAddress(FetchError):
    """The address, or one it leads to, is not on the public internet."""


class BadAddress(FetchError):
    """Not an http or https address that can be asked."""


class TooLarge(FetchError):
    """The body is larger than allowed, as sent or when unpacked."""


class TooSlow(FetchError):
    """The whole answer did not come in time."""


class TooManyRedirects(FetchError):
    """The address sends on and on."""


class Unreachable(FetchError):
    """No such name, nobody answers, or the connection cannot be trusted."""


class BadAnswer(FetchError):
    """Something answered, but not in proper HTTP."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of any status. `url` is the last of the redirects, `history` what sent there: (status, address)."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    history: list[tuple[int, str]] = field(default_factory=list)


def vet(ip: str) -> None:
    """Raise PrivateAddress unless `ip` is a public unicast address."""
    address = ipaddress.ip_address(ip.split("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    public = address.is_global and not address.is_multicast
    if address.version == 6:
        public = public and address in IPV6_UNICAST and not any(address in tunnel for tunnel in IPV6_TUNNELS)
    if not public:
        raise PrivateAddress(f"{ip} is not a public address")


class Watch:
    """The clock of one request: hangs up on whatever connection is open when time is over."""

    def __init__(self, seconds: float, *, allow_private: bool) -> None:
        self.seconds, self.allow_private = seconds, allow_private
        self.ends = time.monotonic() + seconds
        self.expired = False
        self.lines: list[socket.socket] = []
        self.timer = threading.Timer(seconds, self.hang_up)
        self.timer.daemon = True

    def __enter__(self) -> Self:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        for line in self.lines:
            line.close()

    def remaining(self) -> float:
        """Seconds left; raises TooSlow when there are none."""
        left = self.ends - time.monotonic()
        if self.expired or left <= 0:
            raise TooSlow(f"no complete answer within {self.seconds:g} seconds")
        return left

    def follow(self, sock: socket.socket) -> None:
        """A second handle on the same connection: it still works when TLS has taken the first one over."""
        self.lines.append(sock.dup())

    def hang_up(self) -> None:
        self.expired = True
        for line in self.lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)


def look_up(host: str, port: int, watch: Watch) -> list[tuple[Any, ...]]:
    """Addresses of a name. The resolver knows no time limit, so it is asked in a thread of its own."""
    answers: queue.SimpleQueue[list[tuple[Any, ...]] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=watch.remaining())
    except queue.Empty:
        raise TooSlow(f"the name {host} was not found in time") from None
    if isinstance(answer, Exception) or not answer:
        raise Unreachable(f"there is no host named {host}")
    return answer


def connect(host: str, port: int, watch: Watch) -> socket.socket:
    """A connection to the first address of `host` that answers; all of them must be public."""
    found = look_up(host, port, watch)
    if not watch.allow_private:
        for *_, address in found:
            vet(address[0])
    reason = ""
    for family, kind, protocol, _, address in found:
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(min(CONNECT_S, watch.remaining()))
            sock.connect(address)
            if not watch.allow_private:
                vet(sock.getpeername()[0])
            watch.follow(sock)
            sock.settimeout(watch.remaining())
            return sock
        except OSError as error:
            sock.close()
            reason = error.strerror or str(error)
        except FetchError:
            sock.close()
            raise
    raise Unreachable(f"{host} does not answer ({reason})")


class Vetted:
    """What both kinds of connection have in common: they are opened by `connect` alone."""

    _dns_host: str
    port: int

    def __init__(self, *args: Any, watch: Watch, **kwargs: Any) -> None:
        self.watch = watch
        super().__init__(*args, **kwargs)

    def _new_conn(self) -> socket.socket:
        return connect(self._dns_host, self.port, self.watch)


class VettedHTTP(Vetted, HTTPConnection):
    pass


class VettedHTTPS(Vetted, HTTPSConnection):
    pass


class VettedHTTPPool(HTTPConnectionPool):
    def __init__(self, *args: Any, watch: Watch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ConnectionCls = partial(VettedHTTP, watch=watch)  # type: ignore[assignment]


class VettedHTTPSPool(HTTPSConnectionPool):
    def __init__(self, *args: Any, watch: Watch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ConnectionCls = partial(VettedHTTPS, watch=watch)  # type: ignore[assignment]


class VettedAdapter(HTTPAdapter):
    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {
            "http": partial(VettedHTTPPool, watch=self.watch),
            "https": partial(VettedHTTPSPool, watch=self.watch),
        }


def open_session(watch: Watch) -> requests.Session:
    """A session that hears nothing from the environment (proxies, netrc) and knows no scheme but http and https."""
    session = requests.Session()
    session.trust_env = False
    session.adapters.clear()
    adapter = VettedAdapter(watch)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def check_address(url: str) -> None:
    """Raise BadAddress unless `url` is an absolute http or https address."""
    try:
        parts = urlsplit(url)
        well_formed = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        well_formed = False
    if not well_formed:
        raise BadAddress(f"“{url[:200]}” is not an http or https address")


def read_body(response: requests.Response, watch: Watch, max_bytes: int) -> bytes:
    """The whole body, unpacked. `read1` gives what has come, so that a dripping body is noticed."""
    declared = response.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > max_bytes:
        raise TooLarge(f"the body is {int(declared):,} bytes long, {max_bytes:,} are allowed")
    parts, size = [], 0
    while chunk := response.raw.read1(CHUNK, decode_content=True):
        watch.remaining()
        size += len(chunk)
        if size > max_bytes:
            raise TooLarge(f"the body is longer than the {max_bytes:,} bytes that are allowed")
        parts.append(chunk)
    watch.remaining()  # a connection that was hung up looks like a body that has ended
    return b"".join(parts)


def ask(session: requests.Session, url: str, headers: Mapping[str, str], watch: Watch) -> requests.Response:
    """One request without its body; no redirect followed."""
    check_address(url)
    try:
        return session.get(url, headers=dict(headers), stream=True, allow_redirects=False, timeout=watch.remaining())
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError) as error:
        raise BadAddress(f"“{url[:200]}” is not an http or https address") from error


def walk(
    session: requests.Session, url: str, headers: Mapping[str, str], watch: Watch, max_bytes: int, max_redirects: int
) -> Response:
    """Follow redirects, each checked like the first address, to an answer."""
    history: list[tuple[int, str]] = []
    while True:
        with ask(session, url, headers, watch) as response:
            target = session.get_redirect_target(response) if response.status_code in REDIRECTS else None
            if target is None:
                body = read_body(response, watch, max_bytes)
                return Response(response.status_code, url, response.headers, body, history)
        if len(history) == max_redirects:
            raise TooManyRedirects(f"more than {max_redirects} redirects")
        history.append((response.status_code, url))
        following = urljoin(url, target)
        if urlsplit(following).netloc != urlsplit(url).netloc:
            headers = {
                name: value for name, value in headers.items() if name.lower() not in {"authorization", "cookie"}
            }
        url = following


def guarded_get(
    url: str,
    *,
    headers: Mapping[str, str],
    deadline_s: float = 20,
    max_bytes: int = 15 * 2**20,
    max_redirects: int = 5,
    allow_private: bool = False,
) -> Response:
    """GET `url` from the public internet; an answer of any status is a Response.

    `deadline_s` is for everything together: names, redirects, headers and a body that drips. `max_bytes` counts the
    unpacked body. Raises a FetchError that says in plain words what went wrong.
    """
    with Watch(deadline_s, allow_private=allow_private) as watch, open_session(watch) as session:
        asked = {"Accept-Encoding": "gzip, deflate", **headers}
        try:
            return walk(session, url, asked, watch, max_bytes, max_redirects)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            watch.remaining()
            raise in_plain_words(error) from error


def in_plain_words(error: Exception) -> FetchError:
    """What a failure inside the libraries means."""
    if isinstance(error, requests.exceptions.SSLError | urllib3.exceptions.SSLError):
        return Unreachable("the secure connection cannot be trusted")
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
        return TooSlow("no complete answer in time")
    if isinstance(error, urllib3.exceptions.DecodeError):
        return BadAnswer("the body is not packed as its header says")
    return BadAnswer("the answer broke off or is not proper HTTP")
