"""What is put at an address is what a folder would hold, and another machine goes on from there."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path

import pytest

from milaid import cli
from milaid.errors import ReportError, RequestError
from milaid.publish.run.workers import Crew, Pool, local_pool
from milaid.publish.suite.building import Outcome, build_reports
from milaid.publish.suite.destination import INDEX, Destination, build_at
from milaid.publish.suite.plan import load_plan
from milaid.publish.suite.record import RECORD, read_record
from small_reports import write_notebook, write_project
from small_suite import REMEMBERED_HERE, of_build, snapshot

fsspec = pytest.importorskip("fsspec", reason="the extra 'remote' is not installed")

PLAN = "formats: [html]\nreports:\n  - {report: annual, each: fiscal_year}\n  - {report: data-quality}\n"
FRONT = "import samples\nsamples.front()"
FIGURE = "samples.figure('a', title=f'{fiscal_year}, {top_n}', note='')"


class Copying(Executor):
    """An executor that writes what was built of a report before, as a process that makes it again would."""

    def __init__(self, made: Path) -> None:
        self.made = made

    def submit(self, work, /, *arguments, **named):
        _, entry, out_dir, *_ = arguments
        own = [*self.made.glob(f"{entry.place}.*"), *self.made.glob(f"{entry.place}/*")]
        files = tuple(out_dir / path.relative_to(self.made) for path in own)
        for path, file in zip(own, files, strict=True):
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, file)
        future: Future = Future()
        future.set_result(Outcome(files, read_record(self.made).reports[entry.place].targets))
        return future


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project of two annual reports and the one on data quality; its tables are empty, so that no site can be made."""
    root = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILAID_ROOT", str(root))
        write_project(root)
        write_notebook(root, "annual_trends.ipynb", FRONT, FIGURE)
        write_notebook(root, "data_quality.ipynb", FRONT, "samples.short_table('b', note='')", parameters="")
        (root / "reports").mkdir()
        (root / "reports/plan.yml").write_text(PLAN)
        yield root


@pytest.fixture(scope="module")
def in_a_folder(project: Path) -> dict[str, object]:
    """What a build in a folder makes, with a page of the site."""
    said = build(project / "folder", local_pool)
    assert said == f"3 reports built, 0 unchanged, in {project / 'folder'}"
    return of_build(snapshot(project / "folder"))


@pytest.fixture
def here(project: Path, in_a_folder: dict[str, object]) -> Pool:
    """What makes a crew of this process."""

    @contextmanager
    def pool(workers: int) -> Iterator[Crew]:
        yield Crew(Copying(project / "folder"), workers)

    return pool


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A bucket on a server of this machine; returns its address."""
    pytest.importorskip("s3fs", reason="the extra 'remote' is not installed")
    server = pytest.importorskip("moto.server", reason="moto is not installed")
    started = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    host, port = started.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "none")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "none")
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        fsspec.filesystem("s3").mkdir("reports-of-milaid")
        yield "s3://reports-of-milaid"
    started.stop()


@pytest.fixture(params=["file", "memory", "s3"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "s3":
        return f"{request.getfixturevalue('s3')}/{tmp_path.name}"
    return f"file://{tmp_path}/there" if request.param == "file" else f"memory://{tmp_path.name}/there"


def build(folder: Path, pool: Pool, force: bool = False) -> str:
    """Build the plan in a folder with a page beside the reports, as a build with a site does."""
    plan = load_plan()
    said = build_reports(plan.entries, plan.places, folder, force=force, pool=pool)
    (folder / "index.html").write_text("<title>All reports</title>", encoding="utf-8")
    return said


def content(address: str) -> dict[str, object]:
    """Return every file at an address, hidden ones too, and what the record says."""
    store, root = fsspec.core.url_to_fs(address)
    store.invalidate_cache()
    found = {
        path.strip("/")[len(root.strip("/")) + 1 :]: store.cat_file(path) for path in sorted(store.find(root))
    }
    assert found.keys().isdisjoint(REMEMBERED_HERE)
    return of_build(found)


def test_an_address_holds_what_a_folder_would(
    address: str, in_a_folder: dict[str, object], here: Pool
) -> None:
    assert build_at(address, build, here) == f"3 reports built, 0 unchanged, in {address}"
    assert content(address) == in_a_folder
    assert RECORD in in_a_folder and "annual/2013/figure-1.csv" in in_a_folder


def test_another_machine_goes_on_with_what_is_there(
    address: str, in_a_folder: dict[str, object], here: Pool
) -> None:
    build_at(address, build, here)
    store, root = fsspec.core.url_to_fs(address)
    store.pipe_file(f"{root}/annual/2013.html", b"edited by hand")
    store.rm_file(f"{root}/data-quality.ipynb")
    assert build_at(address, build, here) == f"2 reports built, 1 unchanged, in {address}"
    assert content(address) == in_a_folder
    assert build_at(address, build, here).startswith("0 reports built, 3 unchanged")


def test_of_a_copy_that_is_kept_only_what_differs_is_fetched(
    address: str, tmp_path: Path, in_a_folder: dict[str, object], here: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[list[str]] = []
    fetch = Destination._fetch
    monkeypatch.setattr(
        Destination, "_fetch", lambda self, names: (fetched.append(names), fetch(self, names))[1]
    )
    kept = tmp_path / "kept"
    build_at(address, build, here, kept)
    assert build_at(address, build, here, kept).startswith("0 reports built, 3 unchanged")
    store, root = fsspec.core.url_to_fs(address)
    store.pipe_file(f"{root}/annual/2014.html", b"edited by another machine")
    (kept / "annual/2013.html").write_bytes(b"edited here")
    (kept / "annual/2012.html").write_bytes(b"not there")
    assert build_at(address, build, here, kept).startswith("1 report built, 2 unchanged")
    assert fetched == [[], [], ["annual/2013.html", "annual/2014.html"]]
    assert content(address) == in_a_folder


def test_a_folder_with_files_of_its_own_is_left_alone(here: Pool, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(RequestError, match=r"mine\.txt was not fetched from memory://"):
        build_at(f"memory://{tmp_path.name}", build, here, tmp_path)
    assert snapshot(tmp_path) == {"mine.txt": b"mine"}


def test_the_notebook_of_a_report_comes_last_and_the_record_after_all(
    here: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    put = Destination._put
    monkeypatch.setattr(Destination, "_put", lambda self, name: (order.append(name), put(self, name))[1])
    build_at(f"memory://{tmp_path.name}", build, here)
    for place in ("annual/2013", "annual/2014", "data-quality"):
        own = [name for name in order if name.startswith(place)]
        assert own[-1] == f"{place}.ipynb" and len(own) == 6
    assert order[-1] == RECORD


def test_for_a_report_that_is_put_there_its_own_files_are_looked_at_and_no_others(
    here: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Destination] = []
    names = Destination._names
    monkeypatch.setattr(Destination, "_names", lambda self: (looked.append(self), names(self))[1])
    build_at(f"memory://{tmp_path.name}", build, here)
    assert len(looked) == 2, "once before and once after all reports"


def test_a_report_that_cannot_be_put_there_is_told_and_counts_as_not_built(
    here: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = Destination._put

    def full(self: Destination, name: str) -> None:
        if name.startswith("annual/2013"):
            raise OSError("no room left")
        put(self, name)

    address = f"memory://{tmp_path.name}"
    monkeypatch.setattr(Destination, "_put", full)
    with pytest.raises(ReportError) as caught:
        build_at(address, build, here)
    assert "no room left" in str(caught.value)
    assert f"more in {address}/failures" in str(caught.value)
    assert b"no room left" in content(address)["failures/annual/2013.txt"]
    monkeypatch.setattr(Destination, "_put", put)
    assert build_at(address, build, here).startswith("1 report built, 2 unchanged")
    assert not any(name.startswith("failures/") for name in content(address)), "what is built did not fail"


def test_a_build_that_is_stopped_leaves_what_was_built_and_its_record(here: Pool, tmp_path: Path) -> None:
    address = f"memory://{tmp_path.name}"

    def stopped(folder: Path, pool: Pool) -> str:
        plan = load_plan()
        build_reports(plan.select(["annual/2013"]), plan.places, folder, pool=pool)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_at(address, stopped, here)
    assert {RECORD, "annual/2013.ipynb"} <= set(content(address))
    assert build_at(address, build, here).startswith("2 reports built, 1 unchanged")


def test_the_command_puts_reports_and_pages_there(
    here: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def site(folder: Path, with_data: bool, say: object) -> None:
        (folder / "glossary.html").write_text(f"data {with_data}")

    monkeypatch.setattr("milaid.publish.build.local_pool", here)
    monkeypatch.setattr("milaid.publish.build.write_site", site)
    address = f"memory://{tmp_path.name}"
    with pytest.raises(SystemExit) as done:
        cli.main(["build", "--dest", address, "--only", "annual/*", "--out", str(tmp_path / "kept")])
    assert done.value.code == 0
    assert f"2 reports built, 0 unchanged, in {address}" in capsys.readouterr().out
    there = content(address)
    assert there["glossary.html"] == b"data False"
    kept = of_build(snapshot(tmp_path / "kept"))
    assert there == {name: found for name, found in kept.items() if name != INDEX}
    for asked, answer in (
        (["--list"], "2 reports, 0 to build"),
        (["--why", "annual/2013"], "annual/2013: nothing will be done"),
        (["--why", "data-quality"], f"it is not in the record of {address}: it was never built there"),
    ):
        only = ["--only", "annual/*"] if asked == ["--list"] else []
        with pytest.raises(SystemExit) as done:
            cli.main(["build", "--dest", address, *asked, *only])
        assert done.value.code == 0
        assert answer in capsys.readouterr().out
    assert content(address) == there, "nothing was put there"


@pytest.mark.parametrize(
    ("given", "said"), [("nowhere://x/y", "no address that fsspec knows"), ("memory://x", "milaid[remote]")]
)
def test_an_address_that_cannot_be_used_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: str, said: str
) -> None:
    if "remote" in said:
        monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(SystemExit) as done:
        cli.main(["build", "--dest", given])
    assert done.value.code == 2
    assert said in capsys.readouterr().err
