"""docs/api.md, made of the docstrings of the front door: ``python -m milaid.api.reference > docs/api.md``."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable

import milaid
from milaid.blocks.block import Block
from milaid.blocks.provenance import How

_HEAD = """# The front door in Python

    import milaid as m

Names are read as people write them, and years as `2014`, `range(2010, 2021)`, `"2010-2020"`, `"FY2014"` or the edition
`"2014-2015"`. What is wrong is told in one message, with the nearest spelling. Every frame says in `frame.attrs` what is
counted, how it was selected, where it comes from, and a DuckDB query that gives the same numbers. A test runs every example
below, another makes this page of the docstrings: `python -m milaid.api.reference > docs/api.md`.

Columns are explained in the [data dictionary](data-dictionary.md).
"""
_EXHIBITS = """## Exhibits

What `m.country` and its like, `m.chart` and `m.table` return shows itself in a notebook; `print` shows it as text. `frame` is
its data.
"""
_ROLE = re.compile(r":\w+:`~?([^`]+)`")

OF_EXHIBITS: dict[str, Callable[..., object]] = {
    "exhibit.save": Block.save,
    "exhibit.how": Block.how,
    "exhibit.how().run": How.run,
}
"""What every exhibit can do beside showing itself."""


def page() -> str:
    """Return the page."""
    parts = [_HEAD]
    for name in milaid.__all__:
        parts.append(_entry(f"m.{name}", getattr(milaid, name)))
    parts.append(_EXHIBITS)
    parts += [_entry(name, function) for name, function in OF_EXHIBITS.items()]
    return "\n".join(parts)


def _entry(name: str, function: Callable[..., object]) -> str:
    """Return a function as a section: signature, text, and its example."""
    text, _, example = (inspect.getdoc(function) or "").partition("\n>>> ")
    prose = _ROLE.sub(r"`\1`", text).replace("``", "`").strip()
    shown = f"\n```python\n>>> {example.strip()}\n```\n" if example else ""
    return f"## {name}\n\n    {name}({_arguments(function)})\n\n{prose}\n{shown}"


def _arguments(function: Callable[..., object]) -> str:
    """Return the arguments with their defaults, without types."""
    parts: list[str] = []
    for each in inspect.signature(function).parameters.values():
        if each.kind is each.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        if each.name != "self":
            default = "" if each.default is each.empty else f"={each.default!r}".replace("'", '"')
            parts.append(f"{each.name}{default}")
    return ", ".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
