"""Web addresses in one spelling, without what only follows readers around."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from tld import get_fld

TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|yclid|msclkid|mc_[ce]id|igshid|_openstat|ref_src|cmpid|at_\w+", re.IGNORECASE
)
DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """The address without tracking parameters, fragment and default port, its host in small letters.

    What is no web address comes back as the empty text.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname:
        return ""
    scheme = parts.scheme.lower()
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    return urlunsplit((scheme, netloc, parts.path or "/", _query(parts.query), ""))


def _query(query: str) -> str:
    """The query as it stands, unless something has to go from it."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def join(base: str, address: str) -> str:
    """An address as it stands in a document found at `base`; empty if it is none."""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def domain(url: str) -> str:
    """The registrable domain of an address: `mfa.gov.az` of https://www.mfa.gov.az/en. Empty for a bare IP address or
    a name of one's own network, which nobody has registered."""
    return get_fld(url, fail_silently=True) or ""


def same_site(one: str, other: str) -> bool:
    """Whether two addresses belong to one publisher: the same registrable domain, else the same host and port."""
    return (domain(one) or urlsplit(one).netloc) == (domain(other) or urlsplit(other).netloc)
