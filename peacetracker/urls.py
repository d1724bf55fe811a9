"""The composition root of addresses: the only file that knows every room's door."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from peacetracker.access import urls as access
from peacetracker.core.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    path("api/v1/", include((access.api, "access-api"))),
    path("api/v1/", include("peacetracker.api.urls")),
]

# Pages: English bare, the other languages by prefix.
urlpatterns += i18n_patterns(
    path("", include("peacetracker.newsroom.urls")),
    path("", include((access.pages, "access"))),
    path("", include("peacetracker.dashboard.urls")),
    prefix_default_language=False,
)
