"""The environment in which notebooks run and pages are made: the same everywhere, so that bytes are equal."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import weakref
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.localinterfaces import localhost
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

from milaid.errors import WHOLE_TRACEBACK
from milaid.publish.run import forked
from milaid.temporary import temporary_folder

SETTINGS = {
    # Gives back what was read of a table; the pool that comes with Arrow keeps a hundred megabytes.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MPLBACKEND": "agg",
    "OPENBLAS_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "0",
    "TZ": "UTC",
}
"""Variables of every kernel. They are set whatever the caller's shell says."""

# A crash is told on stderr, and no name is left in the notebook.
_CRASHES = "; __import__('faulthandler').enable()"
KERNEL_NAME = "python3"
_LONGEST_FOLDER = 70
"""Characters of the temporary folder: the address of a socket in it may have about a hundred in all."""


def environment(modules: str = "") -> dict[str, str]:
    """Return the environment of a kernel: the caller's, with :data:`SETTINGS`.

    Modules in the folder ``modules`` can be imported, as in a notebook that is opened there.
    """
    given = {**os.environ, **SETTINGS, WHOLE_TRACEBACK: "1"}
    if modules:
        given["PYTHONPATH"] = os.pathsep.join(filter(None, (modules, given.get("PYTHONPATH"))))
    return given


def transport() -> str:
    """Return how kernels are reached: by sockets in a folder, or over tcp on Windows, which has none of these.

    In a folder they open no network port, and keep ipykernel from warning about one.
    """
    return "ipc" if hasattr(socket, "AF_UNIX") else "tcp"


class RunningPython(AsyncKernelManager):
    """Starts kernels with the Python that runs milaid, whatever kernels the user's home has installed."""

    @default("transport")
    def _transport(self) -> str:
        return transport()

    @default("ip")
    def _ip(self) -> str:
        if self.transport == "tcp":
            return localhost()
        # The stock place is one name in the current directory, which two kernels at once would share.
        return str(self._folder / "socket")

    @default("connection_file")
    def _connection_file(self) -> str:
        return str(self._folder / "connection.json")

    @cached_property
    def _folder(self) -> Path:
        folder = tempfile.gettempdir()
        around = Path(folder if len(folder) <= _LONGEST_FOLDER or os.name == "nt" else "/tmp")
        opened = ExitStack()
        self._remove_folder = weakref.finalize(self, opened.close)
        return opened.enter_context(temporary_folder(around))

    async def cleanup_resources(self, restart: bool = False) -> None:  # type: ignore[override]
        """Remove what a kernel leaves: its sockets too, which a worker that is stopped has no time for at its end."""
        await super().cleanup_resources(restart=restart)
        if not restart and (remove := getattr(self, "_remove_folder", None)):
            remove()

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel there is; a worker's is forked where the system can."""
        provisioner = {"kernel_provisioner": {"provisioner_name": forked.NAME}}
        return KernelSpec(
            metadata=provisioner if forked.wanted() else {},
            argv=[
                sys.executable,
                "-m",
                "ipykernel_launcher",
                "-f",
                "{connection_file}",
                f"{forked.FIRST_LINE}{_CRASHES}",
            ],
            display_name="Python 3",
            language="python",
        )
