"""Tables from frames: what is shown, what is summed, what stays blank."""

import json

import numpy as np
import pandas as pd
import pytest

from milaid.blocks.block import Column, Source
from milaid.errors import ReportError
from milaid.exhibits.tables import (
    change_of,
    heads_in_words,
    no_sum,
    percent_change_of,
    plain,
    ratio,
    share_of_total,
    table_from_frame,
)

COLUMNS = (
    Column("recipient", "Recipient"),
    Column("region", "Region"),
    Column("rank", "Rank", "rank"),
    Column("now", "FY2014", "integer", "main", True),
    Column("before", "FY2013", "integer"),
    Column("change", "Change", "change"),
    Column("percent", "Change, %", "percent_change"),
    Column("share", "Share, %", "share"),
    Column("cost", "Cost", "usd"),
    Column("each", "Per participant", "usd"),
    Column("page", "Page", "page"),
)
RULES = {
    "change": change_of("now", "before"),
    "percent": percent_change_of("now", "before"),
    "share": share_of_total("now"),
    "each": ratio("cost", "now"),
}


def frame():
    rows = pd.DataFrame(
        {
            "recipient": ["Burundi", "Colombia", "Uganda", "Mali"],
            "region": ["Africa", "Western Hemisphere", "Africa", "Africa"],
            "rank": [1, 2, 3, 4],
            "now": pd.array([500, 300, 150, 50], dtype="Int64"),
            "before": pd.array([400, None, 90, 10], dtype="Int64"),
            "cost": pd.array([1_000, 600, None, 200], dtype="Int64"),
            "page": [3, 9, 27, 30],
        }
    )
    rows["change"] = rows["now"] - rows["before"]
    rows["percent"] = [25.0, None, 66.7, None]
    rows["share"] = rows["now"] / 10
    rows["each"] = rows["cost"] / rows["now"]
    return rows


def table(**how):
    given = {
        "top": 2,
        "other_label": "All other recipients",
        "total_label": "All recipients",
        "rules": RULES,
        **how,
    }
    return table_from_frame(
        frame(), COLUMNS, key="t", title="T", alt="A", sources=(Source("Report, p. 3"),), **given
    )


def test_all_other_and_total_are_computed_from_all_rows():
    made = table()
    assert made.roles == ("", "", "other", "total")
    other, total = (dict(zip([c.name for c in COLUMNS], row, strict=True)) for row in made.rows[2:])
    assert (other["recipient"], other["now"], other["before"], other["cost"]) == (
        "All other recipients",
        200,
        100,
        200,
    )
    assert other["change"] == 100 and other["percent"] == pytest.approx(100.0)
    assert (total["now"], total["before"], total["cost"]) == (1_000, 500, 1_800)
    assert total["share"] == pytest.approx(100) and other["share"] == pytest.approx(20)
    assert total["each"] == pytest.approx(1.8)


def test_ranks_pages_and_texts_have_no_sum():
    total = dict(zip([c.name for c in COLUMNS], table().rows[-1], strict=True))
    assert total["rank"] == "" and total["page"] == "" and total["region"] == ""
    without = dict(zip([c.name for c in COLUMNS], table(rules={"each": no_sum}).rows[-1], strict=True))
    assert without["percent"] == "" and without["share"] == "" and without["each"] == ""


def test_nothing_left_means_no_row_for_it():
    assert table(top=4).roles == ("", "", "", "", "total")
    assert table(top=None, other_label=None, total_label=None).roles == ("",) * 4


def test_cells_are_plain_values_that_json_can_hold():
    made = table()
    assert made.rows[1][4] is None
    assert json.loads(json.dumps(made.payload()))["rows"][0][:4] == ["Burundi", "Africa", 1, 500]
    assert {type(value) for row in made.rows for value in row} <= {int, float, str, type(None)}
    assert plain(np.float64("nan")) is None and plain(pd.Timestamp(2014, 5, 6)) == "2014-05-06"


def test_groups_are_heading_rows():
    made = table(group="region", top=None, other_label=None, total_label=None)
    assert made.roles == ("group", "", "group", "", "group", "", "")
    assert made.rows[0][0] == "Africa" and set(made.rows[0][1:]) == {""}


def test_the_csv_holds_all_rows():
    assert table().csv.count("\n") == 5 and "Mali" in table().csv


def test_problems_come_in_one_message():
    with pytest.raises(ReportError) as raised:
        table_from_frame(
            frame().drop(columns=["cost", "page"]),
            COLUMNS,
            key="t",
            title="T",
            alt="A",
            sources=(Source("s"),),
            top=1,
            rules={"nothing": ratio("now", "before")},
        )
    message = str(raised.value)
    assert all(word in message for word in ("'cost'", "'page'", "'nothing'", "other_label"))


def test_heads_of_columns_become_words_once_without_units() -> None:
    heads = ("Participants", "Change, %", "Cost, USD", "Change, %", "USD per participant with a cost")
    columns = [Column(str(number), head) for number, head in enumerate(heads)]
    assert heads_in_words(columns) == "participants, change, cost and dollars per participant with a cost"
