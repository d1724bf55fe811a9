"""What a request asks for beside the filters: format, page, fields. Read strictly, as the filters are."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from peacetracker.core.dates import parse_partial
from peacetracker.diplomacy.filters import BadFilter, Params
from peacetracker.diplomacy.recorded import AS_OF

LIMIT, MOST = 50, 1000
MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "ics": "text/calendar",
    "atom": "application/atom+xml",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "cite": "text/plain",
    "bibtex": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "csl": "application/vnd.citationstyles.csl+json",
}
ANY = "*/*"
# Only by `format=`: programs that take any text do not mean a citation.
BY_NAME_ALONE = ("cite", "bibtex", "ris", "csl")
PAGING = ("format", "limit", "cursor", "count", "fields", "omit", AS_OF)
CURSOR = re.compile(r"([np])([A-Za-z0-9_-]{1,200})")


def single(params: Params, name: str, default: str = "") -> str:
    """The value of a parameter that is given once, or empty."""
    values = {value for value in params.getlist(name) if value.strip()}
    if len(values) > 1:
        raise BadFilter(name, _("%(name)s can be given once only.") % {"name": name}, [name])
    return values.pop() if values else default


def choose(params: Params, name: str, known: Iterable[str], default: str = "") -> str:
    value, known = single(params, name, default), list(known)
    if value and value not in known:
        raise BadFilter(name, _("“%(value)s” is not a value of %(name)s.") % {"value": value, "name": name}, known)
    return value


def refuse_unknown(params: Params, known: Iterable[str]) -> None:
    """Raise BadFilter for a parameter that is not in the list."""
    known = list(known)
    for name in params.keys():  # noqa: SIM118  (a protocol, not a dict)
        if name not in known:
            raise BadFilter(name, _("“%(name)s” is not a parameter.") % {"name": name}, known)


def read_limit(params: Params, default: int | None) -> int | None:
    text = single(params, "limit")
    if not text:
        return default
    if not re.fullmatch(r"0*[1-9][0-9]{0,3}", text) or int(text) > MOST:
        raise BadFilter("limit", _("limit is a whole number from 1 to %(most)d.") % {"most": MOST}, [f"1–{MOST}"])
    return int(text)


def read_format(request: HttpRequest, known: Sequence[str]) -> str:
    """`format=`, else the first of the known formats that the Accept header likes best, else JSON."""
    chosen = choose(request.GET, "format", known)
    if chosen:
        return chosen
    return preferred(request, known) if request.META.get("HTTP_ACCEPT", ANY) != ANY else known[0]


def preferred(request: HttpRequest, known: Sequence[str]) -> str:
    """The first of the formats that the Accept header likes best, else the first of all."""
    known = [name for name in known if name not in BY_NAME_ALONE]
    liked = request.get_preferred_type([MEDIA_TYPES[name] for name in known])
    return next((name for name in known if MEDIA_TYPES[name] == liked), known[0])


def read_since(params: Params) -> datetime | None:
    """`modified_since=`: an ISO day or moment; without a zone it is UTC."""
    text = single(params, "modified_since").strip().replace(" ", "+")  # an unquoted + arrives as a space
    if not text:
        return None
    try:
        moment = parse_datetime(text) if "T" in text.upper() else datetime.combine(parse_partial(text)[0], time())
    except ValueError:
        moment = None
    if moment is None:
        problem = _("modified_since: “%(value)s” is not a day or moment.") % {"value": text}
        raise BadFilter("modified_since", problem, ["YYYY-MM-DD", "YYYY-MM-DDThh:mm:ssZ"])
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(moment, datetime(1970, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Cursor:
    """A place in a list: the key of a row, and whether what follows or what precedes it is wanted."""

    back: bool
    key: tuple[date | str, ...]

    def __str__(self) -> str:
        parts = (f"{part.toordinal():07d}" if isinstance(part, date) else part for part in self.key)
        return ("p" if self.back else "n") + "".join(parts)


def read_cursor(params: Params, *, dated: bool) -> Cursor | None:
    """`dated`: the list is ordered by day, then name; otherwise by name alone."""
    text = single(params, "cursor")
    if not text:
        return None
    match = CURSOR.fullmatch(text)
    days = match and re.match(r"[0-3][0-9]{6}(?=.)", match[2])
    if not match or (dated and not days):
        problem = _("cursor is not one that this list gave out.")
        raise BadFilter("cursor", problem, [_("the cursor of “next” or “previous”")])
    if not dated:
        return Cursor(match[1] == "p", (match[2],))
    ordinal = min(max(int(match[2][:7]), 1), date.max.toordinal())
    return Cursor(match[1] == "p", (date.fromordinal(ordinal), match[2][7:]))


@dataclass(frozen=True)
class Choice:
    """Which of its fields each document keeps."""

    fields: frozenset[str] | None = None
    omit: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.fields is not None or bool(self.omit)

    def keeps(self, name: str) -> bool:
        return (self.fields is None or name in self.fields) and name not in self.omit


def read_choice(params: Params, known: Sequence[str]) -> Choice:
    """`fields=a,b` and `omit=c`; both may be repeated."""
    asked = {}
    for parameter in ("fields", "omit"):
        names = [name.strip() for text in params.getlist(parameter) for name in text.split(",") if name.strip()]
        for name in names:
            if name not in known:
                raise BadFilter(parameter, _("“%(name)s” is not a field.") % {"name": name}, known)
        asked[parameter] = frozenset(names)
    return Choice(asked["fields"] or None, asked["omit"])


@dataclass(frozen=True)
class Asked:
    """A checked request for a list."""

    format: str
    limit: int | None
    cursor: Cursor | None
    count: bool
    choice: Choice


def read_asked(request: HttpRequest, *, formats: Sequence[str], fields: Sequence[str], dated: bool) -> Asked:
    format = read_format(request, formats)
    default = {"json": LIMIT, "atom": 100}.get(format)
    return Asked(
        format,
        read_limit(request.GET, default),
        read_cursor(request.GET, dated=dated),
        choose(request.GET, "count", ["true", "false"]) == "true",
        read_choice(request.GET, fields),
    )
