"""What the reference tables say of the rows on arms, and the checks that a build makes of them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from milaid.errors import DataError, list_problems
from milaid.tables import arms_reconciliation, eda_oddities, names, store

SALES, TOTALS = "arms_sales.parquet", "arms_sales_totals.parquet"
ARTICLES = "excess_defense_articles.parquet"


def with_recipients(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with recipient_harmonised, iso3, recipient_kind and region_harmonised of their ``recipient``.

    Raises one DataError with every name that arms_recipients.csv does not have, and the nearest spellings.
    """
    return harmonised(rows, store.load_arms_recipients())


def harmonised(rows: pd.DataFrame, recipients: pd.DataFrame) -> pd.DataFrame:
    """Return what :func:`with_recipients` returns, with a table of ``schemas_arms.ARMS_RECIPIENTS`` that is given."""
    known = recipients.set_index("printed")
    problems = []
    for name in sorted(set(rows["recipient"]) - set(known.index)):
        first = rows[rows["recipient"] == name].iloc[0]
        place = f"page {first['page']}" if "page" in rows else f"row {first['file_row']}"
        problems.append(
            str(
                names.Unknown(
                    "recipient", name, place, "arms_recipients.csv", names.nearest(name, known.index)
                )
            )
        )
    if problems:
        raise DataError(
            list_problems(
                "Names in the files on arms that the reference table does not know:",
                problems,
                "Add each to data/reference/arms_recipients.csv with what it stands for. data/ was left as it was.",
            )
        )
    return rows.assign(
        recipient_harmonised=rows["recipient"].map(known["recipient"]),
        iso3=rows["recipient"].map(known["iso3"]),
        recipient_kind=rows["recipient"].map(known["kind"]),
        region_harmonised=rows["recipient"].map(known["region"]),
    )


def require_sound(tables: Mapping[str, pd.DataFrame]) -> None:
    """Check the tables on arms among those of a build, by file name; DataError with every unnamed difference.

    The rows of the Historical Sales Book must add up to its printed totals but for arms_known_issues.csv, the
    oddities of the Excess Defense Articles be those that eda_oddities.csv counts.
    """
    if SALES in tables:
        issues = store.load_arms_known_issues()
        found = arms_reconciliation.reconciliation(tables[SALES], tables[TOTALS], issues)
        arms_reconciliation.require_reconciled(found, issues)
    if ARTICLES in tables:
        eda_oddities.require_counted(tables[ARTICLES], store.load_eda_oddities())
