"""Agreements and excess articles on frames small enough to add up by eye: docs/decisions/0008 states the rules."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.analysis import arms
from milaid.errors import DataError
from money_frames import articles, sales


@pytest.fixture
def book():
    """A book with a block and one year: equal totals, a reduction, a zero, an organisation, an amount not printed."""
    return sales(
        {"recipient": "Chad", "block": (1950, 2019), "total_agreements_usd": 900},
        {"recipient": "Chad", "fms": 30, "fmf": 20},
        {"recipient": "Benin", "fms": 50, "fmf": 0},
        {"recipient": "Ghana", "fms": -10, "fmf": 0},
        {"recipient": "Niger", "fms": 0, "fmf": 0},
        {"recipient": "Togo", "fms": 8, "fmf": None},
        {
            "recipient": "NATO",
            "recipient_kind": "organisation",
            "iso3": None,
            "region_harmonised": None,
            "fms": 2,
        },
    )


def missing(values):
    return [None if pd.isna(value) else value for value in values]


def test_single_years_leave_the_block_out(book):
    assert arms.single_years(book) == (2020,)
    assert arms.single_years(book.iloc[:1]) == ()


def test_agreements_keep_zeros_reductions_and_what_is_not_printed(book):
    frame = arms.agreements(book).set_index("recipient")
    assert frame["total_agreements_usd"].to_dict() == {
        "Benin": 50, "Chad": 50, "Ghana": -10, "NATO": 2, "Niger": 0, "Togo": 8,
    }  # fmt: skip
    assert pd.isna(frame.at["Togo", "fmf_funded_agreements_usd"])
    assert frame.at["Chad", "page"] == 5


def test_equal_totals_share_a_rank_and_shares_are_of_the_net_total(book):
    frame = arms.agreements_of_year(book, 2020)
    assert frame["recipient"].tolist() == ["Benin", "Chad", "Togo", "NATO", "Niger", "Ghana"]
    assert frame["rank"].tolist() == [1, 1, 3, 4, 5, 6]
    assert missing(frame["share"]) == [50.0, 50.0, 8.0, 2.0, 0.0, None]


@pytest.mark.parametrize(
    "amounts, shares",
    [([10, -10], [None, None]), ([0, 0], [None, None]), ([-1, -2], [None, None]), ([100, -50], [None, None])],
)
def test_there_is_no_share_of_a_sum_that_is_not_above_zero_nor_one_over_100_percent(amounts, shares):
    rows = [{"recipient": name, "fms": dollars} for name, dollars in zip(("A", "B"), amounts, strict=True)]
    assert missing(arms.agreements_of_year(sales(*rows), 2020)["share"]) == shares


@pytest.mark.parametrize("year", [2014, 2019, 2025])
def test_a_year_that_the_book_does_not_give_by_itself_is_refused(book, year):
    with pytest.raises(DataError, match=f"{year} are not given by year; years given: 2020"):
        arms.agreements_of_year(book, year)


def test_a_table_without_rows_says_that_it_gives_no_year():
    with pytest.raises(DataError, match="years given: none"):
        arms.agreements_of_year(sales(), 2020)


def test_regions_count_recipients_with_agreements_and_name_those_of_no_region(book):
    frame = arms.agreement_regions(book, 2020).set_index("region")
    assert frame["recipients"].to_dict() == {"Africa": 4, "No region": 1}
    assert frame["total_agreements_usd"].to_dict() == {"Africa": 98, "No region": 2}
    assert pd.isna(frame.at["No region", "fmf_funded_agreements_usd"])


def test_the_block_is_one_sum_of_its_years(book):
    [row] = arms.block_agreements(book).to_dict("records")
    assert (row["first_fiscal_year"], row["last_fiscal_year"], row["total_agreements_usd"]) == (
        1950,
        2019,
        900,
    )


def test_of_several_editions_the_newest_that_has_a_year_counts_and_blocks_do_not_overlap(book):
    newer = sales(
        {
            "recipient": "Chad",
            "edition_fiscal_year": 2025,
            "block": (1950, 2020),
            "total_agreements_usd": 960,
        },
        {"recipient": "Chad", "edition_fiscal_year": 2025, "fiscal_year": 2021, "fms": 7},
    )
    both = pd.concat([book, newer, sales({"recipient": "Chad", "fiscal_year": 2021, "fms": 5})])
    frame = arms.agreements(both).set_index(["fiscal_year", "recipient"])["total_agreements_usd"]
    assert frame[2021].to_dict() == {"Chad": 7}
    assert frame[2020].to_dict()["Chad"] == 50
    block = arms.block_agreements(both)
    assert block[["last_fiscal_year", "total_agreements_usd"]].to_numpy().tolist() == [[2020, 960]]


ARTICLES = (
    {"recipient": "Chad", "value": 100},
    {"recipient": "Chad", "value": 50},
    {"recipient": "Chad", "value": 70, "transfer_authority": "sale"},
    {"recipient": "Chad", "value": 999, "status": "EDA Cancelled"},
    {"recipient": "Benin", "value": 220},
    {"recipient": "Ghana", "value": 40, "status": "EDA Rejected", "quantity_delivered": 3},
    {"recipient": "Togo"},
)


def test_only_delivered_items_have_dollars_and_grants_stand_apart_from_sales():
    frame = arms.excess_articles(articles(*ARTICLES)).set_index(["recipient", "transfer_authority"])
    columns = ["requested_items", "delivered_items", "acquisition_value_usd", "current_value_usd"]
    assert frame.loc[("Chad", "grant"), columns].tolist() == [3, 2, 150, 15]
    assert frame.loc[("Chad", "sale"), columns].tolist() == [1, 1, 70, 7]


def test_no_delivered_item_is_zero_dollars_and_one_without_a_printed_value_is_missing():
    frame = arms.excess_articles(articles(*ARTICLES)).set_index("recipient")
    assert frame.loc["Ghana", ["delivered_items", "acquisition_value_usd"]].tolist() == [0, 0]
    assert frame.at["Togo", "delivered_items"] == 1
    assert pd.isna(frame.at["Togo", "acquisition_value_usd"])


def test_recipients_of_a_year_are_ranked_by_delivered_value_and_equal_ones_listed_by_items():
    frame = arms.excess_of_year(
        articles(*ARTICLES, {"recipient": "Mali", "fiscal_year": 2013, "value": 1}), 2014
    )
    assert frame["recipient"].tolist() == ["Chad", "Benin", "Ghana", "Togo"]
    assert missing(frame["rank"]) == [1, 1, None, None]
    assert missing(frame["grant_value_usd"]) == [150, 220, 0, None]
    assert frame["sale_value_usd"].tolist() == [70, 0, 0, 0]
    assert missing(frame["acquisition_value_usd"]) == [220, 220, 0, None]


def test_each_year_is_ranked_by_itself_and_years_ascend():
    rows = articles(
        *({**row, "fiscal_year": year} for year in (2015, 2013) for row in ARTICLES),
        {"recipient": "Mali", "value": 1},
    )
    frame = arms.excess_recipients(rows)
    assert frame["fiscal_year"].tolist() == [2013] * 4 + [2014] + [2015] * 4
    assert missing(frame["rank"]) == [1, 1, None, None, 1, 1, 1, None, None]
    for year, part in frame.groupby("fiscal_year"):
        alone = arms.excess_of_year(rows, int(year))
        pd.testing.assert_frame_equal(part.drop(columns="fiscal_year").reset_index(drop=True), alone)


def test_a_year_without_requests_is_empty():
    assert arms.excess_of_year(articles(*ARTICLES), 2012).empty
    assert arms.excess_articles(articles()).empty
