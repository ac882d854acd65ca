"""Everything that keeps rows from being written, said in one message, with the lines that would settle it.

A build, a document that is added and `milaid check` all speak through this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from milaid.errors import DataError, list_problems
from milaid.sources.fmtr.document import DocumentTables
from milaid.tables import derived, names, reconciliation, schemas, store

MOST_SHOWN = 200


def require_sound(
    rows: DocumentTables, reconciled: pd.DataFrame, unread_of: Sequence[str] = (), advice: str = ""
) -> None:
    """Check rows as printed against the reference tables, and their totals against those that are printed.

    Raises one DataError with every unknown name, label and department, every contradiction in the reference
    tables, every total that differs without a known issue; each with the line to add to a table. Where there
    is anything to say, it lists the values of the documents ``unread_of`` that cannot be read; ``advice`` ends it.
    """
    countries, labels = store.load_countries(), store.load_program_labels()
    issues = store.load_known_issues()
    unknown = [
        *names.unknown_countries(rows.activities, countries),
        *names.unknown_labels(rows.activities, labels),
        *names.unknown_funders(rows.activities),
    ]
    wrong = [
        *names.contradictions(countries, labels, store.load_programs()),
        *names.to_fill_in("known_issues.csv", issues),
    ]
    parts = [
        *_unknown_names(unknown),
        *_list("The reference tables are not right yet:", wrong),
        *_differences(reconciled, issues),
    ]
    if parts:
        raise DataError("\n\n".join(filter(None, [*parts, *_unread(rows.unread, unread_of), advice])))


def unread_cells(unread: pd.DataFrame, documents: Iterable[str]) -> list[str]:
    """Return a line for each cell of these documents of which no value can be read and none follows."""
    empty = unread[unread["outcome"] != derived.DERIVED]
    return [_cell(row) for row in empty[empty["document"].isin(set(documents))].itertuples()]


def derived_cells(unread: pd.DataFrame, documents: Iterable[str]) -> list[str]:
    """Return a line for each cell of these documents that cannot be read and follows from the printed totals."""
    followed = unread[unread["outcome"] == derived.DERIVED]
    rows = followed[followed["document"].isin(set(documents))].itertuples()
    return [f"{_cell(row)}, {row.derived_value:,} left over" for row in rows]


def _cell(row: Any) -> str:
    printed = f"«{row.printed}»" if pd.notna(row.printed) and row.printed else "nothing printed"
    return f"{row.document}, page {row.page}, row {row.row_on_page}, {row.field}: {printed}"


def _unknown_names(unknown: Sequence[names.Unknown]) -> Iterator[str]:
    yield from _list("Names that the reference tables do not know:", [str(name) for name in unknown])
    for table in ("countries.csv", "program_labels.csv"):
        lines = [name.lines[table] for name in unknown if table in name.lines]
        yield from _lines(f"data/reference/{table}, if the nearest is what is meant", lines)
    for table in ("program_labels.csv", "programs.csv"):
        lines = [name.if_new[table] for name in unknown if table in name.if_new]
        yield from _lines(f"data/reference/{table}, for a program that is new", lines)


def _differences(reconciled: pd.DataFrame, issues: pd.DataFrame) -> Iterator[str]:
    try:
        reconciliation.require_reconciled(reconciled, issues)
    except DataError as error:
        yield str(error)
        yield from _lines(
            "data/reference/known_issues.csv, if the document is at fault", _issue_lines(reconciled, issues)
        )


def _issue_lines(reconciled: pd.DataFrame, issues: pd.DataFrame) -> list[str]:
    """Return a line of known_issues.csv, without its reason, for every total that differs and is not named there."""
    identity = [
        name for name in schemas.KNOWN_ISSUES.columns if name not in ("document", "page", "region", "reason")
    ]
    known = {_texts(getattr(issue, name) for name in identity) for issue in issues.itertuples()}
    lines = []
    for row in reconciled[~reconciled["agrees"]].itertuples():
        for measure, printed, computed in (
            ("quantity", row.printed_participants, row.computed_participants),
            ("cost_usd", row.printed_cost_usd, row.computed_cost_usd),
        ):
            if pd.notna(printed) and printed == computed:
                continue
            place = (row.edition, row.document, row.page, row.region, row.country, row.program_printed)
            year = row.fiscal_year if row.level == "fiscal_year" else None
            values = (row.level, year, measure, printed, computed)
            if _texts((row.edition, row.country, row.program_printed, *values)) not in known:
                lines.append(names.as_line([*_texts((*place, *values)), names.TO_FILL_IN]))
    return lines


def _unread(unread: pd.DataFrame, documents: Sequence[str]) -> Iterator[str]:
    cells = unread_cells(unread, documents)
    yield from _list(f"Cells that cannot be read and stay empty: {len(cells)}", cells)


def _texts(values: Iterable[object]) -> tuple[str, ...]:
    return tuple("" if pd.isna(value) else str(value) for value in values)  # type: ignore[call-overload]


def _list(heading: str, problems: Sequence[str]) -> Iterator[str]:
    if problems:
        yield list_problems(heading, problems, limit=MOST_SHOWN)


def _lines(table: str, lines: Sequence[str]) -> Iterator[str]:
    """Yield lines to paste, each as it is, below what they are for."""
    shown = list(dict.fromkeys(lines))
    if shown:
        what = "Lines" if len(shown) > 1 else "Line"
        filled = f" (fill in {names.TO_FILL_IN})" if any(names.TO_FILL_IN in line for line in shown) else ""
        yield "\n".join([f"{what} for {table}{filled}:", *shown])
