"""The settings in a process of their own: they are read once."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def setting(tmp_path, expression, **variables):
    """What the expression gives with these variables set: (output, message)."""
    environment = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "VAR_DIR": str(tmp_path)} | variables
    code = f"from peacetracker import settings; print({expression})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    return done.stdout.strip(), done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "maybe"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://host/name"),
        ("REDIS_URL", "host:6379"),
        ("API_ANON_RATE", "many"),
        ("TRUSTED_PROXIES", "10.0.0.0/8,proxy"),
        ("PUBLIC_URL", "example.org"),
        ("SECRET_KEY_FILE", "/does/not/exist"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_it_names_the_variable_that_cannot_be_read(tmp_path, name, value):
    output, message = setting(tmp_path, "'read'", **{name: value})
    assert output == ""
    assert f"ImproperlyConfigured: {name} cannot be read" in message


def test_it_makes_one_secret_key_for_all_processes_and_for_no_other_user(tmp_path):
    first, second = (setting(tmp_path, "settings.SECRET_KEY")[0] for _ in range(2))
    assert len(first) > 50
    assert first == second
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_it_is_closed_unless_it_is_opened(tmp_path):
    names = ("DEBUG", "FEEDS", "FEED_ALLOW_PRIVATE", "SECURE_SSL")
    assert setting(tmp_path, f"[getattr(settings, name) for name in {names}]")[0] == str([False] * 4)


def test_it_uses_redis_for_tasks_and_cache_when_there_is_one(tmp_path):
    both = "settings.CELERY_BROKER_URL, settings.CACHES['default']['BACKEND'].rpartition('.')[2]"
    assert setting(tmp_path, both)[0] == "memory://localhost/ LocMemCache"
    assert setting(tmp_path, both, REDIS_URL="redis://h:1/0")[0] == "redis://h:1/0 RedisCache"


@pytest.mark.parametrize(("value", "rate"), [("", "60/min"), ("0", "None"), ("5", "5/min"), ("9/hour", "9/hour")])
def test_it_reads_a_rate(tmp_path, value, rate):
    assert setting(tmp_path, "settings.API_ANON_RATE", API_ANON_RATE=value)[0] == rate


def test_it_lets_the_environment_win_over_the_file(tmp_path):
    file = tmp_path / "variables"
    file.write_text("FEEDS=on\nCONTACT=file@example.org\n")
    found = setting(tmp_path, "settings.FEEDS, settings.CONTACT", ENV_FILE=str(file), CONTACT="env@example.org")
    assert found[0] == "True env@example.org"
