"""A reader's own copy of a notebook of the suite, in work/, with the values asked for in its cell of parameters."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from milaid import paths
from milaid.errors import ReportError, RequestError
from milaid.parsing import shortened
from milaid.publish.files import reanalysis
from milaid.publish.files.naming import name_of
from milaid.publish.registry.checking import check
from milaid.publish.registry.known import known
from milaid.publish.registry.notebook_file import read_notebook
from milaid.publish.registry.places import BRIEF_ENDING
from milaid.publish.registry.report import Request
from milaid.publish.run.parameters import require_names, values_in, with_values
from milaid.replacing import settle_around, write_whole
from milaid.tables.store import available_years
from milaid.world import require_room

START = "Start.ipynb"
"""The notebook in notebooks/ that shows what there is."""
PUBLISHED = (".html", ".pdf", ".ipynb")
"""The files of a published report that it may be named by."""


def copy_of_report(request: Request, name: str = "") -> Path:
    """Return the copy of the notebook of a request, named by what it is about or as ``name`` says; what is in work/ already is left as it is.

    An unchanged copy of before is taken, beside a changed one a new copy gets the next number. Raises ReportError where
    the notebook is missing or does not set the values.
    """
    source = request.report.notebook_path
    if not source.is_file():
        raise ReportError(f"{request.words}: there is no notebook {source}")
    notebook = read_notebook(source)
    require_names(notebook, source.name, request.values, request.words)
    notebook = with_values(notebook, request.values)
    about = {"report": request.report.kind, **request.output, **reanalysis.record(notebook)}
    notebook.metadata["milaid"] = about
    return _placed(notebook, name or name_of(request))


def copy_of_start() -> Path:
    """Return the copy of Start.ipynb, of the suite where a project has none of its own."""
    own = paths.notebooks_dir() / START
    source = own if own.is_file() else paths.suite_root() / "notebooks" / START
    if not source.is_file():
        raise ReportError(f"there is no notebook {source}; install milaid again")
    return _placed(read_notebook(source), source.stem)


def copies_of_kinds() -> None:
    """Put a copy of the notebook of each kind of report into work/, with its usual values: the cards of Start.ipynb lead there.

    What lies there already is left alone, and where there are no data there is no copy.
    """
    for kind, report in known().items():
        path = paths.work_dir() / f"{kind}.ipynb"
        if not path.exists() and report.notebook_path.is_file() and available_years():
            copy_of_report(check(kind, {}), kind)


def request_of(published: Path) -> Request:
    """Return the request that a published report was made from: the values in the notebook beside it, checked.

    Raises RequestError where there is no such notebook or it is none of a report.
    """
    notebook = _beside(published)
    about = notebook.metadata.get("milaid")
    kind = about.get("report") if isinstance(about, dict) else None
    if not isinstance(kind, str) or kind not in known():
        raise RequestError(
            f"{published}: its notebook is none of a report (milaid.report in its metadata is {shortened(kind)}); "
            f"name a file of a published report, or a kind: {', '.join(known())}"
        )
    values = dict(values_in(notebook))
    paper = about.get("paper")
    return check(kind, {**values, "paper": paper} if paper else values)


def _beside(published: Path) -> NotebookNode:
    place = published if published.exists() else paths.project_root() / published
    settle_around(place)
    if not place.is_file():
        raise RequestError(f"{published}: there is no such file; reports lie in {paths.reports_dir()}")
    source = place.with_name(f"{place.stem.removesuffix(BRIEF_ENDING)}.ipynb")
    if not source.is_file():
        raise RequestError(
            f"{published}: {source.name} must lie beside it, since its values are taken from there; put it there, or "
            "name the report: milaid lab annual 2014"
        )
    return read_notebook(source)


def _placed(notebook: NotebookNode, name: str) -> Path:
    folder = paths.work_dir()
    require_room(folder)
    for number in count(1):
        path = folder / f"{name if number == 1 else f'{name}-{number}'}.ipynb"
        try:
            write_whole(path, f"{nbformat.writes(notebook).rstrip()}\n", only_new=True)
            return path
        except FileExistsError:
            if _has_cells_of(path, notebook):
                return path
        except OSError as error:
            raise RequestError(
                f"{path}: the copy cannot be written there: {error.strerror}; change to a folder of your own"
            ) from error
    raise AssertionError("numbers do not end")


def _has_cells_of(path: Path, notebook: NotebookNode) -> bool:
    """Return whether a copy has the cells of a notebook still; whether they have run does not matter."""
    try:
        there = read_notebook(path)
    except (OSError, RequestError):
        return False
    return _sources(there) == _sources(notebook)


def _sources(notebook: NotebookNode) -> list[tuple[str, str]]:
    # JupyterLab leaves an empty cell at the end of what it runs; it says nothing.
    return [(cell.cell_type, cell.source) for cell in notebook.cells if cell.source.strip()]
