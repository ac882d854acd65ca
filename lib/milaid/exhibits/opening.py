"""What every subject is opened with: values checked as at any other door, and the activities of all years."""

from __future__ import annotations

from functools import lru_cache, partial

import pandas as pd

from milaid.analysis import programs
from milaid.tables import asked, store
from milaid.tables.naming import bounds
from milaid.tables.naming.years import year_choices

COUNTED = (
    "fiscal_year", "iso3", "recipient", "recipient_kind", "region_harmonised", "program", "program_printed", "funder",
    "quantity", "cost_usd", "start_date", "end_date", "location_status", "location_country", "in_united_states",
    "document", "page",
)  # fmt: skip
"""Columns of the activities that measures over the years are made of; the others say which activity it was."""


def read_values(
    fiscal_year: int | str, lookback_years: int | str, top_n: int | str, years: tuple[int, ...]
) -> tuple[int, int, int]:
    """Return the values as numbers, which may be given as text; RequestError for what the command line refuses too."""
    year, lookback, top = asked.read(
        [
            (partial(asked.read_aloud, year_choices(years)), fiscal_year),
            (partial(bounds.within, "lookback_years", bounds=bounds.LOOKBACK_YEARS), lookback_years),
            (partial(bounds.within, "top_n", bounds=bounds.TOP_N), top_n),
        ]
    )
    return int(year), int(lookback), int(top)


def load_world() -> pd.DataFrame:
    """Return what is counted of the activities of every year, each under a department."""
    return _with_departments(store.stamps_of_trainings(), store.load_programs.stamp()).copy(deep=False)


@lru_cache(maxsize=1)
def _with_departments(trainings: object, programs_read: object) -> pd.DataFrame:
    """Return all activities under a department, made once for files as they are; never handed out without a copy."""
    return programs.with_departments(store.load_trainings(columns=COUNTED), store.load_programs())
