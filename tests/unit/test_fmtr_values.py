"""Printed cells as values, and cents as whole dollars."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_FLOOR, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milaid.sources.fmtr.values import parse_count, parse_date, parse_dollars, round_together

amounts = st.decimals(min_value=0, max_value=10_000_000, places=2)
lists = st.lists(st.none() | amounts, max_size=60)


@pytest.mark.parametrize(
    ("text", "value"), [("1", 1), (" 1,296 ", 1296), ("10,000,000", 10_000_000), ("0", 0)]
)
def test_counts(text, value):
    assert parse_count(text) == value


@pytest.mark.parametrize("text", [None, "", " ", "-1", "1.5", "1,29", "12,3456", "1 2", "N/A", "$5"])
def test_what_is_no_count_is_none(text):
    assert parse_count(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("$89,567", "89567"), ("$ 1,000", "1000"), ("7126.77", "7126.77"), ("2902.9", "2902.9"), ("$0", "0")],
)
def test_dollars(text, value):
    assert parse_dollars(text) == Decimal(value)


@pytest.mark.parametrize("text", [None, "", "$", "$-5", "($5)", "$12,34", "5 $", "1.2.3", "€5"])
def test_what_is_no_amount_is_none(text):
    assert parse_dollars(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10/20/2013", date(2013, 10, 20)),
        ("1/3/2014", date(2014, 1, 3)),
        ("2/29/2012", date(2012, 2, 29)),
        ("10/20/13", date(2013, 10, 20)),
        ("7/27/01", date(2001, 7, 27)),
        ("12/31/00", date(2000, 12, 31)),
    ],
)
def test_dates_are_in_us_order(text, value):
    assert parse_date(text) == value


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "12/10/207",
        "20/10/2013",
        "20/10/13",
        "2/29/2013",
        "2/29/01",
        "2013-10-20",
        "10/20/3",
        "10/20/",
        "0/1/2014",
        "100/1/14",
    ],
)
def test_what_is_no_day_is_none(text):
    assert parse_date(text) is None


@given(st.integers(0, 10**9))
def test_a_number_printed_with_thousands_separators_is_read_back(number):
    assert parse_count(f"{number:,}") == number
    assert parse_dollars(f"${number:,}") == number


@given(lists)
def test_rounded_amounts_add_up_to_the_rounded_exact_sum(exact):
    total = sum((amount for amount in exact if amount is not None), Decimal())
    rounded = sum(amount for amount in round_together(exact) if amount is not None)
    assert rounded == (total + Decimal("0.5")).to_integral_value(ROUND_FLOOR)


@given(lists)
def test_each_amount_becomes_one_of_its_whole_neighbours_and_none_stays_none(exact):
    for before, after in zip(exact, round_together(exact), strict=True):
        if before is None:
            assert after is None
        else:
            assert abs(after - before) < 1


@given(st.lists(st.integers(0, 10**7) | amounts, max_size=40))
def test_whole_amounts_do_not_change(exact):
    values = [Decimal(amount) for amount in exact]
    for before, after in zip(values, round_together(values), strict=True):
        if before == before.to_integral_value():
            assert after == before


@given(st.lists(amounts, min_size=1, max_size=40))
def test_a_larger_remainder_is_never_rounded_down_while_a_smaller_one_goes_up(exact):
    rounded = round_together(exact)
    raised = [a % 1 for a, r in zip(exact, rounded, strict=True) if r > a]
    lowered = [a % 1 for a, r in zip(exact, rounded, strict=True) if r < a]
    if raised and lowered:
        assert min(raised) >= max(lowered)


def test_of_equal_remainders_the_earlier_row_goes_up():
    assert round_together([Decimal("0.4")] * 4) == [1, 1, 0, 0]
    assert round_together([]) == []
