"""Single rows that hold a large part of a total or of its change on the year before, with the figures without them."""

from __future__ import annotations

import pandas as pd

from milaid.analysis.change import percent_change

LEAST_SHARE = 10.0
"""Percent of a total over which a row is large."""
LEAST_CHANGE_SHARE = 100.0 / 3.0
"""Percent of a change over which a row is large."""
LEAST_CHANGE = 5.0
"""Percent up to which a change is so small that many rows hold a third of it: no row is looked for."""
LEAST_TIMES_AVERAGE = 3
"""How many times the average row of its year a large row holds: of few rows most hold a tenth."""
LEAST_ROWS = 10
LEAST_PARTICIPANTS = 20
"""Rows and participants of the report year below which every row is large, and none is named."""

MEASURES = {"participants": "quantity", "cost_usd": "cost_usd"}
"""What is added up, and the column of the activities that it is the sum of."""

RULE = (
    "A row is one line of the report as published. It is named when it holds over a tenth of the participants or of the "
    "cost of its year, or over a third of the change on the year before where that is 5% or more: of a rise a row of the "
    "later year, of a fall a row of the earlier one, after what the other year lists for the same recipient, program and "
    f"course is taken off. It also holds at least {LEAST_TIMES_AVERAGE} times as much as the average row of its year. No row is "
    f"named in a report of fewer than {LEAST_ROWS} rows or {LEAST_PARTICIPANTS} participants in its year."
)

ADDED = (
    "measure", "value", "total", "share", "change", "percent_change", "share_of_change", "total_without", "change_without",
    "percent_change_without", "rows_alike",
)  # fmt: skip


def large_rows(now: pd.DataFrame, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the rows of a year, and of the year before, that hold a large part of a total or of its change.

    In: activities of the report year, and of the year before where it may be compared. Out: their columns and ``ADDED``:
    measure (participants, cost_usd), value (of the row), total (of its year), share (percent of that), change and
    percent_change (of the totals on the year before), share_of_change (percent), total_without, change_without and
    percent_change_without (the same without the row), rows_alike (rows of its year with the same recipient, program, course
    and unit). What needs the year before is missing where that is not given, and the share of the change and the change
    without the row where the row does not hold a third of it: the other year may list another such row.
    Participants come first, then by value, the largest first. Rule: :data:`RULE`.
    """
    if len(now) < LEAST_ROWS or now["quantity"].sum() < LEAST_PARTICIPANTS:
        return _empty(now)
    parts = [_of_measure(now, before, measure) for measure in MEASURES]
    found = [part for part in parts if len(part)]
    return pd.concat(found, ignore_index=True) if found else _empty(now)


def _empty(now: pd.DataFrame) -> pd.DataFrame:
    return now.iloc[:0].reindex(columns=[*now.columns, *ADDED])


def _of_measure(now: pd.DataFrame, before: pd.DataFrame | None, measure: str) -> pd.DataFrame:
    """Return the large rows of one measure."""
    total = int(_values(now, measure).sum())
    earlier = None if before is None else int(_values(before, measure).sum())
    parts = [_with_shares(now, measure)]
    moved = percent_change(total, earlier)
    if moved is not None and abs(moved) >= LEAST_CHANGE and before is not None:
        parts += [_with_shares(before, measure)] if moved < 0 else []
        parts[-1] = _with_share_of_change(
            parts[-1], now if moved < 0 else before, measure, abs(total - (earlier or 0))
        )
    years = [now, before] if len(parts) > 1 else [now]
    which = [_is_large(part, part is parts[0]) for part in parts]
    if not any(part.any() for part in which):
        return _empty(now)
    large = [part[rows] for part, rows in zip(parts, which, strict=True)]
    frame = pd.concat([_with_rows_alike(part, year) for part, year in zip(large, years, strict=True)])
    frame = _without(frame, total, earlier, int(now["fiscal_year"].iloc[0]))
    frame = frame.sort_values(["value", "row_id"], ascending=[False, True], kind="stable")
    return frame.assign(measure=measure)


def _values(rows: pd.DataFrame, measure: str) -> pd.Series:
    return rows[MEASURES[measure]].fillna(0).astype("int64")


def _with_shares(rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return rows with their value, the total of the year and the share in it."""
    values = _values(rows, measure)
    total = int(values.sum())
    share = 100.0 * values / total if total else values.astype("float64")
    return rows.assign(
        value=values,
        total=total,
        share=share,
        share_of_change=float("nan"),
        times_average=share * len(rows) / 100.0,
    )


def _with_rows_alike(rows: pd.DataFrame, year: pd.DataFrame | None) -> pd.DataFrame:
    """Return rows with how many of their year have the same recipient, program, course and unit."""
    keys = ["recipient", "program", "course_title", "student_unit"]
    if rows.empty or year is None:
        return rows.assign(rows_alike=pd.Series(dtype="int64"))
    near = year.loc[year["recipient"].isin(rows["recipient"].unique()), keys]
    alike = near.groupby(keys, dropna=False)[keys[0]].transform("size")
    return rows.assign(rows_alike=alike.reindex(rows.index).astype("int64"))


def _with_share_of_change(rows: pd.DataFrame, other: pd.DataFrame, measure: str, size: int) -> pd.DataFrame:
    """Return rows with the percent of a change of that size that each holds, missing where it is a third or less.

    What the other year lists for the same recipient, program and course is taken off before that is decided.
    """
    part = 100.0 * rows["value"] / size
    # Nothing is added to a row by what the other year lists: few rows need to be looked up there.
    near = rows[part > LEAST_CHANGE_SHARE]
    same = other[other["recipient"].isin(near["recipient"].unique())]
    listed = _values(same, measure).groupby(_course(same)).sum()
    left = near["value"] - _course(near).map(listed).astype("float64").fillna(0)
    of_change = part[near.index].where(100.0 * left / size > LEAST_CHANGE_SHARE)
    return rows.assign(share_of_change=of_change.reindex(rows.index))


def _course(rows: pd.DataFrame) -> pd.Series:
    """Return recipient, program and course of each row as one text, of the course its letters and digits alone."""
    title = rows["course_title"].fillna(rows["student_unit"]).fillna("")
    same = title.str.casefold().str.replace(r"[\W_]+", "", regex=True)
    return rows["recipient"] + "\n" + rows["program"] + "\n" + same


def _is_large(rows: pd.DataFrame, of_total: bool) -> pd.Series:
    """Return which rows are large; those of the year before count for the change alone."""
    large = rows["share_of_change"].notna()
    if of_total:
        large |= rows["share"] > LEAST_SHARE
    return large & (rows["times_average"] >= LEAST_TIMES_AVERAGE)


def _without(rows: pd.DataFrame, total: int, earlier: int | None, fiscal_year: int) -> pd.DataFrame:
    """Return rows with total, change and change in percent, as they are and without each row."""
    records = []
    for year, value in zip(rows["fiscal_year"], rows["value"], strict=True):
        later = total - int(value) if year == fiscal_year else total
        first = earlier if earlier is None or year == fiscal_year else earlier - int(value)
        records.append(
            (
                later if year == fiscal_year else first,
                None if first is None else later - first,
                percent_change(later, first),
            )
        )
    names = ["total_without", "change_without", "percent_change_without"]
    added = pd.DataFrame(records, columns=names, index=rows.index, dtype="object")
    kinds = {"total_without": "Int64", "change_without": "Int64", "percent_change_without": "Float64"}
    added = added.astype(kinds).astype({"percent_change_without": "float64"})
    of_change = ["change_without", "percent_change_without"]
    added[of_change] = added[of_change].where(rows["share_of_change"].notna())
    moved = percent_change(total, earlier)
    rows = rows.assign(
        change=pd.array([None if earlier is None else total - earlier] * len(rows), dtype="Int64"),
        percent_change=float("nan") if moved is None else moved,
    )
    return rows.drop(columns="times_average").assign(**{name: added[name] for name in names})
