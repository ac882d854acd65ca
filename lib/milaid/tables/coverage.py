"""Which years the series has, and between which of them totals may be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from milaid.errors import RequestError
from milaid.paths import without_data


@dataclass(frozen=True)
class Mark:
    """One gap, break or change: the fiscal year, a few words for a chart, and what happened.

    A gap names the year without data. A break or a change names the first year of the new state, so it
    lies between that year and the one before. ``concerns`` are the measures whose definition a change touches.
    """

    fiscal_year: int
    kind: str
    label: str
    description: str
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """The years with data, ascending, and the gaps, breaks and changes from the first to the last of them."""

    years: tuple[int, ...]
    gaps: tuple[Mark, ...]
    breaks: tuple[Mark, ...]
    changes: tuple[Mark, ...]

    @property
    def first(self) -> int:
        """The first fiscal year with data."""
        return self.years[0]

    @property
    def last(self) -> int:
        """The last fiscal year with data."""
        return self.years[-1]

    def comparable(self, earlier: int, later: int) -> bool:
        """Return whether a change from ``earlier`` to ``later`` may be computed.

        False when either year has no data, when a year between them has none, or when a break lies between.
        """
        if earlier > later:
            earlier, later = later, earlier
        if not set(range(earlier, later + 1)) <= set(self.years):
            return False
        return not any(earlier < mark.fiscal_year <= later for mark in self.breaks)

    def window(self, first: int, last: int) -> Coverage:
        """Return the coverage of the years from ``first`` to ``last`` alone."""
        years = tuple(year for year in self.years if first <= year <= last)
        if not years:
            raise RequestError(
                f"no data from fiscal year {first} to {last}; data run from {self.first} to {self.last}"
            )
        return Coverage(
            years,
            tuple(m for m in self.gaps if years[0] < m.fiscal_year < years[-1]),
            tuple(m for m in self.breaks if years[0] < m.fiscal_year <= years[-1]),
            tuple(m for m in self.changes if years[0] <= m.fiscal_year <= years[-1]),
        )


def _measures(concerns: object) -> tuple[str, ...]:
    return tuple(concerns.split(", ")) if isinstance(concerns, str) and concerns else ()


NO_DATA = ("no data", "No data for fiscal year {year}.")
"""Label and description of a gap that series_breaks.csv does not name."""


def coverage(
    years: Iterable[int], series_breaks: pd.DataFrame, unnamed: tuple[str, str] = NO_DATA
) -> Coverage:
    """Return the coverage of the ``years`` with data, with the marks of ``series_breaks``.

    In: series_breaks with fiscal_year, kind, label, description, concerns (``schemas.SERIES_BREAKS``). A year missing
    between the first and the last is a gap whether or not it is named there; ``unnamed`` is its label and
    description then. A year named as a gap that has data is none. Raises RequestError when there are no years.
    """
    have = tuple(sorted({int(year) for year in years}))
    if not have:
        raise RequestError(f"no fiscal year has data; {without_data()}")
    marks = [
        Mark(
            int(row.fiscal_year), str(row.kind), str(row.label), str(row.description), _measures(row.concerns)
        )
        for row in series_breaks.sort_values(["fiscal_year", "label"]).itertuples()
    ]
    named = {mark.fiscal_year: mark for mark in marks if mark.kind == "gap"}
    gaps = tuple(
        named.get(year, Mark(year, "gap", unnamed[0], unnamed[1].format(year=year)))
        for year in range(have[0], have[-1] + 1)
        if year not in have
    )
    return Coverage(
        have,
        gaps,
        tuple(mark for mark in marks if mark.kind == "break" and have[0] < mark.fiscal_year <= have[-1]),
        tuple(mark for mark in marks if mark.kind == "change" and have[0] <= mark.fiscal_year <= have[-1]),
    )
