"""Every kind of report there is: those of the suite, of installed packages, and of folders that the plan names.

A package registers its own by an entry point of the group ``milaid.reports``, whose value is a
:class:`~milaid.publish.registry.report.Report` or a list of them. A plan names folders of notebooks that describe
themselves (:mod:`milaid.publish.registry.folders`). What cannot be taken keeps no other kind from being used; it is
named where it is missed: by a request for it, by a plan, by the site and by ``milaid doctor``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from milaid import paths
from milaid.errors import RequestError, list_problems
from milaid.publish.registry.entries import SUITE
from milaid.publish.registry.folders import folders_of_plan, read_folder, stamp
from milaid.publish.registry.places import SITE_PAGES
from milaid.publish.registry.report import Report
from milaid.spelling import hint

GROUP = "milaid.reports"


@dataclass(frozen=True)
class Registry:
    """Kinds of reports by name in the order of the index, and what is to be said of those that cannot be taken."""

    reports: Mapping[str, Report]
    problems: tuple[str, ...]


_of_other_plans: dict[str, Report] = {}


def known() -> Mapping[str, Report]:
    """Return the kinds of reports by name, in the order of the index."""
    return registry().reports


def registry() -> Registry:
    """Return all kinds of reports, found again when the plan or a notebook in one of its folders was written."""
    plan = paths.plan_file()
    folders = folders_of_plan(plan)
    own = _registry(tuple(folders), tuple(stamp(folder) for folder in folders))
    joined, _ = _joined(own.reports.values(), [(report.kind, report) for report in _of_other_plans.values()])
    return Registry(joined, own.problems)


def find_report(kind: str) -> Report:
    """Return the report of a kind; raises RequestError naming the known kinds and the nearest."""
    found = registry()
    if kind not in found.reports:
        said = f"no report is called {kind!r}; known: {', '.join(found.reports)}"
        said += hint(kind, found.reports)
        raise RequestError(list_problems(f"{said}; not taken:", found.problems) if found.problems else said)
    return found.reports[kind]


def require_sound() -> None:
    """Raise RequestError with all that keeps a kind of report from being taken."""
    if problems := registry().problems:
        raise RequestError(list_problems("kinds of reports that cannot be taken:", problems))


def register(reports: Iterable[tuple[str, Report]]) -> list[str]:
    """Make kinds of reports known to this process, such as those of a plan that is not the project's own.

    ``reports`` are pairs of where an entry comes from and the entry; one of the same kind that was registered before
    is replaced. Returns what is to be said of those that do not fit beside the others; they are left out.
    """
    new = [(where, report) for where, report in reports if known().get(report.kind) != report]
    kinds = {report.kind for _, report in new}
    for kind in kinds:
        _of_other_plans.pop(kind, None)
    joined, problems = _joined(known().values(), new)
    _of_other_plans.update(
        {kind: report for kind, report in joined.items() if kind in kinds and kind not in known()}
    )
    return problems


@lru_cache(maxsize=8)
def _registry(folders: tuple[Path, ...], stamps: tuple[str, ...]) -> Registry:
    found, problems = _installed()
    for folder in folders:
        reports, wrong = read_folder(folder)
        found += reports
        problems += wrong
    joined, conflicts = _joined(SUITE, found)
    return Registry(joined, (*problems, *conflicts))


@lru_cache(maxsize=1)
def _entry_points() -> tuple[EntryPoint, ...]:
    return tuple(sorted(entry_points(group=GROUP), key=lambda point: point.name))


def _installed() -> tuple[list[tuple[str, Report]], list[str]]:
    """Return the reports of installed packages, each with where it comes from, and what is wrong with others."""
    found: list[tuple[str, Report]] = []
    problems = []
    for point in _entry_points():
        where = f"entry point {point.name!r} ({point.value})"
        try:
            given = point.load()
        except Exception as error:
            problems.append(f"{where} cannot be loaded: {type(error).__name__}: {error}")
            continue
        reports = given if isinstance(given, list | tuple) else [given]
        found += [(where, report) for report in reports if isinstance(report, Report)]
        problems += [
            f"{where} gives {type(report).__name__}, which is no milaid.publish.registry.report.Report"
            for report in reports
            if not isinstance(report, Report)
        ]
    return found, problems


def _joined(
    first: Iterable[Report], others: Sequence[tuple[str, Report]]
) -> tuple[dict[str, Report], list[str]]:
    """Return kinds of reports by name, and a problem for each that is called like another or lies where one does."""
    joined = {report.kind: report for report in first}
    problems: list[str] = []
    for where, report in others:
        rooms = {(known.folder or known.place).lower(): known.kind for known in joined.values()}
        room = (report.folder or report.place).lower()
        if report.problems:
            problems += [f"{where}: {problem}" for problem in report.problems]
        elif report.kind in joined:
            problems.append(f"{where}: there is a kind {report.kind!r} already")
        elif room in SITE_PAGES or room == paths.FAILURES:
            whose = "of a page of the site" if room in SITE_PAGES else "where failures are told"
            problems.append(f"{where}: {report.place!r} is the place {whose}")
        elif room in rooms:
            problems.append(f"{where}: the reports of {rooms[room]!r} lie at {report.place!r} already")
        else:
            joined[report.kind] = report
    return joined, problems
