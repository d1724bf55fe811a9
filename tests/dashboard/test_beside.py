"""Two proposals next to each other: which points meet, whose voice counts, what is left open."""

from datetime import date

import pytest

from peacetracker.analysis.side_by_side import subjects_of
from peacetracker.diplomacy.models import Party, Point, Position, Proposal, Topic
from peacetracker.diplomacy.references import References
from tests.factories import a_world

ADDRESS = "/proposals/compare/"


def a_text(slug, *titles):
    proposal, _ = Proposal.objects.get_or_create(slug=slug, defaults={
        "name": f"Text {slug}", "kind": "principles", "date": date(2022, 3, 14), "date_precision": "day",
        "status": "open", "summary": "A text.",
    })  # fmt: skip
    return proposal, [
        Point.objects.create(proposal=proposal, n=n, title=title, text="…") for n, title in enumerate(titles, 1)
    ]


def a_stand(point, party, stance, day, by, summary="Said so."):
    topic, source = Topic.objects.get(slug="peace-treaty"), References().source(f"https://example.org/{party}{day}")
    kind = "ministry" if by.startswith("foreign-ministry") else "person"
    return Position.objects.create(
        key=f"{point.pk}-{party}-{day}", proposal=point.proposal, topic=topic, point=point,
        party=Party.objects.get(code=party), stance=stance, asserted_by=by, asserted_by_name=by, asserted_by_kind=kind,
        date=day, date_precision="day", summary=summary, source=source,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "text", "subjects"),
    [
        ("No territorial claims", "", ["claims"]),
        ("Border and diplomatic relations", "", ["delimitation", "relations"]),
        ("Borders and sovereignty", "", ["recognition"]),
        ("Fifth", "Transport links are reopened.", ["transport"]),
        ("Legal claims", "Drop mutual claims.", ["legal"]),
        ("Curiosities", "None of these.", ["other"]),
    ],
)
def test_it_reads_what_a_point_is_about(title, text, subjects):
    assert subjects_of(title, text) == subjects


@pytest.mark.django_db
def test_it_counts_only_the_own_voice_and_names_what_is_open(client, django_assert_max_num_queries):
    a_world()
    _one, (claims, border) = a_text("one", "No territorial claims", "Delimitation")
    _other, _points = a_text("other", "Transport", "Territorial claims")
    for party in ("AM", "AZ"):
        a_stand(claims, party, "accepted", date(2022, 5, 1), f"foreign-ministry-{party}")
    a_stand(border, "AM", "conditional", date(2022, 5, 1), "nikol-pashinyan", "First word.")
    a_stand(border, "AM", "accepted", date(2022, 6, 1), "nikol-pashinyan", "Later word.")
    a_stand(border, "AZ", "claimed-accepted-by-other-side", date(2022, 7, 1), "armenia", "They agreed.")
    with django_assert_max_num_queries(15):
        answer = client.get(ADDRESS, {"one": "one", "other": "other"})
    text = answer.context["texts"][0]
    assert [len(rows) for rows in (text.open.agreed, text.open.open, text.open.unanswered)] == [1, 0, 1]
    assert "Both sides accept 1 of its 2 points in their latest own words (No territorial claims)." in text.sentence
    said = dict(answer.context["rows"])
    assert [len(points) for points in said["Territorial claims"]] == [1, 1]
    page = answer.content.decode()
    assert page.index("Later word.") < page.index("1 earlier stand") < page.index("First word.")
    assert "The other side says of it:" in page or "Others say of it:" in page
    assert answer.context["alone"][1].endswith("Transport and communications.")


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["one=nothing", "two=other", "one=other&one=five-principles-azerbaijan"])
def test_it_names_what_it_does_not_know(client, asked):
    a_world()
    a_text("other")
    assert client.get(f"{ADDRESS}?{asked}").status_code == 400


@pytest.mark.django_db
def test_it_offers_each_with_the_one_it_follows(client):
    a_world()
    later, _ = a_text("later")
    Proposal.objects.filter(pk=later.pk).update(succeeds=Proposal.objects.get(slug="five-principles-azerbaijan"))
    assert "?one=five-principles-azerbaijan&amp;other=later" in client.get(ADDRESS).content.decode()
