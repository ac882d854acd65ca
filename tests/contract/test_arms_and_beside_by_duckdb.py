"""Agreements, excess articles, and training beside aid, against sums that DuckDB makes of the Parquet files."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from milaid.analysis import arms, beside
from milaid.errors import DataError
from milaid.paths import data_dir, trainings_dir
from milaid.tables import store

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {trainings_dir()}; run make data"
)
YEARS_OF_BOOK = [2020, 2021, 2022, 2023, 2024]


def query(sql: str, table: str) -> list[tuple]:
    return duckdb.sql(sql.format(f"'{data_dir() / table}'")).fetchall()


@pytest.mark.parametrize("year", YEARS_OF_BOOK)
def test_agreements_of_a_year_are_those_of_the_book(year):
    frame = arms.agreements_of_year(store.load_arms_sales(), year)
    rows = query(
        "select sum(fms_agreements_usd)::bigint, sum(fmf_funded_agreements_usd)::bigint, "
        f"sum(total_agreements_usd)::bigint, count(*) from {{}} where fiscal_year = {year}",
        "arms_sales.parquet",
    )
    assert (*(int(frame[name].sum()) for name in arms.AMOUNTS), len(frame)) == rows[0]
    assert frame["total_agreements_usd"].is_monotonic_decreasing
    regions = arms.agreement_regions(store.load_arms_sales(), year)
    assert int(regions["total_agreements_usd"].sum()) == rows[0][2]


def test_the_block_of_years_is_in_no_single_year_and_a_year_in_it_is_refused():
    sales = store.load_arms_sales()
    assert arms.single_years(sales) == tuple(YEARS_OF_BOOK)
    with pytest.raises(DataError, match="2014 are not given by year; years given: 2020"):
        arms.agreements_of_year(sales, 2014)
    block = arms.block_agreements(sales)
    assert set(zip(block["first_fiscal_year"], block["last_fiscal_year"], strict=True)) == {(1950, 2019)}


@pytest.mark.parametrize("year", range(2010, 2021))
def test_only_delivered_articles_count_and_grants_and_sales_add_up(year):
    frame = arms.excess_of_year(store.load_excess_defense_articles(), year)
    [(items, value, current)] = query(
        "select count(*), sum(acquisition_value_usd)::bigint, sum(current_value_usd)::bigint from {} "
        f"where fiscal_year = {year} and status = 'EDA Delivered'",
        "excess_defense_articles.parquet",
    )
    assert int(frame["delivered_items"].sum()) == items
    assert int(frame["acquisition_value_usd"].sum()) == (value or 0)
    assert int(frame["current_value_usd"].sum()) == (current or 0)
    parts = frame["grant_value_usd"].fillna(0) + frame["sale_value_usd"].fillna(0)
    assert (parts == frame["acquisition_value_usd"].fillna(0)).all()


@pytest.mark.parametrize("year", [1999, 2003, 2014, 2020])
def test_training_beside_aid_holds_every_participant_and_every_dollar_once(year):
    frame = beside.training_beside_aid(
        store.load_trainings(year), store.load_aid(), store.load_population(), year
    )
    assert not frame["recipient"].duplicated().any()
    [(people,)] = query(
        f"select sum(quantity)::bigint from {{}} where status = 'actual' and fiscal_year = {year}",
        f"trainings/fy{year}.parquet",
    )
    aid = dict(
        query(
            f"select category, sum(obligations_usd)::bigint from {{}} where fiscal_year = {year} group by 1",
            "aid.parquet",
        )
    )
    assert int(frame["participants"].sum()) == people
    assert int(frame["military_aid_usd"].sum()) == aid["Military"]
    assert int(frame["economic_aid_usd"].sum()) == aid["Economic"]


def test_what_cannot_be_divided_is_missing_and_never_infinite():
    frame = pd.DataFrame(
        {
            "recipient": ["None", "Zero", "Negative", "Some"],
            "participants": pd.array([5, 5, 5, 10], "Int64"),
            "military_aid_usd": pd.array([None, 0, -7, 2_000], "Int64"),
        }
    )
    assert beside.comparable(frame)["recipient"].tolist() == ["Some"]
    assert beside.outliers(beside.comparable(frame)) == ["Some"]
    people = beside.training_beside_aid(
        store.load_trainings(2014), store.load_aid(), store.load_population().iloc[:0], 2014
    )
    assert people["participants_per_million"].isna().all()
    assert "Burundi" in beside.without_population(people)


def test_agreements_stand_beside_aid_and_are_not_added():
    sales, aid = store.load_arms_sales(), store.load_aid()
    frame = beside.agreements_beside_aid(sales, aid, 2020)
    assert len(frame) == len(arms.agreements_of_year(sales, 2020))
    shown = frame[frame["agreements_per_military_aid_dollar"].notna()]
    assert (shown["military_aid_usd"] > 0).all() and (shown["total_agreements_usd"] >= 0).all()
    unshown = frame[frame["agreements_per_military_aid_dollar"].isna()]
    assert (unshown["military_aid_usd"].fillna(0).le(0) | unshown["total_agreements_usd"].lt(0)).all()
