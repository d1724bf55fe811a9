"""Stored counts of who dealt with whom, counted from the documents that are current."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diplomacy", "0004_merger")]

    operations = [
        migrations.CreateModel(
            name="PairCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("one", models.CharField(max_length=120)),
                ("another", models.CharField(max_length=120)),
                ("n", models.IntegerField(default=0)),
                ("direct", models.IntegerField(default=0)),
                ("eu", models.IntegerField(default=0)),
                ("russia", models.IntegerField(default=0)),
                ("us", models.IntegerField(default=0)),
                ("other", models.IntegerField(default=0)),
                ("commissions", models.IntegerField(default=0)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="paircount",
            constraint=models.UniqueConstraint(fields=("one", "another"), name="pair_is_counted_once"),
        ),
    ]
