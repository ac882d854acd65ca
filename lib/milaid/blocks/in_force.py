"""Which values of parameters are in force in a notebook that papermill gave a second cell of them.

``papermill -p`` leaves the cell tagged ``parameters`` as it is and puts one tagged ``injected-parameters`` below it. Who
then changes the first one and runs all cells still gets the values of the second, which the notebook has to say.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from milaid.blocks.ran import history

_FIRST_LINE = "# Parameters"
"""How papermill begins the cell that it puts in; a kernel knows no tags."""


@dataclass(frozen=True)
class Overridden:
    """A parameter that two cells set to different values: the one in force, and the one that is not, as written."""

    name: str
    value: str
    other: str


def assigned(source: str) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name that a line sets by itself, with the expression of its value; raises SyntaxError."""
    for statement in ast.parse(source).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                yield name, value


def overridden(sources: Iterable[str] | None = None) -> tuple[Overridden, ...]:
    """Return what papermill's cell overrides, by the cells in the order they ran: those of this kernel by default."""
    in_force: dict[str, tuple[str, bool]] = {}
    own: dict[str, str] = {}
    for source in history() if sources is None else sources:
        injected = source.lstrip().startswith(_FIRST_LINE)
        for name, value in _literals(source):
            in_force[name] = (value, injected)
            if not injected:
                own[name] = value
    return tuple(
        Overridden(name, value, own[name])
        for name, (value, injected) in in_force.items()
        if injected and own.get(name, value) != value
    )


def values(sources: Iterable[str]) -> dict[str, str]:
    """Return the values in force after cells ran in this order, as written."""
    return {name: value for source in sources for name, value in _literals(source)}


def _literals(source: str) -> Iterator[tuple[str, str]]:
    """Yield what a cell sets to a number, a text or the like, as written."""
    try:
        found = list(assigned(source))
    except (SyntaxError, ValueError):
        return
    for name, value in found:
        try:
            ast.literal_eval(value)
        except (ValueError, TypeError, SyntaxError):
            continue
        yield name, ast.unparse(value)


def sentence(found: Overridden) -> str:
    """Return in words which of two values is in force, and what to do; plain text."""
    return (
        f"{found.name} is {found.value}, not {found.other}: the cell that begins with “{_FIRST_LINE}”, which papermill put "
        "below the cell of parameters, is in force. Change the value there, or delete that cell, and run all cells again."
    )
