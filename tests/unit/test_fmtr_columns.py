"""Text by its place on a line: numbers set flush right, and years of two figures."""

from __future__ import annotations

import pytest

from milaid.sources.fmtr.columns import ends_as_heading, folded, split_flush_right, year_of

LAST = 134.0


def placed(*pieces):
    """Return the characters of texts, each given with the place of its first one, four points apart."""
    return [(x + 4.0 * i, character) for x, text in pieces for i, character in enumerate(text)]


@pytest.mark.parametrize(
    ("figures", "year"), [("99", 1999), ("50", 1950), ("00", 2000), ("06", 2006), ("49", 2049)]
)
def test_two_figures_are_a_year_of_the_last_century_or_of_this(figures, year):
    assert year_of(figures) == year


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (placed((0, "JCET "), (LAST, "5")), ("JCET", "5")),
        (placed((0, "JCET "), (LAST - 16, "1,296")), ("JCET", "1,296")),
        (placed((0, "Course 00-3 "), (LAST - 4, "12")), ("Course 00-3", "12")),
        (placed((0, "JCET "), (LAST - 4, "12"), (LAST + 4, " ")), ("JCET", "12")),
        (placed((LAST, "0")), ("", "0")),
        (placed((0, "Course 12")), ("Course 12", "")),
        (placed((LAST - 12, "USMC")), ("USMC", "")),
        (placed((0, "Course "), (LAST - 2, "5")), ("Course 5", "")),
        ([], ("", "")),
        (placed((0, "  ")), ("", "")),
    ],
    ids=str,
)
def test_figures_are_a_number_only_where_the_last_stands_flush_right(part, expected):
    assert split_flush_right(part, LAST) == expected


def test_runs_of_blanks_are_folded():
    assert folded(placed((0, " FT  EXAMPLE "), (90, " GA"))) == "FT EXAMPLE GA"


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        (["JCET", "Benin, IMET, FY 00"], True),
        (["JCET", "Benin, Non-Security Assistance, FY", "00"], True),
        (["Benin, IMET,FY05"], True),
        (["Review FY 00 budget"], False),
        (["Course 00"], False),
    ],
)
def test_a_title_that_ends_with_a_fiscal_year_has_taken_in_a_heading(title, heading):
    assert ends_as_heading(title) is heading
