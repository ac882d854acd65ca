import pandas as pd
import pytest

from milaid.errors import DataError, RequestError
from milaid.tables.coverage import coverage
from milaid.tables.money import constant_label, to_constant

DEFLATOR = pd.DataFrame({"fiscal_year": [2010, 2014, 2020], "gdp_deflator": [0.8, 1.0, 1.25]})


def test_dollars_are_divided_by_the_deflator_of_their_year_and_multiplied_by_that_of_the_base_year():
    frame = pd.DataFrame(
        {"fiscal_year": [2010, 2014, 2020], "cost_usd": pd.array([80, 100, None], dtype="Int64")}
    )
    constant = to_constant(frame, DEFLATOR, 2020)
    assert constant["cost_usd_constant"].tolist()[:2] == [125.0, 125.0]
    assert constant["cost_usd_constant"].isna().tolist() == [False, False, True]
    assert constant["base_fiscal_year"].tolist() == [2020] * 3


def test_years_without_a_deflator_are_all_named():
    frame = pd.DataFrame({"fiscal_year": [2010, 2011], "cost_usd": [1, 1]})
    with pytest.raises(DataError) as caught:
        to_constant(frame, DEFLATOR, 2012)
    assert "FY2011" in str(caught.value)
    assert "FY2012" in str(caught.value)


def test_constant_dollars_name_their_base_year_and_index():
    assert constant_label(2020) == "constant FY2020 dollars (GDP deflator)"


def breaks(*rows):
    frame = pd.DataFrame(rows, columns=["fiscal_year", "kind", "label", "description"])
    return frame.assign(concerns=None)


def test_years_are_comparable_unless_a_gap_or_break_lies_between():
    found = coverage(
        [2007, 2008, 2010, 2011, 2012],
        breaks((2012, "break", "new count", ""), (2011, "change", "label", "")),
    )
    assert found.comparable(2007, 2008)
    assert not found.comparable(2008, 2010)  # 2009 is missing although nobody named it
    assert found.comparable(2010, 2011)  # a change of the documents is no break
    assert not found.comparable(2011, 2012)
    assert not found.comparable(2006, 2007)
    assert found.comparable(2011, 2010)
    assert [mark.fiscal_year for mark in found.gaps] == [2009]


def test_a_named_gap_carries_its_words_and_a_filled_one_is_none():
    named = breaks(
        (2009, "gap", "not published", "The edition was not published."), (2010, "gap", "filled", "")
    )
    found = coverage([2008, 2010], named)
    assert [(mark.fiscal_year, mark.label) for mark in found.gaps] == [(2009, "not published")]


def test_marks_outside_the_years_with_data_are_left_out():
    found = coverage(
        [2007, 2008], breaks((1999, "gap", "a", ""), (2007, "break", "b", ""), (2009, "break", "c", ""))
    )
    assert (found.first, found.last, found.gaps, found.breaks) == (2007, 2008, (), ())


def test_a_window_keeps_only_what_lies_in_it():
    found = coverage(range(2007, 2013), breaks((2008, "break", "", ""), (2011, "break", "", ""))).window(
        2010, 2012
    )
    assert found.years == (2010, 2011, 2012)
    assert [mark.fiscal_year for mark in found.breaks] == [2011]
    with pytest.raises(RequestError, match="2010"):
        found.window(1999, 2001)


def test_no_year_at_all_is_an_error():
    with pytest.raises(RequestError, match="make data"):
        coverage([], breaks())
