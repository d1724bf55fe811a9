"""Some columns of many rows, written as they stand in the objects."""

import pytest

from peacetracker.core.columns import insert_rows, write_columns
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


def test_rows_are_inserted_once_and_told_by_their_names() -> None:
    old = Topic.objects.create(slug="t-0", name="Old")
    names = {"hy": 'an “odd” \\ "name"'}
    topics = [Topic(slug=f"t-{n}", name=f"New {n}", name_native=names, updated_at=old.updated_at) for n in range(3)]
    columns = [field.attname for field in Topic._meta.concrete_fields if not field.primary_key]
    rows = [{name: getattr(topic, name) for name in columns} for topic in topics]
    inserted = insert_rows(Topic, [row | {"created_at": old.created_at} for row in rows], "slug")
    assert inserted.keys() == {"t-1", "t-2"}
    assert Topic.objects.get(slug="t-0").name == "Old"
    stored = Topic.objects.get(pk=inserted["t-2"])
    assert (stored.name, stored.name_native, stored.created_at) == ("New 2", names, old.created_at)
    assert insert_rows(Topic, [], "slug") == {}
