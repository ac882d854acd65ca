"""Numbers as people write them, and the sums that they may be."""

from __future__ import annotations

from decimal import Decimal

import duckdb
import pandas as pd
import pytest

import milaid as m
from milaid.analysis.claim import EXACTLY, NEARLY, fitting, published_alike
from milaid.analysis.claim_sums import of_training
from milaid.analysis.claimed_number import DOLLARS, PEOPLE, read_claimed
from milaid.errors import RequestError
from milaid.paths import trainings_dir
from milaid.publish.claim import WHY_OTHERS_DIFFER, find_claim, text
from milaid.tables import store

needs_data = pytest.mark.skipif(not store.available_years(), reason="no activities; run make data")


@pytest.mark.parametrize(
    ("written", "value", "within", "unit"),
    [
        ("528", 528, 0, ""),
        ("1,234", 1234, 0, ""),
        ("1 234 567", 1_234_567, 0, ""),
        ("$4.1 million", 4_100_000, 50_000, DOLLARS),
        ("US$ 3bn", 3_000_000_000, 500_000_000, DOLLARS),
        ("12.5 thousand trainees", 12_500, 50, PEOPLE),
        ("nearly 6,244 people", 6244, 0, PEOPLE),
        ("56k", 56_000, 500, ""),
        ("7.5 million dollars", 7_500_000, 50_000, DOLLARS),
    ],
)
def test_a_number_is_as_exact_as_it_is_written(written, value, within, unit):
    found = read_claimed(written)
    assert (found.value, found.within, found.unit) == (Decimal(value), Decimal(within), unit)


@pytest.mark.parametrize("written", ["", "many", "12 apples", "1,23,4", "5 zillion", "12%"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValueError, match="cannot be read as a number"):
        read_claimed(written)


@pytest.fixture
def activities() -> pd.DataFrame:
    rows = [
        (2012, "actual", "Kenya", "Africa", "IMET", "DoS", 40, 1000),
        (2012, "actual", "Kenya", "Africa", "PKO", "DoS", 60, 500),
        (2012, "planned", "Kenya", "Africa", "IMET", "DoS", 100, 500),
        (2013, "actual", "Kenya", "Africa", "IMET", "DoS", 100, 100),
        (2012, "actual", "Peru", "Western Hemisphere", "IMET", "DoS", 101, 900),
    ]
    names = ["fiscal_year", "status", "recipient", "region", "program", "department", "quantity", "cost_usd"]
    return pd.DataFrame(rows, columns=names)


def test_what_was_said_comes_first_then_other_years_then_plans_and_near_ones_last(activities):
    sums = of_training(activities, {"recipient": "Kenya"}, [(2012, 2012), (2013, 2013)])
    found = fitting(read_claimed("100 people"), sums, (2012, 2012), 1).sums
    first = found.iloc[0]
    assert (first["fit"], first["first_year"], first["status"]) == (EXACTLY, 2012, "actual")
    assert first["program"] is None or pd.isna(first["program"]), "the sum of both programs"
    assert found[["first_year", "status"]].drop_duplicates().to_numpy().tolist() == [
        [2012, "actual"], [2012, "planned"], [2013, "actual"],
    ]  # fmt: skip
    sums = of_training(activities, {}, [(2012, 2012)])
    fits = fitting(read_claimed("100 people"), sums, (2012, 2012), 0).sums["fit"].tolist()
    assert fits == sorted(fits, key=[EXACTLY, NEARLY].index) and NEARLY in fits


def test_the_same_rows_told_apart_by_more_things_are_no_second_answer(activities):
    sums = of_training(activities, {"recipient": "Peru"}, [(2012, 2012)])
    found = fitting(read_claimed("101"), sums, (2012, 2012), 1).sums
    assert len(found) == 1 and found["program"].isna().all()


def test_figures_of_others_agree_as_they_are_rounded():
    published = pd.DataFrame(
        {"value": [55.66, 55.4, 63872.0], "unit": ["billion USD", "billion USD", "people"]}
    )
    assert published_alike(read_claimed("$55.7bn"), published)["fit"].tolist() == [EXACTLY, NEARLY]
    assert published_alike(read_claimed("63,872"), published)["fit"].tolist() == [EXACTLY]


@needs_data
def test_the_call_beside_a_sum_gives_its_rows():
    wanted = {
        "participants": "quantity",
        "cost": "cost_usd",
        "aid": "obligations_usd",
        "aid, constant dollars": "obligations_usd_constant",
    }
    tried = 0
    for number, about, year in (
        ("528", ["Uganda"], 2012),
        ("$1 million", ["Kenya", "IMET"], 2014),
        ("$36 million", ["Kenya"], 2013),
    ):
        for row in find_claim(number, about, year).sums.head(12).to_dict("records"):
            if row["measure"].startswith("printed"):
                continue
            rows = eval(row["python"], {"m": m})
            if row["measure"] in wanted:
                assert rows[wanted[row["measure"]]].sum() == row["value"], row["python"]
            assert len(rows) == row["rows"], row["python"]
            tried += 1
    assert tried > 5


@needs_data
def test_a_number_of_the_world_agrees_with_duckdb():
    files = f"'{trainings_dir()}/*.parquet'"
    people = duckdb.sql(
        f"select sum(quantity)::bigint from {files} where fiscal_year = 2014 and status = 'actual'"
    ).fetchall()[0][0]
    first = find_claim(f"{people:,} trainees", [], 2014).sums.iloc[0]
    assert (first["fit"], first["measure"], first["value"]) == (EXACTLY, "participants", people)


@needs_data
def test_none_is_said_plainly_with_what_is_here_the_figures_of_others_and_the_reasons():
    said = "\n".join(text(find_claim("6,244", ["Burundi"], "2014-2015")))
    assert said.startswith("None: no sum of these tables gives 6,244")
    assert "5,449 people (-12.7%)" in said
    assert "Security Assistance Monitor" in said
    assert all(reason in said for reason in WHY_OTHERS_DIFFER)


@needs_data
def test_all_that_cannot_be_read_is_told_at_once():
    with pytest.raises(RequestError) as told:
        find_claim("lots", ["Ugnda"], "20x2")
    assert [part in str(told.value) for part in ("'lots'", "did you mean Uganda", "'20x2'")] == [True] * 3
