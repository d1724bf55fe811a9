"""`manage.py sync_feeds`: the packaged list of feeds into the table. An editor's settings of a feed are left alone."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q

from peacetracker.diplomacy.models import Party
from peacetracker.newsroom.models import Feed

LIST = Path(__file__).resolve().parents[2] / "packaged" / "feeds.jsonl"


class Command(BaseCommand):
    help = "Adds the feeds of the packaged list that are not there yet. None of the real ones is switched on by it."

    def handle(self, *args: Any, **options: Any) -> None:
        parties = dict(Party.objects.values_list("code", "pk"))
        made = 0
        for line in LIST.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            side_id = parties.get(row.pop("side"))
            # By its name too: a feed that has moved for good has another address here than in the list.
            if not Feed.objects.filter(Q(address=row["address"]) | Q(name=row["name"])).exists():
                made += Feed.objects.get_or_create(address=row.pop("address"), defaults={**row, "side_id": side_id})[1]
        self.stdout.write(f"{made} feeds new, {Feed.objects.count()} in all.")
