"""A project with the activities of few years makes the reports that are of all years."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from milaid import paths
from milaid.tables import store
from report_reading import check_block, run_cells

YEARS = (2019, 2020)
pytestmark = pytest.mark.skipif(
    not set(YEARS) <= set(store.available_years()), reason=f"no activities of {YEARS}; run make data"
)


@pytest.fixture
def few_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    (data / "trainings").mkdir(parents=True)
    for path in paths.data_dir().iterdir():
        # Without what says of tables that they were built they are held against their schemas alone.
        if path.name not in ("trainings", "datapackage.json", "build.json"):
            (data / path.name).symlink_to(path)
    for year in YEARS:
        name = f"fy{year}.parquet"
        (data / "trainings" / name).symlink_to(paths.trainings_dir() / name)
    (tmp_path / "notebooks").symlink_to(paths.notebooks_dir())
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))


@pytest.mark.usefixtures("few_years", "texts_alone")
@pytest.mark.parametrize("notebook", ["program_guide.ipynb", "data_quality.ipynb"])
def test_a_report_of_all_years_is_made_of_two(notebook: str) -> None:
    assert store.available_years() == YEARS
    shown = [block for _, block in run_cells(notebook) if block is not None]
    assert len(shown) > 5
    for block in shown:
        if hasattr(block, "payload"):
            check_block(block)


@pytest.mark.usefixtures("few_years", "texts_alone")
def test_the_guide_holds_the_programs_that_these_years_list() -> None:
    blocks = {getattr(block, "key", ""): block for _, block in run_cells("program_guide.ipynb")}
    shown = set(blocks["program_years"].frame["program"])
    assert shown and shown == set(blocks["program_table"].frame["program"])
    assert shown <= set(pd.concat(map(store.load_trainings, YEARS))["program"])
