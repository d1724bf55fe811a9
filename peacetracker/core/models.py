"""Tables that have never heard of Armenia: the user, and the generation of the cache."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest


class User(AbstractUser):
    """Our own from the first migration, so that it can grow without a swap (docs/decisions/0001)."""


def signed_in(request: HttpRequest) -> User:
    """Who sent a request that only a signed-in person can send. Raises PermissionDenied."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class Generation(models.Model):
    """One row: a number that grows with every change of the public record. Part of every cache key."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="generation_is_one_row")]

    def __str__(self) -> str:
        return str(self.number)


class Timestamped(models.Model):
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
