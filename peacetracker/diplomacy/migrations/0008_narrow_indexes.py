"""Indexes that answer counts and odd questions without the events' long rows."""

from django.db import migrations, models
from django.db.models import F, Q

# Of the tables that Django makes for lists of an event. On SQLite they stay small, and could be lost with a rebuilt table.
LISTS = {"topics": "topic", "parties": "party", "bodies": "body", "proposals": "proposal"}


def index_lists(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table, one in LISTS.items():
            schema_editor.execute(f"CREATE INDEX {one}_has_event ON diplomacy_event_{table} ({one}_id, event_id)")


def forget_lists(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for one in LISTS.values():
            schema_editor.execute(f"DROP INDEX {one}_has_event")


class Migration(migrations.Migration):
    dependencies = [("diplomacy", "0007_more_counts")]

    operations = [
        migrations.RemoveIndex(model_name="event", name="event_of_several_days"),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["last_day"], include=["first_day", "visibility"], condition=Q(last_day__gt=F("first_day")),
                name="event_across_days",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["id"],
                include=[
                    "visibility", "kind", "status", "track", "level", "joint", "first_day", "last_day", "place",
                ],
                name="event_at_hand",
            ),
        ),
        migrations.RunPython(index_lists, forget_lists),
    ]  # fmt: skip
