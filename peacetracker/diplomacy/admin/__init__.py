"""The record in the admin. Every save goes through record.py: one version, one document, one bump.

`forms` and `kept` hold what all nouns share, `acts` withdrawing and merging, `histories` the versions, `inlines` the
rows on a form, `lists` the filters; `events` and `nouns` register the forms themselves.
"""

from peacetracker.diplomacy.admin import events, histories, nouns

__all__ = ["events", "histories", "nouns"]
