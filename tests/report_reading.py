"""Reading reports in tests: the cells of a notebook run without a kernel and without drawing, and built files read back."""

from __future__ import annotations

import ast
import csv
import importlib
import io
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pypdfium2
import pytest

from milaid import charts
from milaid.blocks.block import Block, Exhibit, from_payload
from milaid.charts.style import Drawings
from milaid.paths import notebooks_dir

GAPS = re.compile(r"(?<![\w])(nan|None|<NA>|NaT|inf)(?![\w])|\{\w|  ")
_NOT_READ = ("wide", "narrow", "cover", "csv")


def words(payload: object) -> list[str]:
    """Return all texts of a block but its drawings and files."""
    if isinstance(payload, dict):
        return [w for key, part in payload.items() if key not in _NOT_READ for w in words(part)]
    if isinstance(payload, list | tuple):
        return [word for part in payload for word in words(part)]
    return [payload] if isinstance(payload, str) else []


def check_block(block: Block) -> None:
    """Check that a block survives the notebook, and that its texts hold no gap of the code."""
    payload = json.loads(json.dumps(block.payload()))
    assert from_payload(payload) == block, "a block must survive the notebook"
    for text in words(payload):
        assert not GAPS.search(text.replace("None reported", "")), text
    if isinstance(block, Exhibit):
        assert not re.search(r"\bnan\b|<NA>", block.csv)
        assert block.title[0].isupper() or block.title[0].isdigit() or block.title[0] == "$", block.title
        assert not block.title.endswith("."), block.title


def without_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make figures with empty drawings: their texts and files are the same, and come at once."""
    for found in pkgutil.iter_modules(charts.__path__):
        module = importlib.import_module(f"{charts.__name__}.{found.name}")
        if hasattr(module, "both"):
            monkeypatch.setattr(module, "both", lambda draw: Drawings(wide="", narrow=""))


def blocks_of(notebook: str, **parameters: object) -> dict[str, object]:
    """Run the cells of a notebook with these parameters; returns what each cell shows by its id."""
    namespace: dict[str, object] = {}
    shown = {}
    for cell in nbformat.read(notebooks_dir() / notebook, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        body = ast.parse(cell.source).body
        last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), cell.id, "exec"), namespace)
        if "parameters" in cell.metadata.get("tags", []):
            namespace |= parameters
        if last is not None:
            shown[cell.id] = eval(compile(ast.Expression(last.value), cell.id, "eval"), namespace)
    return shown


def exhibits_of(shown: dict[str, object]) -> dict[str, Exhibit]:
    """Return the exhibits among what cells show, by their key."""
    return {block.key: block for block in shown.values() if isinstance(block, Exhibit)}


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def pdf_text(path: Path) -> str:
    """Return the text of a PDF in one line."""
    return " ".join(" ".join(_pages(path)).split())


def _pages(path: Path) -> Iterator[str]:
    for page in pypdfium2.PdfDocument(path):
        yield page.get_textpage().get_text_range()
