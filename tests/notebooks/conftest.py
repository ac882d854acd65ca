from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

SAMPLES = Path(__file__).parents[1] / "samples.py"
PARAMETERS = "fiscal_year = 2014\nlookback_years = 10\ntop_n = 10"
MakeProject = Callable[..., Path]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeProject:
    """Return a function that makes a small project whose annual notebook has the given code cells."""
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))

    def make(*cells: str, parameters: str = PARAMETERS) -> Path:
        (tmp_path / "data" / "trainings").mkdir(parents=True, exist_ok=True)
        (tmp_path / "notebooks").mkdir(exist_ok=True)
        for year in (2013, 2014):
            (tmp_path / "data" / "trainings" / f"fy{year}.parquet").touch()
        shutil.copy(SAMPLES, tmp_path / "samples.py")
        made = [v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
        made += [
            v4.new_markdown_cell(cell) if cell.startswith("#") else v4.new_code_cell(cell) for cell in cells
        ]
        for number, cell in enumerate(made):
            cell["id"] = f"cell-{number}"
        kernel = {"name": "no-such-kernel", "display_name": "None", "language": "python"}
        notebook = v4.new_notebook(cells=made, metadata={"kernelspec": kernel})
        nbformat.write(notebook, tmp_path / "notebooks" / "annual_trends.ipynb")
        return tmp_path

    return make
