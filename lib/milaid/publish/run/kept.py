"""A notebook that was executed before, with the text of today: its cells of code need not run again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nbformat import NotebookNode
from papermill.iorw import load_notebook_node

from milaid.errors import RequestError
from milaid.publish.registry.notebook_file import read_notebook
from milaid.publish.registry.parameter import Value
from milaid.publish.run.execute import stripped
from milaid.publish.run.parameters import with_values

MADE_BY_REPORT = ("milaid", "milaid_inputs")
"""What a report adds to the metadata of its executed notebook."""


def executed_before(kept: Path, notebook: Path, values: Mapping[str, Value]) -> NotebookNode | None:
    """Return what running a notebook with ``values`` would give, from the file ``kept`` that running it gave before.

    Only texts may have changed in it since: None where its cells of code are not those that were run.
    """
    try:
        executed = read_notebook(kept)
        today = with_values(load_notebook_node(str(notebook)), values)
    except (OSError, ValueError, SyntaxError, RequestError):
        return None
    ran = [cell for cell in executed.cells if cell.cell_type == "code"]
    cells = []
    for cell in today.cells:
        if cell.cell_type != "code":
            cells.append(cell)
            continue
        if not ran or ran[0].source != cell.source or ran[0].get("id") != cell.get("id"):
            return None
        cells.append(ran.pop(0))
    if ran:
        return None
    executed.cells = cells
    for name in MADE_BY_REPORT:
        executed.metadata.pop(name, None)
    return stripped(executed)
