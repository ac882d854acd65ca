"""Who is first, and who else: a sentence that names the largest names all that are as large."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from milaid import fiscal
from milaid.blocks.words import and_list

MOST_NAMED = 3
"""As many that share a place are named; of more their number is said."""


def first(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return the rows with the highest value of a measure, in the order of the frame."""
    return frame[frame[measure] == frame[measure].max()]


def as_many(frame: pd.DataFrame, measure: str, shown: int) -> pd.DataFrame:
    """Return the rows behind the first ``shown`` that have as much as the last of them; in: largest first."""
    if not 0 < shown < len(frame):
        return frame.iloc[:0]
    rest = frame.iloc[shown:]
    return rest[rest[measure] == frame[measure].iloc[shown - 1]]


def as_many_said(names: Sequence[str]) -> str:
    """Return in a sentence who has as much as the last one named, "" for nobody; of many only that there are others."""
    if not names:
        return ""
    who = and_list(list(names)) if len(names) <= MOST_NAMED else "Others"
    return f"{who} had as many as the last of them."


def when(years: Sequence[int]) -> str:
    """Return fiscal years that share a value: ``FY2003 and FY2005``, of many ``7 years from FY2001 to FY2019``."""
    labels = [fiscal.label(int(year)) for year in years]
    if len(labels) <= MOST_NAMED:
        return and_list(labels)
    return f"{len(labels)} years from {labels[0]} to {labels[-1]}"
