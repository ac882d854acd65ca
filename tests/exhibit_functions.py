"""The functions of milaid.exhibits as their source tells: which are public, which return a block, who hands on whose.

Nothing is run here: sources are read, and a name stands for what an import or a definition of its file makes it.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

import milaid
from milaid.blocks import block
from milaid.exhibits.few import CALLED_THROUGH
from milaid.paths import notebooks_dir

LIBRARY = Path(milaid.__file__).parent
TESTS = Path(__file__).parent
BLOCKS = frozenset(
    name for name, kind in vars(block).items() if isinstance(kind, type) and issubclass(kind, block.Block)
)


@dataclass(frozen=True)
class Function:
    """A function, or a method or property of a class; ``names`` are what the names of its file stand for."""

    module: str
    name: str
    node: ast.FunctionDef
    names: Mapping[str, str]

    @property
    def dotted(self) -> str:
        """Its whole name: ``milaid.exhibits.scope.Scope.phrase``."""
        return f"{self.module}.{self.name}"

    @property
    def place(self) -> str:
        """Where it stands, for a message: ``lib/milaid/exhibits/scope.py:37 Scope.phrase``."""
        return f"lib/{self.module.replace('.', '/')}.py:{self.node.lineno} {self.name}"

    @property
    def public(self) -> bool:
        """Whether it may be used from elsewhere."""
        return not any(part.startswith("_") for part in self.name.split("."))

    @property
    def returns_block(self) -> bool:
        """Whether it says that it may return a block, or does not say what it returns."""
        said = self.node.returns
        parts = ast.walk(said) if said else ()
        return said is None or any(getattr(part, "id", getattr(part, "attr", "")) in BLOCKS for part in parts)

    def handed_on(self) -> Iterator[str]:
        """Yield the whole names of the functions whose value it returns as it is."""
        given: dict[str, list[ast.expr]] = {}
        for node in ast.walk(self.node):
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
                for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                    if isinstance(target, ast.Name):
                        given.setdefault(target.id, []).append(node.value)
        for node in ast.walk(self.node):
            if isinstance(node, ast.Return) and node.value is not None:
                yield from self._values(node.value, given)

    def _values(self, value: ast.expr, given: dict[str, list[ast.expr]]) -> Iterator[str]:
        match value:
            case ast.Call(func=called):
                yield from _whole_name(called, self.names)
            case ast.IfExp(body=first, orelse=second):
                yield from self._values(first, given)
                yield from self._values(second, given)
            case ast.BoolOp(values=parts):
                for part in parts:
                    yield from self._values(part, given)
            case ast.NamedExpr(value=part):
                yield from self._values(part, given)
            case ast.Name(id=name):
                for part in given.pop(name, []):
                    yield from self._values(part, given)


def module_of(path: Path) -> str:
    """Return the name of the module of milaid that a file holds."""
    return ".".join(("milaid", *path.relative_to(LIBRARY).with_suffix("").parts))


def sources_of_exhibits() -> dict[str, str]:
    """Return the source of every module of milaid.exhibits by its name."""
    return {
        module_of(path): path.read_text(encoding="utf-8")
        for path in sorted((LIBRARY / "exhibits").rglob("*.py"))
    }


def sources_of_notebooks() -> Iterator[str]:
    """Yield the code of every notebook of the suite."""
    for path in sorted(notebooks_dir().glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        yield "\n".join(cell.source for cell in cells if cell.cell_type == "code")


def sources_of_tests() -> Iterator[str]:
    """Yield the source of every file of tests."""
    for path in sorted(TESTS.rglob("*.py")):
        yield path.read_text(encoding="utf-8")


def functions(sources: Mapping[str, str]) -> list[Function]:
    """Return the functions of modules, and the methods and properties of their classes."""
    found = []
    for module, source in sources.items():
        tree = ast.parse(source)
        names = _names(tree, module)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                found.append(Function(module, node.name, node, names))
            elif isinstance(node, ast.ClassDef):
                found += [
                    Function(module, f"{node.name}.{member.name}", member, names)
                    for member in node.body
                    if isinstance(member, ast.FunctionDef)
                ]
    return found


def not_shown(sources: Mapping[str, str], notebooks: Iterable[str]) -> list[Function]:
    """Return the public functions that return a block which no cell shows.

    A cell shows what it calls, and what that returns of another function as it is.
    """
    known = {function.dotted: function for function in functions(sources)}
    shown: set[str] = set()
    new = {name for source in notebooks for name in _calls(source)} & set(known)
    while new:
        shown |= new
        new = {name for each in new for name in known[each].handed_on()} & set(known) - shown
    return [
        function
        for name, function in known.items()
        if function.public and "." not in function.name and function.returns_block and name not in shown
    ]


def named_by(sources: Iterable[str]) -> frozenset[str]:
    """Return the whole names of milaid.exhibits that files import and use.

    Of a module that they import anything of, also the names of attributes, which may be those of its classes.
    """
    found: set[str] = set()
    for source in sources:
        tree = ast.parse(source)
        names = {name: whole for name, whole in _names(tree).items() if whole.startswith("milaid.exhibits.")}
        modules = {*names.values(), *(whole.rpartition(".")[0] for whole in names.values())}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name | ast.Attribute):
                found.update(_whole_name(node, names))
            if isinstance(node, ast.Attribute):
                found |= {f"{module}:{node.attr}" for module in modules}
    return frozenset(found)


def is_named(function: Function, named: Container[str]) -> bool:
    """Return whether a function, or the member of a class, is among what :func:`named_by` found."""
    member = function.name.rpartition(".")[2]
    return function.dotted in named or ("." in function.name and f"{function.module}:{member}" in named)


def _calls(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    names = _names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _whole_name(node.func, names)
            if ast.unparse(node.func) in CALLED_THROUGH:
                yield from _whole_name(node.args[0], names)


def _names(tree: ast.Module, module: str = "") -> dict[str, str]:
    """Return what the names that a file imports stand for, and those of its own functions where it is a module."""
    names = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    own = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)] if module else []
    return names | {name: f"{module}.{name}" for name in own}


def _whole_name(node: ast.expr, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the whole name that a name or an attribute of one stands for; nothing for what was not imported."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    if isinstance(node, ast.Name) and node.id in names:
        yield ".".join([names[node.id], *parts])
