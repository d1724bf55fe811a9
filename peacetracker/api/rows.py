"""Lists in a fixed order, page by page from a key, never by counting rows: the last page is as near as the first."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from peacetracker.api.asking import Cursor

Key = tuple[date | str, ...]
CHUNK = 500


Row = tuple[Key, bytes]  # the place in the list, and the document


class Paged(ABC):
    """A list in a fixed order that can be entered at any key."""

    keys: tuple[str, ...]

    @property
    def dated(self) -> bool:
        return len(self.keys) > 1

    @abstractmethod
    def count(self) -> int: ...

    @abstractmethod
    def slice(self, cursor: Cursor | None, size: int) -> list[Row]:
        """So many rows beyond the cursor, in the direction in which it goes."""

    def page(self, cursor: Cursor | None, limit: int) -> "Page":
        found = self.slice(cursor, limit + 1)
        more, found = len(found) > limit, found[:limit]
        back = bool(cursor and cursor.back)
        if back:
            found.reverse()
        before, after = (more, bool(found)) if back else (bool(cursor and found), more)
        return Page(
            Cursor(False, found[-1][0]) if after else None,
            Cursor(True, found[0][0]) if before else None,
            [document for _key, document in found],
        )

    def joined(self, cursor: Cursor | None, limit: int) -> "Joined":
        """A page with its documents joined by commas."""
        page = self.page(cursor, limit)
        return Joined(page.next, page.previous, b",".join(page.documents))

    def stream(self, cursor: Cursor | None = None, limit: int | None = None) -> Iterator[bytes]:
        """The documents of the whole list, or of `limit` rows from the cursor, a chunk at a time."""
        if cursor and cursor.back:
            yield from self.page(cursor, limit or CHUNK).documents
            return
        left = limit
        while left is None or left > 0:
            size = CHUNK if left is None else min(left, CHUNK)
            found = self.slice(cursor, size)
            for _key, document in found:
                yield document
            if len(found) < size:
                return
            cursor, left = Cursor(False, found[-1][0]), None if left is None else left - size


@dataclass(frozen=True)
class Rows(Paged):
    """A query in the order of `keys`, unique together; `read` takes the document texts out of a slice of it.

    The query is a function, called only when it is needed: building one costs more than a page of documents.
    """

    query: Callable[[], QuerySet[Any]]
    keys: tuple[str, ...]
    read: Callable[[QuerySet[Any]], Iterable[Row]]
    descending: bool = False
    counted: Callable[[], int] | None = None

    def count(self) -> int:
        return self.counted() if self.counted else self.query().count()

    def sliced(self, cursor: Cursor | None, size: int) -> QuerySet[Any]:
        """The rows from a cursor on, in its direction."""
        down = self.descending != (cursor.back if cursor else False)
        query = self.query().filter(self._beyond(cursor.key, down)) if cursor else self.query()
        return query.order_by(*(f"-{key}" if down else key for key in self.keys))[:size]

    def slice(self, cursor: Cursor | None, size: int) -> list[Row]:
        return list(self.read(self.sliced(cursor, size)))

    def _beyond(self, key: Key, down: bool) -> Q:
        """What lies beyond a key. The first column is bounded on its own, so that an index can be entered there."""
        side = "lt" if down else "gt"
        if len(key) == 1:
            return Q(**{f"{self.keys[0]}__{side}": key[0]})
        first, second = self.keys
        return Q(**{f"{first}__{side}e": key[0]}) & (
            Q(**{f"{first}__{side}": key[0]}) | Q(**{f"{second}__{side}": key[1]})
        )


@dataclass(frozen=True)
class Held(Paged):
    """Some hundred rows at hand."""

    rows: list[Row]
    keys: tuple[str, ...]

    def count(self) -> int:
        return len(self.rows)

    def slice(self, cursor: Cursor | None, size: int) -> list[Row]:
        back = bool(cursor and cursor.back)
        ordered: list[Any] = sorted(self.rows, key=lambda row: row[0], reverse=back)
        if cursor:
            ordered = [row for row in ordered if (row[0] < cursor.key if back else row[0] > cursor.key)]
        return ordered[:size]


@dataclass(frozen=True)
class Neighbours:
    """Where the next and the previous page begin."""

    next: Cursor | None
    previous: Cursor | None


@dataclass(frozen=True)
class Page(Neighbours):
    documents: list[bytes]


@dataclass(frozen=True)
class Joined(Neighbours):
    text: bytes
