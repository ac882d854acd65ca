"""Many reports: those of a plan that are not current are built side by side, and one that fails stops no other."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from milaid import memory
from milaid.blocks.words import counted
from milaid.errors import MilaidError, ReportError
from milaid.paths import FAILURES
from milaid.processes import cores
from milaid.publish.files.trust import sign_all
from milaid.publish.registry.description import aligned
from milaid.publish.run.failures import FailedReport, Failure, remove_failure, write_failure
from milaid.publish.run.workers import Pool, local_pool, stoppable
from milaid.publish.suite.build_log import BuildLog, TextLog
from milaid.publish.suite.plan import Entry
from milaid.publish.suite.record import Record
from milaid.publish.suite.stock import Planned, Work, take_stock
from milaid.stopping import undisturbed

_RUN, _RENDERED = "run", "rendered"
_MOST_LETTERS = 100


@dataclass(frozen=True)
class Outcome:
    """What came of one report: the files written, or why there are none; how long it took.

    ``targets`` are the places that it had links to, ``work`` says whether its cells were run.
    """

    files: tuple[Path, ...] = ()
    targets: tuple[str, ...] = ()
    work: str = _RUN
    failure: Failure | None = None
    seconds: float = 0.0


def listing(entries: Iterable[Entry], linked: frozenset[str], out_dir: Path, force: bool = False) -> str:
    """Return reports as an aligned list: place, formats, what is to be done, title."""
    found = take_stock(entries, linked, out_dir, force)
    rows = [(p.entry.place, ",".join(p.entry.formats), str(p.work), p.entry.title) for p in found.reports]
    to_build = len(found.of(Work.RUN, Work.RENDER))
    return "\n".join([*aligned(rows), "", f"{counted(len(rows), 'report')}, {to_build} to build"])


def build_reports(
    entries: Iterable[Entry],
    linked: frozenset[str],
    out_dir: Path,
    jobs: int | None = None,
    force: bool = False,
    pool: Pool = local_pool,
    log: BuildLog | None = None,
) -> str:
    """Build the reports that are not current and return what was done, in a sentence.

    ``linked`` are the places that they may link to, ``jobs`` how many are made at once (by default one a core),
    ``pool`` makes the crew for so many, ``log`` is told how it goes. Raises ReportError with a table of all that
    failed when the others are done.
    """
    out_dir, log = out_dir.resolve(), log or TextLog()
    stock = take_stock(entries, linked, out_dir, force)
    to_do, unchanged = stock.of(Work.RUN, Work.RENDER), len(stock.of(Work.NOTHING))
    failures = {p.entry.place: _without_notebook(p.entry) for p in stock.of(Work.IMPOSSIBLE)}
    with pool(min(jobs or cores(), len(to_do))) if to_do else nullcontext() as crew:
        log.started(len(to_do), unchanged, crew.at_once if crew else 0)
        for place, failure in failures.items():
            log.failed(place, 0.0, failure.brief, _told(out_dir, place, failure))
        if crew:
            out_dir.mkdir(parents=True, exist_ok=True)
            stock.record.compact()
            failures |= _run(crew.executor, to_do, linked, stock.record, log)
            stock.record.look_again()
    if (out_dir / FAILURES).is_dir():
        # What failed may be as it was built before: then nothing is wrong with it any more.
        for planned in stock.of(Work.NOTHING):
            remove_failure(out_dir, planned.entry.place)
    built = len(to_do) + len(stock.of(Work.IMPOSSIBLE)) - len(failures)
    log.done(built, unchanged, len(failures))
    done = f"{counted(built, 'report')} built, {unchanged} unchanged"
    if failures:
        order = [planned.entry.place for planned in stock.reports if planned.entry.place in failures]
        heading = f"{counted(len(failures), 'report')} could not be built ({done}):"
        raise ReportError("\n".join([heading, *_table(order, failures), f"more in {out_dir / FAILURES}"]))
    return f"{done}, in {out_dir}"


def _run(
    executor: Executor, work: Sequence[Planned], linked: frozenset[str], record: Record, log: BuildLog
) -> dict[str, Failure]:
    """Build reports and record each when it is done; returns what went wrong by place."""
    failures: dict[str, Failure] = {}
    with undisturbed():
        futures = {
            executor.submit(
                stoppable, build_one, p.entry, record.out_dir, linked, p.made_from, p.work == Work.RENDER
            ): p
            for p in work
        }
    for future in as_completed(futures):
        planned = futures[future]
        place, outcome = planned.entry.place, outcome_of(future)
        if outcome.failure:
            failures[place] = outcome.failure
            file = _told(record.out_dir, place, outcome.failure)
            log.failed(place, outcome.seconds, outcome.failure.brief, file)
            continue
        record.keep(place, planned.inputs_with_links(outcome.targets, linked), outcome.targets, outcome.files)
        remove_failure(record.out_dir, place)
        # By this process alone: the signatures of a home are one small database.
        sign_all(outcome.files)
        log.built(place, outcome.seconds, outcome.work)
    return failures


def build_one(
    entry: Entry, out_dir: Path, linked: frozenset[str], made_from: Mapping[str, str], keep_cells: bool
) -> Outcome:
    """Build one report in a worker; an error is returned in words, as not every error can be sent.

    ``made_from`` and ``keep_cells`` are those of :func:`milaid.publish.report.make`.
    """
    from milaid.publish.registry.known import register
    from milaid.publish.report import make

    # A worker knows nothing yet of the kinds that a plan brought along.
    register([(entry.kind, entry.report)])
    begun = time.monotonic()
    try:
        made = make(entry.request, entry.formats, out_dir, linked, made_from, keep_cells)
    except Exception as error:
        return Outcome(failure=_failure(error, entry), seconds=time.monotonic() - begun)
    # The next report may be a small one, which would need as much otherwise.
    memory.give_back()
    work = _RUN if made.executed else _RENDERED
    return Outcome(made.files, made.targets, work, seconds=time.monotonic() - begun)


def _failure(error: Exception, entry: Entry) -> Failure:
    """Return an error as what can be sent and told."""
    if isinstance(error, FailedReport):
        return error.failure
    words, trace = entry.request.words, "".join(traceback.format_exception(error))
    brief = f"{type(error).__name__}: {error}"
    if isinstance(error, MilaidError):
        problem = brief = str(error)
    else:
        place = traceback.extract_tb(error.__traceback__)[-1]
        problem = f"{words}: {brief} ({place.filename}, line {place.lineno})"
    return Failure(problem, " ".join(brief.split()), parameters=entry.values, traceback=trace)


def outcome_of(future: Future[Outcome]) -> Outcome:
    """Return what came of a report that was built by a crew, also where its process was ended."""
    try:
        return future.result()
    except BrokenExecutor:
        problem = (
            "a process that makes reports was ended from outside, most likely for want of memory; "
            "what was not built is built by the same command again, with --jobs 1 in less memory"
        )
        return Outcome(failure=Failure(problem))


def _told(out_dir: Path, place: str, failure: Failure) -> str:
    """Write a failure down; returns the file as seen from the reports, which may be put elsewhere."""
    return write_failure(out_dir, place, failure).relative_to(out_dir).as_posix()


def _without_notebook(entry: Entry) -> Failure:
    return Failure(f"there is no notebook {entry.request.report.notebook_path}", parameters=entry.values)


def _table(order: Sequence[str], failures: Mapping[str, Failure]) -> list[str]:
    """Return what failed as an aligned table: place, cell, error."""
    rows = [(place, failures[place].where or "–", _short(failures[place].brief)) for place in order]
    return [f"  {line}" for line in aligned([("report", "cell", "error"), *rows])]


def _short(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
