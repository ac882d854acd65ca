"""What charts of every kind of report say in words: trend or extremes first, breaks by name, then values."""

from __future__ import annotations

import pytest

from milaid import paths
from milaid.blocks.block import Figure
from milaid.tables import store
from report_reading import run_cells

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
)


def test_a_break_is_named_where_the_line_is_broken(texts_alone: None) -> None:
    blocks = [block for _, block in run_cells("annual_trends.ipynb", fiscal_year=2014)]
    figures = {block.key: block.alt for block in blocks if isinstance(block, Figure)}
    [label] = store.load_series_breaks().query("kind == 'break'")["label"]
    for key in ("long_series", "dollars_series", "constant_dollars"):
        assert f"Break in FY2004: {label}." in figures[key]
        assert figures[key].index("Break in") < figures[key].index("Values:")


def test_a_region_without_a_participant_has_no_panel(texts_alone: None) -> None:
    blocks = [block for _, block in run_cells("annual_trends.ipynb", fiscal_year=2014)]
    [figure] = [block for block in blocks if isinstance(block, Figure) and block.key == "regions_years"]
    assert "Not stated" not in figure.alt and "Not stated" in figure.csv
    assert "Too few to draw, in the file alone: Not stated." in figure.note
