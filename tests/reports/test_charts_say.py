"""What charts of every kind of report say in words: trend or extremes first, breaks by name, then values."""

from __future__ import annotations

import re

import pytest

from milaid import paths
from milaid.blocks.block import Figure
from milaid.tables import store
from report_reading import run_cells

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
)
TRIED = (
    ("annual_trends.ipynb", {"fiscal_year": 2014}),
    ("country_profile.ipynb", {"country": "COL", "fiscal_year": 2020}),
    ("program_profile.ipynb", {"program": "IMET", "fiscal_year": 2020}),
    ("region_profile.ipynb", {"region": "africa", "fiscal_year": 2020}),
    ("comparison.ipynb", {"compare": "country", "members": "KEN,ETH,UGA", "fiscal_year": 2020}),
    ("program_guide.ipynb", {}),
    ("data_quality.ipynb", {}),
)
_LEADS = re.compile(
    r"\b(?:up from|down from|at both ends|in each of these years|highest|lowest|[Ll]argest|Each has|Most years|Break in|in FY\d{4}\.)"
)
_VALUES = re.compile(r"\b(?:Values|Changes|Years|By fiscal year):|% in \d{4}–\d{4}")


@pytest.mark.parametrize(("notebook", "values"), TRIED, ids=[notebook for notebook, _ in TRIED])
def test_every_chart_says_what_it_does_before_its_values(
    notebook: str, values: dict[str, object], texts_alone: None
) -> None:
    figures = [block for _, block in run_cells(notebook, **values) if isinstance(block, Figure)]
    assert figures
    wrong = []
    for figure in figures:
        lead, listed = _LEADS.search(figure.alt), _VALUES.search(figure.alt)
        numbers = re.findall(r"\d", figure.alt)
        if not lead or not listed or lead.start() > listed.end() or len(numbers) < 2:
            wrong.append(f"{figure.key}: {figure.alt[:200]}")
    assert not wrong, "\n".join(wrong)


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
