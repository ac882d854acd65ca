"""The modules that may be imported from a place on, followed through their texts; installed packages are not entered."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable
from functools import cache, partial
from pathlib import Path

import milaid
from milaid import paths
from milaid.publish.inputs.digests import Digests
from milaid.publish.inputs.sources import Source, source_of

PACKAGE = "milaid"
_LEADS_NOWHERE = frozenset({PACKAGE, f"{PACKAGE}.blocks.saving"})
"""What is not followed: the names of the front door, which are followed where they are used, and what saves an exhibit to a
file beside the report."""


def package_dir() -> Path:
    """Return the folder of milaid's own code."""
    return Path(milaid.__file__).parent


def own_folders(*first: Path) -> tuple[Path, ...]:
    """Return the folders that modules are imported from, those of installed packages and of Python itself left out."""
    installed = {Path(sysconfig.get_paths()[name]).resolve() for name in ("stdlib", "platstdlib")}
    installed |= {
        path.resolve() for path in map(Path, sys.path) if path.name in ("site-packages", "dist-packages")
    }
    if paths.is_installed():
        # Wherever that is: other packages lie beside it.
        installed.add(package_dir().parent.resolve())
    found = dict.fromkeys(path.resolve() for path in first)
    for path in (package_dir().parent.resolve(), *_folders_of_path()):
        inside = any(path == folder or folder in path.parents for folder in installed)
        if path.is_dir() and not inside:
            found.setdefault(path)
    return tuple(found)


def _folders_of_path() -> list[Path]:
    named = [*os.environ.get("PYTHONPATH", "").split(os.pathsep), *sys.path]
    return [Path(name).resolve() for name in named if name]


def is_milaids(name: str) -> bool:
    """Return whether a module is one of milaid."""
    return name == PACKAGE or name.startswith(f"{PACKAGE}.")


def leads_anywhere(source: Source) -> bool:
    """Return whether a text that is not milaid's may run any of it: it does not say what, or comes in by the front door.

    ``import milaid`` alone imports nothing; its names lead to all of it when they are used.
    """
    return source.untold or PACKAGE in source.modules


class Modules:
    """Finds modules below some folders and follows what they import; each folder and module is looked at once."""

    def __init__(self, folders: tuple[Path, ...], digests: Digests) -> None:
        self._folders = folders
        self._places = cache(self._find)
        self._folders_with = cache(self._find_folders)
        self._names_in = cache(_names_in)
        self._source = cache(partial(source_of, digests=digests))

    def closure(self, start: Source, package: str = "") -> dict[str, tuple[Path, Source]]:
        """Return every module that may be imported from a text, by its name with its file and what it leads to.

        Where two folders have a module of one name both count: ``name`` and ``name (2)``. ``package`` is that of the
        text itself. Where a text does not say what it imports, all of milaid counts; so it does where a text that is
        not milaid's comes in by the front door.
        """
        found: dict[str, tuple[Path, Source]] = {}
        done: set[str] = set()
        todo = [*_absolute(start.modules, package), *(_all_of_milaid() if leads_anywhere(start) else ())]
        while todo:
            name = todo.pop()
            if not name or name in done:
                continue
            done.add(name)
            if "." in name:
                todo.append(name.rpartition(".")[0])
            for number, path in enumerate(self._places(name)):
                source = self._source(path)
                found[f"{name} ({number + 1})" if number else name] = (path, source)
                inside = name if path.name == "__init__.py" else name.rpartition(".")[0]
                if name in _LEADS_NOWHERE:
                    continue
                todo += _absolute(source.modules, inside)
                anywhere = source.untold if is_milaids(name) else leads_anywhere(source)
                todo += _all_of_milaid() if anywhere else ()
        return found

    def _find(self, name: str) -> tuple[Path, ...]:
        first, *_ = name.split(".")
        inside = name.replace(".", os.sep)
        found = (self._file(f"{folder}{os.sep}{inside}") for folder in self._folders_with(first))
        return tuple(file for file in found if file)

    def _file(self, place: str) -> Path | None:
        """Return the file of a module by its place without an ending; most names of a text are of no module."""
        folder, _, name = place.rpartition(os.sep)
        if name in self._names_in(folder) and (file := Path(place, "__init__.py")).is_file():
            return file
        if f"{name}.py" in self._names_in(folder) and (file := Path(f"{place}.py")).is_file():
            return file
        return None

    def _find_folders(self, first: str) -> tuple[Path, ...]:
        if first == PACKAGE:
            return (package_dir().parent,)
        return tuple(
            folder for folder in self._folders if {first, f"{first}.py"} & self._names_in(str(folder))
        )


def _names_in(folder: str) -> frozenset[str]:
    try:
        return frozenset(entry.name for entry in os.scandir(folder))
    except OSError:
        return frozenset()


def _absolute(names: Iterable[str], package: str) -> Iterable[str]:
    for name in names:
        plain = name.lstrip(".")
        level = len(name) - len(plain)
        if not level:
            yield plain
            continue
        parts = package.split(".") if package else []
        base = parts[: len(parts) - level + 1]
        yield ".".join([*base, *([plain] if plain else [])])


def _all_of_milaid() -> list[str]:
    """Return the names of all modules of milaid."""
    package = package_dir()
    found = []
    for path in package.rglob("*.py"):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found
