"""Numbers as readers see them: in sentences and in the cells of tables.

Dollars come in dollars and percentages in percent: a share of two fifths is ``40.0``. The functions with a
sign or a unit in their result are for sentences; :func:`cell` is for tables, whose heads name the unit.
Halves are rounded away from zero. A missing value is "–" (none in the source) or, for what is computed
(changes, shares, averages, ranks), ".." (not computed).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from milaid.errors import ReportError

NONE = "–"
NOT_COMPUTED = ".."
MINUS = "−"
COMPUTED_KINDS = ("change", "percent_change", "share", "decimal", "rank")
"""Kinds of columns that no source prints: where one is missing it was not computed."""


def is_missing(value: Any) -> bool:
    """Return whether a value is None, NaN, NaT or pandas' NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and value != value


def _plain(value: Any, decimals: int) -> str:
    """Return a number with thousands separators, rounded half up, with a true minus sign."""
    exact = Decimal(str(value))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    return f"{rounded:,}".replace("-", MINUS)


def _with_sign(text: str) -> str:
    """Return a number text with "+" in front unless it is negative or zero."""
    return text if text.startswith(MINUS) or not text.strip("0.,") else f"+{text}"


def integer(value: Any) -> str:
    """Return a whole number: ``40,032``."""
    return NONE if is_missing(value) else _plain(value, 0)


def decimal(value: Any, decimals: int = 1) -> str:
    """Return a number with a fixed number of decimals: ``3.4``."""
    return NOT_COMPUTED if is_missing(value) else _plain(value, decimals)


def signed(value: Any) -> str:
    """Return a change as a signed whole number: ``−12,643``, ``+606``."""
    return NOT_COMPUTED if is_missing(value) else _with_sign(_plain(value, 0))


def percent_change(value: Any) -> str:
    """Return a change in percent, always signed: ``−24.0%``."""
    return NOT_COMPUTED if is_missing(value) else f"{_with_sign(_plain(value, 1))}%"


def share(value: Any) -> str:
    """Return a share in percent: ``47.1%``; what is above zero and rounds to it is ``less than 0.1%``."""
    if is_missing(value):
        return NOT_COMPUTED
    return "less than 0.1%" if 0 < value < 0.05 else f"{_plain(value, 1)}%"


def usd(value: Any) -> str:
    """Return whole US dollars: ``$4,970``."""
    if is_missing(value):
        return NONE
    text = _plain(value, 0)
    return f"{MINUS}${text[1:]}" if text.startswith(MINUS) else f"${text}"


def usd_cents(value: Any) -> str:
    """Return US dollars and cents: ``$0.06``."""
    if is_missing(value):
        return NONE
    text = _plain(value, 2)
    return f"{MINUS}${text[1:]}" if text.startswith(MINUS) else f"${text}"


def million(value: Any) -> str:
    """Return US dollars in millions, less in dollars, from 1,000 million on in billions: ``$199.0 million``, ``$613,920``."""
    if is_missing(value):
        return NONE
    amount = Decimal(str(value))
    # The unit follows the rounded figure: 999,960,000 is $1.0 billion, not $1,000.0 million.
    in_millions = (abs(amount) / 10**6).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    if in_millions < 1:
        return usd(value)
    figure, unit = (amount / 10**9, "billion") if in_millions >= 1000 else (amount / 10**6, "million")
    text = _plain(figure, 1)
    return f"{MINUS}${text[1:]} {unit}" if text.startswith(MINUS) else f"${text} {unit}"


def dollars(value: Any) -> str:
    """Return US dollars as :func:`million` from a million on, and as whole dollars below it: ``$853,200``."""
    if is_missing(value) or abs(Decimal(str(value))) >= 10**6:
        return million(value)
    return usd(value)


def listed(names: Iterable[Any], values: Iterable[Any], show: Callable[[Any], str]) -> str:
    """Return names with their numbers as a list: ``Jordan 4,012, Egypt 3,120``.

    ``show`` writes a number as the other functions here do. Raises ValueError for names and values of two lengths.
    """
    return ", ".join(f"{name} {show(value)}" for name, value in zip(names, values, strict=True))


def cell(value: Any, kind: str) -> str:
    """Return a table cell of a :class:`~milaid.blocks.block.Column` kind; the head names the unit."""
    if is_missing(value):
        return NOT_COMPUTED if kind in COMPUTED_KINDS else NONE
    if isinstance(value, str):
        return value
    match kind:
        case "integer" | "usd":
            return _plain(value, 0)
        case "million":
            return _plain(Decimal(str(value)) / 10**6, 1)
        case "cents":
            return _plain(value, 2)
        case "decimal" | "share":
            return _plain(value, 1)
        case "change":
            return _with_sign(_plain(value, 0))
        case "percent_change":
            return _with_sign(_plain(value, 1))
        case "rank" | "year" | "page":
            return str(int(value)) if float(value).is_integer() else str(value)
        case "text":
            return str(value)
    raise ReportError(f"no number format for a column of kind {kind!r}")
