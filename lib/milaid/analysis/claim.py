"""Which sums a published number may be: those that give it as it is written, and those near it, the most plausible first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from milaid.analysis.claim_sums import COLUMNS, MEASURES, OF
from milaid.analysis.claimed_number import Claimed

NEAR = 0.02
"""How far, as a part of the number, a sum may lie from it to be named at all."""
EXACTLY, NEARLY = "exactly", "within 2%"


@dataclass(frozen=True)
class Fitting:
    """The sums that give a number, those of just what it is said to be about, and how many sums were compared."""

    sums: pd.DataFrame
    asked: pd.DataFrame
    compared: int


def fitting(
    claimed: Claimed, sums: Iterable[pd.DataFrame], years: tuple[int, int] | None, about: int
) -> Fitting:
    """Return the sums that give a number.

    ``sums`` as :mod:`milaid.analysis.claim_sums` has them; ``years``: the first and the last fiscal year that the number is said
    to be of, None for any; ``about``: how many things it is said to be about. Of those that give it, most plausible first: fit (:data:`EXACTLY` as
    the number is written, or :data:`NEARLY`), difference_percent of the number, and the columns of a sum. More plausible is what
    gives the number as written, is of the years said, is done and not planned, is told apart by fewer things, and is the more
    usual measure.
    """
    value, within = float(claimed.value), float(claimed.within)
    found, asked, compared = [], [], 0
    reach = max(abs(value) * NEAR, within)
    for frame in sums:
        wanted = np.full(len(frame), True) if not claimed.unit else frame["unit"].to_numpy() == claimed.unit
        compared += int(wanted.sum())
        if years is not None:
            just = wanted & ~_other_years(frame, years).to_numpy() & (frame["status"].to_numpy() == "actual")
            if just.any():
                just &= (frame[list(OF)].notna().sum(axis=1) <= about).to_numpy()
                asked.append(frame[just])
        near = wanted & (np.abs(frame["value"].to_numpy() - value) <= reach + 1e-9)
        if near.any():
            found.append(frame[near])
    frame = _with_fit(_joined(found), claimed)
    apart = (frame["value"] - value).abs().where(frame["fit"] == NEARLY, 0.0)
    usual = {measure: place for place, measure in enumerate(MEASURES)}
    order = pd.DataFrame(
        {
            "near": frame["fit"] == NEARLY,
            "other years": _other_years(frame, years),
            "planned": frame["status"] != "actual",
            "told apart": (frame[list(OF)].notna().sum(axis=1) - about).clip(lower=0),
            "measure": frame["measure"].map(usual),
            "apart": apart,
            "rows": -frame["rows"].astype("int64"),
        }
    )
    ranked = frame.loc[order.sort_values(list(order.columns), kind="stable").index]
    just = _with_fit(_joined(asked), claimed)
    return Fitting(_without_same_rows(ranked).reset_index(drop=True), just, compared)


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    frames = [frame for frame in frames if len(frame)]
    return (
        pd.concat(frames, ignore_index=True)
        if frames
        else pd.DataFrame(columns=list(COLUMNS)).astype({"value": "float64"})
    )


def _with_fit(frame: pd.DataFrame, claimed: Claimed) -> pd.DataFrame:
    """Return sums with how they fit a number, and how far they lie from it in percent of it."""
    value = float(claimed.value)
    apart = frame["value"] - value
    frame.insert(0, "fit", np.where(apart.abs() <= float(claimed.within) + 1e-9, EXACTLY, NEARLY))
    frame.insert(1, "difference_percent", (apart / value * 100).round(2) if value else 0.0)
    return frame


def _without_same_rows(ranked: pd.DataFrame) -> pd.DataFrame:
    """Leave out sums of the same rows as one before that fewer things tell apart."""
    seen: dict[tuple[object, ...], list[set[tuple[str, str]]]] = {}
    kept = []
    for row in ranked.to_dict("records"):
        what = {(name, row[name]) for name in OF if isinstance(row[name], str)}
        before = seen.setdefault(tuple(row[name] for name in COLUMNS if name not in OF), [])
        kept.append(not any(fewer <= what for fewer in before))
        before.append(what)
    return ranked.loc[np.array(kept, dtype=bool)]


def _other_years(frame: pd.DataFrame, years: tuple[int, int] | None) -> pd.Series:
    if years is None:
        return pd.Series(False, index=frame.index)
    return (frame["first_year"] != years[0]) | (frame["last_year"] != years[1])


def in_single_units(published: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """Return figures of others with their value in single people and dollars, and how far theirs may lie from it as written."""
    scale = published["unit"].map({"billion USD": 1e9, "million USD": 1e6}).fillna(1.0)
    step = 0.5 * 10.0 ** -(published["value"].map(lambda each: len(f"{each:g}".partition(".")[2]))) * scale
    return published.assign(value=published["value"] * scale), step.where(scale > 1, 0.0)


def published_alike(claimed: Claimed, published: pd.DataFrame) -> pd.DataFrame:
    """Return figures of others that are the number as written, or within 2% of it, the nearest first.

    In: ``schemas.PUBLISHED_FIGURES``. Out: its columns, with value in single people and dollars, and fit.
    """
    frame, within = in_single_units(published)
    apart = (frame["value"] - float(claimed.value)).abs()
    exact = apart <= np.maximum(float(claimed.within), within) + 1e-6
    near = apart <= abs(float(claimed.value)) * NEAR
    frame = frame.assign(fit=np.where(exact, EXACTLY, NEARLY), _apart=apart)[exact | near]
    return frame.sort_values("_apart", kind="stable").drop(columns="_apart").reset_index(drop=True)
