"""Totals that others published, beside ours; never joined with them."""

from __future__ import annotations

import pandas as pd

from milaid.analysis.change import percent_change


def published_beside_ours(series: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Return world totals of people that others published for single fiscal years, beside our count.

    In: an annual series with fiscal_year and participants; published as ``schemas.PUBLISHED_FIGURES``. Out,
    by fiscal year: fiscal_year, publisher, measure, published (Int64), participants (ours; missing when the
    series has no such year), difference (published minus ours), percent (difference in percent of ours),
    definition, source_url. The two count different things; the difference is no error of either.
    """
    single = published["fiscal_year"].str.fullmatch(r"\d{4}")
    chosen = published[
        single
        & (published["unit"] == "people")
        & (published["place"] == "World")
        & (published["program"] == "All")
    ]
    frame = chosen.assign(
        fiscal_year=chosen["fiscal_year"].astype("int64"), published=chosen["value"].astype("Int64")
    )
    ours = series[["fiscal_year", "participants"]]
    frame = frame.merge(ours, on="fiscal_year", how="left")
    frame["participants"] = frame["participants"].astype("Int64")
    frame["difference"] = frame["published"] - frame["participants"]
    pairs = zip(frame["published"], frame["participants"], strict=True)
    frame["percent"] = pd.Series([percent_change(theirs, own) for theirs, own in pairs], dtype="float64")
    columns = [
        "fiscal_year", "publisher", "measure", "published", "participants", "difference", "percent",
        "definition", "source_url",
    ]  # fmt: skip
    return frame[columns].sort_values(["fiscal_year", "publisher"]).reset_index(drop=True)
