"""Counts across two axes, of weeks and of silences; the indexes beside them. The old counts go: `recount` makes all."""

from django.db import migrations, models
from django.db.models import F, Q


def forget(apps, schema_editor):
    apps.get_model("diplomacy", "Tally").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("diplomacy", "0006_versions_found_by_day")]

    operations = [
        migrations.RunPython(forget, forget),
        migrations.AlterField("tally", "value", models.CharField(max_length=400)),
        migrations.AddIndex("paircount", models.Index(fields=["another"], name="pair_by_other_end")),
        migrations.AddIndex(
            "event",
            models.Index(fields=["last_day"], condition=Q(last_day__gt=F("first_day")), name="event_of_several_days"),
        ),
        migrations.AddIndex(
            "participation",
            models.Index(fields=["party", "event"], condition=Q(role="mediator"), name="mediator_of_party"),
        ),
        migrations.AddIndex(
            "participation",
            models.Index(fields=["leader", "event"], condition=Q(role="mediator"), name="mediator_by_name"),
        ),
    ]
