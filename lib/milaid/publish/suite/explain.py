"""``milaid explain OLD NEW``: what moved between two builds of a report, and what they were made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from milaid.blocks.block import Box, Definitions, Exhibit, Findings, KeyFacts, Prose, csv_rows
from milaid.blocks.csv_form import text_of_file
from milaid.blocks.marked_text import words
from milaid.blocks.numbering import KEY_FACTS
from milaid.blocks.words import counted
from milaid.errors import MilaidError, RequestError
from milaid.parsing import shortened_text
from milaid.publish.files import document
from milaid.publish.registry.notebook_file import read_notebook
from milaid.publish.run.parameters import TAG
from milaid.publish.suite.compared import Moved, TableOf, exhibit_added, exhibit_gone, table_moves, text_moves
from milaid.replacing import settle_around

_MOST_SHOWN = 200
_INPUTS = {"version": "version of milaid", "data": "data", "code": "code"}


@dataclass(frozen=True)
class Build:
    """One build of a report: its tables by key, its texts, and what it was made from, "" where it does not say.

    ``tables`` are by the keys of the exhibits, or by the names of their files where there is no notebook.
    ``inputs`` has version, data, code, parameters and notebook.
    """

    name: str
    tables: dict[str, TableOf]
    texts: tuple[tuple[str, str], ...] = ()
    inputs: dict[str, str] = field(default_factory=dict)
    keyed: bool = False

    def by_file(self) -> dict[str, TableOf]:
        """Return the tables by the names of their files."""
        return {_file(table.label): table for table in self.tables.values()}


def explain(old: Path, new: Path) -> str:
    """Return what moved between two builds; raises RequestError where one of them is no build of a report."""
    before, after = read_build(old), read_build(new)
    found = moves(before, after)
    lines = [f"{old} → {new}: {counted(len(found), 'number')} moved"]
    lines += [f"  {move.sentence}" for move in found[:_MOST_SHOWN]]
    if len(found) > _MOST_SHOWN:
        lines.append(f"  and {len(found) - _MOST_SHOWN} more")
    return "\n".join([*lines, *inputs_in_words(before, after)])


def moves(old: Build, new: Build) -> list[Moved]:
    """Return every number that moved, those that changed first."""
    keyed = old.keyed and new.keyed
    before, after = (build.tables if keyed else build.by_file() for build in (old, new))
    found: list[Moved] = []
    for key, table in before.items():
        found += table_moves(table, after[key]) if key in after else [exhibit_gone(table)]
    found += [exhibit_added(table) for key, table in after.items() if key not in before]
    if keyed:
        found += text_moves(old.texts, new.texts)
    order = ("changed", "gone", "added")
    return sorted(found, key=lambda move: order.index(move.kind))


def inputs_in_words(old: Build, new: Build) -> list[str]:
    """Return which of data, code and parameters differ, one line each."""
    lines = ["made from:"]
    for name, label in {**_INPUTS, "parameters": "parameters", "notebook": "notebook"}.items():
        was, now = old.inputs.get(name, ""), new.inputs.get(name, "")
        if not was or not now:
            silent = "neither says" if was == now else f"{new.name if was else old.name} does not say"
            lines.append(f"  {label}: not known, {silent}")
        elif was == now:
            lines.append(f"  {label}: the same")
        elif name == "notebook":
            lines.append(f"  {label}: differs")
        else:
            lines.append(f"  {label}: differs, {was} → {now}")
    return lines


def read_build(path: Path) -> Build:
    """Return the build that a notebook holds, or a directory of CSV files with the notebook beside it."""
    settle_around(path)
    if path.is_dir():
        return _from_directory(path)
    if path.suffix == ".ipynb" and path.is_file():
        return _from_notebook(path)
    raise RequestError(
        f"{path}: name the directory with the CSV files of a report, such as reports/annual/2014, or its .ipynb"
    )


def _from_directory(folder: Path) -> Build:
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise RequestError(f"{folder}: there is no CSV file of an exhibit in it")
    texts = {path.stem: text_of_file(path.read_bytes()) for path in files}
    beside = folder.with_name(f"{folder.name}.ipynb")
    known = _from_notebook(beside) if beside.is_file() else None
    keys = (
        {name: key for key, table in known.tables.items() for name in [_file(table.label)]} if known else {}
    )
    tables = {}
    for name, text in texts.items():
        key = keys.get(name, name)
        title = known.tables[key].title if known and key in known.tables else ""
        tables[key] = _table(_label(name), title, text)
    if known is None:
        return Build(str(folder), tables)
    return Build(str(folder), tables, known.texts, known.inputs, keyed=True)


def _from_notebook(path: Path) -> Build:
    try:
        notebook = read_notebook(path)
        report = document.build(notebook)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, MilaidError) as error:
        raise RequestError(
            f"{path}: this is no notebook of a report: {shortened_text(str(error))}"
        ) from error
    tables = {}
    for block in report.blocks():
        if isinstance(block, KeyFacts):
            tables[KEY_FACTS] = _table(_label(KEY_FACTS), "", block.csv)
        elif isinstance(block, Exhibit):
            anchor = report.numbering.number(block.key).anchor
            tables[block.key] = _table(_label(anchor), block.title, block.csv)
    return Build(str(path), tables, tuple(_texts(report)), _inputs(notebook), keyed=True)


def _texts(report: document.Document) -> Iterator[tuple[str, str]]:
    """Yield the texts of a report that hold its numbers, with where they stand."""
    for section in report.sections:
        where = f"Text under “{section.title}”" if section.title else "Text"
        for block in section.blocks():
            match block:
                case Exhibit():
                    label = _label(report.numbering.number(block.key).anchor)
                    yield f"{label}, title", block.title
                    yield f"{label}, note", words(block.note, report.numbering)
                case Findings():
                    for number, finding in enumerate(block.findings, start=1):
                        text = words(finding.text, report.numbering)
                        yield f"Finding {number}", f"{finding.lead} {text}"
                case Prose() | Box():
                    yield where, words(block.text, report.numbering)
                case Definitions():
                    for term, meaning in block.items:
                        yield f"{where}, {term}", words(meaning, report.numbering)


def _inputs(notebook: NotebookNode) -> dict[str, str]:
    """Return what a notebook says it was made from, its parameters, and its cells as one text."""
    made = {name: str(value) for name, value in notebook.metadata.get("milaid_inputs", {}).items()}
    parameters, cells = [], []
    for cell in notebook.cells:
        if TAG in cell.metadata.get("tags", []):
            parameters += [line for line in cell.source.splitlines() if not line.startswith("#")]
        else:
            cells.append(cell.source)
    paper = notebook.metadata.get("milaid", {}).get("paper")
    parameters += [f"paper = {paper}"] if paper else []
    return {**made, "parameters": ", ".join(parameters), "notebook": "\n".join(cells)}


def _table(label: str, title: str, text: str) -> TableOf:
    head, *rows = csv_rows(text) or [[]]
    return TableOf(label, title, tuple(head), tuple(tuple(row) for row in rows))


def _label(name: str) -> str:
    """Return the label of an exhibit from the name of its file: ``Table A1``, ``Key facts``."""
    if name == KEY_FACTS:
        return "Key facts"
    kind, _, mark = name.rpartition("-")
    return f"{kind.capitalize()} {mark.upper()}" if kind else name


def _file(label: str) -> str:
    return label.lower().replace(" ", "-")
