"""Pages of the record are counted as they are made. Where there are no counts yet, `recount` makes all of them."""

from django.db import migrations

COUNT = (
    "INSERT INTO diplomacy_tally (axis, value, kind, status, track, level, joint, n)"
    " SELECT 'source', substr(key, 1, 2), '', '', '', '', false, count(*) FROM diplomacy_source"
    " WHERE EXISTS (SELECT 1 FROM diplomacy_tally) GROUP BY 2"
)
FORGET = "DELETE FROM diplomacy_tally WHERE axis = 'source'"


class Migration(migrations.Migration):
    dependencies = [("diplomacy", "0012_tallies_of_axis")]

    operations = [migrations.RunSQL(COUNT, FORGET)]
