"""Addresses of the newsroom's public doors."""

from django.urls import path

from peacetracker.newsroom import views

app_name = "newsroom"
urlpatterns = [
    path("sources/", views.sources, name="sources"),
    path("accuracy/", views.accuracy, name="accuracy"),
    path("report/", views.report, name="report"),
    path("report/thanks/", views.thanks, name="report-thanks"),
]
