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


def when(years: Sequence[int]) -> str:
    """Return fiscal years that share a value: ``FY2003 and FY2005``, of many ``7 years from FY2001 to FY2019``."""
    labels = [fiscal.label(int(year)) for year in years]
    if len(labels) <= MOST_NAMED:
        return and_list(labels)
    return f"{len(labels)} years from {labels[0]} to {labels[-1]}"
