"""Every notebook of the suite, the values it is tried with, and what its cells show then.

The notebooks are found; Start.ipynb, which is no report, is tried in a browser. What follows from the registry of reports is not listed either: a report by year is tried with
every year, one on regions with all of them, one without parameters once.
"""

from __future__ import annotations

import cProfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from types import CodeType

import nbformat
import pytest
from nbformat import NotebookNode, v4

from exhibit_functions import LIBRARY, module_of
from milaid.blocks.block import PAYLOAD_MIME, Block
from milaid.exhibits.subject import Subject
from milaid.publish.lab.copies import START
from milaid.publish.registry.checking import check
from milaid.publish.registry.known import known
from milaid.publish.registry.parameter import Value
from milaid.publish.registry.report import Report, Request
from milaid.publish.registry.standard import years_with_data
from report_reading import NOTEBOOKS, run_cells, without_drawing

ADDED = "annual_aid.ipynb"
"""Needs a table that a user adds; tests/reports/test_added_tables.py makes its report."""
NAMES = tuple(sorted(path.name for path in NOTEBOOKS.glob("*.ipynb") if path.name not in (START, ADDED)))
YEARS = years_with_data()
FEW = 12
"""As many regions, or what else reports are on, are all tried; of more only those of SUBJECTS."""
TELLING_YEARS = (1999, 2004, 2011, *YEARS[-1:])
"""Without places, dates and units; after a break; costs without a figure; the newest."""
DRAWN_YEARS = frozenset((*YEARS[:1], 2001, 2004, 2006, 2008, 2016, 2019, *YEARS[-1:]))
"""The first; documents of several regions; after a break; web pages; no US units; faults of the documents; the last."""
SUBJECTS: Mapping[str, Sequence[tuple[str, int]]] = {
    # Large, tiny, with apostrophe and accents, former, no country, territories, gone from the reports, without
    # population, of one year, after a gap, with an article.
    "country": (
        ("COL", 2020), ("AFG", 2016), ("CMR", 2020), ("CIV", 2020), ("STP", 2019), ("TUV", 2019), ("NIU", 2018),
        ("SERBIA-AND-MONTENEGRO", 2006), ("INDOCHINA", 2008), ("NOT-STATED", 2004), ("HKG", 2018), ("TWN", 2020),
        ("PSE", 2020), ("AUS", 2002), ("HRV", 1999), ("XKX", 2020), ("ABW", 2019), ("BHS", 2000),
    ),
    # Many years, one recipient, one year, gaps between years, no printed cost, a label without a law.
    "program": (
        ("IMET", 2011), ("PKO", 2020), ("CTFP", 2018), ("ASFF", 2020), ("CTEF", 2020), ("CAMRI", 2019),
        ("MAP", 2017), ("SEC506", 2016), ("PME", 2020), ("NONSA-UC", 2020),
    ),
}  # fmt: skip
COMPARED = (
    ("country", "KEN,ETH,UGA,TZA", 2020),
    ("country", "KEN,ETH", 1999),  # no place of training is printed
    ("country", "KEN,ETH,UGA", 2011),  # costs without a figure
    ("country", "BGR,UKR", 2005),  # one of them no longer listed
    ("country", "SERBIA-AND-MONTENEGRO,XKX,MNE", 2004),  # a former state and one that was not yet listed
    ("program", "IMET,CTFP,INCLE", 2020),  # one of them under another label by then
    ("program", "IMET,CTFP,INCLE", 2004),
    ("program", "GPOI,PKO", 2013),
)
DRAWN = frozenset(
    (
        *SUBJECTS["program"], ("africa", 2011), ("CMR", 2020), ("CIV", 2020), ("TUV", 2019), ("ABW", 2019),
        ("SERBIA-AND-MONTENEGRO", 2006),
    )
)  # fmt: skip
"""The subjects whose figures are drawn too, which takes longer than all else."""


@dataclass(frozen=True)
class Trial:
    """A notebook and the values its parameters are tried with; ``report`` is its entry, None for one without."""

    notebook: str
    report: Report | None = field(compare=False)
    asked: tuple[tuple[str, Value], ...] = ()
    drawn: bool = False

    def __str__(self) -> str:
        return "-".join([self.notebook.removesuffix(".ipynb"), *(str(value) for _, value in self.asked)])


@dataclass(frozen=True)
class Walk:
    """What the cells of a notebook showed, by the id of the cell, and the executed notebook that this would be.

    ``unprinted`` are the cells that asked for a column which the edition of the year does not print.
    """

    trial: Trial
    shown: Mapping[str, object]
    unprinted: frozenset[str]
    notebook: NotebookNode


def trials() -> list[Trial]:
    """Return all trials of all notebooks; none where there are no data."""
    if not YEARS:
        return []
    found: list[Trial] = []
    for name in NAMES:
        reports = [report for report in known().values() if report.notebook_path == NOTEBOOKS / name]
        found += [trial for report in reports for trial in _of_report(name, report)]
        if not reports:
            found.append(Trial(name, None, drawn=True))
    return found


def _of_report(notebook: str, report: Report) -> Iterator[Trial]:
    parameters = {parameter.name: parameter for parameter in report.find_parameters()}
    if report.by_year:
        for year in YEARS:
            yield Trial(notebook, report, (("fiscal_year", year),), drawn=year in DRAWN_YEARS)
    elif "members" in report.fields:
        for values in COMPARED:
            asked = zip(("compare", "members", "fiscal_year"), values, strict=True)
            yield Trial(notebook, report, tuple(asked))
    elif report.subject:
        codes = parameters[report.subject].choices
        pairs = product(codes, TELLING_YEARS) if len(codes) <= FEW else SUBJECTS[report.subject]
        for pair in pairs:
            asked = zip((report.subject, "fiscal_year"), pair, strict=True)
            yield Trial(notebook, report, tuple(asked), drawn=pair in DRAWN)
    else:
        yield Trial(notebook, report, drawn=True)


def walk(trial: Trial) -> Walk:
    """Run the cells of a trial; those of :func:`traced_trials` once."""
    return _traced(trial)[0] if trial in traced_trials() else _walk(trial)


def reached(trial: Trial) -> frozenset[str]:
    """Return the whole names of the functions of milaid that the cells of a traced trial ran."""
    return _traced(trial)[1]


@lru_cache(maxsize=1)
def traced_trials() -> tuple[Trial, ...]:
    """Return one trial of each notebook, without drawings where there is such."""
    first: dict[str, Trial] = {}
    for trial in sorted(trials(), key=lambda trial: trial.drawn):
        first.setdefault(trial.notebook, trial)
    return tuple(first.values())


@lru_cache(maxsize=len(NAMES))
def _traced(trial: Trial) -> tuple[Walk, frozenset[str]]:
    profile = cProfile.Profile(builtins=False, subcalls=False)
    made = profile.runcall(_walk, trial)
    ran = (entry.code for entry in profile.getstats() if isinstance(entry.code, CodeType))
    return made, frozenset(
        f"{module_of(Path(code.co_filename))}.{code.co_qualname}"
        for code in ran
        if Path(code.co_filename).is_relative_to(LIBRARY)
    )


def _walk(trial: Trial) -> Walk:
    request = check(trial.report.kind, dict(trial.asked)) if trial.report else None
    shown: dict[str, object] = {}
    unprinted = set()
    missed: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Subject, "prints", _noting(missed))
        if not trial.drawn:
            without_drawing(patch)
        for cell, block in run_cells(trial.notebook, **(request.values if request else {})):
            if cell.last:
                shown[cell.id] = block
            if missed:
                unprinted.add(cell.id)
                missed.clear()
    return Walk(trial, shown, frozenset(unprinted), _executed(trial, request, shown))


def _noting(missed: list[str]) -> Callable[[Subject, str], bool]:
    """Return what tells whether an edition prints a column, and notes each that it does not."""
    prints = Subject.prints

    def asked(subject: Subject, field: str) -> bool:
        printed = prints(subject, field)
        if not printed:
            missed.append(field)
        return printed

    return asked


def _executed(trial: Trial, request: Request | None, shown: Mapping[str, object]) -> NotebookNode:
    notebook = nbformat.read(NOTEBOOKS / trial.notebook, as_version=4)
    for cell in notebook.cells:
        block = shown.get(cell.id)
        if isinstance(block, Block):
            cell.outputs = [v4.new_output("execute_result", {PAYLOAD_MIME: block.payload()})]
    if request:
        notebook.metadata["milaid"] = {"report": request.report.kind, "place": request.place}
    return notebook
