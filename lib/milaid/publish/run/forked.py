"""Kernels that are forked from a process which has libraries and tables loaded already.

Each is an ipykernel of its own, a process apart from all others; what was loaded before is shared with the process it
was forked from and costs nothing. Used by the workers of a build on Linux. On other systems, and for a single report,
kernels are started anew (:mod:`milaid.publish.run.environment`); the bytes are the same. Only here may stand what
Windows has not.
"""

from __future__ import annotations

import asyncio
import faulthandler
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from nbclient.exceptions import DeadKernelError

from milaid import lifeline
from milaid.publish.run import kernel

NAME = "milaid-forked"
"""The name of the entry point in the group ``jupyter_client.kernel_provisioners``."""
METHOD = "forkserver"
WARM = "milaid.publish.run.warm"
_SECONDS_BETWEEN_LOOKS = 0.02


_allowed = False


def allow() -> None:
    """Let the kernels of this process be forked: for one that makes many reports."""
    global _allowed
    _allowed = True
    # What -W and PYTHONWARNINGS asked of this process would be handed on to them.
    sys.warnoptions.clear()


def wanted() -> bool:
    """Return whether kernels of this process are forked, which the system must be able to.

    Windows cannot. On macOS libraries of the system may crash in a fork of a process that has used them, which is why
    Python itself starts processes anew there.
    """
    return _allowed and sys.platform == "linux" and METHOD in multiprocessing.get_all_start_methods()


@contextmanager
def _without_program() -> Iterator[None]:
    """Hide what this process was started as: each fork would import the whole program, which no kernel needs."""
    program = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


class ForkedProvisioner(LocalProvisioner):
    """Starts the kernel as a fork of the warm process; the first start in a process makes that one."""

    forked: BaseProcess | None = None

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel to look after."""
        return self.forked is not None

    async def poll(self) -> int | None:
        """Return None while the kernel runs, else its exit code."""
        return 0 if self.forked is None else self.forked.exitcode

    async def wait(self) -> int | None:
        """Wait until the kernel has ended and return its exit code."""
        if self.forked is None:
            return 0
        while self.forked.exitcode is None:
            await asyncio.sleep(_SECONDS_BETWEEN_LOOKS)
        code = self.forked.exitcode
        self.forked.close()
        self.forked = None
        return code

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it has started; one that has ended gets none."""
        if self.forked is None or self.forked.exitcode is not None or self.pid is None:
            return
        try:
            os.killpg(self.pid, signum)
        except ProcessLookupError:
            # Between its fork and its first line a kernel leads no group yet.
            os.kill(self.pid, signum)

    async def kill(self, restart: bool = False) -> None:
        """End the kernel at once."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """Ask the kernel to end."""
        await self.send_signal(signal.SIGTERM)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel for the connection file that the command names."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([WARM])
        file = cmd[cmd.index(kernel.FILE_OF_CONNECTION) + 1]
        environment, folder = dict(kwargs.get("env") or os.environ), str(kwargs.get("cwd") or Path.cwd())
        # An open file cannot be sent to another process; its name can.
        stderr = getattr(kwargs.get("stderr"), "name", "")
        self.forked = context.Process(target=_run_kernel, args=(file, environment, folder, stderr))
        with _without_program():
            try:
                self.forked.start()
            except (EOFError, ConnectionError) as error:
                raise DeadKernelError(f"what it is forked from has ended ({error})") from error
        self.pid = self.forked.pid
        return self.connection_info


def _let_go_of_the_worker() -> None:
    """Close what tells the process that kernels are forked from that someone still needs it.

    Each fork holds it open as well: when the worker is killed, that process would live as long as the kernel does, and
    the kernel as long as that process.
    """
    # There is no such module where the system cannot fork.
    from multiprocessing import forkserver

    held = forkserver._forkserver._forkserver_alive_fd  # type: ignore[attr-defined]
    if held is not None:
        os.close(held)
        forkserver._forkserver._forkserver_alive_fd = None  # type: ignore[attr-defined]


def _end_all() -> None:
    """End this kernel, and what its cells have started."""
    os.killpg(os.getpid(), signal.SIGKILL)


def _run_kernel(file: str, environment: dict[str, str], folder: str, stderr: str) -> None:
    """Be a kernel until told to end; ``stderr`` is the file for what it writes there."""
    os.setsid()
    _let_go_of_the_worker()
    lifeline.end_with_parent(how=_end_all)
    if stderr:
        # Stays open: a crash is told there.
        written = Path(stderr).open("ab")  # noqa: SIM115
        os.dup2(written.fileno(), sys.stderr.fileno())
        faulthandler.enable(written)
    os.chdir(folder)
    added = [part for part in environment.get("PYTHONPATH", "").split(os.pathsep) if part]
    sys.path[:0] = [part for part in added if part not in sys.path]
    os.environ.clear()
    os.environ.update(environment)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    # It ends when the process that it was forked from does.
    kernel.run(file, f"--IPKernelApp.parent_handle={os.getppid()}")
