"""Many reports: those of a plan that are not current are built side by side, and one that fails stops no other."""

from __future__ import annotations

import os
import textwrap
import traceback
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from milaid.blocks.words import counted
from milaid.errors import MilaidError, ReportError, list_problems
from milaid.progress import Progress
from milaid.publish.registry.description import aligned
from milaid.publish.run.workers import local_pool, stoppable, undisturbed
from milaid.publish.suite.plan import Entry
from milaid.publish.suite.record import Fingerprints, Record, read_record


@dataclass(frozen=True)
class Outcome:
    """What came of one report: the files written, or why there are none."""

    files: tuple[Path, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Stock:
    """Reports by what is to be done: ``changed`` with their fingerprints, ``current``, and ``impossible`` ones."""

    changed: tuple[tuple[Entry, str], ...]
    current: tuple[Entry, ...]
    impossible: tuple[Entry, ...]

    def state(self, entry: Entry) -> str:
        """Return what is to be done with a report, in a word or two."""
        if entry in self.impossible:
            return "no notebook"
        return "unchanged" if entry in self.current else "to build"


def take_stock(entries: Iterable[Entry], linked: frozenset[str], out_dir: Path, force: bool = False) -> Stock:
    """Return which reports have to be built; with ``force`` all whose notebook is there."""
    entries = tuple(entries)
    record, fingerprints = read_record(out_dir), Fingerprints(linked)
    possible = [entry for entry in entries if entry.request.report.notebook_path.is_file()]
    marked = [(entry, fingerprints.of(entry)) for entry in possible]
    current = [e for e, mark in marked if not force and record.is_current(e.place, mark)]
    return Stock(
        changed=tuple((entry, mark) for entry, mark in marked if entry not in current),
        current=tuple(current),
        impossible=tuple(entry for entry in entries if entry not in possible),
    )


def listing(entries: Iterable[Entry], linked: frozenset[str], out_dir: Path, force: bool = False) -> str:
    """Return reports as an aligned list: place, formats, what is to be done, title."""
    entries = tuple(entries)
    found = take_stock(entries, linked, out_dir, force)
    lines = aligned([(e.place, ",".join(e.formats), found.state(e), e.title) for e in entries])
    return "\n".join([*lines, "", f"{counted(len(entries), 'report')}, {len(found.changed)} to build"])


def build_reports(
    entries: Iterable[Entry],
    linked: frozenset[str],
    out_dir: Path,
    jobs: int | None = None,
    force: bool = False,
    pool: Callable[[int], AbstractContextManager[Executor]] = local_pool,
) -> str:
    """Build the reports that are not current and return what was done, in a sentence.

    ``linked`` are the places that they may link to, ``jobs`` how many are made at once (by default one a core),
    ``pool`` makes the executor for so many. Raises ReportError with all that failed when the others are done.
    """
    out_dir = out_dir.resolve()
    to_do = take_stock(entries, linked, out_dir, force)
    failures = _without_notebook(to_do.impossible)
    if to_do.changed:
        out_dir.mkdir(parents=True, exist_ok=True)
        with pool(min(jobs or _cores(), len(to_do.changed))) as executor:
            failures |= _run(executor, to_do.changed, linked, read_record(out_dir))
    failed = sum(len(places) for places in failures.values())
    built = len(to_do.changed) + len(to_do.impossible) - failed
    done = f"{counted(built, 'report')} built, {len(to_do.current)} unchanged"
    if failures:
        problems = [f"{_some(places)}: {_indented(problem)}" for problem, places in failures.items()]
        heading = f"{counted(failed, 'report')} could not be built ({done}):"
        raise ReportError(list_problems(heading, problems, limit=len(problems)))
    return f"{done}, in {out_dir}"


def _run(
    executor: Executor, work: Sequence[tuple[Entry, str]], linked: frozenset[str], record: Record
) -> dict[str, list[str]]:
    """Build reports and record each when it is done; returns the places that failed by what went wrong."""
    problems: dict[str, str] = {}
    with Progress("Reports", len(work)) as progress:
        with undisturbed():
            futures = {
                executor.submit(stoppable, build_one, entry, record.out_dir, linked): (entry, fingerprint)
                for entry, fingerprint in work
            }
        for future in as_completed(futures):
            entry, fingerprint = futures[future]
            outcome = _outcome(future)
            if outcome.problem:
                problems[entry.place] = outcome.problem
                progress.note(f"{entry.place} failed")
            else:
                record.keep(entry.place, fingerprint, outcome.files)
            progress.advance(what=entry.place)
    return _by_problem((e.place, problems[e.place]) for e, _ in work if e.place in problems)


def build_one(entry: Entry, out_dir: Path, linked: frozenset[str]) -> Outcome:
    """Build one report in a worker; an error is returned in words, as not every error can be sent."""
    from milaid.publish.registry.known import register
    from milaid.publish.report import build

    # A worker knows nothing yet of the kinds that a plan brought along.
    register([(entry.kind, entry.report)])
    try:
        return Outcome(files=tuple(build(entry.request, entry.formats, out_dir, linked)))
    except MilaidError as error:
        return Outcome(problem=str(error))
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        seen = f"{type(error).__name__}: {error} ({place.filename}, line {place.lineno})"
        return Outcome(problem=f"{entry.request.words}: {seen}")


def _outcome(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenExecutor:
        return Outcome(
            problem="a process that makes reports was ended from outside, most likely for want of memory; "
            "what was not built is built by the same command again, with --jobs 1 in less memory"
        )


def _without_notebook(entries: Iterable[Entry]) -> dict[str, list[str]]:
    return _by_problem((e.place, f"there is no notebook {e.request.report.notebook_path}") for e in entries)


def _by_problem(failed: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return from pairs of place and problem the places that have the same problem."""
    places: dict[str, list[str]] = {}
    for place, problem in failed:
        places.setdefault(problem, []).append(place)
    return places


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _some(places: Sequence[str]) -> str:
    """Return places that failed in one way; of many the first and how many more."""
    shown, more = places[:3], len(places) - 3
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _indented(problem: str) -> str:
    return textwrap.indent(problem, "    ").strip()
