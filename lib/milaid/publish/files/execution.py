"""Whether the outputs of a notebook are what its cells give: all run, one after the other, and as they stand now.

The first two are told by the execution counts of any notebook. That a cell was edited since is told only by the outputs of blocks
(:mod:`milaid.blocks.ran`): the file format has no place for it, and a guess, by times or by what outputs look like, would refuse
notebooks that are in order. So nothing is said of edits in a notebook without a block, and of cells below its last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from milaid.blocks import ran
from milaid.errors import ReportError
from milaid.publish.files.document import NOTEBOOK_ONLY, Mark

DRAFT = "draft"
"""The tag of a cell, and the key below ``milaid`` in the notebook's metadata, that ask for an export as a draft."""

_MOST_LINES = 8
_RUN_AGAIN = "In JupyterLab: Run, Restart Kernel and Run All Cells; save; export again."
_ASK_FOR_DRAFT = (
    "To export it as it is, marked as a draft: give any cell the tag 'draft' (property inspector, Cell Tags), or on the "
    "command line add --MilaidHTMLExporter.draft=True or --MilaidPDFExporter.draft=True."
)


@dataclass(frozen=True)
class Cell:
    """A cell of code with its number in the notebook, counted from 1."""

    number: int
    node: NotebookNode

    @property
    def count(self) -> int | None:
        """When it ran, None where it did not."""
        return self.node.get("execution_count")

    @property
    def words(self) -> str:
        """Its number and its first line."""
        return f"cell {self.number} ({first_line(self.node.source)})"

    @property
    def error(self) -> NotebookNode | None:
        """The error that it ended in, unless it is meant to."""
        if "raises-exception" in self.node.metadata.get("tags", ()):
            return None
        return next((o for o in self.node.get("outputs", ()) if o.output_type == "error"), None)


def first_line(source: str) -> str:
    """Return the first line of a cell that says something, cut where it is long."""
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    line = next((line for line in lines if not line.startswith("#")), lines[0] if lines else "")
    return f"{line[:57]}..." if len(line) > 60 else line


def marks(notebook: NotebookNode, draft: bool) -> tuple[Mark, ...]:
    """Return the mark Draft where it is asked for or a cell ended in an error, () for a notebook that is in order.

    Raises ReportError naming the cells where outputs are not what the cells give and no draft is asked for.
    """
    cells = _cells(notebook)
    wrong = [*_not_run(cells), *_out_of_order(cells), *_changed(cells)]
    asked = draft or _asks_for_draft(notebook)
    failed = [f"{cell.words} ended in an error: {cell.error.ename}" for cell in cells if cell.error]
    if wrong and not asked:
        lines = "".join(f"\n  - {line}" for line in shortened([*failed, *wrong]))
        raise ReportError(
            f"the notebook is not exported, as it does not show what its cells give:{lines}\n{_RUN_AGAIN}\n{_ASK_FOR_DRAFT}"
        )
    if wrong:
        sentence = "What is shown is not what the cells of the notebook give:"
        return (Mark("Draft", sentence, tuple(shortened([*failed, *wrong]))),)
    if failed:
        return (
            Mark(
                "Draft", "Not all cells of the notebook could be run to their end:", tuple(shortened(failed))
            ),
        )
    return (Mark("Draft", "Not finished; not to be cited."),) if asked else ()


def shortened(lines: Sequence[str]) -> list[str]:
    """Return the first lines, and how many more there are."""
    if len(lines) <= _MOST_LINES:
        return list(lines)
    return [*lines[: _MOST_LINES - 1], f"and {len(lines) - _MOST_LINES + 1} more"]


def _asks_for_draft(notebook: NotebookNode) -> bool:
    tagged = any(DRAFT in cell.metadata.get("tags", ()) for cell in notebook.cells)
    return tagged or bool(notebook.metadata.get("milaid", {}).get(DRAFT))


def _cells(notebook: NotebookNode) -> list[Cell]:
    """Return the cells of code that do something and belong to the report."""
    return [
        Cell(number, cell)
        for number, cell in enumerate(notebook.cells, start=1)
        if cell.cell_type == "code"
        and cell.source.strip()
        and not set(cell.metadata.get("tags", ())) & set(NOTEBOOK_ONLY)
    ]


def _not_run(cells: Sequence[Cell]) -> Iterator[str]:
    if cells and all(cell.count is None for cell in cells):
        yield "no cell has run"
        return
    for cell in cells:
        if cell.count is None:
            yield f"{cell.words} has not run"


def _out_of_order(cells: Sequence[Cell]) -> Iterator[str]:
    latest: Cell | None = None
    for cell in cells:
        if cell.count is None:
            continue
        if latest and latest.count is not None and cell.count <= latest.count:
            yield f"{cell.words} ran before {latest.words}, which stands above it"
        else:
            latest = cell


def _changed(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield the cells whose source is another one than when they ran, or when what is shown was made."""
    told: dict[int, set[str]] = {}
    own: dict[int, set[str]] = {}
    for cell in cells:
        for output in cell.node.get("outputs", ()):
            said = output.get("metadata", {}).get(ran.KEY)
            if not isinstance(said, dict):
                continue
            own.setdefault(cell.number, set()).add(str(said.get("source")))
            for count, digest in dict(said.get("before", {})).items():
                told.setdefault(int(count), set()).add(str(digest))
    for cell in cells:
        known = own.get(cell.number) or told.get(cell.count or 0, set())
        if known and known != {ran.digest(cell.node.source)}:
            yield f"{cell.words} was changed after it ran"
