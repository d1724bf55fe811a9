"""API keys: made, shown once, found again by their hash, revoked.

A token holds 32 random bytes, so that one round of SHA-256 is enough: nothing about it can be guessed.
"""

import contextlib
import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.core.cache import cache
from django.db import OperationalError, models, transaction
from django.utils import timezone

from peacetracker.access.models import ApiKey
from peacetracker.core.callers import Caller

TOKEN = re.compile(r"pt_[A-Za-z0-9_-]{43}")
SHOWN = len("pt_") + 6
# A revoked key may be served this much longer where processes share no cache; every key is looked up so often.
REMEMBER_S = 30
USE_NOTED = timedelta(minutes=1)


def make_key(*, name: str, scopes: Sequence[str], owner: str = "", rate: str = "") -> tuple[ApiKey, str]:
    """A new key and its token, which is kept nowhere. Raises ValidationError."""
    key = ApiKey(name=name, scopes=list(scopes), owner=owner, rate=rate)
    token = give_token(key)
    key.full_clean()
    key.save(force_insert=True)
    return key, token


def give_token(key: ApiKey) -> str:
    """Make the token of a key that is to be saved; only its hash and its first letters stay with the key."""
    token = f"pt_{secrets.token_urlsafe(32)}"
    key.prefix, key.digest = token[:SHOWN], digest_of(token)
    return token


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> Caller | None:
    """Who holds this token: one indexed query, remembered for REMEMBER_S. None for a wrong or revoked one.

    Wrong ones are not remembered: whoever sends many must not push the counts of requests out of the cache.
    """
    if not TOKEN.fullmatch(token):
        return None
    digest = digest_of(token)
    caller: Caller | None = cache.get(_place(digest))
    if caller is None:
        key = ApiKey.objects.filter(digest=digest, revoked_at=None).first()
        if key is None:
            return None
        _note_use(key)
        caller = Caller(key.pk, key.name, frozenset(key.scopes), key.rate)
        cache.set(_place(digest), caller, REMEMBER_S)
    return caller


def forget(keys: models.QuerySet[ApiKey]) -> None:
    """Look them up anew at the next request: at once in this process, and in all that share its cache."""
    cache.delete_many([_place(digest) for digest in keys.values_list("digest", flat=True)])


def revoke(keys: models.QuerySet[ApiKey]) -> int:
    """How many keys this took out of use. For ever: whoever needs one again gets a new key."""
    known = ApiKey.objects.filter(pk__in=[key.pk for key in keys])
    count = known.filter(revoked_at=None).update(revoked_at=timezone.now())
    transaction.on_commit(lambda: forget(known))
    return count


def _place(digest: str) -> str:
    return f"api-key:{digest}"


def _note_use(key: ApiKey) -> None:
    """At most once a minute. A database that can't be written to now must not keep anybody from reading."""
    now = timezone.now()
    if key.last_used_at is None or key.last_used_at < now - USE_NOTED:
        with contextlib.suppress(OperationalError), transaction.atomic():
            ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)
