"""Notebooks of a few cells in a project of their own, to be made into reports."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
from nbformat import v4

SAMPLES = Path(__file__).parent / "samples.py"
PARAMETERS = "fiscal_year = 2014\nlookback_years = 10\ntop_n = 10"


def write_project(root: Path, years: tuple[int, ...] = (2013, 2014)) -> None:
    """Make a project with years of data, empty, and the sample blocks that its notebooks import."""
    (root / "data" / "trainings").mkdir(parents=True, exist_ok=True)
    (root / "notebooks").mkdir(exist_ok=True)
    for year in years:
        (root / "data" / "trainings" / f"fy{year}.parquet").touch()
    shutil.copy(SAMPLES, root / "samples.py")


def write_notebook(root: Path, name: str, *cells: str, parameters: str = PARAMETERS) -> Path:
    """Write a notebook with a cell of parameters and the cells given; those that start with # are text."""
    made = [v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    made += [v4.new_markdown_cell(cell) if cell.startswith("#") else v4.new_code_cell(cell) for cell in cells]
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    kernel = {"name": "no-such-kernel", "display_name": "None", "language": "python"}
    path = root / "notebooks" / name
    nbformat.write(v4.new_notebook(cells=made, metadata={"kernelspec": kernel}), path)
    return path
