"""The papermill engine of milaid: reports every cell, and hands over the notebook in place of saving it."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager

from milaid.processes import require_threads_and_files
from milaid.progress import Progress
from milaid.publish.run.environment import RunningPython, environment, transport

_STARTS = 3
"""How often a kernel over tcp is started: ports that were free are sometimes taken before it is there to use them."""
_THREADS, _FILES = 4, 48
"""Threads and files that talking to a kernel takes, and some; without one of them the library of the sockets ends the process."""
_NOT_STARTED = "Kernel d"
"""How nbclient begins to say that a kernel died, or did not answer, before its first cell."""


class CountingManager(NotebookExecutionManager):
    """Keeps papermill's record of the cells and counts them; the notebook is saved nowhere, its engine hands it over."""

    def __init__(self, notebook: NotebookNode, progress: Progress) -> None:
        super().__init__(notebook, progress_bar=False, autosave_cell_every=0)
        self.progress = progress

    def cell_complete(self, cell: NotebookNode, cell_index: int | None = None, **options: Any) -> None:
        """Record a cell as done and count it."""
        super().cell_complete(cell, cell_index=cell_index, **options)
        self.progress.advance()


class MilaidEngine(Engine):
    """Runs a notebook in a kernel of the running Python.

    Option ``label`` names it in the progress, ``modules`` is a folder that its cells import modules from, ``stderr``
    a file for what the kernel itself writes there. ``ran`` gets the notebook as it is at the end, which an error would not
    hand over.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: NotebookNode,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool = True,
        log_output: bool = False,
        autosave_cell_every: int = 0,
        label: str = "cells of the notebook",
        ran: list[NotebookNode] | None = None,
        **options: Any,
    ) -> NotebookNode:
        """Return the notebook with its outputs; a failed cell is marked in it, as papermill expects."""
        with Progress(label, total=len(nb.cells)) as progress:
            manager = CountingManager(nb, progress)
            manager.notebook_start()
            try:
                cls.execute_managed_notebook(manager, kernel_name, log_output=log_output, **options)
            finally:
                manager.notebook_complete()
                if ran is not None:
                    ran.append(manager.nb)
        return manager.nb

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        log_output: bool = False,
        execution_timeout: int | None = None,
        start_timeout: int = 60,
        modules: str = "",
        stderr: str = "",
        **options: Any,
    ) -> None:
        """Run the cells of a managed notebook, each with at most ``execution_timeout`` seconds."""
        client_options = {
            "kernel_manager_class": RunningPython,
            "kernel_name": kernel_name,
            "log": _unheard(),
            "log_output": log_output,
            "record_timing": False,
            "shutdown_kernel": "immediate",
            "startup_timeout": start_timeout,
            "timeout": execution_timeout,
        }
        require_threads_and_files(_THREADS, _FILES)
        with Path(stderr or os.devnull).open("ab") as written:
            for left in reversed(range(_STARTS if transport() == "tcp" else 1)):
                client = PapermillNotebookClient(nb_man, **client_options)
                try:
                    client.execute(env=environment(modules), stderr=written)
                    return
                except KeyboardInterrupt:
                    # A kernel that was still starting is not ended by its client.
                    if client.km is not None:
                        client._cleanup_kernel()
                    raise
                except RuntimeError as error:
                    if not left or isinstance(error, DeadKernelError) or client.code_cells_executed:
                        raise _told(error) from error


def _unheard() -> logging.Logger:
    """Return a log for what is raised as well."""
    log = logging.getLogger(f"{__name__}.unheard")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    return log


def _told(error: RuntimeError) -> RuntimeError:
    """Return an error as what it is: nbclient has no kind of its own for a kernel that has never answered."""
    return DeadKernelError(str(error)) if str(error).startswith(_NOT_STARTED) else error
