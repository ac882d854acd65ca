"""The units that participants came from, as the reports print them: by activity and over all years."""

from __future__ import annotations

import pandas as pd

_SAME = (
    "fiscal_year", "student_unit", "course_title", "start_date", "end_date", "location", "program", "document",
    "page", "derived",
)  # fmt: skip

SAME_RULE = (
    "Activities of a fiscal year that agree in unit, course, days, place, program and page are one row here, their "
    "participants added up."
)


def listed(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return activities with those that agree in all but participants and cost as one row.

    Out: fiscal_year, student_unit, course_title, start_date, end_date, location, program, document, page, derived, activities
    (how many rows of the report), participants (Int64; missing where none of them can be read). Sorted by fiscal year,
    newest first, then unit without regard to case (missing last), course and start. Rule: :data:`SAME_RULE`.
    """
    grouped = trainings.groupby(list(_SAME), dropna=False, sort=False)
    frame = grouped.agg(activities=("quantity", "size")).assign(
        participants=grouped["quantity"].sum(min_count=1)
    )
    frame = frame.astype({"activities": "Int64", "participants": "Int64"}).reset_index()
    frame = frame.assign(_unit=frame["student_unit"].str.casefold())
    order = ["fiscal_year", "_unit", "student_unit", "course_title", "start_date", "program", "page"]
    ascending = [False, *[True] * (len(order) - 1)]
    frame = frame.sort_values(order, ascending=ascending, na_position="last", kind="stable")
    return frame.drop(columns="_unit").reset_index(drop=True)


def by_unit(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return every unit as printed, by name without regard to case, over all years.

    Out: unit, first_year, last_year, activities, participants (Int64). Activities without a printed unit are left out.
    """
    rows = trainings[trainings["student_unit"].notna()]
    grouped = rows.groupby("student_unit", sort=False)
    frame = grouped.agg(
        first_year=("fiscal_year", "min"),
        last_year=("fiscal_year", "max"),
        activities=("quantity", "size"),
        participants=("quantity", "sum"),
    )
    frame = frame.rename_axis("unit").reset_index().astype({"activities": "Int64", "participants": "Int64"})
    frame = frame.assign(_unit=frame["unit"].str.casefold()).sort_values(["_unit", "unit"], kind="stable")
    return frame.drop(columns="_unit").reset_index(drop=True)


def years_that_fit(listed: pd.DataFrame, fiscal_year: int, most: int) -> list[int]:
    """Return the fiscal years whose rows a table of at most ``most`` rows can show, in the order they are to stand.

    The report year comes first and always fits; then the years before it, the latest first, then those after it, the
    latest first. The first year that no longer fits ends the list.
    """
    sizes = listed.groupby("fiscal_year").size()
    years = [int(year) for year in sizes.index]
    order = [
        *sorted((year for year in years if year <= fiscal_year), reverse=True),
        *sorted((year for year in years if year > fiscal_year), reverse=True),
    ]
    shown: list[int] = []
    room = most
    for year in order:
        room -= int(sizes[year])
        if room < 0 and shown:
            break
        shown.append(year)
    return shown
