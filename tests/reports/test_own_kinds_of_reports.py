"""Kinds of reports of one's own: from a folder that a plan names, and from an installed package."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import nbformat
import pytest
from nbformat import v4

from listed_activities import write_listed
from milaid.cli import main
from milaid.errors import RequestError
from milaid.paths import project_root, trainings_dir
from milaid.publish.build import build_plan
from milaid.publish.doctor import findings
from milaid.publish.registry import known as registry
from milaid.publish.registry.checking import check
from milaid.publish.registry.places import is_place
from milaid.publish.site import pages as site_pages
from milaid.publish.site.built_reports import built_reports
from milaid.publish.suite.plan import load_plan
from small_reports import write_project

pytestmark = pytest.mark.usefixtures("forked_kernels")

CONTRIBUTING = project_root() / "CONTRIBUTING.md"
SECTION = re.compile(r"^## A new report, step by step\n(.*?)^## ", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
CALL = re.compile(r"`((?:\w+\.)?\w+\((?:subject|front)[^`]*\))`")
SAID = """---
kind: letters
title: Letter of a year
heading: Letters
lead: One letter a year.
place: letters/{fiscal_year}
parameters:
  tone: {help: how it is said, choices: [kind, plain]}
  copies: {minimum: 1}
---"""
PARAMETERS = 'fiscal_year = 2013\ntone = "plain"\ncopies = 2'
SHORT = ("import samples, tones\nsamples.front()", "## All", "samples.Prose(tones.said(region, least_days))")
CELLS = ("import samples, tones\nsamples.front()", "## The letter", "samples.Prose(tones.said(tone, copies))")


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """Let no test see the kinds of another."""
    yield
    registry._entry_points.cache_clear()
    registry._registry.cache_clear()
    registry._of_other_plans.clear()


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project whose plan names a folder with one kind of report."""
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    # Its activities have the columns that tell subjects apart, and no others: there is nothing to explore.
    monkeypatch.setattr(site_pages, "write_explorer", lambda folder, in_site: folder / "explore.html")
    write_project(tmp_path, years=())
    write_listed(tmp_path)
    (tmp_path / "reports").mkdir()
    write_plan(tmp_path)
    write_kind(tmp_path / "own")
    return tmp_path


def write_plan(root: Path, *lines: str) -> None:
    entry = ("reports:", "  - report: letters", "    each: fiscal_year")
    text = "\n".join(["notebooks: ../own", *(lines or entry)])
    (root / "reports" / "plan.yml").write_text(text, encoding="utf-8")


def write_kind(
    folder: Path,
    said: str = SAID,
    parameters: str = PARAMETERS,
    name: str = "letter.ipynb",
    content: tuple[str, ...] = CELLS,
) -> Path:
    cells = [v4.new_raw_cell(said), v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    cells += [
        v4.new_markdown_cell(text) if text.startswith("#") else v4.new_code_cell(text) for text in content
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    folder.mkdir(exist_ok=True)
    module = "def said(tone, copies):\n    return f'{copies} copies in a {tone} tone.'\n"
    (folder / "tones.py").write_text(module, encoding="utf-8")
    nbformat.write(v4.new_notebook(cells=cells), folder / name)
    return folder / name


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    shown = capsys.readouterr()
    return int(ended.value.code or 0), shown.out, shown.err


def test_a_folder_that_the_plan_names_gives_a_kind_of_report(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "letters" in printed(capsys, "report", "--help")[1]
    described = printed(capsys, "params", "letters")[1]
    assert re.search(r"^tone +str +plain +kind, plain +how it is said$", described, re.MULTILINE)
    assert re.search(r"^copies +int +2 +1 or more ", described, re.MULTILINE)
    assert re.search(r"^fiscal_year +int +2013 +2007, 2013 to 2014 ", described, re.MULTILINE)
    code, out, _ = printed(capsys, "report", "letters", "--tone", "kind", "--format", "html")
    assert code == 0 and str(project / "reports" / "letters" / "2013.html") in out
    assert "2 copies in a kind tone." in (project / "reports/letters/2013.html").read_text(encoding="utf-8")


def test_its_parameters_are_checked_like_all_others(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, said = printed(
        capsys, "report", "letters", "--tone", "kid", "--copies", "0", "--fiscal-year", "2031"
    )
    assert code == 2
    assert "tone: 'kid' is not allowed; allowed: kind, plain; did you mean 'kind'?" in said
    assert "copies: 0 is not allowed; allowed: 1 or more" in said
    assert "fiscal_year: 2031 is not allowed; allowed: 2007, 2013 to 2014; the nearest is 2014" in said


def test_it_is_planned_built_and_listed(project: Path) -> None:
    assert {"letters/2013", "letters/2014"} <= load_plan().places
    said = build_plan(only=["letters/*"], formats="html", jobs=1)
    assert said.startswith("3 reports built")
    found = built_reports(project / "reports")
    assert [(report.place, report.name) for report in found] == [
        ("letters/2014", "Fiscal year 2014"), ("letters/2013", "Fiscal year 2013"),
        ("letters/2007", "Fiscal year 2007"),
    ]  # fmt: skip
    index = (project / "reports" / "index.html").read_text(encoding="utf-8")
    assert 'id="letters"' in index and ">Letters<" in index and "One letter a year." in index
    page = (project / "reports" / "letters" / "2013.html").read_text(encoding="utf-8")
    assert '<a href="../index.html#letters">Letters</a>' in page
    assert is_place("letters/2013", registry.known().values())
    # What its cells import is part of what it is made of.
    assert build_plan(only=["letters/*"], formats="html", jobs=1).startswith("0 reports built, 3 unchanged")
    (project / "own" / "tones.py").write_text("def said(tone, copies):\n    return 'Once more.'\n")
    assert build_plan(only=["letters/*"], formats="html", jobs=1).startswith("3 reports built")
    assert "Once more." in (project / "reports/letters/2013.html").read_text(encoding="utf-8")


def test_what_is_wrong_with_it_comes_in_one_message_and_keeps_no_other_from_work(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = SAID.replace("kind: letters", "kind: The Letters").replace("lead:", "laed:")
    wrong = wrong.replace("letters/{fiscal_year}", "letters/{year}").replace(
        "choices: [kind, plain]", "choices: [loud]"
    )
    path = write_kind(project / "own", wrong, "fiscal_year = 2013\ntone = 'plain'\ncopies = [1]")
    with pytest.raises(RequestError) as caught:
        load_plan()
    said = str(caught.value)
    for problem in (
        f"{path}: laed: there is no such key; did you mean 'lead'",
        "kind: 'The Letters' is no name; small letters, digits and hyphens may stand in it",
        "the parameter copies is [1]; a parameter is a text or a whole number",
        "parameters: 'copies' is set in no cell tagged 'parameters'",
        "parameters: tone: the default 'plain' is none of the choices",
        "place: {year} is no parameter of the report; known: fiscal_year, tone",
    ):
        assert problem in said
    assert check("annual", {}).place == "annual/2014"
    assert "laed" in printed(capsys, "report", "letters")[2]
    assert any("laed" in line for line in findings()[0])
    with pytest.raises(RequestError, match="laed"):
        built_reports(project / "reports")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (SAID.replace("kind: letters", "kind: annual"), "there is a kind 'annual' already"),
        (SAID.replace("letters/{", "country/{"), "the reports of 'country' lie at 'country/{fiscal_year}' already"),
        (SAID.replace("letters/{fiscal_year}", "glossary"), "'glossary' is the place of a page of the site"),
        (SAID.replace("letters/{fiscal_year}", "../{fiscal_year}"), "has not the form 'name' or 'folder/{parameter}'"),
        (SAID.replace("letters/{fiscal_year}", "letters/all"), "names no parameter"),
        (SAID.replace("letters/{fiscal_year}", "letters/{fiscal_year"), "expected '}' before end of string"),
        (SAID.replace("title:", "title"), "is no YAML"),
        ("---\nletters\n---", "holds no lines of the form 'kind: NAME'"),
        (SAID.replace("minimum: 1", "minimum: one"), "minimum: 'one' is no whole number"),
        ("no description", "holds no notebook that starts with a raw cell '---'"),
    ],
)  # fmt: skip
def test_a_kind_that_cannot_be_taken_is_told_with_its_notebook(
    project: Path, said: str, problem: str
) -> None:
    write_kind(project / "own", said)
    with pytest.raises(RequestError) as caught:
        load_plan()
    assert problem in str(caught.value) and str(project / "own") in str(caught.value)


def test_a_folder_that_is_not_there_and_a_notebook_that_is_none_are_told(project: Path) -> None:
    (project / "own" / "letter.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(RequestError, match="this is no notebook that can be read"):
        load_plan()
    (project / "reports" / "plan.yml").write_text("notebooks: [gone]\nreports: []", encoding="utf-8")
    with pytest.raises(RequestError, match=r"gone: there is no such folder, which the plan names"):
        load_plan()


def test_a_text_that_cannot_name_a_file_is_refused(project: Path) -> None:
    said = SAID.replace("letters/{fiscal_year}", "letters/{tone}").replace(", choices: [kind, plain]", "")
    write_kind(project / "own", said)
    assert check("letters", {"tone": "quite-plain"}).place == "letters/quite-plain"
    for text in ("../../x", "a b", "", ".hidden"):
        with pytest.raises(RequestError, match="names the files of the report"):
            check("letters", {"tone": text})


def test_a_package_registers_a_kind_by_an_entry_point(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(project, "reports:", "  - report: region-courses", "    each: region", "    only: africa")
    site = tmp_path / "installed"
    (site / "my_package").mkdir(parents=True)
    parameters = 'region = "africa"\nfiscal_year = 2013\nlookback_years = 9\ntop_n = 9\nleast_days = 1'
    write_kind(site / "my_package", "no description", parameters, "region_courses.ipynb", SHORT)
    source = next(text for language, text in blocks() if "REGION_COURSES = Report(" in text)
    (site / "my_package" / "reports.py").write_text(source, encoding="utf-8")
    (site / "my_package" / "__init__.py").touch()
    points = next(text for language, text in blocks() if language == "toml")
    points = points.replace('[project.entry-points."milaid.reports"]', "[milaid.reports]").replace(
        '"my', "my"
    )
    info = site / "my_package-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(points.replace('"', ""), encoding="utf-8")
    (info / "METADATA").write_text("Name: my_package\nVersion: 1.0\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", str(site))
    registry._entry_points.cache_clear()
    registry._registry.cache_clear()
    said = build_plan(only=["region-courses/africa"], formats="html", jobs=1)
    assert said.startswith("1 report built")
    page = (project / "reports" / "region-courses" / "africa.html").read_text(encoding="utf-8")
    assert "30 copies in a africa tone." in page and "Courses of regions</a>" in page
    assert ">Courses by region<" in (project / "reports" / "index.html").read_text(encoding="utf-8")
    sys.modules.pop("my_package.reports", None)
    (site / "my_package" / "reports.py").write_text("REGION_COURSES = 7", encoding="utf-8")
    registry._registry.cache_clear()
    with pytest.raises(RequestError, match=r"entry point 'region-courses' .* gives int, which is no "):
        load_plan()


def blocks() -> list[tuple[str, str]]:
    """Return the blocks of the section on a new report: language and text, as they are to be written."""
    section = SECTION.search(CONTRIBUTING.read_text(encoding="utf-8"))
    assert section is not None
    return [
        (language, re.sub(rf"^{indent}", "", text, flags=re.MULTILINE))
        for indent, language, text in BLOCK.findall(section[1])
    ]


def test_the_text_of_contributing_followed_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = [text for language, text in blocks() if language == "python"]
    said, plan = (text for language, text in blocks() if language == "yaml")
    section = SECTION.search(CONTRIBUTING.read_text(encoding="utf-8"))
    assert section is not None
    calls = CALL.findall(section[1])
    first_of_method = next(i for i, call in enumerate(calls) if call.startswith("method."))
    assert len(calls) == 7 and len(python) == 5
    parameters, imports, front, module = python[:4]
    cells = [
        v4.new_raw_cell(said.strip()),
        v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        v4.new_code_cell(imports), v4.new_code_cell(front), v4.new_markdown_cell("## What was taught"),
        *map(v4.new_code_cell, calls[:first_of_method]), v4.new_markdown_cell("## Data and method"),
        *map(v4.new_code_cell, calls[first_of_method:]),
    ]  # fmt: skip
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    (tmp_path / "my-notebooks").mkdir()
    nbformat.write(v4.new_notebook(cells=cells), tmp_path / "my-notebooks" / "region_courses.ipynb")
    (tmp_path / "my-notebooks" / "long_courses.py").write_text(module, encoding="utf-8")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "plan.yml").write_text(plan, encoding="utf-8")
    out = tmp_path / "out"
    done = build_plan(tmp_path / "plans" / "plan.yml", out, only=["region-courses/*"], formats="html", jobs=1)
    assert done.startswith("2 reports built")
    for name, region in (("africa", "Africa"), ("near-east", "Near East")):
        page = (out / "region-courses" / f"{name}.html").read_text(encoding="utf-8")
        long = duckdb.sql(
            f"""select count(*) from '{trainings_dir()}/fy2020.parquet' where status = 'actual'
                and region_harmonised = '{region}' and end_date - start_date + 1 >= 30"""
        ).fetchall()[0]
        assert f"In FY2020, {long[0]:,} activity rows had 30 days or more." in page
        assert "Courses of regions</a>" in page
    index = (out / "index.html").read_text(encoding="utf-8")
    assert ">Courses by region<" in index and "What was taught to recipients of each region." in index
