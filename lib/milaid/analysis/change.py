"""Changes between two years, and which of them are not computed."""

from __future__ import annotations

import pandas as pd

LEAST_EARLIER_VALUE = 50
"""A percent change on an earlier value below this says little and is not computed."""

MOST_PERCENT = 1_000
"""A greater rise is told by the two values: its percentage says more of how little the earlier one was."""

PERCENT_RULE = (
    "Percent changes are computed on the earlier year from unrounded values. They are not computed when the "
    f"earlier value is under {LEAST_EARLIER_VALUE}, when the rise is above {MOST_PERCENT:,}%, or across a gap or a break in "
    "the series."
)


def change(now: float | None, before: float | None, comparable: bool = True) -> float | None:
    """Return ``now`` minus ``before``; None when either is missing or the years are not comparable."""
    if not comparable or _missing(now) or _missing(before):
        return None
    return now - before  # type: ignore[operator]


def percent_change(now: float | None, before: float | None, comparable: bool = True) -> float | None:
    """Return the change from ``before`` to ``now`` in percent of ``before``.

    None when either is missing, when ``before`` is under :data:`LEAST_EARLIER_VALUE` (in the unit of the
    measure), when it is above :data:`MOST_PERCENT`, or when a gap or a break lies between the two years
    (``comparable`` false).
    """
    difference = change(now, before, comparable)
    if difference is None or before < LEAST_EARLIER_VALUE:  # type: ignore[operator]
        return None
    percent = 100.0 * float(difference) / float(before)  # type: ignore[arg-type]
    return percent if percent <= MOST_PERCENT else None


def add_changes(
    frame: pd.DataFrame, now: str, before: str, comparable: bool, prefix: str = ""
) -> pd.DataFrame:
    """Return ``frame`` with ``<prefix>change`` and ``<prefix>percent_change`` of two of its columns.

    The rules are those of :func:`change` and :func:`percent_change`; what is not computed is missing.
    """
    pairs = list(zip(frame[now], frame[before], strict=True))
    differences = pd.array([change(n, b, comparable) for n, b in pairs], dtype="Float64")
    percents = [percent_change(n, b, comparable) for n, b in pairs]
    whole = all(pd.api.types.is_integer_dtype(frame[name].dtype) for name in (now, before))
    return frame.assign(
        **{
            f"{prefix}change": differences.astype("Int64") if whole else differences.astype("float64"),
            f"{prefix}percent_change": pd.array(percents, dtype="Float64").to_numpy(
                "float64", na_value=float("nan")
            ),
        }
    )


def _missing(value: object) -> bool:
    return value is None or bool(pd.isna(value))
