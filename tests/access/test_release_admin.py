"""Releases and mergers at the desk: everybody looks, a chief editor makes a release, nobody changes one."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from peacetracker.access import admin
from peacetracker.access.models import Release
from peacetracker.core.models import User
from peacetracker.newsroom.groups import CHIEF_EDITORS, EDITORS, READERS

LIST = reverse("admin:access_release_changelist")
MAKE = reverse("admin:access_release_make")


def member(client, group):
    user = User.objects.create_user(group.replace(" ", "-"), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)


@pytest.mark.parametrize("group", [READERS, EDITORS])
def test_who_is_no_chief_editor_only_looks(client, record, releases_dir, group):
    member(client, group)
    page = client.get(LIST)
    assert page.status_code == 200
    assert MAKE not in page.text
    assert client.post(MAKE).status_code == 403
    assert client.get(reverse("admin:diplomacy_merger_changelist")).status_code == 200
    assert not Release.objects.exists()


def test_a_chief_editor_makes_a_release(client, record, releases_dir):
    member(client, CHIEF_EDITORS)
    assert MAKE in client.get(LIST).text
    page = client.post(MAKE, {"note": "For the conference."}, follow=True)
    release = Release.objects.get()
    assert f"Release {release.version} is made" in page.text
    assert (release.note, release.event_count) == ("For the conference.", 3)
    assert release.get_absolute_url() in page.text
    assert "Nothing has changed since the last release." in client.post(MAKE, follow=True).text
    assert client.get(MAKE).status_code == 405


def test_nobody_changes_or_deletes_one(client, record, releases_dir):
    client.force_login(User.objects.create_superuser("root"))
    client.post(MAKE)
    release = Release.objects.get()
    page = client.get(reverse("admin:access_release_change", args=[release.pk]))
    assert release.sha256 in page.text
    assert client.post(reverse("admin:access_release_change", args=[release.pk]), {"note": "x"}).status_code == 403
    assert client.post(reverse("admin:access_release_delete", args=[release.pk])).status_code == 403


def test_a_large_record_is_left_to_the_schedule(client, record, releases_dir, monkeypatch):
    monkeypatch.setattr(admin, "WAITED_FOR", 2)
    member(client, CHIEF_EDITORS)
    assert "make_release" in client.get(LIST).text
    assert client.post(MAKE).status_code == 403
