"""The floors of the house: a module imports only from its own floor and the ones below, and never in a circle."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import milaid

PACKAGE = Path(milaid.__file__).parent
GROUND = frozenset({"milaid", "paths", "errors", "fiscal", "progress", "spelling", "flags"}) | {
    *("locks", "moving", "replacing", "temporary", "walking"),
    *("lifeline", "processes", "stopping"),
    *("handwritten", "imprint", "memory", "parsing", "world"),
}
BELOW = {
    "sources": GROUND,
    "tables": GROUND | {"sources"},
    "analysis": GROUND | {"sources", "tables"},
    "blocks": GROUND,
    "charts": GROUND | {"blocks"},
    "exhibits": GROUND | {"sources", "tables", "analysis", "blocks", "charts"},
    "publish": GROUND | {"sources", "tables", "analysis", "blocks", "charts", "exhibits"},
    "api": GROUND | {"sources", "tables", "analysis", "blocks", "charts", "exhibits", "publish"},
    "explorer": GROUND | {"sources", "tables", "analysis", "blocks", "charts", "exhibits", "publish", "api"},
    "cli_data": GROUND | {"sources", "tables"},
    "cli_options": GROUND | {"publish"},
    "cli_lab": GROUND | {"publish", "cli_options"},
    "cli_record": GROUND | {"publish", "tables", "cli_options"},
    "cli": GROUND
    | {"sources", "tables", "analysis", "blocks", "charts", "exhibits", "publish"}
    | {"cli_data", "cli_lab", "cli_options", "cli_record"},
    "__main__": GROUND | {"cli"},
}
"""What each floor may import besides itself; the ground imports nothing of milaid but the ground."""
NOTEBOOKS = sorted((PACKAGE.parents[1] / "notebooks").rglob("*.ipynb"))


def dotted(path: Path) -> str:
    """Return the name of the module or package that a file holds."""
    return ".".join(("milaid", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


MODULES = {dotted(path): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def imported(source: str, modules: Mapping[str, str] = MODULES) -> set[str]:
    """Return the modules of milaid that a source imports, also inside functions, and the packages around them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    named = [name.split(".") for name in found if name.split(".")[0] == "milaid"]
    around = {".".join(parts[:length]) for parts in named for length in range(1, len(parts) + 1)}
    return around & set(modules)


def floor_of(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def circle(modules: Mapping[str, str]) -> list[str]:
    """Return modules that import each other in a circle, [] where there is none."""
    graph = {name: imported(source, modules) - {name, "milaid"} for name, source in modules.items()}
    # A package is run before what is in it, whoever imports it: that alone is no circle.
    graph = {
        name: {other for other in found if not name.startswith(f"{other}.")} for name, found in graph.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_downwards(module: str) -> None:
    floor = floor_of(module)
    allowed = BELOW.get(floor, GROUND) | {floor}
    seen = {floor_of(name) for name in imported(MODULES[module])}
    assert seen <= allowed, f"{module} imports {sorted(seen - allowed)}"


def test_every_floor_is_known() -> None:
    assert {floor_of(module) for module in MODULES} == set(BELOW) | GROUND


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle(MODULES) == []


def late_circles() -> Iterator[dict[str, str]]:
    yield {"milaid.a": "from milaid import b", "milaid.b": "def f():\n    import milaid.a"}
    yield {"milaid.p": "", "milaid.p.a": "from milaid.p.b import x", "milaid.p.b": "from milaid.p import a"}
    yield {
        "milaid.p": "from milaid.p.a import x",
        "milaid.p.a": "import milaid.q",
        "milaid.q": "import milaid.p",
    }


@pytest.mark.parametrize("modules", list(late_circles()), ids=["late", "within a floor", "through a package"])
def test_a_circle_is_seen(modules: dict[str, str]) -> None:
    assert circle(modules)


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
        assert {floor_of(name) for name in imported(source)} <= {
            "milaid",
            "analysis",
            "exhibits",
            "tables",
            "explorer",
        }
        logic = (ast.If, ast.For, ast.While, ast.FunctionDef, ast.ClassDef, ast.Try, ast.comprehension)
        assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, logic)]
