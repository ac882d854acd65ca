"""Dollars and dates as notices print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9}
# Dots, asterisks and "(MDE)" may stand between what an amount is of and the amount.
_FILLING = r"(?:\(MDE\)|[\s*.·…_:\-–—])*"
_MONEY = r"\$\s*(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)\s*(?P<scale>thousand|million|billion)?\b"
_AMOUNTS = {
    "major": re.compile(rf"\b(?:major\s+defense\s+equipment|MDE){_FILLING}{_MONEY}", re.IGNORECASE),
    "other": re.compile(rf"\bother{_FILLING}{_MONEY}", re.IGNORECASE),
    "total": re.compile(rf"\btotal(?:\s+estimated\s+value)?{_FILLING}{_MONEY}", re.IGNORECASE),
}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAY = re.compile(
    r"(?P<day>\d{1,2})\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})\b"
    r"|(?P<month2>[A-Za-z]{3,9})\.?\s+(?P<day2>\d{1,2}),?\s+(?P<year2>\d{4})\b"
)


@dataclass(frozen=True)
class Amounts:
    """Printed amounts in whole dollars, None where there is none, and the unit of the last digit of the coarsest."""

    major: int | None = None
    other: int | None = None
    total: int | None = None
    unit: int = 1

    @property
    def problem(self) -> str:
        """What is wrong where the parts do not come to the total, but for rounding; "" for nothing."""
        if self.total is None or self.major is None or self.other is None:
            return ""
        parts = self.major + self.other
        if abs(parts - self.total) <= self.unit:
            return ""
        return f"the parts, ${self.major:,} and ${self.other:,}, do not come to the total, ${self.total:,}"


def read_amounts(text: str) -> Amounts:
    """Return the amounts of the item on the estimated value: major defense equipment, other, and total."""
    found: dict[str, int] = {}
    units = [1]
    for name, pattern in _AMOUNTS.items():
        if match := pattern.search(text):
            number, scale = match["number"].replace(",", ""), (match["scale"] or "").lower()
            found[name] = int(Decimal(number) * _SCALES[scale])
            decimals = len(number.partition(".")[2])
            units.append(_SCALES[scale] // 10**decimals)
    return Amounts(found.get("major"), found.get("other"), found.get("total"), max(units))


def read_day(text: str) -> date | None:
    """Return the first date of a text, written 22 January 2014 or January 22, 2014; None where there is none that can be."""
    for match in _DAY.finditer(text):
        day, month, year = (match[name] or match[f"{name}2"] for name in ("day", "month", "year"))
        number = next((n for n, name in enumerate(_MONTHS, 1) if name.startswith(month.lower())), 0)
        try:
            return date(int(year), number, int(day))
        except ValueError:
            continue
    return None
