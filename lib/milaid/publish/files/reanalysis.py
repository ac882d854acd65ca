"""What of a notebook differs from the notebook of the suite that it comes from: its parameters and its cells.

A report that is built keeps both in the metadata of its notebook. A notebook without them, such as one that is opened in
notebooks/, is compared with the one of the suite that has the same cells.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from milaid.blocks import ran
from milaid.blocks.in_force import assigned
from milaid.publish.files.document import NOTEBOOK_ONLY, Mark
from milaid.publish.files.execution import first_line, shortened
from milaid.publish.registry.known import known
from milaid.publish.registry.notebook_file import read_notebook
from milaid.publish.run.parameters import INJECTED, TAG

_PARAMETERS = (TAG, INJECTED)
_THERE = "in the suite's notebook:"
_ALIKE = 0.5
"""The share of its cells that a notebook must have in common with one of the suite to count as made from it."""


def record(notebook: NotebookNode) -> dict[str, Any]:
    """Return what is kept of a notebook of the suite to compare with: its parameters, and a digest of each cell by id."""
    return {"parameters": parameters(notebook), "cells": _digests(notebook)}


def parameters(notebook: NotebookNode, tags: Collection[str] = _PARAMETERS) -> dict[str, Any]:
    """Return the values that the cells of parameters set, the last one of each name; only those of some ``tags``."""
    values: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code" and _tags(cell) & set(tags):
            values.update(_literals(cell.source))
    return values


def _literals(source: str) -> Iterator[tuple[str, Any]]:
    """Yield each name that a cell sets with its value; what is computed as it is written."""
    try:
        found = list(assigned(source))
    except SyntaxError:
        return
    for name, value in found:
        try:
            yield name, ast.literal_eval(value)
        except (ValueError, TypeError):
            yield name, ast.unparse(value)


def _tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", ()))


def _cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Yield what a reader may compare, numbered from 1: not the parameters, and not what only speaks to the person there."""
    for number, cell in enumerate(notebook.cells, start=1):
        if not _tags(cell) & {*_PARAMETERS, *NOTEBOOK_ONLY} and cell.source.strip():
            yield number, cell


def _digests(notebook: NotebookNode) -> dict[str, str]:
    return {str(cell.get("id")): _digest(cell) for _, cell in _cells(notebook)}


def _digest(cell: NotebookNode) -> str:
    # In Markdown a line that begins with # is a heading.
    return ran.digest(cell.source if cell.cell_type == "code" else f"\n{cell.source}".replace("\n#", "\n.#"))


def marks(notebook: NotebookNode) -> tuple[Mark, ...]:
    """Return the mark Re-analysis with what differs, () for a notebook as it was published or of one's own."""
    original = _original(notebook)
    if original is None:
        return ()
    lines = [*_other_values(notebook, original["parameters"]), *_other_cells(notebook, original["cells"])]
    if not lines:
        return ()
    sentence = "Made by hand from a notebook of the suite. What differs:"
    return (Mark("Re-analysis", sentence, tuple(shortened(lines))),)


def kind_of(notebook: NotebookNode) -> str:
    """Return the kind of report that a notebook says it is, or else has the cells of; "" for one's own."""
    kind = notebook.metadata.get("milaid", {}).get("report")
    return str(kind) if kind in known() else _nearest(notebook)[0]


def _original(notebook: NotebookNode) -> Mapping[str, Any] | None:
    about = notebook.metadata.get("milaid", {})
    if "cells" in about:
        return {"parameters": about.get("parameters", {}), "cells": about["cells"]}
    return _nearest(notebook)[1]


def _nearest(notebook: NotebookNode) -> tuple[str, Mapping[str, Any] | None]:
    """Return the kind of the suite whose cells a notebook has most of, and its record; "" and None for none."""
    about = notebook.metadata.get("milaid", {})
    ids = {str(cell.get("id")) for _, cell in _cells(notebook)}
    best: tuple[float, str, Mapping[str, Any] | None] = (_ALIKE, "", None)
    for kind, report in known().items():
        if about.get("report", kind) != kind or not report.notebook_path.is_file():
            continue
        of_suite = record(read_notebook(report.notebook_path))
        alike = len(ids & set(of_suite["cells"])) / max(1, len(of_suite["cells"]))
        if alike > best[0]:
            best = (alike, kind, of_suite)
    return best[1:]


def _other_values(notebook: NotebookNode, original: Mapping[str, Any]) -> Iterator[str]:
    values, own = parameters(notebook), parameters(notebook, [TAG])
    for name in dict.fromkeys([*original, *values]):
        there = repr(original[name]) if name in original else "none"
        # A change that a reader made in the cell of parameters, and that a cell below it undid.
        lost = name in own and own[name] != values[name] and own[name] != original.get(name)
        if name not in values:
            yield f"{name} is not set ({_THERE} {there})"
        elif lost:
            yield (
                f"{name} = {values[name]!r}, set by the cell tagged {INJECTED}; the {own[name]!r} of the cell tagged "
                f"{TAG} is not in force ({_THERE} {there})"
            )
        elif name not in original or values[name] != original[name]:
            yield f"{name} = {values[name]!r} ({_THERE} {there})"


def _other_cells(notebook: NotebookNode, original: Mapping[str, str]) -> Iterator[str]:
    seen = set()
    for number, cell in _cells(notebook):
        name = str(cell.get("id"))
        seen.add(name)
        if name not in original:
            yield f"cell {number} is new: {first_line(cell.source)}"
        elif original[name] != _digest(cell):
            yield f"cell {number} is changed: {first_line(cell.source)}"
    left_out = [name for name in original if name not in seen]
    if left_out:
        yield f"left out: {', '.join(left_out)}"
