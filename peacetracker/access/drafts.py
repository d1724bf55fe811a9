"""/api/v1/drafts/: outside coders send drafts to the editors and see what became of them. None of it is public."""

import hashlib
from http import HTTPStatus
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiRequest
from rest_framework import serializers as s

from peacetracker.access.doors import answer
from peacetracker.access.models import Scope
from peacetracker.access.sent import SentDraftShape, faults, told
from peacetracker.api import problems, schema
from peacetracker.api.doors import CORS, PREFLIGHT, Door
from peacetracker.api.feeds import site_of
from peacetracker.api.problems import Problem
from peacetracker.api.schema import About
from peacetracker.api.shapes import Shape, maybe, string
from peacetracker.core.callers import Caller
from peacetracker.newsroom.models import Draft, Submission
from peacetracker.newsroom.submitting import OtherContent, QueueFull, Sender, WaitsAlready, submit

MOST_BYTES = 64 * 1024
LONGEST_ONCE = 200
TRY_AGAIN_S = 3600  # when the queue is full of one's own drafts
EXAMPLE = {
    "kind": "meeting",
    "date": "2022-04-06",
    "title": "Leaders meet in Brussels",
    "summary": "Michel hosted Pashinyan and Aliyev, the Council said.",
    "participants": [
        {"leader": "charles-michel", "role": "mediator"},
        {"leader": "ilham-aliyev"},
        {"leader": "nikol-pashinyan"},
    ],
    "place": "brussels",
    "topics": ["peace-treaty"],
    "sources": [
        {
            "url": "https://www.consilium.europa.eu/en/press/",
            "title": "Statement of President Charles Michel",
            "published": "2022-04-06",
            "lang": "en",
            "quote": "I hosted President Aliyev and Prime Minister Pashinyan in Brussels today.",
        }
    ],
}


class LikelyShape(Shape):
    slug = string()
    title = string()
    url = s.URLField()
    likeness = s.FloatField(help_text="0 to 1")


class ReceivedShape(Shape):
    id = s.IntegerField()
    url = s.URLField(help_text="Where to see what became of it, with the same key")
    state = s.ChoiceField(choices=["waiting"])
    submitted_by = string(help_text="The name of the key, which editors see")
    submitted_at = s.DateTimeField()
    likely_event = LikelyShape(allow_null=True, help_text="The event of the record that it probably repeats")
    unknown_people = s.ListField(child=s.CharField(), help_text="Names that an editor has to resolve")


class SentStateShape(Shape):
    id = s.IntegerField()
    url = s.URLField()
    state = s.ChoiceField(choices=Draft.State.choices)
    title = string(help_text="As it stands now: an editor may have mended it")
    submitted_by = string()
    submitted_at = s.DateTimeField()
    event = maybe(help_text="The event that was made of it or took its sources; null if that is not public")
    reason = string(allow_blank=True, help_text="Why it was rejected")


class Private(Door):
    """A door that needs a key: its answers are nobody else's, and no cache keeps them."""

    scope = Scope.DRAFTS
    takes: tuple[str, ...]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "OPTIONS":
            allowed = {"Allow": self.allowed, "Access-Control-Allow-Methods": self.allowed}
            return HttpResponse(status=204, headers={**PREFLIGHT, **CORS, **allowed})
        return super().dispatch(request, *args, **kwargs)

    @property
    def allowed(self) -> str:
        return ", ".join([*self.takes, "OPTIONS"])

    def is_counted(self, request: HttpRequest) -> bool:
        return True

    def reply(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in self.takes:
            detail = _("This address takes %(methods)s.") % {"methods": self.allowed}
            response: HttpResponseBase = problems.problem(405, detail, headers={"Allow": self.allowed})
        elif self.caller is None:
            detail = _("A key with the scope “drafts” is needed: send “Authorization: Bearer pt_…”.")
            response = problems.problem(401, detail)
        elif request.GET:
            name = next(iter(request.GET))
            detail = _("“%(name)s” is not a parameter.") % {"name": name}
            response = problems.problem(400, detail, parameter=name, known=[])
        else:
            response = self.fresh(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def asked(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return self.act(request, *args, **kwargs)
        except Problem as problem:
            return self.handle_exception(problem)

    def act(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise NotImplementedError

    @property
    def sender(self) -> Caller:
        if self.caller is None:
            raise Problem(401, _("A key is needed."))
        return self.caller


class Drafts(Private):
    """Takes a draft into the editors' queue."""

    takes = ("POST",)

    def about(self) -> About:
        once = OpenApiParameter(
            "Idempotency-Key", {"type": "string", "minLength": 1, "maxLength": LONGEST_ONCE, "pattern": "^[!-~]+$"},
            OpenApiParameter.HEADER, description="Any text of your own: sent again, nothing is made twice",
        )  # fmt: skip
        request = {"application/json": OpenApiRequest(SentDraftShape, examples=[OpenApiExample("A meeting", EXAMPLE)])}
        responses = {
            (201, "application/json"): ReceivedShape,
            **schema.problem_answers(400, 401, 403, 409, 413, 415, 422, 429),
        }
        return About(
            "drafts_create", "Send a draft to the editors", "drafts", [once], responses, request, needs_key=True
        )

    def post(self, request: Any) -> None:
        """Named for the description; `act` does it."""

    def act(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = read_body(request)
        once = read_once(request)
        shape = SentDraftShape(data=sent)
        if not shape.is_valid():
            raise refused(list(faults(shape.errors, shape, sent)))
        digest = hashlib.sha256(orjson.dumps(sent, option=orjson.OPT_SORT_KEYS)).hexdigest()
        by = Sender(self.sender.id, self.sender.name)
        site = site_of(request)
        try:
            made = submit(
                told(shape.validated_data), by=by, once=once, digest=digest, answer=lambda draft: received(draft, site)
            )
        except WaitsAlready as error:
            detail = _("This draft waits already: you sent it as number %(id)s.") % {"id": error.draft.pk}
            raise Problem(409, detail, draft=error.draft.pk) from None
        except OtherContent:
            raise Problem(
                409, _("This Idempotency-Key came before with other content."), parameter="Idempotency-Key", known=[]
            ) from None
        except QueueFull:
            detail = _("As many of your drafts wait as may wait at a time; editors have to decide some of them first.")
            return problems.problem(429, detail, headers={"Retry-After": str(TRY_AGAIN_S)})
        response = answer(made.answer)
        response.status_code = HTTPStatus.CREATED
        response.headers["Location"] = made.answer["url"]
        return response


class OneDraft(Private):
    """What became of a draft; only for the key that it came by."""

    takes = ("GET", "HEAD")

    def about(self) -> About:
        number = OpenApiParameter("id", OpenApiTypes.INT, OpenApiParameter.PATH, description="From the answer")
        responses = {(200, "application/json"): SentStateShape, **schema.problem_answers(400, 401, 403, 404, 429)}
        return About(
            "drafts_retrieve", "What became of a draft that you sent", "drafts", [number], responses, needs_key=True
        )

    def get(self, request: Any, id: str) -> None:
        """Named for the description; `act` does it."""

    def act(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mine = Submission.objects.filter(key=self.sender.id).select_related("draft__event")
        found = mine.filter(draft=kwargs["id"]).first() if len(kwargs["id"]) < 19 else None
        if found is None:
            raise Problem(404, _("Your key has sent no draft of this number."))
        return answer(state_of(found, site_of(request)))


def read_body(request: HttpRequest) -> Any:
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise Problem(413, _("A draft is at most %(most)d kB of JSON.") % {"most": MOST_BYTES // 1024})
    if request.content_type != "application/json":
        raise Problem(415, _("Send JSON, as “Content-Type: application/json”."), known=["application/json"])
    try:
        return orjson.loads(request.body)
    except orjson.JSONDecodeError as error:
        raise Problem(400, _("This is no JSON: %(error)s") % {"error": error}) from None


def read_once(request: HttpRequest) -> str | None:
    once = request.headers.get("Idempotency-Key")
    if once is not None and not (0 < len(once.strip()) <= LONGEST_ONCE and once.isprintable()):
        detail = _("Idempotency-Key is a text of 1 to %(most)d letters.") % {"most": LONGEST_ONCE}
        raise Problem(400, detail, parameter="Idempotency-Key", known=[])
    return once


def refused(wrong: list[dict[str, Any]]) -> Problem:
    first = wrong[0]
    detail = f"{first['field']}: {first['detail']}"
    if more := len(wrong) - 1:
        detail = _("%(first)s And %(more)d more, see “errors”.") % {"first": detail, "more": more}
    return Problem(422, detail, parameter=first["field"], known=first.get("known", []), errors=wrong)


def received(draft: Draft, site: str) -> dict[str, Any]:
    event = draft.likely_event
    return {
        "id": draft.pk,
        "url": _address(draft, site),
        "state": draft.state,
        "submitted_by": draft.submitted_by,
        "submitted_at": draft.created_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "likely_event": event
        and {
            "slug": event.slug,
            "title": event.title,
            "url": site + event.get_absolute_url(),
            "likeness": draft.likeness,
        },
        "unknown_people": draft.unresolved(),
    }


def state_of(sent: Submission, site: str) -> dict[str, Any]:
    draft = sent.draft
    decision = draft.decisions.filter(taken_back_at=None).first()
    return {
        "id": draft.pk,
        "url": _address(draft, site),
        "state": draft.state,
        "title": draft.title,
        "submitted_by": draft.submitted_by,
        "submitted_at": sent.at,
        "event": draft.event.slug if draft.event and draft.event.is_public else None,
        "reason": decision.reason if decision and draft.state == Draft.State.REJECTED else "",
    }


def _address(draft: Draft, site: str) -> str:
    return site + reverse("access-api:draft", args=[draft.pk])
