"""The complete file of ForeignAssistance.gov: what it adds up to, and copies that are refused."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from aid_files import country_project
from complete_aid_file import HEADER, LATER, row, write_large, write_rows
from milaid import paths
from milaid.cli import main
from milaid.errors import RequestError, SourceError
from milaid.tables import schemas_aid, store
from milaid.tables.build.complete_aid import FILE_NAME, add_complete_aid

TODAY = date(2026, 1, 15)
REFERENCE = paths.reference_dir()
COUNTRY_TOTALS = (
    ("COL", "Colombia", "Western Hemisphere", "Obligations", "2014", 3000, 1),
    ("COL", "Colombia", "Western Hemisphere", "Obligations", "2015", 9000, 1),
)


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A project with the reference tables and the totals of the country file; returns its data/."""
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    return country_project(tmp_path, COUNTRY_TOTALS)


@pytest.fixture
def add(data, tmp_path):
    """Return the function that writes rows as a file and adds them up."""

    def added(*rows, header=HEADER, today=TODAY):
        return add_complete_aid(write_rows(tmp_path / "complete.csv", rows, header), today)

    return added


def refused(path, *said):
    """Check that a file is refused with these words, its name and advice, and that nothing is left behind."""
    before = {entry.name for entry in paths.data_dir().iterdir()}
    with pytest.raises(SourceError) as error:
        add_complete_aid(path, TODAY)
    for part in (*said, str(path), "Nothing was written", "Download"):
        assert part in str(error.value), str(error.value)
    assert {entry.name for entry in paths.data_dir().iterdir()} == before
    return str(error.value)


def test_rows_are_added_up_by_year_country_category_account_agency_and_type(add):
    made = add(
        row(),
        row(Current_Dollar_Amount="2000.25", Activity_Description='"quoted",\ntwo lines'),
        row(Current_Dollar_Amount=-500, Transaction_Type_Name="Disbursements"),
        row(
            Foreign_Assistance_Objective_Name="Economic",
            Funding_Account_ID="1037",
            Funding_Account_Name="Other",
        ),
    )
    frame = store.load_foreignassistance()
    found = frame[["transaction_type", "category", "account_code", "transactions", "amount_usd"]]
    assert found.astype("object").where(found.notna(), None).to_numpy().tolist() == [
        ["Obligations", "Economic", None, 1, 1000.0],
        ["Disbursements", "Military", "IMET", 1, -500.0],
        ["Obligations", "Military", "IMET", 2, 3000.25],
    ]
    assert set(frame["iso3"]) == {"COL"} and set(frame["region_harmonised"]) == {"Western Hemisphere"}
    assert (made.transactions, made.rows, made.first_year, made.last_year) == (4, 3, 2014, 2014)


def test_an_account_has_its_code_by_its_number_where_its_name_is_another(add):
    add(row(Funding_Account_Name="Military Education and Training, State"))
    assert store.load_foreignassistance()["account_code"].tolist() == ["IMET"]


def test_the_transition_quarter_stands_apart(add):
    add(row(Fiscal_Year="1976"), row(Fiscal_Year="1976tq", Current_Dollar_Amount=7))
    frame = store.load_foreignassistance()
    assert frame[["fiscal_year", "period", "amount_usd"]].to_numpy().tolist() == [
        [1976, "year", 1000.0],
        [1976, "transition quarter", 7.0],
    ]


@pytest.mark.parametrize(
    ("latest", "partial"),
    [("2015-09-29", [False, True]), ("2015-09-30", [False, False]), ("03/31/2015", [False, True])],
)
def test_a_fiscal_year_that_is_not_over_at_the_latest_transaction_is_partial(add, latest, partial):
    made = add(row(), row(Fiscal_Year="2015", Transaction_Date=latest))
    assert store.load_foreignassistance()["partial"].tolist() == partial
    assert ("not complete: FY2015" in str(made)) == partial[1]


def test_dates_to_come_and_dates_of_requests_do_not_end_a_fiscal_year(add):
    add(
        row(Transaction_Date="2099-01-01"),
        row(Transaction_Type_Name="President's Budget Requests", Transaction_Date="2015-01-01"),
        row(Transaction_Date="2013-12-31"),
    )
    assert store.load_foreignassistance()["partial"].all()


def test_the_base_year_is_the_one_whose_constant_dollars_are_current_ones(add):
    plan = {"Transaction_Type_Name": "Plans", "Fiscal_Year": "2022", "Constant_Dollar_Amount": 1000}
    made = add(row(), row(Fiscal_Year="2023", Constant_Dollar_Amount=1000), row(**plan))
    frame = store.load_foreignassistance()
    found = dict(zip(frame["transaction_type"], frame["constant_base_fiscal_year"], strict=True))
    assert found == {"Obligations": 2023, "Plans": 2022}
    assert "constant dollars are those of FY2023 (Obligations), FY2022 (Plans)" in str(made)
    assert "not clear" in str(add(row()))
    assert store.load_foreignassistance()["constant_base_fiscal_year"].isna().all()


def test_columns_are_found_by_name_in_older_copies_too(add):
    older = [name.replace("Funding Account ID", "Funding Acount ID") for name in reversed(HEADER[:-LATER])]
    rows = [row() | {"Funding Acount ID": "1081"}]
    made = add(*rows, header=tuple(older))
    frame = store.load_foreignassistance()
    assert frame["account_id"].tolist() == ["1081"] and frame["amount_usd"].tolist() == [1000.0]
    assert frame["amount_usd_constant"].isna().all()
    assert "an older copy without constant dollars" in str(made)


def test_empty_cells_and_null_are_missing_values(add):
    made = add(
        row(Country_Code="NULL", Country_Name="Vietnam (former South)", Foreign_Assistance_Objective_Name=""),
        row(Current_Dollar_Amount="", Constant_Dollar_Amount="NULL"),
    )
    frame = store.load_foreignassistance().set_index("country")
    assert frame.loc[["Vietnam (former South)"], ["country_code", "category"]].isna().all().all()
    assert frame.loc["Vietnam (former South)", "iso3"] == "VNM"
    assert frame.loc["Colombia", "without_amount"] == 1 and frame.loc["Colombia", "amount_usd"] == 0
    assert "transactions without an amount: 1" in str(made)


def test_recipients_that_are_not_known_are_kept_and_named(add):
    made = add(row(Country_Name="Atlantis", Country_Code="ATL"))
    assert store.load_foreignassistance()["country"].tolist() == ["Atlantis"]
    assert store.load_foreignassistance()["recipient_harmonised"].isna().all()
    assert "«Atlantis»" in str(made)


def test_sums_are_compared_with_the_country_file_and_differences_refuse_nothing(add):
    said = str(add(row(), row(Current_Dollar_Amount=2000)))
    assert "1 of 2 agree" in said and "revises" in said
    [line] = [line for line in said.splitlines() if "FY2015 Obligations" in line]
    assert line.split()[-3:] == ["0", "9,000", "-9,000"]


def test_the_table_is_an_empty_frame_with_its_columns_where_it_has_not_been_made(data):
    frame = store.load_foreignassistance()
    assert len(frame) == 0 and tuple(frame.columns) == schemas_aid.FOREIGNASSISTANCE.columns
    for field in schemas_aid.FOREIGNASSISTANCE.fields:
        assert str(frame[field.name].dtype) == field.pandas_dtype, field.name


def test_a_long_file_with_all_that_makes_it_hard_to_read_adds_up(data, tmp_path):
    total = write_large(tmp_path / "large.csv", 50_000)
    made = add_complete_aid(tmp_path / "large.csv", TODAY)
    assert made.transactions == 50_000
    [(dollars, rows)] = duckdb.sql(
        f"SELECT sum(amount_usd)::BIGINT, sum(transactions)::BIGINT FROM '{data / FILE_NAME}'"
    ).fetchall()
    assert (dollars, rows) == (total, 50_000)
    first = (data / FILE_NAME).read_bytes()
    add_complete_aid(tmp_path / "large.csv", TODAY)
    assert (data / FILE_NAME).read_bytes() == first


@pytest.fixture
def good(data, tmp_path):
    """The bytes of a good file of 300 rows."""
    write_large(tmp_path / "good.csv", 300)
    return (tmp_path / "good.csv").read_bytes()


def changed(tmp_path, content):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    return path


def test_missing_columns_are_all_named_with_what_was_found(data, tmp_path):
    header = tuple(name for name in HEADER if name not in ("Fiscal Year", "Country Name"))
    said = refused(
        write_rows(tmp_path / "bad.csv", [row()], header), "no column Fiscal Year, Country Name", "found 54"
    )
    assert "Country Code" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"<!DOCTYPE html>\n<html><body>Sign in</body></html>", "a web page, not a table: «<!DOCTYPE html>"),
        ("Country Code,Country Name\n".encode("utf-16"), "UTF-16"),
        ("Country Code,Country Name\n".encode("utf-16-le"), "UTF-16"),
        (b"PK\x03\x04\x00\x00", "no text at all"),
        (b"Country Code;Country Name\n", "no column"),
        (b'"Country Code,Country Name\n', "line 1"),
        ((",".join(HEADER) + "\n").encode(), "no transaction below"),
    ],
)
def test_a_file_that_is_no_table_is_refused(data, tmp_path, content, said):
    refused(changed(tmp_path, content), said)


def test_bytes_of_another_encoding_are_named_by_line(good, tmp_path):
    content = good.decode().replace("’", "'").encode("latin-1")
    line = next(n for n, text in enumerate(content.split(b"\n"), 1) if b"\xf4" in text)
    refused(changed(tmp_path, content), f"line {line}: the byte 0xf4 is not UTF-8")


def test_bytes_of_another_encoding_far_down_are_named_by_line(good, tmp_path, monkeypatch):
    from milaid.sources import foreignassistance_complete

    monkeypatch.setattr(foreignassistance_complete, "_HEAD_BYTES", 2000)
    content = good[: good.rfind(b"Western Hemisphere")] + b"W\xe9stern" + good[good.rfind(b" Hemisphere") :]
    refused(
        changed(tmp_path, content),
        "the byte 0xe9 is not UTF-8",
        f"line {content[: content.find(b'W' + bytes([0xE9]))].count(bytes([10])) + 1}",
    )


def test_a_file_that_ends_inside_a_row_is_refused_with_its_line(good, tmp_path):
    start = good.rfind(b"\n12,", 0, len(good) - 300) + 1
    line = good[:start].count(b"\n") + 1
    refused(changed(tmp_path, good[: start + 60]), f"line {line}: a row of", "in place of 56", "cut off")


def test_a_file_that_ends_inside_a_quoted_text_is_refused_with_the_line_of_its_row(good, tmp_path):
    quote = good.rfind(b'"First line')
    start = good.rfind(b"\n12,", 0, quote) + 1
    refused(
        changed(tmp_path, good[: quote + 15]),
        f"line {good[:start].count(bytes([10])) + 1}: a quoted text",
        "cut off",
    )


def test_a_file_without_a_last_line_break_is_read_with_a_note(good, tmp_path):
    made = add_complete_aid(changed(tmp_path, good[:-1]), TODAY)
    assert made.transactions == 300 and "does not end with a line break" in str(made)
    assert "line break" not in str(add_complete_aid(changed(tmp_path, good), TODAY))


@pytest.mark.parametrize("year", ["-2014", "14", "1492", "2029", "20144", "FY2014", "", "2014.5"])
def test_a_fiscal_year_that_cannot_be_is_named_by_line(data, tmp_path, year):
    rows = [row(Activity_Description="one\ntwo"), row(Fiscal_Year=year)]
    refused(write_rows(tmp_path / "bad.csv", rows), f"line 4: Fiscal Year «{year}»")


@pytest.mark.parametrize("column", ["Current Dollar Amount", "Constant Dollar Amount"])
@pytest.mark.parametrize("value", ["many", "$100", "1,000", "NaN", "12 dollars"])
def test_text_in_place_of_an_amount_is_named_by_line(data, tmp_path, column, value):
    rows = [row(), row() | {column: value}, row(), row(Fiscal_Year="0")]
    said = refused(write_rows(tmp_path / "bad.csv", rows), f"line 3: {column} «{value}» is no number")
    assert "line 5: Fiscal Year «0»" in said


def test_an_objective_that_is_not_known_and_a_row_without_country_are_named(data, tmp_path):
    rows = [row(Foreign_Assistance_Objective_Name="Cultural"), row(Country_Name="")]
    refused(write_rows(tmp_path / "bad.csv", rows), "line 2", "«Cultural»", "line 3: Country Name is empty")


def test_a_refused_file_leaves_the_table_of_before(data, add, tmp_path):
    add(row())
    before = (data / FILE_NAME).read_bytes()
    refused(write_rows(tmp_path / "bad.csv", [row(Fiscal_Year="0")]))
    assert (data / FILE_NAME).read_bytes() == before


def test_a_file_that_is_not_there_is_a_wrong_request(data, tmp_path):
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(RequestError, match="there is no such file"):
            add_complete_aid(path)


def test_the_command_prints_what_was_made_or_why_not(data, tmp_path, capsys):
    good, bad = write_rows(tmp_path / "it's.csv", [row()]), changed(tmp_path, b"<html>")
    for path, code in ((good, 0), (bad, 3), (tmp_path / "no.csv", 2)):
        with pytest.raises(SystemExit) as ended:
            main(["data", "add-aid", str(path)])
        assert ended.value.code == code
        shown = capsys.readouterr()
        assert ("foreignassistance.parquet: 1 rows" in shown.out) == (code == 0)
        assert (f"milaid: {path}" in shown.err) == (code != 0)
        assert "Traceback" not in shown.err
