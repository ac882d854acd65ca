"""The file of funding accounts of ForeignAssistance.gov: what it adds up to, where it comes from, copies that are refused."""

from __future__ import annotations

import csv
from datetime import date
from functools import partial

import duckdb
import pytest

from aid_files import country_project
from complete_aid_file import row as complete_row
from complete_aid_file import write_rows
from milaid import paths
from milaid.cli import main
from milaid.errors import RequestError, SourceError
from milaid.sources.download import single
from milaid.tables import store
from milaid.tables.build.funding_aid import add_aid, download_funding
from official_server import Pauses

TODAY = date(2026, 1, 15)
REFERENCE = paths.reference_dir()
HEADER = (
    "Country Code", "Country Name", "Funding Agency Name", "Funding Agency Acronym", "Funding Account Name",
    "Transaction Type Name", "Fiscal Year", "current_amount", "constant_amount",
)  # fmt: skip
COUNTRY_TOTALS = (
    ("COL", "Colombia", "Western Hemisphere", "Obligations", "2021", 3500, 1),
    ("COL", "Colombia", "Western Hemisphere", "Obligations", "2022", 9000, 1),
)
EITHER, UNKNOWN = "Operation and Maintenance, Defense-Wide", "Ukraine Security Assistance Initiative"


def funding_row(**values: object) -> dict[str, str]:
    usual = dict(
        zip(
            HEADER,
            ("COL", "Colombia", "Department of State", "STATE", "International Military Education and Training",
             "Obligations", "2021", "1000", "900"),
            strict=True,
        )
    )  # fmt: skip
    return usual | {
        name.replace("_", " ") if " " not in name and name not in HEADER else name: str(value)
        for name, value in values.items()
    }


def write(path, rows, header=HEADER):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(
            stream, header, quoting=csv.QUOTE_ALL, lineterminator="\n", extrasaction="ignore"
        )
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A project with the reference tables and the totals of the country file; returns its data/."""
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    return country_project(tmp_path, COUNTRY_TOTALS)


@pytest.fixture
def add(data, tmp_path):
    def added(*rows, header=HEADER):
        return add_aid(write(tmp_path / "us_foreign_aid_funding.csv", rows, header), TODAY)

    return added


def found(*columns):
    frame = store.load_foreignassistance()[list(columns)]
    return frame.astype("object").where(frame.notna(), None).to_numpy().tolist()


def test_rows_are_added_up_and_the_kind_of_aid_follows_from_the_account(add):
    made = add(
        funding_row(),
        funding_row(current_amount="2000.25"),
        funding_row(**{"Funding Account Name": "economic  SUPPORT fund"}, current_amount=-7),
        funding_row(**{"Funding Account Name": EITHER}, current_amount=10),
        funding_row(**{"Funding Account Name": UNKNOWN}, current_amount=20),
    )
    assert found("account", "account_code", "category", "category_basis", "transactions", "amount_usd") == [
        ["International Military Education and Training", "IMET", "Military", "account", 2, 3000.25],
        [EITHER, "OMDW", None, "either", 1, 10.0],
        [UNKNOWN, None, None, "unknown", 1, 20.0],
        ["economic  SUPPORT fund", "ESF", "Economic", "account", 1, -7.0],
    ]
    said = str(made)
    assert "4 rows from 5 rows of us_foreign_aid_funding.csv, FY2021 to FY2021" in said
    assert (
        "no column Foreign Assistance Objective Name: economic and military follow from the accounts" in said
    )
    assert f"«{EITHER}»; $10 of the obligations" in said and f"«{UNKNOWN}»; $20 of the obligations" in said


def test_an_objective_that_the_file_names_goes_before_the_account(add):
    name = "Foreign Assistance Objective Name"
    made = add(
        funding_row() | {name: "Economic"},
        funding_row(**{"Funding Account Name": EITHER}) | {name: "Military"},
        funding_row(**{"Fiscal Year": 2022}) | {name: ""},
        header=(*HEADER, name),
    )
    assert found("fiscal_year", "category", "category_basis") == [
        [2021, "Economic", "objective"],
        [2021, "Military", "objective"],
        [2022, "Military", "account"],
    ]
    assert "follow from the accounts" not in str(made)


def test_columns_are_found_by_name_and_unused_ones_do_not_matter(add):
    header = ("Extra", *(name.upper() for name in reversed(HEADER) if name != "constant_amount"))
    made = add({name.upper(): value for name, value in funding_row().items()} | {"Extra": "x"}, header=header)
    assert found("amount_usd", "amount_usd_constant", "constant_base_fiscal_year") == [[1000.0, None, None]]
    assert "the file has no constant dollars" in str(made)


def test_the_last_year_with_obligations_is_not_complete_and_plans_end_none(add):
    made = add(
        funding_row(),
        funding_row(**{"Fiscal Year": 2022}),
        funding_row(**{"Fiscal Year": 2023, "Transaction Type Name": "President's Budget Requests"}),
        funding_row(**{"Fiscal Year": "1976tq"}),
    )
    assert found("fiscal_year", "period", "partial") == [
        [1976, "transition quarter", False],
        [2021, "year", False],
        [2022, "year", True],
        [2023, "year", True],
    ]
    assert "not complete: FY2022, the last year with obligations" in str(made)


def test_the_base_year_is_the_one_whose_constant_dollars_are_the_current_ones(add):
    add(funding_row(), funding_row(**{"Fiscal Year": 2022, "constant_amount": 1000}))
    assert {row[0] for row in found("constant_base_fiscal_year")} == {2022}


def test_sums_by_country_are_held_against_the_country_file(add):
    said = str(
        add(
            funding_row(current_amount=3400),
            funding_row(**{"Fiscal Year": 2022}),
            funding_row(**{"Country Name": "Atlantis"}),
        )
    )
    assert "against the country file: 1 of 3 agree within $1,000" in said
    [line] = [line for line in said.splitlines() if "FY2022 Colombia, Obligations" in line]
    assert line.split()[-3:] == ["1,000", "9,000", "-8,000"]
    assert "1 recipient that aid_recipients.csv does not have, kept as printed: «Atlantis»" in said


def test_a_long_file_comes_to_what_duckdb_adds_up(data, tmp_path):
    rows = [
        funding_row(
            **{"Fiscal Year": 2001 + n % 24, "Country Name": ("Colombia", "Kenya", "World")[n % 3]},
            current_amount=(n * 7919) % 1_000_003 - 500_000,
            **{"Funding Account Name": (UNKNOWN, EITHER, "Economic Support Fund")[n % 5 % 3]},
        )
        for n in range(20_000)
    ]
    path = write(tmp_path / "long.csv", rows)
    add_aid(path, TODAY)
    ours = f"SELECT fiscal_year, country, account, sum(amount_usd)::BIGINT, sum(transactions)::BIGINT FROM '{data}/foreignassistance.parquet' GROUP BY ALL ORDER BY ALL"
    theirs = f"""SELECT "Fiscal Year"::SMALLINT, "Country Name", "Funding Account Name", sum(current_amount)::BIGINT, count(*)
        FROM '{path}' GROUP BY ALL ORDER BY ALL"""
    assert duckdb.sql(ours).fetchall() == duckdb.sql(theirs).fetchall()
    first = (data / "foreignassistance.parquet").read_bytes()
    add_aid(path, TODAY)
    assert (data / "foreignassistance.parquet").read_bytes() == first


def test_the_complete_file_is_told_by_its_columns_and_names_its_basis(data, tmp_path):
    add_aid(write_rows(tmp_path / "us_foreign_aid_complete.csv", [complete_row()]), TODAY)
    assert found("category", "category_basis") == [["Military", "objective"]]


def refused(path, *said):
    """Check that a file is refused with these words, its name and advice, and that data/ is as it was."""
    before = {entry: entry.read_bytes() for entry in paths.data_dir().rglob("*") if entry.is_file()}
    with pytest.raises(SourceError) as error:
        add_aid(path, TODAY)
    for part in (*said, str(path), "Nothing was written"):
        assert part in str(error.value), str(error.value)
    assert {entry: entry.read_bytes() for entry in paths.data_dir().rglob("*") if entry.is_file()} == before
    return str(error.value)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("Fiscal Year", "2199", "Fiscal Year: «2199» is neither 1946 to 2028 nor 1976tq"),
        ("Fiscal Year", "", "Fiscal Year: «»"),
        ("current_amount", "1,000", "current_amount: «1,000» is no number of dollars"),
        ("current_amount", "NaN", "current_amount: «NaN» is no number of dollars"),
        ("constant_amount", "$5", "constant_amount: «$5» is no number of dollars"),
        ("Country Name", "NULL", "Country Name: is empty"),
        ("Funding Account Name", "", "Funding Account Name: is empty"),
        ("Transaction Type Name", "", "Transaction Type Name: is empty"),
    ],
)
def test_a_wrong_cell_is_named_with_line_and_column(data, tmp_path, column, value, said):
    add_aid(write(tmp_path / "good.csv", [funding_row()]), TODAY)
    rows = [
        funding_row(**{"Funding Agency Name": "two\nlines"}),
        funding_row() | {column: value},
        funding_row(current_amount="x"),
    ]
    message = refused(write(tmp_path / "bad.csv", rows), f"line 4, column {said}")
    assert "line 5, column current_amount: «x»" in message


def test_many_wrong_cells_are_told_by_the_first_twenty(data, tmp_path):
    said = refused(
        write(tmp_path / "bad.csv", [funding_row(current_amount="x")] * 50),
        "and more of the same",
        "line 21, ",
    )
    assert "line 22, " not in said


@pytest.mark.parametrize(
    ("cut", "said"),
    [
        (lambda text: text[: text.rindex('"COL"') + 30], "line 4: a quoted text"),
        (lambda text: text[: text.rindex(',"STATE"')] + "\n", "line 4: a row of 3 columns in place of 9"),
        (lambda text: text.splitlines(keepends=True)[0], "no row below the names of the columns"),
        (lambda text: text.replace('"Fiscal Year"', '"Year"'), "line 1: no column Fiscal Year; found 9: Country Code"),
        (lambda text: text.replace('"Funding Agency Acronym"', '"current_amount"'), "more than one column current_amount"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused_with_its_line(data, tmp_path, cut, said):
    path = write(tmp_path / "bad.csv", [funding_row()] * 3)
    path.write_text(cut(path.read_text(encoding="utf-8")), encoding="utf-8")
    refused(path, said)


def test_bytes_of_another_encoding_are_named_by_line(data, tmp_path):
    path = write(tmp_path / "bad.csv", [funding_row(), funding_row(**{"Country Name": "Cote d'Ivoire"})])
    path.write_bytes(path.read_bytes().replace(b"Cote", b"C\xf4te"))
    refused(path, "line 3: the byte 0xf4 is not UTF-8")


def test_the_country_file_is_told_as_what_it_is_not(data, tmp_path):
    refused(tmp_path / "country.csv", "no column", "Foreign Assistance Objective Name")


def test_the_kind_of_each_account_is_that_of_its_dollars_in_the_greenbook():
    accounts = store.load_aid_accounts().set_index("printed")["kind_of_aid"].to_dict()
    rows = duckdb.sql(
        f"""WITH rows AS (SELECT *, abs(obligations_usd) AS dollars, fiscal_year >= 2001 AS new FROM '{REFERENCE.parent}/aid.parquet'),
        used AS (SELECT * FROM rows r WHERE new OR account NOT IN (SELECT account FROM rows WHERE new GROUP BY 1 HAVING sum(dollars) > 0))
        SELECT account, sum(dollars) FILTER (category = 'Military'), sum(dollars), count(DISTINCT category), any_value(category)
        FROM used GROUP BY 1"""
    ).fetchall()
    for account, military, dollars, kinds, only in rows:
        share = float(military or 0) / float(dollars) if dollars else 0
        expected = (
            only
            if kinds == 1
            else "Military"
            if share >= 0.999
            else "Economic"
            if share <= 0.001
            else "either"
        )
        assert accounts[account] == expected, account
    assert len(rows) == len(accounts) and set(accounts.values()) == {"Economic", "Military", "either"}


@pytest.fixture
def quick(monkeypatch):
    """Downloads that rest without waiting."""
    pauses = Pauses()
    monkeypatch.setattr(single, "Manners", partial(single.Manners, tries=3, pause=pauses))
    return pauses


def command(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["data", "add-aid", *arguments])
    return ended.value.code


def test_a_download_is_continued_where_it_broke_off_and_added(data, server, tmp_path, quick, capsys):
    content = write(tmp_path / "made.csv", [funding_row()] * 200).read_bytes()
    url = server.serve("us_foreign_aid_funding.csv", content, cuts=[5000])
    assert command("--download", "--url", url) == 0
    assert server.asked("us_foreign_aid_funding.csv") == [None, "bytes=5000-"]
    assert (data / "official/aid/us_foreign_aid_funding.csv").read_bytes() == content
    assert found("transactions", "amount_usd") == [[200, 200_000.0]]
    assert "1 rows from 200 rows" in capsys.readouterr().out


def test_a_newer_file_takes_the_place_of_the_one_that_is_there(data, server, tmp_path, quick):
    for amount in (1, 2):
        content = write(tmp_path / "made.csv", [funding_row(current_amount=amount)]).read_bytes()
        download_funding(server.serve("us_foreign_aid_funding.csv", content, version=f'"{amount}"'))
    assert b'"2","900"' in (data / "official/aid/us_foreign_aid_funding.csv").read_bytes()


@pytest.mark.parametrize(
    ("manner", "said"),
    [
        (
            {"content": b"<!DOCTYPE html><title>Sign in</title>"},
            "an HTML page titled «Sign in» came in place of the CSV file",
        ),
        ({"status": 404}, "404 Not Found"),
        (
            {"content": b'"Country Code","Funding Account Name"\n' * 100, "always_cut": 40},
            "the connection was cut",
        ),
    ],
)
def test_what_cannot_be_had_is_told_and_leaves_the_table(data, server, quick, capsys, manner, said):
    url = server.serve("us_foreign_aid_funding.csv", **manner)
    assert command("--download", "--url", url) == 3
    shown = capsys.readouterr().err
    assert said in shown and url in shown and "Traceback" not in shown
    assert not (data / "foreignassistance.parquet").exists()


def test_a_download_that_is_damaged_is_refused_with_its_line(data, server, tmp_path, quick, capsys):
    content = write(tmp_path / "made.csv", [funding_row()] * 5).read_bytes()
    assert command("--download", "--url", server.serve("us_foreign_aid_funding.csv", content[:-20])) == 3
    assert "line 6: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name either FILE or --download"),
        (("x.csv", "--download"), "name either FILE or --download"),
        (("x.csv", "--url", "http://localhost"), "--url: belongs to --download"),
        (("x.csv",), "there is no such file"),
    ],
)
def test_a_wrong_request_ends_with_2(data, capsys, arguments, said):
    assert command(*arguments) == 2
    assert said in capsys.readouterr().err


def test_a_directory_in_place_of_the_file_is_a_wrong_request(data, tmp_path):
    with pytest.raises(RequestError, match="there is no such file"):
        add_aid(tmp_path)
