"""How far rows and printed totals agree: by edition, in all, and case by case."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

LEVELS: Mapping[str, str] = {
    "program": "program total",
    "country": "country total",
    "fiscal_year": "fiscal-year total",
}
"""Levels of printed totals, as ``trainings_totals`` names them -> what one of them is called."""

STATES = ("agreeing", "known", "unexplained")
"""What a printed total can be: equal to its rows, different for a named reason, different for none."""

_MEASURES = {"quantity": "participants", "cost_usd": "cost_usd"}
_CASE = ["edition", "document", "page", "region", "country", "program_printed", "level"]


def levels_of(reconciled: pd.DataFrame) -> list[str]:
    """Return the levels that occur, those of :data:`LEVELS` first and in their order."""
    found = set(reconciled["level"])
    return [level for level in LEVELS if level in found] + sorted(found - set(LEVELS))


def states(reconciled: pd.DataFrame) -> pd.Series:
    """Return for each row of a reconciliation which of :data:`STATES` it is."""
    named = reconciled["known_issue"].map({True: "known", False: "unexplained"})
    return named.where(~reconciled["agrees"], "agreeing").rename("state")


def editions(trainings: pd.DataFrame, reconciled: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return one row an edition: how much it holds and how many of its printed totals agree.

    In: actual activities, the result of :func:`milaid.tables.reconciliation.reconciliation`, and
    ``schemas.DOCUMENTS``. Out, by edition: edition, fiscal_year, documents, pages (those that have any), activities,
    participants, cost_usd (Int64); compared, agreeing, known, unexplained over all levels; and the same for each
    level as ``<level>_compared`` and so on, missing where the edition prints no total of that level.
    """
    held = trainings.groupby("edition", sort=True).agg(
        fiscal_year=("fiscal_year", "max"),
        activities=("quantity", "size"),
        participants=("quantity", "sum"),
        cost_usd=("cost_usd", "sum"),
    )
    files = documents.groupby("edition").agg(documents=("file", "nunique"), pages=("pages", "sum"))
    frame = held.join(files).join(_counts(reconciled))
    for level in levels_of(reconciled):
        counts = _counts(reconciled[reconciled["level"] == level])
        frame = frame.join(counts.rename(columns=lambda name, level=level: f"{level}_{name}"))
    whole = [name for name in frame.columns if name != "edition"]
    frame = frame.astype(dict.fromkeys(whole, "Int64")).reset_index()
    first = ["edition", "fiscal_year", "documents", "pages"]
    return frame[[*first, *(name for name in frame.columns if name not in first)]]


def _counts(reconciled: pd.DataFrame) -> pd.DataFrame:
    """Return by edition how many totals were compared and how many are in each state."""
    state = states(reconciled)
    table = pd.crosstab(reconciled["edition"], state).reindex(columns=list(STATES), fill_value=0)
    table.columns.name = None
    table.insert(0, "compared", table.sum(axis=1))
    return table


def differences(reconciled: pd.DataFrame) -> pd.DataFrame:
    """Return every printed total that differs from its rows, in the order of the documents.

    In: a reconciliation. Out: its columns, with state, missing_participants and missing_cost_usd (printed minus
    rows; missing where no total is printed).
    """
    frame = reconciled.assign(state=states(reconciled))
    frame = frame[frame["state"] != "agreeing"]
    return frame.assign(
        missing_participants=frame["printed_participants"] - frame["computed_participants"],
        missing_cost_usd=frame["printed_cost_usd"] - frame["computed_cost_usd"],
    ).reset_index(drop=True)


def actual_year_totals(totals: pd.DataFrame) -> pd.DataFrame:
    """Return for each edition the printed totals that together hold all of its actual year, each row once.

    In: ``schemas.TRAININGS_TOTALS``. Where an edition prints totals of single fiscal years within a program, these
    are taken, as its program totals may cover a planned year too; else its program totals.
    """
    actual = totals[(totals["status"] == "actual") & totals["level"].isin(["program", "fiscal_year"])]
    by_year = set(actual.loc[actual["level"] == "fiscal_year", "edition"])
    wanted = actual["edition"].map(lambda edition: "fiscal_year" if edition in by_year else "program")
    return actual[actual["level"] == wanted]


def world_totals(trainings: pd.DataFrame, totals: pd.DataFrame, reconciled: pd.DataFrame) -> pd.DataFrame:
    """Return for each fiscal year the sum of all rows beside the sum of the printed totals.

    In: actual activities, ``schemas.TRAININGS_TOTALS`` and a reconciliation. Out: fiscal_year, edition, and for
    participants and cost_usd: the sum of the rows, ``printed_*``, ``*_difference`` (printed minus rows), ``*_known``
    (the part of it that known faults account for) and ``*_unexplained`` (what remains; zero in sound data), Int64.
    """
    sums = trainings.groupby(["fiscal_year", "edition"]).agg(
        participants=("quantity", "sum"), cost_usd=("cost_usd", "sum")
    )
    printed_totals = actual_year_totals(totals)
    printed = printed_totals.groupby(["fiscal_year", "edition"]).agg(
        printed_participants=("quantity", "sum"), printed_cost_usd=("cost_usd", "sum")
    )
    levels = printed_totals.groupby("edition")["level"].first()
    frame = sums.join(printed).join(_accounted(reconciled, levels), on="edition").reset_index()
    for measure in _MEASURES.values():
        frame[f"{measure}_difference"] = frame[f"printed_{measure}"] - frame[measure]
        frame[f"{measure}_known"] = frame[f"{measure}_known"].fillna(0)
        frame[f"{measure}_unexplained"] = frame[f"{measure}_difference"] - frame[f"{measure}_known"]
    whole = [name for name in frame.columns if name != "edition"]
    return frame.astype(dict.fromkeys(whole, "Int64"))


def _accounted(reconciled: pd.DataFrame, levels: pd.Series) -> pd.DataFrame:
    """Return by edition what known faults at the level of its world total make out: printed minus rows."""
    frame = differences(reconciled)
    frame = frame[(frame["state"] == "known") & (frame["level"] == frame["edition"].map(levels))]
    known = {
        f"{measure}_known": frame[f"printed_{measure}"].fillna(0) - frame[f"computed_{measure}"]
        for measure in _MEASURES.values()
    }
    return frame.assign(**known).groupby("edition")[list(known)].sum()


def fault_cases(known_issues: pd.DataFrame) -> pd.DataFrame:
    """Return the known faults of totals, one row a total with people and dollars beside each other.

    In: ``schemas.KNOWN_ISSUES``. Out: edition, document, page, region, country, program_printed, level, reason,
    printed_participants, rows_participants, printed_cost_usd, rows_cost_usd (Int64; missing where that measure
    agrees or is not printed), differs (``people``, ``dollars`` or both joined by a comma). In the order of the table.
    """
    issues = known_issues[known_issues["level"].isin(LEVELS)]
    cases: dict[tuple, dict[str, object]] = {}
    for row in issues.to_dict("records"):
        place = {name: _plain(row[name]) for name in [*_CASE, "reason"]}
        case = cases.setdefault(tuple(place.values()), {**place, "differs": []})
        measure = _MEASURES[row["measure"]]
        case[f"printed_{measure}"] = row["printed_value"]
        case[f"rows_{measure}"] = row["computed_value"]
        case["differs"] = [*case["differs"], "people" if measure == "participants" else "dollars"]  # type: ignore[misc]
    numbers = [f"{side}_{measure}" for measure in _MEASURES.values() for side in ("printed", "rows")]
    frame = pd.DataFrame(list(cases.values()), columns=[*_CASE, "reason", *numbers, "differs"])
    for name in numbers:
        frame[name] = pd.to_numeric(frame[name]).astype("Int64")
    frame["differs"] = frame["differs"].map(", ".join)
    return frame


def other_faults(known_issues: pd.DataFrame) -> pd.DataFrame:
    """Return the known faults that concern no printed total: rows and pages, as ``schemas.KNOWN_ISSUES``."""
    return known_issues[~known_issues["level"].isin(LEVELS)].reset_index(drop=True)


def _plain(value: object) -> object:
    return None if pd.isna(value) else value  # type: ignore[call-overload]


def with_rows_touched(corrections: pd.DataFrame, activities: int) -> pd.DataFrame:
    """Return corrections with what they are of, how many are of that kind, and how many rows of the tables they touch.

    In: edition, document, page, row_on_page, field; how many ``activities`` there are. Added: kind (``row``, or ``page``
    where a whole one is left out), corrections_of_kind, rows_touched (rows of the tables with a correction, pages left out),
    rows_touched_share (percent of the activities).
    """
    pages = corrections["field"] == "page"
    kind = pages.map({True: "page", False: "row"})
    rows = len(corrections.loc[~pages, ["document", "page", "row_on_page"]].drop_duplicates())
    return corrections.assign(
        kind=kind,
        corrections_of_kind=kind.groupby(kind).transform("size"),
        rows_touched=rows,
        rows_touched_share=100 * rows / activities,
    )


def cells_by_edition(cells: pd.DataFrame) -> pd.DataFrame:
    """Return how many cells are listed for each edition and field, editions down, fields across.

    In: edition and field, such as ``schemas.UNREAD_VALUES`` or corrections. Out: edition, a column a field in order
    of the alphabet, and total.
    """
    table = pd.crosstab(cells["edition"], cells["field"])
    table.columns.name = None
    table["total"] = table.sum(axis=1)
    return table.reset_index()


def planned_beside_actual(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return the planned activities of each edition that prints some, beside what was reported as done.

    In: activities of any status. Out, one row an edition and planned fiscal year: edition, fiscal_year, and for
    planned and actual rows of that year activities, participants and cost_usd with the prefixes ``planned_`` and
    ``actual_`` (Int64; missing when no edition reports the year as actual).
    """
    sums = {
        status: rows.groupby(keys).agg(
            activities=("quantity", "size"), participants=("quantity", "sum"), cost_usd=("cost_usd", "sum")
        ).add_prefix(f"{status}_")
        for status, keys, rows in (
            ("planned", ["edition", "fiscal_year"], trainings[trainings["status"] == "planned"]),
            ("actual", ["fiscal_year"], trainings[trainings["status"] == "actual"]),
        )
    }  # fmt: skip
    frame = sums["planned"].join(sums["actual"], on="fiscal_year").reset_index()
    return frame.astype(dict.fromkeys([n for n in frame.columns if n != "edition"], "Int64"))
