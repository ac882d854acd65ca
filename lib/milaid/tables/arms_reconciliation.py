"""The rows of the Historical Sales Book added up, against every total that it prints."""

from __future__ import annotations

from typing import Any

import pandas as pd

from milaid.errors import DataError, list_problems
from milaid.sources.sales_book.measures import FMF, FMS, TOTAL, WORLD

COLUMNS = {FMS: "fms_agreements_usd", FMF: "fmf_funded_agreements_usd", TOTAL: "total_agreements_usd"}
"""The column of ``schemas_arms.ARMS_SALES`` by measure of ``schemas_arms.ARMS_SALES_TOTALS``."""

IDENTITY = [
    "edition_fiscal_year", "level", "recipient", "measure", "first_fiscal_year", "last_fiscal_year",
]  # fmt: skip
_VALUES = ["printed_value", "computed_value"]


def reconciliation(sales: pd.DataFrame, totals: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """Return every printed total beside the sum of its rows, and every cell and heading out of place.

    In: ``schemas_arms.ARMS_SALES``, ``ARMS_SALES_TOTALS`` and ``ARMS_KNOWN_ISSUES``. Out, one row a total that is
    printed or that should be, a cell of a fiscal year without a number, a heading on another page than its
    amounts: edition_fiscal_year, level, recipient, measure, first_fiscal_year, last_fiscal_year, page,
    printed_value and computed_value (dollars, or pages of a heading; missing where nothing is printed, or no row
    has a number), agrees, known_issue (whether it differs and the issues name it with just these values),
    reason (of the issue that does).
    """
    sums = pd.concat([_sums(sales, "recipient"), _sums(sales, WORLD)], ignore_index=True)
    printed = totals.rename(columns={"amount_usd": "printed_value"})[[*IDENTITY, "printed_value", "page"]]
    frame = printed.merge(sums, on=IDENTITY, how="outer", suffixes=("", "_of_rows"))
    frame["page"] = frame["page"].fillna(frame["page_of_rows"])
    frame = pd.concat(
        [frame.drop(columns="page_of_rows"), _empty_cells(sales), _headings(sales)], ignore_index=True
    )
    frame = frame.astype({"page": "Int64", **dict.fromkeys(_VALUES, "Int64")})
    frame["agrees"] = (frame["printed_value"] == frame["computed_value"]).fillna(False).astype(bool)
    listed = issues.assign(**{name: pd.to_numeric(issues[name]).astype("Int64") for name in _VALUES})
    named = listed[[*IDENTITY, *_VALUES, "page", "reason"]].drop_duplicates([*IDENTITY, *_VALUES, "page"])
    frame = frame.merge(named, on=[*IDENTITY, *_VALUES, "page"], how="left")
    frame["known_issue"] = ~frame["agrees"] & frame["reason"].notna()
    columns = [*IDENTITY, "page", *_VALUES, "agrees", "known_issue", "reason"]
    return frame[columns].sort_values(["page", *IDENTITY], ignore_index=True)


def require_reconciled(reconciled: pd.DataFrame, issues: pd.DataFrame) -> None:
    """Check that every difference is a known issue with just its page and values, and that every issue is found.

    In: the result of :func:`reconciliation` and ``schemas_arms.ARMS_KNOWN_ISSUES``. Raises one DataError with all.
    """
    differing = reconciled[~reconciled["agrees"]]
    problems = [
        f"{_describe(row)}: printed {_text(row.printed_value)}, rows {_text(row.computed_value)}"
        for row in differing[~differing["known_issue"]].itertuples()
    ]
    found = {_key(row) for row in differing[differing["known_issue"]].itertuples()}
    problems += [
        f"{_describe(row)}: listed as printed {_text(row.printed_value)}, rows {_text(row.computed_value)}; "
        "no such difference is found"
        for row in issues.itertuples()
        if _key(row) not in found
    ]
    if problems:
        advice = (
            "Look each up on its page; a fault of the book goes into data/reference/arms_known_issues.csv. "
            "data/ was left as it was."
        )
        raise DataError(
            list_problems("Printed totals of the Historical Sales Book and rows differ:", problems, advice)
        )


def _sums(sales: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return the sums of the rows for each total that the book should print of a recipient, or of the world.

    Of a recipient: all agreements in each fiscal year; each measure over all its years. Of the world: each measure
    in each period, and over all its years. A measure without a number in any row has no sum.
    """
    who = ["edition_fiscal_year"] + (["recipient"] if level == "recipient" else [])
    parts = []
    for measure, column in COLUMNS.items():
        rows = sales[sales[column].notna()]
        periods = rows if level == WORLD else rows[rows["fiscal_year"].notna()]
        if level == WORLD or measure == TOTAL:
            parts.append(_added(periods, column, measure, [*who, "first_fiscal_year", "last_fiscal_year"]))
        over_all = rows.assign(
            first_fiscal_year=rows.groupby("edition_fiscal_year")["first_fiscal_year"].transform("min"),
            last_fiscal_year=rows.groupby("edition_fiscal_year")["last_fiscal_year"].transform("max"),
        )
        parts.append(_added(over_all, column, measure, [*who, "first_fiscal_year", "last_fiscal_year"]))
    return (
        pd.concat(parts, ignore_index=True)
        .assign(level=level)
        .reindex(columns=[*IDENTITY, "computed_value", "page"])
    )


def _added(rows: pd.DataFrame, column: str, measure: str, by: list[str]) -> pd.DataFrame:
    grouped = rows.groupby(by, sort=False, as_index=False)
    return grouped.agg(computed_value=(column, "sum"), page=("page", "max")).assign(measure=measure)


def _empty_cells(sales: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of fiscal years that print no number, counted as nothing in the sum of their row."""
    years = sales[sales["fiscal_year"].notna()]
    return pd.concat(
        [
            years[years[COLUMNS[measure]].isna()].assign(level="cell", measure=measure)
            for measure in (FMS, FMF)
        ]
    ).reindex(columns=[*IDENTITY, "page", *_VALUES])


def _headings(sales: pd.DataFrame) -> pd.DataFrame:
    """Return the recipients whose name stands on another page than their amounts."""
    apart = sales[sales["heading_page"] != sales["page"]]
    pages = apart.groupby(["edition_fiscal_year", "recipient"], as_index=False).agg(
        first_fiscal_year=("first_fiscal_year", "min"),
        last_fiscal_year=("last_fiscal_year", "max"),
        page=("page", "first"),
        printed_value=("heading_page", "first"),
        computed_value=("page", "first"),
    )
    return pages.assign(level="heading").reindex(columns=[*IDENTITY, "page", *_VALUES])


def _key(row: Any) -> tuple[str, ...]:
    values = [getattr(row, name) for name in (*IDENTITY, "page", *_VALUES)]
    return tuple("" if pd.isna(value) else str(value) for value in values)


def _text(value: object) -> str:
    return "nothing" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _describe(row: Any) -> str:
    edition, level, recipient, measure, first, last = (getattr(row, name) for name in IDENTITY)
    page = row.page
    what = f"{level} of {recipient}" if pd.notna(recipient) else level
    years = f"FY{first}" if first == last else f"FY{first}-{last}"
    measured = f", {measure}" if pd.notna(measure) else ""
    return f"edition FY{edition}, page {page}, {what}{measured}, {years}"
