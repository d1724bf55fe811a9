"""Give each version of an event what it is found by once it is past: its name, days, terms and words."""

import json
from datetime import date

from django.db import migrations, models

from peacetracker.diplomacy.keeping import found_by


def fill(apps, schema_editor):
    versions = apps.get_model("diplomacy", "EventVersion").objects
    columns = ["slug", "first_day", "last_day", "terms", "search_text"]
    batch = []
    for version in versions.select_related("event").iterator(chunk_size=500):
        for name, value in found_by(json.loads(version.document)).items():
            setattr(version, name, value)
        version.search_text = version.event.search_text
        batch.append(version)
        if len(batch) == 500:
            versions.bulk_update(batch, columns)
            batch = []
    versions.bulk_update(batch, columns)


def new(name, field, default):
    return migrations.AddField("eventversion", name, field(default), preserve_default=False)


def text(default):
    return models.TextField(default=default, editable=False)


def day(default):
    return models.DateField(default=default, editable=False)


class Migration(migrations.Migration):
    dependencies = [("diplomacy", "0005_pair_counts")]
    operations = [
        new("slug", lambda default: models.CharField(max_length=120, default=default, editable=False), ""),
        new("first_day", day, date(1, 1, 1)),
        new("last_day", day, date(1, 1, 1)),
        new("terms", text, ""),
        new("search_text", text, ""),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "eventversion",
            models.Index(fields=["first_day", "slug", "recorded_from", "recorded_to"], name="event_version_by_day"),
        ),
        migrations.AddIndex("eventversion", models.Index(fields=["recorded_from"], name="event_version_by_recording")),
    ]
