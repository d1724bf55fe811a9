"""A Django view that says nothing, without middleware: what revalidated reads are compared with."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peacetracker.settings")
django.setup()

# Django is set up before what needs it is imported.
from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


def empty(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    return HttpResponse(b"")


urlpatterns = [path("", empty)]
settings.ROOT_URLCONF = __name__
settings.MIDDLEWARE = []
application = get_wsgi_application()
