import pytest
from django.urls import reverse

from peacetracker.core.models import User
from peacetracker.diplomacy.models import Account, Leader, Party, Place, Tenure
from peacetracker.diplomacy.references import References
from tests.factories import a_source, a_world, an_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(client):
    client.force_login(User.objects.create_superuser("chief"))

    def ask(noun, **chosen):
        answer = client.get(reverse(f"admin:diplomacy_{noun}_changelist"), chosen)
        assert answer.status_code == 200
        return {str(one.slug) for one in answer.context["cl"].queryset}

    return ask


@pytest.mark.parametrize(
    ("chosen", "slugs"),
    [
        ("both", {"both"}),
        ("no-am", {"az", "independent"}),
        ("no-az", {"am", "am-and-independent", "independent"}),
        ("only-am", {"am"}),
        ("only-az", {"az"}),
        ("am-without-az", {"am", "am-and-independent"}),
        ("az-without-am", {"az"}),
    ],
)
def test_it_finds_events_by_the_sides_of_their_sources(listed, chosen, slugs):
    sides = {
        "am": ["AM"], "az": ["AZ"], "both": ["AM", "AZ"], "am-and-independent": ["AM", "independent"],
        "independent": ["independent"],
    }  # fmt: skip
    for slug, each in sides.items():
        an_event(slug=slug, sources=[a_source(f"{slug}-{side}", side=side) for side in each])
    assert listed("event", sources=chosen) == slugs


@pytest.mark.parametrize(("chosen", "slugs"), [("both", {"two"}), ("am", {"one"}), ("az", set()), ("none", {"silent"})])
def test_it_finds_events_by_the_sides_that_gave_an_account(listed, chosen, slugs):
    voices = {"two": ["AM", "AZ"], "one": ["AM", "RU"], "silent": ["RU"]}
    for slug, codes in voices.items():
        event = an_event(slug=slug)
        for code in codes:
            Account.objects.create(
                key=f"{slug}{code}", event=event, voice=Party.objects.get(code=code),
                source=References().source("https://example.org/a"),
            )  # fmt: skip
    assert listed("event", accounts=chosen) == slugs


def test_it_finds_events_with_a_vague_date_or_few_people(listed):
    alone = [{"person": "ilham-aliyev", "role": "participant"}]
    an_event(slug="vague", date_precision="month")
    an_event(slug="alone", participants=alone)
    an_event(slug="nobody", participants=[])
    an_event(slug="statement", kind="statement", participants=alone)
    assert listed("event", date_known="vague") == {"vague"}
    assert listed("event", people="few") == {"alone", "nobody"}
    assert listed("event", people="none") == {"nobody"}


def test_it_finds_people_with_unfinished_offices_and_names(listed):
    a_world()
    Tenure.objects.filter(leader__slug="vladimir-putin").update(start=None, start_precision="unknown")
    Tenure.objects.filter(leader__slug="charles-michel").delete()
    whole = {"hy": "Ա", "az": "Ə", "ru": "А"}
    Leader.objects.filter(slug="nikol-pashinyan").update(name_native=whole)
    Leader.objects.filter(slug="ilham-aliyev").update(name_native=whole, native_unsure=["hy"])
    assert listed("leader", offices="no-start") == {"vladimir-putin"}
    assert listed("leader", offices="none") == {"charles-michel"}
    assert not {"nikol-pashinyan", "ilham-aliyev"} & listed("leader", native="missing")
    assert listed("leader", native="unsure") == {"ilham-aliyev"}
    assert listed("place", native="missing") == set(Place.objects.values_list("slug", flat=True))
