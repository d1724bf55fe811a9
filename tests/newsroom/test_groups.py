import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from peacetracker.core.models import User
from peacetracker.newsroom.groups import CHIEF_EDITORS, EDITORS, READERS

pytestmark = pytest.mark.django_db


def member(client, group):
    user = User.objects.create_user(group.replace(" ", "-"), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("group", "may"),
    [
        (READERS, {"newsroom.review_draft": False, "diplomacy.change_event": False, "diplomacy.view_event": True}),
        (EDITORS, {"newsroom.review_draft": True, "diplomacy.change_event": True, "diplomacy.change_keeping": False}),
        (CHIEF_EDITORS, {"newsroom.review_draft": True, "diplomacy.change_keeping": True}),
    ],
)
def test_it_gives_each_group_what_is_theirs(client, group, may):
    user = member(client, group)
    assert {name: user.has_perm(name) for name in may} == may
    assert not user.has_perm("newsroom.change_decision")
    assert not user.has_perm("core.change_user")


@pytest.mark.parametrize("group", [READERS, EDITORS, CHIEF_EDITORS])
def test_it_shows_each_group_the_queue(client, group):
    member(client, group)
    assert client.get(reverse("admin:newsroom_draft_changelist")).status_code == 200
