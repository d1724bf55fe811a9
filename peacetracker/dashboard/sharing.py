"""A view for other sites: its address, its data, and the bare page that they may show in a frame."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.html import escape
from django.views.decorators.clickjacking import xframe_options_exempt

from peacetracker.dashboard.links import Pairs, with_query

FRAME_HEIGHT = 760  # pixels: the picture, its title and its foot


@dataclass(frozen=True)
class Share:
    """The text fields of a share box: absolute addresses, and the code of a frame."""

    link: str
    api: str
    frame: str
    csv: str
    json: str


def share(
    request: HttpRequest, *, view: str, title: str, state: Pairs, csv: str = "", json: str = "", page: str = ""
) -> Share:
    """How to take away what the page shows. `view`: its name under /embed/; `state`: the whole question; `page`: the
    address of the view, where it is not this one."""
    pairs = list(state)
    framed = request.build_absolute_uri(with_query(reverse("dashboard:embed", args=[view]), pairs))
    return Share(
        link=request.build_absolute_uri(with_query(page or request.path, pairs)),
        api=request.build_absolute_uri(json) if json else "",
        frame=(
            f'<iframe src="{escape(framed)}" title="{escape(title)}" width="100%" height="{FRAME_HEIGHT}"'
            ' style="border:0" loading="lazy"></iframe>'
        ),
        csv=csv,
        json=json,
    )


@dataclass(frozen=True)
class Embedded:
    """One view as a bare page: a picture, and the same as a table.

    `page`: the full page in the same state; `twin`: the template of the table, with `context`. A chart is named by
    `figure`, `size` and `src`: id, height and JSON; any other `picture` by its template. `scripts`: the template that
    loads the code of the picture; `styles`: its sheets.
    """

    title: str
    page: str
    label: str = ""
    figure: str = ""
    src: str = ""
    picture: str = ""
    twin: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    size: str = "hero"
    shapes: bool = False
    scripts: str = "dashboard/_chart_scripts.html"
    styles: tuple[str, ...] = ()


def framable(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Any site may show this page in a frame. For pages that change nothing and know no reader: /embed/ alone."""
    return wraps(view)(xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view)))
