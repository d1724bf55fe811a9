"""What is asked and counted of public events, in short rows: PostgreSQL alone fills it (diplomacy/at_hand.py)."""

from typing import Any

from django.db import models
from django.db.models import Q

from peacetracker.diplomacy.choices import Status
from peacetracker.diplomacy.models.events import Event


class Numbers(models.Field):
    """A list of whole numbers on PostgreSQL; never read as a value, only asked."""

    def db_type(self, connection: Any) -> str:
        return "integer[]" if connection.vendor == "postgresql" else "text"


class Has(models.Lookup):
    """Whether a list of numbers has these, given as pairs whose sums they are: a question is compiled once, with
    stand-ins for the second of each pair (statements.py)."""

    operator = ""

    def get_prep_lookup(self) -> Any:
        return tuple(map(tuple, self.rhs))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        numbers, parameters = self.process_lhs(compiler, connection)
        sums = ", ".join(f"%s + {int(offset)}" for offset, _number in self.rhs)
        return f"{numbers} {self.operator} ARRAY[{sums}]::integer[]", (*parameters, *(n for _offset, n in self.rhs))


@Numbers.register_lookup
class HasAll(Has):
    lookup_name, operator = "has_all", "@>"


@Numbers.register_lookup
class HasAny(Has):
    lookup_name, operator = "has_any", "&&"


class AtHand(models.Model):
    """One public event: a tenth of its row, with all that filters ask of its lists as numbers in one column, of which
    one index finds any combination. An event that is hidden has no row."""

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="hand")
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=10)
    track = models.CharField(max_length=12, null=True)
    level = models.CharField(max_length=10, null=True)
    joint = models.BooleanField()
    first_day = models.DateField()
    last_day = models.DateField()
    slug = models.CharField(max_length=120)
    topics = Numbers()
    terms = Numbers()

    class Meta:
        indexes = [
            # With what is counted of a few days, so that no row is looked at for that.
            models.Index(
                fields=["first_day", "slug"],
                include=["last_day", "kind", "status", "track", "level", "joint", "topics"],
                name="at_hand_in_order",
            ),
            models.Index(fields=["kind", "first_day", "slug"], name="at_hand_by_kind"),
            models.Index(
                fields=["status", "first_day", "slug"], condition=~Q(status=Status.HELD), name="at_hand_not_held"
            ),
        ]

    def __str__(self) -> str:
        return self.slug
