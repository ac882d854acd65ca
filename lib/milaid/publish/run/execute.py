"""From a notebook and its parameters to the executed notebook, or one message on what failed."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import papermill
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError, strip_color
from papermill.iorw import load_notebook_node

from milaid.errors import ReportError
from milaid.paths import project_root
from milaid.publish.registry.notebook_file import read_notebook
from milaid.publish.registry.parameter import Value
from milaid.publish.run.environment import KERNEL_NAME
from milaid.publish.run.failures import FailedReport, Failure
from milaid.publish.run.parameters import require_names, with_values
from milaid.publish.run.told import tell, without_stderr
from milaid.temporary import temporary_folder

_CELL_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
_LIBRARY_LINE = re.compile(r"File .*[/\\](milaid[/\\][^\s:]+\.py):(\d+)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def execute(notebook: Path, values: Mapping[str, Value], what: str) -> NotebookNode:
    """Return the executed notebook, without anything that differs from run to run.

    ``what`` names the report in messages and progress. Raises ReportError for a failing cell, naming cell,
    heading, source line and error.
    """
    if not notebook.is_file():
        raise ReportError(f"{what}: there is no notebook {notebook}")
    read_notebook(notebook)
    asked = load_notebook_node(str(notebook))
    require_names(asked, notebook.name, values, what)
    asked = with_values(asked, values)
    ran: list[NotebookNode] = []
    with temporary_folder() as folder:
        stderr = folder / "stderr"
        try:
            papermill.execute_notebook(
                asked,
                None,
                engine_name="milaid",
                kernel_name=KERNEL_NAME,
                language="python",
                progress_bar=False,
                cwd=str(project_root()),
                label=f"cells of the {what}",
                modules=str(notebook.parent),
                stderr=str(stderr),
                ran=ran,
            )
        except (PapermillExecutionError, DeadKernelError) as error:
            if isinstance(error, PapermillExecutionError):
                told = failure(error, asked, what)
            else:
                problem = f"{what}: the kernel died, most likely of too little memory: {error}"
                told = _death(ran[0].cells if ran else [], problem)
            written = _stderr(without_stderr(ran[0]) if ran else "", stderr)
            raise FailedReport(told.problem, replace(told, parameters=values, stderr=written)) from error
        executed = ran[0]
        tell(what, _stderr(without_stderr(executed), stderr))
    return _strip(executed)


def _stderr(told: str, stderr: Path) -> str:
    """Return what the cells of a notebook and its kernel itself wrote to stderr."""
    own = stderr.read_text(encoding="utf-8", errors="replace") if stderr.is_file() else ""
    # What the kernel sent before it ended stands in both.
    return strip_color(told if own in told else f"{told}{own}")


def _death(cells: list[NotebookNode], problem: str) -> Failure:
    """Return what is known of a kernel that died: the cell that it had begun."""
    begun = [n for n, cell in enumerate(cells) if cell.metadata.get("papermill", {}).get("start_time")]
    if not begun:
        return Failure(problem, error="the kernel died")
    before = cells[: begun[-1] + 1]
    source = cells[begun[-1]].source
    return Failure(problem, "the kernel died", len(before), heading_above(before), source)


def failure(error: PapermillExecutionError, notebook: NotebookNode, what: str) -> Failure:
    """Return what is to be told of a failing cell of ``notebook``, the one that was run."""
    cells = notebook.cells
    position = next(
        (index for index, cell in enumerate(cells) if cell.source == error.source), error.cell_index
    )
    heading = heading_above(cells[: position + 1])
    trace = strip_color("\n".join(error.traceback))
    lines = error.source.splitlines()
    at = [int(number) for number in _CELL_LINE.findall(trace)]
    number = at[-1] if at and at[-1] <= len(lines) else len(lines)
    source = lines[number - 1].strip() if lines else ""
    deeper = _LIBRARY_LINE.findall(trace)
    evalue = strip_color(error.evalue).strip()
    message = [
        f"{what}: cell {position + 1}{f' below the heading {heading!r}' if heading else ''} failed",
        f"  line {number} of the cell: {source}",
        *([f"  in {deeper[-1][0]}, line {deeper[-1][1]}"] if deeper else []),
        f"  {error.ename}{f': {evalue}' if evalue else ''}",
        "the report of the last good run, if any, stays as it was",
    ]
    brief = f"{error.ename}: {evalue.partition(chr(10))[0]}" if evalue else error.ename
    return Failure("\n".join(message), brief, position + 1, heading, error.source, traceback=trace)


def heading_above(cells: list[NotebookNode]) -> str:
    """Return the last heading in markdown cells, "" without one."""
    headings = [
        heading for cell in cells if cell.cell_type == "markdown" for heading in _HEADING.findall(cell.source)
    ]
    return headings[-1] if headings else ""


def stripped(notebook: NotebookNode) -> NotebookNode:
    """Return a copy without what differs from run to run: times, paths, random ids, what went to stderr, which Python it was."""
    return _strip(copy.deepcopy(notebook))


def _strip(clean: NotebookNode) -> NotebookNode:
    without_stderr(clean)
    clean.metadata.pop("papermill", None)
    clean.metadata.get("language_info", {}).pop("version", None)
    for cell in clean.cells:
        for key in ("papermill", "execution", "ExecuteTime"):
            cell.metadata.pop(key, None)
    return clean
