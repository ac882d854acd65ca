"""Which of two cells of parameters is in force, told from what a kernel ran."""

from __future__ import annotations

import pytest

from milaid.blocks.in_force import overridden

OWN, INJECTED = "# The year.\nfiscal_year = 2014\ntop_n = 10", "# Parameters\nfiscal_year = 2012\n"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([OWN, INJECTED, "open()"], [("fiscal_year", "2012", "2014")]),
        ([OWN], []),
        ([INJECTED], []),
        ([OWN, "# Parameters\nfiscal_year = 2014"], []),
        # Run again with another value above: that of before counts no more.
        ([OWN, INJECTED, "open()", "fiscal_year = 2013", INJECTED], [("fiscal_year", "2012", "2013")]),
        # The first cell alone was run again: it is in force.
        ([OWN, INJECTED, "fiscal_year = 2013"], []),
        ([OWN, "# Parameters\nfiscal_year: int = 2012\ntop_n = 5"], [("fiscal_year", "2012", "2014"), ("top_n", "5", "10")]),
        (["names = ['a']", "# Parameters\nnames = ['b']"], [("names", "['b']", "['a']")]),
        (["%magic", OWN, "year = f(fiscal_year)", "broken = = 1", INJECTED], [("fiscal_year", "2012", "2014")]),
    ],
)  # fmt: skip
def test_what_a_cell_of_papermill_overrides(cells: list[str], said: list[tuple[str, str, str]]) -> None:
    assert [(found.name, found.value, found.other) for found in overridden(cells)] == said
