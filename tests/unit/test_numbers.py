from __future__ import annotations

import math

import pandas as pd
import pytest

from milaid.blocks import numbers
from milaid.blocks.block import Column
from milaid.errors import ReportError


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (40032, "integer", "40,032"),
        (198971215, "usd", "198,971,215"),
        (198971215, "million", "199.0"),
        (-12643, "change", "−12,643"),
        (606, "change", "+606"),
        (0, "change", "0"),
        (-24.0019, "percent_change", "−24.0"),
        (1132.49, "percent_change", "+1,132.5"),
        (0.04, "percent_change", "0.0"),
        (-0.04, "percent_change", "0.0"),
        (47.1, "share", "47.1"),
        (12.25, "decimal", "12.3"),
        (2014, "year", "2014"),
        (3.0, "rank", "3"),
        ("AF 5", "page", "AF 5"),
        ("Türkiye", "text", "Türkiye"),
        (0, "integer", "0"),
    ],
)
def test_cells_are_shown_by_the_kind_of_their_column(value: object, kind: str, shown: str) -> None:
    assert numbers.cell(value, kind) == shown


@pytest.mark.parametrize("missing", [None, math.nan, pd.NA, pd.NaT])
def test_a_missing_value_is_none_in_the_source_and_a_missing_computed_one_is_not_computed(
    missing: object,
) -> None:
    kinds = {kind: numbers.cell(missing, kind) for kind in Column.KINDS}
    assert {kind for kind, shown in kinds.items() if shown == ".."} == {*numbers.COMPUTED_KINDS}
    assert {"change", "percent_change", "share", "rank"} < {*numbers.COMPUTED_KINDS}
    assert set(kinds.values()) == {"..", "–"}


def test_sentences_carry_sign_and_unit() -> None:
    assert numbers.percent_change(-24.0) == "−24.0%"
    assert numbers.share(47.06) == "47.1%"
    assert numbers.signed(12) == "+12"
    assert numbers.usd(-4970) == "−$4,970"
    assert numbers.million(198971215) == "$199.0 million"
    assert numbers.million(999_960_000) == "$1.0 billion"
    assert numbers.million(-3_000_000) == "−$3.0 million"
    assert numbers.percent_change(None) == ".."


def test_a_share_above_zero_that_rounds_to_it_is_told_from_none() -> None:
    assert [numbers.share(value) for value in (0, 0.0004, 0.0499, 0.05)] == [
        "0.0%", "less than 0.1%", "less than 0.1%", "0.1%",
    ]  # fmt: skip
    assert numbers.share(None) == ".."


def test_halves_are_rounded_away_from_zero() -> None:
    assert [numbers.decimal(value) for value in (0.25, 0.35, -0.25)] == ["0.3", "0.4", "−0.3"]


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ReportError, match="'colour'"):
        numbers.cell(1, "colour")


def test_dollars_below_a_million_are_written_out() -> None:
    assert numbers.dollars(853_200) == "$853,200"
    assert numbers.dollars(-853_200) == "−$853,200"
    assert numbers.dollars(0) == "$0"
    assert numbers.dollars(1_000_000) == "$1.0 million"
    assert numbers.dollars(999_960_000) == "$1.0 billion"
    assert numbers.dollars(None) == "–"


def test_names_stand_before_their_numbers_in_a_list() -> None:
    people = pd.array([4012, None, 3], dtype="Int64")
    assert (
        numbers.listed(["Jordan", "Egypt", "Togo"], people, numbers.integer)
        == "Jordan 4,012, Egypt –, Togo 3"
    )
    assert numbers.listed(map(str, (2013, 2014)), iter([0.5, 100]), numbers.share) == "2013 0.5%, 2014 100.0%"
    assert numbers.listed([], [], numbers.integer) == ""


def test_a_list_of_names_and_numbers_that_do_not_match_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        numbers.listed(["Jordan", "Egypt"], [1], numbers.integer)
