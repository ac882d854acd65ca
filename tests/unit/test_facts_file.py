"""The file of key facts: numbers as numbers."""

from __future__ import annotations

import pytest

from milaid.blocks.block import Fact, csv_text
from milaid.exhibits.facts_file import filed


@pytest.mark.parametrize(
    ("value", "unit", "line"),
    [
        ("67,640", "", 'x,67640,,"67,640",'),
        ("$539.1", "million", "x,539.1,million US dollars,$539.1 million,"),
        ("$4,970", "", 'x,4970,US dollars,"$4,970",'),
        ("−$4,970", "", 'x,-4970,US dollars,"−$4,970",'),
        ("98.3%", "", "x,98.3,percent,98.3%,"),
        ("less than 0.1%", "", "x,,,less than 0.1%,"),
        ("–", "", "x,,,–,"),
    ],
)
def test_a_number_stands_without_separators_and_its_unit_apart(value: str, unit: str, line: str) -> None:
    text = csv_text(filed([Fact(value, "x", "", unit=unit)]))
    assert text == f"fact,value,unit,shown,comparison\n{line}\n"
