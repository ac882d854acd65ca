from __future__ import annotations

from pathlib import Path

import pytest

from milaid import cli


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    monkeypatch.delenv("MILAID_SOURCES", raising=False)
    (tmp_path / "data" / "trainings").mkdir(parents=True)
    (tmp_path / "data" / "trainings" / "fy2014.parquet").touch()
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as done:
        cli.main(list(arguments))
    return int(done.value.code or 0)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("report", "annual", "--fiscal-year", "abc"),
            "fiscal_year: 'abc' is not a whole number; allowed: 2014",
        ),
        (("report", "annual", "--set", "topn=3"), "did you mean 'top_n'?"),
        (("report", "annual", "--set", "top_n"), "a setting needs the form NAME=VALUE"),
        (("report", "annual", "--format", "docx"), "'docx' is not allowed; allowed: html, pdf, brief"),
        (
            ("report", "program-guide", "--format", "brief"),
            "the program-guide report has no brief; reports with one: annual, country",
        ),
        (("report", "anual"), "did you mean 'annual'?"),
        (("report", "annual", "--top-m", "3"), "--top-n"),
        (("params", "anual"), "did you mean 'annual'?"),
        (("data", "--sources", "/no/such/folder"), "/no/such/folder: there is no such directory"),
        (("repport",), "repport"),
    ],
)
def test_a_wrong_request_ends_with_one_message_and_code_2(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err


def test_help_names_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert "130  stopped by the keyboard" in shown


def test_a_report_has_an_option_for_each_parameter(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", "annual", "--help") == 0
    shown = capsys.readouterr().out
    for option in ("--fiscal-year", "--lookback-years", "--top-n", "--paper", "--set", "--format", "--out"):
        assert option in shown


def test_params_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("params", "annual") == 0
    assert "fiscal_year" in capsys.readouterr().out


def test_doctor_names_what_is_missing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("doctor") == 1
    shown = capsys.readouterr().out
    assert "fiscal years 2014" in shown
    assert "MILAID_SOURCES is not set" in shown
    assert "annual_trends.ipynb of the annual report is missing" in shown


def test_debug_shows_the_traceback() -> None:
    with pytest.raises(Exception, match="did you mean 'annual'"):
        cli.main(["--debug", "params", "anual"])


def test_the_keyboard_ends_it_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.command, "main", interrupt)
    assert run("params") == 130
