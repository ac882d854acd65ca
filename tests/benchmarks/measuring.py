"""Runs a command as from the shell and measures it with all that it starts: CPU, wall time, peak memory.

A build has workers, kernels and processes of Typst; what outlives its parent is waited for too, so that no CPU is
missed. Peak memory is that of the largest process, seen every tenth of a second; both need Linux, elsewhere only the
command itself and its direct children are measured.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SUBREAPER = 36
_PROC = Path("/proc")


@dataclass(frozen=True)
class Measured:
    """CPU and wall seconds of a command with all that it started, and MiB of the largest process."""

    cpu: float
    wall: float
    largest: float
    said: str = ""


def measure(
    command: Sequence[str], folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Measured:
    """Run a command to its end and return what it took; one that fails ends the run with what it said."""
    adopt = sys.platform == "linux" and ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0) == 0
    before, started = _cpu(), time.perf_counter()
    done = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **(environment or {})}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    peaks: dict[str, float] = {}
    watcher = threading.Thread(target=_watch, args=(done, peaks), daemon=True)
    watcher.start()
    said, _ = done.communicate()
    wall = time.perf_counter() - started
    watcher.join()
    while adopt:
        try:
            os.wait()
        except ChildProcessError:
            break
    if done.returncode:
        sys.exit(f"{' '.join(command)}: ended with {done.returncode}\n{said}")
    return Measured(_cpu() - before, wall, max(peaks.values(), default=0.0), said)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(done: subprocess.Popen[str], peaks: dict[str, float]) -> None:
    while done.poll() is None:
        for process in _below(os.getpid()):
            try:
                text = (_PROC / process / "status").read_text("utf-8", "replace")
            except OSError:
                continue
            if (peak := peak_of(text)) is not None:
                peaks[process] = peak
        time.sleep(0.1)


def peak_of(status: str) -> float | None:
    """Return the MiB that a process took at most, None of one that has ended and is only waited for."""
    for line in status.splitlines():
        name, _, said = line.partition(":")
        if name == "VmHWM":
            return int(said.split()[0]) / 1024
    return None


def _below(root: int) -> set[str]:
    parents = {}
    for path in _PROC.glob("[0-9]*/stat"):
        try:
            parents[path.parent.name] = path.read_text("utf-8", "replace").rpartition(")")[2].split()[1]
        except (OSError, IndexError):
            continue
    found: set[str] = set()
    waiting = [str(root)]
    while waiting:
        parent = waiting.pop()
        children = {process for process, other in parents.items() if other == parent} - found
        found |= children
        waiting += children
    return found
