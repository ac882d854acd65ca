"""The export of a small project: what it holds, what it refuses, and that it never harms what lies there."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from pathlib import Path

import duckdb
import pytest

import milaid
from data_packages import validate
from milaid import cli, replacing
from milaid.errors import DataError, ReportError, RequestError
from milaid.publish.export import database
from milaid.publish.export.make import make_export
from milaid.publish.export.request import FORMATS, check
from milaid.tables import schemas
from milaid.tables.build.other_tables import OTHER_TABLES
from small_project import made_by_hand, write_rows

SQLITE = "us-foreign-military-training.sqlite"


def export(out: Path, formats: str | None = None, years: str | None = None, *tables: str) -> dict[str, bytes]:
    """Export into ``out``; returns the content of each file by its name."""
    make_export(check(formats, years, tables), out)
    return content(out)


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def query(out: Path, statement: str) -> list[tuple]:
    connection = sqlite3.connect(out / SQLITE)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


@pytest.fixture
def named(tmp_path, monkeypatch) -> None:
    """A project whose tables have names and no content: enough to check a request."""
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    for name in (
        "trainings/fy2013.parquet",
        "trainings/fy2014.parquet",
        *(f"{n}.csv" for n in schemas.SCHEMAS),
    ):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


@pytest.fixture
def out(built, tmp_path) -> Path:
    return tmp_path / "given" / "export"


def test_an_export_holds_every_table_in_every_format_and_what_explains_it(built, out):
    names = set(export(out))
    # The small project has not all sources of other publishers.
    tables = set(schemas.SCHEMAS) - {
        Path(file).stem for file in OTHER_TABLES if not (built.data / file).is_file()
    }
    tables -= schemas.ADDED
    expected = {f"{kind}/{table}.{kind}" for kind in ("csv", "parquet") for table in tables}
    assert names == expected | {SQLITE, "README.md", "data-dictionary.md", "datapackage.json", "SHA256SUMS"}
    found = {name for (name,) in query(out, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert found == tables | {"field_dictionary"}
    readme = (out / "README.md").read_text(encoding="utf-8")
    assert "fiscal years 2013 to 2014" in readme and "| `trainings` | 6 |" in readme
    assert f"version\n{milaid.__version__} of" in readme or f"version {milaid.__version__}" in readme
    assert not [path for path in out.parent.iterdir() if path != out]


def test_every_row_carries_its_identifier_citation_and_address(built, out):
    export(out, "csv")
    rows = duckdb.sql(
        f"SELECT row_id, citation, source_url FROM '{out}/csv/trainings.csv' WHERE country = 'Albania'"
    ).fetchall()
    assert rows == [
        (
            "2014-2015/europe.pdf/p1/r1",
            "Foreign Military Training Report 2014-2015, Volume I, Section IV, Europe, p. 1",
            "https://example.org/europe.pdf#page=1",
        )
    ]


def test_frictionless_accepts_the_description_and_every_row_of_data_and_export(built, out):
    # It cannot read a column of whole numbers in Parquet that holds none at all.
    built.documents[0]["first_page_in_official_file"] = 1
    write_rows(built.table("documents"), built.documents)
    built.build()
    export(out)
    expected = {
        built.data: {"trainings-fy2013": 1, "trainings-fy2014": 5},
        out: {"trainings": 6, "trainings-parquet": 6},
    }
    for folder, rows in expected.items():
        report = validate(folder / "datapackage.json")
        assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])[:5]
        read = {task.name: task.stats["rows"] for task in report.tasks if task.name in rows}
        assert read == rows


def test_frictionless_sees_a_changed_row_and_a_reference_to_nothing(built, out):
    export(out, "csv")
    path = out / "csv/trainings.csv"
    path.write_bytes(path.read_bytes().replace(b'"IMET","IMET-1"', b'"NONE","IMET-1"', 1))
    report = validate(out / "datapackage.json")
    kinds = {kind for (kind,) in report.flatten(["type"])}
    assert kinds >= {"hash-count", "foreign-key"}


def test_checksums_and_sizes_are_those_of_the_files(built, out):
    files = export(out)
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    lines = files["SHA256SUMS"].decode().splitlines()
    assert dict(line.split("  ")[::-1] for line in lines) == {
        name: digest for name, digest in digests.items() if name != "SHA256SUMS"
    }
    for resource in json.loads(files["datapackage.json"])["resources"]:
        assert resource["hash"] == f"sha256:{digests[resource['path']]}"
        assert resource.get("bytes", len(files[resource["path"]])) == len(files[resource["path"]])


def test_the_same_tables_give_the_same_bytes(built, out, tmp_path):
    assert export(out) == export(tmp_path / "again") == export(out)


def test_only_what_is_asked_for_is_exported_and_described(built, out):
    files = export(out, "sqlite, CSV", "2014", "programs", "trainings", "trainings_totals")
    tables = {"programs", "trainings", "trainings_totals"}
    assert {name for name in files if "/" in name} == {f"csv/{table}.csv" for table in tables}
    assert query(out, "SELECT DISTINCT fiscal_year FROM trainings") == [(2014,)]
    assert query(out, "SELECT DISTINCT fiscal_year FROM trainings_totals") == [(2014,)]
    package = json.loads(files["datapackage.json"])
    assert {resource["name"] for resource in package["resources"]} == {*tables, "sqlite"}
    # A reference to a table that is not there would lead nowhere.
    assert {row[2] for row in query(out, "PRAGMA foreign_key_list(trainings)")} == {"programs"}
    assert validate(out / "datapackage.json").valid
    assert "## countries" not in files["data-dictionary.md"].decode()


def test_the_database_knows_types_keys_references_and_fields(built, out):
    export(out, "sqlite")
    columns = {
        name: (kind, required) for _, name, kind, required, *_ in query(out, "PRAGMA table_info(trainings)")
    }
    assert columns["cost_usd"] == ("INTEGER", 0) and columns["row_id"] == ("TEXT", 1)
    assert {row[2] for row in query(out, "PRAGMA foreign_key_list(trainings)")} == {
        "countries",
        "documents",
        "program_labels",
        "programs",
    }
    assert query(out, "SELECT count(*) FROM trainings_actual") == [(6,)]
    described = query(out, "SELECT table_name, column_name FROM field_dictionary")
    for table, column in described:
        assert column in {row[1] for row in query(out, f"PRAGMA table_info({table})")}
    assert ("trainings", "source_url") in described
    assert "PRIMARY KEY" in query(out, "SELECT sql FROM sqlite_master WHERE name = 'documents'")[0][0]


def test_a_reference_to_nothing_ends_the_export_with_the_tables_named(built, out):
    made_by_hand(built.data)
    path = built.table("program_labels")
    path.write_text(path.read_text(encoding="utf-8").replace("\nFMF,FMF\n", "\n"), encoding="utf-8")
    with pytest.raises(DataError, match="trainings name none of program_labels"):
        export(out, "sqlite")
    assert not out.exists()


@pytest.mark.parametrize(("where", "stop"), [("write", KeyboardInterrupt), ("finish", OSError)])
def test_an_export_that_stops_leaves_the_last_one_as_it_was(built, out, monkeypatch, where, stop):
    before = export(out)

    def stopped(*arguments: object) -> None:
        raise stop("in the middle")

    monkeypatch.setattr(database.Database, where, stopped)
    with pytest.raises(stop):
        export(out, years="2014")
    assert content(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["export"]


def test_an_export_whose_last_move_fails_puts_the_old_one_back(built, out, monkeypatch):
    before = export(out)
    move = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if self.name == "datapackage.json":
            raise OSError(28, "no room", str(target))
        return move(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(ReportError, match=r"cannot be replaced: no room.*Nothing was changed"):
        export(out, years="2014")
    assert content(out) == before


def test_an_export_replaces_the_last_one_as_a_whole(built, out):
    export(out)
    files = export(out, "csv", "2013", "trainings")
    assert set(files) == {
        "README.md",
        "SHA256SUMS",
        "csv/trainings.csv",
        "data-dictionary.md",
        "datapackage.json",
    }
    assert b"2014-2015" not in files["csv/trainings.csv"]


def test_what_milaid_did_not_write_is_never_replaced(built, out):
    out.mkdir(parents=True)
    (out / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RequestError, match="not an export of milaid"):
        export(out)
    assert content(out) == {"thesis.txt": b"mine"}
    (out / "thesis.txt").unlink()
    export(out)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    with (out / "csv/programs.csv").open("a", encoding="utf-8") as stream:
        stream.write("X,my program\n")
    before = content(out)
    with pytest.raises(RequestError) as caught:
        export(out)
    assert "notes.txt: not part of the export" in str(caught.value)
    assert "csv/programs.csv: changed since it was exported" in str(caught.value)
    assert content(out) == before
    with pytest.raises(RequestError, match="this is a file"):
        export(out / "README.md")


@pytest.mark.parametrize(
    ("formats", "years", "tables", "said"),
    [
        ("csv,xlsx", None, (), ["unknown format 'xlsx'; allowed: csv, parquet, sqlite"]),
        (None, None, ("training", "program"), ["did you mean 'trainings'", "did you mean 'programs'"]),
        (
            None,
            "2012,2014",
            (),
            ["fiscal_year: 2012 is not allowed; allowed: 2013 to 2014; the nearest is 2013"],
        ),
        (None, "2014-2013,x", (), ["'2014-2013' is no year", "'x' is no year"]),
        (None, " ", (), ["names no year"]),
        (",", None, (), ["names no format"]),
        ("doc", "1900", ("x",), ["unknown format 'doc'", "fiscal_year: 1900", "unknown table 'x'"]),
    ],
)
def test_everything_wrong_with_a_request_comes_in_one_message(named, formats, years, tables, said):
    with pytest.raises(RequestError) as caught:
        check(formats, years, tables)
    for words in said:
        assert words in str(caught.value)


def test_a_request_names_formats_years_and_tables_in_any_order_and_case(named):
    request = check(" sqlite,csv", "2014, 2013-2014", ["Trainings", "programs"])
    assert (request.formats, request.years) == (("csv", "sqlite"), (2013, 2014))
    assert set(request.tables) == {"trainings", "programs"}
    everything = check(None, None, ())
    assert (everything.formats, everything.years) == (FORMATS, None)
    assert set(everything.tables) == set(schemas.SCHEMAS)


def test_without_tables_there_is_nothing_to_export(project):
    with pytest.raises(RequestError, match="make data"):
        check(None, None, ())


def test_the_command_writes_into_the_project_and_names_the_files(built, capsys):
    with pytest.raises(SystemExit) as done:
        cli.main(["export", "--format", "csv", "--years", "2014", "--table", "programs"])
    assert done.value.code == 0
    assert "csv/programs.csv" in capsys.readouterr().out
    assert (built.data.parent / "export" / "csv" / "programs.csv").exists()
    with pytest.raises(SystemExit) as done:
        cli.main(["export", "--format", "csvv"])
    assert done.value.code == 2
    assert "did you mean 'csv'?" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_a_wrong_request(built, out, monkeypatch):
    def refused(**options: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(replacing.tempfile, "mkdtemp", refused)
    with pytest.raises(RequestError, match="cannot be written there: Permission denied"):
        export(out)


def test_a_new_version_is_written_into_the_description_without_reading_documents(built, monkeypatch):
    monkeypatch.setattr(milaid, "__version__", "99.0")
    assert built.build().parsed == 0
    assert json.loads((built.data / "datapackage.json").read_text(encoding="utf-8"))["version"] == "99.0"
