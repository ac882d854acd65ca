"""A process that was started by another ends when that one does, however that ends.

The end of a process is told to those that it started by a pipe that only it holds open: everywhere, and also where it was
killed. Linux can end them by itself besides, which a step that keeps all threads of Python waiting does not delay.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait

_SET_PARENT_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
_SECONDS_BETWEEN_LOOKS = 0.2


def end() -> None:
    """End this process at once, without any ceremony."""
    if hasattr(signal, "SIGKILL"):
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(1)


def end_with_parent(by_main_thread: bool = False, how: Callable[[], None] = end) -> None:
    """End this process, one of :mod:`multiprocessing`, when the one that started it ends.

    ``by_main_thread`` says that its main thread did: Linux takes the end of the thread for the end of the process. ``how``
    is what ends this process.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if by_main_thread and sys.platform == "linux" and hasattr(signal, "SIGKILL"):
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    threading.Thread(target=_watch, args=(parent.sentinel, how), name="milaid-lifeline", daemon=True).start()


@contextmanager
def while_parent_lives() -> Iterator[None]:
    """End this process when the one that started it ends within the block; no thread is left at its end.

    For a process that forks others, and looks for its parent by itself once it has loaded what they share.
    """
    parent, done = os.getppid(), threading.Event()

    def look() -> None:
        while not done.wait(_SECONDS_BETWEEN_LOOKS):
            if os.getppid() != parent:
                end()

    looking = threading.Thread(target=look, name="milaid-lifeline", daemon=True)
    looking.start()
    try:
        yield
    finally:
        done.set()
        looking.join()


def _watch(parent: int, how: Callable[[], None]) -> None:
    wait([parent])
    how()
