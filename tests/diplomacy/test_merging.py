import json
from datetime import date

import pytest
from django.core.management import call_command

from peacetracker.core.cache import data_version
from peacetracker.diplomacy import exchange, merging, record
from peacetracker.diplomacy.gathering import NOUNS, gather_events, gather_nouns
from peacetracker.diplomacy.models import (
    Account,
    AccountLine,
    Body,
    Commitment,
    Event,
    EventVersion,
    Leader,
    Membership,
    Merger,
    Party,
    Place,
    Point,
    Position,
    Proposal,
    Tenure,
    Topic,
    Version,
)
from peacetracker.diplomacy.moving import CannotMerge
from peacetracker.diplomacy.record import Author
from peacetracker.diplomacy.references import References, stable_key
from tests.factories import a_leader, a_source, a_world, an_event

pytestmark = pytest.mark.django_db


def papers():
    """All that is public, as it is stored: what an undo must bring back."""
    events = EventVersion.objects.filter(recorded_to=None).values_list("event__slug", "sha256")
    others = Version.objects.filter(recorded_to=None).values_list("noun", "slug", "sha256")
    return {*events, *others}


def fresh_papers():
    """The same, made anew from the tables: nothing stored may lag behind."""
    from_tables = {noun: gather_nouns(noun) for noun in NOUNS}
    return len(gather_events(Event.objects.public().values_list("pk", flat=True))), from_tables


@pytest.fixture
def twin():
    """A person recorded twice: as Pashinyan, and under a spelling of his own, each with an event."""
    an_event()
    twin = a_leader(
        "nikol-pashinian", name="Nikol Pashinian", native="Пашинян", office="deputy-of-armenia", title="Deputy",
        party="AM",
    )  # fmt: skip
    an_event(
        slug="2022-05-22-brussels", date="2022-05-22", sources=[a_source(3)],
        participants=[{"person": "nikol-pashinian", "role": "host"}, {"person": "ilham-aliyev", "role": "participant"}],
    )  # fmt: skip
    record.settle("leader", [twin.pk], author=Author())
    return twin


@pytest.fixture
def heir(twin):
    return Leader.objects.get(slug="nikol-pashinyan")


def test_it_moves_all_of_a_person_and_keeps_the_old_name(twin, heir):
    merger = merging.merge(twin, heir, reason="One spelling of two.", author=Author())
    twin.refresh_from_db()
    heir.refresh_from_db()
    assert (twin.visibility, twin.heir, twin.reason) == ("merged", heir, "One spelling of two.")
    assert not twin.participations.exists()
    assert not twin.tenures.exists()
    assert heir.aliases == ["Nikol Pashinian"]
    assert Leader.objects.matching("pashinian").public().get() == heir
    assert (
        '"nikol-pashinian"'
        not in EventVersion.objects.get(event__slug="2022-05-22-brussels", recorded_to=None).document
    )
    assert merger.heir_name == "Nikol Pashinyan"


def test_it_makes_one_version_of_each_record_and_one_bump(twin, heir):
    before, versions = data_version(), EventVersion.objects.count()
    merging.merge(twin, heir, reason="One person.", author=Author())
    assert data_version() == before + 1
    assert EventVersion.objects.count() == versions + 1
    assert Version.objects.filter(noun="leader", slug=heir.slug).count() == 2
    assert not Version.objects.filter(noun="leader", slug=twin.slug, recorded_to=None).exists()


def test_it_undoes_a_merger_exactly(twin, heir):
    stored, tables, before = papers(), fresh_papers(), data_version()
    merger = merging.merge(twin, heir, reason="One person.", author=Author())
    assert papers() != stored
    assert merging.undo(merger, author=Author(reason="They are two.")) == []
    assert (papers(), fresh_papers()) == (stored, tables)
    assert data_version() == before + 2
    twin.refresh_from_db()
    assert (twin.visibility, twin.heir, twin.reason) == ("public", None, "")


def test_it_shows_beforehand_what_moves_and_changes_nothing(twin, heir):
    stored = papers()
    shown = merging.preview(twin, heir)
    assert {kind for kind, _row, _act in shown.told} == {"participants", "tenures"}
    assert shown.new_names == ["Nikol Pashinian"]
    assert shown.warnings == []
    assert papers() == stored
    assert twin.participations.exists()


def test_it_keeps_one_participation_with_the_role_that_says_more(twin, heir):
    both = an_event(
        slug="2022-06-01-both", date="2022-06-01",
        participants=[
            {"person": "nikol-pashinyan", "role": "participant"},
            {"person": "nikol-pashinian", "role": "host"},
        ],
    )  # fmt: skip
    stored = papers()
    assert "Are they one person?" in merging.preview(twin, heir).warnings[0]
    merger = merging.merge(twin, heir, reason="One person.", author=Author())
    assert list(both.participations.values_list("leader__slug", "role")) == [("nikol-pashinyan", "host")]
    merging.undo(merger, author=Author())
    assert papers() == stored


def a_tenure(leader, start, end):
    job = Leader.objects.get(slug="nikol-pashinyan").tenures.first().office
    return Tenure.objects.create(
        key=stable_key(leader.slug, start, end), leader=leader, office=job, start=start,
        start_precision="day" if start else "unknown", end=end, end_precision="day" if end else "open",
        source=References().source("https://example.org/tenure"),
    )  # fmt: skip


def test_it_refuses_tenures_that_overlap_and_differ(twin, heir):
    a_tenure(twin, date(2020, 1, 1), date(2021, 1, 1))
    stored = papers()
    with pytest.raises(CannotMerge, match="overlap"):
        merging.preview(twin, heir)
    with pytest.raises(CannotMerge, match="overlap"):
        merging.merge(twin, heir, reason="One person.", author=Author())
    assert papers() == stored


@pytest.mark.parametrize(("start", "end"), [(None, None), (date(2018, 5, 8), None)])
def test_it_drops_a_tenure_that_adds_nothing_and_brings_it_back(twin, heir, start, end):
    a_tenure(twin, start, end)
    merger = merging.merge(twin, heir, reason="One person.", author=Author())
    assert heir.tenures.filter(office__slug="prime-minister-of-armenia").count() == 1
    merging.undo(merger, author=Author())
    assert twin.tenures.filter(office__slug="prime-minister-of-armenia", start=start).count() == 1


def test_it_leaves_what_an_editor_changed_since(twin, heir):
    merger = merging.merge(twin, heir, reason="One person.", author=Author())
    heir.refresh_from_db()
    Leader.objects.filter(pk=heir.pk).update(aliases=[*heir.aliases, "Pashinyan N."])
    assert len(merging.undo(merger, author=Author())) == 1
    heir.refresh_from_db()
    assert "Pashinyan N." in heir.aliases


def test_it_undoes_only_the_last_merger_of_an_heir_and_only_once(twin, heir):
    third = a_leader("nikol-p", name="Nikol P.", native="Никол", office="deputy-of-armenia", title="Deputy", party="AM")
    Tenure.objects.filter(leader=third).delete()
    stored = papers()
    first = merging.merge(twin, heir, reason="One person.", author=Author())
    second = merging.merge(third, heir, reason="One person.", author=Author())
    with pytest.raises(CannotMerge, match="Nikol P"):
        merging.undo(first, author=Author())
    merging.undo(second, author=Author())
    merging.undo(first, author=Author())
    with pytest.raises(CannotMerge, match="undone"):
        merging.undo(first, author=Author())
    assert papers() >= stored


def test_it_redirects_in_one_step_after_two_mergers(twin, heir):
    other = Leader.objects.get(slug="ararat-mirzoyan")
    first = merging.merge(twin, heir, reason="One person.", author=Author())
    merging.merge(heir, other, reason="One person.", author=Author())
    twin.refresh_from_db()
    assert twin.heir == other
    with pytest.raises(CannotMerge, match="itself merged"):
        merging.undo(first, author=Author())


def a_full_event(slug, n, **changes):
    """An event with all that may hang on one."""
    event = an_event(slug=slug, sources=[a_source(1), a_source(n)], **changes)
    account = Account.objects.create(
        key=stable_key(slug), event=event, voice=Party.objects.get(code="AM"),
        source=References().source(a_source(1)["url"]),
    )  # fmt: skip
    AccountLine.objects.create(key=stable_key(slug, 1), account=account, subject="outcome", text="They agreed.")
    AccountLine.objects.create(key=stable_key(slug, 2), account=account, subject="tone", text=f"Line {n}.")
    Commitment.objects.create(slug=f"promise-{n}", event=event, text="A promise.", status="open")
    record.settle_all({"event": [event.pk], "commitment": list(event.commitments.values_list("pk", flat=True))},
                      author=Author())  # fmt: skip
    return event


def test_it_merges_events_with_accounts_commitments_and_lists_and_undoes_it():
    heir = a_full_event("2022-04-06-brussels", 2)
    old = a_full_event("2022-04-06-again", 7, parties=["RU", "AM"], topics=["border-delimitation", "peace-treaty"])
    stored = papers()
    merger = merging.merge(old, heir, reason="The same meeting.", author=Author())
    document = json.loads(EventVersion.objects.get(event=heir, recorded_to=None).document)
    assert document["parties"] == ["EU", "AZ", "AM", "RU"]
    assert document["topics"] == ["peace-treaty", "border-delimitation"]
    assert [source["title"] for source in document["sources"]] == ["Report 1", "Report 2", "Report 7"]
    assert sorted(line["text"] for line in document["accounts"]) == ["Line 2.", "Line 7.", "They agreed."]
    assert [made["slug"] for made in document["commitments"]] == ["promise-2", "promise-7"]
    assert merging.undo(merger, author=Author()) == []
    assert papers() == stored


def a_proposal(slug, **fields):
    return Proposal.objects.create(
        slug=slug, name=slug, kind="principles", date=date(2022, 3, 14), date_precision="day", status="new",
        summary="Points.", **fields,
    )  # fmt: skip


def a_position(proposal, point, party="AM", day=date(2022, 4, 1)):
    return Position.objects.create(
        key=stable_key(proposal.slug, point.n, party, day), proposal=proposal, point=point, date=day,
        date_precision="day",
        topic=Topic.objects.get(slug="peace-treaty"), party=Party.objects.get(code=party), stance="accepted",
        asserted_by="nikol-pashinyan", asserted_by_name="Nikol Pashinyan", asserted_by_kind="person", summary="Yes.",
        source=References().source("https://example.org/stand"),
    )  # fmt: skip


def test_it_merges_proposals_point_by_point_and_undoes_it():
    a_world()
    old, heir = a_proposal("five-points"), a_proposal("five-principles")
    points = {one.slug: Point.objects.create(proposal=one, n=1, text=f"Of {one.slug}") for one in (old, heir)}
    a_position(heir, points["five-principles"])
    a_position(old, points["five-points"])
    a_position(old, points["five-points"], party="AZ")
    record.settle("proposal", author=Author())
    stored = papers()
    merger = merging.merge(old, heir, reason="One text.", author=Author())
    assert [point.text for point in heir.points.all()] == ["Of five-principles"]
    assert sorted(heir.positions.values_list("party__code", "point__n")) == [("AM", 1), ("AZ", 1)]
    merging.undo(merger, author=Author())
    assert papers() == stored
    assert points["five-points"].positions.count() == 2


def test_it_refuses_to_merge_a_proposal_into_its_successor():
    a_world()
    old = a_proposal("first-draft")
    heir = a_proposal("second-draft", succeeds=old)
    for pair in ((old, heir), (heir, old)):
        with pytest.raises(CannotMerge, match="refers to the other"):
            merging.preview(*pair)


def test_it_merges_bodies_with_members_and_sessions_and_undoes_it():
    a_world()
    heir = Body.objects.get(slug="border-delimitation-commissions")
    old = Body.objects.create(
        slug="border-commission", name="Border commission", kind="commission", mandate="The border."
    )
    old.sits_jointly_with.add(heir)
    seat = {
        "leader": Leader.objects.get(slug="ararat-mirzoyan"), "role": "chair", "party": Party.objects.get(code="AM"),
        "source": References().source("https://example.org/seat"),
    }  # fmt: skip
    Membership.objects.create(body=heir, **seat)
    Membership.objects.create(body=old, **seat)
    Membership.objects.create(body=old, **{**seat, "role": "member"})
    event = an_event(bodies=["border-commission"])
    record.settle("body", author=Author())
    stored = papers()
    merger = merging.merge(old, heir, reason="One body.", author=Author())
    assert sorted(heir.memberships.values_list("role", flat=True)) == ["chair", "member"]
    assert not heir.sits_jointly_with.exists()
    assert list(event.bodies.all()) == [heir]
    merging.undo(merger, author=Author())
    assert papers() == stored


@pytest.mark.parametrize(("model", "field"), [(Place, "place"), (Topic, "topics")])
def test_it_merges_places_and_topics_and_undoes_it(model, field):
    event = an_event(topics=["border-delimitation", "peace-treaty"])
    old, heir = {
        Place: ("brussels", "moscow"), Topic: ("border-delimitation", "peace-treaty"),
    }[model]  # fmt: skip
    old, heir = model.objects.get(slug=old), model.objects.get(slug=heir)
    stored = papers()
    merger = merging.merge(old, heir, reason="One of two.", author=Author())
    document = json.loads(EventVersion.objects.get(event=event, recorded_to=None).document)
    assert heir.slug in json.dumps(document[field])
    assert old.slug not in json.dumps(document[field])
    merging.undo(merger, author=Author())
    assert papers() == stored


def test_it_answers_the_old_address_with_the_heir(client, twin, heir):
    merging.merge(twin, heir, reason="One person.", author=Author())
    for address in ("/leaders/{}/", "/api/v1/leaders/{}/"):
        answer = client.get(address.format(twin.slug))
        assert (answer.status_code, answer.headers["Location"].split("testserver")[-1]) == (
            301,
            address.format(heir.slug),
        )


def dump_and_load(directory):
    call_command("dump_record", directory, verbosity=0)
    return exchange.load(directory)


def test_it_dumps_and_loads_a_merger_without_a_change(tmp_path, twin, heir):
    # As load_record makes the ids of tenures; the factories make them otherwise.
    twin.tenures.update(key=stable_key("tenures", twin.slug, "deputy-of-armenia", "2018-05-08"))
    dump_and_load(tmp_path / "before")
    merger = merging.merge(twin, heir, reason="One person.", author=Author())
    stored = papers()
    assert exchange.load(tmp_path / "before").changed == 0
    assert dump_and_load(tmp_path / "merged").changed == 0
    assert papers() == stored
    merging.undo(merger, author=Author())
    assert dump_and_load(tmp_path / "undone").changed == 0


def test_it_dumps_nothing_that_hangs_on_what_is_withdrawn(tmp_path):
    event = a_full_event("2022-04-06-brussels", 2)
    record.withdraw(event, reason="Doubtful.", author=Author())
    call_command("dump_record", tmp_path, verbosity=0)
    files = {noun: (tmp_path / f"{noun}.jsonl").read_text() for noun in ("events", "accounts", "commitments")}
    assert files == {"events": "", "accounts": "", "commitments": ""}


@pytest.mark.parametrize("hidden", ["twin", "heir"])
def test_it_merges_only_what_is_public(twin, heir, hidden):
    one = {"twin": twin, "heir": heir}[hidden]
    type(one).objects.filter(pk=one.pk).update(visibility="withdrawn", reason="Doubtful.")
    one.refresh_from_db()
    with pytest.raises(CannotMerge, match="public"):
        merging.merge(twin, heir, reason="One person.", author=Author())
    assert not Merger.objects.exists()
