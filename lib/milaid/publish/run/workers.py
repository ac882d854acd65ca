"""Processes that make reports side by side, and how they are stopped without leaving anything half done.

The keyboard stops the process that started them; it tells the workers, which end their kernels and remove what
they have begun. A worker runs in the same environment as a kernel, and shows no progress of its own.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from milaid import paths
from milaid.processes import processes, quiet

Result = TypeVar("Result")
OBJECTS_BETWEEN_LOOKS = 50_000
"""Objects that workers and kernels make before Python looks which of them are no longer needed."""
_at_work = False


@dataclass(frozen=True)
class Crew:
    """What makes reports side by side, and how many of them at once."""

    executor: Executor
    at_once: int


Pool = Callable[[int], AbstractContextManager[Crew]]
"""Makes a crew for so many reports at once; it may be of another size where that is not for this machine to say."""


@contextmanager
def local_pool(workers: int) -> Iterator[Crew]:
    """Yield a crew of that many processes; on an error or the keyboard they are stopped first."""
    from milaid.publish.run.environment import settled_environment

    with settled_environment(), processes(workers, prepare) as pool:
        yield Crew(pool, workers)


def stoppable(work: Callable[..., Result], *arguments: Any) -> Result:
    """Do a piece of work in a worker; when the worker is told to end, the work is unwound first."""
    global _at_work
    _at_work = True
    try:
        return work(*arguments)
    except KeyboardInterrupt:
        # Without the ceremony of an ending Python: it would print what the event loop left undone.
        os._exit(128 + signal.SIGTERM)
    finally:
        _at_work = False


def prepare() -> None:
    """Make a new process a worker: called by its main thread before it does any work."""
    from milaid.publish.run import forked

    forked.allow()
    os.umask(paths.OTHERS_READ)
    # Typst would lay out one report by all cores, and each of them has a report.
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS, 10, 2)
    signal.signal(signal.SIGTERM, _end)
    quiet()


def _end(number: int, frame: Any) -> None:
    if not _at_work:
        os._exit(128 + number)
    # The pool tells its workers again when the first of them has ended; unwinding must not be disturbed.
    signal.signal(number, _unmoved)
    raise KeyboardInterrupt


def _unmoved(number: int, frame: Any) -> None:
    """Let a signal pass."""
