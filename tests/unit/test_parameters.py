from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from milaid.errors import RequestError
from milaid.publish import parameters


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    folder = tmp_path / "data" / "trainings"
    folder.mkdir(parents=True)
    for year in (2007, 2013, 2014):
        (folder / f"fy{year}.parquet").touch()
    (folder / "fyold.parquet").touch()
    return tmp_path


def test_the_newest_year_is_the_default() -> None:
    request = parameters.check("annual", {})
    assert request.values == {"fiscal_year": 2014, "lookback_years": 10, "top_n": 10}
    assert request.output == {"paper": "a4"}
    assert request.place == "annual/2014"


def test_texts_of_the_command_line_become_typed_values() -> None:
    request = parameters.check("annual", {"fiscal_year": " 2013 ", "paper": "letter"})
    assert request.values["fiscal_year"] == 2013
    assert request.output["paper"] == "letter"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"fiscal_year": "2031"},
            "fiscal_year: 2031 is not allowed; allowed: 2007, 2013 to 2014; the nearest is 2014",
        ),
        ({"fiscal_year": "abc"}, "fiscal_year: 'abc' is not a whole number; allowed: 2007, 2013 to 2014"),
        ({"fiscal_year": "2014.0"}, "'2014.0' is not a whole number"),
        ({"topn": "3"}, "did you mean top_n?"),
        ({"top-n": "3"}, "did you mean top_n?"),
        ({"top_n": 2}, "top_n: 2 is not allowed; allowed: 3 to 30"),
        ({"lookback_years": 31}, "lookback_years: 31 is not allowed; allowed: 2 to 30"),
        ({"paper": "lettr"}, "did you mean 'letter'?"),
    ],
)
def test_a_wrong_value_names_what_is_allowed_and_what_is_near(given: dict[str, str | int], said: str) -> None:
    with pytest.raises(RequestError) as caught:
        parameters.check("annual", given)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2


def test_all_problems_come_in_one_message() -> None:
    with pytest.raises(RequestError) as caught:
        parameters.check("annual", {"fiscal_year": "abc", "topn": 1, "paper": "a5"})
    assert str(caught.value).count("\n  - ") == 3


def test_an_unknown_report_names_the_nearest() -> None:
    with pytest.raises(RequestError, match="did you mean 'annual'"):
        parameters.check("anual", {})


def test_without_data_the_message_says_how_to_get_them(project: Path) -> None:
    for path in (project / "data" / "trainings").iterdir():
        path.unlink()
    with pytest.raises(RequestError, match="make data"):
        parameters.check("annual", {})


def test_the_description_is_an_aligned_table() -> None:
    lines = parameters.describe("annual").splitlines()
    head = next(line for line in lines if line.startswith("name"))
    row = next(line for line in lines if line.startswith("fiscal_year"))
    assert row[head.index("allowed") :].startswith("2007, 2013 to 2014")
    assert row[head.index("default") :].startswith("2014")


@pytest.mark.parametrize("formats", [["html", "docx"], []])
def test_formats_that_do_not_exist_are_refused(formats: list[str]) -> None:
    with pytest.raises(RequestError, match="allowed: html, pdf"):
        parameters.check_formats(formats)


def test_checking_a_request_imports_nothing_heavy() -> None:
    code = (
        "import sys, milaid.cli\n"
        "try: milaid.cli.main(['report', 'annual', '--fiscal-year', '2031'])\n"
        "except SystemExit as done: code = done.code\n"
        "heavy = {'pandas', 'numpy', 'papermill', 'nbformat', 'matplotlib', 'nbconvert'} & set(sys.modules)\n"
        "print(code, sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2 []"
