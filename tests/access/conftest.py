"""A record that grows over some days, and a directory for its releases."""

from datetime import UTC, datetime, timedelta

import pytest

from peacetracker.diplomacy import record as writers
from peacetracker.diplomacy.models import Commitment, Event, Party, Position, Proposal, Publisher, Topic
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.references import References
from tests.factories import a_source, a_world, event_row

START = datetime(2026, 1, 5, 8, tzinfo=UTC)


class Clock:
    """Whoever writes, writes at `now`, each act a second later."""

    def __init__(self, now):
        self.now = now

    def tick(self):
        self.now += timedelta(seconds=1)
        return self.now

    def pass_days(self, days):
        self.now += timedelta(days=days)


@pytest.fixture
def clock(monkeypatch):
    clock = Clock(START)
    monkeypatch.setattr(Author, "at", lambda _author: clock.tick())
    return clock


@pytest.fixture
def releases_dir(settings, tmp_path):
    settings.RELEASES_DIR = tmp_path / "releases"
    return settings.RELEASES_DIR


def write(**changes):
    return writers.write_event(event_row(**changes), author=Author())


@pytest.fixture
def record(db, clock):
    """Three events with everything that hangs on them."""
    a_world()
    first = write(outcomes=["=They agree"], topics=["peace-treaty", "border-delimitation"])
    write(slug="2023-05-meeting", date="2023-05-01", date_precision="month", place=None, sources=[a_source(2)])
    write(slug="2024-07-01-talks", date="2024-07-01", proposals=["five-principles-azerbaijan"], sources=[a_source(3)])
    Publisher.objects.create(domain="example.org", name="Example News", kind="outlet", lang=["en"])
    topic, armenia = Topic.objects.get(slug="peace-treaty"), Party.objects.get(code="AM")
    promise = Commitment.objects.create(slug="to-meet-again", event=first, text="To meet again.", status="open")
    promise.by.add(armenia)
    Position.objects.create(
        key="a1b2c3d4e5f6", proposal=Proposal.objects.get(), topic=topic, party=armenia, stance="accepted",
        asserted_by="nikol-pashinyan", asserted_by_name="Nikol Pashinyan", asserted_by_kind="person",
        date="2022-03-20", date_precision="day", summary="Armenia agrees.",
        source=References().source("https://example.org/news/1"),
    )  # fmt: skip
    for noun in ("commitment", "proposal", "publisher", "office"):
        writers.settle(noun, author=Author())
    writers.settle_events(Event.objects.values_list("pk", flat=True), author=Author())
    return clock
