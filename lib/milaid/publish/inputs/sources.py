"""What a piece of Python can lead to, read from its text: modules, tables, files; and whether that can be told at all."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from functools import lru_cache, partial
from pathlib import Path

from milaid.publish.inputs.digests import Digests, joined

_RULES = "1"
"""Kept with what was read of a text; another number where this module reads texts in another way."""
_RUN_TEXT = frozenset({"exec", "eval", "__import__"})
_RUN_BY_NAME = frozenset({"import_module", "run_path", "run_module", "get_ipython"})
_LOADS = re.compile(r"load_\w+")
_READERS = frozenset({"data_dir", "reference_dir", "project_root", "table_files", "read_file"})
_OPEN = "open"
# A sentence of a docstring is none, and hardly ever a name without a dot or a slash.
_MAY_NAME_A_FILE = re.compile(r"(?=.{1,200}$)(?!.*\.$)[^\n]*[./][^\n]*")


@dataclass(frozen=True)
class Source:
    """What a text in Python leads to.

    ``modules`` are names as they may be imported, with dots before those relative to its own; ``loads`` the names of
    functions that load tables; ``texts`` what may be the name of a file; ``reads`` what else it reads files by.
    ``untold`` says that it runs what its text does not say.
    """

    modules: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    untold: bool = False


UNTOLD = Source(untold=True)


@lru_cache(maxsize=1024)
def read_source(text: str) -> Source:
    """Return what a text leads to; one that is no Python alone, such as a cell with magics, may lead anywhere."""
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError):
        return UNTOLD
    modules: set[str] = set()
    names: set[str] = set()
    texts: set[str] = set()
    used: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            link = "" if base.endswith(".") else "."
            modules |= {base, *(f"{base}{link}{alias.name}" for alias in node.names)}
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Load):
                used.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.add(node.value)
    names |= used
    return Source(
        tuple(sorted(modules)),
        tuple(sorted(name for name in names if _LOADS.fullmatch(name))),
        tuple(sorted(text for text in texts if _MAY_NAME_A_FILE.fullmatch(text))),
        tuple(sorted(names & _READERS | used & {_OPEN})),
        untold=bool(used & _RUN_TEXT or names & _RUN_BY_NAME),
    )


def source_of(path: Path, digests: Digests) -> Source:
    """Return what a module leads to; read again only when its text is another."""
    return _remembered(digests.of(path), lambda: path.read_text(encoding="utf-8"), digests)


def source_of_cells(cells: Iterable[str], digests: Digests) -> Source:
    """Return what code cells lead to together."""
    return together(_remembered(joined([text]), partial(str, text), digests) for text in cells)


def together(sources: Iterable[Source]) -> Source:
    """Return what several texts lead to."""
    found = list(sources)
    modules, loads, texts, reads = (
        tuple(sorted({value for source in found for value in getattr(source, part)}))
        for part in ("modules", "loads", "texts", "reads")
    )
    return Source(modules, loads, texts, reads, any(source.untold for source in found))


def _remembered(digest: str, read: Callable[[], str], digests: Digests) -> Source:
    key = f"source {_RULES} {digest}"
    fact = digests.fact(key)
    if isinstance(fact, list):
        modules, loads, texts, reads, untold = fact
        return Source(tuple(modules), tuple(loads), tuple(texts), tuple(reads), untold)
    try:
        source = read_source(read())
    except (OSError, UnicodeDecodeError):
        return UNTOLD
    digests.keep_fact(key, list(astuple(source)))
    return source
