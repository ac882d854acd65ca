"""The quiet mark of values that cannot be read and follow from the printed totals, in tables of activities."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

MARK = "(e)"
_NOT_READABLE = "not readable"
_WHAT = {"quantity": "participants", "cost_usd": "cost"}


def marked(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the mark behind the course title of those that have a derived value; else as they are.

    In: course_title and derived, as ``schemas.TRAININGS``. A title that is missing there is said to be not readable.
    """
    titles = frame["course_title"].fillna(_NOT_READABLE) + f" {MARK}"
    return frame.assign(course_title=frame["course_title"].where(frame["derived"].isna(), titles))


def note(frame: pd.DataFrame, shown: Collection[str] = tuple(_WHAT)) -> str:
    """Return what the mark means, with which of the values ``shown`` are derived in these rows; "" for none."""
    values = set(", ".join(frame["derived"].dropna()).split(", "))
    named = " and ".join(_WHAT[value] for value in shown if value in values)
    if not named:
        return ""
    return f"{MARK} derived: {named} cannot be read on the page and follow from the printed totals."
