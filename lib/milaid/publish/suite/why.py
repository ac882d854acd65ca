"""``milaid build --why PLACE``: which inputs of a report differ from those it was built from, and what will be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from milaid.errors import RequestError
from milaid.publish.inputs.digests import NONE
from milaid.publish.registry.description import aligned
from milaid.publish.registry.places import BRIEF_ENDING
from milaid.publish.suite.plan import Plan
from milaid.publish.suite.record import Built, Record
from milaid.publish.suite.stock import Planned, Work, take_stock
from milaid.spelling import hint

_DONE = {
    Work.RUN: "its cells will be run and its files made",
    Work.RENDER: "its files will be made again from the notebook that was executed; no cell is run",
    Work.NOTHING: "nothing will be done",
    Work.IMPOSSIBLE: "it cannot be built: there is no notebook {notebook}",
}
_DIGEST = 64
_SHOWN = 12
_ABSENT = "–"


def why(plan: Plan, place: str, out_dir: Path, force: bool = False) -> str:
    """Return what made a report stale, one input a line with what it was and is, and what a build will do.

    Raises RequestError with the nearest spelling where the plan has no such place.
    """
    place = place.strip("/").removesuffix(".html").removesuffix(".pdf").removesuffix(BRIEF_ENDING)
    found = [entry for entry in plan.entries if entry.place.lower() == place.lower()]
    if not found:
        near = hint(place, (entry.place for entry in plan.entries))
        raise RequestError(f"--why: the plan has no report at {place!r}{near}\nsee: milaid build --list")
    stock = take_stock(found, plan.places, out_dir, force)
    planned, record = stock.reports[0], stock.record
    entry = planned.entry
    done = _DONE[planned.work].format(notebook=entry.request.report.notebook_path)
    reasons = list(_reasons(planned, record, force))
    return "\n".join([f"{entry.place}: {done}", *reasons])


def _reasons(planned: Planned, record: Record, force: bool) -> Iterator[str]:
    """Yield what differs, a table of inputs first."""
    known = record.reports.get(planned.entry.place)
    if planned.inputs is None:
        return
    if known is None:
        yield f"  it is not in the record of {record.out_dir}: it was never built there"
        return
    rows = [
        (name, _shown(was), _shown(now))
        for group, inputs in planned.inputs.groups.items()
        for name, was, now in _differences(record, known, group, inputs, planned.inputs.digests[group])
    ]
    if rows:
        yield from (f"  {line}" for line in aligned([("input", "was", "is"), *rows]))
    for name, digest in known.files.items():
        now = record.digests.of(record.out_dir / name)
        if now != digest:
            yield f"  {name} {'is not there any more' if now == NONE else 'is not as it was written'}"
    if force and planned.work == Work.RUN:
        yield "  --force runs all cells"


def _differences(
    record: Record, known: Built, group: str, inputs: Mapping[str, str], digest: str
) -> Iterator[tuple[str, str, str]]:
    was = known.inputs.get(group, "")
    if was == digest:
        return
    before = record.groups.get(was)
    if before is None:
        yield f"{group} (not kept in the record)", _ABSENT, digest
        return
    for name in sorted({*before, *inputs}):
        if before.get(name) != inputs.get(name):
            yield name, before.get(name, _ABSENT), inputs.get(name, _ABSENT)


def _shown(value: str) -> str:
    """Return a value in short: of a digest its beginning."""
    return value[:_SHOWN] if len(value) == _DIGEST else value
