"""What the files of a notebook in use are called: by what the report is about, ``country-COL-2018``."""

from __future__ import annotations

from nbformat import NotebookNode

from milaid.errors import MilaidError
from milaid.publish.files import reanalysis
from milaid.publish.registry.checking import check
from milaid.publish.registry.report import Request
from milaid.publish.run.parameters import values_in

_YEAR = "fiscal_year"


def name_of(request: Request) -> str:
    """Return the name of the files of a request, without suffix: kind, subject and fiscal year."""
    named = dict.fromkeys((*request.report.fields, *([_YEAR] if _YEAR in request.values else [])))
    values = [str(request.values[name]).replace(",", "-") for name in named]
    return "-".join([request.report.kind, *values])


def name_of_notebook(notebook: NotebookNode) -> str:
    """Return that name for a notebook of the suite with the values that it has now, "" for another one.

    Values that no report may have give no name either.
    """
    kind = reanalysis.kind_of(notebook)
    if not kind:
        return ""
    try:
        return name_of(check(kind, values_in(notebook)))
    except MilaidError:
        return ""
