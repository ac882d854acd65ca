"""How the keyboard and a request to end are held back until what belongs together is done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""The keyboard, and a request to end."""


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
