"""The command line, a plan, ``--set`` and a notebook read the same name alike, and say the same of a wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest

from milaid import cli
from milaid.errors import RequestError
from milaid.exhibits import scope
from milaid.exhibits.comparison.subject import open_comparison
from milaid.exhibits.subject import open_subject
from milaid.publish import report
from milaid.publish.registry import checking
from milaid.publish.registry.known import find_report
from milaid.publish.registry.report import Request
from milaid.publish.suite.plan import expand
from milaid.tables import store

pytestmark = pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")

COUNTRIES = {
    "Eswatini": "SWZ",
    "ivory coast": "CIV",
    "DRC": "COD",
    "Marruecos": "MAR",
    "Korea, Republic of": "KOR",
    "Yugoslavia": "SERBIA-AND-MONTENEGRO",
    "INDOCHINA": "INDOCHINA",
    "not stated": "NOT-STATED",
    "Netherlands Antilles": "ANT",
    "Kosovo": "XKX",
}
WRONG = {
    "Congo": "'Congo' is not clear; it may be Congo (Kinshasa) (COD) or Congo (Brazzaville) (COG): write the code",
    "Kenja": "'Kenja' is not allowed; did you mean Kenya (KEN)?",
    "Alemania": "'Alemania' is not allowed; it is Germany (DEU), for which no training is listed",
    "Atlantis": "'Atlantis' is not allowed; milaid params country lists what is",
}


def of_plan(text: str) -> str:
    return expand(text, "plan.yml").entries[0].place


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """The requests of which the command line would make reports."""
    requests: list[Request] = []

    def build(request: Request, formats: object, target: object) -> list[Path]:
        requests.append(request)
        return []

    monkeypatch.setattr(report, "build", build)
    return requests


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        cli.main(list(arguments))
    return int(done.value.code or 0)


@pytest.mark.parametrize(("name", "code"), COUNTRIES.items())
def test_a_country_is_the_same_at_each_door(
    name: str, code: str, asked: list[Request], tmp_path: Path
) -> None:
    assert run("report", "country", "--country", name, "--out", str(tmp_path)) == 0
    assert run("report", "country", "--set", f"country={name}", "--out", str(tmp_path)) == 0
    assert [request.place for request in asked] == [f"country/{code}"] * 2
    assert [request.values["country"] for request in asked] == [code] * 2, (
        "what a notebook keeps is canonical"
    )
    assert of_plan(f'reports: [{{report: country, each: country, only: ["{name}"]}}]') == f"country/{code}"
    assert of_plan(f'reports: [{{report: country, parameters: {{country: "{name}"}}}}]') == f"country/{code}"
    assert scope.recipient(name).code == code


@pytest.mark.parametrize(("name", "said"), WRONG.items())
def test_a_wrong_country_is_told_alike_at_each_door(
    name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("report", "country", "--country", name) == 2
    told = capsys.readouterr().err
    assert f"  - country: {said}\n" in told
    assert told.count("\n") < 5, "no list of all codes"
    with pytest.raises(RequestError) as of_a_plan:
        of_plan(f'reports: [{{report: country, each: country, only: ["{name}"]}}]')
    assert said in str(of_a_plan.value)
    with pytest.raises(RequestError) as of_a_notebook:
        scope.recipient(name)
    assert said in str(of_a_notebook.value)


def test_several_are_the_same_at_each_door(asked: list[Request], tmp_path: Path) -> None:
    names = "Kenia, Korea, Republic of, Côte d'Ivoire"
    assert run("report", "comparison", "--members", names, "--out", str(tmp_path)) == 0
    assert asked[0].values["members"] == "KEN,KOR,CIV"
    plan = f'reports: [{{report: comparison, parameters: {{members: "{names}"}}}}]'
    assert of_plan(plan) == "comparison/KEN-KOR-CIV"
    assert [member.scope.code for member in open_comparison("country", names, 2014)] == ["KEN", "KOR", "CIV"]


def test_all_wrong_members_are_named_at_once() -> None:
    with pytest.raises(RequestError) as caught:
        checking.check("comparison", {"members": "Kenya, Congo, Kenja"})
    assert "'Congo' is not clear" in str(caught.value)
    assert "'Kenja' is not allowed; did you mean Kenya (KEN)?" in str(caught.value)


@pytest.mark.parametrize("year", ["2014", "FY2014", "FY 2014", "2014-2015", "2014–15"])
def test_a_year_is_the_same_at_each_door(year: str, asked: list[Request], tmp_path: Path) -> None:
    assert run("report", "annual", "--fiscal-year", year, "--out", str(tmp_path)) == 0
    assert asked[0].values["fiscal_year"] == 2014
    assert of_plan(f'reports: [{{report: annual, each: fiscal_year, only: ["{year}"]}}]') == "annual/2014"
    assert open_subject(year).fiscal_year == 2014


@pytest.mark.parametrize(
    ("kind", "given", "code"),
    [
        ("program", "International Military Education and Training (IMET)", "IMET"),
        ("program", "Section 1206", "SEC1206"),
        ("region", "Middle East", "near-east"),
        ("region", "Latin America", "western-hemisphere"),
    ],
)
def test_programs_and_regions_are_the_same_at_each_door(kind: str, given: str, code: str) -> None:
    assert checking.check(kind, {kind: given}).values[kind] == code
    assert of_plan(f'reports: [{{report: {kind}, each: {kind}, only: ["{given}"]}}]') == f"{kind}/{code}"
    assert {"program": scope.program, "region": scope.region}[kind](given).code == code


def test_what_was_understood_is_said_back_and_files_alone_are_listed(
    asked: list[Request], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("report", "country", "--country", "Eswatini", "--fiscal-year", "2014-2015", "--out", str(tmp_path))
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "'Eswatini' is Swaziland (SWZ) here",
        "2014-2015 is the edition that reports fiscal year 2014",
    ]
    run("report", "country", "--country", "SWZ", "--fiscal-year", "2014", "--out", str(tmp_path))
    assert capsys.readouterr().err == ""


Values = Mapping[str, object]
WRONG_VALUES: list[tuple[str, Values]] = [
    ("annual", {"fiscal_year": 1990}),
    ("annual", {"fiscal_year": "2014-2016"}),
    ("annual", {"fiscal_year": ""}),
    ("annual", {"fiscal_year": 2014.5}),
    ("annual", {"fiscal_year": 1990, "lookback_years": 1, "top_n": "many"}),
    ("region", {"region": "Atlantis", "fiscal_year": 2014}),
    ("region", {"region": "asia", "fiscal_year": 2014}),
    ("region", {"region": "", "fiscal_year": 2014}),
    ("country", {"country": "Kenja", "fiscal_year": 2014}),
    ("country", {"country": 5, "fiscal_year": 2014}),
    ("country", {"country": "HRV", "fiscal_year": 2014}),
    ("program", {"program": "IMETT", "fiscal_year": 2014}),
    ("comparison", {"compare": "Region", "members": "KEN,ETH", "fiscal_year": 2014}),
    ("comparison", {"compare": "country", "members": "Kenya, Congo, Kenja", "fiscal_year": 2014}),
    ("comparison", {"compare": "country", "members": "Kenya, Kenia", "fiscal_year": 2014}),
    ("comparison", {"compare": "program", "members": "IMET", "fiscal_year": 2014}),
    ("comparison", {"compare": "country", "members": "KEN,ETH", "fiscal_year": 1990}),
]


def open_as_its_notebook(kind: str, values: Values) -> object:
    """Run the cell of a notebook of the suite that opens what its report is about."""
    defaults = {"lookback_years": 10, "top_n": 10}
    cells = nbformat.read(find_report(kind).notebook_path, as_version=4).cells
    there: dict[str, object] = {**defaults, **values}
    for cell in cells[: next(n for n, cell in enumerate(cells) if cell.id == "front")]:
        if cell.cell_type == "code" and cell.id != "parameters":
            exec(cell.source, there)
    return there


def problems_of(message: str) -> list[str]:
    """Return what is wrong, without the lines around it that say of which report."""
    listed = [line.removeprefix("  - ") for line in message.splitlines() if line.startswith("  - ")]
    return listed or [message]


@pytest.mark.parametrize(("kind", "values"), WRONG_VALUES, ids=str)
def test_a_notebook_refuses_what_the_command_line_refuses_in_the_same_words(
    kind: str, values: Values
) -> None:
    with pytest.raises(RequestError) as of_the_command_line:
        checking.check(kind, values)  # type: ignore[arg-type]
    with pytest.raises(RequestError) as of_a_notebook:
        open_as_its_notebook(kind, values)
    assert problems_of(str(of_a_notebook.value)) == problems_of(str(of_the_command_line.value))


@pytest.mark.parametrize(
    ("kind", "values", "lines"),
    [
        ("country", {"country": "Eswatini", "fiscal_year": "2014-2015"}, 2),
        ("region", {"region": "Latin America", "fiscal_year": 2014}, 1),
        ("program", {"program": "Section 1206", "fiscal_year": "2014"}, 1),
        ("comparison", {"compare": "country", "members": "KEN, Eswatini, DRC", "fiscal_year": "FY2014"}, 1),
        ("country", {"country": "SWZ", "fiscal_year": 2014}, 0),
    ],
)
def test_a_notebook_says_back_in_a_line_what_the_command_line_says(
    kind: str, values: Values, lines: int, capsys: pytest.CaptureFixture[str]
) -> None:
    open_as_its_notebook(kind, values)
    said = capsys.readouterr().out
    assert said.count("\n") == lines
    assert [part for line in said.splitlines() for part in line.split("; ")] == list(
        checking.check(kind, values).said  # type: ignore[arg-type]
    )
