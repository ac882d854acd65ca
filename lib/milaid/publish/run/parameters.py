"""The cell tagged ``parameters`` of a notebook: the values it sets, and the same cell with other values.

A built notebook carries its values there and nowhere else, so that whoever changes the cell and runs all cells again
gets the report of the new values.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping

from nbformat import NotebookNode

from milaid.blocks.in_force import assigned
from milaid.errors import ReportError
from milaid.publish.registry.parameter import Value

TAG, INJECTED = "parameters", "injected-parameters"
"""The tag of the cell of values, and that of the cell which papermill by itself puts below it to override them."""


def names_set(notebook: NotebookNode) -> frozenset[str]:
    """Return the names that cells tagged ``parameters`` set."""
    cells = (cell for cell in notebook.cells if TAG in cell.metadata.get("tags", ()))
    return frozenset(name for cell in cells for name, _ in assigned(cell.source))


def require_names(notebook: NotebookNode, name: str, values: Mapping[str, Value], what: str) -> None:
    """Raise ReportError for values that no cell tagged ``parameters`` sets."""
    names = names_set(notebook)
    missing = [value for value in values if value not in names]
    if missing:
        raise ReportError(
            f"{what}: {name} does not set {', '.join(missing)} in a cell tagged 'parameters'; "
            f"it sets: {', '.join(sorted(names)) or 'nothing'}"
        )


def values_in(notebook: NotebookNode) -> dict[str, Value]:
    """Return the values that are in force: those of the cell, overridden by what papermill put below it.

    What is no number or text, and a cell that is no Python, sets nothing here.
    """
    found: dict[str, Value] = {}
    for cell in notebook.cells:
        if {TAG, INJECTED} & set(cell.metadata.get("tags", ())):
            found.update(_literals(cell.source))
    return found


def with_values(notebook: NotebookNode, values: Mapping[str, Value]) -> NotebookNode:
    """Return a copy whose cells tagged ``parameters`` set ``values``; their comments and other lines stay."""
    changed = copy.deepcopy(notebook)
    for cell in changed.cells:
        if TAG in cell.metadata.get("tags", ()):
            cell.source = _rewritten(cell.source, values)
    return changed


def _literals(source: str) -> Iterator[tuple[str, Value]]:
    try:
        found = list(assigned(source))
    except SyntaxError:
        return
    for name, value in found:
        if isinstance(value, ast.Constant) and type(value.value) in (int, str):
            yield name, value.value  # type: ignore[misc]


def _rewritten(source: str, values: Mapping[str, Value]) -> str:
    # Papermill takes longer to import than most commands take, and few change a notebook.
    from papermill.translators import PythonTranslator

    # Positions of a syntax tree count bytes of UTF-8.
    lines = source.encode("utf-8").splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    text = b"".join(lines)
    for name, value in reversed(list(assigned(source))):
        if name not in values or (isinstance(value, ast.Constant) and value.value == values[name]):
            continue
        if value.end_lineno is None or value.end_col_offset is None:
            continue
        start = starts[value.lineno - 1] + value.col_offset
        end = starts[value.end_lineno - 1] + value.end_col_offset
        text = text[:start] + PythonTranslator.translate(values[name]).encode("utf-8") + text[end:]
    return text.decode("utf-8")
