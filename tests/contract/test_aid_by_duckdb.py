"""The committed tables on aid, by SQL on their files: totals, names, and how the sources agree."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from milaid import paths
from milaid.tables import names, schemas, store
from milaid.tables.aid_comparison import greenbook_and_country_totals, greenbook_and_country_totals_by_year

AID = paths.data_dir() / "aid.parquet"
SOURCES = paths.configured_sources()
pytestmark = pytest.mark.skipif(not AID.is_file(), reason=f"no {AID}; run make data")
IMET = {2000: 49.8, 2010: 108.0, 2015: 109.3, 2019: 114.2}


def sql(query):
    return duckdb.sql(query.replace("AID", f"'{AID}'")).fetchall()


def test_every_row_of_the_greenbook_is_there_once():
    assert sql("SELECT count(*), count(DISTINCT sheet_row), min(sheet_row), max(sheet_row) FROM AID") == [
        (75_002, 75_002, 8, 75_009)
    ]
    assert sql("SELECT min(fiscal_year), max(fiscal_year), count(DISTINCT fiscal_year) FROM AID") == [
        (1946, 2020, 75)
    ]
    assert sql(
        "SELECT fiscal_year, count(*), sum(obligations_usd) FROM AID WHERE period <> 'year' GROUP BY 1"
    ) == [(1976, 323, 2_603_161_000)]
    assert sql("SELECT count(*) FROM AID WHERE obligations_usd < 0") == [(4391,)]


@pytest.mark.parametrize("year", IMET)
def test_imet_is_as_published_by_code_and_by_publication_row(year):
    for condition in (
        "account_code = 'IMET'",
        "publication_row = 'International Military Education and Training'",
    ):
        [(dollars,)] = sql(f"SELECT sum(obligations_usd) FROM AID WHERE fiscal_year = {year} AND {condition}")
        assert round(dollars / 1e6, 1) == IMET[year]


@pytest.mark.parametrize(
    ("category", "year", "millions"),
    [("Military", 2010, 14_852), ("Military", 2015, 15_097), ("Economic", 2015, 34_849)],
)
def test_economic_and_military_aid_are_as_published(category, year, millions):
    [(dollars,)] = sql(
        f"SELECT sum(obligations_usd) FROM AID WHERE fiscal_year = {year} AND category = '{category}'"
    )
    assert round(dollars / 1e6) == millions


def test_constant_dollars_are_current_ones_in_the_base_year():
    assert sql(
        "SELECT count(*) FROM AID WHERE fiscal_year = 2020 AND obligations_usd <> obligations_usd_constant"
    ) == [(0,)]


def test_plans_and_requests_of_the_country_file_have_another_base_year():
    totals = paths.data_dir() / "aid_country_totals.parquet"
    found = duckdb.sql(
        "SELECT transaction_type, min(constant_base_fiscal_year), max(constant_base_fiscal_year), "
        "count(*) FILTER (fiscal_year = constant_base_fiscal_year AND abs(amount_usd - amount_usd_constant) > 1) "
        f"FROM '{totals}' GROUP BY 1 ORDER BY 1"
    ).fetchall()
    assert found == [
        ("Appropriated and Planned", 2022, 2022, 0),
        ("Disbursements", 2023, 2023, 0),
        ("Obligations", 2023, 2023, 0),
        ("President's Budget Requests", 2022, 2022, 0),
    ]


def test_the_recipients_of_aid_agree_with_the_recipients_of_training():
    aid, training = store.load_aid_recipients(), store.load_countries()
    for keys in ("iso3", "recipient"):
        columns = [column for column in ("iso3", "recipient", "region") if column != keys]
        # Serbia and the state before it share a code; a recipient's name tells them apart.
        index = ["iso3", "recipient"] if keys == "iso3" else ["recipient"]
        both = aid.dropna(subset=["iso3"]).merge(
            training.dropna(subset=["iso3"]), on=index, suffixes=("", "_t")
        )
        assert len(both) > 150
        for column in columns:
            if column not in index:
                assert (both[column] == both[f"{column}_t"]).all(), column
    shared = aid.dropna(subset=["iso3"]).merge(
        training.dropna(subset=["iso3"]), on="iso3", suffixes=("", "_t")
    )
    different = shared[(shared["recipient"] != shared["recipient_t"]) & (shared["iso3"] != "SRB")]
    assert different[["recipient", "recipient_t"]].to_numpy().tolist() == []


def test_the_reference_tables_name_nothing_that_no_file_prints():
    printed = set(store.load_aid()["recipient"]) | set(store.load_aid_country_totals()["country"])
    assert set(store.load_aid_recipients()["printed"]) == printed
    assert set(store.load_aid_accounts()["printed"]) == set(store.load_aid()["account"])
    for table in (store.load_aid_recipients(), store.load_aid_accounts()):
        assert names.to_fill_in("table", table) == []


def test_recipients_have_a_code_if_they_are_countries_and_regions_are_those_of_the_training_tables():
    table = store.load_aid_recipients()
    coded = table["kind"].isin(["country", "territory"])
    assert table.loc[coded, ["iso3", "region"]].notna().all().all()
    assert table.loc[table["kind"].isin(["region", "not stated"]), "iso3"].isna().all()
    assert set(table["region"].dropna()) <= set(schemas.REGIONS) - {"Not stated"}


def test_account_codes_have_one_name_each():
    accounts = store.load_aid_accounts().dropna(subset=["code"])
    assert accounts["name"].notna().all()
    assert accounts.groupby("code")["name"].nunique().eq(1).all()


def test_greenbook_and_country_file_agree_to_the_thousand_until_1997_and_within_three_percent_after():
    both = greenbook_and_country_totals_by_year(store.load_aid(), store.load_aid_country_totals())
    early = both[both["fiscal_year"] <= 1997]
    assert len(early) == 53 and early["difference_usd"].abs().max() < 50_000
    share = (both["difference_usd"] / both["greenbook_usd"]).abs()
    assert share.max() < 0.03


def test_most_countries_agree_by_year_between_greenbook_and_country_file():
    both = greenbook_and_country_totals(store.load_aid(), store.load_aid_country_totals())
    early = both[both["fiscal_year"] < 1991]
    assert early["agrees"].mean() > 0.99
    assert both["agrees"].mean() > 0.75


def test_population_and_gdp_are_of_countries_alone():
    groups = set(store.load_world_bank_aggregates()["code"])
    for table in (store.load_population(), store.load_gdp()):
        assert not set(table["iso3"]) & groups
        assert not table.duplicated(["iso3", "year"]).any()
        assert table["iso3"].nunique() > 200
    assert store.load_population().set_index(["iso3", "year"]).loc[("USA", 2000), "population"] == 282_162_411


@pytest.mark.skipif(SOURCES is None, reason="MILAID_SOURCES does not name the official files")
def test_codes_of_population_and_gdp_are_those_of_iso_3166():
    codes = pd.read_csv(SOURCES / "context" / "country-codes.csv", keep_default_na=False)["ISO3166-1-Alpha-3"]
    for table in (store.load_population(), store.load_gdp()):
        assert set(table["iso3"]) - set(codes) == {"XKX"}
