"""The plan as it was read last, kept beside the reports: while nothing it is read from changes, it is not read again.

Reading it checks every parameter against the data, which takes most of the time of a build with nothing to do.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from milaid import paths
from milaid.errors import RequestError
from milaid.parsing import parse_json
from milaid.publish.inputs.digests import Digests, joined
from milaid.publish.inputs.modules import Modules
from milaid.publish.inputs.packages import installed
from milaid.publish.inputs.sources import Source
from milaid.publish.registry.folders import folders_of_plan
from milaid.publish.registry.known import known, registry
from milaid.publish.suite.plan import Entry, Plan, load_plan
from milaid.replacing import write_whole
from milaid.tables.naming.reading import TABLES

READ_PLAN = ".plan.json"
_READS = ("milaid.publish.suite.plan",)


def planned(plan_file: Path | None, out_dir: Path) -> Plan:
    """Return the plan of a file as :func:`~milaid.publish.suite.plan.load_plan` does, from what was kept where it holds.

    A plan that is not the project's own and brings kinds of reports along is read each time.
    """
    path = plan_file or paths.plan_file()
    key = _key(path, out_dir)
    kept = out_dir / READ_PLAN
    if key and (plan := _read(kept, key)):
        return plan
    plan = load_plan(plan_file)
    if key and out_dir.is_dir():
        entries = [[e.kind, e.values, e.output, e.formats, e.title, e.slug] for e in plan.entries]
        with contextlib.suppress(OSError):
            write_whole(kept, json.dumps({"key": key, "entries": entries}))
    return plan


def _key(path: Path, out_dir: Path) -> str:
    """Return one digest of all that a plan is read from, "" where it cannot be told."""
    if path.resolve() != paths.plan_file().resolve() and folders_of_plan(path):
        return ""
    digests = Digests(out_dir)
    if registry().problems or not (plan := digests.of(path)):
        return ""
    code = Modules((), digests).closure(Source(modules=_READS))
    tables = [
        *sorted(paths.trainings_dir().glob("fy*.parquet")),
        *(paths.reference_dir() / table for table in TABLES),
    ]
    lines = [str(path), plan]
    lines += [f"{file} {digests.of(file)}" for file in tables]
    lines += [f"{name} {digests.of(file)}" for name, (file, _) in sorted(code.items())]
    lines += [repr(report) for report in known().values()]
    lines += [f"{name} {version}" for name, version in installed().items()]
    digests.save()
    return joined(lines)


def _read(kept: Path, key: str) -> Plan | None:
    try:
        content = parse_json(kept.read_bytes())
        if content["key"] != key:
            return None
        reports = known()
        return Plan(
            tuple(
                Entry(reports[kind], values, output, tuple(formats), title, slug)
                for kind, values, output, formats, title, slug in content["entries"]
            )
        )
    except (OSError, ValueError, KeyError, TypeError, RequestError):
        return None
