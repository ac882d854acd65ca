"""``milaid build``: the reports of a plan and the pages of the site around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from milaid import paths
from milaid.errors import ReportError, RequestError
from milaid.processes import NoMore
from milaid.publish.registry.checking import formats_of, read_formats
from milaid.publish.run.workers import Pool, local_pool
from milaid.publish.site.writing import write_site
from milaid.publish.suite.alone import alone_in
from milaid.publish.suite.build_log import BuildLog, JsonLog, TextLog
from milaid.publish.suite.building import build_reports, listing
from milaid.publish.suite.destination import build_at
from milaid.publish.suite.plan import Plan
from milaid.publish.suite.planned import planned
from milaid.publish.suite.why import why
from milaid.replacing import settle
from milaid.tables.digests import require_as_built
from milaid.world import require_room
from milaid.world import told as told_of


def build_plan(
    plan_file: Path | None = None,
    out_dir: Path | None = None,
    *,
    only: Sequence[str] = (),
    formats: str | None = None,
    jobs: int | None = None,
    force: bool = False,
    listed: bool = False,
    place: str | None = None,
    log: str = "text",
    scheduler: str | None = None,
    dest: str | None = None,
) -> str:
    """Build the reports of a plan that are not current, write the site around them, and return what was done.

    ``only`` are patterns of places, ``formats`` a list with commas instead of what the plan says. With ``listed``
    nothing is built and what the plan holds is returned, with ``place`` what made the report there stale. With ``only``
    the data for download stay as they are. With ``log`` "json" all is said on stdout as it happens, and "" is returned.
    ``scheduler`` is the address of that of a Dask cluster, which builds the reports instead of this machine. ``dest``
    is an address of fsspec: what lies there is gone on with, and all is put there; ``out_dir`` then is a copy to keep.
    Raises RequestError for what is wrong in the plan or the request, and where another build goes on in the folder;
    DataError for tables that are not as built, ReportError with every report that failed.
    """
    require_as_built()
    here = (out_dir or paths.reports_dir()).resolve()
    settle(here)
    if not listed and place is None:
        require_room(here)
    pool = _pool(scheduler, jobs)
    plan = planned(plan_file, here)
    if formats is not None:
        chosen = read_formats(formats)
        plan = Plan(tuple(replace(entry, formats=formats_of(entry.report, chosen)) for entry in plan.entries))
    entries = plan.select(only)

    def build(target: Path, pool: Pool) -> str:
        if place is not None:
            return why(plan, place, target, force)
        if listed:
            return listing(entries, plan.places, target, force)
        with alone_in(target):
            told = JsonLog() if log == "json" else TextLog()
            said = _with_site(
                lambda: build_reports(entries, plan.places, target, jobs, force, pool, told),
                target,
                not only,
                told,
            )
            return "" if log == "json" else said

    return build(here, pool) if dest is None else build_at(dest, build, pool, out_dir)


def _with_site(work: Callable[[], str], target: Path, with_data: bool, told: BuildLog) -> str:
    """Build reports and write the site around them, also where some failed; returns what was done."""
    try:
        said = work()
    except NoMore:
        raise
    except ReportError as failed:
        # What was built before stays, and the site is to show it.
        try:
            write_site(target, with_data=with_data, say=told.left_out)
        except Exception as error:
            # Whatever it is, it must not hide what failed first.
            raise ReportError(
                f"{failed}\nthe pages of the site could not be written: {told_of(error)}"
            ) from error
        raise
    write_site(target, with_data=with_data, say=told.left_out)
    return said


def _pool(scheduler: str | None, jobs: int | None) -> Pool:
    if scheduler is None:
        return local_pool
    if jobs is not None:
        raise RequestError(
            "--jobs counts processes of this machine; a cluster makes as many as it has threads"
        )
    from milaid.publish.suite.cluster import cluster_pool

    return cluster_pool(scheduler)
