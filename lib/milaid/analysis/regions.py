"""Regions: one harmonised region for each recipient in all years."""

from __future__ import annotations

import pandas as pd

from milaid.analysis.groups import COUNTS, beside_previous, totals, with_zeros
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
    before = trainings.loc[trainings["fiscal_year"] == fiscal_year - 1, "quantity"].sum()
    previous = frame["previous_participants"].astype("Float64")
    frame["previous_share"] = (100.0 * previous / float(before) if before else previous * pd.NA).astype(
        "float64"
    )
    return frame.rename(columns={"region_harmonised": "region"})


def region_years(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return the harmonised regions by fiscal year.

    Out: fiscal_year, region, participants, cost_usd, activities, recipients, share (percent of the
    participants of the year). Every region has a row in every fiscal year that has data; zero is zero.
    """
    frame = every_year(totals(trainings, ["fiscal_year", "region_harmonised"]), "region_harmonised")
    world = frame.groupby("fiscal_year")["participants"].transform("sum").astype("Float64")
    share = 100.0 * frame["participants"].astype("Float64") / world.where(world > 0)
    return frame.assign(share=share.astype("float64")).rename(columns={"region_harmonised": "region"})


def every_year(frame: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return totals by fiscal_year and ``group`` with a row, of zeros, for each pair that is missing."""
    years = sorted(frame["fiscal_year"].unique())
    names = sorted(frame[group].dropna().unique())
    pairs = pd.MultiIndex.from_product([years, names], names=["fiscal_year", group])
    filled = frame.dropna(subset=[group]).set_index(["fiscal_year", group]).reindex(pairs).reset_index()
    return with_zeros(filled, COUNTS)
