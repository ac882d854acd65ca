"""What cells write to stderr: it is for whoever makes a report, and no part of it.

Warnings name files of this machine, in a home or a temporary folder, and differ from run to run.
"""

from __future__ import annotations

import sys

from nbformat import NotebookNode


def without_stderr(notebook: NotebookNode) -> str:
    """Take out of the cells of a notebook what they wrote to stderr, and return it as one text."""
    written = []
    for cell in notebook.cells:
        if outputs := cell.get("outputs"):
            written += [output.text for output in outputs if _is_stderr(output)]
            cell.outputs = [output for output in outputs if not _is_stderr(output)]
    return "".join(written)


def tell(what: str, written: str) -> None:
    """Say on the terminal what the cells of a report wrote to stderr, in one piece; nothing where it is nothing."""
    if written.strip():
        lines = "".join(f"  {line}\n" for line in written.rstrip("\n").splitlines())
        sys.stderr.write(f"{what}: its cells wrote to stderr:\n{lines}")
        sys.stderr.flush()


def _is_stderr(output: NotebookNode) -> bool:
    return output.output_type == "stream" and output.name == "stderr"
