"""Values that follow from the printed totals: when one does, and when a cell stays empty."""

import pandas as pd
import pytest

from milaid.tables import schemas
from milaid.tables.derived import as_read, fill_in
from milaid.tables.schema import conform
from training_frames import trainings

PLACE = {"edition": "2014-2015", "fiscal_year": 2014, "status": "actual", "document": "africa.pdf", "page": 1,
         "region": "Africa", "country": "Burundi"}  # fmt: skip


def rows(*values, section=1):
    """Activities of one table from (quantity, cost_usd), None for a cell that cannot be read."""
    made = trainings(
        *(
            {"quantity": q, "cost_usd": c, "row_on_page": i, "section": section}
            for i, (q, c) in enumerate(values, 1)
        )
    )
    return as_read(made)


def totals(*values):
    """Printed totals from (level, section, quantity, cost_usd)."""
    full = [
        {**PLACE, "level": level, "section": section, "program_printed": None if level == "country" else "IMET-1",
         "quantity": quantity, "cost_usd": cost}
        for level, section, quantity, cost in values
    ]  # fmt: skip
    return conform(pd.DataFrame(full), schemas.TRAININGS_TOTALS)


def cells(*places):
    """Unread cells from (row_on_page, field)."""
    head = [
        "fiscal_year",
        "edition",
        "document",
        "page",
        "row_on_page",
        "country",
        "program_printed",
        "field",
        "printed",
    ]
    made = [
        [2014, "2014-2015", "africa.pdf", 1, row, "Burundi", "IMET-1", field, None] for row, field in places
    ]
    return pd.DataFrame(made, columns=head)


def outcome(activities, printed, unread):
    filled, told = fill_in(activities, printed, unread)
    values = [
        [None if pd.isna(v) else int(v) for v in row] for row in filled[["quantity", "cost_usd"]].to_numpy()
    ]
    return values, filled["derived"].dropna().tolist(), told["outcome"].tolist()


LOST = rows((3, 100), (None, None))
BOTH = cells((2, "cost"), (2, "quantity"))


def test_a_lost_row_is_filled_in_and_marked_where_program_and_country_agree():
    found = outcome(LOST, totals(("program", 1, 5, 150), ("country", None, 5, 150)), BOTH)
    assert found == ([[3, 100], [2, 50]], ["quantity, cost_usd"], ["derived", "derived"])


def test_in_a_lost_row_nothing_left_over_is_a_zero():
    found = outcome(LOST, totals(("program", 1, 3, 150), ("country", None, 3, 150)), BOTH)
    assert found == ([[3, 100], [0, 50]], ["quantity, cost_usd"], ["derived", "derived"])


def test_a_blank_that_the_total_does_not_miss_stays_empty():
    found = outcome(
        rows((3, 100), (2, None)),
        totals(("program", 1, 5, 100), ("country", None, 5, 100)),
        cells((2, "cost")),
    )
    assert found == ([[3, 100], [2, None]], [], ["counted as nothing"])


@pytest.mark.parametrize(
    ("activities", "printed", "unread"),
    [
        # Two cells of the table are lost.
        (
            rows((3, 100), (2, None), (1, None)),
            totals(("program", 1, 6, 150), ("country", None, 6, 150)),
            cells((2, "cost"), (3, "cost")),
        ),
        # The total of the country does not confirm that of the program.
        (rows((3, 100), (2, None)), totals(("program", 1, 5, 150), ("country", None, 5, 140)), cells((2, "cost"))),
        # The total of the country is not printed.
        (rows((3, 100), (2, None)), totals(("program", 1, 5, 150)), cells((2, "cost"))),
        # The total of the table is not printed.
        (rows((3, 100), (2, None)), totals(("country", None, 5, 150)), cells((2, "cost"))),
        # The other rows exceed the total.
        (rows((3, 100), (2, None)), totals(("program", 1, 5, 99), ("country", None, 5, 99)), cells((2, "cost"))),
    ],
)  # fmt: skip
def test_nothing_follows_where_a_total_is_missing_contradicted_or_exceeded(activities, printed, unread):
    values, marks, told = outcome(activities, printed, unread)
    assert values[1] == [2, None] and not marks
    assert set(told) == {"open"}


def test_what_was_filled_in_is_taken_out_again():
    printed = totals(("program", 1, 5, 150), ("country", None, 5, 150))
    filled, _ = fill_in(LOST, printed, BOTH)
    pd.testing.assert_frame_equal(as_read(filled), LOST)


def test_a_table_of_two_fiscal_years_is_told_apart_by_year():
    activities = rows((3, 100), (2, None), (9, None))
    activities.loc[2, ["fiscal_year", "status"]] = [2015, "planned"]
    printed = totals(("fiscal_year", 1, 5, 150), ("program", 1, 14, 190), ("country", None, 14, 190))
    later = printed.iloc[:1].assign(fiscal_year=2015, status="planned", quantity=9, cost_usd=40)
    found = outcome(
        activities, pd.concat([printed, later.astype(printed.dtypes)], ignore_index=True),
        cells((2, "cost"), (3, "cost")),
    )  # fmt: skip
    assert found == ([[3, 100], [2, 50], [9, 40]], ["cost_usd", "cost_usd"], ["derived", "derived"])
