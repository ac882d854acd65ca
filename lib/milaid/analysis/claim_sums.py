"""The sums that a published number may be: of training, aid and arms, by year and by what they are about.

One form for all: measure (of :data:`MEASURES`), unit, value, first_year, last_year, status, rows, and of what: recipient,
region, program, department, category, account; missing for all of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from milaid.analysis.arms import agreements
from milaid.analysis.claimed_number import COUNT, DOLLARS, PEOPLE
from milaid.analysis.obligations import years_only

OF = ("recipient", "region", "program", "department", "category", "account")
COLUMNS = ("measure", "unit", "value", "first_year", "last_year", "status", "rows", *OF)
MEASURES: Mapping[str, tuple[str, str]] = {
    "participants": (
        PEOPLE,
        "Course participants: places on courses in Section IV of the training report. A person on two courses counts twice.",
    ),
    "cost": (
        DOLLARS,
        "Dollars of the training activities of Section IV, as printed, in dollars of the year itself.",
    ),
    "printed participants": (
        PEOPLE,
        "The total of participants that the report itself prints, where its rows give another sum.",
    ),
    "printed cost": (
        DOLLARS,
        "The total of dollars that the report itself prints, where its rows give another sum.",
    ),
    "activities": (
        COUNT,
        "Rows of Section IV: one line of a course, unit and dates, for one or more participants.",
    ),
    "aid": (DOLLARS, "Obligations of the fiscal year in the Greenbook, in dollars of the year itself."),
    "aid, constant dollars": (
        DOLLARS,
        "Obligations of the fiscal year in the Greenbook, in constant dollars of FY2020 as printed.",
    ),
    "arms agreements": (
        DOLLARS,
        "All agreements of the fiscal year in the Historical Sales Book: Foreign Military Sales and what appropriations pay for.",
    ),
    "FMS agreements": (
        DOLLARS,
        "Agreements of the fiscal year under Foreign Military Sales in the Historical Sales Book.",
    ),
}
"""Each measure with its unit and what it is, the most usual first."""
SALES = "FMS"
"""What stands for Foreign Military Sales, which are no program of the training report."""
DEPTH = 2
"""As many things at most tell a sum of training apart, beside those asked for."""


def of_training(
    activities: pd.DataFrame, fixed: Mapping[str, str], spans: Iterable[tuple[int, int]]
) -> Iterator[pd.DataFrame]:
    """Yield sums of activities over each span of fiscal years, by recipient, region, program, department and pairs of these.

    In: activities with fiscal_year, status, recipient, region, program, department, quantity, cost_usd. ``fixed``: what the sums
    are of at least.
    """
    free = [name for name in ("recipient", "region", "program", "department") if name not in fixed]
    for name, value in fixed.items():
        if name not in activities.columns:
            return
        activities = activities[activities[name] == value]
    activities = _in_categories(activities, [*free, "status"])
    # A recipient has one region.
    groups = [
        list(keys)
        for size in range(DEPTH + 1)
        for keys in combinations(free, size)
        if not {"recipient", "region"} <= {*keys, *fixed}
    ]
    for first, last in spans:
        rows = activities[activities["fiscal_year"].between(first, last)]
        for keys in groups if len(rows) else ():
            grouped = rows.groupby([*keys, "status"], observed=True)
            sums = (
                grouped[["quantity", "cost_usd"]]
                .sum()
                .rename(columns={"quantity": "participants", "cost_usd": "cost"})
            )
            counts = grouped.size()
            sums = sums.assign(activities=counts, rows=counts).reset_index()
            yield _long(sums, ("participants", "cost", "activities"), fixed, first, last)


def of_printed_totals(
    totals: pd.DataFrame, fixed: Mapping[str, str], spans: Iterable[tuple[int, int]]
) -> Iterator[pd.DataFrame]:
    """Yield printed totals of programs within recipients, and of recipients: those of :func:`differing`."""
    for name, value in fixed.items():
        if name not in totals.columns:
            return
        totals = totals[totals[name] == value]
    for first, last in spans:
        rows = totals[totals["fiscal_year"].between(first, last)] if first == last else totals.iloc[:0]
        if len(rows):
            named = rows.rename(
                columns={"quantity": "printed participants", "cost_usd": "printed cost"}
            ).assign(rows=1)
            yield _long(named, ("printed participants", "printed cost"), fixed, first, last)


def differing(totals: pd.DataFrame, activities: pd.DataFrame) -> pd.DataFrame:
    """Return printed totals without the values that the activities of that program and recipient add up to.

    In: totals with fiscal_year, status, recipient, region, program (missing for those of recipients), quantity, cost_usd. Out:
    the same, quantity and cost_usd missing where they are the sum of the rows, without totals that have neither then.
    """
    found = []
    whole = totals["program"].isna()
    for keys, part in (
        (["fiscal_year", "status", "recipient", "program"], totals[~whole]),
        (["fiscal_year", "status", "recipient"], totals[whole]),
    ):
        sums = activities.groupby(keys, observed=True)[["quantity", "cost_usd"]].sum().reset_index()
        both = part.merge(sums, on=keys, how="left", suffixes=("", "_of_rows"))
        for name in ("quantity", "cost_usd"):
            both[name] = both[name].mask((both[name] == both[f"{name}_of_rows"]).fillna(False))
        found.append(both[totals.columns])
    frame = pd.concat(found, ignore_index=True)
    return frame[(frame[["quantity", "cost_usd"]].fillna(0) != 0).any(axis=1)].reset_index(drop=True)


def of_aid(
    aid: pd.DataFrame, fixed: Mapping[str, str], spans: Iterable[tuple[int, int]]
) -> Iterator[pd.DataFrame]:
    """Yield sums of the Greenbook over each span: by recipient and region, each by category and account."""
    rows = years_only(aid)
    rows = rows.assign(
        recipient=rows["recipient_harmonised"],
        region=rows["region_harmonised"],
        account=rows["account_code"].fillna(rows["account"]),
    )
    asked = dict(fixed)
    if "program" in asked:
        # The account of a program has its name where it has one at all.
        asked["account"] = asked.pop("program")
    yield from _money(
        rows,
        asked,
        spans,
        {"aid": "obligations_usd", "aid, constant dollars": "obligations_usd_constant"},
        ((), ("category",), ("account",)),
    )


def of_arms(
    sales: pd.DataFrame, fixed: Mapping[str, str], spans: Iterable[tuple[int, int]]
) -> Iterator[pd.DataFrame]:
    """Yield agreements of the Historical Sales Book over each span, by recipient and region."""
    rows = agreements(sales)
    asked = {name: value for name, value in fixed.items() if (name, value) != ("program", SALES)}
    measures = {"arms agreements": "total_agreements_usd", "FMS agreements": "fms_agreements_usd"}
    for frame in _money(rows, asked, spans, measures, ((),)):
        yield frame.assign(program=fixed["program"]) if "program" in fixed else frame


def _money(
    rows: pd.DataFrame,
    fixed: Mapping[str, str],
    spans: Iterable[tuple[int, int]],
    measures: Mapping[str, str],
    parts: Sequence[tuple[str, ...]],
) -> Iterator[pd.DataFrame]:
    for name, value in fixed.items():
        if name not in rows.columns:
            return
        rows = rows[rows[name] == value]
    whose: list[tuple[str, ...]] = [()] + [
        (name,) for name in ("recipient", "region") if not {"recipient", "region"} & set(fixed)
    ]
    parted = {name for part in (*whose, *parts) for name in part} - set(fixed)
    rows = _in_categories(rows.assign(status="actual"), [*parted, "status"])
    for first, last in spans:
        some = rows[rows["fiscal_year"].between(first, last)]
        groups = [(*of, *(name for name in part if name not in fixed)) for of in whose for part in parts]
        for keys in dict.fromkeys(groups) if len(some) else ():
            grouped = some.groupby([*keys, "status"], observed=True)
            sums = (
                grouped[list(measures.values())]
                .sum()
                .rename(columns={column: name for name, column in measures.items()})
            )
            yield _long(sums.assign(rows=grouped.size()).reset_index(), tuple(measures), fixed, first, last)


def _in_categories(rows: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Return rows whose texts in columns are told apart once, for all groups that are made of them."""
    return rows.assign(**{name: rows[name].astype("category") for name in columns})


def _long(
    sums: pd.DataFrame, measures: Collection[str], fixed: Mapping[str, str], first: int, last: int
) -> pd.DataFrame:
    """Return sums in the common form, a row a measure; a sum of nothing is no sum."""
    names = list(measures)
    values = np.concatenate([sums[name].to_numpy(dtype="float64", na_value=0.0) for name in names])
    kept = np.flatnonzero(values)
    of_measure, row = np.divmod(kept, max(len(sums), 1))
    shown: dict[str, object] = {
        "measure": np.array(names, dtype=object)[of_measure],
        "unit": np.array([MEASURES[name][0] for name in names], dtype=object)[of_measure],
        "value": values[kept],
        "first_year": np.full(len(kept), first),
        "last_year": np.full(len(kept), last),
    }
    for name in ("status", "rows", *OF):
        shown[name] = fixed.get(name) if name in fixed or name not in sums else sums[name].to_numpy()[row]
    return pd.DataFrame(shown, index=pd.RangeIndex(len(kept)))
