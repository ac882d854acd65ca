"""Values that cannot be read in a document and follow from its totals.

Where one cell of a program table is lost, the printed total of the table less all its other cells is the value
that stood there. The total is trusted where the printed totals of all programs of the country add up to the printed
total of the country. A value filled in so is marked in the column ``derived``, and counts like one that is read.

A cell that is blank is not lost: where the other cells of the table reach the total, the document itself counts the
blank for nothing, and it stays empty. Nothing tells then whether the cost was nil or is not stated. Only in a row of
which another value is lost, such as one that a total is printed over, nothing left over means zero.
"""

from __future__ import annotations

import pandas as pd

VALUES = {"quantity": "quantity", "cost": "cost_usd"}
"""Fields of ``unread_values`` -> columns of the activities that are added up."""

DERIVED, COUNTED_AS_NOTHING, OPEN = OUTCOMES = ("derived", "counted as nothing", "open")
MARKS = ("quantity", "cost_usd", "quantity, cost_usd")
"""What the column ``derived`` of an activity can hold."""

_PLACE = ["document", "page", "row_on_page"]
_TABLE = ["document", "section"]
_COUNTRY = ["edition", "region", "country"]


def as_read(activities: pd.DataFrame) -> pd.DataFrame:
    """Return activities with what is derived taken out again, and without the column ``derived``.

    Activities that were never filled in are returned as they are.
    """
    if "derived" not in activities:
        return activities
    marks = activities["derived"].fillna("")
    kept = {column: activities[column].mask(marks.str.contains(column)) for column in VALUES.values()}
    return activities.assign(**kept).drop(columns="derived")


def fill_in(
    activities: pd.DataFrame, printed_totals: pd.DataFrame, unread: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the activities with every value that follows filled in, and the unread cells with what came of each.

    In: activities as read (:func:`as_read`), totals and unread cells of the same documents. Out: the activities with
    the column ``derived`` (one of :data:`MARKS`, or missing); the unread cells with ``outcome`` (one of
    :data:`OUTCOMES`) and ``derived_value`` (people or US dollars, Int64, missing unless derived).
    """
    cells = _beside_totals(activities, printed_totals, unread)
    found = cells[cells["outcome"] == DERIVED]
    filled = activities.assign(derived=pd.Series(pd.NA, index=activities.index, dtype="str"))
    for column in VALUES.values():
        rows = found[found["column"] == column].set_index("row")["left"]
        filled.loc[rows.index, column] = rows.astype(filled[column].dtype)
    marks = found.sort_values("column", ascending=False).groupby("row")["column"].agg(", ".join)
    filled.loc[marks.index, "derived"] = marks.astype("str")
    values = cells["left"].where(cells["outcome"] == DERIVED).astype("Int64")
    told = unread.drop(columns=["outcome", "derived_value"], errors="ignore")
    told = told.assign(outcome=cells["outcome"].reindex(told.index).fillna(OPEN).astype("str"))
    return filled, told.assign(derived_value=values.reindex(told.index))


def _beside_totals(
    activities: pd.DataFrame, printed_totals: pd.DataFrame, unread: pd.DataFrame
) -> pd.DataFrame:
    """Return for each unread number what its table's printed total leaves over, and its outcome; index as unread.

    Columns: row (index of the activity), column, left (Int64; missing where no total tells) and outcome.
    """
    rows = activities[[*_PLACE, *_COUNTRY, "section", "fiscal_year"]].rename_axis("row").reset_index()
    numbers = unread[unread["field"].isin(VALUES)].rename_axis("cell").reset_index()
    cells = numbers[["cell", *_PLACE, "field"]].merge(rows, on=_PLACE).set_index("cell")
    cells["column"] = cells["field"].map(VALUES)
    parts = [_left_over(part, column, activities, printed_totals) for column, part in cells.groupby("column")]
    if not parts:
        return cells.assign(left=pd.Series(dtype="Int64"), outcome=pd.Series(dtype="str"))
    cells = pd.concat(parts).sort_index()
    lost = cells["single"] & (cells["left"] > 0).fillna(False)
    # A row that is lost in one value is lost in the other too, and then nothing left over is a value.
    in_lost_row = cells["row"].isin(cells.loc[lost, "row"])
    follows = lost | (cells["single"] & in_lost_row & (cells["left"] == 0).fillna(False))
    nothing = (cells["left"] == 0).fillna(False) & ~follows
    outcome = pd.Series(OPEN, index=cells.index).mask(nothing, COUNTED_AS_NOTHING).mask(follows, DERIVED)
    return cells.assign(outcome=outcome)


def _left_over(
    cells: pd.DataFrame, column: str, activities: pd.DataFrame, printed_totals: pd.DataFrame
) -> pd.DataFrame:
    """Return the unread cells of one column with what is left over and whether they are single in their table.

    A table that covers two fiscal years is told apart by year where its edition prints totals of each.
    """
    totals = printed_totals[printed_totals["section"].notna()]
    by_year = totals[totals["level"] == "fiscal_year"].groupby([*_TABLE, "fiscal_year"])[column]
    whole = totals[totals["level"] == "program"].groupby(_TABLE)[column]
    yearly = set(totals.loc[totals["level"] == "fiscal_year", "document"])
    of_year = cells["document"].isin(yearly)
    parts = []
    for part, keys, printed in (
        (cells[of_year], [*_TABLE, "fiscal_year"], by_year),
        (cells[~of_year], _TABLE, whole),
    ):
        read = activities.groupby(keys)[column].agg(read="sum", blank=lambda values: int(values.isna().sum()))
        total = printed.sum(min_count=1).rename("total")
        found = part.join(read, on=keys).join(total, on=keys)
        left = found["total"].astype("Int64") - found["read"].astype("Int64")
        parts.append(found.assign(left=left, single=found["blank"] == 1))
    found = pd.concat(parts)
    confirmed = _confirmed(printed_totals, column)
    known = pd.MultiIndex.from_frame(found[_COUNTRY]).isin(confirmed)
    return found.assign(left=found["left"].where(known))[["row", "column", "left", "single"]]


def _confirmed(printed_totals: pd.DataFrame, column: str) -> pd.MultiIndex:
    """Return the countries of which the printed program totals add up to the printed total of the country."""
    sums = {
        level: printed_totals[printed_totals["level"] == level].groupby(_COUNTRY)[column].sum(min_count=1)
        for level in ("program", "country")
    }
    both = pd.concat(sums, axis=1)
    return both[(both["program"] == both["country"]).fillna(False)].index
