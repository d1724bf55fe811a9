"""Releases and mergers at the desk: everybody looks, a chief editor asks for a release, nobody changes one."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone, translation

from peacetracker.access import making
from peacetracker.access.models import Making, Release
from peacetracker.core.models import User
from peacetracker.newsroom.groups import CHIEF_EDITORS, EDITORS, READERS

LIST = reverse("admin:access_release_changelist")
ASK = reverse("admin:access_release_add")


def member(client, group):
    user = User.objects.create_user(group.replace(" ", "-"), is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return user


def page_of(asked):
    return reverse("admin:access_release_making", args=[asked.pk])


@pytest.mark.parametrize("group", [READERS, EDITORS])
def test_who_is_no_chief_editor_only_looks(client, record, releases_dir, group):
    asked = Making.objects.create()
    member(client, group)
    page = client.get(LIST)
    assert page.status_code == 200
    assert f'href="{ASK}"' not in page.text
    assert client.get(ASK).status_code == client.post(ASK).status_code == 403
    assert client.get(page_of(asked)).status_code == 200
    assert client.get(reverse("admin:diplomacy_merger_changelist")).status_code == 200


def test_a_chief_editor_asks_for_a_release_and_sees_how_far_it_is(client, record, releases_dir, monkeypatch):
    chief = member(client, CHIEF_EDITORS)
    assert f'href="{ASK}"' in client.get(LIST).text
    page = client.post(ASK, {"note": "For the conference."}, follow=True)
    assert "waits for a worker" in page.text
    assert 'http-equiv="refresh"' in page.text
    assert not Release.objects.exists()

    shown, tell = [], making._tell
    monkeypatch.setattr(
        making, "_tell", lambda asked, *told: (tell(asked, *told), shown.append(client.get(page_of(asked)).text))
    )
    asked = making.make_asked()
    assert "0 of 14 steps done; now: events" in shown[0]
    assert "13 of 14 steps done; now: codebook, checksums" in shown[-1]
    release = Release.objects.get()
    assert (release.note, release.event_count, asked.release) == ("For the conference.", 3, release)
    page = client.get(page_of(asked))
    assert f"Release {release.version} is made: 3 events" in page.text
    assert release.get_absolute_url() in page.text
    assert 'http-equiv="refresh"' not in page.text
    assert chief.logentry_set.get().object_id == str(release.pk)

    client.post(ASK)
    assert "Nothing has changed since the last release." in client.get(page_of(making.make_asked())).text


def test_one_is_made_at_a_time(client, record, releases_dir):
    member(client, CHIEF_EDITORS)
    first = client.post(ASK).headers["Location"]
    assert client.post(ASK).headers["Location"] == client.get(ASK).headers["Location"] == first
    assert first in client.get(LIST).text
    with pytest.raises(IntegrityError):
        Making.objects.create()


def test_it_says_when_no_worker_comes(client, record):
    member(client, CHIEF_EDITORS)
    asked = Making.objects.create()
    assert "Is one running?" not in client.get(page_of(asked)).text
    Making.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    assert "Is one running?" in client.get(page_of(asked)).text


def test_a_worker_that_was_killed_is_followed_by_another_but_not_for_ever(record, releases_dir):
    asked = Making.objects.create()
    for _ in range(making.TRIES):
        assert Making.objects.claim(timezone.now(), making.LEASE) == asked
        assert making.make_asked() is None  # it is in work
        Making.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert making.make_asked().state == Making.State.FAILED
    assert not Release.objects.exists()
    asked.refresh_from_db()
    with translation.override("ru"):  # in the language of whoever looks, not of the worker
        assert asked.problem_in_words() == "Прервано 3 раза."


def test_what_went_wrong_is_told_and_the_next_may_begin(client, record, settings, tmp_path):
    (tmp_path / "file").write_text("no directory")
    settings.RELEASES_DIR = tmp_path / "file"
    member(client, CHIEF_EDITORS)
    client.post(ASK)
    page = client.get(page_of(making.make_asked()))
    assert "No release was made: FileExistsError" in page.text
    assert client.get(ASK).status_code == 200


def test_nobody_changes_or_deletes_one(client, record, releases_dir):
    client.force_login(User.objects.create_superuser("root"))
    client.post(ASK)
    release = making.make_asked().release
    page = client.get(reverse("admin:access_release_change", args=[release.pk]))
    assert release.sha256 in page.text
    assert client.post(reverse("admin:access_release_change", args=[release.pk]), {"note": "x"}).status_code == 403
    assert client.post(reverse("admin:access_release_delete", args=[release.pk])).status_code == 403
