"""Regions: one harmonised region for each recipient in all years."""

from __future__ import annotations

import pandas as pd

from milaid.analysis.groups import (
    COUNTS,
    beside_previous,
    percent_of,
    totals,
    with_previous_share,
    with_zeros,
)
from milaid.tables.coverage import Coverage


def region_totals(
    trainings: pd.DataFrame, fiscal_year: int, coverage: Coverage | None = None
) -> pd.DataFrame:
    """Return the harmonised regions of one fiscal year, most participants first, beside the year before.

    Out: region, participants, cost_usd, activities, recipients, previous_participants, previous_cost_usd,
    change, percent_change, cost_change, cost_percent_change, share, previous_share (percent of the
    participants of the year before).
    """
    frame = beside_previous(trainings, fiscal_year, ["region_harmonised"], coverage)
    frame = with_previous_share(frame, trainings, fiscal_year)
    return frame.rename(columns={"region_harmonised": "region"})


def region_years(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return the harmonised regions by fiscal year.

    Out: fiscal_year, region, participants, cost_usd, activities, recipients, share (percent of the
    participants of the year). Every region has a row in every fiscal year that has data; zero is zero.
    """
    frame = every_year(totals(trainings, ["fiscal_year", "region_harmonised"]), "region_harmonised")
    world = frame.groupby("fiscal_year")["participants"].transform("sum")
    frame["share"] = percent_of(frame["participants"], world)
    return frame.rename(columns={"region_harmonised": "region"})


def every_year(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return totals by fiscal_year and ``group`` with a row, of zeros, for each pair that is missing."""
    years = sorted(frame["fiscal_year"].unique())
    names = sorted(frame[group].dropna().unique())
    pairs = pd.MultiIndex.from_product([years, names], names=["fiscal_year", group])
    filled = frame.dropna(subset=[group]).set_index(["fiscal_year", group]).reindex(pairs).reset_index()
    return with_zeros(filled, COUNTS)
