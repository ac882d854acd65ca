"""Which source the cells of a notebook had when they ran: told with every block that a cell shows.

JupyterLab keeps the outputs of a cell that is edited, and the file does not say so. So the metadata of a block's output
hold a digest of the cell that showed it, and of the cells run before it that showed none. An exporter compares them with
the cells as they are now.
"""

from __future__ import annotations

import hashlib
import sys
from typing import Any

KEY = "milaid"
"""Where the digests stand in the metadata of an output."""

_MOST_BEFORE = 100
_showing: set[int] = set()


def digest(source: str) -> str:
    """Return a digest of what a cell does: lines of comment, blank lines and spaces at the ends do not count."""
    lines = (line.rstrip() for line in source.splitlines())
    kept = [line for line in lines if line and not line.lstrip().startswith("#")]
    return hashlib.sha256("\n".join(kept).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def told() -> dict[str, Any]:
    """Return the metadata for the output of the cell that is running, {} outside of a notebook.

    ``source`` is its digest, ``before`` gives those of cells without a block by their execution count.
    """
    cells = history()
    if not cells:
        return {}
    count = len(cells)
    _showing.add(count)
    silent = [n for n in range(1, count) if n not in _showing][-_MOST_BEFORE:]
    before = {str(n): digest(cells[n - 1]) for n in silent}
    return {KEY: {"source": digest(cells[-1]), "before": before}}


def history() -> list[str]:
    """Return the cells that this kernel ran in their order, the one that is running last; [] outside of a notebook."""
    cells = getattr(getattr(_shell(), "history_manager", None), "input_hist_raw", None)
    # The first entry is none: execution counts begin at 1.
    return list(cells[1:]) if cells else []


def cell() -> str:
    """Return what tells the cell that is running from the others, "" outside of a notebook.

    JupyterLab names it, also when it is run again. Who runs a notebook from its start to its end need not name it: there
    its execution count does.
    """
    if not (cells := history()):
        return ""
    parent = getattr(_shell(), "parent_header", None)
    metadata = parent.get("metadata") if isinstance(parent, dict) else None
    named = metadata.get("cellId") if isinstance(metadata, dict) else None
    return str(named or len(cells))


def _shell() -> Any:
    return getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
