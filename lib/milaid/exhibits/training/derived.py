"""Titles of activities of which a value cannot be read and follows from the printed totals."""

from __future__ import annotations

import pandas as pd

_NOT_READABLE = "not readable"


def titled(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows in which a missing title of a row with a derived value is said to be not readable.

    In: course_title and derived, as ``schemas.TRAININGS``.
    """
    titles = frame["course_title"].mask(frame["derived"].notna(), frame["course_title"].fillna(_NOT_READABLE))
    return frame.assign(course_title=titles)
