"""Short rows of events, of which one index finds any combination of filters; PostgreSQL alone fills them. The pairs are
counted anew by `recount`, which now counts parties too."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from peacetracker.diplomacy.at_hand import WRITE
from peacetracker.diplomacy.models.at_hand import Numbers

# Kept up at once, not in a list of its own that every question would have to read through.
FIND = "CREATE INDEX at_hand_terms ON diplomacy_athand USING gin (terms) WITH (fastupdate = off)"


def forget_pairs(apps, schema_editor):
    apps.get_model("diplomacy", "PairCount").objects.all().delete()


def fill(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # A new database has nothing to fill, and later columns of these rows must not stop it here.
        if apps.get_model("diplomacy", "Event").objects.exists():
            schema_editor.execute(WRITE)
        schema_editor.execute(FIND)
        schema_editor.execute("ANALYZE diplomacy_athand")


class Migration(migrations.Migration):
    dependencies = [("diplomacy", "0008_narrow_indexes")]

    operations = [
        migrations.CreateModel(
            name="AtHand",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="hand",
                        serialize=False, to="diplomacy.event",
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("status", models.CharField(max_length=10)),
                ("track", models.CharField(max_length=12, null=True)),
                ("level", models.CharField(max_length=10, null=True)),
                ("joint", models.BooleanField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("slug", models.CharField(max_length=120)),
                ("topics", Numbers()),
                ("terms", Numbers()),
            ],
        ),
        migrations.AddIndex(
            model_name="athand", index=models.Index(fields=["first_day", "slug"], name="at_hand_in_order")
        ),
        migrations.AddIndex(
            model_name="athand", index=models.Index(fields=["kind", "first_day", "slug"], name="at_hand_by_kind")
        ),
        migrations.AddIndex(
            model_name="athand",
            index=models.Index(
                fields=["status", "first_day", "slug"], condition=~Q(status="held"), name="at_hand_not_held"
            ),
        ),
        migrations.RunPython(forget_pairs, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]  # fmt: skip
