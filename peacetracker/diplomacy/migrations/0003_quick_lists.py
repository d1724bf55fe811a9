"""Lists, counts and search that stay quick at a million events. The counts are made by `recount`."""

from django.conf import settings
from django.db import migrations, models

COPY_DOWN = """
UPDATE diplomacy_participation SET event_kind = told.kind, event_status = told.status, event_track = told.track,
    event_level = told.level, event_joint = told.joint, event_place_id = told.place_id,
    event_first_day = told.first_day, event_last_day = told.last_day, event_slug = told.slug
FROM diplomacy_event AS told WHERE told.id = diplomacy_participation.event_id AND told.visibility = 'public'
"""
# Django need not know of this column: it is made by the database, and only searched.
WORDS = """
ALTER TABLE diplomacy_event
    ADD COLUMN search_words tsvector GENERATED ALWAYS AS (to_tsvector('simple', search_text)) STORED;
CREATE INDEX event_words ON diplomacy_event USING gin (search_words)
"""


def index_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(WORDS)


def forget_words(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE diplomacy_event DROP COLUMN search_words")


class Migration(migrations.Migration):
    dependencies = [
        ("diplomacy", "0002_one_holder_at_a_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("axis", models.CharField(max_length=16)),
                ("value", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=20)),
                ("status", models.CharField(max_length=10)),
                ("track", models.CharField(max_length=12)),
                ("level", models.CharField(max_length=10)),
                ("joint", models.BooleanField()),
                ("n", models.IntegerField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name="event",
            name="event_by_day",
        ),
        migrations.RemoveIndex(
            model_name="event",
            name="event_by_kind_and_day",
        ),
        migrations.AddField(
            model_name="participation",
            name="event_kind",
            field=models.CharField(editable=False, max_length=20, null=True),
        ),
        migrations.AddField(
            model_name="participation",
            name="event_status",
            field=models.CharField(editable=False, max_length=10, null=True),
        ),
        migrations.AddField(
            model_name="participation",
            name="event_track",
            field=models.CharField(editable=False, max_length=12, null=True),
        ),
        migrations.AddField(
            model_name="participation",
            name="event_level",
            field=models.CharField(editable=False, max_length=10, null=True),
        ),
        migrations.AddField(
            model_name="participation",
            name="event_joint",
            field=models.BooleanField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="participation",
            name="event_place_id",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="participation",
            name="event_first_day",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="participation",
            name="event_last_day",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="participation",
            name="event_slug",
            field=models.CharField(editable=False, max_length=120, null=True),
        ),
        migrations.RunSQL(COPY_DOWN, migrations.RunSQL.noop),
        migrations.RunPython(index_words, forget_words),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["visibility", "first_day", "slug"],
                include=("last_day", "kind", "status", "track", "level", "joint"),
                name="event_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=["kind", "first_day", "slug"],
                include=("visibility", "last_day", "status", "track", "level", "joint"),
                name="event_of_kind_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["place", "first_day", "slug"], name="event_at_place_in_order"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["visibility", "last_day"], name="event_by_last_day"),
        ),
        migrations.AddIndex(
            model_name="eventversion",
            index=models.Index(
                condition=models.Q(("recorded_to", None)), fields=["recorded_from", "id"], name="event_version_latest"
            ),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                fields=["leader", "event_first_day", "event_slug"],
                include=(
                    "event",
                    "event_last_day",
                    "event_kind",
                    "event_status",
                    "event_track",
                    "event_level",
                    "event_joint",
                    "event_place_id",
                ),
                name="person_in_order",
            ),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(fields=["leader", "event_kind", "event_first_day", "event_slug"], name="person_by_kind"),
        ),
        migrations.AddConstraint(
            model_name="tally",
            constraint=models.UniqueConstraint(
                fields=("axis", "value", "kind", "status", "track", "level", "joint"), name="events_are_tallied_once"
            ),
        ),
    ]
