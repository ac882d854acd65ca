"""Corrections to a document: made where they fit, refused where they do not."""

from __future__ import annotations

import pytest

from fmtr_documents import BREAK, Country, Document, Program, Row, write
from milaid.errors import DataError
from milaid.sources.fmtr.corrections import Correction, read_corrections
from milaid.sources.fmtr.document import read_document

ROWS = (
    Row("First", cost="1177"),
    Row("Second", student_unit="Half \na unit"),
    BREAK,
    Row("rest of the row", None),
)


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "africa.pdf", Document((Country(programs=(Program(rows=ROWS),)),)))


def correction(page, row, field, as_printed, corrected=""):
    return Correction(
        "2014-2015", "africa.pdf", page, row, field, as_printed, corrected, "looked up on the page"
    )


def test_corrections_change_cells_leave_out_rows_and_touch_nothing_else(path):
    made = [
        correction(1, 1, "cost", "1177", "$1,177"),
        correction(1, 2, "student_unit", "Half a unit", "Half a unit, the rest"),
        correction(1, 2, "end_date", "1/3/2014"),
        correction(2, 1, "row", "rest of the row"),
    ]
    before, after = read_document(path), read_document(path, made)
    assert before.activities["course_title"].tolist() == ["First", "Second", "rest of the row"]
    assert after.activities["course_title"].tolist() == ["First", "Second"]
    assert after.activities["student_unit"].tolist() == ["Military", "Half a unit, the rest"]
    assert after.activities["cost_printed"].tolist() == ["$1,177", "$100"]
    assert after.activities["end_date"].isna().tolist() == [False, True]
    assert after.unread[["row_on_page", "field"]].values.tolist() == [[2, "end_date"]]
    assert after.activities["us_unit"].equals(before.activities["us_unit"].iloc[:2])


def test_an_empty_cell_can_be_filled(path):
    after = read_document(path, [correction(2, 1, "quantity", "", "4")])
    assert after.activities["quantity"].tolist() == [1, 1, 4]


def test_corrections_that_no_longer_fit_are_named_together_with_what_stands_there(path):
    wrong = [
        correction(1, 1, "cost", "1178", "$1,178"),
        correction(1, 9, "cost", "1", "2"),
        correction(2, 1, "row", "another row"),
    ]
    with pytest.raises(DataError) as caught:
        read_document(path, wrong)
    message = str(caught.value)
    assert "africa.pdf, page 1, row 1, cost: expected «1178», read «1177»" in message
    assert "africa.pdf, page 1, row 9: there is no such row" in message
    assert "africa.pdf, page 2, row 1, row: expected «another row», read «rest of the row»" in message
    assert "corrections.csv" in message
    assert caught.value.exit_code == 4


def test_the_table_of_corrections_is_read_with_its_numbers(tmp_path):
    table = tmp_path / "corrections.csv"
    table.write_text(
        "edition,document,page,row_on_page,field,as_printed,corrected,reason\n"
        '2014-2015,africa.pdf,12,4,cost,,"$1,177",misprint\n',
        encoding="utf-8",
    )
    assert read_corrections(table) == [
        Correction("2014-2015", "africa.pdf", 12, 4, "cost", "", "$1,177", "misprint")
    ]
