"""Reading reports in tests: the cells of a notebook run without a kernel, the checks of what they show, files read back."""

from __future__ import annotations

import ast
import csv
import importlib
import io
import json
import pkgutil
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from pathlib import Path
from types import CodeType

import nbformat
import pypdfium2
import pytest

from milaid import charts
from milaid.blocks.block import PAYLOAD_MIME, Block, Exhibit, KeyFacts, Table, csv_rows, from_payload
from milaid.blocks.packed import unpacked
from milaid.charts.style import Drawings
from milaid.exhibits.few import CALLED_THROUGH
from milaid.paths import notebooks_dir
from slips import labels, slips

NOTEBOOKS = notebooks_dir()
GAPS = re.compile(
    r"(?<!\w)(nan|<NA>|NaT|inf|None(?!: | (known|of|reported)\b))(?!\w)|\{\w|  |FY(\d{4})–FY\3(?!\d)"
)
"""What stands in a text only by mistake: a missing value, the field of a template, a space too much, a span of one year."""
_NOT_READ = ("wide", "narrow", "cover", "csv", "links")
_AS_PRINTED = "as printed"
"""Stands in the label of a column that gives what a document prints letter for letter, “None” too."""


@dataclass(frozen=True)
class Cell:
    """A cell of code: what it runs, what it shows in the end, and what it calls for that, such as ``totals.lead``.

    ``may_be_left_out`` says that it shows nothing of few participants. ``imports`` is what it imports alone, ``section`` the heading it stands below, ``heading`` the nearest of any level.
    """

    id: str
    section: str
    heading: str
    imports: CodeType
    body: CodeType
    last: CodeType | None
    call: str
    sets_parameters: bool
    may_be_left_out: bool = False


def cells_of(notebook: str) -> tuple[Cell, ...]:
    """Return the cells of code of a notebook, compiled."""
    path = NOTEBOOKS / notebook
    return _compiled(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _compiled(path: Path, modified: int) -> tuple[Cell, ...]:
    cells = []
    section = heading = ""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown" and cell.source.startswith("#"):
            heading = cell.source.splitlines()[0].lstrip("# ")
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            section = cell.source.splitlines()[0].removeprefix("## ")
        elif cell.cell_type == "code":
            cells.append(_cell(cell, section, heading))
    return tuple(cells)


def _cell(cell: nbformat.NotebookNode, section: str, heading: str) -> Cell:
    body = ast.parse(cell.source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
    return Cell(
        cell.id,
        section,
        heading,
        compile(ast.Module(imports, []), cell.id, "exec"),
        compile(ast.Module(body, []), cell.id, "exec"),
        None if last is None else compile(ast.Expression(last.value), cell.id, "eval"),
        _called(last.value) if last is not None and isinstance(last.value, ast.Call) else "",
        "parameters" in cell.metadata.get("tags", []),
        any(f"{name}(" in cell.source for name in CALLED_THROUGH),
    )


def _called(call: ast.Call) -> str:
    """Return what a call calls; where it is called through one that shows it unless participants are few, that."""
    through = ast.unparse(call.func) in CALLED_THROUGH
    return ast.unparse(call.args[0] if through else call.func)


def run_cells(notebook: str, **parameters: object) -> Iterator[tuple[Cell, object]]:
    """Run the cells of a notebook with these parameters; yields each with what it shows, None for nothing."""
    namespace: dict[str, object] = {}
    for cell in cells_of(notebook):
        exec(cell.body, namespace)
        if cell.sets_parameters:
            assert set(parameters) <= set(namespace), f"{notebook} does not set all of {list(parameters)}"
            namespace |= parameters
        yield cell, eval(cell.last, namespace) if cell.last else None


def blocks_of(notebook: str, **parameters: object) -> dict[str, object]:
    """Run the cells of a notebook with these parameters; returns what each cell shows by its id."""
    return {cell.id: shown for cell, shown in run_cells(notebook, **parameters) if cell.last}


def sections_of(notebook: str, headings: Collection[str], subject: object) -> dict[str, object]:
    """Return what the cells below some headings show of another subject than that of the notebook, by what they call."""
    namespace: dict[str, object] = {}
    for cell in cells_of(notebook):
        exec(cell.imports, namespace)
    namespace["subject"] = subject
    return {
        cell.call: eval(cell.last, namespace)
        for cell in cells_of(notebook)
        if cell.section in headings and cell.last
    }


def exhibits_of(shown: dict[str, object]) -> dict[str, Exhibit]:
    """Return the exhibits among what cells show, by their key."""
    return {block.key: block for block in shown.values() if isinstance(block, Exhibit)}


def without_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make figures with empty drawings: their texts and files are the same, and come at once."""
    names = [f"{charts.__name__}.{found.name}" for found in pkgutil.iter_modules(charts.__path__)]
    # One that is imported only when another is changed already would stay as changed.
    for module in [importlib.import_module(name) for name in names]:
        if hasattr(module, "both"):
            monkeypatch.setattr(module, "both", lambda draw, said="": Drawings(wide="", narrow="", said=said))


def words(payload: object, cells: bool = True) -> Iterator[str]:
    """Yield all texts of a block but its drawings, files and links, and cells that give a text as it is printed.

    Without ``cells`` those of tables are left out.
    """
    if isinstance(payload, dict):
        for name, part in payload.items():
            if name == "rows" and not cells:
                continue
            if name == "rows" and payload.get("block") == Table.block:
                own = [_AS_PRINTED not in column["label"] for column in payload["columns"]]
                part = [list(compress(row, own)) for row in part]
            if name not in _NOT_READ:
                yield from words(part, cells)
    elif isinstance(payload, list | tuple):
        for part in payload:
            yield from words(part, cells)
    elif isinstance(payload, str):
        yield payload


def check_block(block: Block) -> None:
    """Check that a block survives the notebook, that its texts hold no gap of the code, and what exhibits have."""
    faults = faults_of(block)
    assert not faults, "\n".join(faults)


def faults_of(block: Block) -> list[str]:
    """Return what is wrong with a block, [] for nothing."""
    payload = json.loads(json.dumps(block.payload()))
    faults = [] if from_payload(payload) == block else ["it does not survive the notebook"]
    for text in words(payload):
        if gap := GAPS.search(text):
            faults.append(f"{gap[0]!r} in: {text}")
        faults += slips(text, sentence=False)
    for text in words(payload, cells=False):
        faults += slips(text, grammar=False)
    for drawing in ("wide", "narrow", "cover"):
        for text in labels(str(getattr(block, drawing, None) or "")):
            faults += slips(text, sentence=False)
    if isinstance(block, Exhibit | KeyFacts):
        faults += _faults_of_file(block.csv)
    if isinstance(block, Exhibit):
        if not (block.title[0].isupper() or block.title[0].isdigit() or block.title[0] == "$"):
            faults.append(f"the title begins with {block.title[0]!r}: {block.title}")
        if block.title.endswith("."):
            faults.append(f"the title ends with a point: {block.title}")
        if not block.alt.endswith("."):
            faults.append(f"the alt text is no sentence: {block.alt}")
    return faults


def _faults_of_file(text: str) -> list[str]:
    head, *rows = csv_rows(text)
    faults = [] if rows else ["its file has no row"]
    if len(set(head)) < len(head) or not all(head):
        faults.append(f"its file has columns without a name of their own: {', '.join(head)}")
    if any(len(row) != len(head) for row in rows):
        faults.append("its file has rows of different lengths")
    if re.search(r"\bnan\b|<NA>", text):
        faults.append("its file has a missing value in words")
    return faults


def rows_of(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def files_of(notebook: Path) -> dict[str, list[dict[str, str]]]:
    """Return the CSV rows of the exhibits and the key facts of an executed notebook, by key; ``key_facts`` of those."""
    payloads = (
        unpacked(output.get("data", {}).get(PAYLOAD_MIME, {}))
        for cell in nbformat.read(notebook, as_version=4).cells
        for output in cell.get("outputs", [])
    )
    return {each.get("key", "key_facts"): rows_of(each["csv"]) for each in payloads if each.get("csv")}


def pdf_text(path: Path) -> str:
    """Return the text of a PDF in one line."""
    return " ".join(" ".join(pages_of(path)).split())


def pages_of(path: Path) -> Iterator[str]:
    """Yield the text of each page of a PDF, line by line."""
    for page in pypdfium2.PdfDocument(path):
        yield page.get_textpage().get_text_range()
