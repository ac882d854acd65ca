"""Reports built once more, from what is at hand here, and compared byte by byte with those that were found."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from milaid.errors import MilaidError
from milaid.progress import Progress
from milaid.publish.files import crate
from milaid.publish.files.crate import Manifest
from milaid.publish.inputs.digests import Digests
from milaid.publish.inputs.gathered import Gatherer
from milaid.publish.registry.checking import FORMATS, check
from milaid.publish.registry.places import brief_of
from milaid.publish.run.workers import local_pool, stoppable
from milaid.publish.site.published import as_published
from milaid.publish.suite.building import Outcome, build_one, outcome_of
from milaid.publish.suite.plan import Entry
from milaid.publish.verify.held import DIFFERS, NOT_AGAIN, Held
from milaid.stopping import undisturbed
from milaid.temporary import temporary_folder


@dataclass(frozen=True)
class Rebuilt:
    """What came of building a report again: files that differ with what is wrong, and inputs that are others here."""

    held: Held
    problems: tuple[tuple[Path, str], ...] = ()
    other_inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Order:
    held: Held
    entry: Entry
    links: frozenset[str]
    made_from: dict[str, str]


def rebuild(found: Sequence[Held], root: Path | None, jobs: int) -> list[Rebuilt]:
    """Build reports again in a temporary folder and return how each compares, in their order.

    ``root`` is the published site that they lie in, whose address and revisions stand on their pages; None for reports that are as
    they were built.
    """
    gatherer = Gatherer((), Digests())
    done: dict[Path, Rebuilt] = {}
    orders = []
    for held in found:
        try:
            orders.append(_order(held, gatherer))
        except (MilaidError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            why = (
                str(error)
                if isinstance(error, MilaidError)
                else f"its notebook cannot be read ({error!r:.200})"
            )
            done[held.folder] = Rebuilt(held, ((held.folder, f"cannot be built again: {why}"),))
    with temporary_folder() as name:
        room = name.resolve()
        for order, outcome, made in _built(orders, room, jobs):
            done[order.held.folder] = _compared(order, outcome, made, root)
            shutil.rmtree(made, ignore_errors=True)
    return [done[held.folder] for held in found]


def _order(held: Held, gatherer: Gatherer) -> _Order:
    """Return what is to be built: the request of the manifest, with the formats and links that its notebook has."""
    manifest = _manifest(held)
    notebook = held.folder.parent / f"{held.name}.ipynb"
    about: dict[str, Any] = json.loads(notebook.read_bytes())["metadata"]["milaid"]
    formats = tuple(name for name in FORMATS if name in about["formats"])
    request = check(manifest.kind, manifest.values)
    slug = manifest.place.rpartition("/")[2]
    if request.place != manifest.place:
        request = replace(request, slug=slug)
    entry = Entry(request.report, request.values, request.output, formats, "", request.slug)
    links = frozenset(about["links"]) - {brief_of(manifest.place)}
    return _Order(held, entry, links, gatherer.of(request, formats).origins)


def _manifest(held: Held) -> Manifest:
    if held.manifest is None:
        raise ValueError(held.problem)
    return held.manifest


def _built(orders: Sequence[_Order], room: Path, jobs: int) -> Iterator[tuple[_Order, Outcome, Path]]:
    """Yield each order with what came of it and the folder that it is in, as they are done."""
    if not orders:
        return
    with local_pool(min(jobs, len(orders))) as crew, Progress("Reports built again", len(orders)) as progress:
        with undisturbed():
            futures = {
                crew.executor.submit(
                    stoppable, build_one, order.entry, room / str(number), order.links, order.made_from, False
                ): (number, order)
                for number, order in enumerate(orders)
            }
        for future in as_completed(futures):
            number, order = futures[future]
            progress.advance(what=order.entry.place)
            yield order, outcome_of(future), room / str(number)


def _compared(order: _Order, outcome: Outcome, room: Path, root: Path | None) -> Rebuilt:
    """Return how a report that was built again in ``room`` compares."""
    held, manifest = order.held, _manifest(order.held)
    others = tuple(_others(manifest.made_from, order.made_from))
    if outcome.failure:
        why = f"cannot be built again: {outcome.failure.brief}"
        return Rebuilt(held, ((held.folder, why),), others)
    made = next(path for path in outcome.files if path.name == crate.NAME)
    if root is not None:
        as_published(room, order.entry.place, root)
    problems = list(_differing(held, manifest, crate.read(made)))
    if not problems and made.read_bytes() != (held.folder / crate.NAME).read_bytes():
        problems.append((held.folder / crate.NAME, DIFFERS))
    return Rebuilt(held, tuple(problems), others)


def _differing(held: Held, manifest: Manifest, again: Manifest) -> Iterable[tuple[Path, str]]:
    for name in sorted({*manifest.files, *again.files}):
        path = held.folder.parent / name[3:] if name.startswith("../") else held.folder / name
        if name not in again.files:
            yield path, NOT_AGAIN
        elif name not in manifest.files:
            yield path, "comes about and is not in the manifest"
        elif manifest.files[name] != again.files[name]:
            yield path, DIFFERS


def _others(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Yield the name of each input that is another one here, is missing or is new."""
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            yield name
