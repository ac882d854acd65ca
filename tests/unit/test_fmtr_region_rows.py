"""The layout of 2001-2002 to 2005-2006: texts too long for their column, cells that were pushed to the right."""

from __future__ import annotations

import pytest

from milaid.sources.fmtr.region_tables import parse
from milaid.sources.fmtr.text import Line, Page

MARGIN = 36.0
# Stops of the eight cells; those of number, cost and days are the left edges of what stands there in these rows.
TITLE, NUMBER, PLACE, STUDENTS, UNITS, COST, START, END = 36, 170, 178.5, 315, 438, 626.6, 659.4, 710.4
LETTER, BLANK = 4.0, 2.0


def line(y: float, *cells: tuple[float, str]) -> Line:
    """Return cells set one after another, each letter four points wide, with a blank where two stand apart."""
    xs: list[float] = []
    characters: list[str] = []
    end = 0.0
    for begin, text in cells:
        if characters and begin - end > 1:
            xs.append(end)
            characters.append(" ")
        end = begin
        for character in text:
            xs.append(end)
            characters.append(character)
            end += BLANK if character == " " else LETTER
    return Line(y, xs, characters, end)


def ending_at(x: float, text: str) -> tuple[float, str]:
    """Return a cell whose last letter ends at ``x``."""
    return x - sum(BLANK if character == " " else LETTER for character in text), text


def only_row(*rows: Line) -> dict[str, str]:
    """Return the cells of the one row of a document."""
    head = "Title of Training # Students/Activities Location Students' Units US Units Involved Cost Start Date End Date"
    page = Page(
        1,
        612.0,
        [
            line(545, (MARGIN, "Africa Region, Angola, Service Academies, FY 04")),
            line(533, (MARGIN + 4.5, head)),
            line(520, (MARGIN + 4.5, "DOD Africa Region, Angola, Service Academies,FY04")),
            *rows,
        ],
    )
    (activity,) = parse([page]).activities
    return {name: " ".join(texts) for name, texts in activity.cells.items()}


END_OF_ROW = ((COST, "$9,224"), (START, "6/11/2004"), (END, "8/5/2004"))
BEGIN_OF_ROW = ((TITLE, "COURSE"), (NUMBER, "1"))


@pytest.mark.parametrize("overlap", [1, 3, 5, 7])
def test_a_word_that_reaches_into_the_next_column_stays_whole(overlap):
    place = ending_at(STUDENTS + overlap, "SPACE CENTER, MS 39529-7099")
    students = ending_at(UNITS + overlap, "Police, Presidential Military")
    row = only_row(line(500, *BEGIN_OF_ROW, place, *END_OF_ROW), line(492, students))
    assert row["location"] == place[1]
    assert row["student_unit"] == students[1]
    assert "us_unit" not in row


def test_a_short_word_that_begins_before_the_next_stop_stays_with_its_text():
    row = only_row(line(500, *BEGIN_OF_ROW, ending_at(UNITS + 2.5, "PUBLIC HOSPITAL -"), *END_OF_ROW))
    assert (row["student_unit"], row.get("us_unit")) == ("PUBLIC HOSPITAL -", None)


@pytest.mark.parametrize("text", ["Air", "Army,", "BATTALION"])
@pytest.mark.parametrize("units", ["7th SFG", "3/3 SFG"])
def test_two_cells_that_meet_without_a_blank_are_divided_at_the_stop(text, units):
    row = only_row(line(500, *BEGIN_OF_ROW, ending_at(UNITS - 0.1, text), (UNITS, units), *END_OF_ROW))
    assert (row["student_unit"], row["us_unit"]) == (text, units)


def test_a_word_that_begins_beyond_the_stop_stands_in_the_next_column():
    place = "BAY OF STENNIS SPACE CENTER, MS 39529-7099"
    row = only_row(line(500, *BEGIN_OF_ROW, (PLACE, f"{place} Coast Guard"), *END_OF_ROW))
    assert (row["location"], row["student_unit"]) == (place, "Coast Guard")


def test_a_text_pushed_to_the_right_of_its_stop_carries_on_past_the_next():
    place = ending_at(STUDENTS + 4, "SPACE CENTER, MS 39529-7099")
    row = only_row(
        line(500, *BEGIN_OF_ROW, place, (432, "Combat School, Puerto"), *END_OF_ROW),
        line(492, (STUDENTS, "Leguizamo")),
    )
    assert row["student_unit"] == "Combat School, Puerto Leguizamo"
    assert "us_unit" not in row
    assert row["cost"] == "$9,224"


def test_a_cell_that_begins_a_little_before_its_stop_is_read_in_its_column():
    row = only_row(line(500, *BEGIN_OF_ROW, (PLACE, "BENIN"), (STUDENTS - 1.5, "Staff"), *END_OF_ROW))
    assert (row["location"], row["student_unit"]) == ("BENIN", "Staff")


def test_a_last_day_on_the_next_line_puts_the_row_back_in_order():
    row = only_row(
        line(
            500,
            *BEGIN_OF_ROW,
            ending_at(STUDENTS + 4, "SPACE CENTER, MS 39529-7099"),
            ending_at(648, "ACAJUTLA"),
            (664, "$9,224"),
            (710, "6/11/2004"),
        ),
        line(492, (MARGIN + 4.5, "8/5/2004")),
    )
    assert row == {
        "course_title": "COURSE",
        "quantity": "1",
        "location": "SPACE CENTER, MS 39529-7099",
        "student_unit": "ACAJUTLA",
        "cost": "$9,224",
        "start_date": "6/11/2004",
        "end_date": "8/5/2004",
    }
