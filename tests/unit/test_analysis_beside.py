"""Training beside aid, population and agreements on small frames: docs/decisions/0008 states the rules."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.analysis import aid as analysis
from milaid.analysis import beside
from milaid.errors import DataError
from money_frames import ECONOMIC, QUARTER, aid, population, sales
from training_frames import trainings

AFRICA = {"recipient": "Africa Region", "recipient_kind": "region", "iso3": None}


@pytest.fixture
def greenbook():
    return aid(
        {"recipient": "Chad", "obligations_usd": -30},
        {"recipient": "Chad", "obligations_usd": 200, **ECONOMIC},
        {"recipient": "Ghana", "obligations_usd": 50},
        {"recipient": "Niger", "obligations_usd": 150, **ECONOMIC},
        {"recipient": "Mali", "obligations_usd": 40},
        {"recipient": "Mali", "fiscal_year": 2013, "obligations_usd": 999},
        {**QUARTER, "recipient": "Chad", "obligations_usd": 7_000},
    )


@pytest.fixture
def people():
    return trainings(
        {"recipient": "Chad", "quantity": 10},
        {"recipient": "Ghana", "quantity": 20},
        {"recipient": "Ghana", "quantity": 5},
        {"recipient": "Niger", "quantity": 10},
        {"recipient": "Tuvalu", "quantity": 3},
        {"recipient": "Benin", "quantity": 0},
        {**AFRICA, "quantity": 7},
        {"recipient": "Ghana", "fiscal_year": 2013, "quantity": 400},
    )


PEOPLE = population(2014, CHA=1_000_000, GHA=5_000_000, NIG=1_000_000, TUV=0, MAL=2_000_000, BEN=1_000_000)


@pytest.fixture
def frame(people, greenbook):
    return beside.training_beside_aid(people, greenbook, PEOPLE, 2014)


def missing(values):
    return [None if pd.isna(value) else value for value in values]


def test_a_listed_recipient_has_zero_of_a_kind_of_aid_without_a_line(greenbook):
    found = beside.aid_of_year(greenbook, 2014).set_index("recipient")
    assert found["military_aid_usd"].to_dict() == {"Chad": -30, "Ghana": 50, "Mali": 40, "Niger": 0}
    assert found["economic_aid_usd"].to_dict() == {"Chad": 200, "Ghana": 0, "Mali": 0, "Niger": 150}


def test_aid_of_a_year_is_what_the_table_of_recipients_has(greenbook):
    here = beside.aid_of_year(greenbook, 2014).set_index("recipient")
    there = analysis.recipients(greenbook, PEOPLE, 2014).set_index("recipient").loc[here.index]
    assert here["military_aid_usd"].tolist() == there["military_usd"].tolist()
    assert here["economic_aid_usd"].tolist() == there["economic_usd"].tolist()


@pytest.mark.parametrize("year", [1976, 2012])
def test_a_year_without_aid_is_empty_and_the_transition_quarter_is_no_year(greenbook, year):
    assert beside.aid_of_year(greenbook, year).empty


def test_recipients_of_either_source_have_a_row_and_missing_is_not_zero(frame):
    assert frame["recipient"].tolist() == [
        "Africa Region",
        "Benin",
        "Chad",
        "Ghana",
        "Mali",
        "Niger",
        "Tuvalu",
    ]
    assert missing(frame["participants"]) == [7, 0, 10, 25, None, 10, 3]
    assert missing(frame["military_aid_usd"]) == [None, None, -30, 50, 40, 0, None]


def test_rates_need_a_population_above_zero_and_keep_the_sign(frame):
    assert missing(frame["participants_per_million"]) == [None, 0.0, 10.0, 5.0, None, 10.0, None]
    assert missing(frame["military_aid_per_head"]) == [None, None, -3e-05, 1e-05, 2e-05, 0.0, None]


def test_a_year_without_training_or_without_aid_keeps_the_other(people, greenbook):
    no_training = beside.training_beside_aid(people, greenbook, PEOPLE, 2012)
    assert no_training.empty
    no_aid = beside.training_beside_aid(people, greenbook.iloc[:0], PEOPLE, 2014)
    assert int(no_aid["participants"].sum()) == 55
    assert no_aid["military_aid_usd"].isna().all()
    only_aid = beside.training_beside_aid(people.iloc[:0], greenbook, PEOPLE, 2014)
    assert len(only_aid) == 4 and only_aid["participants"].isna().all()


def test_equal_rates_share_a_rank_and_those_without_a_rate_are_named_instead(frame):
    ranked = beside.most_per_million(frame)
    assert ranked["recipient"].tolist() == ["Chad", "Niger", "Ghana", "Benin"]
    assert ranked["rank"].tolist() == [1, 1, 3, 4]
    assert beside.without_population(frame) == ["Africa Region", "Tuvalu"]


def test_a_recipient_whose_rows_name_another_country_has_no_rate_and_no_rank(frame):
    ranked = beside.most_per_million(frame, {"Chad"})
    assert ranked["recipient"].tolist() == ["Niger", "Ghana", "Benin"]
    assert ranked["rank"].tolist() == [1, 2, 3]


def test_only_participants_with_military_aid_above_zero_are_compared(frame):
    assert beside.comparable(frame)["recipient"].tolist() == ["Ghana"]


def test_the_most_are_the_highest_values_and_equal_ones_by_name(frame):
    assert beside.most(frame, "participants", 3)["recipient"].tolist() == ["Ghana", "Chad", "Niger"]
    assert beside.most(frame, "military_aid_usd", 99)["recipient"].tolist() == [
        "Ghana",
        "Mali",
        "Niger",
        "Chad",
    ]


def test_outliers_are_named_once_by_size_and_by_rate():
    dots = pd.DataFrame(
        {
            "recipient": ["Crowd", "Money", "Rate", "Middle"],
            "participants": pd.array([900, 2, 100, 50], "Int64"),
            "military_aid_usd": pd.array([5_000, 90_000, 100, 1_000], "Int64"),
        }
    )
    assert beside.outliers(dots, 1) == ["Crowd", "Money", "Rate"]
    assert beside.outliers(dots.iloc[:0], 1) == []


def test_agreements_stand_beside_aid_and_are_divided_only_where_that_says_something(greenbook):
    book = sales(
        {"recipient": "Ghana", "fiscal_year": 2014, "fms": 100},
        {"recipient": "Mali", "fiscal_year": 2014, "fms": -1},
        {"recipient": "Chad", "fiscal_year": 2014, "fms": 60},
        {"recipient": "Niger", "fiscal_year": 2014, "fms": 50},
        {"recipient": "Kuwait", "fiscal_year": 2014, "fms": 40},
    )
    found = beside.agreements_beside_aid(book, greenbook, 2014)
    assert found["recipient"].tolist() == ["Ghana", "Chad", "Niger", "Kuwait", "Mali"]
    assert missing(found["military_aid_usd"]) == [50, -30, 0, None, 40]
    assert missing(found["agreements_per_military_aid_dollar"]) == [2.0, None, None, None, None]
    with pytest.raises(DataError, match="2013 are not given by year"):
        beside.agreements_beside_aid(book, greenbook, 2013)
