"""The floors of the house: a module imports only from its own floor and the ones below."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import milaid

PACKAGE = Path(milaid.__file__).parent
FLOORS = ("sources", "tables", "analysis", "exhibits", "publish", "cli")
GROUND = ("paths", "errors", "fiscal", "progress")
NOTEBOOKS = sorted((PACKAGE.parents[1] / "notebooks").rglob("*.ipynb"))


def imported(source: str) -> set[str]:
    """Return the names below milaid that a module imports, also inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.split(".")[1] for name in names if name.startswith("milaid.")}


def floor_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_a_module_imports_only_downwards(path: Path) -> None:
    own = floor_of(path)
    seen = imported(path.read_text(encoding="utf-8"))
    if own in GROUND:
        assert seen <= set(GROUND)
    elif own in FLOORS:
        above = set(FLOORS[FLOORS.index(own) + 1 :])
        assert not seen & above, f"{own} imports {sorted(seen & above)}"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_holds_prose_and_calls(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] != "code":
            continue
        assert not cell["outputs"] and cell["execution_count"] is None, f"cell {cell['id']} has outputs"
        assert len(source.splitlines()) <= 10, f"cell {cell['id']} is longer than ten lines"
        assert imported(source) <= {"analysis", "exhibits", "tables"}
        logic = (ast.If, ast.For, ast.While, ast.FunctionDef, ast.ClassDef, ast.Try, ast.comprehension)
        assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, logic)]
