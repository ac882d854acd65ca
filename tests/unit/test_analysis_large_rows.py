"""Single rows that hold a large part: which are found, and the figures without them."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.analysis.large_rows import ADDED, LEAST_ROWS, large_rows
from training_frames import trainings


def year(fiscal_year: int, *rows: dict[str, object], small: int = 30, each: int = 10) -> pd.DataFrame:
    """Return the activities of a year: the rows given among ``small`` others of ``each`` participants and $100."""
    others = [{"course_title": f"Course {n}", "quantity": each, "cost_usd": 100} for n in range(small)]
    made = [{"fiscal_year": fiscal_year, **row} for row in (*rows, *others)]
    return trainings(*made).assign(row_id=lambda frame: f"{fiscal_year}/" + frame["row_id"])


def named(frame: pd.DataFrame) -> list[tuple[str, int, str]]:
    return list(zip(frame["measure"], frame["fiscal_year"], frame["course_title"], strict=True))


def test_a_row_over_a_tenth_of_a_total_is_found_with_the_total_without_it() -> None:
    found = large_rows(year(2014, {"course_title": "Large", "quantity": 100, "cost_usd": None}))
    assert named(found) == [("participants", 2014, "Large")]
    row = found.iloc[0]
    assert (row["value"], row["total"], row["total_without"], row["share"]) == (100, 400, 300, 25.0)
    assert found[["change", "percent_change", "share_of_change", "change_without"]].isna().all(axis=None)


def test_a_row_of_just_a_tenth_is_not() -> None:
    assert large_rows(year(2014, {"course_title": "Tenth", "quantity": 30}, small=27)).empty


def test_of_a_rise_a_row_of_the_later_year_and_of_a_fall_one_of_the_earlier_is_found() -> None:
    plain, more = year(2013, small=300), year(2014, {"course_title": "Large", "quantity": 200}, small=300)
    rise = large_rows(more, plain)
    assert named(rise) == [("participants", 2014, "Large")]
    assert (rise["change"].iloc[0], rise["change_without"].iloc[0], rise["share_of_change"].iloc[0]) == (
        200,
        0,
        100.0,
    )
    assert rise["percent_change_without"].iloc[0] == 0.0
    fall = large_rows(
        year(2014, small=300), year(2013, {"course_title": "Large", "quantity": 200}, small=300)
    )
    assert named(fall) == [("participants", 2013, "Large")]
    assert (fall["change"].iloc[0], fall["total"].iloc[0], fall["total_without"].iloc[0]) == (
        -200,
        3200,
        3000,
    )
    assert fall["change_without"].iloc[0] == 0


def test_a_change_under_five_percent_has_no_row_and_a_break_no_change() -> None:
    before, now = year(2013, small=300), year(2014, {"course_title": "Large", "quantity": 149}, small=300)
    assert large_rows(now, before).empty
    assert large_rows(year(2014, {"course_title": "Large", "quantity": 200}, small=300), None).empty


@pytest.mark.parametrize("title", ["Tech Assist Team", "TECH-ASSIST  TEAM", "tech assist (team)"])
def test_what_the_other_year_lists_of_the_same_course_is_taken_off(title: str) -> None:
    before = year(2013, {"course_title": title, "quantity": 150}, small=300)
    now = year(2014, {"course_title": "Tech Assist Team", "quantity": 150}, small=330)
    assert large_rows(now, before).empty
    other = year(2013, {"course_title": title, "quantity": 150, "recipient": "Togo"}, small=300)
    assert named(large_rows(now, other)) == [("participants", 2014, "Tech Assist Team")]


def test_of_few_rows_a_tenth_is_not_large_and_of_fewer_none_is_named() -> None:
    twenty = year(2014, {"course_title": "Large", "quantity": 25}, small=19)
    assert twenty["quantity"].max() > 0.1 * twenty["quantity"].sum()
    assert large_rows(twenty).empty
    assert not large_rows(year(2014, {"course_title": "Large", "quantity": 90}, small=19)).empty
    assert large_rows(year(2014, {"quantity": 900}, small=LEAST_ROWS - 2)).empty
    assert large_rows(year(2014, {"quantity": 9}, small=10, each=1)).empty
    assert not large_rows(year(2014, {"quantity": 10}, small=10, each=1)).empty


def test_rows_of_the_same_words_are_rows_of_their_own_and_counted() -> None:
    alike = {"course_title": "Large", "student_unit": "1st Battalion", "quantity": 100}
    found = large_rows(year(2014, alike, alike, {**alike, "student_unit": "2nd Battalion"}))
    assert found["rows_alike"].tolist() == [2, 2, 1]


def test_participants_come_first_and_the_largest_of_each() -> None:
    rows = (
        {"course_title": "Dear", "cost_usd": 9000},
        {"course_title": "Large", "quantity": 100},
        {"course_title": "Larger", "quantity": 200},
    )
    assert [(measure, title) for measure, _, title in named(large_rows(year(2014, *rows)))] == [
        ("participants", "Larger"), ("participants", "Large"), ("cost_usd", "Dear"),
    ]  # fmt: skip


def test_nothing_found_has_the_same_columns() -> None:
    none, some = large_rows(year(2014)), large_rows(year(2014, {"quantity": 100}))
    assert set(none.columns) == set(some.columns) >= set(ADDED)
