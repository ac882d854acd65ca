"""``milaid build``: the reports of a plan and the pages of the site around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from milaid import paths
from milaid.errors import ReportError
from milaid.publish.registry.checking import read_formats
from milaid.publish.site.writing import write_site
from milaid.publish.suite.building import build_reports, listing
from milaid.publish.suite.plan import load_plan


def build_plan(
    plan_file: Path | None = None,
    out_dir: Path | None = None,
    *,
    only: Sequence[str] = (),
    formats: str | None = None,
    jobs: int | None = None,
    force: bool = False,
    listed: bool = False,
) -> str:
    """Build the reports of a plan that are not current, write the site around them, and return what was done.

    ``only`` are patterns of places, ``formats`` a list with commas instead of what the plan says. With ``listed``
    nothing is built and what the plan holds is returned. With ``only`` the data for download stay as they are.
    Raises RequestError for what is wrong in the plan or the request, ReportError with every report that failed.
    """
    plan = load_plan(plan_file)
    entries = plan.select(only)
    if formats is not None:
        chosen = read_formats(formats)
        entries = tuple(replace(entry, formats=chosen) for entry in entries)
    target = (out_dir or paths.reports_dir()).resolve()
    if listed:
        return listing(entries, plan.places, target, force)
    try:
        said = build_reports(entries, plan.places, target, jobs, force)
    except ReportError:
        # What was built before stays, and the site is to show it.
        write_site(target, with_data=not only)
        raise
    write_site(target, with_data=not only)
    return said
