"""A notebook read from its file: of the shape that notebooks have, or refused in one message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from milaid.errors import RequestError
from milaid.parsing import parse_json, shortened_text

_READ = 4
_KINDS = ("code", "markdown", "raw")


def read_notebook(path: Path) -> NotebookNode:
    """Return the notebook in a file; RequestError where it holds none. What the system says of the file is an OSError."""
    text = path.read_bytes()
    try:
        _require_shape(parse_json(text))
        return nbformat.reads(text.decode("utf-8"), as_version=_READ)
    except Exception as error:
        # Whatever the reader of notebooks meets: it was written for notebooks alone.
        said = shortened_text(" ".join(str(error).split()) or type(error).__name__)
        raise RequestError(f"{path} cannot be read as a notebook: {said}") from error


def _require_shape(content: Any) -> None:
    """Raise ValueError where a text in JSON has not the shape of a notebook, old or new."""
    if not isinstance(content, dict):
        raise ValueError("it is no object")
    if not isinstance(content.get("metadata", {}), dict):
        raise ValueError("its metadata are no object")
    if "worksheets" in content:
        # Notebooks of ten years ago; what reads them makes new ones of them.
        return
    cells = content.get("cells")
    if not isinstance(cells, list):
        raise ValueError("it has no list of cells")
    for number, cell in enumerate(cells, start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in _KINDS:
            raise ValueError(f"cell {number} is none")
        source = cell.get("source")
        lines = source if isinstance(source, list) else [source]
        if not all(isinstance(line, str) for line in lines):
            raise ValueError(f"cell {number} has no text")
        if not isinstance(cell.get("metadata", {}), dict) or not isinstance(cell.get("outputs", []), list):
            raise ValueError(f"cell {number} is not as cells are")
