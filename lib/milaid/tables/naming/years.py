"""What fiscal year is meant: 2014, FY2014, or the edition that reports it as done, 2014-2015."""

from __future__ import annotations

import re
from collections.abc import Iterable

from milaid import fiscal
from milaid.tables.naming.choices import Choices
from milaid.tables.naming.forms import Answer, Found, Missing, Named

_YEAR = re.compile(r"(?:fy|fiscal year)?\s*(\d{4})", re.IGNORECASE)
_SHORT = re.compile(r"fy\s*['’]?(\d\d)", re.IGNORECASE)
_EDITION = re.compile(r"(?:fy)?\s*(\d{4})\s*[-–—−/]\s*(?:fy)?\s*(\d{4}|\d\d)", re.IGNORECASE)
_CENTURY = 50
"""Two digits from here on are years of the last century."""


def resolve_fiscal_year(text: str | int) -> Answer:
    """Return which fiscal year a text means; its code is the year. What is no year has nothing near.

    An edition is named by the year it reports as done and the next, which it plans (:func:`milaid.fiscal.edition`).
    """
    given = str(text).strip()
    if match := _YEAR.fullmatch(given):
        return _found(int(match[1]))
    if match := _SHORT.fullmatch(given):
        short = int(match[1])
        return _found(short + (1900 if short >= _CENTURY else 2000))
    if (match := _EDITION.fullmatch(given)) and int(match[2]) % 100 == (int(match[1]) + 1) % 100:
        year = int(match[1])
        if len(match[2]) == 2 or int(match[2]) == year + 1:
            return _found(year, f"{given} is the edition that reports {fiscal.words(year)}")
    return Missing()


def year_choices(years: Iterable[int]) -> Choices:
    """Return how a fiscal year is read of which ``years``, ascending, may be asked for."""
    return Choices("fiscal_year", tuple(years), resolve=resolve_fiscal_year)


def _found(year: int, said: str = "") -> Found:
    return Found(Named(str(year), fiscal.words(year)), said)
