"""The report of Excess Defense Articles: typed cells, rounded cents, repeated rows, and files that are refused."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eda_reports import ITEM, write_report
from milaid.errors import DataError, SourceError
from milaid.sources.eda import read_excess_defense_articles
from milaid.tables import eda_oddities, schemas_arms
from milaid.tables.arms import harmonised
from milaid.tables.schema import conform, validate


@pytest.fixture
def report(tmp_path):
    return lambda *items, **options: write_report(tmp_path / "eda.csv", *items, **options)


def refusal(path):
    with pytest.raises(SourceError) as caught:
        read_excess_defense_articles(path)
    assert caught.value.exit_code == 3
    return str(caught.value)


def test_every_column_has_its_type_and_what_is_not_given_is_missing(report):
    (row,) = read_excess_defense_articles(report({})).itertuples()
    assert (row.file_row, row.fiscal_year, row.transfer_authority) == (2, 2014, "grant")
    assert (row.item, row.recipient) == ("PATROL BOAT", "Albania")
    assert row.status_date == pd.Timestamp("2015-03-09")
    assert (row.quantity_requested, row.quantity_allocated, row.quantity_accepted) == (12, 10, 0)
    assert pd.isna(row.quantity_rejected) and pd.isna(row.quantity_delivered)
    assert (row.acquisition_value_usd, row.acquisition_value_printed) == (1_234, "$1,234.40")


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=30))
def test_cents_are_rounded_so_that_the_sum_of_a_recipient_and_year_is_right(tmp_path_factory, cents):
    values = [{"Total Current Value": f"${one // 100:,}.{one % 100:02}"} for one in cents]
    path = write_report(tmp_path_factory.mktemp("eda") / "eda.csv", *values)
    rounded = read_excess_defense_articles(path)["current_value_usd"]
    assert abs(sum(cents) - 100 * int(rounded.sum())) <= 50
    assert all(abs(100 * int(dollars) - one) < 100 for dollars, one in zip(rounded, cents, strict=True))


def test_a_repeated_row_names_the_first_and_stays(report):
    other = {"Status": "EDA Rejected"}
    frame = read_excess_defense_articles(report({}, other, {}, {}, other))
    assert frame["repeats_row"].tolist() == [pd.NA, pd.NA, 2, 2, 3]


def test_a_missing_column_is_named(report):
    columns = [name for name in ITEM if name not in ("Status", "Qty Accepted")]
    message = refusal(report({}, columns=columns))
    assert "no column Status, Qty Accepted; found: Transfer Authority" in message


def test_cells_of_another_kind_are_all_named_in_one_message(report):
    bad = {
        "Total Acquisition Value": "five million", "Total Current Value": "$-3", "Status Date": "13/45/15",
        "Qty Requested": "a few", "Fiscal Year of Request": "FY14", "Status": "Lost",
        "Transfer Authority": "Gift", "Country (Transfer to)": " ",
    }  # fmt: skip
    message = refusal(report({}, bad))
    for column, value in bad.items():
        assert f"row 3, {column}: «{value}»" in message
    assert "row 2" not in message


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"%PDF-1.4\n", b"<html>404</html>"])
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / "eda.csv"
    path.write_bytes(content)
    assert str(path) in refusal(path)


def test_a_file_without_items_or_cut_off_in_a_row_is_refused(report):
    assert "no items" in refusal(report())
    path = report({}, {})
    path.write_bytes(path.read_bytes()[:-40])
    assert "in rows 3" in refusal(path)


def test_what_is_read_fits_the_table(report):
    known = pd.DataFrame(
        {"printed": ["Albania"], "iso3": ["ALB"], "recipient": ["Albania"], "region": [None], "kind": ["country"]}
    )  # fmt: skip
    frame = harmonised(read_excess_defense_articles(report({}, {"Qty Requested": "7"})), known)
    schema = schemas_arms.EXCESS_DEFENSE_ARTICLES
    validate(conform(frame, schema), schema)


def test_oddities_are_counted_and_any_other_number_is_named(report):
    none = dict.fromkeys([name for name in ITEM if "Qty" in name], "N/A")
    zero = dict.fromkeys(none, "0")
    rows = report(
        {"Qty Accepted": "11", "Total Delivered Qty": "12"},
        none,
        {**zero, "Total Current Value": "$2,000.00"},
        {**zero, "Total Current Value": "$2,000.00"},
        {"Status Date": "9/30/13", "Status": "LOA Offered", "Total Acquisition Value": ""},
        {"Status": "EDA Rejected", "Total Delivered Qty": "3", "Total Current Value": ""},
        {
            "Qty Rejected": "1",
            "Total Delivered Qty": "1",
            "Qty Accepted": "1",
            "Total Acquisition Value": "$0",
        },
    )
    frame = read_excess_defense_articles(rows)
    expected = {
        "no quantities": 1, "some quantities empty": 3, "all quantities zero": 2, "accepted above allocated": 1,
        "delivered above accepted": 2, "delivered above allocated": 1, "delivered without quantity": 3,
        "quantity delivered under another status": 1, "no acquisition value": 1, "no current value": 1,
        "acquisition value zero": 1, "current value above acquisition value": 3,
        "status before the year of request": 1, "repeated row": 1,
    }  # fmt: skip
    assert eda_oddities.counts(frame) == expected
    listed = pd.DataFrame({"oddity": list(expected), "rows": list(expected.values())})
    eda_oddities.require_counted(frame, listed)
    listed.loc[listed["oddity"] == "repeated row", ["oddity", "rows"]] = ["repeated", 9]
    with pytest.raises(DataError) as caught:
        eda_oddities.require_counted(frame, listed)
    assert "repeated row: listed not at all, found 1" in str(caught.value)
    assert "repeated: listed 9, found no such oddity" in str(caught.value)
