"""Processes that make reports side by side, and how they are stopped without leaving anything half done.

The keyboard stops the process that started them; it tells the workers, which end their kernels and remove what
they have begun. A worker runs in the same environment as a kernel, and shows no progress of its own.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from multiprocessing.util import get_temp_dir
from typing import Any, TypeVar

from milaid import paths, progress

Result = TypeVar("Result")
_SECONDS_TO_STOP = 15
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_MOST_ON_WINDOWS = 61
"""Processes that Windows lets one process wait for."""
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

    environment = ExitStack()
    environment.enter_context(settled_environment())
    others = set(active_children())
    # Workers and what they start share it, and it is removed when this process ends; they are ended without ceremony.
    get_temp_dir()
    if sys.platform == "win32":
        workers = min(workers, _MOST_ON_WINDOWS)
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=prepare)
    try:
        yield Crew(pool, workers)
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        own = [process for process in active_children() if process not in others]
        for process in own:
            process.terminate()
        for process in own:
            process.join(_SECONDS_TO_STOP)
            process.kill()
        raise
    finally:
        pool.shutdown()
        environment.close()


@contextmanager
def finishing() -> Iterator[None]:
    """Finish the block before the keyboard or a request to end is heeded: for files that belong together."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = {number: signal.signal(number, lambda seen, frame: held.append(seen)) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if held:
            signal.raise_signal(held[0])


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back the keyboard and a request to end until the block is done.

    A process started meanwhile inherits this, where the system can: it cannot be hit before it is prepared for it.
    """
    with finishing():
        if not hasattr(signal, "pthread_sigmask"):
            yield
            return
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


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
    progress.hush()
    signal.signal(signal.SIGINT, _unmoved)
    signal.signal(signal.SIGTERM, _end)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)


def _unmoved(number: int, frame: Any) -> None:
    """Let a signal pass; unlike one that is ignored, it is not kept from the kernels."""


def _end(number: int, frame: Any) -> None:
    if not _at_work:
        os._exit(128 + number)
    # The pool tells its workers again when the first of them has ended; unwinding must not be disturbed.
    signal.signal(number, _unmoved)
    raise KeyboardInterrupt
