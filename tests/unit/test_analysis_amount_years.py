"""Amounts over the years: changes, averages of five years, sums to date, and where none of them is computed."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.analysis.amount_years import (
    trend_columns,
    with_sums_over_the_years,
    with_sums_to_date,
    with_trend,
)
from milaid.analysis.one_recipient import ranks_of_year
from milaid.analysis.trend import trend
from milaid.tables.coverage import Coverage, Mark

FIRST = 2005
AMOUNTS = [100, 200, 300, 400, 500, 200, 400, 600, 800, 1000]


def years(amounts: list[int | None]) -> pd.DataFrame:
    frame = pd.DataFrame({"fiscal_year": range(FIRST, FIRST + len(amounts))})
    return frame.assign(obligations_usd=pd.array(amounts, dtype="Int64"))


def covered(frame: pd.DataFrame, *breaks: int) -> Coverage:
    marks = tuple(Mark(year, "break", "a break", "A break.") for year in breaks)
    return Coverage(tuple(frame["fiscal_year"]), (), marks, ())


def test_each_year_has_its_change_its_average_and_the_change_of_that() -> None:
    frame = years(AMOUNTS)
    found = with_trend(frame, covered(frame), "obligations_usd").set_index("fiscal_year")
    assert list(found)[1:] == trend_columns("obligations_usd")
    last = found.loc[2014]
    assert last["obligations_usd_percent_change"] == pytest.approx(25.0)
    assert last["obligations_usd_five_year_average"] == pytest.approx(600.0)
    assert last["obligations_usd_five_year_percent_change"] == pytest.approx(100.0)
    assert found["obligations_usd_five_year_average"].isna().sum() == 4
    assert found["obligations_usd_five_year_percent_change"].isna().sum() == 9


@pytest.mark.parametrize("year", range(FIRST, FIRST + len(AMOUNTS)))
@pytest.mark.parametrize("lost", [None, 2011])
@pytest.mark.parametrize("breaks", [(), (2008,)])
def test_the_columns_say_what_the_trend_of_each_year_does(
    year: int, lost: int | None, breaks: tuple[int, ...]
) -> None:
    frame = years([None if FIRST + i == lost else amount for i, amount in enumerate(AMOUNTS)])
    row = with_trend(frame, covered(frame, *breaks), "obligations_usd").set_index("fiscal_year").loc[year]
    seen = trend(frame, year, covered(frame, *breaks), "obligations_usd")
    for value, end in ((seen.average, "five_year_average"), (seen.change, "five_year_percent_change")):
        shown = row[f"obligations_usd_{end}"]
        assert pd.isna(shown) if value is None else shown == pytest.approx(round(value, 2))


def test_no_percentage_is_said_of_what_falls_below_zero() -> None:
    frame = years([100, 100, 100, 100, 100, 100, 100, -900, 100, 100])
    found = with_trend(frame, covered(frame), "obligations_usd").set_index("fiscal_year")
    assert pd.isna(found.at[2012, "obligations_usd_percent_change"])
    assert found.at[2014, "obligations_usd_five_year_average"] == -100
    assert pd.isna(found.at[2014, "obligations_usd_five_year_percent_change"])
    assert trend(frame, 2014, covered(frame), "obligations_usd").change is None


def test_sums_to_date_end_in_the_total_and_a_missing_amount_adds_nothing() -> None:
    found = with_sums_to_date(years([5, None, -2]), "obligations_usd")
    assert list(found["obligations_usd_to_date"]) == [5, 5, 3]


def test_sums_over_the_years_are_those_of_the_part_and_of_all() -> None:
    frame = pd.concat([years([1, 2]).assign(part="a"), years([10, 20]).assign(part="b")], ignore_index=True)
    found = with_sums_over_the_years(frame, "part", "obligations_usd")
    assert list(found["obligations_usd_over_the_years"]) == [3, 3, 30, 30]
    assert set(found["all_obligations_usd_over_the_years"]) == {33}


def test_ranks_share_their_place_and_count_who_has_no_participant() -> None:
    rows = pd.DataFrame(
        {
            "fiscal_year": 2014, "recipient": ["A", "A", "B", "C", "D"], "quantity": [1, 2, 3, 9, 0],
            "region_harmonised": ["North", "North", "North", "South", "North"], "cost_usd": 1,
        }
    )  # fmt: skip
    found = ranks_of_year(rows, 2014, "previous_").set_index("recipient")
    assert list(found["previous_rank_in_world"]) == [2, 2, 1, 4]
    assert list(found["previous_rank_in_region"]) == [1, 1, 1, 3]
    assert set(found["previous_recipients_in_world"]) == {4}
    assert list(found["previous_recipients_in_region"]) == [3, 3, 1, 3]
