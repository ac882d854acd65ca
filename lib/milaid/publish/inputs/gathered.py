"""What a report is made from, each input with a digest: docs/decisions/0012-what-a-report-is-made-from.md has the rule.

Inputs stand in groups. Those of :data:`OF_CELLS` decide whether its cells are run again, those of :data:`OF_FILES`
whether its files are made again from the notebook that was executed.
"""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import milaid
from milaid import paths
from milaid.parsing import parse_json
from milaid.publish.inputs.digests import NONE, Digests, joined
from milaid.publish.inputs.modules import (
    Modules,
    is_milaids,
    leads_anywhere,
    own_folders,
    package_dir,
)
from milaid.publish.inputs.packages import installed
from milaid.publish.inputs.sources import UNTOLD, Source, source_of_cells, together
from milaid.publish.registry.checking import BRIEF
from milaid.publish.registry.known import known
from milaid.publish.registry.report import Report, Request

Group = Mapping[str, str]
"""Inputs by their names, each with what it is: a digest, a version, a value."""

OF_CELLS = ("notebook", "parameters", "code", "tables", "packages")
OF_FILES = ("text", "rendering", "request", "kinds", "links", "lock")
# What runs the cells, and what every kernel imports before them.
_ENGINE = ("milaid.publish.run.execute", "milaid.publish.run.engine", "milaid.exhibits")
_RENDERING = ("milaid.publish.report",)
# Loads what kernels share before they are forked, and changes nothing in what a cell does.
_WARM = "publish/run/warm.py"
_STORE = "milaid.tables.store"
# Know the folder of the tables, and read no table but those that their callers name.
_READERS = frozenset(
    {
        _STORE,
        "milaid.paths",
        "milaid.tables.digests",
        "milaid.publish.run.execute",
        # Says what a name means: a report is asked for, and its cells are run, with the code.
        "milaid.tables.naming.reading",
    }
)
_READ_BY = {"blocks/exhibits.typ": "milaid.blocks.typst"}
_LENGTH = 16
_OF_CELLS = ": code cells"
_IS_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Inputs:
    """The inputs of one report by group, and one digest of each group."""

    groups: Mapping[str, Group]

    @cached_property
    def digests(self) -> dict[str, str]:
        """One digest of each group."""
        return {name: group_digest(group) for name, group in self.groups.items()}

    @property
    def made_from(self) -> dict[str, str]:
        """The version of milaid, and fingerprints of the tables and the code: kept in the notebook of the report."""
        code = joined(self.digests[name] for name in ("code", "rendering"))
        return {
            "version": milaid.__version__,
            "data": self.digests["tables"][:_LENGTH],
            "code": code[:_LENGTH],
        }

    @property
    def origins(self) -> dict[str, str]:
        """What :attr:`made_from` says and each file that a report may have read, the lock file of the packages too."""
        files = {
            name: digest
            for group in ("notebook", "text", "tables", "parameters")
            for name, digest in self.groups[group].items()
            if _IS_DIGEST.fullmatch(digest) and not name.endswith(_OF_CELLS)
        }
        return {**self.made_from, **files, **self.groups["lock"]}


class _Digested(dict[str, str]):
    """A group that many reports share, with its digest."""

    @cached_property
    def digest(self) -> str:
        return joined(f"{name}\t{self[name]}" for name in sorted(self))


def group_digest(group: Group) -> str:
    """Return one digest of a group of inputs."""
    return (group if isinstance(group, _Digested) else _Digested(group)).digest


def links(targets: Iterable[str], linked: Collection[str]) -> Group:
    """Return for each place that a report has links to whether it is there to be linked to."""
    return {f"link to {place}": "in the plan" if place in linked else "not in the plan" for place in targets}


class Gatherer:
    """Gathers the inputs of reports; what they have in common is looked at once.

    ``linked`` are the places that a report may link to.
    """

    def __init__(self, linked: Collection[str], digests: Digests) -> None:
        self.digests = digests
        self._linked = frozenset(linked)
        self.packages = _Digested(installed())
        self._of_notebooks: dict[Path, dict[str, _Digested]] = {}
        self._followed: dict[tuple[Path, ...], Modules] = {}
        self._rooms: dict[Path, list[Path]] = {}

    def of(self, request: Request, formats: Iterable[str], targets: Collection[str] = ()) -> Inputs:
        """Return the inputs of a report; ``targets`` are the places that its last build had links to.

        The notebook of the report must be there.
        """
        report = request.report
        shared = self._of_notebook(report)
        output = {**request.output, "place": request.place, "kind": report.kind}
        named = [str(value) for value in request.values.values()]
        return Inputs(
            {
                **shared,
                "parameters": {
                    **{f"parameter {name}": repr(value) for name, value in request.values.items()},
                    **self._files_named(named, report),
                },
                "packages": self.packages,
                "rendering": self._rendering,
                "request": {
                    **{name: str(value) for name, value in output.items()},
                    "formats": ",".join(formats),
                    "brief": ",".join(report.brief) if BRIEF in formats else "",
                },
                "kinds": self._kinds,
                "links": links(targets, self._linked),
                "lock": self.lock,
            }
        )

    def _of_notebook(self, report: Report) -> dict[str, _Digested]:
        path = report.notebook_path
        if path not in self._of_notebooks:
            self._of_notebooks[path] = self._look_at(report)
        return self._of_notebooks[path]

    def _look_at(self, report: Report) -> dict[str, _Digested]:
        path = report.notebook_path
        shown = path.name
        digest = self.digests.of(path)
        cells, said = _cells(path, digest, self.digests)
        cells_source = source_of_cells(said, self.digests) if said is not None else UNTOLD
        found = self._modules(own_folders(path.parent, paths.project_root())).closure(
            together([cells_source, Source(modules=_ENGINE)])
        )
        own = {name: each for name, each in found.items() if not is_milaids(name)}
        notebook = {f"{shown}{_OF_CELLS}": cells}
        for file in (file for file in report.own_files() if file != path):
            notebook[f"beside {shown}: {file.name}"] = self.digests.of(file)
        notebook |= {f"module {name}": self.digests.of(file) for name, (file, _) in own.items()}
        outside = [cells_source, *(source for _, source in own.values())]
        notebook |= self._files_named([text for source in outside for text in source.texts], report)
        code = self._code(found)
        code[f"milaid/{_WARM}"] = self.digests.of(package_dir() / _WARM)
        return {
            "notebook": _Digested(notebook),
            "text": _Digested({f"{shown}: whole": digest}),
            "code": code,
            "tables": self._tables(cells_source, found),
        }

    def _code(self, found: Mapping[str, tuple[Path, Source]]) -> _Digested:
        """Return the files of milaid's own code among modules, with what else lies beside them."""
        files = [path for name, (path, _) in found.items() if is_milaids(name)]
        rooms = {path.parent for path in files}
        files += [path for room in sorted(rooms) for path in self._beside(room)]
        package = package_dir()
        names = {path: path.relative_to(package).as_posix() for path in files}
        return _Digested(
            {
                f"milaid/{name}": self.digests.of(path)
                for path, name in names.items()
                if name not in _READ_BY or _READ_BY[name] in found
            }
        )

    def _beside(self, room: Path) -> list[Path]:
        """Return the files of a package that are no modules: styles, templates, fonts."""
        if room not in self._rooms:
            self._rooms[room] = list(_no_modules(room))
        return self._rooms[room]

    def code(self, *modules: str) -> Group:
        """Return the files of milaid's own code that modules of it may come to use, each with its digest."""
        return self._code(self._modules(()).closure(Source(modules=modules)))

    def _modules(self, folders: tuple[Path, ...]) -> Modules:
        if folders not in self._followed:
            self._followed[folders] = Modules(folders, self.digests)
        return self._followed[folders]

    @cached_property
    def _rendering(self) -> Group:
        return self.code(*_RENDERING)

    @cached_property
    def lock(self) -> Group:
        """The file that pins every package; none where milaid was installed without it."""
        digest = self.digests.of(paths.lock_file())
        return {"lock": digest} if digest != NONE else {}

    @cached_property
    def _kinds(self) -> _Digested:
        """What pages and checks of links know of all kinds of reports."""
        return _Digested(
            {
                f"kind of reports {report.kind}": f"{report.place} {report.several!r}"
                for report in known().values()
            }
        )

    def _files_named(self, texts: Iterable[str], report: Report) -> dict[str, str]:
        """Return the files that texts name, as seen from where cells run or from the notebook."""
        found = {}
        for text in dict.fromkeys(texts):
            for folder in (paths.project_root(), report.notebook_path.parent):
                if (digest := self.digests.of(f"{folder}/{text}")) != NONE:
                    found[f"file {text}"] = digest
        return found

    def _tables(self, cells: Source, found: Mapping[str, tuple[Path, Source]]) -> _Digested:
        """Return the tables that may be read: those of activities all, of the others what is loaded by its name.

        Who knows the folder of the tables may read any; so may cells and modules that are not milaid's and use more
        than milaid.
        """
        strangers = [cells, *(source for name, (_, source) in found.items() if not is_milaids(name))]
        milaids = [source for name, (_, source) in found.items() if is_milaids(name) and name not in _READERS]
        store = [source for name, (_, source) in found.items() if name == _STORE]
        loads = {load for source in (*strangers, *milaids, *store) for load in source.loads}
        reads = {way for source in (*strangers, *milaids) for way in source.reads}
        every = bool(reads - {"reference_dir", "open"}) or any(
            leads_anywhere(source) or "open" in source.reads or _is_foreign(source) for source in strangers
        )
        places = self._places_of_loads
        told = set(places.values()) - {places[load] for load in loads if load in places}

        def may_be_read(name: str) -> bool:
            return every or name not in told or (name.startswith("reference/") and "reference_dir" in reads)

        return _Digested({f"table {name}": digest for name, digest in self.data.items() if may_be_read(name)})

    @cached_property
    def _places_of_loads(self) -> dict[str, str]:
        """Return the file below data/ that each function of the store loads, read from the text of the store."""
        path = package_dir() / "tables" / "store.py"
        key = f"places of loads {self.digests.of(path)}"
        known_places = self.digests.fact(key)
        if not isinstance(known_places, dict):
            known_places = _places_of_loads(path)
            self.digests.keep_fact(key, known_places)
        return known_places

    @cached_property
    def data(self) -> dict[str, str]:
        """Return the digest of every file of data/ that a report may read, by its place there."""
        folder = paths.data_dir()
        files = sorted(
            [
                *folder.glob("trainings/fy*.parquet"),
                *folder.glob("*.parquet"),
                *folder.glob("*.csv"),
                *folder.glob("reference/*"),
            ]
        )
        return {path.relative_to(folder).as_posix(): self.digests.of(path) for path in files}


def _is_foreign(source: Source) -> bool:
    """Return whether a text uses more than milaid's own modules: then it may read tables by itself."""
    return any(not name.startswith(".") and not is_milaids(name) for name in source.modules)


def _no_modules(room: Path) -> Iterable[Path]:
    """Yield the files of a package that are no modules, those in folders that are no packages too."""
    for entry in sorted(os.scandir(room), key=lambda entry: entry.name):
        if entry.name.startswith((".", "__pycache__")) or Path(entry.path) == package_dir() / paths.PACKAGED:
            continue
        path = room / entry.name
        if entry.is_dir():
            if not (path / "__init__.py").is_file():
                yield from _no_modules(path)
        elif path.suffix != ".py":
            yield path


def _cells(path: Path, digest: str, digests: Digests) -> tuple[str, list[str] | None]:
    """Return one digest of the code cells of a notebook and of what it says of itself, and the texts of these cells.

    None for the texts where the file is no notebook.
    """
    key = f"cells {digest}"
    fact = digests.fact(key)
    if isinstance(fact, list):
        return fact[0], fact[1]
    try:
        content = parse_json(path.read_text(encoding="utf-8"))
        cells: list[dict[str, Any]] = [cell for cell in content["cells"] if cell["cell_type"] == "code"]
        said = ["".join(cell["source"]) for cell in cells]
        about = {name: value for name, value in content.items() if name != "cells"}
        found = (joined([json.dumps([cells, about], sort_keys=True)]), said)
    except (OSError, ValueError, KeyError, TypeError):
        return digest, None
    digests.keep_fact(key, list(found))
    return found


def _places_of_loads(store: Path) -> dict[str, str]:
    """Return from the text of the store which file each ``load_x = Loader("file", ...)`` stands for."""
    found = {}
    try:
        statements = ast.parse(store.read_text(encoding="utf-8")).body
    except (OSError, SyntaxError):
        return {}
    for statement in statements:
        match statement:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Call(func=ast.Name(id="Loader"), args=[ast.Constant(value=str(place)), *_]),
            ):
                found[name] = place
    return found
