"""Fiscal years and editions as readers see them."""

import pytest

from milaid import fiscal


def test_years_in_a_row_are_drawn_together():
    assert fiscal.spans([2008, 2009, 2010, 2012]) == "FY2008–FY2010, FY2012"
    assert fiscal.spans([2007, 2007]) == "FY2007"
    assert fiscal.spans(iter([2012, 2009, 2010, 2008])) == "FY2008–FY2010, FY2012"
    assert fiscal.spans([]) == ""


def test_runs_end_where_a_year_is_missing():
    assert fiscal.runs({2003, 1999, 2000}) == [(1999, 2000), (2003, 2003)]


def test_an_edition_is_shown_with_the_dash_of_a_period():
    assert fiscal.edition_label("2014-2015") == "2014–2015"
    assert fiscal.edition_label(fiscal.edition(1999)) == "1999–2000"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (2007, 2020, "2007–2008 to 2020–2021"),
        (2007, 2008, "2007–2008 to 2008–2009"),
        (2014, 2014, "2014–2015"),
    ],
)
def test_editions_from_the_first_to_the_last_are_named_once_each(first, last, shown):
    assert fiscal.edition_span(first, last) == shown
