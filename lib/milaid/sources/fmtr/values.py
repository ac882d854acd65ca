"""Printed cells as values: counts, dollars and dates. What cannot be read is None, never a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal

_COUNT = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_DOLLARS = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
# The first edition with days reports fiscal year 2001: a year of two figures is of these hundred.
_CENTURY_OF_TWO_FIGURES = 2000


def parse_count(text: str | None) -> int | None:
    """Return a printed count such as ``1,296``, or None."""
    match = _COUNT.fullmatch(text.strip()) if text else None
    return int(match[0].replace(",", "")) if match else None


def parse_dollars(text: str | None) -> Decimal | None:
    """Return a printed amount such as ``$89,567`` or ``7126.77`` in dollars, or None."""
    match = _DOLLARS.fullmatch(text.strip()) if text else None
    return Decimal(match[1].replace(",", "") + (match[2] or "")) if match else None


def parse_date(text: str | None) -> date | None:
    """Return a printed day in US order such as ``10/20/2013`` or ``7/27/01``, or None where there is no such day."""
    match = _DATE.fullmatch(text.strip()) if text else None
    if match is None:
        return None
    month, day, year = (int(part) for part in match.groups())
    if len(match[3]) == 2:
        year += _CENTURY_OF_TWO_FIGURES
    try:
        return date(year, month, day)
    except ValueError:
        return None


def round_together(amounts: Sequence[Decimal | None]) -> list[int | None]:
    """Round amounts to whole dollars so that their sum is the rounded sum of the exact amounts.

    One edition prints cents in its rows and whole dollars in its totals. Each amount becomes one of its two
    neighbouring whole numbers; the largest remainders are rounded up first, the earlier row first where
    they are equal. Amounts that are whole already do not change.
    """
    exact = [amount for amount in amounts if amount is not None]
    floors = [amount.to_integral_value(ROUND_FLOOR) for amount in exact]
    missing = int((sum(exact, Decimal()) + Decimal("0.5")).to_integral_value(ROUND_FLOOR) - sum(floors))
    order = sorted(range(len(exact)), key=lambda i: (floors[i] - exact[i], i))
    raised = set(order[:missing])
    rounded = iter([int(floor) + (i in raised) for i, floor in enumerate(floors)])
    return [None if amount is None else next(rounded) for amount in amounts]
