"""Processes that work side by side: none is left behind, and none is waited for that cannot do its work."""

from __future__ import annotations

import _thread
import errno
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, current_process, get_context
from typing import Any

from milaid import lifeline, memory, progress
from milaid.errors import ReportError
from milaid.stopping import SIGNALS
from milaid.temporary import everything_in, temporary_folder

_MOST_ON_WINDOWS = 61
"""Processes that Windows lets one process wait for."""
_SECONDS_TO_STOP = 3
"""So long, all together, processes may take to end what they have begun; then they are ended."""
_NO_THREAD = "can't start new thread"


class NoMore(ReportError):
    """The system gives no more processes, threads or memory."""

    def __init__(self, told: str) -> None:
        super().__init__(
            f"the system gives no more processes, threads or memory ({told}); end other programs, raise the limits "
            "(ulimit -a), or do less at once with --jobs 1"
        )


def quiet() -> None:
    """Have this process leave progress and keyboard to the one that started it; what was held back reaches it now."""
    progress.hush()
    signal.signal(signal.SIGINT, _unmoved)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def _unmoved(number: int, frame: Any) -> None:
    """Let a signal pass; unlike one that is ignored, it is not kept from what this process starts."""


@contextmanager
def processes(workers: int, prepare: Callable[[], None] = quiet) -> Iterator[ProcessPoolExecutor]:
    """Give so many processes; ``prepare`` is called in each before its first piece of work.

    On an error or the keyboard they are ended first. Raises NoMore where the system cannot start what is needed.
    Their temporary files lie in one folder, which is removed at the end.
    """
    if sys.platform == "win32":
        workers = min(workers, _MOST_ON_WINDOWS)
    others = set(active_children())
    in_main = threading.current_thread() is threading.main_thread()
    failures: list[str] = []
    with temporary_folder() as folder, everything_in(folder), _sockets_in(str(folder)), _failing(failures):
        pool = ProcessPoolExecutor(
            workers, get_context("spawn"), initializer=_begin, initargs=(in_main, prepare)
        )
        try:
            yield pool
            pool.shutdown()
        except BaseException as error:
            want = failures[0] if failures else str(error) if _is_want(error) else ""
            own = [process for process in active_children() if process not in others]
            for process in own:
                # One that is still starting holds back what asks it to end, and has begun nothing.
                process.kill() if want else process.terminate()
            pool.shutdown(wait=False, cancel_futures=True)
            last = time.monotonic() + _SECONDS_TO_STOP
            for process in own:
                process.join(max(0.0, last - time.monotonic()))
                process.kill()
            if want:
                raise NoMore(want) from error
            raise


def _is_want(error: BaseException) -> bool:
    """Return whether an error says that the system gives no more."""
    if isinstance(error, OSError):
        return error.errno in (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE)
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and _NO_THREAD in str(error))


def _begin(in_main: bool, prepare: Callable[[], None]) -> None:
    lifeline.end_with_parent(in_main)
    prepare()


@contextmanager
def _sockets_in(folder: str) -> Iterator[None]:
    """Have multiprocessing make its sockets in a folder: its own one stays when this process is killed."""
    config: dict[str, Any] = current_process()._config  # type: ignore[attr-defined]
    before = config.get("tempdir")
    config["tempdir"] = folder
    try:
        yield
    finally:
        config["tempdir"] = before


@contextmanager
def _failing(failures: list[str]) -> Iterator[None]:
    """Stop what waits for the processes when the thread that deals with them has died: it would wait for ever."""
    before = threading.excepthook

    def told(seen: threading.ExceptHookArgs) -> None:
        if type(seen.thread).__name__ != "_ExecutorManagerThread":
            before(seen)
            return
        failures.append(str(seen.exc_value))
        _thread.interrupt_main()

    threading.excepthook = told
    try:
        yield
    finally:
        threading.excepthook = before


def require_threads_and_files(threads: int, files: int) -> None:
    """Check that so many threads can be started and files opened: for a library that does not survive that they cannot.

    The stacks of threads stay with the process, so that those of the library find room. Raises NoMore, and OSError for files.
    """
    ended = threading.Event()
    started: list[threading.Thread] = []
    opened: list[int] = []
    try:
        for _ in range(threads):
            thread = threading.Thread(target=ended.wait, daemon=True)
            thread.start()
            started.append(thread)
        for _ in range(files):
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except (RuntimeError, MemoryError) as error:
        raise NoMore(str(error)) from error
    except OSError as error:
        # Which file it was says nothing.
        raise OSError(error.errno, error.strerror) from error
    finally:
        ended.set()
        for number in opened:
            os.close(number)
        for thread in started:
            thread.join()


def cores() -> int:
    """Return how many pieces of work this machine can do at once, by its cores and by the memory of a container."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return memory.at_once(found)
