"""Whatever the amounts are, negative ones too: parts add up, shares stay within 0 to 100, ranks order who is ranked."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from milaid.analysis import aid as analysis
from milaid.analysis import arms, beside
from milaid.analysis.imet import imet_recipients
from money_frames import ECONOMIC, IMET, account_names, aid, articles, population, sales
from training_frames import trainings

NAMES = ("Benin", "Chad", "Ghana", "Niger")
PLACES = st.sampled_from(
    [
        *({"recipient": name} for name in NAMES),
        {"recipient": "Jordan", "region_harmonised": "Near East"},
        {"recipient": "World", "recipient_kind": "not stated", "iso3": None, "region_harmonised": None},
    ]
)
ACCOUNTS = st.sampled_from(
    [
        ECONOMIC,
        IMET,
        {},
        {"account": "Peace Keeping Operations", "account_code": "PKO"},
        {"publication_row": "Foreign Military Financing"},
    ]
)
DOLLARS = st.one_of(st.integers(-50, 50), st.integers(-(10**12), 10**12))
ROWS = st.lists(
    st.builds(
        lambda year, place, account, dollars, period: {
            "fiscal_year": year, **place, **account, "obligations_usd": dollars, "period": period,
        },
        st.sampled_from([2013, 2014]), PLACES, ACCOUNTS, DOLLARS, st.sampled_from(["year"] * 4 + ["transition quarter"]),
    ),
    min_size=1,
    max_size=25,
)  # fmt: skip
PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "recipient": st.sampled_from([*NAMES, "Tuvalu"]),
            "quantity": st.integers(0, 30),
            "program": st.sampled_from(["IMET", "PKO"]),
            "cost_usd": st.one_of(st.none(), st.integers(0, 1000)),
        }
    ),
    min_size=1,
    max_size=15,
)


def military(rows: list[dict], year: int) -> list[dict]:
    return [
        row
        for row in rows
        if row["fiscal_year"] == year and row["period"] == "year" and row.get("category") != "Economic"
    ]


def dollars(rows: list[dict]) -> int:
    return sum(row["obligations_usd"] for row in rows)


@settings(max_examples=40)
@given(ROWS)
def test_parts_accounts_recipients_and_regions_add_up_to_military_aid(rows):
    frame, expected = aid(*rows), dollars(military(rows, 2014))
    parts = analysis.part_years(frame)
    assert int(parts.loc[parts["fiscal_year"] == 2014, "obligations_usd"].sum()) == expected
    assert int(analysis.accounts(frame, account_names(), 2014)["obligations_usd"].sum()) == expected
    assert int(analysis.recipients(frame, population(2014), 2014)["military_usd"].sum()) == expected
    assert int(beside.aid_of_year(frame, 2014)["military_aid_usd"].sum()) == expected
    years = analysis.year_totals(frame)
    assert int(years.loc[years["fiscal_year"] == 2014, "military_usd"].sum()) == expected
    regions = analysis.region_years(frame)
    world = regions[(regions["fiscal_year"] == 2014) & (regions["region"] == analysis.WORLD)]
    assert int(world["military_usd"].sum()) == expected


@settings(max_examples=40)
@given(ROWS, st.sampled_from(NAMES))
def test_a_filter_and_its_rest_add_up_and_without_negative_rows_no_filter_raises_a_total(rows, name):
    """With negative rows a part can be larger than the whole; what holds is that it and the rest add up to it."""

    def total(frame: pd.DataFrame) -> int:
        return int(analysis.category_years(frame)["obligations_usd"].sum())

    frame = aid(*rows)
    chosen = frame["recipient_harmonised"] == name
    assert total(frame[chosen]) + total(frame[~chosen]) == total(frame)
    positive = frame[frame["obligations_usd"] >= 0]
    assert total(positive[positive["recipient_harmonised"] == name]) <= total(positive)


@settings(max_examples=40)
@given(ROWS)
def test_shares_are_within_0_to_100_and_no_quotient_is_infinite(rows):
    frame = aid(*rows)
    people = population(2014, BEN=0, CHA=1, GHA=10)
    recipients = analysis.recipients(frame, people, 2014)
    accounts = analysis.accounts(frame, account_names(), 2014)
    for share in (recipients["share_military"], accounts["share"]):
        assert share.dropna().between(0, 100).all()
    negative = recipients["military_usd"].lt(0) | recipients["economic_usd"].lt(0)
    assert recipients.loc[negative, "share_military"].isna().all()
    assert (
        not recipients[["military_per_head", "total_per_head"]]
        .isin([float("inf"), float("-inf")])
        .any(axis=None)
    )
    ratio = analysis.recipient_years(frame)["military_per_100_economic"].dropna()
    assert ratio.between(0, float("inf"), inclusive="left").all()


def assert_ranked(ranks: pd.Series, values: pd.Series) -> None:
    """Ranks count who is larger, plus one, in whatever order the rows stand: a permutation when no values are equal."""
    assert ranks.tolist() == [1 + int((values > value).sum()) for value in values]
    if values.is_unique:
        assert sorted(ranks) == list(range(1, len(ranks) + 1))


@settings(max_examples=40)
@given(ROWS, st.randoms(use_true_random=False))
def test_ranks_order_the_named_recipients_with_military_aid_whatever_the_order_of_the_rows(rows, chance):
    frame = analysis.recipients(aid(*rows), population(2014), 2014)
    ranked = frame[frame["rank"].notna()]
    assert set(ranked["recipient"]) == set(
        frame.loc[frame["kind"].eq("country") & frame["military_usd"].gt(0), "recipient"]
    )
    assert_ranked(ranked["rank"], ranked["military_usd"])
    mixed = list(rows)
    chance.shuffle(mixed)
    pd.testing.assert_frame_equal(analysis.recipients(aid(*mixed), population(2014), 2014), frame)


@settings(max_examples=40)
@given(ROWS, st.sampled_from(NAMES))
def test_the_series_of_a_recipient_has_all_years_and_the_amounts_of_its_rows(rows, name):
    rows = [*rows, {"fiscal_year": 2013, "recipient": name, "obligations_usd": 1, "period": "year"}]
    frame = analysis.recipient_series(aid(*rows), name)
    assert frame["fiscal_year"].tolist() == analysis.year_totals(aid(*rows))["fiscal_year"].tolist()
    for row in frame.itertuples():
        own = [r for r in rows if r["recipient"] == name and r["fiscal_year"] == row.fiscal_year]
        listed = any(r["period"] == "year" for r in own)
        assert pd.isna(row.military_usd) == (not listed)
        if listed:
            assert row.military_usd == dollars(military(own, row.fiscal_year))


@settings(max_examples=40)
@given(ROWS, PEOPLE)
def test_training_beside_aid_loses_no_participant_and_no_dollar_of_either_source(rows, people):
    frame, activities = aid(*rows), trainings(*people)
    found = beside.training_beside_aid(activities, frame, population(2014, CHA=10), 2014)
    assert not found["recipient"].duplicated().any()
    assert int(found["participants"].sum()) == sum(row["quantity"] for row in people)
    assert int(found["military_aid_usd"].sum()) == dollars(military(rows, 2014))
    imet = imet_recipients(frame, activities, 2014)
    if len(imet):
        own = [row for row in military(rows, 2014) if row.get("account_code") == "IMET"]
        assert int(imet["obligations_usd"].sum()) == dollars(own)
        learners = sum(row["quantity"] for row in people if row["program"] == "IMET")
        assert int(imet["participants"].sum()) == learners


AGREEMENTS = st.dictionaries(
    st.sampled_from([*NAMES, "Togo", "Mali"]), st.tuples(DOLLARS, st.one_of(st.none(), DOLLARS)), min_size=1
)


@settings(max_examples=40)
@given(AGREEMENTS)
def test_agreements_of_a_year_and_of_its_regions_add_up(amounts):
    book = sales(*({"recipient": name, "fms": fms, "fmf": fmf} for name, (fms, fmf) in amounts.items()))
    frame = arms.agreements_of_year(book, 2020)
    total = sum(fms + (fmf or 0) for fms, fmf in amounts.values())
    assert int(frame["total_agreements_usd"].sum()) == total
    assert int(arms.agreement_regions(book, 2020)["total_agreements_usd"].sum()) == total
    assert frame["share"].dropna().between(0, 100).all()
    assert_ranked(frame["rank"], frame["total_agreements_usd"])


ITEMS = st.lists(
    st.fixed_dictionaries(
        {
            "recipient": st.sampled_from(NAMES),
            "transfer_authority": st.sampled_from(["grant", "sale"]),
            "status": st.sampled_from(["EDA Delivered", "EDA Cancelled"]),
            "value": st.one_of(st.none(), st.integers(0, 10**9)),
        }
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=40)
@given(ITEMS)
def test_grants_and_sales_of_delivered_items_add_up(items):
    frame = arms.excess_of_year(articles(*items), 2014)
    delivered = [item for item in items if item["status"] == "EDA Delivered"]
    assert int(frame["delivered_items"].sum()) == len(delivered)
    assert int(frame["requested_items"].sum()) == len(items)
    value = sum(item["value"] or 0 for item in delivered)
    parts = frame["grant_value_usd"].fillna(0) + frame["sale_value_usd"].fillna(0)
    assert int(frame["acquisition_value_usd"].sum()) == int(parts.sum()) == value
