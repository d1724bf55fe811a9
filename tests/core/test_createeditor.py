import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

PASSWORD = "quiet river 1994"


def create(monkeypatch, *arguments, password=PASSWORD):
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("createeditor", *arguments, "--password-stdin", stdout=io.StringIO())


@pytest.mark.django_db
def test_it_makes_an_editor_who_can_log_in_at_the_desk(monkeypatch, client):
    create(monkeypatch, "ani")
    editor = get_user_model().objects.get(username="ani")
    assert [group.name for group in editor.groups.all()] == ["Editors"]
    assert not editor.is_superuser
    assert client.login(username="ani", password=PASSWORD)
    assert client.get("/admin/newsroom/draft/").status_code == 200


@pytest.mark.django_db
def test_it_makes_a_chief_editor(monkeypatch):
    create(monkeypatch, "leyla", "--chief")
    editor = get_user_model().objects.get(username="leyla")
    assert {group.name for group in editor.groups.all()} == {"Editors", "Chief editors"}


@pytest.mark.django_db
def test_it_refuses_a_weak_password_and_a_name_twice(monkeypatch):
    with pytest.raises(CommandError, match="too short"):
        create(monkeypatch, "ani", password="1234567")
    assert not get_user_model().objects.exists()
    create(monkeypatch, "ani")
    with pytest.raises(CommandError, match="already"):
        create(monkeypatch, "ani")
