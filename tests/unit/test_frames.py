"""Frames as charts and tables take them: nothing is lost when columns become rows or rows are put in an order."""

import pandas as pd

from milaid.exhibits.frames import in_order, under_each_other

YEARS = pd.DataFrame(
    {
        "fiscal_year": [2013, 2014],
        "people": pd.array([5, None], dtype="Int64"),
        "dollars": [1.5, 2.5],
        "other": ["a", "b"],
    }
)


def test_columns_stand_under_each_other_with_the_name_and_the_year_of_each_value():
    found = under_each_other(YEARS, {"People": "people", "Dollars": "dollars"})
    assert found.columns.tolist() == ["fiscal_year", "series", "value"]
    assert found["series"].tolist() == ["People", "People", "Dollars", "Dollars"]
    assert found["fiscal_year"].tolist() == [2013, 2014, 2013, 2014]
    assert found["value"].isna().tolist() == [False, True, False, False]
    assert found["value"].dropna().tolist() == [5, 1.5, 2.5]
    assert found.index.tolist() == [0, 1, 2, 3]


def test_the_columns_of_the_result_can_be_named():
    found = under_each_other(YEARS, {"All": "people"}, name="group", value="share")
    assert found.columns.tolist() == ["fiscal_year", "group", "share"]


def test_rows_are_put_in_order_and_keep_theirs_within_it():
    frame = pd.DataFrame({"name": ["b", "x", "a", "b", "y", "a"], "row": range(6)})
    found = in_order(frame, "name", ["a", "b", "none of these"])
    assert found["name"].tolist() == ["a", "a", "b", "b", "x", "y"]
    assert found["row"].tolist() == [2, 5, 0, 3, 1, 4]


def test_an_order_may_name_a_value_twice_so_that_a_column_can_be_its_own_order():
    frame = pd.DataFrame({"reason": ["late", "lost", "late"], "row": range(3)})
    assert in_order(frame, "reason", frame["reason"])["row"].tolist() == [0, 2, 1]
