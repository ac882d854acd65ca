"""A process that builds reports for the worker of a cluster, and the handle by which the worker has it at work.

A worker of a cluster runs its tasks in threads, in the environment in which it happens to have been started. Reports
are built in the main thread of a process with the environment of a kernel: the keyboard and the end of a build reach
it there, and its own kernels are forked from a process that has everything loaded. Orders come in by its standard
input, deliveries leave by its standard output. When the worker ends, in whatever way, the input ends: then the process
ends its kernel and itself.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from typing import BinaryIO, cast

from milaid.publish.run.environment import settled
from milaid.publish.run.workers import prepare, stoppable

_BYTES_OF_LENGTH = 8
_SECONDS_TO_STOP = 15


class MakerEnded(Exception):
    """The process was ended from outside before it had delivered."""


class Maker:
    """The handle of one such process, for one order at a time."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=settled(os.environ),
        )
        self._orders = cast(BinaryIO, self.process.stdin)
        self._deliveries = cast(BinaryIO, self.process.stdout)

    def make(self, order: bytes, linked: bytes) -> bytes:
        """Return the delivery for an order; raises MakerEnded where the process ends before."""
        try:
            for part in (order, linked):
                _send(self._orders, part)
            return _receive(self._deliveries)
        except (OSError, EOFError) as error:
            self.end()
            raise MakerEnded(f"exit code {self.process.returncode}") from error

    def end(self) -> None:
        """End the process and what it is building; may be called by another thread than that which waits for it."""
        self.process.terminate()
        try:
            self.process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Makers:
    """The processes of one worker: as many as it has tasks at once, kept from one report of a build to the next."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[Maker] = []
        self._all: dict[Maker, str] = {}
        self._ended: set[str] = set()

    def make(self, build: str, order: bytes, linked: bytes) -> bytes:
        """Return the delivery for an order of a build; raises MakerEnded where the process ends before.

        A process serves one build only: the next may be of other code.
        """
        maker = self._take(build)
        try:
            delivered = maker.make(order, linked)
        except MakerEnded:
            with self._lock:
                self._all.pop(maker, None)
            raise
        with self._lock:
            if maker in self._all:
                self._idle.append(maker)
        return delivered

    def _take(self, build: str) -> Maker:
        with self._lock:
            if build in self._ended:
                raise MakerEnded("the build has ended")
            found = next((maker for maker in self._idle if self._all[maker] == build), None)
            if found is None:
                found = Maker()
                self._all[found] = build
            else:
                self._idle.remove(found)
            return found

    def end(self, build: str) -> None:
        """End the processes of a build, also those at work."""
        with self._lock:
            self._ended.add(build)
            own = [maker for maker, its in self._all.items() if its == build]
            for maker in own:
                del self._all[maker]
            self._idle = [maker for maker in self._idle if maker in self._all]
        for maker in own:
            maker.end()


def _send(stream: BinaryIO, content: bytes) -> None:
    stream.write(len(content).to_bytes(_BYTES_OF_LENGTH, "big"))
    stream.write(content)
    stream.flush()


def _receive(stream: BinaryIO) -> bytes:
    """Return the next content; raises EOFError at the end of the stream."""
    head = stream.read(_BYTES_OF_LENGTH)
    content = stream.read(int.from_bytes(head, "big"))
    if len(head) < _BYTES_OF_LENGTH or len(content) < int.from_bytes(head, "big"):
        raise EOFError
    return content


def serve() -> None:
    """Carry out orders until the input ends: what the process does."""
    from milaid.publish.suite.parcel import carry_out

    # What prints would otherwise print between the deliveries.
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    prepare()
    orders: queue.SimpleQueue[tuple[bytes, bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    while True:
        _send(out, stoppable(carry_out, *orders.get()))


def _listen(orders: queue.SimpleQueue[tuple[bytes, bytes]]) -> None:
    """Put what comes in where the main thread finds it; at the end of the input tell that thread to end."""
    try:
        while True:
            orders.put((_receive(sys.stdin.buffer), _receive(sys.stdin.buffer)))
    except EOFError:
        os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    serve()
