"""Stored counts of an axis are read from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diplomacy", "0011_whole_years")]

    operations = [
        migrations.AddIndex(
            "tally",
            models.Index(
                fields=["axis", "value"],
                include=["joint", "level", "track", "kind", "status", "n"],
                condition=models.Q(n__gt=0),
                name="tallies_of_axis",
            ),
        ),
    ]
