"""All programs beside each other: the years that list each, and its newest figures."""

from __future__ import annotations

import pandas as pd

from milaid.analysis.groups import totals
from milaid.analysis.programs import DEPARTMENTS, department_name

LISTED_RULE = "A program is listed in a fiscal year when the edition has at least one activity of it as done."
LATEST_RULE = "The newest figures are those of the last fiscal year that lists the program."


def listed_years(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return each fiscal year that lists a program, once. Out: program, fiscal_year, participants; by both."""
    frame = totals(trainings, ["program", "fiscal_year"])
    return frame[["program", "fiscal_year", "participants"]].astype({"fiscal_year": "int64"})


def latest(trainings: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of each program in the last fiscal year that lists it, by code.

    Out: program, first_year, last_year, years (how many list it), participants, recipients (with a participant),
    cost_usd (Int64; missing where no cost is printed), of ``last_year``; all_participants (of all years).
    """
    each = totals(trainings, ["program", "fiscal_year"])
    grouped = each.groupby("program")
    frame = grouped.agg(
        first_year=("fiscal_year", "min"),
        last_year=("fiscal_year", "max"),
        years=("fiscal_year", "nunique"),
        all_participants=("participants", "sum"),
    )
    newest = each.loc[grouped["fiscal_year"].idxmax()].set_index("program")
    frame = frame.join(newest[["participants", "recipients", "cost_usd"]])
    counts = ["first_year", "last_year", "years"]
    return frame.reset_index().astype(dict.fromkeys(counts, "int64"))


def funders(trainings: pd.DataFrame) -> pd.Series:
    """Return the departments under which each program stands in any year, joined by semicolons, by code.

    In: activities with their department. State comes before Defense and Homeland Security.
    """
    order = list(DEPARTMENTS)
    pairs = trainings[["program", "funder"]].drop_duplicates()
    found = pairs.groupby("program")["funder"].agg(
        lambda names: "; ".join(
            department_name(name)
            for name in sorted(names, key=lambda n: order.index(n) if n in order else len(order))
        )
    )
    return found.rename("funders")
