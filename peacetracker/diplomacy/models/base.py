"""What every noun of the record shares: a public name that is never used twice, visibility, stored versions."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from peacetracker.core.models import Timestamped
from peacetracker.core.text import fold
from peacetracker.diplomacy.choices import Visibility
from peacetracker.diplomacy.querysets import RecordQuerySet


class Record(Timestamped):
    """A noun with a page of its own. `slug` is its public name for ever; visibility is apart from any status."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC, editable=False
    )
    heir = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_records", editable=False,
        verbose_name=_("merged into"),
    )  # fmt: skip
    reason = models.TextField(_("reason for withdrawing or merging"), blank=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility=Visibility.MERGED, heir__isnull=False)
                | (~Q(visibility=Visibility.MERGED) & Q(heir__isnull=True)),
                name="%(class)s_merged_has_an_heir",
            ),
            models.CheckConstraint(condition=~Q(heir=F("id")), name="%(class)s_is_not_its_own_heir"),
            models.CheckConstraint(
                condition=Q(visibility=Visibility.PUBLIC) | ~Q(reason=""), name="%(class)s_withdrawn_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return str(getattr(self, "name", self.slug))

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.PUBLIC

    def standing(self) -> Self | None:
        """The public record that this one is, or has become part of; None for one that is withdrawn."""
        record: Any = self
        while record.visibility == Visibility.MERGED:
            record = record.heir
        return record if record.is_public else None

    def folded(self) -> str:
        """All that a search for this record should find, in one spelling."""
        return fold(str(self))


class Named(models.Model):
    """A name, and what it is called in the other languages; those are the editor's, not read on a page."""

    name = models.CharField(_("name"), max_length=250)
    name_native = models.JSONField(_("names in other languages"), default=dict, blank=True)
    native_unsure = models.JSONField(_("languages whose form is a guess"), default=list, blank=True)

    class Meta:
        abstract = True

    def spellings(self) -> list[str]:
        return [self.name, *self.name_native.values()]


class Keyed(models.Model):
    """A part of a record with a stable public id, made once from what names it and never changed."""

    key = models.CharField(_("id"), max_length=16, unique=True, editable=False)

    class Meta:
        abstract = True


class StoredVersion(models.Model):
    """One state of one record as API and exports serve it, and the time for which it was the current one.

    `document` is text, not JSON: a list is served by joining the texts, without taking one apart.
    """

    document = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    recorded_from = models.DateTimeField(editable=False)
    recorded_to = models.DateTimeField(null=True, editable=False)
    reason = models.TextField(blank=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False)

    class Meta:
        abstract = True
