"""Military and economic aid on frames small enough to add up by eye: docs/decisions/0008 states the rules."""

from __future__ import annotations

import pandas as pd
import pytest

from milaid.analysis import aid as analysis
from milaid.analysis.imet import imet_recipients, imet_years
from milaid.errors import DataError
from money_frames import ECONOMIC, IMET, QUARTER, account_names, aid, deflator, population
from training_frames import trainings


@pytest.fixture
def rows():
    """Two years; Benin only in one, Chad takes back, Ghana has no economic aid, a region without a country."""
    return aid(
        {
            "fiscal_year": 2013,
            "recipient": "Benin",
            "obligations_usd": 60,
            "obligations_usd_constant": 66,
            **IMET,
        },
        {"fiscal_year": 2013, "recipient": "Chad", "obligations_usd": 40, **ECONOMIC},
        {"recipient": "Chad", "obligations_usd": -30, "obligations_usd_constant": -33},
        {"recipient": "Chad", "obligations_usd": 200, **ECONOMIC},
        {"recipient": "Ghana", "obligations_usd": 50, **IMET},
        {"recipient": "Niger", "obligations_usd": 50},
        {"recipient": "Niger", "obligations_usd": 150, **ECONOMIC},
        {
            "recipient": "Africa (not specified)",
            "recipient_kind": "region",
            "iso3": None,
            "obligations_usd": 500,
        },
        {**QUARTER, "recipient": "Chad", "obligations_usd": 7_000},
    )


def missing(values):
    return [None if pd.isna(value) else value for value in values]


def by(frame, *columns):
    return frame.set_index(list(columns))


def test_both_categories_have_a_row_in_every_year_and_the_transition_quarter_has_none(rows):
    frame = analysis.category_years(rows)
    found = list(frame[["fiscal_year", "category", "obligations_usd"]].itertuples(index=False, name=None))
    assert found == [
        (2013, "Economic", 40), (2013, "Military", 60), (2014, "Economic", 350), (2014, "Military", 570),
    ]  # fmt: skip
    assert by(frame, "fiscal_year", "category").at[(2014, "Military"), "obligations_usd_constant"] == -33


def test_a_category_without_any_row_in_a_year_is_zero():
    frame = analysis.category_years(aid({"obligations_usd": 5}))
    assert frame["obligations_usd"].tolist() == [0, 5]


def test_the_ratio_is_dollars_of_military_aid_for_each_100_of_economic_aid(rows):
    frame = by(analysis.year_totals(rows), "fiscal_year")
    assert frame.at[2013, "military_per_100_economic"] == 150.0
    assert frame.at[2014, "total_usd"] == 920


@pytest.mark.parametrize("armed, civil", [(5, 0), (5, -1), (-1, 5), (0, 0)])
def test_a_ratio_with_a_negative_part_or_a_zero_divisor_is_missing(armed, civil):
    frame = analysis.year_totals(aid({"obligations_usd": armed}, {"obligations_usd": civil, **ECONOMIC}))
    assert frame["military_per_100_economic"].isna().all()
    assert frame["total_usd"].tolist() == [armed + civil]


def test_no_military_aid_to_a_recipient_of_economic_aid_is_a_ratio_of_zero():
    assert analysis.recipient_years(aid({"obligations_usd": 5, **ECONOMIC}))[
        "military_per_100_economic"
    ].tolist() == [0.0]


def test_recipients_are_ranked_by_military_aid_above_zero_and_those_without_a_country_come_last(rows):
    frame = analysis.recipients(rows, population(2014, GHA=10, CHA=0), 2014)
    assert frame["recipient"].tolist() == ["Ghana", "Niger", "Chad", "Africa (not specified)"]
    assert missing(frame["rank"]) == [1, 1, None, None]
    named = by(frame, "recipient")
    assert named.loc["Ghana", ["military_usd", "economic_usd", "share_military"]].tolist() == [50, 0, 100.0]
    assert named.at["Niger", "share_military"] == 25.0
    assert pd.isna(named.at["Chad", "share_military"])


def test_aid_per_head_needs_a_population_above_zero(rows):
    people = population(2014, GHA=10, CHA=0, NIG=100)
    frame = by(analysis.recipients(rows, people, 2014), "recipient")
    assert frame.at["Ghana", "military_per_head"] == 5.0
    assert frame.at["Niger", "total_per_head"] == 2.0
    assert frame.loc[["Chad", "Africa (not specified)"], "military_per_head"].isna().all()
    another_year = analysis.recipients(rows, population(2013, GHA=10), 2014)
    assert another_year["population"].isna().all()


def test_aid_per_head_is_below_zero_where_more_was_taken_back(rows):
    frame = by(analysis.recipients(rows, population(2014, CHA=10), 2014), "recipient")
    assert frame.at["Chad", "military_per_head"] == -3.0


@pytest.mark.parametrize("year", [2012, 1976])
def test_a_year_without_rows_has_no_recipients_and_no_accounts(rows, year):
    assert analysis.recipients(rows, population(year, GHA=10), year).empty
    assert analysis.accounts(rows, account_names(IMET="IMET"), year).empty
    assert imet_recipients(rows, trainings({"fiscal_year": year}), year).empty


def test_a_recipient_has_years_only_where_it_is_listed(rows):
    frame = analysis.recipient_years(rows)
    pairs = list(zip(frame["fiscal_year"], frame["recipient"], strict=True))
    assert pairs == [
        (2013, "Benin"), (2013, "Chad"), (2014, "Africa (not specified)"), (2014, "Chad"), (2014, "Ghana"),
        (2014, "Niger"),
    ]  # fmt: skip
    assert by(frame, "fiscal_year", "recipient").at[(2013, "Chad"), "military_usd"] == 0


def test_the_series_of_a_recipient_has_every_year_and_unlisted_ones_are_missing_not_zero(rows):
    frame = by(analysis.recipient_series(rows, "Benin"), "fiscal_year")
    assert frame.loc[2013, ["military_usd", "economic_usd", "military_usd_constant"]].tolist() == [60, 0, 66]
    assert frame.at[2013, "share_military"] == 100.0
    assert frame.loc[2014].isna().all()
    chad = by(analysis.recipient_series(rows, "Chad"), "fiscal_year")
    assert chad["military_usd"].tolist() == [0, -30]
    assert missing(chad["share_military"]) == [0.0, None]


def test_the_series_of_a_name_that_is_not_there_is_refused(rows):
    with pytest.raises(DataError, match="no recipient named 'Atlantis'"):
        analysis.recipient_series(rows, "Atlantis")


def test_every_region_has_every_year_and_all_recipients_hold_those_of_no_region():
    frame = analysis.region_years(
        aid(
            {"fiscal_year": 2013, "obligations_usd": 10},
            {"region_harmonised": "Near East", "obligations_usd": 20},
            {"region_harmonised": None, "obligations_usd": 3},
        )
    )
    amounts = by(frame, "fiscal_year", "region")["military_usd"].to_dict()
    assert amounts == {
        (2013, "All recipients"): 10, (2013, "Africa"): 10, (2013, "Near East"): 0,
        (2014, "All recipients"): 23, (2014, "Africa"): 0, (2014, "Near East"): 20,
    }  # fmt: skip


def test_parts_have_a_row_in_every_year_of_the_rows_given_and_add_up_to_military_aid(rows):
    loans = {"publication_row": "Foreign Military Financing", "account": "Direct loans", "obligations_usd": 9}
    frame = analysis.part_years(pd.concat([rows, aid(loans), aid({"fiscal_year": 2015, **ECONOMIC})]))
    found = by(frame, "fiscal_year", "part")["obligations_usd"]
    assert found[2014].to_dict() == {
        "Foreign Military Financing": 9, "Afghanistan Security Forces Fund": 0, "Peacekeeping Operations": 0,
        "IMET": 50, "Other military": 520,
    }  # fmt: skip
    assert found[2015].tolist() == [0, 0, 0, 0, 0]


def test_accounts_stand_beside_the_year_before_and_those_of_it_alone_follow_with_zero():
    frame = analysis.accounts(
        aid(
            {"fiscal_year": 2013, "obligations_usd": 100, **IMET},
            {"fiscal_year": 2013, "account": "Closed", "obligations_usd": 70},
            {"obligations_usd": 150, **IMET},
            {"account": "New", "obligations_usd": 50},
        ),
        account_names(IMET="Military education"),
        2014,
    )
    assert frame["account"].tolist() == ["Military education", "New", "Closed"]
    assert frame["code"].tolist() == ["IMET", "", ""]
    assert frame["obligations_usd"].tolist() == [150, 50, 0]
    assert frame["previous_usd"].tolist() == [100, 0, 70]
    assert missing(frame["percent_change"]) == [50.0, None, -100.0]
    assert frame["share"].tolist() == [75.0, 25.0, 0.0]


def test_a_year_before_that_the_rows_do_not_hold_is_missing_one_without_military_aid_is_zero():
    now = {"obligations_usd": 150, **IMET}
    alone = analysis.accounts(aid(now), account_names(), 2014)
    assert alone[["previous_usd", "change"]].isna().all(axis=None)
    after = analysis.accounts(aid(now, {"fiscal_year": 2013, **ECONOMIC}), account_names(), 2014)
    assert after[["previous_usd", "change"]].to_numpy().tolist() == [[0, 150]]
    gone = analysis.accounts(aid({**now, "fiscal_year": 2013}, ECONOMIC), account_names(), 2014)
    assert gone[["obligations_usd", "previous_usd"]].to_numpy().tolist() == [[0, 150]]
    assert gone["share"].isna().all()


def test_a_share_is_missing_for_a_negative_account_and_never_over_100_percent():
    amounts = {"Large": 100, "Small": 30, "Back": -50}
    rows = [{"account": name, "obligations_usd": dollars} for name, dollars in amounts.items()]
    frame = by(analysis.accounts(aid(*rows), account_names(), 2014), "account")
    assert missing(frame["share"].reindex(list(amounts))) == [None, 37.5, None]
    taken = [{"account": "Large", "obligations_usd": 50}, {"account": "Back", "obligations_usd": -50}]
    assert analysis.accounts(aid(*taken), account_names(), 2014)["share"].isna().all()


PEOPLE = (
    {"fiscal_year": 2013, "recipient": "Benin", "quantity": 4, "cost_usd": 80},
    {"fiscal_year": 2013, "recipient": "Togo", "quantity": 0, "cost_usd": None},
    {"fiscal_year": 2014, "recipient": "Ghana", "quantity": 6, "cost_usd": 90},
    {"fiscal_year": 2014, "recipient": "Niger", "quantity": 50, "program": "PKO", "cost_usd": 10},
    {"fiscal_year": 2015, "recipient": "Ghana", "quantity": 2, "cost_usd": 20, "program": "PKO"},
)


def test_imet_dollars_stand_beside_its_participants_of_the_same_year(rows):
    frame = imet_years(rows, trainings(*PEOPLE), deflator({2013: 0.5, 2014: 1.0, 2015: 1.0}), 2014)
    assert frame["fiscal_year"].tolist() == [2013, 2014, 2015]
    assert missing(frame["obligations_usd"]) == [60, 50, None]
    assert missing(frame["obligations_usd_constant"]) == [120.0, 50.0, None]
    assert missing(frame["recipients_obligations"]) == [1, 1, None]
    assert frame["participants"].tolist() == [4, 6, 0]
    assert frame["recipients_trained"].tolist() == [1, 1, 0]
    assert frame["training_cost_usd"].tolist() == [80, 90, 0]
    assert set(frame["base_fiscal_year"]) == {2014}


def test_imet_of_one_recipient_is_missing_where_it_is_not_listed_and_zero_where_it_has_none(rows):
    people = trainings(*PEOPLE)
    prices = deflator({2013: 1.0, 2014: 1.0, 2015: 1.0})
    ghana = imet_years(
        rows[rows["recipient_harmonised"] == "Ghana"], people[people["recipient"] == "Ghana"], prices, 2014
    )
    assert missing(ghana["obligations_usd"]) == [50, None]
    assert ghana["participants"].tolist() == [6, 0]
    niger = imet_years(
        rows[rows["recipient_harmonised"] == "Niger"], people[people["recipient"] == "Niger"], prices, 2014
    )
    assert niger["obligations_usd"].tolist() == [0]


def test_imet_of_a_year_without_a_deflator_is_refused(rows):
    with pytest.raises(DataError, match="FY2015"):
        imet_years(rows, trainings(*PEOPLE), deflator({2013: 1.0, 2014: 1.0}), 2014)


def test_recipients_of_imet_hold_both_sources_and_tell_zero_from_missing(rows):
    people = trainings(
        *PEOPLE,
        {"fiscal_year": 2014, "recipient": "Chad", "quantity": 5, "cost_usd": None},
        {"fiscal_year": 2014, "recipient": "Tuvalu", "quantity": 3, "cost_usd": 30},
    )
    extra = aid(
        {"recipient": "Niger", "obligations_usd": 50, **IMET},
        {"recipient": "Mali", "obligations_usd": -8, **IMET},
    )
    frame = imet_recipients(pd.concat([rows, extra], ignore_index=True), people, 2014)
    assert frame["recipient"].tolist() == ["Ghana", "Niger", "Chad", "Mali", "Tuvalu"]
    assert missing(frame["rank"]) == [1, 1, None, None, None]
    # Chad has other aid, but none of IMET; the Greenbook does not list Tuvalu.
    assert missing(frame["obligations_usd"]) == [50, 50, 0, -8, None]
    # Niger has other training, but none of IMET; the training report does not list Mali.
    assert missing(frame["participants"]) == [6, 0, 5, None, 3]
    assert missing(frame["training_cost_usd"]) == [90, 0, None, None, 30]
