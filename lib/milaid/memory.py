"""How much memory and how many threads the system gives, and whether that is enough: asked before any library is loaded.

Libraries in C end the process, wait for ever or say something else where they get no more; what is known before is told before.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from milaid.errors import ReportError

_MB = 10**6
ADDRESS_SPACE = 2_000 * _MB
"""Bytes of addresses that a process may need (ulimit -v): the kernel of a report with all its threads takes 1.6 GB of them."""
DATA = 1_000 * _MB
"""Bytes that a process may need for its data (ulimit -d): the kernel of a report takes 540 MB."""
CONTAINER = 800 * _MB
"""Bytes of memory that a command may need with all its processes: a build that makes one report at once takes 780 MB."""
THREADS = 100
"""Processes and threads that a command may need: a build that makes two reports at once has up to 60."""
_OF_ONE_REPORT, _BESIDE = 450 * _MB, 350 * _MB
"""What each report that is made at once takes, and what else a build does."""
_THREADS_OF_ONE_REPORT = 30
_CGROUPS, _OWN_CGROUPS = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")
_MEMORY = {"": "memory.max", "memory": "memory/memory.limit_in_bytes"}
_PIDS = {"": "pids.max", "pids": "pids/pids.max"}
"""Where a limit of a group of processes stands, in the second and in the first version of such groups."""
_STATE_OF_MEMORY = Path("/proc/self/statm")
_TOO_LITTLE = "there is too little memory"
_TOO_FEW = "too few processes can be started"
_OF_A_CONTAINER = "the container or group of processes may have"


def require_memory() -> None:
    """Check that the system gives what commands need. Raises ReportError with the limit, and what to do."""
    for name, option, needed in (("RLIMIT_AS", "v", ADDRESS_SPACE), ("RLIMIT_DATA", "d", DATA)):
        given = _limit_of_process(name)
        if given is not None and given < needed:
            raise ReportError(
                f"{_TOO_LITTLE}: the shell lets a process have {given // _MB:,} MB (ulimit -{option}), and milaid may need "
                f"{needed // _MB:,} MB; raise the limit (ulimit -{option} unlimited, or what a job asks its cluster for)"
            )
    given = _limit_of_container(_MEMORY)
    if given is not None and given < CONTAINER:
        raise ReportError(
            f"{_TOO_LITTLE}: {_OF_A_CONTAINER} {given // _MB:,} MB, and milaid may need {CONTAINER // _MB:,} MB; raise the "
            "limit, such as --memory of Docker or MemoryMax of systemd"
        )
    given = _limit_of_process("RLIMIT_NPROC")
    if given is not None and given < THREADS and not _is_superuser():
        raise ReportError(
            f"{_TOO_FEW}: the shell lets a user have {given} (ulimit -u), threads included, and milaid may need {THREADS}; raise "
            f"the limit: ulimit -u {10 * THREADS}"
        )
    given = _limit_of_container(_PIDS)
    if given is not None and given < THREADS:
        raise ReportError(
            f"{_TOO_FEW}: {_OF_A_CONTAINER} {given}, threads included, and milaid may need {THREADS}; raise "
            "the limit, such as --pids-limit of Docker or TasksMax of systemd"
        )


def resident() -> int | None:
    """Return the bytes of memory that this process has, what it shares with others counted; None where the system does not say."""
    try:
        return int(_STATE_OF_MEMORY.read_bytes().split()[1]) * mmap.PAGESIZE
    except OSError:
        return None


def give_back() -> None:
    """Return to the system what was used for a while and is no longer: libraries keep it for what may come."""
    if "pyarrow" in sys.modules:
        import pyarrow as pa

        pa.default_memory_pool().release_unused()
    library = ctypes.CDLL(None) if sys.platform != "win32" else None
    if library is not None and hasattr(library, "malloc_trim"):
        library.malloc_trim(0)


def _is_superuser() -> bool:
    """Return whether the system holds this process to no number of processes."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def at_once(pieces: int) -> int:
    """Return how many of so many reports can be made at once in what a container has: one at least."""
    memory, threads = _limit_of_container(_MEMORY), _limit_of_container(_PIDS)
    if memory is not None:
        pieces = min(pieces, (memory - _BESIDE) // _OF_ONE_REPORT)
    if threads is not None:
        pieces = min(pieces, threads // _THREADS_OF_ONE_REPORT)
    return max(1, pieces)


def _limit_of_process(name: str) -> int | None:
    """Return a limit of this process, None where there is none or the system has no such limits."""
    if sys.platform != "win32":
        import resource

        limit = resource.getrlimit(getattr(resource, name))[0]
        return None if limit == resource.RLIM_INFINITY else limit
    return None


def _limit_of_container(files: Mapping[str, str]) -> int | None:
    """Return the smallest of the limits that the groups of this process have; None where none has one."""
    found = []
    for path in _files_of_limits(files):
        try:
            said = path.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            continue
        if said.isdecimal():
            found.append(int(said))
    return min(found, default=None)


def _files_of_limits(files: Mapping[str, str]) -> Iterator[Path]:
    """Yield the files that may hold a limit: of each group, of those around it, and of the container as seen from inside."""
    try:
        lines = _OWN_CGROUPS.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return
    for line in lines:
        _, controllers, place = f"{line}::".split(":")[:3]
        for controller in controllers.split(","):
            if controller in files:
                file = _CGROUPS / files[controller]
                # A container sees its own group as the root, and may see the name that it has outside.
                group = Path(place.lstrip("/"))
                yield from (file.parent / part / file.name for part in (group, *group.parents))
