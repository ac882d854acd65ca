"""Whole numbers that reports are asked for: how one is read from what is written, and what it may be."""

from __future__ import annotations

import re

LOOKBACK_YEARS = (2, 30)
"""Years before the report year in charts over the years, from least to most."""
TOP_N = (3, 30)
"""Recipients, programs and courses shown in rankings, from least to most."""


def whole_number(name: str, given: int | str, allowed: str) -> int:
    """Return a number that may be written as text; ValueError names the parameter and what is ``allowed``."""
    text = str(given).strip()
    if not re.fullmatch(r"[+-]?\d{1,9}", text):
        raise ValueError(f"{name}: {text!r} is not a whole number; allowed: {allowed}")
    return int(text)


def within(name: str, given: int | str, bounds: tuple[int, int]) -> int:
    """Return a number between two bounds; ValueError names the parameter and the bounds."""
    least, most = bounds
    allowed = f"{least} to {most}"
    value = whole_number(name, given, allowed)
    if not least <= value <= most:
        raise ValueError(f"{name}: {value} is not allowed; allowed: {allowed}")
    return value
