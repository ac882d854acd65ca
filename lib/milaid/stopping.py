"""How the keyboard and a request to end are held back until what belongs together is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))
"""The keyboard, a request to end and, where there is such a signal, the end of the terminal."""


@contextmanager
def finishing() -> Iterator[None]:
    """Finish the block before the keyboard or a request to end is heeded: for files that belong together."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = {number: signal.signal(number, lambda seen, frame: held.append(seen)) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if held:
            signal.raise_signal(held[0])


@contextmanager
def as_by_keyboard() -> Iterator[list[int]]:
    """Heed a request to end, and the end of the terminal, as the keyboard; gives the list of what came."""
    seen: list[int] = []

    def stop(number: int, frame: Any) -> None:
        # Once: what is unwound must not be disturbed.
        for other in before:
            signal.signal(other, lambda number, frame: None)
        seen.append(number)
        # Not raised from here: an event loop heeds the keyboard in a way of its own.
        signal.raise_signal(signal.SIGINT)

    main = threading.current_thread() is threading.main_thread()
    # nohup has the end of the terminal ignored already.
    asking = [number for number in SIGNALS[1:] if main and signal.getsignal(number) == signal.SIG_DFL]
    before = dict.fromkeys(asking, signal.SIG_DFL)
    for number in before:
        signal.signal(number, stop)
    try:
        yield seen
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back the keyboard and a request to end until the block is done.

    A process started meanwhile inherits this, where the system can: it cannot be hit before it is prepared for it.
    """
    with finishing():
        if not hasattr(signal, "pthread_sigmask"):
            yield
            return
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
