"""The readers of the files on aid and its context, on small files; what they refuse."""

from __future__ import annotations

import pytest

from aid_files import (
    AID_FILES,
    ANGOLA,
    COLUMNS,
    COUNTRY_COLUMNS,
    COUNTRY_ROWS,
    GDP,
    POPULATION,
    WORLD_BANK_COLUMNS,
    aid_row,
    greenbook,
    table,
)
from complete_aid_file import row, write_rows
from milaid.errors import DataError, SourceError
from milaid.publish.export.make import make_export
from milaid.publish.export.request import check
from milaid.sources.context import read_gdp, read_population
from milaid.sources.foreignassistance import read_country_totals
from milaid.sources.greenbook import read_greenbook
from milaid.tables import aid, store
from milaid.tables.aid_comparison import greenbook_and_country_totals
from milaid.tables.build.complete_aid import add_complete_aid
from milaid.tables.state import file_digest


@pytest.fixture
def put(tmp_path):
    def written(content: str | bytes, name: str = "file.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def test_the_transition_quarter_stands_apart_from_fiscal_year_1976_and_negative_rows_stay(put):
    frame = read_greenbook(put(greenbook(), "book.xlsx"))
    assert list(zip(frame["fiscal_year"], frame["period"], frame["obligations_usd"], strict=True)) == [
        (1976, "year", 1000),
        (1976, "transition quarter", 250),
        (2014, "year", -30),
        (2014, "year", 5_000_000_000),
    ]
    assert frame["sheet_row"].tolist() == [5, 6, 7, 8]
    assert frame["recipient"].tolist() == ["Angola"] * 3 + ["Asia (not specified)"]


def test_rows_get_recipient_region_and_account_code_from_the_reference_tables(put):
    frame = aid.with_reference(read_greenbook(put(greenbook(), "book.xlsx")))
    assert frame["iso3"].fillna("").tolist() == ["AGO", "AGO", "AGO", ""]
    assert frame["region_harmonised"].fillna("").tolist() == ["Africa", "Africa", "Africa", ""]
    assert frame["account_code"].tolist() == ["IMET", "IMET", "IMET", "ESF"]
    assert frame["recipient_kind"].tolist() == ["country"] * 3 + ["region"]


def test_unknown_recipients_and_accounts_come_in_one_message_with_the_nearest_spellings(put):
    rows = [aid_row(2014, ("Africa", "Angolla")), aid_row(2014, account="Economic Suport Fund")]
    with pytest.raises(DataError) as refused:
        aid.with_reference(read_greenbook(put(greenbook(rows), "book.xlsx")))
    message = str(refused.value)
    assert "recipient «Angolla» is not in aid_recipients.csv; nearest: «Angola»" in message
    assert (
        "account «Economic Suport Fund» is not in aid_accounts.csv; nearest: «Economic Support Fund»"
        in message
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no workbook", "cannot be read as an Excel workbook"),
        (greenbook()[:400], "cannot be read as an Excel workbook"),
        (greenbook(columns=[*COLUMNS[:6], "Account", *COLUMNS[7:]]), "no column Funding Account Name; found"),
        (greenbook(unit="Obligations in thousands"), "does not say «Obligations (Current $US"),
        (greenbook(rows=[]), "no row below the names of the columns"),
        (greenbook([aid_row(2014), aid_row(20141)]), "row 6, fiscal_year: «20141»"),
        (greenbook([aid_row("1976.5")]), "row 5, fiscal_year: «1976.5»"),
        (greenbook([aid_row(2014, dollars="many")]), "row 5, obligations_usd: «many»"),
        (greenbook([aid_row(2014, dollars="12.5")]), "row 5, obligations_usd: «12.5»"),
        (greenbook([aid_row(2014, dollars=None)]), "row 5, obligations_usd: «»"),
        (greenbook([aid_row(2014, (ANGOLA[0], " "))]), "row 5, recipient: «»"),
    ],
)
def test_a_greenbook_that_is_not_as_published_is_refused(put, content, said):
    path = put(content, "book.xlsx")
    with pytest.raises(SourceError) as refused:
        read_greenbook(path)
    assert said in str(refused.value) and str(path) in str(refused.value)


def test_the_country_file_keeps_the_quarter_apart_and_marks_its_last_year(put):
    frame = aid.with_recipients(read_country_totals(put(table(COUNTRY_COLUMNS, COUNTRY_ROWS))))
    found = frame[["fiscal_year", "period", "partial", "iso3", "amount_usd"]].to_numpy().tolist()
    assert found == [
        [1976, "transition quarter", False, "AGO", 250],
        [1976, "year", False, "AGO", 1000],
        [1976, "year", False, "VNM", 10],
        [2014, "year", True, "AGO", 7000],
    ]
    assert frame["country_code"].isna().tolist() == [False, False, True, False]


def test_bad_cells_of_the_country_file_are_named(put):
    rows = [(*COUNTRY_ROWS[0][:4], "76", "x", 1), ("AGO", "", "Africa", "Obligations", "2014", 1, 1)]
    with pytest.raises(SourceError) as refused:
        read_country_totals(put(table(COUNTRY_COLUMNS, rows)))
    for part in ("row 2, fiscal_year: «76»", "row 2, amount_usd: «x»", "row 3, country: «»"):
        assert part in str(refused.value)


def test_groups_of_countries_are_left_out_and_numbers_stay_as_they_are(put):
    people = aid.without_aggregates(read_population(put(table(WORLD_BANK_COLUMNS, POPULATION))))
    assert people.to_numpy().tolist() == [["NAM", 2014, 2300000]]
    product = aid.without_aggregates(read_gdp(put(table(WORLD_BANK_COLUMNS, GDP))))
    assert product.to_numpy().tolist() == [["NAM", 2014, 12434832456.25]]


@pytest.mark.parametrize(
    "content", ["", "a,b\n1,2\n", "Country Name,Country Code,Year,Value\nA,ABW,2014,many\n"]
)
def test_a_file_that_is_no_table_of_the_world_bank_is_refused(put, content):
    with pytest.raises(SourceError):
        read_gdp(put(content))


def test_greenbook_and_country_file_are_compared_by_country_and_year(put):
    rows = aid.with_reference(read_greenbook(put(greenbook(), "book.xlsx")))
    totals = aid.with_recipients(read_country_totals(put(table(COUNTRY_COLUMNS, COUNTRY_ROWS))))
    both = greenbook_and_country_totals(rows, totals)
    found = both[["fiscal_year", "period", "iso3", "difference_usd", "agrees"]].to_numpy().tolist()
    assert found == [
        [1976, "transition quarter", "AGO", 0.0, True],
        [1976, "year", "AGO", 0.0, True],
        [1976, "year", "VNM", 10.0, True],
        [2014, "year", "AGO", 7030.0, False],
    ]


@pytest.fixture(scope="module")
def with_aid_once(built_once, tmp_path_factory):
    """The small project, built again with the files on aid and its context."""
    return built_once.built_with(_add_files_on_aid, tmp_path_factory.mktemp("aid"))


@pytest.fixture
def with_aid(with_aid_once, home):
    """The same in a directory of its own."""
    return with_aid_once.copied_to(home)


def _add_files_on_aid(project):
    rows = []
    for name, content in AID_FILES.items():
        path = project.sources / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        facts = {
            "title": "table",
            "publisher": "office",
            "url": f"https://example.org/{name}",
            "licence": "free",
        }
        rows.append({"path": name, **facts, "sha256": file_digest(path)})
    project.append("other_sources", *rows)


def test_the_tables_are_built_with_all_others(with_aid):
    assert store.load_aid()["account_code"].tolist() == ["IMET", "IMET", "IMET", "ESF"]
    assert store.load_population()["iso3"].tolist() == ["NAM"]
    assert store.load_gdp()["gdp_usd"].tolist() == [12434832456.25]
    assert len(store.load_aid_country_totals()) == 4


def test_a_round_trip_through_the_build_changes_nothing(with_aid):
    before = {
        name: (with_aid.data / name).read_bytes() for name in ("aid.parquet", "gdp.csv", "population.csv")
    }
    changed = with_aid.table("aid_accounts")
    changed.write_text(changed.read_text(encoding="utf-8") + "New account,Economic,,,,\n", encoding="utf-8")
    assert with_aid.build().files
    assert {name: (with_aid.data / name).read_bytes() for name in before} == before


def test_a_build_leaves_the_table_of_a_user_as_it_is(with_aid):
    path = write_rows(with_aid.data.parent / "complete.csv", [row()])
    add_complete_aid(path)
    made = (with_aid.data / "foreignassistance.parquet").read_bytes()
    (with_aid.data / "deflator.csv").unlink()
    with_aid.build()
    assert (with_aid.data / "foreignassistance.parquet").read_bytes() == made
    assert "foreignassistance.parquet" in (with_aid.data / "datapackage.json").read_text(encoding="utf-8")
    out = with_aid.data.parent / "export"
    make_export(check("csv,sqlite", None, ()), out)
    assert "Colombia" in (out / "csv" / "foreignassistance.csv").read_text(encoding="utf-8")
    (with_aid.data / "foreignassistance.parquet").unlink()
    make_export(check("csv,sqlite", None, ()), out)
    assert not (out / "csv" / "foreignassistance.csv").exists()
