"""Fiscal years of the US Government: 1 October of the year before to 30 September."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def first_day(fiscal_year: int) -> date:
    """Return the first day of a fiscal year."""
    return date(fiscal_year - 1, 10, 1)


def last_day(fiscal_year: int) -> date:
    """Return the last day of a fiscal year."""
    return date(fiscal_year, 9, 30)


def year_of(day: date) -> int:
    """Return the fiscal year that a day lies in: that of 1 October is the next."""
    return day.year + (day.month >= 10)


def label(fiscal_year: int) -> str:
    """Return the short label used in exhibits: ``FY2014``."""
    return f"FY{fiscal_year}"


def span(first: int, last: int) -> str:
    """Return the label of years from the first to the last: ``FY2007–FY2020``, ``FY2014``."""
    return label(first) if first == last else f"{label(first)}–{label(last)}"


def runs(years: Iterable[int]) -> list[tuple[int, int]]:
    """Return years as runs (first, last) of years that follow each other, ascending."""
    found: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        if found and year == found[-1][1] + 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found


def spans(years: Iterable[int]) -> str:
    """Return the labels of years with runs drawn together: ``FY1999–FY2003, FY2006``."""
    return ", ".join(span(first, last) for first, last in runs(years))


def words(fiscal_year: int) -> str:
    """Return the label used in running text: ``fiscal year 2014``."""
    return f"fiscal year {fiscal_year}"


def edition(fiscal_year: int) -> str:
    """Return the edition of the training report that holds this year as actual: ``2014-2015``."""
    return f"{fiscal_year}-{fiscal_year + 1}"


def edition_label(edition: str) -> str:
    """Return an edition as readers see it, with the dash of a period: ``2014–2015``."""
    return edition.replace("-", "–")


def edition_span(first: int, last: int) -> str:
    """Return the editions of the years from the first to the last: ``2007–2008 to 2020–2021``, ``2014–2015``."""
    ends = dict.fromkeys((edition_label(edition(first)), edition_label(edition(last))))
    return " to ".join(ends)


def period(fiscal_year: int) -> str:
    """Return the days a fiscal year covers: ``1 October 2013 to 30 September 2014``."""
    return f"1 October {fiscal_year - 1} to 30 September {fiscal_year}"


def edition_year(edition: str) -> int:
    """Return the fiscal year that an edition reports as done: 2014 for ``2014-2015``."""
    return int(edition[:4])
