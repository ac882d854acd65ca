"""What charts say in words: trend, extremes and break first, then the values."""

from __future__ import annotations

import pandas as pd

from drawing_texts import check, words
from milaid.charts import said
from milaid.charts.bars import ranked_bars
from milaid.charts.columns import columns_by_year
from milaid.charts.line import long_series
from milaid.charts.line_labels import Points
from milaid.charts.lines import lines
from milaid.charts.multiples import empty_panels, small_multiples

YEARS = pd.DataFrame({"fiscal_year": [2001, 2002, 2004, 2005], "value": [30, 50, 40, 20]})


def test_trend_extremes_and_break_come_before_the_values() -> None:
    assert said.over_years(
        {"": {2001: 30, 2002: 50, 2004: 40, 2005: 20}}, "integer", {2004: "seven left"}
    ) == (
        "FY2001–FY2002: up from 30 to 50; FY2004–FY2005: down from 40 to 20; highest in FY2002, 50; "
        "lowest in FY2005, 20. Break in FY2004: seven left. Values: FY2001 30, FY2002 50, FY2004 40, FY2005 20."
    )


def test_a_break_before_the_first_year_is_none_of_the_series() -> None:
    assert "Break" not in said.over_years({"": {2005: 1, 2006: 2}}, "integer", {2004: "seven left"})


def test_each_series_has_its_own_trend_and_equal_years_are_named_together() -> None:
    text = said.over_years({"A": {2001: 1, 2002: 3, 2003: 3}, "B": {2001: 2, 2002: 2}}, "integer")
    assert text.startswith(
        "A: FY2001–FY2003: up from 1 to 3; highest in FY2002 and FY2003, 3; lowest in FY2001, 1. "
    )
    assert "B: 2 in each of these years." in text


def test_of_a_long_series_every_tenth_year_is_said() -> None:
    text = said.over_years({"": {year: year - 1900 for year in range(1946, 2021)}}, "integer")
    assert text.endswith(
        "Values: FY1946 46, FY1950 50, FY1960 60, FY1970 70, FY1980 80, FY1990 90, FY2000 100, FY2010 110, FY2020 120."
    )


def test_rows_say_largest_smallest_and_what_rose() -> None:
    rows = pd.DataFrame({"name": ["A", "B", "C"], "now": [9, 5, 1], "before": [5, 6, None]})
    drawings = ranked_bars(rows, key="bars", report_year=2014, label="name", value="now", previous="before")
    assert drawings.said == ("Largest: A, 9; smallest: C, 1. On FY2013: up A; down B. Values: A 9; B 5; C 1.")
    assert 'data-value="A, FY2014: 9; FY2013: 5"' in drawings.wide


def test_changes_keep_their_signs() -> None:
    assert said.changes([("A", 4.0), ("B", -7.0)], "integer") == (
        "Largest rise: A, +4; largest fall: B, −7. Changes: A +4; B −7."
    )


def test_points_of_others_do_not_stretch_the_scale_and_keep_their_value() -> None:
    others = Points("Somebody", {2002: 45, 2004: 900})
    own = long_series(YEARS, key="own", report_year=2005)
    beside = long_series(YEARS, key="beside", report_year=2005, others=others)
    check(beside, "beside")
    ticks = {"20", "40"}
    assert ticks <= set(words(own.wide)) and ticks <= set(words(beside.wide))
    assert "900" in words(beside.wide) and "900" in words(beside.narrow)
    assert 'data-value="Somebody, FY2004: 900"' in beside.wide
    assert beside.said.endswith("Single points of another publisher: FY2002 45, FY2004 900.")


def test_an_event_is_marked_and_said() -> None:
    drawings = long_series(YEARS, key="line", report_year=2005, events={2002: "Iraq war", 1990: "before"})
    check(drawings, "line")
    assert "Iraq war" in words(drawings.wide) and "before" not in words(drawings.wide)
    assert "Marked: Iraq war in FY2002." in drawings.said and "before" not in drawings.said


def test_a_panel_in_which_nothing_is_seen_is_found() -> None:
    frame = pd.DataFrame(
        [
            ("A", 2013, 5000),
            ("A", 2014, 4000),
            ("B", 2013, 40),
            ("B", 2014, 0),
            ("C", 2013, 0),
            ("C", 2014, 7),
        ],
        columns=["region", "fiscal_year", "value"],
    )
    assert empty_panels(frame, 2014) == ["B"]
    assert (
        "A: FY2013–FY2014: down from 5,000 to 4,000" in small_multiples(frame, key="p", report_year=2014).said
    )


def test_a_single_part_of_the_last_column_has_its_value_once() -> None:
    frame = pd.DataFrame(
        [(2013, "A", 1), (2013, "B", 2), (2014, "A", 77)], columns=["fiscal_year", "part", "value"]
    )
    found = words(columns_by_year(frame, key="c", report_year=2014).wide)
    assert sum("77" in text for text in found) == 1


def test_every_mark_of_lines_tells_its_value() -> None:
    frame = YEARS.assign(series="A")
    svg = lines(frame, key="lines", report_year=2005).wide
    assert svg.count("data-value=") == len(YEARS) and 'data-value="A, FY2005: 20"' in svg
