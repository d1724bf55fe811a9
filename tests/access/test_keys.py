"""Keys of programs: shown once, hashed, counted by themselves, revocable."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from peacetracker.access import keys
from peacetracker.access.keys import make_key
from peacetracker.access.models import ApiKey
from tests.factories import a_source, an_event

EVENTS = "/api/v1/events/"


def get(address=EVENTS, *, token="", scheme="Bearer", **headers):
    sent = {"Authorization": f"{scheme} {token}"} if token else {}
    return Client().get(address, headers={**sent, **headers})


@pytest.fixture
def reader(db):
    """A key that reads: (row, token)."""
    return make_key(name="Notebook", scopes=["read"])


def test_it_keeps_no_token(reader):
    key, token = reader
    assert len(token) > 40
    stored = str(ApiKey.objects.values().get())
    assert token not in stored
    assert token.removeprefix("pt_")[6:] not in stored
    assert token.startswith(key.prefix)


def test_it_makes_a_key_by_command_and_prints_the_token_alone(db):
    out = StringIO()
    call_command(
        "make_key", "Coder", "--scope", "read", "--scope", "drafts", "--rate", "5/min", stdout=out, stderr=StringIO()
    )
    caller = keys.find(out.getvalue().strip())
    assert (caller.name, caller.scopes, caller.rate) == ("Coder", {"read", "drafts"}, "5/min")


@pytest.mark.parametrize(("name", "rate"), [("Notebook", ""), ("Other", "often")])
def test_it_refuses_a_key_of_a_taken_name_or_an_unreadable_rate(reader, name, rate):
    with pytest.raises(CommandError):
        call_command("make_key", name, "--rate", rate, stdout=StringIO(), stderr=StringIO())
    with pytest.raises(ValidationError):
        make_key(name="Third", scopes=["everything"])
    assert ApiKey.objects.count() == 1


@pytest.mark.parametrize("token", ["pt_nonsense", "pt_" + "x" * 43, "Other", "pt_\u00e9"])
@pytest.mark.parametrize("address", [EVENTS, "/api/v1/events/?format=csv", "/api/v1/timeline/"])
def test_it_refuses_a_wrong_key_and_says_how_to_send_one(reader, token, address):
    answer = get(address, token=token)
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_it_takes_no_notice_of_another_way_to_log_in(reader):
    assert get(token="dXNlcjpzZWNyZXQ=", scheme="Basic").status_code == 200


def test_it_refuses_a_key_without_the_scope(db):
    _key, token = make_key(name="Coder", scopes=["drafts"])
    answer = get(token=token)
    assert (answer.status_code, answer.json()["known"]) == (403, ["drafts"])


def test_it_counts_a_key_by_itself_and_not_by_its_address(reader, settings):
    settings.API_ANON_RATE, settings.API_KEY_RATE = "1/day", "3/day"
    _key, token = reader
    assert get().headers["RateLimit-Limit"] == "1"
    assert get().status_code == 429
    left = [get(token=token, x_forwarded_for=f"10.0.0.{n}").headers["RateLimit-Remaining"] for n in range(3)]
    assert left == ["2", "1", "0"]
    refused = get(token=token)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 86400


def test_it_heeds_the_rate_of_a_key_of_its_own(db, settings):
    settings.API_KEY_RATE = "3/day"
    _key, generous = make_key(name="Generous", scopes=["read"], rate="9/day")
    _key, free = make_key(name="Free", scopes=["read"], rate="0")
    assert get(token=generous).headers["RateLimit-Limit"] == "9"
    assert "RateLimit-Limit" not in get(token=free).headers


def test_it_lets_nobody_try_out_keys_without_an_end(reader, settings):
    settings.API_ANON_RATE = "2/day"
    tried = [get(token="pt_" + letter * 43).status_code for letter in "abc"]
    assert tried == [401, 401, 429]
    assert get(token=reader[1]).status_code == 200


def test_it_asks_the_database_once_for_a_key_and_never_without_one(reader, django_assert_num_queries):
    an_event(sources=[a_source()])
    tag = get().headers["ETag"]
    with django_assert_num_queries(1):
        assert get(if_none_match=tag).status_code == 304
    get(token=reader[1])
    with django_assert_num_queries(1):
        assert get(token=reader[1], if_none_match=tag).status_code == 304


def test_it_notes_the_last_use_at_most_once_a_minute(reader):
    _key, token = reader
    used = lambda: ApiKey.objects.values_list("last_used_at", flat=True).get()  # noqa: E731
    assert used() is None
    get(token=token)
    first = used()
    cache.clear()
    get(token=token)
    assert used() == first
    ApiKey.objects.update(last_used_at=timezone.now() - timedelta(minutes=2))
    cache.clear()
    get(token=token)
    assert used() >= first


def test_it_refuses_a_revoked_key_at_once_where_the_cache_is_shared(reader, django_capture_on_commit_callbacks):
    _key, token = reader
    assert get(token=token).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert keys.revoke(ApiKey.objects.all()) == 1
    assert get(token=token).status_code == 401
    assert keys.revoke(ApiKey.objects.all()) == 0


def test_it_forgets_a_key_within_a_minute_where_it_is_not(reader, monkeypatch):
    remembered = []
    monkeypatch.setattr(cache, "set", lambda name, value, timeout: remembered.append(timeout))
    get(token=reader[1])
    assert remembered
    assert max(remembered) <= 60


@pytest.fixture
def office(db):
    """The browser of somebody who may do everything."""
    browser = Client()
    browser.force_login(get_user_model().objects.create_superuser("chief"))
    return browser


def test_it_shows_a_token_once_in_the_admin(office):
    form = {"name": "Coder", "owner": "coder@example.org", "scopes": ["drafts"], "rate": ""}
    made = office.post(reverse("admin:access_apikey_add"), form)
    token = made.context["token"]
    assert keys.find(token).scopes == {"drafts"}
    assert token in made.content.decode()
    key = ApiKey.objects.get()
    for address in (reverse("admin:access_apikey_changelist"), reverse("admin:access_apikey_change", args=[key.pk])):
        page = office.get(address).content.decode()
        assert key.prefix in page
        assert token not in page


def test_it_says_in_the_admin_which_rate_it_can_not_read(office):
    form = {"name": "Coder", "scopes": ["read"], "rate": "often"}
    assert "often" in str(office.post(reverse("admin:access_apikey_add"), form).context["errors"])
    assert not ApiKey.objects.exists()


def test_it_revokes_in_the_admin_and_changes_what_a_key_may_at_once(office, reader, django_capture_on_commit_callbacks):
    key, token = reader
    assert get(token=token).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        office.post(
            reverse("admin:access_apikey_change", args=[key.pk]), {"name": key.name, "scopes": ["drafts"], "rate": ""}
        )
    assert get(token=token).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("admin:access_apikey_changelist"), {"action": "revoke", "_selected_action": [key.pk]})
    assert get(token=token).status_code == 401
    assert office.post(reverse("admin:access_apikey_delete", args=[key.pk])).status_code == 403
