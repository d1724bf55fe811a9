import os

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_it_runs_on_the_database_that_was_asked_for():
    assert connection.vendor == {"sqlite": "sqlite", "postgres": "postgresql"}[os.environ["TEST_DATABASE"]]


@pytest.mark.django_db
def test_it_keeps_the_tests_away_from_the_developers_files():
    assert settings.BASE_DIR not in settings.VAR_DIR.parents
