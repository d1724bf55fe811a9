"""Small stored counts of the public events, kept in the transaction of each change (diplomacy/tallying.py)."""

from django.db import models


class Tally(models.Model):
    """How many public events there are of one kind, status, track and level, in all or for one value of an axis.

    `axis` is empty for all, else what the events share: `month` (YYYY-MM of the first day), `year`, `leader`, `party`,
    `topic`, `place`, `commission`, `proposal` by public name, or `sided` (pages or accounts of two sides tell of it).
    `placed-topic` and `sided-topic` are topics among the events with a place or of two sides. A track or level that an
    event has not is "".

    Other axes leave columns empty that nobody asks for: by kind alone `topic-in-YYYY-MM`, `topic-year-YYYY` and
    `leader-topic` (slugs with a space between); by kind and track `lane` (the month); of held contacts `leader-office`
    (slug and title); of held encounters, by track and `joint`, `met-day`, `met-month` and `met-year` (the month, by how
    well the day is known) and `met-week` (the Monday), and the days on which both sides talked at a level (`day-…`) or
    in a format (`form-…`). `source` counts not events but pages, by the first two letters of their stable keys.
    """

    axis = models.CharField(max_length=16)
    value = models.CharField(max_length=400)
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=10)
    track = models.CharField(max_length=12)
    level = models.CharField(max_length=10)
    joint = models.BooleanField()
    n = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["axis", "value", "kind", "status", "track", "level", "joint"], name="events_are_tallied_once"
            )
        ]
        indexes = [
            # Most questions read a whole axis: from this index, without a look at the rows.
            models.Index(
                fields=["axis", "value"],
                include=["joint", "level", "track", "kind", "status", "n"],
                condition=models.Q(n__gt=0),
                name="tallies_of_axis",
            )
        ]

    def __str__(self) -> str:
        return f"{self.axis} {self.value}: {self.n}"
