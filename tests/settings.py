"""The project's settings, with what tests need otherwise."""

import os

from tests.servers import start_servers

start_servers()
os.environ["EXTRACTION"] = "plain"  # a build may lie about; test_compiled.py reads by it

from peacetracker.settings import *  # noqa: E402, F403
from peacetracker.settings import DATABASES, STATIC_ROOT, STORAGES, VAR_DIR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
API_ANON_RATE = None
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise wonders aloud where it is
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, so that a worker in another process can open it.
    number = os.environ.get("PYTEST_XDIST_WORKER", "")
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / f"test{number}.sqlite3")}
