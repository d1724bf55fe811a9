"""Some columns of many rows, written as they stand in the objects."""

import pytest

from peacetracker.core.columns import write_columns
from peacetracker.diplomacy.models import Topic

pytestmark = pytest.mark.django_db


def test_only_the_named_columns_are_written() -> None:
    rows = [Topic.objects.create(slug=f"t-{n}", name=f"Topic {n}") for n in range(3)]
    for row in rows:
        row.name_native, row.name, row.description = {"hy": row.slug}, f"New {row.slug}", "not to be stored"
    write_columns(rows, ["name", "name_native"])
    stored = Topic.objects.order_by("slug").values_list("name", "name_native", "description")
    assert list(stored) == [(f"New t-{n}", {"hy": f"t-{n}"}, "") for n in range(3)]


def test_no_rows_no_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(0):
        write_columns([], ["name"])
