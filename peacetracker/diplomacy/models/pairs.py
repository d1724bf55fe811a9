"""Small stored counts of who dealt with whom, kept in the transaction of each change (diplomacy/pairing.py)."""

from django.db import models


class PairCount(models.Model):
    """How many held contacts two people share, in all and by track, and the days between which.

    A person with themselves: that person's contacts. A person with the code of a side (AM, AZ): those at which somebody
    of that side was present. Nobody with nobody (both empty): all contacts. Codes of parties after OF_PARTY: the
    contacts of parties that events name.
    """

    # No slug begins so.
    OF_PARTY = "@"

    one = models.CharField(max_length=120)
    another = models.CharField(max_length=120)
    n = models.IntegerField(default=0)
    direct = models.IntegerField(default=0)
    eu = models.IntegerField(default=0)
    russia = models.IntegerField(default=0)
    us = models.IntegerField(default=0)
    other = models.IntegerField(default=0)
    commissions = models.IntegerField(default=0)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "another"], name="pair_is_counted_once")]
        indexes = [models.Index(fields=["another"], name="pair_by_other_end")]

    def __str__(self) -> str:
        return f"{self.one} – {self.another}: {self.n}"
