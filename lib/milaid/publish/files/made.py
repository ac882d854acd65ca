"""How a report was made, as its notebook says it: values, versions, digests, and the files that lie beside its page."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from nbformat import NotebookNode

from milaid.publish.registry.parameter import Value
from milaid.publish.run.parameters import values_in


@dataclass(frozen=True)
class Making:
    """What is known of the making of a report.

    ``values`` are its parameters as they were asked for; ``version``, ``data`` and ``code`` the version of milaid and
    digests of the tables and the code, "" where they are not known. ``formats`` are those that were made beside the
    notebook, () for a notebook that was not built as it is now.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    version: str = ""
    data: str = ""
    code: str = ""
    formats: tuple[str, ...] = ()

    def command(self, kind: str) -> str:
        """Return the command that makes a report of this kind with these values."""
        options = (
            f"--{name.replace('_', '-')} {shlex.quote(str(value))}" for name, value in self.values.items()
        )
        return " ".join(["milaid report", kind, *options])


NOT_BUILT = Making()


def making(notebook: NotebookNode) -> Making:
    """Return how a notebook was made; nothing for one that was not built, or that has other values by now."""
    about, digests = notebook.metadata.get("milaid", {}), notebook.metadata.get("milaid_inputs", {})
    values, now = about.get("parameters"), values_in(notebook)
    if values is None or any(now.get(name) != value for name, value in values.items()):
        return NOT_BUILT
    known = {name: str(digests.get(name, "")) for name in ("version", "data", "code")}
    return Making(values, **known, formats=tuple(about.get("formats", ())))
