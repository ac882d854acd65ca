"""What is to be done with the reports of a plan: run their cells, make their files again, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from milaid.publish.inputs.digests import Digests
from milaid.publish.inputs.gathered import OF_CELLS, OF_FILES, Gatherer, Inputs, links
from milaid.publish.suite.plan import Entry
from milaid.publish.suite.record import Record, read_record

NOTEBOOK = ".ipynb"


class Work(StrEnum):
    """What is to be done with a report, in the words of a listing."""

    RUN = "to build"
    RENDER = "to render"
    NOTHING = "unchanged"
    IMPOSSIBLE = "no notebook"


@dataclass(frozen=True, eq=False)
class Planned:
    """One report, what is to be done with it, and what it is made from; nothing where it has no notebook."""

    entry: Entry
    work: Work
    inputs: Inputs | None = None

    @property
    def made_from(self) -> dict[str, str]:
        """What its notebook and its manifest are to say of what it is made from."""
        return self.inputs.origins if self.inputs else {}

    def inputs_with_links(self, targets: Collection[str], linked: Collection[str]) -> Inputs:
        """Return what it was made from, now that the places are known that it had links to."""
        groups = self.inputs.groups if self.inputs else {}
        return Inputs({**groups, "links": links(targets, linked)})


@dataclass(frozen=True)
class Stock:
    """The reports of a plan in its order, with the record of what was built."""

    reports: tuple[Planned, ...]
    record: Record

    def of(self, *works: Work) -> tuple[Planned, ...]:
        """Return the reports with which this is to be done."""
        return tuple(planned for planned in self.reports if planned.work in works)


def take_stock(entries: Iterable[Entry], linked: frozenset[str], out_dir: Path, force: bool = False) -> Stock:
    """Return what is to be done with reports that may link to ``linked``; with ``force`` the cells of all are run."""
    digests = Digests(out_dir)
    record = read_record(out_dir, digests)
    gatherer = Gatherer(linked, digests)
    found = tuple(_planned(entry, record, gatherer, force) for entry in entries)
    digests.save()
    return Stock(found, record)


def _planned(entry: Entry, record: Record, gatherer: Gatherer, force: bool) -> Planned:
    request = entry.request
    if not request.report.notebook_path.is_file():
        return Planned(entry, Work.IMPOSSIBLE)
    place = request.place
    known = record.reports.get(place)
    inputs = gatherer.of(request, entry.formats, known.targets if known else ())
    if known is None or force or _differ(OF_CELLS, known.inputs, inputs):
        return Planned(entry, Work.RUN, inputs)
    if not _differ(OF_FILES, known.inputs, inputs) and record.is_intact(place):
        return Planned(entry, Work.NOTHING, inputs)
    return Planned(entry, Work.RENDER if record.is_intact(place, NOTEBOOK) else Work.RUN, inputs)


def _differ(groups: Iterable[str], known: object, inputs: Inputs) -> bool:
    return not isinstance(known, dict) or any(known.get(name) != inputs.digests[name] for name in groups)
