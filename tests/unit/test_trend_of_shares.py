"""Titles of shares and of two measures over the years, and what frames say of counts of their rows."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.analysis.trend import trend
from milaid.blocks import numbers
from milaid.exhibits.frames import with_counts
from milaid.exhibits.trend import pair, share_title
from milaid.tables.coverage import Coverage

YEARS = tuple(range(2005, 2015))
EARLY, LATE = [10.0] * 5, [20.0, 20.0, 30.0, 30.0, 20.0]


def title(shares: list[float | None], years: tuple[int, ...] = YEARS) -> str:
    frame = pd.DataFrame({"fiscal_year": YEARS[: len(shares)], "share": pd.Series(shares, dtype="float64")})
    return share_title("Share", trend(frame, 2014, Coverage(years, (), (), ()), "share"))


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (
            EARLY + LATE,
            "Share: 24.0% on average in FY2010–FY2014, after 10.0% in FY2005–FY2009; most in FY2012 and FY2013, 30.0%",
        ),
        (
            [24.04, 24.0, 24.0, 24.0, 24.0, *LATE],
            "Share: 24.0% on average in FY2010–FY2014, as in FY2005–FY2009; most in FY2012 and FY2013, 30.0%",
        ),
        ([*EARLY, *LATE[:4], None], "Share: most in FY2012 and FY2013, 30.0%"),
        ([0.0] * 10, "Share: 0.0% on average in FY2010–FY2014, as in FY2005–FY2009"),
    ],
)
def test_a_share_is_told_by_its_averages_not_by_a_percent_of_a_percent(
    shares: list[float | None], expected: str
) -> None:
    assert title(shares) == expected


def test_an_average_before_a_gap_is_not_compared() -> None:
    assert title(EARLY + LATE, tuple(year for year in YEARS if year != 2007)) == (
        "Share: 24.0% on average in FY2010–FY2014; most in FY2012 and FY2013, 30.0%"
    )


def test_two_measures_of_a_chart_share_the_years_they_are_of() -> None:
    frame = pd.DataFrame(
        {"fiscal_year": YEARS, "usd": [2e6] * 5 + [3e6] * 5, "participants": [100] * 5 + [80] * 4 + [90]}
    )
    dollars, people = (
        trend(frame, 2014, Coverage(YEARS, (), (), ()), measure) for measure in ("usd", "participants")
    )
    assert pair(("Obligations", dollars, numbers.dollars), ("participants", people, numbers.integer)) == (
        "Obligations: $3.0 million a year in FY2010–FY2014, up 50.0% on FY2005–FY2009; participants: 82, down 18.0%"
    )


def test_each_row_says_how_many_are_of_its_kind() -> None:
    frame = with_counts(pd.DataFrame({"kind": ["a", "b", "a", None]}), "kind", "so")
    assert frame["so"].tolist() == [2, 1, 2, 1]
