import pytest
from django.contrib.auth.models import Group

from peacetracker.core.models import User
from peacetracker.newsroom.groups import EDITORS
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


def an_editor(name):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=EDITORS))
    return user


@pytest.fixture
def desk(client, db):
    """The browser of an editor who has logged in."""
    client.force_login(an_editor("anna"))
    return client
