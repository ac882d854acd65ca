"""Where a row stands on its page, on small pages made for this."""

from __future__ import annotations

import pytest

from fmtr_documents import BREAK, Country, Document, Program, Row, one_table, write
from milaid.sources.fmtr.document import read_document
from milaid.sources.fmtr.text import Line, read_pages
from older_documents import Heading, country, program
from older_two_columns import write_two_columns


def words_inside(path, box) -> str:
    """Return the letters of a page whose baselines begin in a box."""
    lines = read_pages(path)[box.on_page - 1].lines
    return " ".join(
        "".join(c for x, c in zip(line.xs, line.characters, strict=True) if box.left <= x <= box.right)
        for line in lines
        if box.bottom <= line.y <= box.top
    )


def test_the_box_of_a_row_holds_its_words_and_no_other_row(tmp_path):
    rows = (Row("Alpha Course", student_unit="First Unit"), Row("Beta Course", student_unit="Second Unit"))
    path = write(tmp_path / "1.pdf", Document((Country("Angola", (Program("IMET-1", rows),)),)))
    boxes = read_document(path).boxes
    assert boxes[["page", "row_on_page", "part", "on_page"]].to_numpy().tolist() == [
        [1, 1, 1, 1],
        [1, 2, 1, 1],
    ]
    first, second = (words_inside(path, box) for box in boxes.itertuples())
    assert "Alpha Course" in first and "First Unit" in first and "Beta" not in first
    assert "Beta Course" in second and "Second Unit" in second and "Totals" not in second


def test_rows_of_the_next_page_have_boxes_there(tmp_path):
    path = write(tmp_path / "1.pdf", Document((one_table(Row("First"), BREAK, Row("Second")),)))
    boxes = read_document(path).boxes
    assert boxes[["page", "row_on_page", "on_page"]].to_numpy().tolist() == [[1, 1, 1], [2, 1, 2]]
    assert "Second" in words_inside(path, list(boxes.itertuples())[1])


def test_rows_in_two_columns_have_boxes_in_their_own_column(tmp_path):
    angola = Heading("Angola", "Africa Center for Strategic Studies", 2000)
    left = country(
        program(angola, {2000: [Row("ALPHA", "1", cost="$1")], 2001: [Row("BETA", "1", cost="$2")]})
    )
    path = write_two_columns(tmp_path / "3164.pdf", [*left[:-1], BREAK, left[-1]])
    boxes = read_document(path).boxes
    assert boxes["right"].max() < 324, "no row reaches into the right column"
    assert "ALPHA" in words_inside(path, next(boxes.itertuples()))


@pytest.mark.parametrize(("end", "right"), [(50.0, 50.0), (float("inf"), 47.0), (0.0, 47.0)])
def test_a_line_whose_end_is_not_known_ends_a_wide_letter_behind_its_last(end, right):
    assert Line(100.0, [30.0, 40.0], ["a", "b"], end).right == right
