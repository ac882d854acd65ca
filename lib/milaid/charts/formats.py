"""Values as figures show them: the numbers of the reports, and the shorter ones of axes and labels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from milaid.blocks import numbers
from milaid.blocks.numbers import MINUS
from milaid.errors import ReportError

UNITS = {"integer": "", "decimal": "", "share": "", "usd": "", "million": "$ million"}
"""Kind of value -> unit written at the head of a column of values."""


_LEAST_IN_MILLIONS = 2_000_000


def dollars(values: Iterable[Any]) -> tuple[str, str]:
    """Return kind and unit in words for dollars: millions, or whole dollars where the largest is under two million."""
    largest = max((abs(known(value) or 0.0) for value in values), default=0.0)
    return ("million", "million US dollars") if largest >= _LEAST_IN_MILLIONS else ("usd", "US dollars")


def known(value: Any) -> float | None:
    """Return a number as float, or None where it is missing (None, NaN, pandas NA)."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def check_kind(kind: str) -> str:
    """Return ``kind`` if it is one that figures can show; raises ReportError naming the allowed ones."""
    if kind not in UNITS:
        raise ReportError(f"a figure cannot show values of kind {kind!r}; allowed: {', '.join(UNITS)}")
    return kind


def number(value: Any, kind: str) -> str:
    """Return a value of a column: ``40,032``, ``199.0`` (million), ``$1,250`` (usd), ``41.6%``; – or .. if missing."""
    amount = known(value)
    if amount is None:
        return numbers.cell(None, kind)
    match kind:
        case "million":
            return numbers.cell(amount, "million")
        case "usd":
            return numbers.usd(amount)
        case "share":
            return f"{numbers.decimal(amount)}%"
        case "decimal":
            return numbers.decimal(amount)
    return numbers.integer(amount)


def label(value: Any, kind: str) -> str:
    """Return a value that stands alone in a plot: as :func:`number`, but ``$199.0m`` or ``$39.4bn`` for millions.

    What would round to no million stands in dollars: ``$14,200``.
    """
    amount = known(value)
    if kind != "million" or amount is None:
        return number(value, kind)
    # The unit follows the rounded figure: 999,960,000 is $1.0bn, not $1,000.0m.
    millions = numbers.decimal(abs(amount) / 1e6)
    if millions == "0.0":
        return numbers.usd(amount)
    text = f"{numbers.decimal(abs(amount) / 1e9)}bn" if "," in millions else f"{millions}m"
    return f"{MINUS if amount < 0 else ''}${text}"


def signed(value: Any, kind: str) -> str:
    """Return a change with its sign: ``+2,684``, ``−5,782``; what rounds to zero has none."""
    text = number(value, kind)
    more = (known(value) or 0) > 0 and any(digit in "123456789" for digit in text)
    return f"+{text}" if more else text


def tick(value: float, kind: str) -> str:
    """Return a value of an axis, no longer than needed: ``25,000``, ``$50m``, ``$1.5bn``, ``40%``; zero is bare.

    Less than 10,000 dollars stand in dollars on an axis of millions too: ``$1,000``.
    """
    if not value:
        return "0"
    if kind == "million" and abs(value) < 10_000:
        kind = "usd"
    unit = "bn" if kind == "million" and abs(value) >= 1e9 else "m"
    scale = {"m": 1e6, "bn": 1e9}[unit] if kind == "million" else 1.0
    amount = value / scale
    # A step of 0.025 needs three decimals: rounded to two, equal steps would not look equal.
    text = f"{amount:,.3f}".rstrip("0").rstrip(".") if amount % 1 else f"{amount:,.0f}"
    signs = {"usd": ("$", ""), "million": ("$", unit), "share": ("", "%")}
    before, after = signs.get(kind, ("", ""))
    return before + text + after
