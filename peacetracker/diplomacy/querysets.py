"""Reads that read aloud. Every public page, answer, export and feed begins at `.public()`."""

from datetime import date
from typing import Any, Self

from django.db import connection, models
from django.db.models import F, Min, Q, Subquery, Value
from django.db.models.functions import Coalesce, Least

from peacetracker.core.text import fold
from peacetracker.diplomacy.choices import SIDES, Stance, Status, Visibility


@models.TextField.register_lookup
class Words(models.Lookup):
    """Whether a folded text has words that begin with each of the words asked for: on PostgreSQL by an index of words
    (`event_words`), elsewhere by reading. Other spellings of a word follow it after a bar: `pashinian|pashinyan`.
    `fold` leaves letters, digits and spaces, so nothing needs escaping."""

    lookup_name = "words"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        text, parameters = self.process_lhs(compiler, connection)
        words = [" | ".join(f"'{one}':*" for one in word.split("|")) for word in str(self.rhs).split()]
        asked = " & ".join(f"({word})" for word in words)
        # Of events, the database keeps the words ready in a column of its own (migration 0003).
        events = text.endswith('"diplomacy_event"."search_text"')
        kept = text.replace("search_text", "search_words") if events else f"to_tsvector('simple', {text})"
        return f"{kept} @@ to_tsquery('simple', %s)", [*parameters, asked]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        text, parameters = self.process_lhs(compiler, connection)
        words = [word.split("|") for word in str(self.rhs).split()]
        sql = " AND ".join("(" + " OR ".join([f"(' ' || {text}) LIKE %s"] * len(word)) + ")" for word in words)
        return f"({sql})", tuple(part for word in words for one in word for part in (*parameters, f"% {one}%"))


@models.TextField.register_lookup
class Holds(models.Lookup):
    """Whether a text holds another one, letter by letter; nothing in it means anything else."""

    lookup_name = "holds"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        text, parameters = self.process_lhs(compiler, connection)
        sought, more = self.process_rhs(compiler, connection)
        place = "strpos" if connection.vendor == "postgresql" else "instr"
        return f"{place}({text}, {sought}) > 0", (*parameters, *more)


class RecordQuerySet(models.QuerySet[Any]):
    def public(self) -> Self:
        return self.filter(visibility=Visibility.PUBLIC)

    def matching(self, words: str) -> Self:
        """Every word, by its beginning, in any spelling that `fold` brings together."""
        return self.wording(fold(words))

    def wording(self, folded: str) -> Self:
        """As `matching`, of words that are folded already; other spellings of one may follow it (see Words)."""
        return self.filter(search_text__words=folded) if folded else self


class EventQuerySet(RecordQuerySet):
    # So many hits are few: they are fetched by the index of words and put in order. More are found by going through the
    # events in order. The database can't tell by itself which of the two a beginning of a word is.
    FEW = 5000

    def wording(self, folded: str) -> Self:
        found = super().wording(folded)
        if connection.vendor != "postgresql" or found is self:
            return found
        hits = self.model.objects.filter(search_text__words=folded).order_by().values_list("pk", flat=True)
        few = list(hits[: self.FEW + 1])
        return self.filter(pk__in=few) if len(few) <= self.FEW else found

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def since(self, day: date) -> Self:
        """Events that may have been on `day` or later: a month counts if it overlaps."""
        return self.filter(last_day__gte=day)

    def entered_at(self, day: date, column: str = "first_day") -> Self:
        """The same events, if all are wanted that may have been on `day` or later: where the first of them begins is
        looked up, so that a list need not be walked up to there, or beyond it."""
        return self.filter(**{f"{column}__gte": self.model.objects.entry(day)})

    def entry(self, day: date) -> Least:
        """The day on which the first of the public events begins that may have been on `day` or later."""
        spanning = self.model.objects.public().filter(last_day__gte=day, last_day__gt=F("first_day")).order_by()
        # Of an expression, or PostgreSQL would seek the smallest by walking just so.
        first = spanning.values("visibility").annotate(first=Min(Coalesce("first_day", "last_day"))).values("first")
        return Least(Value(day), Coalesce(Subquery(first), Value(day)))

    def until(self, day: date) -> Self:
        return self.filter(first_day__lte=day)

    def oldest_first(self) -> Self:
        return self.order_by("first_day", "slug")

    def newest_first(self) -> Self:
        return self.order_by("-first_day", "-slug")

    def held(self) -> Self:
        return self.filter(status=Status.HELD)


class KindManager(models.Manager[Any]):
    """The manager of a proxy: events of one kind, with the methods of EventQuerySet."""

    def __init__(self, kind: str = "") -> None:
        super().__init__()
        self.kind = kind

    def get_queryset(self) -> EventQuerySet:
        return EventQuerySet(self.model, using=self._db).of_kind(self.kind)

    def deconstruct(self) -> Any:
        return (False, "peacetracker.diplomacy.querysets.KindManager", None, (self.kind,), {})


class TenureQuerySet(models.QuerySet[Any]):
    def held_on(self, day: date) -> Self:
        """Tenures that hold the day when read at their widest, both ends counted."""
        return self.filter(
            Q(first_day__isnull=True) | Q(first_day__lte=day), Q(last_day__isnull=True) | Q(last_day__gte=day)
        )


class OfficeQuerySet(models.QuerySet[Any]):
    def held_on(self, day: date) -> Self:
        return self.filter(tenures__in=self.model.tenures.rel.related_model.objects.held_on(day)).distinct()


class PositionQuerySet(models.QuerySet[Any]):
    def own_voice(self) -> Self:
        """What a party said of itself, not what another says that it accepted."""
        return self.exclude(stance=Stance.CLAIMED)

    def of_the_sides(self) -> Self:
        return self.filter(party__code__in=SIDES)
