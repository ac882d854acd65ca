"""A reader's copies of notebooks, how JupyterLab is started for them, and what is refused."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import v4
from tornado.web import HTTPError

from milaid import cli
from milaid.errors import ReportError
from milaid.paths import notebooks_dir
from milaid.publish.files import reanalysis
from milaid.publish.files.naming import name_of_notebook
from milaid.publish.lab.contents import ProjectContents
from milaid.publish.lab.copies import copies_of_kinds, copy_of_report, copy_of_start
from milaid.publish.lab.opening import Opening, arguments, environment
from milaid.publish.registry.checking import check
from milaid.publish.registry.entries import SUITE
from milaid.publish.registry.known import known
from milaid.publish.run.parameters import values_in
from small_reports import write_notebook, write_project


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    write_project(tmp_path)
    write_notebook(tmp_path, "annual_trends.ipynb", "# One", "shown = 1\nshown")
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        cli.main(list(arguments))
    return int(done.value.code or 0)


def change(path: Path, source: str) -> None:
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source = source
    nbformat.write(notebook, path)


def test_a_copy_has_the_values_in_its_one_cell_and_counts_as_the_suites(project: Path) -> None:
    path = copy_of_report(check("annual", {"fiscal_year": "2013", "top_n": 5, "paper": "letter"}))
    assert path == project / "work" / "annual-2013.ipynb"
    notebook = nbformat.read(path, as_version=4)
    assert values_in(notebook) == {"fiscal_year": 2013, "lookback_years": 10, "top_n": 5}
    assert len(notebook.cells) == 3
    about = notebook.metadata["milaid"]
    assert (about["report"], about["paper"]) == ("annual", "letter")
    assert about["parameters"]["fiscal_year"] == 2013
    assert reanalysis.marks(notebook) == ()
    notebook.cells[0].source = notebook.cells[0].source.replace("2013", "2014")
    (mark,) = reanalysis.marks(notebook)
    assert mark.word == "Re-analysis"
    assert "2014" in mark.lines[0] and "2013" in mark.lines[0]


def test_a_changed_copy_stays_and_an_unchanged_one_is_taken_again(project: Path) -> None:
    request = check("annual", {"fiscal_year": 2014})
    first = copy_of_report(request)
    ran = nbformat.read(first, as_version=4)
    ran.cells[-1].outputs = [v4.new_output("execute_result", {"text/plain": "1"})]
    nbformat.write(ran, first)
    assert copy_of_report(request) == first, "outputs are no change"
    change(first, "mine = 2")
    second = copy_of_report(request)
    assert second.name == "annual-2014-2.ipynb"
    assert copy_of_report(request) == second
    assert nbformat.read(first, as_version=4).cells[-1].source == "mine = 2"
    second.write_text("no notebook", encoding="utf-8")
    assert copy_of_report(request).name == "annual-2014-3.ipynb"


def test_a_notebook_that_does_not_set_a_value_is_refused(project: Path) -> None:
    write_notebook(project, "annual_trends.ipynb", parameters="fiscal_year = 2014")
    with pytest.raises(ReportError, match=r"annual_trends\.ipynb does not set lookback_years, top_n"):
        copy_of_report(check("annual", {}))
    assert not (project / "work").exists()


def test_start_is_taken_from_the_suite_where_a_project_has_none(project: Path) -> None:
    assert copy_of_start() == project / "work" / "Start.ipynb"


def test_the_cards_lead_to_a_copy_of_each_kind_which_stays_once_it_is_there(project: Path) -> None:
    copies_of_kinds()
    assert [path.name for path in (project / "work").iterdir()] == ["annual.ipynb"], (
        "others have no notebook here"
    )
    change(project / "work" / "annual.ipynb", "mine = 2")
    copies_of_kinds()
    assert len(list((project / "work").iterdir())) == 1
    assert nbformat.read(project / "work" / "annual.ipynb", 4).cells[-1].source == "mine = 2"


def test_there_is_a_card_for_each_kind_and_its_line_is_a_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("MILAID_ROOT")
    text = "\n".join(cell.source for cell in nbformat.read(notebooks_dir() / "Start.ipynb", 4).cells)
    cards = re.findall(
        r'<a href="([^"]+)\.ipynb"><b>[^<]+</b></a><br>\n[^<]+<br>\n<code>milaid lab ([^<]+)</code>', text
    )
    assert [kind for kind, _ in cards] == [report.kind for report in SUITE]
    for kind, asked in cards:
        assert asked.split()[0] == kind
        subject = asked.split()[1:2] if known()[kind].fields else []
        rest = asked.split()[1 + len(subject) :]
        given = {rest[0].removeprefix("--").replace("-", "_"): rest[1]} if rest else {}
        assert (
            check(kind, {**dict(zip(known()[kind].fields, subject, strict=False)), **given}).report.kind
            == kind
        )


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".ipynb"])
def test_a_published_report_is_opened_with_its_values(
    project: Path, suffix: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = nbformat.read(
        copy_of_report(check("annual", {"fiscal_year": 2013, "top_n": 7, "paper": "letter"})), 4
    )
    folder = project / "reports" / "annual"
    folder.mkdir(parents=True)
    nbformat.write(made, folder / "2013.ipynb")
    (folder / "2013.html").touch()
    (folder / "2013.pdf").touch()
    (project / "work" / "annual-2013.ipynb").unlink()
    monkeypatch.chdir(project)
    assert run("lab", f"reports/annual/2013{suffix}", "--copy-only") == 0
    assert capsys.readouterr().out.split() == [str(Path("work") / "annual-2013.ipynb")]
    copy = nbformat.read(project / "work" / "annual-2013.ipynb", as_version=4)
    assert values_in(copy)["top_n"] == 7
    assert copy.metadata["milaid"]["paper"] == "letter"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("anual",), "did you mean 'annual'?"),
        (("annual", "2012"), "fiscal_year: 2012 is not allowed"),
        (("annual", "2013", "--fiscal-year", "2014"), "given twice, as '2013' and as '2014'"),
        (("annual", "--set", "top_n"), "a setting needs the form NAME=VALUE"),
        (("reports/annual/2013.html",), "there is no such file"),
        (("alone.html",), "alone.ipynb must lie beside it"),
        (("own.ipynb",), "is none of a report"),
        (("damaged.ipynb",), "cannot be read as a notebook"),
    ],
)
def test_a_wrong_request_is_told_and_nothing_is_written(
    project: Path, arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "alone.html").touch()
    (project / "damaged.ipynb").write_text("{", encoding="utf-8")
    nbformat.write(v4.new_notebook(), project / "own.ipynb")
    assert run("lab", *arguments, "--copy-only") == 2
    assert said in capsys.readouterr().err
    assert not (project / "work").exists()


def test_switches_count_before_and_after_the_kind(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Path, Opening]] = []
    monkeypatch.setattr("milaid.publish.lab.opening.open_lab", lambda *given: seen.append(given))
    assert run("lab", "--port", "8899", "annual", "2013", "--no-browser") == 0
    assert run("lab", "--edit") == 0
    assert seen == [
        (project / "work" / "annual-2013.ipynb", Opening(browser=False, port=8899)),
        (project / "work" / "Start.ipynb", Opening(edit=True)),
    ]


def test_jupyterlab_starts_at_the_project_and_keeps_notebooks(project: Path) -> None:
    given = arguments(project / "work" / "a b.ipynb", Opening(browser=False, port=8899))
    assert f"--ServerApp.root_dir={project}" in given
    assert "--LabApp.default_url=/lab/tree/work/a%20b.ipynb" in given
    assert {"--ServerApp.port=8899", "--no-browser", "--LabApp.extension_manager=readonly"} <= set(given)
    assert any("contents_manager_class" in each for each in given)
    free = arguments(project / "work" / "a.ipynb", Opening(edit=True))
    assert not any("contents_manager_class" in each or "port" in each or "browser" in each for each in free)
    assert set(environment()) == {"PATH", "MILAID_STARTED_IN"}


def test_nothing_in_notebooks_is_written_moved_or_removed(project: Path) -> None:
    contents = ProjectContents(root_dir=str(project))
    name = "notebooks/annual_trends.ipynb"
    before = (project / name).read_bytes()
    model = asyncio.run(contents.get(name))
    assert model["writable"] is False
    assert asyncio.run(contents.list_checkpoints(name)) == []
    tries = [
        contents.save(model, name),
        contents.save({"type": "directory"}, "notebooks/new"),
        contents.rename_file(name, "mine.ipynb"),
        contents.rename_file("samples.py", "notebooks/samples.py"),
        contents.rename_file("notebooks", "books"),
        contents.delete_file(name),
        contents.create_checkpoint(name),
        contents.restore_checkpoint("checkpoint", name),
    ]
    for each in tries:
        with pytest.raises(HTTPError, match="the notebooks of the suite stay as they are"):
            asyncio.run(each)
    assert (project / name).read_bytes() == before
    assert sorted(path.name for path in (project / "notebooks").iterdir()) == ["annual_trends.ipynb"]
    asyncio.run(contents.save(model, "mine.ipynb"))
    assert asyncio.run(contents.get("mine.ipynb"))["writable"] is True


def test_an_export_is_named_by_what_it_is_about(project: Path) -> None:
    notebook = nbformat.read(copy_of_report(check("annual", {"fiscal_year": 2013})), as_version=4)
    assert name_of_notebook(notebook) == "annual-2013"
    notebook.cells[0].source = notebook.cells[0].source.replace("2013", "'FY2014'")
    assert name_of_notebook(notebook) == "annual-2014"
    notebook.cells[0].source = "fiscal_year = 1900"
    assert name_of_notebook(notebook) == ""
    template = nbformat.read(project / "notebooks" / "annual_trends.ipynb", as_version=4)
    assert name_of_notebook(template) == "annual-2014"
    assert name_of_notebook(v4.new_notebook(cells=[v4.new_code_cell("1")])) == ""
