"""Counts of whole years, of topics in them and of lanes by month, added up from the stored ones; and what is counted of
the days at the edges of a span stands in the index of short rows."""

from django.db import migrations, models

ADDED = (
    ("'year', substr(value, 1, 4), kind, status, track, level, joint", "axis = 'month'"),
    ("'topic-year-' || substr(axis, 10, 4), value, kind, '', '', '', false", "axis LIKE 'topic-in-%'"),
    ("'lane', value, kind, '', track, '', false", "axis = 'month'"),
)
ADD = [
    "INSERT INTO diplomacy_tally (axis, value, kind, status, track, level, joint, n)"  # noqa: S608  (of ADDED alone)
    f" SELECT {what}, sum(n) FROM diplomacy_tally WHERE {where} GROUP BY 1, 2, 3, 4, 5, 6, 7"
    for what, where in ADDED
]
FORGET = "DELETE FROM diplomacy_tally WHERE axis IN ('year', 'lane') OR axis LIKE 'topic-year-%'"


class Migration(migrations.Migration):
    dependencies = [("diplomacy", "0010_asked_of_the_past")]

    operations = [
        migrations.RunSQL(ADD, FORGET),
        migrations.RemoveIndex("athand", "at_hand_in_order"),
        migrations.AddIndex(
            "athand",
            models.Index(
                fields=["first_day", "slug"],
                include=["last_day", "kind", "status", "track", "level", "joint", "topics"],
                name="at_hand_in_order",
            ),
        ),
    ]
