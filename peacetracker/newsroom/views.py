"""The newsroom's few public doors. They give counts and take reports; no draft is ever shown."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from peacetracker.core.cache import generation, remembering
from peacetracker.newsroom import accuracy as verdicts
from peacetracker.newsroom import freshness
from peacetracker.newsroom.reporting import KEEP_CONTACT, ReportForm, TooMany, keep, page_of_this_site

MINUTE_S = 60


@require_safe
@cache_control(public=True, max_age=MINUTE_S)
def sources(request: HttpRequest) -> HttpResponse:
    """The feeds by side, and how fresh they are. It changes with every fetch, so it is cached for a minute only."""
    sides = freshness.by_side()
    with remembering(generation()):  # of the names of the sides
        return render(request, "newsroom/sources.html", {"sides": sides, "tally": freshness.tally(sides)})


@require_safe
@cache_control(public=True, max_age=MINUTE_S)
def accuracy(request: HttpRequest) -> HttpResponse:
    """What became of drafts, and how the extraction scores."""
    found, scores = verdicts.accuracy(), verdicts.scores()
    context = {
        "found": found,
        "tallies": [found.total, *found.by_band, *(replace(one, name=language(one.name)) for one in found.by_lang)],
        "scores": scores,
        "scored": [(language(row["lang"]) if row["lang"] else found.total.name, row) for row in scores.rows]
        if scores
        else [],
    }
    return render(request, "newsroom/accuracy.html", context)


def language(code: str) -> str:
    """A language by its own name."""
    return dict(settings.LANGUAGES).get(code, code or _("language not known"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report an error, without an account. Never cached: the form holds a token of its reader."""
    host = request.get_host()
    if request.method != "POST":
        return _form(request, ReportForm(initial={"page": _prefilled(request, host)}, host=host))
    form = ReportForm(request.POST, host=host)
    if not form.is_valid():
        return _form(request, form, status=400)
    try:
        keep(form, request)
    except TooMany as refusal:
        answer = _form(request, form, status=429, minutes=max(refusal.wait // 60, 1))
        answer.headers["Retry-After"] = str(refusal.wait)
        return answer
    return HttpResponseRedirect(reverse("newsroom:report-thanks"))


def _prefilled(request: HttpRequest, host: str) -> str:
    """The page that the reader comes from; empty if it is none of ours."""
    try:
        return page_of_this_site(request.GET.get("page", ""), host) if request.GET.get("page") else ""
    except ValueError:
        return ""


def _form(request: HttpRequest, form: ReportForm, *, status: int = 200, minutes: int = 0) -> HttpResponse:
    context = {"form": form, "minutes": minutes, "days_kept": KEEP_CONTACT.days}
    return render(request, "newsroom/report.html", context, status=status)


@require_safe
@never_cache
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "newsroom/report_thanks.html")
