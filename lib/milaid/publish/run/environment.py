"""The environment in which notebooks run and pages are made: the same everywhere, so that bytes are equal."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import weakref
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.localinterfaces import localhost
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

from milaid.errors import WHOLE_TRACEBACK
from milaid.publish.run import forked, kernel
from milaid.temporary import temporary_folder

SETTINGS = {
    # Gives back what was read of a table; the pool that comes with Arrow keeps a hundred megabytes.
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "LC_ALL": "C.UTF-8",
    # An empty file: the settings that come with matplotlib.
    "MATPLOTLIBRC": os.devnull,
    "MPLBACKEND": "agg",
    "OPENBLAS_NUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "0",
    "TZ": "UTC",
}
"""Variables of every kernel. They are set whatever the caller's shell says."""

_OF_THE_USER = (
    "ARROW_*", "BLIS_*", "CLICOLOR*", "COLORTERM", "COLUMNS", "DUCKDB_*", "FORCE_COLOR", "IPYTHON*", "JPY_*", "JUPYTER_*",
    "LANG", "LANGUAGE", "LC_*", "LINES", "MATPLOTLIB*", "MKL_*", "MPL*", "NO_COLOR", "NPY_*", "NUMEXPR_*", "OMP_*",
    "OPENBLAS_*", "PANDAS_*", "PAPERMILL_*", "PYDEVD_*", "PYTHON*",
)  # fmt: skip
"""Variables by which people set up Python and its libraries for themselves: no kernel gets them.

What notebooks read by names of their own, and what says how the net is reached, stays."""
_WHERE_CODE_LIES = frozenset({"PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "PYTHONPYCACHEPREFIX"})
"""Kept: without them another Python would run, and what lies there counts among what a report is made from."""
KERNEL_NAME = "python3"
_LONGEST_FOLDER = 70
"""Characters of the temporary folder: the address of a socket in it may have about a hundred in all."""


def environment(modules: str = "") -> dict[str, str]:
    """Return the environment of a kernel: the caller's without the user's settings, with :data:`SETTINGS`.

    Modules in the folder ``modules`` can be imported, as in a notebook that is opened there.
    """
    given = {**settled(os.environ), WHOLE_TRACEBACK: "1"}
    if modules:
        given["PYTHONPATH"] = os.pathsep.join(filter(None, (modules, given.get("PYTHONPATH"))))
    return given


def settled(given: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without the settings of the user, with :data:`SETTINGS`."""
    kept = {name: value for name, value in given.items() if not _is_setting(name)}
    return {**kept, **SETTINGS}


def _is_setting(name: str) -> bool:
    return name not in _WHERE_CODE_LIES and any(fnmatchcase(name, pattern) for pattern in _OF_THE_USER)


@contextmanager
def settled_environment() -> Iterator[None]:
    """Be in the environment of a kernel: some settings count only when a Python starts, and workers inherit them."""
    before = dict(os.environ)
    changed = settled(before)
    _become(changed, {name for name in before if name not in changed})
    try:
        yield
    finally:
        _become({name: before[name] for name in before}, {name for name in changed if name not in before})


def _become(wanted: Mapping[str, str], without: Collection[str]) -> None:
    for name in without:
        os.environ.pop(name, None)
    os.environ.update(wanted)


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
        return localhost() if self.transport == "tcp" else str(self._folder / "socket")

    @default("connection_file")
    def _connection_file(self) -> str:
        # The stock place is in the home, which may be one that nobody can write to.
        return str(self._folder / "connection.json")

    @cached_property
    def _folder(self) -> Path:
        """A folder of this kernel alone: for its sockets too, whose stock place two kernels at once would share."""
        folder = tempfile.gettempdir()
        around = Path(folder if len(folder) <= _LONGEST_FOLDER or os.name == "nt" else "/tmp")
        opened = ExitStack()
        self._remove_folder = weakref.finalize(self, opened.close)
        return opened.enter_context(temporary_folder(around))

    async def cleanup_resources(self, restart: bool = False) -> None:  # type: ignore[override]
        """Remove what a kernel leaves: its folder too, which a worker that is stopped has no time for at its end."""
        await super().cleanup_resources(restart=restart)
        if not restart and (remove := getattr(self, "_remove_folder", None)):
            remove()

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel there is; a worker's is forked where the system can."""
        provisioner = {"kernel_provisioner": {"provisioner_name": forked.NAME}}
        return KernelSpec(
            metadata=provisioner if forked.wanted() else {},
            argv=[sys.executable, "-m", kernel.__name__, kernel.FILE_OF_CONNECTION, "{connection_file}"],
            display_name="Python 3",
            language="python",
        )
