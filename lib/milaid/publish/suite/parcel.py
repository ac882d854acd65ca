"""A report to be built on another machine and what comes back from there, each as bytes."""

from __future__ import annotations

import pickle
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from milaid.errors import list_problems
from milaid.paths import project_root
from milaid.publish.inputs.digests import Digests
from milaid.publish.inputs.gathered import Gatherer
from milaid.publish.report import put_in_place
from milaid.publish.run.failures import Failure
from milaid.publish.suite.alike import differences, ingredients
from milaid.publish.suite.building import Outcome
from milaid.publish.suite.plan import Entry
from milaid.replacing import replacing
from milaid.temporary import temporary_folder

Work = Callable[[Entry, Path, frozenset[str], Mapping[str, str], bool], Outcome]
_digests = Digests()


@dataclass(frozen=True)
class Order:
    """One report to build: the work that builds it, its entry, and what it must be made from.

    ``made_from`` is what its notebook is to say of that.
    """

    work: Work
    entry: Entry
    made_from: Mapping[str, str]
    ingredients: Mapping[str, str]


@dataclass(frozen=True)
class Delivery:
    """What came of an order: the outcome, and the files that were written by their place below the reports."""

    outcome: Outcome
    files: Mapping[str, bytes]


def carry_out(order: bytes, linked: bytes) -> bytes:
    """Build a report on this machine and return what came of it.

    Its cells are run always: the notebook that was executed before lies on the machine that asks. Nothing is built
    where code, tables, packages or the notebook are not those of that machine.
    """
    wanted: Order = pickle.loads(order)
    entry = wanted.entry
    differ = differences(wanted.ingredients, ingredients(entry.request, Gatherer((), _digests)))
    if differ:
        problem = list_problems(
            f"the worker on {platform.node()} ({project_root()}) would build another report than this machine:",
            differ,
            "make code, data and packages equal there, and start its worker again",
        )
        brief = (
            f"the worker on {platform.node()} has another {', '.join(d.rpartition(': ')[0] for d in differ)}"
        )
        return pickle.dumps(Delivery(Outcome(failure=Failure(problem, brief, parameters=entry.values)), {}))
    with temporary_folder() as made:
        folder = made.resolve()
        outcome = wanted.work(entry, folder, pickle.loads(linked), wanted.made_from, False)
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in outcome.files}
        outcome = replace(outcome, files=tuple(path.relative_to(folder) for path in outcome.files))
    return pickle.dumps(Delivery(outcome, files))


def unpack(delivered: bytes, entry: Entry, out_dir: Path) -> Outcome:
    """Write the files of a report below ``out_dir``, all or none of them, and return what came of it."""
    delivery: Delivery = pickle.loads(delivered)
    if not delivery.outcome.files:
        return delivery.outcome
    with replacing(out_dir) as change:
        for file, content in delivery.files.items():
            change.place(file).write_bytes(content)
        put_in_place(change, out_dir, entry.place)
    return replace(delivery.outcome, files=tuple(out_dir / file for file in delivery.outcome.files))
