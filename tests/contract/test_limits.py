"""How long a module and a function may be: `make lint` and these tests hold it."""

from __future__ import annotations

from pathlib import Path

import pytest

import limits

SETTINGS = "[tool.milaid.most-lines]\nmodule = 12\nfunction = 4\n"
LONG = "    async def longer(self):\n" + "        x = 1\n" * 4


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project whose modules have at most 12 lines and whose functions have at most 4, all just within."""
    for place in ("lib/milaid/rooms/a.py", "tests/unit/test_b.py"):
        path = tmp_path / place
        path.parent.mkdir(parents=True)
        path.write_text("@cache\ndef f():\n" + "    x = 1\n" * 3 + "\n" * 7, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def test_nothing_of_the_repository_is_too_long() -> None:
    assert limits.too_long(limits.ROOT, limits.read_limits(limits.ROOT)) == []


def test_what_is_just_within_the_limits_passes(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert limits.main(tree) == 0
    assert capsys.readouterr().out == ""


def test_all_that_is_too_long_is_named_with_its_length_and_the_limit(
    tree: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tree / "tests/unit/test_b.py").write_text("\n" * 13, encoding="utf-8")
    (tree / "lib/milaid/rooms/a.py").write_text(f"class A:\n{LONG}", encoding="utf-8")
    assert limits.main(tree) == 1
    assert capsys.readouterr().out.splitlines() == [
        "lib/milaid/rooms/a.py:2: longer has 5 lines; a function has at most 4",
        "tests/unit/test_b.py: 13 lines; a module has at most 12",
    ]


def test_the_numbers_stand_in_pyproject(tree: Path) -> None:
    (tree / "pyproject.toml").write_text(SETTINGS.replace("function = 4", "function = 3"), encoding="utf-8")
    assert limits.main(tree) == 1
