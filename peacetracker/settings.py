"""All settings. Every variable is read from the environment (or `.env`), here and nowhere else; see `.env.example`.

A value that cannot be read stops the start with the variable's name.
"""

import contextlib
import ipaddress
import logging
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import environ
from django.core.exceptions import ImproperlyConfigured

from peacetracker.api import conf

T = TypeVar("T")
YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))  # what the environment says itself stays


def read(name: str, convert: Callable[[str], T], default: T) -> T:
    """The variable's value, or the default when it is unset or empty."""
    text = env.str(name, default="").strip()
    if not text:
        return default
    try:
        return convert(text)
    except Exception as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error}") from error


def env_bool(name: str, default: bool = False) -> bool:
    def convert(text: str) -> bool:
        if text.lower() not in YES | NO:
            raise ValueError("it must be on or off")
        return text.lower() in YES

    return read(name, convert, default)


def env_list(name: str) -> list[str]:
    return read(name, lambda text: text.replace(",", " ").split(), [])


def env_rate(name: str, default: str) -> str | None:
    """Requests in a span of time (`60/min`), a bare number being per minute; 0 turns the limit off (None)."""

    def convert(text: str) -> str:
        match = re.fullmatch(r"(\d+)(?:/(s|sec|m|min|h|hour|d|day))?", text)
        if not match:
            raise ValueError("it must be like 60/min, or 0 for no limit")
        return f"{match[1]}/{match[2] or 'min'}"

    rate = read(name, convert, default)
    return None if rate.startswith("0/") else rate


def env_url(name: str, schemes: tuple[str, ...]) -> str:
    def convert(text: str) -> str:
        if not text.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            raise ValueError("it must begin with " + " or ".join(f"{scheme}://" for scheme in schemes))
        return text.rstrip("/")

    return read(name, convert, "")


def env_networks(name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return read(name, lambda text: [ipaddress.ip_network(part) for part in text.replace(",", " ").split()], [])


def log_level(text: str) -> str:
    if text.upper() not in logging.getLevelNamesMapping():
        raise ValueError("it must be DEBUG, INFO, WARNING or ERROR")
    return text.upper()


def secret_key() -> str:
    """From SECRET_KEY or SECRET_KEY_FILE, otherwise a key that every process sharing VAR_DIR finds there."""
    if text := read("SECRET_KEY", str, ""):
        return text
    if text := read("SECRET_KEY_FILE", lambda name: Path(name).read_text(encoding="utf-8").strip(), ""):
        return text
    path = VAR_DIR / "secret_key"
    if not path.exists():
        keep_new_key(path)
    return path.read_text(encoding="ascii")


def keep_new_key(path: Path) -> None:
    """Write a key in full under another name, then link it: of several processes exactly one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def database() -> dict[str, Any]:
    config = read("DATABASE_URL", env.db_url_config, env.db_url_config(f"sqlite:///{VAR_DIR / 'peacetracker.sqlite3'}"))
    engine = config.get("ENGINE")
    if engine == "django.db.backends.sqlite3":
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;"
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
        return {**config, "OPTIONS": options | config.get("OPTIONS", {})}
    if engine != "django.db.backends.postgresql":
        raise ImproperlyConfigured("DATABASE_URL cannot be read: it must begin with sqlite:// or postgres://")
    return {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True} | config


# Where things lie
VAR_DIR = read("VAR_DIR", Path, BASE_DIR / "var").absolute()
RELEASES_DIR = read("RELEASES_DIR", Path, VAR_DIR / "releases").absolute()
DATA_DIR = read("RECORD_DIR", Path, BASE_DIR / "data").absolute()
STATIC_ROOT = read("STATIC_ROOT", Path, VAR_DIR / "static").absolute()

# The site
DEBUG = env_bool("DEBUG")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = [*env_list("ALLOWED_HOSTS"), "localhost", "127.0.0.1", "[::1]"]  # loopback: health checks
PUBLIC_URL = env_url("PUBLIC_URL", ("http", "https"))  # absolute links of feeds; empty: the request's own host
TRUSTED_PROXIES = env_networks("TRUSTED_PROXIES")  # whose X-Forwarded-For is believed
ROOT_URLCONF = "peacetracker.urls"
WSGI_APPLICATION = "peacetracker.wsgi.application"
AUTH_USER_MODEL = "core.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["models.W040"]  # SQLite ignores what rides along in an index, as it may

INSTALLED_APPS = [
    "peacetracker.core.apps.DeskConfig",  # Django's admin, as the editors' desk
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "csp",
    *(f"peacetracker.{room}" for room in ("core", "diplomacy", "newsroom", "analysis", "dashboard", "api", "access")),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "peacetracker.api.short_way.short_way",
    "peacetracker.dashboard.caching.unchanged",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "peacetracker.core.desk_language.desk_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "peacetracker.dashboard.context.site",
                *(
                    f"django.{place}.context_processors.{name}"
                    for place, name in (
                        ("template", "request"),
                        ("contrib.auth", "auth"),
                        ("contrib.messages", "messages"),
                    )
                ),
            ]
        },
    }
]

# Database, cache and tasks: with a Redis all processes share cache and broker, without it each is alone
REDIS_URL = env_url("REDIS_URL", ("redis", "rediss", "unix"))
DATABASES = {"default": database()}
CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "pt"}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}
}
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = {} if REDIS_URL else {"polling_interval": 0.1}  # the default starves beat
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SYNC_EVERY = 1  # the schedule's file is touched by every tick: the health check of beat looks at it
# What is due stands in the database; the bell only asks for it, so a bell unheard for 5 s may be forgotten.
CELERY_BEAT_SCHEDULE = {
    "poll": {"task": "newsroom.poll", "schedule": 5.0, "options": {"expires": 5}},
    "release": {"task": "access.release", "schedule": 60.0, "options": {"expires": 60}},
    "make_asked": {"task": "access.make_asked", "schedule": 5.0, "options": {"expires": 5}},
    "forget": {"task": "newsroom.forget_bodies", "schedule": 3600.0, "options": {"expires": 3600}},
}

# Intake and API
FEEDS = env_bool("FEEDS")  # poll the real feeds
FEED_ALLOW_PRIVATE = env_bool("FEED_ALLOW_PRIVATE")  # for tests: fetch from loopback too
CONTACT = read("CONTACT", str, "")  # an address for publishers who wonder who asks
FETCH_USER_AGENT = f"PeaceTracker/0.1 (+{CONTACT or PUBLIC_URL or 'no address given'})"
API_ANON_RATE = env_rate("API_ANON_RATE", "60/min")
API_KEY_RATE = env_rate("API_KEY_RATE", "600/min")
SOURCE_NOTES = "peacetracker.newsroom.rereading.notes"  # where a page asks which sources were changed: likewise
API_KEYS = "peacetracker.access.keys.find"  # where the API asks who holds a key: a room that it may not import
REST_FRAMEWORK, SPECTACULAR_SETTINGS = conf.REST_FRAMEWORK, conf.SPECTACULAR_SETTINGS

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("hy", "Հայերեն"), ("az", "Azərbaycanca"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "peacetracker" / "locale"]
FORMAT_MODULE_PATH = "peacetracker.core.formats"
TIME_ZONE = "UTC"

# Static files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Security
SECURE_SSL = env_bool("SECURE_SSL")  # the site is reached by https
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL and not DEBUG
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        **{f"{kind}-src": ["'self'"] for kind in ("script", "style", "font", "connect", "manifest")},
        "img-src": ["'self'", "data:", "blob:"],  # blob: the charts' download as PNG
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": read("LOG_LEVEL", log_level, "INFO")},
}
