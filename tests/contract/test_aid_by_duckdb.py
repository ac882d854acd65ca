"""Military and economic aid, against sums that DuckDB makes of the Parquet file, and what cannot be divided."""

from __future__ import annotations

import duckdb
import pytest

from milaid.analysis import aid as analysis
from milaid.analysis.imet import imet_recipients, imet_years
from milaid.paths import data_dir, trainings_dir
from milaid.tables import store

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {trainings_dir()}; run make data"
)
YEARS = [1999, 2014, 2020]


def query(sql: str) -> list[tuple]:
    return duckdb.sql(f"select {sql}".format(f"'{data_dir() / 'aid.parquet'}'")).fetchall()


def test_totals_of_every_year_and_none_of_the_transition_quarter():
    frame = analysis.category_years(store.load_aid())
    rows = query(
        "fiscal_year, category, sum(obligations_usd)::bigint from {} where period = 'year' group by 1, 2"
    )
    found = {(row.fiscal_year, row.category): int(row.obligations_usd) for row in frame.itertuples()}
    assert {key: value for key, value in found.items() if value} == {(y, c): n for y, c, n in rows if n}


@pytest.mark.parametrize("year", YEARS)
def test_recipients_regions_parts_and_accounts_add_up_to_the_year(year):
    aid = store.load_aid()
    sums = dict(
        query(
            "category, sum(obligations_usd)::bigint from {} "
            f"where fiscal_year = {year} and period = 'year' group by 1"
        )
    )
    recipients = analysis.recipients(aid, store.load_population(), year)
    assert int(recipients["military_usd"].sum()) == sums["Military"]
    assert int(recipients["economic_usd"].sum()) == sums["Economic"]
    parts = analysis.part_years(aid)
    assert int(parts.loc[parts["fiscal_year"] == year, "obligations_usd"].sum()) == sums["Military"]
    accounts = analysis.accounts(aid, store.load_aid_accounts(), year)
    assert int(accounts["obligations_usd"].sum()) == sums["Military"]
    regions = analysis.region_years(aid)
    world = regions[(regions["fiscal_year"] == year) & (regions["region"] == analysis.WORLD)].iloc[0]
    assert (int(world["military_usd"]), int(world["economic_usd"])) == (sums["Military"], sums["Economic"])


def test_shares_and_ratios_are_missing_where_a_part_is_negative_or_nothing_divides():
    frame = analysis.recipient_years(store.load_aid())
    undefined = (frame["military_usd"] < 0) | (frame["economic_usd"] <= 0)
    assert undefined.any()
    assert frame.loc[undefined, "military_per_100_economic"].isna().all()
    assert frame.loc[~undefined, "military_per_100_economic"].ge(0).all()
    shares = analysis.recipients(store.load_aid(), store.load_population(), 2014)["share_military"].dropna()
    assert shares.between(0, 100).all()


def test_imet_of_the_same_year_and_a_year_after_the_greenbook():
    frame = imet_years(store.load_aid(), store.load_trainings(), store.load_deflator(), 2020).set_index(
        "fiscal_year"
    )
    for year, millions in ((2000, 49.8), (2010, 108.0), (2015, 109.3), (2019, 114.2)):
        assert round(int(frame.at[year, "obligations_usd"]) / 1e6, 1) == millions
    of_year = imet_recipients(store.load_aid(), store.load_trainings(), 2014)
    assert int(of_year["obligations_usd"].sum()) == int(frame.at[2014, "obligations_usd"])
    assert int(of_year["participants"].sum()) == int(frame.at[2014, "participants"])
    after = store.load_aid()
    after = after[after["fiscal_year"] < 2020]
    missing = imet_years(after, store.load_trainings(), store.load_deflator(), 2020)
    assert missing.set_index("fiscal_year")["obligations_usd"].isna().to_dict()[2020]
    assert imet_recipients(after, store.load_trainings(), 2020).empty
