"""An abbreviation before its explanation is found, which tests/reports/test_what_reports_say.py looks for in every report."""

from __future__ import annotations

from abbreviations import unexplained
from milaid.blocks.block import Prose
from milaid.publish.files import document
from samples import notebook


def test_an_abbreviation_before_its_explanation_is_found() -> None:
    made = notebook(["## One", Prose("PKO fell. Peacekeeping Operations (PKO) fell."), Prose("XYZ fell.")])
    assert [each[:3] for each in unexplained(document.build(made), frozenset({"PKO"}))] == ["XYZ"]
    assert [
        each[:3]
        for each in unexplained(document.build(notebook(["## One", Prose("PKO fell.")])), frozenset({"PKO"}))
    ] == ["PKO"]
