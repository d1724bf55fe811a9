"""An office of a single holder has one at a time, where both dates of both tenures are known.

PostgreSQL alone has exclusion constraints; on SQLite the writer checks it (exchange/writing.py). A shared day is a
handover, so the ranges leave out their last day.
"""

from django.db import migrations

ADD = """
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE diplomacy_tenure ADD CONSTRAINT one_holder_at_a_time EXCLUDE USING gist (
    office_id WITH =, leader_id WITH <>, daterange(certain_from, certain_to, '[)') WITH &&
) WHERE (exclusive AND certain_from IS NOT NULL AND certain_to IS NOT NULL AND certain_from < certain_to)
DEFERRABLE INITIALLY DEFERRED;
"""
DROP = "ALTER TABLE diplomacy_tenure DROP CONSTRAINT one_holder_at_a_time;"


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("diplomacy", "0001_initial")]
    operations = [migrations.RunPython(add, drop)]
