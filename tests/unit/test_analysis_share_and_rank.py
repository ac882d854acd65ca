"""One group among all: share, rank and dollars by year."""

import pandas as pd
import pytest

from milaid.analysis.share_and_rank import percent_of, share_and_rank
from training_frames import trainings

ROWS = trainings(
    {"recipient": "A", "quantity": 30, "cost_usd": 100},
    {"recipient": "B", "quantity": 60, "cost_usd": 300},
    {"recipient": "C", "quantity": 30, "cost_usd": None},
    {"recipient": "B", "quantity": 1, "cost_usd": 5, "fiscal_year": 2013},
)


def test_share_rank_and_dollars_of_the_years_that_list_it():
    found = share_and_rank(ROWS, "recipient", "A")
    assert found["fiscal_year"].tolist() == [2014]
    row = found.iloc[0]
    assert (row["participants"], row["all_participants"], row["rank"], row["ranked"]) == (30, 120, 2, 3)
    assert row["share"] == pytest.approx(25) and row["cost_share"] == pytest.approx(25)


def test_equal_values_share_a_rank_and_the_unranked_still_count():
    assert share_and_rank(ROWS, "recipient", "C")["rank"].tolist() == [2]
    row = share_and_rank(ROWS, "recipient", "A", unranked=("B",)).iloc[0]
    assert (row["rank"], row["ranked"], row["all_participants"]) == (1, 2, 120)


def test_a_cost_that_is_not_printed_has_no_share():
    row = share_and_rank(ROWS, "recipient", "C").iloc[0]
    assert pd.isna(row["cost_usd"]) and pd.isna(row["cost_share"])
    assert percent_of(pd.Series([1]), pd.Series([0])).isna().all()
