"""How the record is cited: one event, a view, all of it. As text, BibTeX, RIS and CSL-JSON. Pure.

A citation names the day of recording and the digest of what was cited, so that it can be looked up again (`as_of`) and
checked.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

import orjson
from django.utils.translation import gettext as _

from peacetracker.core.dates import in_words

AUTHOR = "Peace Tracker"
BIBTEX_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True)
class Cited:
    """What is cited. `as_of`: the day on which it was recorded so; `url` leads to it as it was then."""

    key: str
    title: str
    url: str
    as_of: date
    sha256: str
    happened: str = ""
    is_data_set: bool = False

    @property
    def note(self) -> str:
        return _("as recorded on %(day)s, SHA-256 %(sha256)s") % {"day": in_words(self.as_of), "sha256": self.sha256}


def cite_event(document: dict[str, Any], sha256: str, *, site: str, as_of: date | None = None) -> Cited:
    """A version of an event, by its document; without a day, as of that on which it was recorded."""
    day = as_of or datetime.fromisoformat(document["updated_at"]).astimezone(UTC).date()
    return Cited(
        key=f"peace-tracker-{document['slug']}",
        title=document["title"],
        url=f"{site}{document['url']}?as_of={day}",
        as_of=day,
        sha256=sha256,
        happened=in_words(date.fromisoformat(document["date"]), document["date_precision"]),
    )


def cite_record(document: dict[str, Any], sha256: str, *, site: str, as_of: date) -> Cited:
    """A version of a leader, a proposal or a body, by its document."""
    return Cited(
        key=f"peace-tracker-{document['slug']}",
        title=document["name"],
        url=f"{site}{document['url']}?as_of={as_of}",
        as_of=as_of,
        sha256=sha256,
    )


def cite_view(asked: Sequence[tuple[str, str]], digests: Iterable[tuple[str, str]], *, site: str, as_of: date) -> Cited:
    """All that a question finds. `digests`: (slug, SHA-256) of each event, by slug; from them the whole has its own."""
    total = hashlib.sha256()
    for slug, sha256 in digests:
        total.update(f"{sha256}  {slug}\n".encode())
    said = "; ".join(f"{name}: {value}" for name, value in asked)
    title = _("A record of the Armenia–Azerbaijan peace process")
    return Cited(
        key=f"peace-tracker-{as_of}" + (f"-{total.hexdigest()[:8]}" if asked else ""),
        title=f"{title} ({said})" if said else title,
        url=f"{site}/events/?{urlencode([*asked, ('as_of', as_of)])}",
        as_of=as_of,
        sha256=total.hexdigest(),
        is_data_set=True,
    )


def plain(cited: Cited) -> str:
    happened = f", {cited.happened}" if cited.happened else ""
    return f"{AUTHOR}, “{cited.title}”{happened}, {cited.note}, {cited.url}"


def bibtex(cited: Cited) -> str:
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{_tex(cited.title)}}}",
        "year": str(cited.as_of.year),
        "month": str(cited.as_of.month),
        "url": cited.url,
        "note": _tex("; ".join(filter(None, [cited.happened, cited.note]))),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{cited.key},\n{lines}}}\n"


def _tex(text: str) -> str:
    return re.sub(r"[\\{}%&$#_~^]", lambda found: BIBTEX_SPECIAL.get(found[0], f"\\{found[0]}"), _line(text))


def ris(cited: Cited) -> str:
    pairs = [
        ("TY", "DATA" if cited.is_data_set else "ELEC"),
        ("ID", cited.key),
        ("AU", AUTHOR),
        ("TI", cited.title),
        ("PY", str(cited.as_of.year)),
        ("DA", f"{cited.as_of:%Y/%m/%d}/"),
        ("PB", AUTHOR),
        ("UR", cited.url),
        ("N1", "; ".join(filter(None, [cited.happened, cited.note]))),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in pairs)


def _line(text: str) -> str:
    """On one line: a break would begin another field."""
    return " ".join(text.split())


def csl(cited: Cited) -> str:
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "dataset" if cited.is_data_set else "entry",
        "title": cited.title,
        "author": [{"literal": AUTHOR}],
        "container-title": AUTHOR,
        "issued": {"date-parts": [[cited.as_of.year, cited.as_of.month, cited.as_of.day]]},
        "version": cited.as_of.isoformat(),
        "URL": cited.url,
        "note": "; ".join(filter(None, [cited.happened, cited.note])),
    }
    return orjson.dumps([item], option=orjson.OPT_INDENT_2).decode() + "\n"


def plain_line(cited: Cited) -> str:
    return plain(cited) + "\n"


FORMS = {"cite": plain_line, "bibtex": bibtex, "ris": ris, "csl": csl}
ENDINGS = {"cite": "txt", "bibtex": "bib", "ris": "ris", "csl": "json"}
