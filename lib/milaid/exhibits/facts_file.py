"""The file of key facts: each number as a number, its unit apart from it, and beside them what the report shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from milaid.blocks.block import Fact
from milaid.blocks.numbers import MINUS

_FIGURE = re.compile(rf"({MINUS}?)(\$?)([0-9][0-9,]*(?:\.[0-9]+)?)(%?)")


def filed(facts: Sequence[Fact]) -> pd.DataFrame:
    """Return facts as fact, value, unit, shown, comparison.

    ``value`` is the number as rounded in the report, without separators, in ``unit``, such as ``percent`` or
    ``million US dollars``; empty where the report shows no single number. ``shown`` is the text of the report.
    """
    rows = [
        (fact.label, *_number(fact), f"{fact.value} {fact.unit}".strip(), fact.comparison) for fact in facts
    ]
    return pd.DataFrame(rows, columns=["fact", "value", "unit", "shown", "comparison"])


def _number(fact: Fact) -> tuple[Decimal | None, str]:
    found = _FIGURE.fullmatch(fact.value)
    if found is None:
        return None, fact.unit
    minus, dollars, digits, percent = found.groups()
    unit = f"{fact.unit} {'US dollars' if dollars else ''}{'percent' if percent else ''}".strip()
    return Decimal(f"{'-' if minus else ''}{digits.replace(',', '')}"), unit
