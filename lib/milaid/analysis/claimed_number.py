"""A number as people write it: ``528``, ``1,234``, ``$4.1 million``, ``US$ 3bn``, ``12 thousand trainees``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

PEOPLE, DOLLARS, COUNT = "people", "US dollars", "activities"
SCALES = {
    "": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "million": 10**6, "millions": 10**6,
    "b": 10**9, "bn": 10**9, "billion": 10**9, "billions": 10**9,
}  # fmt: skip
"""What stands behind a number, and how many times the number it is: powers of ten."""
_PEOPLE = (
    "people|persons?|trainees?|students?|participants?|soldiers?|officers?|troops?|personnel|individuals?"
)
GROUPED = r"\d{1,3}(?:[,  '’]\d{3})+(?:\.\d+)?"
"""Digits in groups of three."""
OF_COUNT = ("activities", "courses")
"""What a number counts that is no people."""
FORM = re.compile(
    r"(?:about|around|nearly|almost|some|roughly|approximately|over|more than|ca\.?|~|≈)?\s*"
    r"(?P<before>US\s*\$|USD|US\s*dollars|\$)?\s*"
    rf"(?P<number>{GROUPED}|\d+(?:[.,]\d+)?)\s*[- ]?"
    r"(?P<scale>[a-z]*?)\s*(?P<after>USD|US\s*dollars|dollars|\$)?\s*"
    rf"(?P<what>{_PEOPLE}|activities|courses)?",
    re.IGNORECASE,
)
EXAMPLES = "528, 1,234, $4.1 million, 12.5 thousand or US$ 3bn"


@dataclass(frozen=True)
class Claimed:
    """A number that someone wrote: its value, how far a value may lie from it that is written so, and its unit, "" for any."""

    text: str
    value: Decimal
    within: Decimal
    unit: str = ""


def read_claimed(text: str) -> Claimed:
    """Return the number that a text writes; ValueError with what can be read.

    A number is as exact as it is written: $4.1 million stands for all from 4.05 to 4.15 million, 1,234 for itself alone.
    """
    match = FORM.fullmatch(str(text).strip())
    scale = SCALES.get(match["scale"].casefold()) if match else None
    if match is None or scale is None:
        raise ValueError(f"{text!r} cannot be read as a number; write it as {EXAMPLES}")
    digits = match["number"]
    grouped = re.fullmatch(GROUPED, digits)
    digits = re.sub("[,  '’]", "", digits) if grouped else digits.replace(",", ".")
    number = Decimal(digits)
    exponent = number.as_tuple().exponent
    step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) * scale
    unit = DOLLARS if match["before"] or match["after"] else ""
    if match["what"] and not unit:
        unit = COUNT if match["what"].casefold() in OF_COUNT else PEOPLE
    return Claimed(
        str(text).strip(), number * scale, step / 2 if step > 1 or number % 1 else Decimal(0), unit
    )
