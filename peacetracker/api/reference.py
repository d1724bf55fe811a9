"""The description of the API for programs (OpenAPI 3.1) and for people (Swagger UI, from this site alone)."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.response import Response
from rest_framework.views import APIView

from peacetracker.api.asking import choose, refuse_unknown
from peacetracker.api.doors import Door
from peacetracker.diplomacy.filters import BadFilter


class OpenAPI(Door, SpectacularAPIView):
    """JSON, or YAML with format=yaml."""

    schema = None
    counted = False
    content_negotiation_class = DefaultContentNegotiation
    renderer_classes = [OpenApiJsonRenderer, OpenApiYamlRenderer]

    def asked(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The whole way through REST framework: the formats are the library's own."""
        try:
            refuse_unknown(request.GET, ["format"])
            choose(request.GET, "format", [renderer.format for renderer in self.renderer_classes])
        except BadFilter as problem:
            return self.handle_exception(problem)
        response: HttpResponseBase = APIView.dispatch(self, request, *args, **kwargs)
        return response.render() if isinstance(response, Response) else response


class Docs(SpectacularSwaggerSplitView):
    """The page that lists every address and lets a reader try it."""

    schema = None
    authentication_classes = ()
    permission_classes = ()
    title = "Peace Tracker API"
    template_name = "api/docs.html"
