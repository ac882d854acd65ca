"""The rooms of the house: each is in the table of CONTRIBUTING.md, and what is named there exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import milaid

PACKAGE = Path(milaid.__file__).parent
PAGE = (PACKAGE.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
HOUSE = PAGE.split("## The house\n")[1].split("\nWhere to look:\n")[0]
ROOMS = dict(re.findall(r"^\| `([\w/]+)/` \| (.+) \|$", HOUSE, re.MULTILINE))


def packages(folder: Path) -> set[str]:
    """Return the packages that lie in a folder of milaid, by their place in it."""
    return {path.parent.relative_to(PACKAGE).as_posix() for path in folder.glob("*/__init__.py")}


def test_every_floor_and_every_room_of_publish_has_a_line() -> None:
    assert set(ROOMS) == packages(PACKAGE) | packages(PACKAGE / "publish")


def test_what_is_named_of_a_room_is_in_it() -> None:
    for room, text in ROOMS.items():
        for name in re.findall(r"`(\w+(?:\.py|/))`", text.replace("`data/`", "")):
            assert (PACKAGE / room / name).exists(), f"{room} has no {name}"


def test_the_exhibits_name_all_their_rooms() -> None:
    named = {f"exhibits/{name}" for name in re.findall(r"`(\w+)/`", ROOMS["exhibits"])}
    assert named == packages(PACKAGE / "exhibits")


def test_packages_hold_no_code() -> None:
    """But for the version of milaid and the names that it imports late, and for what makes blocks show and save themselves."""
    kept = {
        "__init__.py": (ast.Assign, ast.ImportFrom, ast.FunctionDef),
        "exhibits/__init__.py": (ast.ImportFrom,),
    }
    for path in PACKAGE.rglob("__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        future = [node for node in body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
        code = [node for node in body if not isinstance(node, ast.Expr) and node not in future]
        place = path.relative_to(PACKAGE).as_posix()
        assert all(isinstance(node, kept.get(place, ())) for node in code), place
