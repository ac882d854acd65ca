"""Which folder is worked in, where its parts come from, and what is said where they are missing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from milaid import cli, paths
from milaid.errors import ReportError, RequestError
from milaid.publish import init as init_module
from milaid.publish.doctor import findings
from milaid.publish.init import init
from milaid.publish.lab.opening import environment

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder that nothing leads to."""
    monkeypatch.delenv("MILAID_ROOT", raising=False)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As if the package were installed, with a few files that it carries; returns the folder of these."""
    package = tmp_path / "site-packages" / "milaid"
    suite = package / paths.PACKAGED
    for name in ("notebooks/annual_trends.ipynb", "reports/plan.yml", "data/reference/documents.csv"):
        (suite / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(CHECKOUT / name, suite / name)
        (suite / name).chmod(0o444)
    monkeypatch.setattr(paths, "__file__", str(package / "paths.py"))
    return suite


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(list(arguments))
    seen = capsys.readouterr()
    return int(ended.value.code or 0), seen.out + seen.err


def test_a_checkout_is_worked_in_from_any_folder_that_leads_to_no_project() -> None:
    assert paths.project_root() == paths.suite_root() == CHECKOUT
    assert not paths.is_installed()
    assert paths.own_data()


def test_a_checkout_may_be_called_as_the_folder_in_the_package_is(tmp_path: Path, monkeypatch) -> None:
    checkout = tmp_path / paths.PACKAGED
    (checkout / "notebooks").mkdir(parents=True)
    monkeypatch.setattr(paths, "__file__", str(checkout / "lib" / "milaid" / "paths.py"))
    assert not paths.is_installed()
    assert paths.project_root() == paths.suite_root() == checkout


def test_an_installed_package_gives_what_is_read_and_the_current_folder_takes_what_is_made(
    installed: Path, somewhere: Path
) -> None:
    assert paths.data_dir() == installed / "data"
    assert paths.notebooks_dir() == installed / "notebooks"
    assert paths.plan_file() == installed / "reports" / "plan.yml"
    assert (paths.reports_dir(), paths.export_dir()) == (somewhere / "reports", somewhere / "export")
    assert not paths.own_data()


def test_a_notebook_in_work_makes_what_it_makes_where_milaid_lab_was_started(
    installed: Path, somewhere: Path, monkeypatch
) -> None:
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    (somewhere / "work").mkdir()
    monkeypatch.chdir(somewhere / "work")
    assert paths.work_dir() == somewhere / "work"
    init(somewhere / "work" / "mine", with_data=False)
    monkeypatch.chdir(somewhere / "work" / "mine")
    assert paths.project_root() == somewhere / "work" / "mine"


def test_a_folder_that_is_no_project_gives_nothing_whatever_is_in_it(
    installed: Path, somewhere: Path
) -> None:
    for name in ("data/reference", "notebooks", "reports"):
        (somewhere / name).mkdir(parents=True)
    assert paths.data_dir() == installed / "data"
    assert paths.notebooks_dir() == installed / "notebooks"


def test_a_project_is_found_from_the_folders_in_it(installed: Path, somewhere: Path, monkeypatch) -> None:
    init(somewhere / "mine", with_data=False)
    (somewhere / "mine" / "reports" / "annual").mkdir()
    monkeypatch.chdir(somewhere / "mine" / "reports" / "annual")
    assert paths.project_root() == somewhere / "mine"
    assert paths.notebooks_dir() == somewhere / "mine" / "notebooks"
    assert paths.plan_file() == somewhere / "mine" / "reports" / "plan.yml"
    assert paths.data_dir() == installed / "data"


@pytest.mark.parametrize("named", [True, False], ids=["MILAID_ROOT", "current folder"])
def test_a_project_with_tables_of_its_own_uses_them(
    installed: Path, somewhere: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    init(somewhere / "mine", with_data=True)
    if named:
        monkeypatch.setenv("MILAID_ROOT", str(somewhere / "mine"))
    else:
        monkeypatch.chdir(somewhere / "mine")
    assert paths.data_dir() == somewhere / "mine" / "data"
    assert paths.own_data()


def test_files_of_a_user_in_a_folder_called_data_are_no_tables(
    installed: Path, somewhere: Path, monkeypatch
) -> None:
    init(somewhere, with_data=False)
    (somewhere / "data").mkdir()
    (somewhere / "data" / "survey.csv").touch()
    assert paths.data_dir() == installed / "data"


def test_a_folder_that_milaid_root_names_gives_all(installed: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path / "elsewhere"))
    assert paths.data_dir() == tmp_path / "elsewhere" / "data"
    assert paths.notebooks_dir() == tmp_path / "elsewhere" / "notebooks"


def test_a_copy_is_the_suite_s_and_may_be_edited(installed: Path, tmp_path: Path) -> None:
    said = init(tmp_path / "a folder" / "mine", with_data=False)
    copied = tmp_path / "a folder" / "mine"
    files = [path for path in copied.rglob("*") if path.is_file()]
    assert {path.relative_to(copied).as_posix() for path in files} == {
        "notebooks/annual_trends.ipynb",
        "reports/plan.yml",
    }
    for path in files:
        assert path.read_bytes() == (installed / path.relative_to(copied)).read_bytes()
        assert os.access(path, os.W_OK) and path.stat().st_mode & 0o200
    assert f'cd "{copied}"' in said and str(installed / "data") in said


@pytest.mark.parametrize("there", ["notebooks", "reports/plan.yml", "data"])
def test_what_is_there_is_left_as_it_is(installed: Path, somewhere: Path, there: str) -> None:
    (somewhere / there).parent.mkdir(exist_ok=True)
    (somewhere / there).write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match=f"(?s)left as it is.*{there}.*another folder"):
        init(somewhere, with_data=True)
    assert [path for path in somewhere.rglob("*") if path.is_file()] == [somewhere / there]


def test_all_is_copied_or_nothing(installed: Path, somewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move = Path.replace

    def full(path: Path, target: Path) -> Path:
        if path.name == "plan.yml":
            raise OSError(28, "No space left on device")
        return move(path, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ReportError, match="No space left on device; mend that and run the command again"):
        init(somewhere, with_data=False)
    assert list(somewhere.iterdir()) == []


def test_a_copy_broken_off_leaves_nothing(installed: Path, somewhere: Path, monkeypatch) -> None:
    def stopped(source: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(init_module, "_copy", stopped)
    with pytest.raises(KeyboardInterrupt):
        init(somewhere, with_data=False)
    assert list(somewhere.iterdir()) == []


def test_a_file_is_no_folder(installed: Path, somewhere: Path) -> None:
    (somewhere / "mine").touch()
    with pytest.raises(RequestError, match="this is a file"):
        init(somewhere / "mine", with_data=False)


def test_the_doctor_says_which_folder_is_used_and_why(installed: Path, somewhere: Path, monkeypatch) -> None:
    def folder() -> str:
        return next(line for line in findings()[0] if line.startswith("folder"))

    assert folder().endswith(f"{somewhere} (the current folder)")
    init(somewhere, with_data=False)
    assert folder().endswith(f"{somewhere} (found from the current folder up)")
    monkeypatch.setenv("MILAID_ROOT", str(installed))
    assert folder().endswith(f"{installed} (as MILAID_ROOT says)")


@pytest.mark.parametrize(
    "arguments",
    [("data",), ("data", "add", "x", "--edition", "2021-2022"), ("data", "add-aid", "x.csv")],
    ids=["data", "add", "add-aid"],
)
def test_tables_that_came_with_the_package_are_not_written(
    installed: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    before = sorted(installed.rglob("*"))
    code, said = run(capsys, *arguments)
    assert code == 2
    assert "come with milaid and are left as they are" in said and "milaid init DIR --with-data" in said
    assert sorted(installed.rglob("*")) == before


def test_help_on_them_is_given_all_the_same(installed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = run(capsys, "data", "add", "--help")
    assert code == 0 and "--edition" in said


WITHOUT_DATA = [
    ("report", "annual"),
    ("report", "annual", "--fiscal-year", "2014"),
    ("report", "country", "--country", "Kenya", "--set", "top_n=5"),
    ("report", "annual", "--help"),
    ("params", "annual"),
    ("params",),
    ("check",),
    ("export",),
    ("doctor",),
]
OTHERS = [("data",), ("data", "add", "x", "--edition", "2021-2022"), ("build",), ("build", "--list")]


@pytest.mark.parametrize("arguments", [*WITHOUT_DATA, *OTHERS], ids=" ".join)
def test_without_data_every_command_says_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
) -> None:
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    code, said = run(capsys, *arguments)
    assert code == (0 if "--help" in arguments else 1 if arguments == ("doctor",) else 2)
    assert "No such option" not in said
    assert "milaid init DIR" in " ".join(said.split())
    if arguments in WITHOUT_DATA:
        assert "MILAID_ROOT is" in said


@pytest.mark.parametrize("arguments", [*WITHOUT_DATA, ("build",)], ids=" ".join)
def test_a_damaged_installation_is_called_so(
    installed: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    shutil.rmtree(installed)
    code, said = run(capsys, *arguments)
    assert code == (0 if "--help" in arguments else 1 if arguments == ("doctor",) else 2)
    assert "No such option" not in said
    assert "install milaid again" in " ".join(said.split())


def test_nothing_can_be_copied_from_a_damaged_installation(installed: Path, somewhere: Path) -> None:
    shutil.rmtree(installed)
    with pytest.raises(ReportError, match=r"(?s)missing.*Install milaid again"):
        init(somewhere / "mine", with_data=False)
    assert not (somewhere / "mine").exists()
