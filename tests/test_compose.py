"""No engine is needed to see that the compose file, the settings and the example of variables fit each other."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
OURS = {name for name, service in SERVICES.items() if service["image"] == "peacetracker" and name != "keys"}
BY_LIBPQ = {"PGPASSFILE"}


def variables_read() -> set[str]:
    source = (ROOT / "peacetracker" / "settings.py").read_text(encoding="utf-8")
    return set(re.findall(r'\b(?:read|env_\w+)\("([A-Z_]+)"', source))


def test_it_explains_every_variable_that_the_settings_read():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^#([A-Z_]+)=", example, re.MULTILINE)) == variables_read()


def test_it_sets_only_variables_that_the_settings_read():
    assert {"web", "worker", "beat", "setup"} == OURS
    for name in OURS:
        assert SERVICES[name]["environment"].keys() - BY_LIBPQ <= variables_read()


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_it_waits_only_for_what_can_come_true(name):
    for other, wanted in SERVICES[name].get("depends_on", {}).items():
        ends = SERVICES[other].get("restart", "no") == "no"
        assert wanted["condition"] == ("service_completed_successfully" if ends else "service_healthy")


def test_it_watches_the_health_of_all_that_keeps_running():
    running = {name for name, service in SERVICES.items() if service.get("restart", "no") != "no"}
    watched = {name for name, service in SERVICES.items() if "test" in service.get("healthcheck", {})}
    assert running - watched == {"web"}  # whose check is the image's own
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_it_lets_the_worker_be_multiplied():
    assert "container_name" not in SERVICES["worker"]
    assert "ports" not in SERVICES["worker"]


def test_it_keeps_no_secret_in_the_files():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            assert not re.search(r"(PASSWORD|SECRET_KEY)$", name), f"{name} belongs into a file"
            assert not re.search(r"://[^@/]*:[^@/]*@", str(value)), f"{name} holds a password"


def test_it_copies_into_the_image_what_the_application_needs():
    allowed = set(re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"manage.py", "requirements.txt", "requirements-compile.txt"} <= allowed
    assert {"peacetracker", "templates", "static", "data", "locale"} <= allowed
