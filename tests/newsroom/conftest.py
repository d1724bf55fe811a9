import pytest

from tests.factories import a_world
from tests.newsroom.serving import serving


@pytest.fixture
def site():
    with serving() as site:
        yield site


@pytest.fixture
def world(db, settings):
    settings.FEED_ALLOW_PRIVATE = True
    a_world()
