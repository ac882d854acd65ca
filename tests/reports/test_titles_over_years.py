"""Titles over years say the years, and an amount that no row has is missed."""

from __future__ import annotations

import pytest

from claims import Claim, Shown, missing
from milaid import paths
from milaid.analysis.trend import Trend
from milaid.blocks import numbers
from milaid.exhibits import trend
from milaid.tables import store

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
)


def test_an_amount_that_no_row_has_is_missed() -> None:
    exhibits = {"excess_table": Shown("requested_items,delivered_items,all_requested_items\n3,1,9\n6,2,9\n")}
    title = "3 of 9 items requested were delivered"
    assert missing(Claim("title", title, ("excess_table",)), exhibits) == []
    assert missing(Claim("title", title.replace("9", "10"), ("excess_table",)), exhibits) == ["10"]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((50.0, 40.0, 25.0), (9.0, 10.0, -10.0), "A: 50 a year in FY2010–FY2014, up 25.0% on FY2005–FY2009; B: 9, down 10.0%"),
        ((50.0, None, None), (9.0, 10.0, -10.0), "A: 50 a year in FY2010–FY2014; B: 9, down 10.0% on FY2005–FY2009"),
        ((50.0, 40.0, 25.0), (None, None, None), "A: 50 a year in FY2010–FY2014, up 25.0% on FY2005–FY2009; B: most in FY2012, 70"),
        ((9000.0, 100.0, None), (9.0, None, None), "A: 9,000 a year in FY2010–FY2014, up from 100 in FY2005–FY2009; B: 9"),
    ],
)  # fmt: skip
def test_two_measures_in_one_title_say_their_years_once(first, second, said) -> None:
    a, b = (Trend(2014, 1.0, *values, 70.0, (2012,)) for values in (first, second))
    assert trend.pair(("A", a, numbers.integer), ("B", b, numbers.integer)) == said


@pytest.mark.parametrize(
    ("average", "before", "said"),
    [
        (40.0, 30.0, "Share: 40.0% on average in FY2010–FY2014, after 30.0% in FY2005–FY2009; most in FY2012, 70.0%"),
        (40.0, 40.01, "Share: 40.0% on average in FY2010–FY2014, as in FY2005–FY2009; most in FY2012, 70.0%"),
        (40.0, None, "Share: 40.0% on average in FY2010–FY2014; most in FY2012, 70.0%"),
        (None, None, "Share: most in FY2012, 70.0%"),
    ],
)  # fmt: skip
def test_a_share_is_told_by_its_averages_and_never_by_a_percentage_of_a_percentage(
    average, before, said
) -> None:
    found = Trend(2014, 1.0, average, before, None, 70.0, (2012,))
    assert trend.share_title("Share", found) == said
    assert said.startswith("; ".join([f"Share: {part}" for part in trend.share_average(found)]))
