"""Cells of the older layouts: text by its place on a line, and the parts of their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence

# One character and where it stands.
Placed = tuple[float, str]

# A country in a heading, which commas divide; its name may be turned round: «Congo, Republic of».
HEADING_COUNTRY = r"(?P<country>[^,]*(?:, [^,]* [Oo]f)?)"

_HEADING_END = re.compile(r", ?FY ?\d\d$")
_FLUSH = 1.5
# Years of two figures from here on are of the twentieth century; the first edition reports fiscal year 1999.
_FIRST_OF_CENTURY = 50


def year_of(two_figures: str) -> int:
    """Return the fiscal year that two figures stand for: 99 is 1999, 05 is 2005."""
    year = int(two_figures)
    return year + (1900 if year >= _FIRST_OF_CENTURY else 2000)


def ends_as_heading(title: Sequence[str]) -> bool:
    """Return whether the lines of a title end as a heading does: a total is missing between row and heading."""
    return _HEADING_END.search(" ".join(title)) is not None


def folded(part: Sequence[Placed]) -> str:
    """Return the text of placed characters with runs of blanks folded into one."""
    return " ".join("".join(character for _, character in part).split())


def split_flush_right(part: Sequence[Placed], last: float) -> tuple[str, str]:
    """Return text and number of characters that hold both; the number is empty where none stands flush right.

    A number set flush right ends with a figure that begins at ``last``; what stands left of it is text, whatever
    figures it ends with.
    """
    inked = [i for i, (_, character) in enumerate(part) if not character.isspace()]
    if not inked or abs(part[inked[-1]][0] - last) > _FLUSH or not part[inked[-1]][1].isdigit():
        return folded(part), ""
    end = inked[-1] + 1
    first = end
    while first and part[first - 1][1] in "0123456789,":
        first -= 1
    return folded(part[:first]), folded(part[first:end])
