from __future__ import annotations

import hashlib
import platform
import socket
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from jupyter_client.connect import LocalPortCache

from milaid.errors import ReportError
from milaid.publish.files.exporters import MilaidHTMLExporter, MilaidPDFExporter
from milaid.publish.registry.checking import check
from milaid.publish.report import build, make_report
from milaid.publish.run import engine, environment, forked
from milaid.publish.run.environment import RunningPython
from milaid.publish.run.failures import FailedReport
from milaid.publish.suite.record import RECORD, read_record

GOOD = (
    "import samples\nsamples.front()",
    "## The total",
    "samples.figure('a', title=f'{fiscal_year}, {lookback_years}, {top_n}', note='')",
    "samples.short_table('b', note='')",
)
MakeProject = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("forked_kernels")


def fingerprints(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / "reports").rglob("*"))
        if path.is_file()
    }


@pytest.mark.usefixtures("kernels_started_anew")
def test_a_report_is_written_with_its_notebook_and_tables(project: MakeProject) -> None:
    root = project(*GOOD)
    written = make_report("annual", {"fiscal_year": 2013, "top_n": 7})
    names = {str(path.relative_to(root / "reports" / "annual")) for path in written}
    assert names == {
        "2013.html", "2013.pdf", "2013.ipynb", "2013.xlsx", "2013.zip", "2013/card.png", "2013/figure-1.csv",
        "2013/table-1.csv", "2013/ro-crate-metadata.json",
    }  # fmt: skip
    assert "2013, 10, 7" in (root / "reports/annual/2013.html").read_text(encoding="utf-8")


def test_the_same_request_gives_the_same_bytes(project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a forked kernel as in one that is started anew."""
    root = project(*GOOD, "import random, time; print(hash('text'))")
    make_report("annual", {"fiscal_year": 2014})
    first = fingerprints(root)
    monkeypatch.setattr(forked, "_allowed", False)
    make_report("annual", {"fiscal_year": 2014})
    assert fingerprints(root) == first


def test_the_notebook_beside_a_report_holds_no_times_and_no_paths(project: MakeProject) -> None:
    root = project(*GOOD)
    make_report("annual", {}, formats=["html"])
    text = (root / "reports/annual/2014.ipynb").read_text(encoding="utf-8")
    assert "papermill" not in text
    assert "duration" not in text
    assert str(root) not in text
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata["language_info"]["name"] == "python"
    assert platform.python_version() not in notebook.metadata["language_info"].values()
    assert notebook.metadata["milaid"] == {
        "report": "annual",
        "formats": ["html"],
        "paper": "a4",
        "place": "annual/2014",
        "links": [],
        "parameters": {"fiscal_year": 2014, "lookback_years": 10, "top_n": 10},
        "cells": {
            f"cell-{number}": notebook.metadata["milaid"]["cells"][f"cell-{number}"]
            for number in (1, 2, 3, 4)
        },
    }
    assert not (root / "reports/annual/2014.pdf").exists()


def test_a_report_of_a_suite_keeps_the_places_it_links_to_and_is_exported_again_alike(
    project: MakeProject,
) -> None:
    text = "## One\n\n[Cameroon](report:country/CMR), [Chad](report:country/TCD), [here](report:annual/2014)"
    root = project(*GOOD, text)
    suite = frozenset({"index", "country/CMR", "country/KEN", "annual/2014"})
    build(check("annual", {"fiscal_year": 2014}), ("html", "pdf"), root / "reports", suite)
    made = nbformat.read(root / "reports/annual/2014.ipynb", as_version=4)
    assert made.metadata["milaid"]["links"] == ["country/CMR", "index"]
    html = (root / "reports/annual/2014.html").read_text(encoding="utf-8")
    assert '<a href="../country/CMR.html">Cameroon</a>, Chad, here' in html
    assert MilaidHTMLExporter().from_notebook_node(made)[0] == html
    pdf = MilaidPDFExporter().from_notebook_node(made)[0]
    assert pdf == (root / "reports/annual/2014.pdf").read_bytes()


def test_a_failing_cell_is_named_and_the_last_good_report_stays(project: MakeProject) -> None:
    root = project(*GOOD)
    make_report("annual", {})
    before = fingerprints(root)
    project(*GOOD, "## Recipients", "frame = {}\nframe['Burundi']\nlater = 1")
    with pytest.raises(ReportError) as caught:
        make_report("annual", {"top_n": 5})
    message = str(caught.value)
    assert "annual report (fiscal_year = 2014, lookback_years = 10, top_n = 5)" in message
    assert "cell 7 below the heading 'Recipients'" in message
    assert "line 2 of the cell: frame['Burundi']" in message
    assert "KeyError: 'Burundi'" in message
    assert caught.value.exit_code == 1
    assert fingerprints(root) == before
    assert sorted(path.name for path in (root / "reports/annual").iterdir()) == [
        "2014", "2014.html", "2014.ipynb", "2014.pdf", "2014.xlsx", "2014.zip",
    ]  # fmt: skip


def test_an_error_in_the_library_names_its_line_there_too(project: MakeProject) -> None:
    project("from milaid.blocks import numbers\nnumbers.cell(1, 'colour')")
    with pytest.raises(ReportError, match=r"in milaid/blocks/numbers\.py, line \d+"):
        make_report("annual", {})


def test_a_report_whose_references_are_wrong_leaves_the_last_one(project: MakeProject) -> None:
    root = project(*GOOD)
    make_report("annual", {}, formats=["html"])
    before = fingerprints(root)
    project(*GOOD, "samples.Prose('[[c]]')")
    with pytest.raises(ReportError, match="no exhibit has the key 'c'"):
        make_report("annual", {}, formats=["html"])
    assert fingerprints(root) == before


def test_tables_of_exhibits_that_are_no_more_are_removed(project: MakeProject) -> None:
    root = project(*GOOD)
    make_report("annual", {}, formats=["html"])
    kept = root / "reports/annual/2014/my-notes.csv"
    kept.write_text("mine\n")
    project(*GOOD[:3])
    make_report("annual", {}, formats=["html"])
    assert sorted(path.name for path in kept.parent.iterdir()) == [
        "figure-1.csv",
        "my-notes.csv",
        "ro-crate-metadata.json",
    ]


def test_a_report_made_by_itself_is_recorded_with_the_formats_that_its_notebook_was_made_into(
    project: MakeProject,
) -> None:
    root = project(*GOOD)

    def formats() -> set[str]:
        record = read_record(root / "reports")
        assert record.is_intact("annual/2013")
        return {Path(name).suffix for name in record.reports["annual/2013"].files} - {".csv", ".json"}

    make_report("annual", {"fiscal_year": 2013}, formats=["html"])
    assert formats() == {".html", ".ipynb", ".zip", ".xlsx"}
    make_report("annual", {"fiscal_year": 2013}, formats=["pdf"])
    assert formats() == {".html", ".pdf", ".png", ".ipynb", ".zip", ".xlsx"}
    make_report("annual", {"fiscal_year": 2013, "top_n": 7}, formats=["pdf"])
    # The page that is still there is of another notebook.
    assert formats() == {".pdf", ".png", ".ipynb", ".zip", ".xlsx"}


def test_a_report_made_into_another_folder_gets_no_record_there(project: MakeProject, tmp_path: Path) -> None:
    project(*GOOD)
    make_report("annual", {"fiscal_year": 2013}, formats=["html"], out_dir=tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere" / RECORD).exists()


def test_a_parameter_the_notebook_does_not_know_is_an_error(project: MakeProject) -> None:
    project(*GOOD, parameters="fiscal_year = 2014\ntop = 3")
    with pytest.raises(ReportError, match="does not set lookback_years, top_n"):
        make_report("annual", {})


@pytest.mark.usefixtures("kernels_started_anew")
def test_cells_run_in_one_environment_whatever_the_shell_says(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    root = project(
        "import os\nprint(os.environ['TZ'], os.environ['PYTHONHASHSEED'], os.environ['MPLBACKEND'])"
    )
    make_report("annual", {}, formats=["html"])
    assert "UTC 0 agg" in (root / "reports/annual/2014.html").read_text(encoding="utf-8")


TAKEN = (
    "def resident(): return int(open('/proc/self/statm').read().split()[1]) * 4096\n"
    "start = resident()\n"
    "kept = [bytes(2000) for _ in range(60_000)]; last = bytes(1000)\n"
    "most = resident(); del kept"
)


@pytest.mark.skipif(platform.system() != "Linux", reason="other systems do not say it so")
@pytest.mark.parametrize("allowed", [True, False], ids=["forked", "anew"])
def test_a_kernel_gives_back_what_a_cell_took_for_a_while(
    allowed: bool, project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forked, "_allowed", allowed)
    project(
        GOOD[0],
        TAKEN,
        "assert most - start > 110_000_000 and resident() - start < 30_000_000, resident() - start",
    )
    make_report("annual", {}, formats=["html"])


def test_two_kernels_at_once_in_one_directory_do_not_hear_each_other() -> None:
    first, second = RunningPython(kernel_name="python3"), RunningPython(kernel_name="python3")
    assert first.transport == second.transport == "ipc"
    assert first.ip != second.ip


def test_what_a_failing_cell_and_its_kernel_wrote_is_kept(project: MakeProject) -> None:
    project(*GOOD, "## Sums", "import sys; print('from a cell', file=sys.stderr)", "1 / 0")
    with pytest.raises(FailedReport) as caught:
        make_report("annual", {})
    failure = caught.value.failure
    assert (failure.cell, failure.heading, failure.source) == (8, "Sums", "1 / 0")
    assert failure.error == "ZeroDivisionError: division by zero"
    assert failure.parameters["fiscal_year"] == 2014
    assert "from a cell" in failure.stderr
    assert "ZeroDivisionError" in failure.traceback


@pytest.mark.usefixtures("kernels_started_anew")
def test_of_a_kernel_that_died_the_cell_and_its_last_words_are_kept(project: MakeProject) -> None:
    project(*GOOD, "import ctypes; ctypes.string_at(0)")
    with pytest.raises(FailedReport, match="the kernel died") as caught:
        make_report("annual", {})
    assert caught.value.failure.cell == 6
    assert "string_at(0)" in caught.value.failure.source
    assert "Segmentation fault" in caught.value.failure.stderr


@pytest.mark.usefixtures("kernels_started_anew")
def test_a_kernel_that_dies_before_its_first_cell_is_told_as_one(
    project: MakeProject, capfd: pytest.CaptureFixture[str]
) -> None:
    root = project(*GOOD)
    (root / "notebooks" / "sitecustomize.py").write_text("import os; os._exit(3)", encoding="utf-8")
    with pytest.raises(FailedReport, match="the kernel died, most likely of too little memory") as caught:
        make_report("annual", {})
    assert caught.value.failure.error == "the kernel died"
    assert "Error occurred" not in capfd.readouterr().err


@pytest.mark.usefixtures("kernels_started_anew")
def test_a_kernel_over_tcp_is_started_again_when_its_port_was_taken_meanwhile(
    project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project(*GOOD)
    for module in (environment, engine):
        monkeypatch.setattr(module, "transport", lambda: "tcp")
    find, given = LocalPortCache.find_available_port, []
    with socket.create_server(("127.0.0.1", 0)) as taken:

        def find_one(cache: LocalPortCache, ip: str) -> int:
            given.append(find(cache, ip) if given else taken.getsockname()[1])
            return given[-1]

        monkeypatch.setattr(LocalPortCache, "find_available_port", find_one)
        make_report("annual", {"fiscal_year": 2014}, formats=["html"])
    assert (root / "reports/annual/2014.html").is_file()
    ports_of_a_kernel = 5
    assert len(given) == 2 * ports_of_a_kernel
