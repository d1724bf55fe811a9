"""Parquet and Excel: the same rows with their types, in bounded memory."""

import io
import tracemalloc
from datetime import date

import openpyxl
import orjson
import pyarrow.parquet as pq
import pytest

from peacetracker.api import rows, shapes, sheets
from peacetracker.api.asking import Choice
from peacetracker.api.resources import RESOURCES
from peacetracker.api.tables import columns
from peacetracker.diplomacy.models import EventVersion
from tests.api.conftest import SECRET


def parquet(answer):
    return pq.read_table(io.BytesIO(answer.body))


def grid(answer):
    return list(openpyxl.load_workbook(io.BytesIO(answer.body), read_only=True).active.iter_rows(values_only=True))


def test_it_gives_events_as_parquet_with_types(ask, small_record):
    answer = ask("events/?format=parquet")
    assert answer.headers["Content-Type"] == "application/vnd.apache.parquet"
    found = parquet(answer).to_pylist()
    assert [one["slug"] for one in found] == small_record
    brussels = next(one for one in found if one["slug"] == "2022-04-06-brussels")
    assert (brussels["date"], brussels["joint"], brussels["place_lat"]) == (date(2022, 4, 6), True, 50.0)
    assert brussels["participants_leader_slug"] == ["charles-michel", "ilham-aliyev", "nikol-pashinyan"]
    assert (brussels["topics"], brussels["topics_names"]) == (["peace-treaty"], ["Peace treaty"])
    assert brussels["outcomes"] == []
    assert brussels["updated_at"].tzinfo is not None


def test_it_gives_events_as_a_workbook_with_types(ask, small_record):
    answer = ask("events/?format=xlsx")
    assert 'filename="peacetracker-events.xlsx"' in answer.headers["Content-Disposition"]
    head, *body = grid(answer)
    found = [dict(zip(head, row, strict=True)) for row in body]
    assert [one["slug"] for one in found] == small_record
    brussels = next(one for one in found if one["slug"] == "2022-04-06-brussels")
    assert (brussels["date"].date(), brussels["joint"], brussels["place_lat"]) == (date(2022, 4, 6), True, 50)
    assert brussels["participants_leader_slug"] == "charles-michel | ilham-aliyev | nikol-pashinyan"


def test_it_writes_text_as_text_in_a_workbook(ask, small_record):
    book = openpyxl.load_workbook(io.BytesIO(ask("events/?format=xlsx&kind=call&status=held").body))
    cell = next(cell for cell in book.active[2] if str(cell.value).startswith("="))
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x"), said; "ну"', "s")


@pytest.mark.parametrize("noun", ["events", "calls", *RESOURCES])
def test_it_gives_every_noun_with_the_columns_of_its_table(ask, small_record, noun):
    head = ask(f"{noun}/?format=csv").body.decode("utf-8-sig").splitlines()[0].split(",")
    count = ask(f"{noun}/?count=true").data["count"]
    table, (first, *body) = parquet(ask(f"{noun}/?format=parquet")), grid(ask(f"{noun}/?format=xlsx"))
    assert table.column_names == list(first) == head
    assert table.num_rows == len(body) == count


def test_it_takes_filters_fields_and_days(ask, small_record):
    day = EventVersion.objects.latest("recorded_from").recorded_from.date()
    answer = ask(f"events/?format=parquet&kind=call&fields=slug,date&as_of={day}")
    assert parquet(answer).column_names == ["slug", "date"]
    assert parquet(answer).num_rows == 2
    assert len(grid(ask("events/?format=xlsx&limit=2&omit=accounts"))) == 3


def test_it_writes_row_groups_as_it_goes(ask, small_record, monkeypatch):
    monkeypatch.setattr(sheets, "GROUP", 2)
    monkeypatch.setattr(rows, "CHUNK", 2)
    assert pq.ParquetFile(io.BytesIO(ask("events/?format=parquet").body)).num_row_groups == 3


def test_it_names_csv_where_a_workbook_would_be_too_long(ask, small_record, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 4)
    answer = ask("events/?format=xlsx")
    assert (answer.status, answer.data["parameter"]) == (400, "format")
    assert "csv" in answer.data["known"]
    assert ask("events/?format=xlsx&limit=4").status == 200


def test_it_holds_one_row_group_in_memory_whatever_the_length(small_record):
    head = columns(shapes.EventShape, {}, Choice())
    document = EventVersion.objects.first().document

    def peak(count):
        tracemalloc.start()
        for _piece in sheets.parquet_pieces(head, (document for _ in range(count))):
            pass
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(4 * sheets.GROUP) < 1.5 * peak(sheets.GROUP)


def test_it_shortens_what_a_cell_cannot_hold():
    document = orjson.dumps({"code": "X", "name": "é" * 40_000}).decode()
    head = [column for column in columns(shapes.PartyShape, {}, Choice()) if column.name in ("code", "name")]
    sheet = openpyxl.load_workbook(sheets.workbook(head, [document], made_at=None)).active
    assert len(sheet.cell(2, 2).value) == 32_767


def test_it_shows_nothing_withdrawn_in_files_of_tables(ask, small_record):
    for noun in ("events", "meetings", "sources"):
        assert SECRET.lower() not in str(parquet(ask(f"{noun}/?format=parquet")).to_pylist()).lower()
        assert SECRET.lower() not in str(grid(ask(f"{noun}/?format=xlsx"))).lower()
