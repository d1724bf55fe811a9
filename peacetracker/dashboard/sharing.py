"""A view for other sites: its address, its data, and the bare page that they may show in a frame."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt

from peacetracker.dashboard.links import MOST, Pairs, api_link, with_query

FRAME_HEIGHT = 760  # pixels: the picture, its title and its foot


@dataclass(frozen=True)
class Share:
    """The text fields of a share box: absolute addresses, and the code of a frame (none: the view has no bare page).

    `files`: the same rows as data, by the name of the form.
    """

    link: str
    api: str
    frame: str
    files: Sequence[tuple[str, str]] = ()

    @property
    def pages(self) -> int | None:
        """How many rows the API call gives at once, where it gives them in pages."""
        return MOST if f"limit={MOST}" in self.api else None


def share(
    request: HttpRequest, *, state: Pairs, view: str = "", title: str = "", api: str = "", page: str = "",
    files: Sequence[tuple[str, str]] = (),
) -> Share:  # fmt: skip
    """How to take away what the page shows. `view`: its name under /embed/, if it has one; `state`: the whole question;
    `page`: the address of the view, where it is not this one."""
    pairs = list(state)
    return Share(
        link=request.build_absolute_uri(with_query(page or request.path, pairs)),
        api=request.build_absolute_uri(api) if api else "",
        frame=_frame(request, view, title, pairs) if view else "",
        files=files,
    )


def _frame(request: HttpRequest, view: str, title: str, pairs: Pairs) -> str:
    framed = request.build_absolute_uri(with_query(reverse("dashboard:embed", args=[view]), pairs))
    return (
        f'<iframe src="{escape(framed)}" title="{escape(title)}" width="100%" height="{FRAME_HEIGHT}"'
        ' style="border:0" loading="lazy"></iframe>'
    )


def share_list(
    request: HttpRequest, of: str, title: str, shown: int, state: Pairs = (), asked: Pairs | None = None
) -> Share:
    """The same for a page that shows a list of the API: `of`, its view's name too. `asked`: the question as the API
    takes it, where that is not as the page does."""
    pairs = list(state)
    links = {form: api_link(pairs if asked is None else asked, form, of) for form in ("csv", "json", "jsonl")}
    return share(request, state=pairs, view=of, title=title, api=links["json"], files=files(links, shown))


def share_events(request: HttpRequest, view: str, title: str, state: Pairs, shown: int, page: str = "") -> Share:
    """The same for a view of events, whose question is the API's."""
    pairs = list(state)
    links = {form: api_link(pairs, form) for form in ("csv", "json", "jsonl")}
    return share(request, state=pairs, view=view, title=title, api=links["json"], page=page, files=files(links, shown))


def files(links: Mapping[str, str], shown: int) -> list[tuple[str, str]]:
    """The links to data by the name of the form. JSON comes in pages: the link says so where there is a second one."""
    json = _("JSON, first %(n)s") % {"n": MOST} if shown > MOST else "JSON"
    called = {"csv": "CSV", "xlsx": "Excel", "json": json, "jsonl": "JSON Lines", "geojson": "GeoJSON",
              "ics": "iCalendar", "atom": "Atom", "cite": _("Cite"), "bibtex": "BibTeX"}  # fmt: skip
    return [(called[form], href) for form, href in links.items()]


@dataclass(frozen=True)
class Embedded:
    """One view as a bare page: a picture, and the same as a table. A view that is a table is its own picture.

    `page`: the full page in the same state; `twin`: the template of the table, with `context`. A chart is named by
    `figure`, `size` and `src`: id, height and JSON; any other `picture` by its template. `scripts`: the template that
    loads the code of the picture; `styles`: its sheets; `counted`: the template that says how much is shown, where that
    is not events of all (`shown`).
    """

    title: str
    page: str
    label: str = ""
    figure: str = ""
    src: str = ""
    picture: str = ""
    twin: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    counted: str = ""
    size: str = "hero"
    shapes: bool = False
    scripts: str = "dashboard/_chart_scripts.html"
    styles: tuple[str, ...] = ()


def framable(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Any site may show this page in a frame. For pages that change nothing and know no reader: /embed/ alone."""
    return wraps(view)(xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view)))
