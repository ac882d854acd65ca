"""Reports kept at any address that fsspec knows: a bucket, another machine, a folder.

What lies at the address is copied to a folder of this machine, the reports are built there as ever, and what is new
or changed is put at the address: each report when it is built, its notebook last, so that a report whose notebook is
there is whole; then the pages of the site, and what is told of reports that failed; the record of what is current
after all that it tells of. So another machine goes on where this one stopped, and what lies at the address is, byte for byte, what a folder would hold.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from milaid.errors import MilaidError, ReportError, RequestError
from milaid.parsing import parse_json
from milaid.publish.run.failures import Failure
from milaid.publish.run.workers import Crew, Pool
from milaid.publish.suite.building import Outcome
from milaid.publish.suite.record import RECORD
from milaid.replacing import write_whole
from milaid.temporary import temporary_folder
from milaid.walking import files_below

INDEX = ".destination.json"
"""What a folder of this machine has of an address; kept where the folder is kept."""
_WRITES_WHOLE = frozenset(
    ("s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "oci", "r2", "memory")
)
"""Stores in which a file is the old or the new one at any moment; elsewhere it is written under another name first."""
_STAMPS = ("ETag", "etag", "md5Hash", "mtime", "created", "LastModified", "last_modified")
_UNWRITTEN_REPORTS = 20
"""The record is put at the address when so many reports are, or a tenth of all: one that is lost is built again."""
_INSTALL = "install it: pip install 'milaid[remote]', in a checkout .uv/bin/uv sync --extra remote"


@contextmanager
def opened(address: str, kept: Path | None = None) -> Iterator[Destination]:
    """Yield what lies at an address, copied to the folder ``kept`` or to one that is removed at the end.

    Raises RequestError where the address cannot be used, and where ``kept`` holds files and was never used with one.
    """
    with ExitStack() as stack:
        folder = kept or (stack.enter_context(temporary_folder()))
        destination = Destination(address, folder.resolve())
        destination.pull()
        yield destination


def build_at(address: str, build: Callable[[Path, Pool], str], pool: Pool, kept: Path | None = None) -> str:
    """Build in the folder of an address, put what comes of it there, and return what ``build`` says was done.

    ``build`` is given the folder and what makes its crew. Errors are those of :func:`opened` and of ``build``.
    """
    with opened(address, kept) as destination:
        try:
            said = build(destination.folder, destination.putting(pool))
        except KeyboardInterrupt:
            destination.push_record()
            raise
        except MilaidError as error:
            destination.push_rest()
            raise type(error)(str(error).replace(str(destination.folder), address)) from error
        destination.push_rest()
        return said.replace(str(destination.folder), address)


@dataclass
class Destination:
    """An address, and the folder that is built in before anything is put there."""

    address: str
    folder: Path
    _same: dict[str, tuple[int, int]] = field(default_factory=dict)
    _left: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._store, self._root = _open(self.address)

    def pull(self) -> None:
        """Make the folder hold what lies at the address; files that it has already are not fetched again."""
        self.folder.mkdir(parents=True, exist_ok=True)
        own = self._names()
        used = (self.folder / INDEX).is_file()
        if own and not used:
            raise RequestError(
                f"{self.folder}: {min(own)} was not fetched from {self.address}; "
                "with --dest a folder is needed that is empty or was used with it before"
            )
        there, known = self._listing(), self._read_index()
        for name in own - there.keys():
            (self.folder / name).unlink()
        self._same = {
            name: (size, written)
            for name, (stamp, size, written) in known.items()
            if name in own and there.get(name) == stamp and self._stat(name) == (size, written)
        }
        self._fetch(sorted(there.keys() - self._same.keys()))

    def _fetch(self, names: list[str]) -> None:
        for name in names:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        with self._failing("cannot be read"):
            if names:
                self._store.get([self._at(name) for name in names], [str(self.folder / n) for n in names])
        self._same |= {name: self._stat(name) for name in names}

    def push(self, names: Iterable[str]) -> None:
        """Put files at the address that are new or changed, in the order given."""
        new = [name for name in names if self._same.get(name) != self._stat(name)]
        stats = {name: self._stat(name) for name in new}
        with self._failing("cannot be written"):
            for name in new:
                self._put(name)
        self._same |= stats

    def push_rest(self) -> None:
        """Put at the address what is not there yet, take away what is no more, and write the record last."""
        own = self._names()
        self.push(sorted(own - self._left, key=lambda name: (_is_record(name), name)))
        self._take_away(sorted(self._same.keys() - own))
        self._write_index()

    def _take_away(self, names: Iterable[str]) -> None:
        with self._failing("cannot be written"):
            for name in names:
                with suppress(FileNotFoundError):
                    self._store.rm_file(self._at(name))
                del self._same[name]

    def putting(self, pool: Pool) -> Pool:
        """Return what makes a crew that builds as another does, and puts each report at the address."""

        @contextmanager
        def with_puts(workers: int) -> Iterator[Crew]:
            with pool(workers) as crew:
                putting = _Putting(crew.executor, self)
                try:
                    yield Crew(putting, crew.at_once)
                except BaseException:
                    putting.shutdown(cancel_futures=True)
                    raise
                putting.shutdown()

        return with_puts

    def push_report(self, files: Iterable[Path]) -> None:
        """Put the files of a report at the address, its notebook last; where one fails, the others are left too.

        What the report had before and has no more is taken away first.
        """
        names = [path.relative_to(self.folder).as_posix() for path in files]
        own = {f"{name.removesuffix('.ipynb')}/" for name in names if name.endswith(".ipynb")}
        before = [name for name in self._same if any(name.startswith(folder) for folder in own)]
        try:
            self._take_away(sorted(name for name in before if not (self.folder / name).is_file()))
            self.push(sorted(names, key=lambda name: (name.endswith(".ipynb"), name)))
        except ReportError:
            self._left.update(names)
            raise

    def push_record(self) -> None:
        """Put the record at the address as it is now: all that it tells of is there."""
        self.push([RECORD] if (self.folder / RECORD).is_file() else [])

    def _put(self, name: str) -> None:
        place = self._at(name)
        if not _WRITES_WHOLE.isdisjoint(_protocols(self._store)):
            self._store.put_file(str(self.folder / name), place)
            return
        parent, _, last = place.rpartition("/")
        draft = f"{parent}/.{last}-{uuid.uuid4().hex[:8]}"
        self._store.makedirs(parent, exist_ok=True)
        self._store.put_file(str(self.folder / name), draft)
        self._store.mv(draft, place)

    def _at(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _stat(self, name: str) -> tuple[int, int]:
        found = (self.folder / name).stat()
        return found.st_size, found.st_mtime_ns

    def _names(self) -> set[str]:
        names = {path.relative_to(self.folder).as_posix() for path in files_below(self.folder)}
        return names | {RECORD} if (self.folder / RECORD).is_file() else names

    def _listing(self) -> dict[str, str]:
        """Return the files at the address, each with what changes when it is written."""
        with self._failing("cannot be read"):
            self._store.invalidate_cache()
            found = self._store.find(self._root, detail=True) if self._store.exists(self._root) else {}
        start = len(self._root.strip("/")) + 1
        stamps = {path.strip("/")[start:]: _stamp(info) for path, info in found.items()}
        return {name: stamp for name, stamp in stamps.items() if _is_kept(name)}

    def _read_index(self) -> dict[str, tuple[str, int, int]]:
        try:
            index = parse_json((self.folder / INDEX).read_text(encoding="utf-8"))
            files = index["files"] if index["address"] == self.address else {}
            return {name: (str(stamp), int(size), int(at)) for name, (stamp, size, at) in files.items()}
        except (OSError, ValueError, TypeError, KeyError):
            return {}

    def _write_index(self) -> None:
        there = self._listing()
        files = {name: (there[name], *stat) for name, stat in sorted(self._same.items()) if name in there}
        write_whole(self.folder / INDEX, json.dumps({"address": self.address, "files": files}, indent=1))

    @contextmanager
    def _failing(self, what: str) -> Iterator[None]:
        """Say of an error of the store what it is about; the packages of stores have errors of their own."""
        try:
            yield
        except Exception as error:
            raise ReportError(f"{self.address}: {what}: {type(error).__name__}: {error}") from error


class _Putting(Executor):
    """Hands work on to an executor; what was built counts as built when it is at the address."""

    def __init__(self, executor: Executor, destination: Destination) -> None:
        self._executor, self._destination = executor, destination
        self._writer = ThreadPoolExecutor(1, "milaid-put")
        self._all = self._put = self._told = 0

    def submit(self, work: Any, /, *arguments: Any, **named: Any) -> Future[Outcome]:  # type: ignore[override]
        self._all += 1
        outcome: Future[Outcome] = Future()
        made = self._executor.submit(work, *arguments, **named)
        made.add_done_callback(lambda done: self._receive(done, outcome))
        return outcome

    def _receive(self, done: Future[Outcome], outcome: Future[Outcome]) -> None:
        with suppress(RuntimeError):
            self._writer.submit(self._settle, done, outcome)

    def _settle(self, done: Future[Outcome], outcome: Future[Outcome]) -> None:
        try:
            made = done.result()
            if made.files:
                self._destination.push_report(made.files)
                self._put += 1
                if self._put - self._told >= max(_UNWRITTEN_REPORTS, self._all // 10):
                    self._told = self._put
                    self._destination.push_record()
            outcome.set_result(made)
        except ReportError as error:
            outcome.set_result(replace(made, files=(), failure=Failure(str(error))))
        except BaseException as error:
            outcome.set_exception(error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Finish what is being put; with ``cancel_futures`` what was only built is left."""
        self._writer.shutdown(wait=True, cancel_futures=cancel_futures)


def _open(address: str) -> tuple[Any, str]:
    """Return the store of an address and the path in it; raises RequestError where fsspec does not know it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise RequestError(f"--dest needs the package fsspec; {_INSTALL}") from error
    try:
        store, root = url_to_fs(address)
    except ImportError as error:
        raise RequestError(f"--dest {address}: {error}; for s3:// {_INSTALL}") from error
    except (ValueError, OSError) as error:
        raise RequestError(f"--dest {address}: this is no address that fsspec knows: {error}") from error
    return store, root.rstrip("/")


def _protocols(store: Any) -> set[str]:
    named = store.protocol
    return {named} if isinstance(named, str) else set(named)


def _stamp(info: dict[str, Any]) -> str:
    return f"{info.get('size')} {next((info[key] for key in _STAMPS if info.get(key)), '')}"


def _is_kept(name: str) -> bool:
    """Return whether a file is part of what is built: hidden ones are drafts or what this machine remembers of files,
    but for the record.
    """
    return _is_record(name) or not any(part.startswith(".") for part in name.split("/"))


def _is_record(name: str) -> bool:
    return name == RECORD
