"""Totals and rankings computed a second time, by SQL on the parquet files."""

from __future__ import annotations

import duckdb
import pytest

from milaid.analysis.concentration import concentration
from milaid.analysis.courses import length_classes, median_length
from milaid.analysis.programs import program_totals
from milaid.analysis.recipients import ranking
from milaid.analysis.regions import region_totals
from milaid.analysis.series import annual_totals
from milaid.paths import trainings_dir
from milaid.tables import store
from printed_totals import WORLD

YEARS = store.available_years()
pytestmark = pytest.mark.skipif(not YEARS, reason=f"no activities in {trainings_dir()}; run make data")


def sql(query, *parameters):
    files = str(trainings_dir() / "fy*.parquet")
    source = f"(SELECT * FROM read_parquet('{files}') WHERE status = 'actual') AS t"
    return duckdb.sql(query.replace("TRAININGS", source), params=list(parameters)).fetchall()


@pytest.fixture(scope="module")
def trainings():
    return store.load_trainings()


def test_annual_totals(trainings):
    expected = sql(
        "SELECT fiscal_year, sum(quantity), sum(cost_usd), "
        "count(DISTINCT CASE WHEN quantity > 0 THEN recipient END), count(*) "
        "FROM TRAININGS GROUP BY 1 ORDER BY 1"
    )
    frame = annual_totals(trainings)[["fiscal_year", "participants", "cost_usd", "recipients", "activities"]]
    assert [tuple(map(int, row)) for row in frame.to_numpy()] == [tuple(map(int, row)) for row in expected]


@pytest.mark.parametrize("year", sorted(set(WORLD) & set(YEARS)))
def test_totals_are_those_of_the_documents(trainings, year):
    row = annual_totals(trainings).set_index("fiscal_year").loc[year]
    assert (int(row["participants"]), int(row["cost_usd"])) == WORLD[year]


@pytest.mark.parametrize("year", YEARS)
def test_ranking_with_the_year_before(trainings, year):
    expected = sql(
        "WITH sums AS (SELECT fiscal_year, recipient, sum(quantity) AS n FROM TRAININGS GROUP BY 1, 2), "
        "ranked AS (SELECT *, rank() OVER (PARTITION BY fiscal_year ORDER BY n DESC) AS place FROM sums) "
        "SELECT a.place, a.recipient, a.n, b.n, b.place FROM ranked a LEFT JOIN ranked b "
        "ON b.recipient = a.recipient AND b.fiscal_year = a.fiscal_year - 1 "
        "WHERE a.fiscal_year = ? ORDER BY 1, 2",
        year,
    )
    frame = ranking(trainings, year)
    frame = frame[["rank", "recipient", "participants", "previous_participants", "previous_rank"]]
    found = frame.astype("object").where(frame.notna(), None).itertuples(index=False, name=None)
    assert list(found) == [tuple(row) for row in expected]


@pytest.mark.parametrize("year", YEARS)
def test_regions_and_programs(trainings, year):
    query = "SELECT region_harmonised, sum(quantity) FROM TRAININGS WHERE fiscal_year = ? GROUP BY 1"
    regions = dict(sql(query, year))
    frame = region_totals(trainings, year)
    assert dict(zip(frame["region"], frame["participants"], strict=True)) == regions
    query = query.replace("region_harmonised, sum(quantity)", "funder, program, sum(quantity), sum(cost_usd)")
    by_program = sql(query + ", 2", year)
    frame = program_totals(trainings, store.load_programs(), year)
    costs = frame["cost_usd"].astype("object").where(frame["cost_usd"].notna(), None)
    keys = zip(frame["funder"], frame["program"], strict=True)
    found = dict(zip(keys, zip(frame["participants"], costs, strict=True), strict=True))
    # A cost that no activity prints is missing in both, not zero.
    assert found == {(funder, program): (people, cost) for funder, program, people, cost in by_program}


@pytest.mark.parametrize("year", YEARS)
def test_lengths_and_concentration(trainings, year):
    short = sql(
        "SELECT coalesce(sum(quantity), 0) FROM TRAININGS "
        "WHERE fiscal_year = ? AND end_date - start_date BETWEEN 0 AND 6",
        year,
    )[0][0]
    assert length_classes(trainings, year).set_index("length").loc["1–7 days", "participants"] == short
    median = sql(
        "SELECT median(days) FROM (SELECT end_date - start_date + 1 AS days, unnest(range(quantity)) "
        "FROM TRAININGS WHERE fiscal_year = ? AND end_date >= start_date AND quantity > 0)",
        year,
    )[0][0]
    assert median_length(trainings, year).days == median
    index = sql(
        "SELECT sum((n / total) ** 2) FROM (SELECT sum(quantity) AS n, sum(sum(quantity)) OVER () AS total "
        "FROM TRAININGS WHERE fiscal_year = ? GROUP BY recipient)",
        year,
    )[0][0]
    found = concentration(trainings).set_index("fiscal_year").loc[year, "herfindahl"]
    assert found == pytest.approx(float(index), rel=1e-12)
