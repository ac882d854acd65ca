"""Reports built by a cluster of two workers on this machine are those that are built without one."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from io import StringIO
from pathlib import Path

import pytest

from milaid import cli
from milaid.errors import ReportError
from milaid.publish.inputs.digests import Digests
from milaid.publish.inputs.gathered import Gatherer
from milaid.publish.run.workers import Pool, stoppable
from milaid.publish.suite.build_log import BuildLog, JsonLog
from milaid.publish.suite.building import build_one, build_reports
from milaid.publish.suite.cluster import cluster_pool
from milaid.publish.suite.plan import load_plan
from milaid.publish.suite.record import RECORD
from small_reports import write_notebook, write_project
from small_suite import of_build, snapshot

distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")

PLAN = "formats: [html, pdf]\nreports:\n  - {report: annual, each: fiscal_year}\n  - {report: data-quality}\n"
FRONT = "import samples\nsamples.front()"
TABLE = "samples.short_table('b', note='')"
FIGURE = "samples.figure('a', title=f'{fiscal_year}, {top_n}', note='')"
MEETS_ITS_END = """import os, signal; from pathlib import Path
if fiscal_year == 2013 and Path("kill").exists():
    found = os.getpid()
    for step in range(int(Path("kill").read_text())):
        found = int(Path(f"/proc/{found}/stat").read_text().rsplit(")", 1)[1].split()[1])
    Path("kill").rename("killed").write_text(str(found))
    os.kill(found, signal.SIGKILL)
    signal.pause()
if Path("pipe").exists():
    Path("pipe").write_text(str(os.getpid()))
    signal.pause()"""
"""A cell that can be made to end a process above its kernel, once, or to say which process it is and stay."""
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project of two annual reports and the one on data quality; its tables are empty, so that no site can be made."""
    root = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILAID_ROOT", str(root))
        write_project(root)
        write_notebook(root, "annual_trends.ipynb", FRONT, FIGURE, MEETS_ITS_END)
        write_notebook(root, "data_quality.ipynb", FRONT, TABLE, parameters="")
        (root / "reports").mkdir()
        (root / "reports/plan.yml").write_text(PLAN)
        yield root


@pytest.fixture(scope="module")
def cluster(root: Path) -> Iterator[distributed.LocalCluster]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", host="127.0.0.1"
    ) as started:
        yield started


@pytest.fixture
def on_cluster(cluster: distributed.LocalCluster) -> Pool:
    return cluster_pool(cluster.scheduler_address)


def built(root: Path, folder: str, only: str = "*", **options: Pool | BuildLog) -> dict[str, object]:
    """Return the files that a build writes into a folder of the project, and what its record says."""
    plan = load_plan()
    build_reports(plan.select([only]), plan.places, root / folder, **options)
    return of_build(snapshot(root / folder))


def tables_of(root: Path) -> str:
    """Return the fingerprint of the tables that the annual reports of a project may read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILAID_ROOT", str(root))
        request = load_plan().select(["annual/2014"])[0].request
        return Gatherer((), Digests()).of(request, ()).made_from["data"]


def makers(root: Path) -> list[bytes]:
    """Return the commands of the processes that make reports of a project for workers of a cluster."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if f"MILAID_ROOT={root}".encode() in (process / "environ").read_bytes().split(b"\0"):
                found.append((process / "cmdline").read_bytes())
        except OSError:
            continue
    return [command for command in found if b"suite.maker" in command]


@pytest.fixture(scope="module")
def here(root: Path) -> dict[str, object]:
    """What a build without a cluster makes."""
    return built(root, "here")


def without_record(files: dict[str, object]) -> dict[str, object]:
    return {name: content for name, content in files.items() if not name.startswith(".")}


def test_a_cluster_builds_the_same_bytes_and_its_processes_end(
    root: Path, on_cluster: Pool, here: dict[str, object]
) -> None:
    said = StringIO()
    there = built(root, "there", pool=on_cluster, log=JsonLog(said))
    assert there == here
    begun = json.loads(said.getvalue().splitlines()[0])
    assert begun == {"event": "started", "reports": 3, "unchanged": 0, "jobs": 2}, (
        "as many as the cluster has threads"
    )
    assert {"annual/2013.pdf", "annual/2014/figure-1.csv", "data-quality.html", RECORD} <= set(there)
    assert makers(root) == []
    assert built(root, "there") == there, "nothing is left to build"


@needs_proc
@pytest.mark.parametrize(
    ("above", "what", "only"),
    [(3, "worker", "annual/*"), (2, "maker", "annual/2013")],
    ids=["a worker", "the process of a worker"],
)
def test_what_is_killed_in_the_middle_loses_nothing(
    root: Path,
    cluster: distributed.LocalCluster,
    on_cluster: Pool,
    here: dict[str, object],
    above: int,
    what: str,
    only: str,
) -> None:
    (root / "kill").write_text(str(above))
    with distributed.Client(cluster, set_as_default=False) as client:
        workers = set(client.run(os.getpid).values())
    there = without_record(built(root, f"with-{what}-killed", only, pool=on_cluster))
    assert (int((root / "killed").read_text()) in workers) == (what == "worker")
    assert there == {name: content for name, content in here.items() if fnmatch(name, f"{only}*")}


@needs_proc
def test_the_keyboard_stops_what_is_built_and_what_is_not_begun(
    root: Path, on_cluster: Pool, here: dict[str, object]
) -> None:
    os.mkfifo(root / "pipe")
    plan, out = load_plan(), root / "stopped"
    try:
        with pytest.raises(KeyboardInterrupt), on_cluster(2) as crew:
            for entry in plan.entries:
                crew.executor.submit(stoppable, build_one, entry, out, plan.places, {}, False)
            kernel = int((root / "pipe").read_text())
            raise KeyboardInterrupt
    finally:
        (root / "pipe").unlink()
    assert makers(root) == []
    assert not Path(f"/proc/{kernel}/fd/0").exists()
    assert not list(out.rglob("annual*"))


def test_a_changed_text_gives_the_same_bytes_on_a_cluster_that_runs_the_cells_again(
    root: Path, on_cluster: Pool, here: dict[str, object]
) -> None:
    notebook = root / "notebooks/data_quality.ipynb"
    before = notebook.read_bytes()
    built(root, "rendered-there", "data-quality")
    built(root, "rendered-here", "data-quality")
    write_notebook(root, "data_quality.ipynb", FRONT, "## New words\n", TABLE, parameters="")
    try:
        there = built(root, "rendered-there", "data-quality", pool=on_cluster)
        assert there == built(root, "rendered-here", "data-quality")
    finally:
        notebook.write_bytes(before)
    assert there["data-quality.html"] != here["data-quality.html"]


def test_a_report_that_fails_on_a_cluster_is_told_as_one_that_fails_here(
    root: Path, on_cluster: Pool
) -> None:
    write_notebook(
        root,
        "annual_trends.ipynb",
        FRONT,
        FIGURE,
        "## Totals\n",
        "assert fiscal_year != 2013, 'no such year'",
    )
    with pytest.raises(ReportError) as there:
        built(root, "failing-there", "annual/2013", pool=on_cluster)
    with pytest.raises(ReportError) as here:
        built(root, "failing-here", "annual/2013")
    assert "no such year" in str(there.value)
    assert str(there.value).replace("failing-there", "failing-here") == str(here.value)
    failed = snapshot(root / "failing-there")
    assert b"fiscal_year = 2013" in failed["failures/annual/2013.txt"]
    assert of_build(failed) == of_build(snapshot(root / "failing-here"))


def test_a_worker_with_other_data_or_another_notebook_is_refused(
    root: Path, on_cluster: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    shutil.copytree(root, other)
    (other / "data/trainings/fy2014.parquet").write_bytes(b"revised")
    write_notebook(other, "annual_trends.ipynb", FRONT)
    monkeypatch.setenv("MILAID_ROOT", str(other))
    with pytest.raises(ReportError) as caught:
        built(other, "refused", "annual/2014", pool=on_cluster)
    assert " has another data" in str(caught.value)
    said = (other / "refused/failures/annual/2014.txt").read_text(encoding="utf-8")
    ours, theirs = tables_of(other), tables_of(root)
    assert ours != theirs
    assert f"data: {ours} where the build was started, {theirs} here" in said
    assert "annual_trends.ipynb: whole: " in said
    assert "code: " not in said and "python: " not in said
    assert str(root) in said
    assert not list((other / "refused").rglob("*.html"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--scheduler", "tcp://127.0.0.1:1"], "no scheduler of Dask answers there"),
        (["--scheduler", "nowhere"], "no scheduler of Dask answers there"),
        (["--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"], "--jobs counts processes of this machine"),
    ],
)
def test_a_cluster_that_is_not_there_is_told(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.setattr("milaid.publish.suite.cluster.SECONDS_TO_CONNECT", 1)
    with pytest.raises(SystemExit) as done:
        cli.main(["build", "--only", "annual/2014", "--out", str(root / "nowhere"), *arguments])
    assert done.value.code == 2
    assert said in capsys.readouterr().err


def test_without_the_package_it_is_said_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SystemExit) as done:
        cli.main(["build", "--scheduler", "tcp://127.0.0.1:8786"])
    assert done.value.code == 2
    assert "pip install 'milaid[cluster]'" in capsys.readouterr().err
