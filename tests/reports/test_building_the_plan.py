"""A plan is built: side by side, only what changed, one failure stopping no other, the keyboard stopping all."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import pytest

from milaid import cli
from milaid.errors import ReportError, RequestError
from milaid.publish import report
from milaid.publish.inputs.digests import REMEMBERED
from milaid.publish.registry.checking import check
from milaid.publish.run.workers import Crew
from milaid.publish.suite.building import build_reports
from milaid.publish.suite.plan import Plan, load_plan
from milaid.publish.suite.planned import READ_PLAN
from small_reports import write_notebook, write_project

pytestmark = pytest.mark.usefixtures("forked_kernels")
PLAN = "formats: [html]\nreports:\n  - {report: annual, each: fiscal_year}\n  - {report: data-quality}\n"
FRONT = "import samples\nsamples.front()"
FIGURE = "samples.figure('a', title=f'{fiscal_year}, {top_n}', note='')"
MEET = """from pathlib import Path; import time
Path(f"begun-{fiscal_year}").touch()
last = time.monotonic() + 60
while len(list(Path().glob("begun-*"))) < 2 and time.monotonic() < last: time.sleep(0.05)
assert len(list(Path().glob("begun-*"))) == 2, "the other report was not begun" """
FILES = (".html", ".ipynb", ".xlsx", ".zip", "/figure-1.csv", "/ro-crate-metadata.json")
WAIT = """from pathlib import Path; import os, time
Path(f"kernel-{fiscal_year}").write_text(str(os.getpid()))
time.sleep(300)"""


class Here(Executor):
    """An executor that does a piece of work in this process, when it is handed in."""

    def submit(self, work, /, *arguments, **named):
        future: Future = Future()
        future.set_result(work(*arguments, **named))
        return future


@contextmanager
def here(workers: int) -> Iterator[Crew]:
    yield Crew(Here(), workers)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two annual reports and the one on data quality; its tables are empty, so that no site can be made."""
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    monkeypatch.setattr("milaid.publish.build.write_site", lambda folder, with_data, say: [])
    write_project(tmp_path)
    write_notebook(tmp_path, "annual_trends.ipynb", FRONT, FIGURE)
    write_notebook(tmp_path, "data_quality.ipynb", FRONT, "samples.short_table('b', note='')", parameters="")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/plan.yml").write_text(PLAN)
    return tmp_path


def files(root: Path) -> dict[str, tuple[bytes, int]]:
    """Return all files of reports with their content and time of change, the record left out."""
    found = (path for path in (root / "reports").rglob("*") if path.is_file() and path.name[0] != ".")
    return {
        path.relative_to(root / "reports").as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(found)
    }


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        cli.main(list(arguments))
    return int(done.value.code or 0)


def build(plan: Plan, root: Path, **options) -> str:
    return build_reports(plan.entries, plan.places, root / "reports", pool=here, **options)


@pytest.mark.usefixtures("kernels_started_anew")
def test_two_reports_are_built_at_the_same_time_in_processes_of_their_own(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_notebook(root, "annual_trends.ipynb", FRONT, FIGURE, MEET)
    # The command sets these for its own process, if nobody has.
    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", "system")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    settings = dict(os.environ)
    assert run("build", "--only", "annual/*", "--jobs", "2", "--format", "pdf,html") == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("2 reports built, 0 unchanged")
    assert shown.err.splitlines()[0] == "Reports: 0 of 2"
    assert "cells of the" not in shown.err, "a worker shows no progress of its own"
    built = files(root)
    assert set(built) == {
        "plan.yml",
        *(f"annual/{year}{end}" for year in (2013, 2014) for end in (*FILES, ".pdf", "/card.png")),
    }  # fmt: skip
    assert b"2013, 10" in built["annual/2013.html"][0]
    assert b"2014, 10" in built["annual/2014.html"][0]
    request = check("annual", {"fiscal_year": 2013})
    report.build(request, ("pdf", "html"), root / "alone", load_plan().places)
    for end in (".html", ".pdf", ".ipynb"):
        assert (root / f"alone/annual/2013{end}").read_bytes() == built[f"annual/2013{end}"][0]
    assert dict(os.environ) == settings


def test_what_has_not_changed_is_left_as_it_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = load_plan()
    assert build(plan, root).startswith("3 reports built, 0 unchanged")
    first = files(root)
    assert build(plan, root).startswith("0 reports built, 3 unchanged")
    assert files(root) == first
    write_notebook(root, "data_quality.ipynb", FRONT, "samples.short_table('c', note='')", parameters="")
    (root / "reports/annual/2013.html").write_text("edited by hand")
    assert run("build", "--list") == 0
    states = {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line}
    assert "to render" in states["annual/2013"] and "to build" in states["data-quality"]
    assert "unchanged" in states["annual/2014"]
    assert build(plan, root).startswith("2 reports built, 1 unchanged")
    second = files(root)
    assert second["annual/2013.html"][0] == first["annual/2013.html"][0]
    assert second["annual/2014.html"] == first["annual/2014.html"]
    assert build(plan, root, force=True).startswith("3 reports built, 0 unchanged")
    again = files(root)
    assert again["annual/2014.html"][1] != first["annual/2014.html"][1]
    assert {name: content for name, (content, _) in again.items()} == {
        name: content for name, (content, _) in second.items()
    }


def test_a_report_that_fails_stops_no_other_and_its_last_good_files_stay(root: Path) -> None:
    build(load_plan(), root)
    before = files(root)
    failing = "## Totals\n", "assert fiscal_year != 2013, 'there is no such year'"
    write_notebook(root, "annual_trends.ipynb", FRONT, FIGURE, *failing)
    write_notebook(root, "data_quality.ipynb", FRONT, "samples.Prose('[[nothing]]')", parameters="")
    with pytest.raises(ReportError) as caught:
        build(load_plan(), root)
    message = str(caught.value)
    assert message.splitlines() == [
        "2 reports could not be built (1 report built, 0 unchanged):",
        "  report        cell       error",
        "  annual/2013   5, Totals  AssertionError: there is no such year",
        "  data-quality  –          the exhibits of the notebook do not fit together: - cell 3: no exhibit has the key 'nothing'; known…",
        f"more in {root / 'reports/failures'}",
    ]
    told = (root / "reports/failures/annual/2013.txt").read_text(encoding="utf-8")
    assert "annual report (fiscal_year = 2013, lookback_years = 10, top_n = 10): cell 5" in told
    assert "below the heading 'Totals' failed" in told
    assert "Source of the cell\n    assert fiscal_year != 2013, 'there is no such year'\n" in told
    assert "Parameters\n    fiscal_year = 2013\n    lookback_years = 10\n" in told
    assert "Traceback\n    ---" in told and "AssertionError: there is no such year" in told
    assert "data-quality could not be built" in (root / "reports/failures/data-quality.txt").read_text(
        "utf-8"
    )
    assert not (root / "reports/failures/annual/2014.txt").exists()
    assert caught.value.exit_code == 1
    after = files(root)
    assert after["annual/2013.html"] == before["annual/2013.html"]
    assert after["data-quality.html"] == before["data-quality.html"]
    assert after["annual/2014.html"][1] != before["annual/2014.html"][1]
    with pytest.raises(ReportError, match=r"2 reports could not be built \(0 reports built, 1 unchanged\)"):
        build(load_plan(), root)
    write_notebook(root, "annual_trends.ipynb", FRONT, FIGURE)
    write_notebook(root, "data_quality.ipynb", FRONT, "samples.Prose('Well.')", parameters="")
    assert build(load_plan(), root).startswith("2 reports built, 1 unchanged")
    assert not (root / "reports/failures").exists(), "what is built well again did not fail"


def test_what_failed_is_told_also_where_no_site_can_be_written(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(folder: Path, with_data: bool, say: object) -> None:
        raise RequestError("there are no tables")

    monkeypatch.setattr("milaid.publish.build.write_site", refused)
    (root / "notebooks/data_quality.ipynb").unlink()
    assert run("build", "--only", "data-quality") == 1
    said = capsys.readouterr().err
    assert "data-quality  –     there is no notebook" in said
    assert "the pages of the site could not be written: there are no tables" in said


def test_an_error_that_nobody_thought_of_names_the_report(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from milaid.publish.files import page

    def broken(report: object) -> str:
        raise LookupError("no such colour")

    monkeypatch.setattr(page, "render", broken)
    with pytest.raises(ReportError, match=r"data-quality +– +LookupError: no such colour"):
        build_reports(load_plan().select(["data-quality"]), frozenset(), root / "reports", pool=here)
    told = (root / "reports/failures/data-quality.txt").read_text(encoding="utf-8")
    assert re.search(r"data-quality report: LookupError: no such colour \(.*, line \d+\)", told)
    assert "Traceback (most recent call last)" in told


def test_reports_without_a_notebook_are_told_together_and_the_others_built(root: Path) -> None:
    (root / "notebooks/annual_trends.ipynb").unlink()
    with pytest.raises(ReportError) as caught:
        build(load_plan(), root)
    for year in (2013, 2014):
        assert f"  annual/{year}  –     there is no notebook " in str(caught.value)
    assert "(1 report built, 0 unchanged)" in str(caught.value)
    assert (root / "reports/data-quality.html").exists()


def test_a_process_that_is_ended_from_outside_is_told(root: Path) -> None:
    class Ended(Executor):
        def submit(self, work, /, *arguments, **named):
            future: Future = Future()
            future.set_exception(BrokenProcessPool("gone"))
            return future

    @contextmanager
    def ended(workers: int) -> Iterator[Crew]:
        yield Crew(Ended(), workers)

    plan = load_plan()
    with pytest.raises(ReportError) as caught:
        build_reports(plan.entries, plan.places, root / "reports", pool=ended)
    for place in ("annual/2013", "annual/2014", "data-quality"):
        assert re.search(
            rf"^  {place} +– +a process that makes reports was ended", str(caught.value), re.MULTILINE
        )
        assert "--jobs 1 in less memory" in (root / f"reports/failures/{place}.txt").read_text("utf-8")


def test_a_slug_is_the_name_of_the_files(root: Path) -> None:
    (root / "reports/plan.yml").write_text("reports:\n  - {report: annual, slug: newest, formats: html}\n")
    build(load_plan(), root)
    assert set(files(root)) == {"plan.yml", *(f"annual/newest{end}" for end in FILES)}


def test_a_wrong_plan_or_pattern_ends_before_anything_is_built(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("build", "--only", "anual/*") == 2
    assert "did you mean 'annual/*'?" in capsys.readouterr().err
    assert run("build", "--format", "docx") == 2
    assert run("build", "--plan", str(root / "none.yml")) == 2
    (root / "reports/plan.yml").write_text("reports:\n  - {report: data-quality}\n  - {report: annnual}\n")
    assert run("build") == 2
    assert "entry 2 (annnual, line 3)" in capsys.readouterr().err
    assert set(files(root)) == {"plan.yml"}


def _is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("to_all", [True, False], ids=["from a terminal", "to the first process"])
def test_the_keyboard_stops_everything_and_leaves_nothing_behind(
    root: Path, monkeypatch: pytest.MonkeyPatch, to_all: bool
) -> None:
    temporary = Path(tempfile.mkdtemp(prefix="t-"))
    monkeypatch.setenv("TMPDIR", str(temporary))
    write_notebook(root, "annual_trends.ipynb", FRONT, FIGURE, WAIT)
    started = subprocess.Popen(
        [sys.executable, "-c", "from milaid.cli import main; main()", "build", "--only", "annual/*", "--jobs", "2"],
        start_new_session=True, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    last = time.monotonic() + 60
    kernels: list[int] = []
    while len(kernels) < 2 and time.monotonic() < last:
        time.sleep(0.1)
        kernels = [int(path.read_text()) for path in root.glob("kernel-*") if path.read_text()]
    assert len(kernels) == 2
    (os.killpg if to_all else os.kill)(started.pid, signal.SIGINT)
    said = started.communicate(timeout=60)[1]
    assert started.returncode == 130
    assert said.splitlines()[-1] == "stopped"
    assert "Traceback" not in said
    assert not [kernel for kernel in kernels if _is_running(kernel)]
    assert set(files(root)) == {"plan.yml"}
    hidden = {path.name for path in (root / "reports").rglob(".*")}
    assert hidden <= {REMEMBERED, READ_PLAN}, "what files were, and the plan"
    temporary.rmdir()


@pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="waits for the end of a process that is not its own"
)
def test_a_worker_that_is_killed_leaves_no_kernel_behind(root: Path) -> None:
    write_notebook(root, "annual_trends.ipynb", FRONT, FIGURE, WAIT)
    build = subprocess.Popen(
        [sys.executable, "-c", "from milaid.cli import main; main()", "build", "--only", "annual/2014", "--jobs", "1"],
        start_new_session=True, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    last = time.monotonic() + 60
    kernels: list[int] = []
    while not kernels and time.monotonic() < last:
        time.sleep(0.1)
        kernels = [int(path.read_text()) for path in root.glob("kernel-*") if path.read_text()]
    [kernel] = kernels
    ends = {process: os.pidfd_open(process) for process in (kernel, _parent(kernel))}
    os.kill(_parent(_parent(kernel)), signal.SIGKILL)
    said = build.communicate(timeout=60)[1]
    assert "a process that makes reports was ended from outside" in said
    for process, end in ends.items():
        assert select.select([end], [], [], 20)[0], f"process {process} is still there"
        os.close(end)


def _parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])
