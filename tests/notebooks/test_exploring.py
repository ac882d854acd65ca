"""The notebooks to explore with: they run without an error or a warning, and SQL and Python give the same."""

from __future__ import annotations

import ast
import re
import warnings
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

from milaid.paths import notebooks_dir, trainings_dir
from milaid.tables import store

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {trainings_dir()}; run make data"
)
FOLDER = notebooks_dir() / "explore"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def value_of(source: str, names: dict[str, object]) -> object:
    """Run a cell and return the value of its last line, None where it is no expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["explorer", "sql", "units"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_in_its_folder_without_a_word_on_the_side(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, resources={"metadata": {"path": str(path.parent)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert outputs
    assert {output.output_type for output in outputs} <= {"execute_result", "display_data"}


def test_sql_and_python_give_the_same_ten_answers() -> None:
    cells = {cell.id: cell.source for cell in nbformat.read(FOLDER / "sql.ipynb", as_version=4).cells}
    questions = sorted(int(name.removeprefix("sql-")) for name in cells if name.startswith("sql-"))
    assert questions == list(range(1, 11))
    names: dict[str, object] = {}
    value_of(cells["setup"], names)
    for number in questions:
        by_sql, by_python = (value_of(cells[f"{way}-{number}"], names) for way in ("sql", "api"))
        assert isinstance(by_sql, pd.DataFrame)
        assert isinstance(by_python, pd.DataFrame)
        assert len(by_sql) == len(by_python) > 0, number
        for here, there in zip(listed(by_sql), listed(by_python), strict=True):
            assert here == pytest.approx(there), number


def listed(frame: pd.DataFrame) -> list[list[object]]:
    rows = frame.astype("object").where(frame.notna(), None)
    told = [
        [float(value) if isinstance(value, int | float) else str(value) for value in row]
        for row in rows.itertuples(index=False)
    ]
    return sorted(told, key=lambda row: [re.sub(r"\W", "", str(value)) for value in row[:1]] + [str(row[1])])


def test_cells_give_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for path in NOTEBOOKS:
            names: dict[str, object] = {}
            for cell in nbformat.read(path, as_version=4).cells:
                if cell.cell_type == "code":
                    value_of(cell.source, names)
