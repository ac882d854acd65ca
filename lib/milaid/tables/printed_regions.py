"""The region of rows that stand in their document after its last head of a region.

A document of the edition 2000-2001 may end within the first country of a region, whose name is printed only
in the next document. The country goes on there, under the region that is then known.
"""

from __future__ import annotations

import pandas as pd

from milaid.errors import DataError, list_problems
from milaid.sources.fmtr.parsed import REGION_NOT_PRINTED


def complete_regions(rows: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
    """Return ``rows`` with the region that the edition prints for their country where they have none.

    In: rows and activities with edition, region, country, document, page. Raises one DataError with every
    country that has no region in its edition, or two.
    """
    open_ = rows["region"] == REGION_NOT_PRINTED
    if not open_.any():
        return rows
    placed = activities.loc[activities["region"] != REGION_NOT_PRINTED, ["edition", "country", "region"]]
    printed = placed.drop_duplicates().groupby(["edition", "country"])["region"].agg(list)
    keys = pd.MultiIndex.from_frame(rows.loc[open_, ["edition", "country"]])
    found = printed.reindex(keys)
    problems = [
        f"{row.country} ({row.document}, page {row.page}): {' and '.join(names) if isinstance(names, list) else 'none'}"
        for row, names in zip(rows[open_].itertuples(), found, strict=True)
        if not isinstance(names, list) or len(names) != 1
    ]
    if problems:
        advice = "The rows after the last head of a region need one region in the other documents of their edition."
        heading = "Countries whose region is not printed with their rows:"
        raise DataError(list_problems(heading, sorted(set(problems)), advice))
    completed = rows["region"].copy()
    completed[open_] = [names[0] for names in found]
    return rows.assign(region=completed)
