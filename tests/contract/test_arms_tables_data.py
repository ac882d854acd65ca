"""The committed tables on arms: totals by DuckDB, names, and a second reading of the official files."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from milaid.paths import data_dir
from milaid.sources.sales_book.measures import FMF, FMS, TOTAL
from milaid.tables import arms_reconciliation, eda_oddities, store
from milaid.tables.schema_fields import REGIONS
from milaid.tables.source_files import EXCESS_ARTICLES_SOURCE, SALES_BOOK_SOURCE, SOURCES_OF_TABLES

SALES = data_dir() / "arms_sales.parquet"
pytestmark = pytest.mark.skipif(not SALES.is_file(), reason=f"no table {SALES}; run make data")

WORLD_BY_YEAR = {
    2020: (44_795_792_454, 3_299_468_804, 48_095_261_258),
    2021: (28_665_965_906, 3_800_949_654, 32_466_915_560),
    2022: (43_065_822_105, 6_650_267_660, 49_716_089_765),
    2023: (62_249_707_718, 3_974_753_990, 66_224_461_708),
    2024: (96_846_873_776, 11_827_806_399, 108_674_657_675),
}
"""FMS, FMF-funded and all agreements as printed on the last page of the table (copied by hand)."""


def official(name):
    folder = os.environ.get("MILAID_SOURCES")
    if not folder:
        pytest.skip("MILAID_SOURCES is not set")
    path = Path(folder) / name
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return path


def sql(query):
    tables = {name: f"'{data_dir() / f'{name}.parquet'}'" for name in ("arms_sales", "arms_sales_totals")}
    tables["arms_known_issues"] = f"'{data_dir() / 'reference' / 'arms_known_issues.csv'}'"
    for name, place in sorted(tables.items(), reverse=True):
        query = re.sub(rf"\b{name}\b", place, query)
    return duckdb.sql(query).fetchall()


def test_years_of_the_world_are_as_printed_but_for_what_is_named():
    rows = sql(
        "SELECT fiscal_year, sum(fms_agreements_usd), sum(fmf_funded_agreements_usd), sum(total_agreements_usd) "
        "FROM arms_sales WHERE fiscal_year IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    # The Philippines are a dollar off in FY2020, Brunei's total line $22,500 in FY2024.
    named = {2020: (-1, 1, 0), 2024: (0, 0, 22_500)}
    for year, *sums in rows:
        differences = named.get(year, (0, 0, 0))
        printed = WORLD_BY_YEAR[year]
        assert sums == [one + other for one, other in zip(printed, differences, strict=True)]
    assert [row[0] for row in rows] == list(WORLD_BY_YEAR)


def test_every_printed_total_of_a_recipient_is_the_sum_of_its_rows_but_for_what_is_named():
    differing = sql(
        "WITH parts AS (UNPIVOT (SELECT recipient, first_fiscal_year, last_fiscal_year, fms_agreements_usd, "
        "fmf_funded_agreements_usd, total_agreements_usd FROM arms_sales) ON fms_agreements_usd, "
        "fmf_funded_agreements_usd, total_agreements_usd INTO NAME part VALUE usd) "
        "SELECT t.page, t.level, t.recipient, t.measure, t.first_fiscal_year, t.last_fiscal_year, "
        "t.amount_usd, sum(p.usd) FROM arms_sales_totals t LEFT JOIN parts p ON "
        "(t.recipient = p.recipient OR t.recipient IS NULL) AND p.part = CASE t.measure "
        "WHEN 'FMS agreements' THEN 'fms_agreements_usd' WHEN 'FMF-funded agreements' "
        "THEN 'fmf_funded_agreements_usd' ELSE 'total_agreements_usd' END "
        "AND p.first_fiscal_year >= t.first_fiscal_year AND p.last_fiscal_year <= t.last_fiscal_year "
        "GROUP BY ALL HAVING sum(p.usd) IS DISTINCT FROM t.amount_usd"
    )
    named = sql(
        "SELECT page, level, recipient, measure, first_fiscal_year, last_fiscal_year, printed_value, computed_value "
        "FROM arms_known_issues WHERE level IN ('recipient', 'world') AND printed_value IS NOT NULL"
    )
    assert {tuple(map(str, row)) for row in differing} == {tuple(map(str, row)) for row in named}
    assert len(named) == 19


def test_the_reconciliation_names_all_differences_and_nothing_else():
    issues = store.load_arms_known_issues()
    found = arms_reconciliation.reconciliation(
        store.load_arms_sales(), store.load_arms_sales_totals(), issues
    )
    arms_reconciliation.require_reconciled(found, issues)
    assert len(found) == 1_497 and found["agrees"].sum() == 1_473
    assert found["known_issue"].sum() == len(issues) == 24
    eda_oddities.require_counted(store.load_excess_defense_articles(), store.load_eda_oddities())


def test_rows_of_years_add_up_and_the_block_stands_apart():
    sales = store.load_arms_sales()
    years, block = sales[sales["fiscal_year"].notna()], sales[sales["fiscal_year"].isna()]
    parts = years["fms_agreements_usd"].fillna(0) + years["fmf_funded_agreements_usd"].fillna(0)
    assert (parts == years["total_agreements_usd"]).all()
    assert (years["fiscal_year"] == years["first_fiscal_year"]).all()
    assert (years["fiscal_year"] == years["last_fiscal_year"]).all()
    assert block[["fms_agreements_usd", "fmf_funded_agreements_usd"]].isna().all(axis=None)
    assert set(zip(block["first_fiscal_year"], block["last_fiscal_year"], strict=True)) == {(1950, 2019)}
    assert int(sales["total_agreements_usd"].sum()) == 1_196_995_020_549 + 22_500


def test_recipients_are_those_of_the_training_reports_where_both_have_them():
    ours = store.load_arms_recipients()
    theirs = store.load_countries()
    # A former state of the same name is another one: what it was depends on the years.
    same = ours[ours["kind"] != "former state"].merge(theirs, on="printed", suffixes=("", "_there"))
    for column in ("recipient", "iso3", "region"):
        differ = same[same[column].fillna("") != same[f"{column}_there"].fillna("")]
        assert differ.empty, differ[["printed", column, f"{column}_there"]]
    by_code = dict(zip(theirs["iso3"], theirs["recipient"], strict=True))
    former = set(theirs.loc[theirs["kind"].isin(["former state", "territory"]), "iso3"])
    for row in ours[ours["iso3"].notna()].itertuples():
        if row.iso3 not in former:
            assert by_code.get(row.iso3, row.recipient) == row.recipient
    regions = ours.groupby("recipient")[["iso3", "region"]].nunique(dropna=False)
    assert (regions == 1).all(axis=None)
    assert set(ours["region"].dropna()) <= set(REGIONS) - {"Not stated"}


def test_only_countries_and_territories_have_a_code():
    ours = store.load_arms_recipients()
    assert (ours["iso3"].notna() == ours["kind"].isin(["country", "territory"])).all()
    printed = set(store.load_arms_sales()["recipient"]) | set(
        store.load_excess_defense_articles()["recipient"]
    )
    assert printed == set(ours["printed"])


def test_codes_are_those_that_the_agency_uses():
    with official("arms/dsca_buyer_codes.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    ours = store.load_arms_recipients()
    codes = {row["GeographicISOalpha3"] for row in rows}
    # The list of the agency has its own marks for Kosovo, and neither of the other two.
    assert set(ours["iso3"].dropna()) - codes == {"XKX", "GNQ", "ZWE"}
    by_name = {row["DSCAbuyerText"].casefold(): row["GeographicISOalpha3"] for row in rows}
    for row in ours[ours["iso3"].notna() & (ours["iso3"] != "XKX")].itertuples():
        assert by_name.get(row.printed.casefold(), row.iso3) == row.iso3


def test_every_source_of_a_table_is_listed():
    listed = set(store.load_other_sources()["path"])
    assert {source for sources in SOURCES_OF_TABLES.values() for source in sources} <= listed


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_another_reader_finds_the_same_amounts_on_every_line():
    text = subprocess.run(
        ["pdftotext", "-layout", official(SALES_BOOK_SOURCE), "-"], capture_output=True, text=True, check=True
    ).stdout
    names = {**dict.fromkeys(store.load_arms_recipients()["printed"]), "Totals": None}
    measures = {
        "Title 22 Foreign Military Sales": FMS,
        "Title 22 Foreign Military Financing": FMF,
        "Total": TOTAL,
    }
    found, current = {}, ""
    for line in text.splitlines():
        label = next((one for one in measures if re.match(rf"{one}\s{{3}}", line)), None)
        if label:
            cells = re.findall(r"(?<=\s)-?\$?[\d,]+(?=\s|$)", line.removeprefix(label))
            found[current, measures[label]] = [int(re.sub(r"[$,]", "", cell)) for cell in cells]
        elif (name := re.split(r"\s{3,}", line.strip())[0]) in names or name.removesuffix("1") in names:
            current = name if name in names else name.removesuffix("1")
    assert found == _as_printed(), "amounts of pdftotext differ"
    assert len(found) == 3 * 187 and sum(map(len, found.values())) == 3_506


def _as_printed():
    """Return the amounts of the tables by printed line, from left to right."""
    lines: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for row in store.load_arms_sales().itertuples():
        cells = {FMS: row.fms_agreements_usd, FMF: row.fmf_funded_agreements_usd}
        if pd.isna(row.fiscal_year):
            cells = {TOTAL: row.total_agreements_usd}
        for measure, amount in cells.items():
            if pd.notna(amount):
                cell = (row.last_fiscal_year, row.last_fiscal_year - row.first_fiscal_year, amount)
                lines.setdefault((row.recipient, measure), []).append(cell)
    for row in store.load_arms_sales_totals().itertuples():
        name = "Totals" if pd.isna(row.recipient) else row.recipient
        cell = (row.last_fiscal_year, row.last_fiscal_year - row.first_fiscal_year, row.amount_usd)
        lines.setdefault((name, row.measure), []).append(cell)
    return {line: [amount for *_, amount in sorted(cells)] for line, cells in lines.items()}


def test_another_reader_finds_the_same_articles():
    path = official(EXCESS_ARTICLES_SOURCE)
    dollars = "CAST(replace(replace(\"{}\", '$', ''), ',', '') AS DECIMAL(18, 2))"
    found = duckdb.sql(
        'SELECT "Country (Transfer to)", "Fiscal Year of Request"::INT, "Status", count(*), '
        f"sum({dollars.format('Total Acquisition Value')}), sum({dollars.format('Total Current Value')}), "
        'sum(TRY_CAST("Total Delivered Qty" AS INT)) '
        f"FROM read_csv('{path}', all_varchar = true) GROUP BY 1, 2, 3"
    ).fetchall()
    rows = store.load_excess_defense_articles()
    grouped = rows.groupby(["recipient", "fiscal_year", "status"])
    assert len(rows) == 4_116 and len(found) == grouped.ngroups
    for recipient, year, status, count, acquisition, current, delivered in found:
        group = grouped.get_group((recipient, year, status))
        assert len(group) == count
        assert group["quantity_delivered"].sum() == (delivered or 0)
        for column, exact in (("acquisition_value_usd", acquisition), ("current_value_usd", current)):
            assert abs(group[column].sum() - (exact or 0)) < count
    for column in ("acquisition_value", "current_value"):
        exact = rows[f"{column}_printed"].str.replace(r"[$,]", "", regex=True).astype(float)
        pairs = (
            rows.assign(exact=exact).groupby(["recipient", "fiscal_year"])[["exact", f"{column}_usd"]].sum()
        )
        assert ((pairs["exact"] - pairs[f"{column}_usd"]).abs() <= 0.5 + 1e-3).all()
