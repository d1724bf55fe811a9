import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_it_is_healthy_when_the_database_answers(client):
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_it_says_why_it_cannot_serve_but_not_where_the_database_is(client):
    def fail(*_):
        raise OperationalError("no answer from db.internal")

    with connection.execute_wrapper(fail):
        response = client.get("/healthz")
    assert (response.status_code, response.json()["reason"]) == (503, "database: OperationalError")


@pytest.mark.django_db
def test_it_is_asked_by_plain_http_even_where_the_site_is_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/admin/").status_code == 301
