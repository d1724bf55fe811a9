"""Where a draft stands among those that wait, in the order and with the filters of the list it was opened from."""

import copy
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest, QueryDict

from peacetracker.newsroom.models import Draft

FILTERS = "_changelist_filters"


@dataclass(frozen=True)
class Queue:
    pks: tuple[int, ...]
    at: int

    @property
    def _index(self) -> int | None:
        return self.pks.index(self.at) if self.at in self.pks else None

    @property
    def position(self) -> int | None:
        """From 1; None for a draft that does not wait in this queue."""
        return None if self._index is None else self._index + 1

    @property
    def total(self) -> int:
        return len(self.pks)

    @property
    def next(self) -> int | None:
        after = -1 if self._index is None else self._index
        return self.pks[after + 1] if after + 1 < len(self.pks) else None

    @property
    def previous(self) -> int | None:
        return self.pks[self._index - 1] if self._index else None

    @property
    def after_deciding(self) -> int | None:
        """The next one, else the first of those that were passed over."""
        return self.next or next((pk for pk in self.pks if pk != self.at), None)


class Order(ChangeList):
    """The filters and the order of the list, without its rows."""

    def get_results(self, request: HttpRequest) -> None:
        pass


def queue_of(admin: Any, request: HttpRequest, draft: Draft) -> Queue:
    filtered = _filtered(admin, request)
    pks = Draft.objects.waiting().in_queue_order() if filtered is None else filtered
    return Queue(tuple(pks.values_list("pk", flat=True)), draft.pk)


def _filtered(admin: Any, request: HttpRequest) -> Any:
    """The waiting drafts of the list as it was filtered and sorted; None without a filter, or with one that is void."""
    filters = QueryDict(request.GET.get(FILTERS, ""), mutable=True)
    filters.pop("state", None)
    filters.pop("p", None)
    if not filters:
        return None
    asked = copy.copy(request)
    asked.GET = filters  # type: ignore[assignment]
    try:
        return Order(
            asked, admin.model, admin.get_list_display(asked), (), admin.get_list_filter(asked), None,
            admin.get_search_fields(asked), False, 1, 1, (), admin, None, None,
        ).queryset.waiting()  # fmt: skip
    except IncorrectLookupParameters:
        return None
