import pytest

from peacetracker.diplomacy.differences import Difference, differences


def told(old, new):
    return [(one.field, one.before, one.after) for one in differences(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"title": "A"}, {"title": "B"}, [("Title", "A", "B")]),
        ({"title": "A", "updated_at": 1}, {"title": "A", "updated_at": 2}, []),
        ({"note": None}, {"note": "Late."}, [("Note", "", "Late.")]),
        ({"joint": False}, {"joint": True}, [("Both sides took part", "no", "yes")]),
        ({"parties": ["AM", "AZ"]}, {"parties": ["AZ", "AM"]}, [("Parties", "AM, AZ", "AZ, AM")]),
        ({"name_native": {"ru": "А"}}, {"name_native": {"ru": "Б", "hy": "Բ"}},
         [("Name (ru)", "А", "Б"), ("Name (hy)", "", "Բ")]),
        ({"place": {"slug": "a", "name": "Abu Dhabi"}}, {"place": {"slug": "b", "name": "Baku"}},
         [("Place", "Abu Dhabi", "Baku")]),
        ({"place": None}, {"place": {"slug": "b", "name": "Baku", "country": "AZ", "lat": 1, "lon": 2}},
         [("Place", "", "Baku")]),
        ({"heir": 1}, {"heir": 2}, [("Heir", "1", "2")]),
    ],
)  # fmt: skip
def test_it_tells_each_field_in_words(old, new, expected):
    assert told(old, new) == expected


def a_row(key, **changes):
    return {"id": key, "publisher": "News", "title": f"Report {key}", "lang": "en", **changes}


def test_it_tells_rows_that_came_went_and_changed():
    old = {"sources": [a_row("a"), a_row("b")]}
    new = {"sources": [a_row("a", lang="ru"), a_row("c")]}
    assert told(old, new) == [
        ("Sources · Report a · Lang", "en", "ru"),
        ("Sources", "Report b · News · en", ""),
        ("Sources", "", "Report c · News · en"),
    ]


def test_it_tells_when_rows_change_places():
    assert told({"points": [{"n": 1, "title": "A"}, {"n": 2, "title": "B"}]},
                {"points": [{"n": 2, "title": "B"}, {"n": 1, "title": "A"}]}) == [
        ("Points, in this order", "A, B", "B, A")
    ]  # fmt: skip


def test_it_knows_rows_apart_that_are_called_alike():
    assert differences({"members": [{"role": "chair"}]}, {"members": [{"role": "chair"}, {"role": "chair"}]}) == [
        Difference("Members", "", "chair")
    ]


def test_it_says_nothing_of_a_state_that_is_not_known():
    assert differences(None, {"title": "A"}) == []
