"""The usual way to compare with: a plain REST framework viewset over the same tables, serializers and all."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacetracker.settings")
django.setup()

# Django is set up before what needs it is imported.
from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import include, path  # noqa: E402
from rest_framework import pagination, routers, serializers, viewsets  # noqa: E402

from peacetracker.diplomacy.models import Citation, Event, Leader, Participation, Place, Topic  # noqa: E402


class PlaceShape(serializers.ModelSerializer[Place]):
    class Meta:
        model = Place
        fields = ["slug", "name", "country", "lat", "lon"]


class LeaderShape(serializers.ModelSerializer[Leader]):
    class Meta:
        model = Leader
        fields = ["slug", "name"]


class PartShape(serializers.ModelSerializer[Participation]):
    leader = LeaderShape()
    office = serializers.CharField(source="office.title")
    party = serializers.CharField(source="party.code")

    class Meta:
        model = Participation
        fields = ["leader", "role", "office", "party"]


class TopicShape(serializers.ModelSerializer[Topic]):
    class Meta:
        model = Topic
        fields = ["slug"]


class CitationShape(serializers.ModelSerializer[Citation]):
    url = serializers.CharField(source="source.url")
    side = serializers.CharField(source="side.code")

    class Meta:
        model = Citation
        fields = ["url", "publisher_name", "title", "published", "lang", "side"]


class EventShape(serializers.ModelSerializer[Event]):
    place = PlaceShape()
    participants = PartShape(source="participations", many=True)
    topics = TopicShape(many=True)
    sources = CitationShape(source="citations", many=True)

    class Meta:
        model = Event
        fields = [
            "slug", "kind", "status", "date", "end_date", "date_precision", "title", "summary", "place", "track",
            "joint", "level", "participants", "topics", "sources", "outcomes", "note", "updated_at",
        ]  # fmt: skip


class Pages(pagination.LimitOffsetPagination):
    default_limit = 50


class Events(viewsets.ReadOnlyModelViewSet[Event]):
    serializer_class = EventShape
    pagination_class = Pages
    permission_classes = ()
    authentication_classes = ()

    def get_queryset(self) -> Any:
        asked = self.request.query_params
        events = Event.objects.public().select_related("place").order_by("-first_day", "-slug")
        return events.filter(
            participations__leader__slug=asked["leader"], kind=asked["kind"], first_day__gte=asked["after"],
            first_day__lte=asked["before"],
        ).prefetch_related(
            "participations__leader", "participations__office", "participations__party", "topics",
            "citations__source", "citations__side",
        )  # fmt: skip


router = routers.SimpleRouter()
router.register("events", Events, basename="event")
urlpatterns = [path("api/v1/", include(router.urls))]
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = []
application = get_wsgi_application()
