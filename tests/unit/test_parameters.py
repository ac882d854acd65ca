from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from listed_activities import write_listed
from milaid.errors import RequestError
from milaid.publish.registry import checking
from milaid.publish.registry.description import describe
from milaid.publish.registry.known import find_report
from milaid.publish.registry.parameter import Parameter


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
    request = checking.check("annual", {})
    assert request.values == {"fiscal_year": 2014, "lookback_years": 10, "top_n": 10}
    assert request.output == {"paper": "a4"}
    assert request.place == "annual/2014"


def test_texts_of_the_command_line_become_typed_values() -> None:
    request = checking.check("annual", {"fiscal_year": " 2013 ", "paper": "letter"})
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
        ({"topn": "3"}, "did you mean 'top_n'?"),
        ({"top-n": "3"}, "did you mean 'top_n'?"),
        ({"top_n": 2}, "top_n: 2 is not allowed; allowed: 3 to 30"),
        ({"lookback_years": 31}, "lookback_years: 31 is not allowed; allowed: 2 to 30"),
        ({"paper": "lettr"}, "did you mean 'letter'?"),
    ],
)
def test_a_wrong_value_names_what_is_allowed_and_what_is_near(given: dict[str, str | int], said: str) -> None:
    with pytest.raises(RequestError) as caught:
        checking.check("annual", given)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2


def test_all_problems_come_in_one_message() -> None:
    with pytest.raises(RequestError) as caught:
        checking.check("annual", {"fiscal_year": "abc", "topn": 1, "paper": "a5"})
    assert str(caught.value).count("\n  - ") == 3


def test_an_unknown_report_names_the_nearest() -> None:
    with pytest.raises(RequestError, match="did you mean 'annual'"):
        checking.check("anual", {})


def test_without_data_the_message_says_how_to_get_them(project: Path) -> None:
    for path in (project / "data" / "trainings").iterdir():
        path.unlink()
    with pytest.raises(RequestError, match=r"MILAID_ROOT is .*milaid init DIR --with-data"):
        checking.check("annual", {})


def test_the_description_is_an_aligned_table() -> None:
    lines = describe("annual").splitlines()
    head = next(line for line in lines if line.startswith("name"))
    row = next(line for line in lines if line.startswith("fiscal_year"))
    assert row[head.index("allowed") :].startswith("2007, 2013 to 2014")
    assert row[head.index("default") :].startswith("2014")


@pytest.fixture
def listed(project: Path) -> Path:
    """The project with recipients, programs and regions in its years."""
    (project / "data" / "trainings" / "fyold.parquet").unlink()
    write_listed(project)
    return project


@pytest.mark.parametrize("given", ["CIV", "civ", " Civ ", "Côte d’Ivoire", "CÔTE D’IVOIRE", "cote d'ivoire"])
def test_a_country_is_found_by_code_or_name_in_any_case(listed: Path, given: str) -> None:
    request = checking.check("country", {"country": given})
    assert request.values["country"] == "CIV"
    assert request.place == "country/CIV"


def test_a_program_is_found_by_code_or_name_in_any_case(listed: Path) -> None:
    for given in ("imet", "international military education and training"):
        assert checking.check("program", {"program": given}).place == "program/IMET"
    assert checking.check("program", {"program": "pko"}).place == "program/PKO"


def test_a_code_wins_over_a_name_that_reads_like_it() -> None:
    parameter = Parameter("p", str, "A", "", choices=("A", "B"), names=("Other", "a"))
    assert parameter.read("a") == "A"


def test_a_recipient_without_an_iso_code_is_named_in_capitals(listed: Path) -> None:
    request = checking.check("country", {"country": "serbia and montenegro"})
    assert request.place == "country/SERBIA-AND-MONTENEGRO"


@pytest.mark.parametrize(
    ("kind", "given", "newest"),
    [
        ("country", {"country": "CMR"}, 2013),
        ("country", {"country": "Cameroon"}, 2013),
        ("country", {"country": "KEN"}, 2014),
        ("program", {"program": "IMET"}, 2014),
        ("region", {"region": "europe-and-eurasia"}, 2007),
        ("comparison", {"members": "CMR,KEN"}, 2014),
    ],
)
def test_the_default_year_is_the_newest_that_lists_the_subject(
    listed: Path, kind: str, given: dict[str, str], newest: int
) -> None:
    assert checking.check(kind, given).values["fiscal_year"] == newest


def test_the_years_of_a_country_are_its_own(listed: Path) -> None:
    assert checking.check("country", {"country": "CMR", "fiscal_year": 2007}).values["fiscal_year"] == 2007
    with pytest.raises(RequestError, match=r"2014 is not allowed; allowed: 2007, 2013; the nearest is 2013"):
        checking.check("country", {"country": "CMR", "fiscal_year": 2014})


def test_a_wrong_country_is_one_problem_and_not_one_of_its_years_too(listed: Path) -> None:
    with pytest.raises(RequestError) as caught:
        checking.check("country", {"country": "Cameron", "fiscal_year": 2014})
    assert str(caught.value).count("\n  - ") == 1
    assert "country: 'Cameron' is not allowed; did you mean Cameroon (CMR)?" in str(caught.value)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"members": "ken, civ"}, "KEN,CIV"),
        ({"members": "Kenya,Côte d’Ivoire,JOR"}, "KEN,CIV,JOR"),
        ({"compare": "program", "members": "international military education and training,fmf"}, "IMET,FMF"),
    ],
)
def test_several_are_read_one_by_one_and_keep_their_order(
    listed: Path, given: dict[str, str], read: str
) -> None:
    request = checking.check("comparison", given)
    assert request.values["members"] == read
    assert request.place == f"comparison/{read.replace(',', '-')}"


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ("KEN", "'KEN' names 1; allowed: 2 to 5, joined by commas"),
        ("CMR,CIV,KEN,JOR,SERBIA-AND-MONTENEGRO,IMET", "'IMET' is not allowed"),
        ("KEN,Kenya", "names one twice"),
        ("", "names 0"),
        ("KEN,JOE", "'JOE' is not allowed; did you mean Jordan (JOR)?"),
    ],
)
def test_a_wrong_list_says_what_is_wrong(listed: Path, members: str, said: str) -> None:
    with pytest.raises(RequestError, match="members") as caught:
        checking.check("comparison", {"members": members})
    assert said in str(caught.value)


def test_what_a_value_stands_for_is_named(listed: Path) -> None:
    def named(kind: str, parameter: str, value: str, **given: str) -> str:
        found = {p.name: p for p in find_report(kind).find_parameters(given)}
        return found[parameter].name_of(value)

    assert named("country", "country", "CMR") == "Cameroon"
    assert named("comparison", "members", "KEN,CIV,JOR") == "Kenya, Côte d’Ivoire and Jordan"
    assert named("program", "program", "PKO") == "PKO", "a program that programs.csv lacks has its code"
    assert named("country", "top_n", "10") == ""


def test_the_description_lists_codes_and_names_below_the_table(listed: Path) -> None:
    lines = describe("country").splitlines()
    row = next(line for line in lines if line.startswith("country "))
    assert "one of 5 codes below" in row
    below = lines[lines.index("country: a code or name of") + 1 :]
    assert below[0].split() == ["CMR", "Cameroon"]
    assert len(below) == 5
    assert len({line.index(line.split(maxsplit=1)[1]) for line in below}) == 1, "names are aligned"
    assert "a code or name of" not in describe("annual")
    assert "2 to 5 of" in describe("comparison")


@pytest.mark.parametrize("formats", [["html", "docx"], []])
def test_formats_that_do_not_exist_are_refused(formats: list[str]) -> None:
    with pytest.raises(RequestError, match="allowed: html, pdf"):
        checking.check_formats(formats)


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
