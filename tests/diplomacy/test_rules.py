import pytest

from peacetracker.diplomacy.choices import Kind, is_joint, level_of_office, lower_level, track_of


@pytest.mark.parametrize(
    ("kind", "mediators", "others", "named", "track"),
    [
        (Kind.MEETING, ["EU"], ["AM", "AZ"], ["AM", "AZ", "EU"], "eu"),
        (Kind.MEETING, ["RU"], ["AM", "AZ", "US"], [], "russia"),
        (Kind.MEETING, [], ["AM", "AZ", "US", "EU"], [], "eu"),
        (Kind.MEETING, [], ["AM", "AZ"], ["AM", "AZ", "AE"], "direct"),
        (Kind.MEETING, [], ["AM"], ["AM", "RU", "CSTO"], "russia"),
        (Kind.CALL, [], ["AM", "FR"], ["AM", "FR"], "other"),
        (Kind.CALL, [], ["AZ", "NK"], ["AZ", "NK"], "direct"),
        (Kind.COMMISSION_SESSION, ["RU"], ["AM", "AZ"], [], "commissions"),
        (Kind.STATEMENT, [], ["AM"], ["AM"], None),
        (Kind.INCIDENT, [], [], ["AM", "AZ"], None),
    ],
)
def test_it_tells_who_stood_between_the_sides(kind, mediators, others, named, track):
    assert track_of(kind, mediators=mediators, others=others, named=named) == track


@pytest.mark.parametrize(
    ("slug", "level"),
    [
        ("prime-minister-of-armenia", "leaders"),
        ("president-of-azerbaijan", "leaders"),
        ("foreign-minister-of-azerbaijan", "ministers"),
        ("deputy-prime-minister-of-armenia", "deputies"),
        ("prime-minister-spokesperson-of-armenia", "other"),
        ("ambassador-at-large-of-armenia", "other"),
    ],
)
def test_it_reads_the_level_off_an_office(slug, level):
    assert level_of_office(slug) == level


def test_it_takes_the_lower_of_the_two_sides_highest_offices():
    assert lower_level(["leaders", "ministers"], ["ministers", "other"]) == "ministers"
    assert lower_level(["leaders"], []) is None


def test_it_calls_a_session_joint_by_its_parties_and_a_statement_only_by_its_people():
    assert is_joint(Kind.COMMISSION_SESSION, present=[], named=["AM", "AZ"])
    assert not is_joint(Kind.STATEMENT, present=["AM"], named=["AM", "AZ"])
