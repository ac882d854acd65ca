"""``milaid params``: the parameters of a report in words."""

from __future__ import annotations

from collections.abc import Sequence

from milaid.publish.registry.known import find_report
from milaid.publish.registry.parameter import Parameter


def describe(kind: str) -> str:
    """Return the parameters of a report as an aligned table of text, then what the codes in it stand for."""
    report = find_report(kind)
    parameters = report.find_parameters()
    rows = [("name", "type", "default", "allowed", "help")]
    for p in parameters:
        allowed = f"one of {len(p.choices)} codes below" if _codes(p) else p.allowed_short
        rows.append((p.name, p.type.__name__, p.default_shown, allowed, p.help))
    rule = tuple("-" * max(map(len, column)) for column in zip(*rows, strict=True))
    lines = aligned([rows[0], rule, *rows[1:]])
    codes = [line for parameter in parameters for line in _codes(parameter)]
    return "\n".join([f"{report.title} (milaid report {kind})", "", *lines, *codes])


def _codes(parameter: Parameter) -> list[str]:
    """Return the codes of a parameter with their names, one a line, "" before them; [] where it has no names.

    The codes of a list are those of another report.
    """
    if parameter.several or not any(parameter.names):
        return []
    named = zip(map(str, parameter.choices), parameter.names, strict=True)
    return ["", f"{parameter.name}: a code or name of", *(f"  {line}" for line in aligned(list(named)))]


def aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return rows of text as lines with aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows]
