"""The kernel that notebooks run in: an ipykernel that reads no settings of whoever happens to run it.

What lies in a home, in the current folder or in /etc (profiles and startup files of IPython, a ``matplotlibrc``) is for
work by hand. A report that is made takes none of it, so that its bytes are the same for everyone.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from milaid import memory

FILE_OF_CONNECTION = "-f"
FIRST_LINE = "--IPKernelApp.exec_lines=import milaid.exhibits"
"""What every kernel runs first, forked or not: blocks show themselves as HTML from then on. A forked kernel has it
imported already, and bytes are to be equal.
"""


_MOST_KEPT = 12_000_000
"""Bytes that a kernel may have more after a cell than when it last gave back what libraries keep."""


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """Be in a folder of this package meanwhile: matplotlib reads its settings from the current one when it is imported."""
    here = Path.cwd()
    os.chdir(Path(__file__).parent)
    try:
        yield
    finally:
        os.chdir(here)


def run(file: str, *arguments: str) -> None:
    """Be a kernel for a connection file until told to end; what IPython keeps in a home lies beside that file."""
    with apart():
        import matplotlib as matplotlib
    from ipykernel.kernelapp import IPKernelApp

    class SettledKernelApp(IPKernelApp):
        """Takes its settings from its arguments alone."""

        def init_shell(self) -> None:
            """Give memory back after cells that took much of it for a while."""
            super().init_shell()
            shell: Any = self.shell
            shell.events.register("post_run_cell", _Tidying())

        def load_config_file(self, *given: Any, **named: Any) -> None:
            """Read no configuration, wherever one lies."""

        def _run_startup_files(self) -> None:
            """Run none: neither those of a profile nor that of PYTHONSTARTUP."""

    beside = f"--IPKernelApp.ipython_dir={Path(file).parent}"
    SettledKernelApp.launch_instance(
        argv=[FILE_OF_CONNECTION, file, beside, "--HistoryManager.enabled=False", *arguments, FIRST_LINE]
    )


class _Tidying:
    """Gives back what cells took for a while and is no longer used, where it is much: libraries keep it for what may come."""

    def __init__(self) -> None:
        self._before = memory.resident() or 0

    def __call__(self, *_: Any) -> None:
        now = memory.resident()
        if now is not None and now - self._before > _MOST_KEPT:
            memory.give_back()
            self._before = memory.resident() or 0


if __name__ == "__main__":
    # As ipykernel does: the current folder is searched for modules once what the kernel needs is imported.
    if sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]
    import faulthandler

    # A crash is told on stderr.
    faulthandler.enable()
    run(sys.argv[sys.argv.index(FILE_OF_CONNECTION) + 1])
