"""After each change a build gives the same bytes as one from nothing, and runs no cells where it need not."""

from __future__ import annotations

import compileall
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

import milaid
from small_reports import write_notebook, write_project

PLAN = "formats: [html, pdf]\nreports:\n  - {report: annual, only: 2014, each: fiscal_year, parameters: {top_n: 10}}\n"
OWN = Path(milaid.__file__).parent
CELLS = (
    "import samples\nimport beside\nfrom milaid.blocks.words import counted\nsamples.front()",
    "## A text\n\nOf [2013](report:annual/2013).",
    "samples.figure('a', title=f'{top_n}, {beside.WORD}, {counted(2, \"row\")}', note='')",
    "print(open('data/gdp.csv').read())\nsamples.short_table('b', note='')",
)
RUN, RENDERED, UNCHANGED = "run", "rendered", ""


def appended(name: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    return change


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def notebook(*cells: str) -> Callable[[Path], None]:
    return lambda root: write_notebook(root, "annual_trends.ipynb", *cells) and None


CHANGES: list[tuple[str, Callable[[Path], None], str]] = [
    ("nothing", lambda root: None, UNCHANGED),
    ("a module that no cell imports", appended("unused.py", "x = 1\n"), UNCHANGED),
    ("a module of the cells", replaced("beside.py", "one", "two"), RUN),
    ("a table", appended("data/gdp.csv", "more\n"), RUN),
    ("a text", notebook(CELLS[0], CELLS[1] + "\n\nAnother.", *CELLS[2:]), RENDERED),
    ("a cell", notebook(*CELLS[:3], CELLS[3].replace("'b'", "'c'")), RUN),
    ("a parameter", replaced("reports/plan.yml", "top_n: 10", "top_n: 11"), RUN),
    ("a title", replaced("reports/plan.yml", "top_n: 11}", "top_n: 11}, title: Another"), UNCHANGED),
    ("a place to link to", replaced("reports/plan.yml", "only: 2014, ", ""), RENDERED),
    ("a style of the page", appended("lib/milaid/publish/files/templates/page.css", "b { color: red }\n"), RENDERED),
    ("a template", replaced("lib/milaid/publish/files/templates/page.html.j2", "<main", "<main data-x"), RENDERED),
    ("a style of exhibits", appended("lib/milaid/blocks/exhibits.css", ".milaid b { color: red }\n"), RUN),
    ("Typst", replaced("lib/milaid/blocks/exhibits.typ", "#let", "// more\n#let"), RENDERED),
    ("code of the exhibits", replaced("lib/milaid/blocks/words.py", "def counted(", "more = 1\n\n\ndef counted("), RUN),
]  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a copy of milaid's code, so that both can be changed."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(OWN, root / "lib/milaid", ignore=shutil.ignore_patterns("__pycache__"))
    # Told by what is in a module and not by when it was written: a changed one is never taken for the one before.
    compileall.compile_dir(root / "lib", quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    write_project(root)
    write_notebook(root, "annual_trends.ipynb", *CELLS)
    (root / "beside.py").write_text("WORD = 'one'\n")
    (root / "unused.py").write_text("")
    (root / "data/gdp.csv").write_text("a\n")
    (root / "reports").mkdir()
    (root / "reports/plan.yml").write_text(PLAN)
    return root


def build(root: Path, *outs: Path) -> list[dict[str, str]]:
    """Build the plan into each folder with the code of the project; returns what was done with each report, by folder."""
    script = (
        "import sys; from pathlib import Path; from milaid.publish import build; build.write_site = lambda *a, **b: None;"
        "[build.build_plan(out_dir=Path(out), jobs=1, log='json') for out in sys.argv[1:]]"
    )
    environment = {
        **os.environ,
        "MILAID_ROOT": str(root),
        "PYTHONPATH": str(root / "lib"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, outs)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    builds: list[list[dict]] = []
    for event in map(json.loads, done.stdout.splitlines()):
        if event["event"] == "started":
            builds.append([])
        builds[-1].append(event)
    assert len(builds) == len(outs)
    for events in builds:
        assert [event["event"] for event in events] == ["started", *["built"] * (len(events) - 2), "done"]
    return [
        {event["place"]: event["work"] for event in events if event["event"] == "built"} for events in builds
    ]


def files(out: Path) -> dict[str, bytes]:
    found = (path for path in out.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def test_each_change_in_turn(root: Path) -> None:
    assert build(root, root / "kept") == [{"annual/2014": RUN}]
    before = files(root / "kept")
    for name, change, work in CHANGES:
        change(root)
        nothing = root / "from-nothing"
        said, _ = build(root, root / "kept", nothing)
        assert said.get("annual/2014", UNCHANGED) == work, name
        after = files(root / "kept")
        assert after == files(nothing), name
        assert (after != before) == (work != UNCHANGED), name
        before = after
        shutil.rmtree(nothing)
