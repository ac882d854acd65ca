"""milaid runs on Windows: what that system lacks is used nowhere without a look whether it is there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import milaid
from milaid import paths
from milaid.publish.suite.plan import load_plan
from without_posix import MODULES, NAMES

PACKAGE = Path(milaid.__file__).parent
FILES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
ONLY_WHERE_FORKED = "publish/run/forked.py"
"""Its provisioner is named to a kernel only where ``wanted()`` says so, on Linux."""
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file
DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")


def looked_for(tree: ast.AST) -> set[tuple[str, str]]:
    """Return what a text asks for with ``hasattr(module, "name")``."""
    return {
        (node.args[0].id, node.args[1].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hasattr"
        if isinstance(node.args[0], ast.Name) and isinstance(node.args[1], ast.Constant)
    }


def by_platform(tree: ast.AST) -> set[str]:
    """Return what a text imports where it has looked at ``sys.platform``."""
    asks = [n for n in ast.walk(tree) if isinstance(n, ast.If) and "sys.platform" in ast.unparse(n.test)]
    return {
        alias.name for ask in asks for n in ast.walk(ask) if isinstance(n, ast.Import) for alias in n.names
    }


def used(tree: ast.AST) -> Iterator[str]:
    """Yield each name and module that Windows lacks, as the text uses it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in NAMES.get(node.value.id, ()):
                yield f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            yield from [node.module] if node.module in MODULES else []
            yield from (
                f"{node.module}.{alias.name}"
                for alias in node.names
                if alias.name in NAMES.get(node.module or "", ())
            )


def unguarded(source: str) -> set[str]:
    """Return what a text uses of it and does not look for, wherever in the text; masks of signals go by one name."""
    tree = ast.parse(source)
    found = {f"{module}.{name}" for module, name in looked_for(tree)}
    if "signal.pthread_sigmask" in found:
        found |= {"signal.SIG_BLOCK", "signal.SIG_UNBLOCK", "signal.SIG_SETMASK"}
    return set(used(tree)) - found - by_platform(tree)


def test_what_windows_lacks_is_looked_for_before_it_is_used() -> None:
    found = {name: unguarded(path.read_text(encoding="utf-8")) for name, path in FILES.items()}
    assert {name for name, seen in found.items() if seen} == {ONLY_WHERE_FORKED}


def test_the_forked_kernels_use_it_and_are_imported_everywhere() -> None:
    """What is exempt must be so for a reason, and must not fail when it is imported."""
    tree = ast.parse(FILES[ONLY_WHERE_FORKED].read_text(encoding="utf-8"))
    assert {"os.setsid", "os.killpg", "signal.SIGKILL"} <= set(used(tree))
    tops = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom | ast.Assign)]
    assert list(used(ast.Module(tops, []))) == []


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.fork()",
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, ())",
        "import fcntl",
        "from resource import getrusage",
        "from os import getuid",
        "from multiprocessing.context import ForkServerProcess",
    ],
)
def test_what_windows_lacks_is_seen(source: str) -> None:
    assert unguarded(source)


def text_files(tree: ast.AST) -> Iterator[tuple[ast.Call, set[str]]]:
    """Yield the calls that open, read or write a file as text, with the names of what they say."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        said = {word.arg for word in node.keywords if word.arg}
        mode = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
        if name in ("read_text", "write_text") or (
            name == "open"
            and isinstance(mode, str)
            and ("encoding" in said or re.fullmatch("[rwax]t?", mode))
        ):
            yield node, said | ({"writes"} if name == "write_text" or set(str(mode)) & set("wax") else set())


def says_too_little(source: str) -> list[str]:
    """Return the lines in which a file is opened, read or written as text without encoding, or written without newline."""
    return [
        f"line {call.lineno}"
        for call, said in text_files(ast.parse(source))
        if "encoding" not in said or ("writes" in said and "newline" not in said)
    ]


def test_a_text_file_says_its_letters_and_the_ends_of_its_lines() -> None:
    """What is not said is taken from the system: then bytes would be others on Windows."""
    found = {name: says_too_little(path.read_text(encoding="utf-8")) for name, path in FILES.items()}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "call",
    ["p.write_text('x', encoding='utf-8')", "p.open('w')", "p.open('a', encoding='utf-8')", "p.read_text()"],
)
def test_a_text_file_that_says_too_little_is_seen(call: str) -> None:
    assert says_too_little(call)


@pytest.mark.skipif(not paths.trainings_dir().is_dir(), reason="no tables; run make data")
def test_files_have_names_that_every_system_takes() -> None:
    places = [entry.place for entry in load_plan().entries]
    parts = {part for place in places for part in place.split("/")} | {Path(name).stem for name in FILES}
    assert [
        part for part in sorted(parts) if DEVICES.fullmatch(part) or re.search(r'[<>:"\\|?*]', part)
    ] == []
    assert len({place.lower() for place in places}) == len(places)
