"""Names every module and function of lib/ and tests/ that is longer than pyproject.toml allows.

    python tests/limits.py

``make lint`` runs it; it ends with 1 where one is too long.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Limits:
    """How many lines a module and a function may have at most, with docstrings, comments and blank lines."""

    module: int
    function: int


def read_limits(root: Path) -> Limits:
    """Return the limits of ``[tool.milaid.most-lines]`` in pyproject.toml."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    return Limits(**settings["tool"]["milaid"]["most-lines"])


def too_long(root: Path, limits: Limits) -> list[str]:
    """Return a line for each module and function below lib/ and tests/ that is too long: where, how long, the limit."""
    files = [path for room in ("lib", "tests") for path in sorted((root / room).rglob("*.py"))]
    return [
        f"{path.relative_to(root)}{found}"
        for path in files
        for found in _in_module(path.read_text(encoding="utf-8"), limits)
    ]


def _in_module(source: str, limits: Limits) -> Iterator[str]:
    length = len(source.splitlines())
    if length > limits.module:
        yield f": {length} lines; a module has at most {limits.module}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > limits.function:
                yield f":{node.lineno}: {node.name} has {length} lines; a function has at most {limits.function}"


def main(root: Path = ROOT) -> int:
    """Print what is too long; return 1 where there is any, else 0."""
    found = too_long(root, read_limits(root))
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
