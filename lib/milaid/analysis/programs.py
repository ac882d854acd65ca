"""Programs by canonical code, and the departments that fund them."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from milaid.analysis.groups import beside_previous, of_year, printed_dollars, totals, with_previous_share
from milaid.analysis.regions import every_year
from milaid.analysis.series import cost_each
from milaid.tables.coverage import Coverage
from milaid.tables.naming.departments import DEPARTMENTS
from milaid.tables.naming.departments import NOT_STATED as FUNDER_NOT_STATED


def department_name(funder: str) -> str:
    """Return the name of a funding department; a label that is not in the table is returned as it is."""
    return DEPARTMENTS.get(funder, funder)


def with_departments(trainings: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Return activities whose funder, where the edition states none, is the one of the program in other editions.

    In: activities; programs as ``schemas.PROGRAMS``. A program without a department keeps "not stated".
    """
    usual = trainings["program"].map(programs.set_index("code")["funder"])
    return trainings.assign(funder=trainings["funder"].mask(trainings["funder"] == FUNDER_NOT_STATED, usual))


def of_departments(
    trainings: pd.DataFrame, programs: pd.DataFrame, departments: Collection[str]
) -> pd.DataFrame:
    """Return the activities that these departments fund, as :func:`with_departments` tells it; their columns stay as they are.

    In: activities with program and funder; programs as ``schemas.PROGRAMS``; codes of departments.
    """
    return trainings[with_departments(trainings, programs)["funder"].isin(departments)]


def program_totals(
    trainings: pd.DataFrame,
    programs: pd.DataFrame,
    fiscal_year: int,
    coverage: Coverage | None = None,
    former: bool = False,
) -> pd.DataFrame:
    """Return the programs of one fiscal year, most participants first, beside the year before.

    In: activities; programs as ``schemas.PROGRAMS``. Out: funder, department, program, name, short_name,
    participants, cost_usd, activities, recipients, share, previous_participants, previous_cost_usd, change,
    percent_change, cost_change, cost_percent_change, cost_per_participant (US dollars, by
    :func:`milaid.analysis.series.cost_each`), participants_with_cost, predecessor (codes separated by semicolons; empty text for none),
    predecessor_participants (of the year before).
    A program that two departments list has a row under each. With ``former``, the programs that only the year
    before lists follow, with zeros.
    """
    frame = beside_previous(trainings, fiscal_year, ["funder", "program"], coverage, former)
    frame = frame.merge(_names(programs), on="program", how="left")
    frame["department"] = frame["funder"].map(department_name)
    frame["cost_per_participant"] = cost_each(frame)
    before = totals(of_year(trainings, fiscal_year - 1), ["program"])
    earlier = before.set_index("program")["participants"]
    frame["predecessor_participants"] = (
        frame["predecessor"].map(lambda codes: _of_codes(codes, earlier)).astype("Int64")
    )
    columns = [
        "funder", "department", "program", "name", "short_name", "participants", "cost_usd", "activities",
        "recipients", "share", "previous_participants", "previous_cost_usd", "change", "percent_change",
        "cost_change", "cost_percent_change", "cost_per_participant", "participants_with_cost", "predecessor",
        "predecessor_participants",
        "label",
    ]  # fmt: skip
    return frame[columns]


def _of_codes(codes: str, participants: pd.Series) -> object:
    """Return the participants of the programs ``codes`` names, missing when none of them has a row."""
    found = [
        participants[code] for code in (part.strip() for part in codes.split(";")) if code in participants
    ]
    return sum(found) if found else pd.NA


def _names(programs: pd.DataFrame) -> pd.DataFrame:
    names = programs[["code", "name", "short_name", "predecessor", "label"]].rename(
        columns={"code": "program"}
    )
    return names.assign(predecessor=names["predecessor"].fillna(""))


def department_totals(
    trainings: pd.DataFrame, fiscal_year: int, coverage: Coverage | None = None
) -> pd.DataFrame:
    """Return the funding departments of one fiscal year, most participants first, beside the year before.

    Out: funder, department, participants, cost_usd, activities, recipients, share, previous_participants,
    previous_cost_usd, change, percent_change, cost_change, cost_percent_change, previous_share (percent).
    """
    frame = beside_previous(trainings, fiscal_year, ["funder"], coverage)
    frame = with_previous_share(frame, trainings, fiscal_year)
    frame.insert(1, "department", frame["funder"].map(department_name))
    return frame


def program_years(trainings: pd.DataFrame, programs: pd.DataFrame) -> pd.DataFrame:
    """Return the programs by fiscal year.

    Out: fiscal_year, program, name, short_name, participants, cost_usd, activities, recipients. Every program
    has a row in every fiscal year that has data; zero is zero.
    """
    frame = every_year(totals(trainings, ["fiscal_year", "program"]), "program")
    named = frame.merge(_names(programs).drop(columns="predecessor"), on="program", how="left")
    columns = [
        "fiscal_year",
        "program",
        "name",
        "short_name",
        "participants",
        "cost_usd",
        "activities",
        "recipients",
    ]
    return named[columns]


def recipient_by_program(trainings: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return participants of one fiscal year by recipient and program, one row a pair that the edition lists.

    Out: region, recipient, iso3, program, participants, cost_usd; sorted by region, recipient and program.
    """
    rows = of_year(trainings, fiscal_year)
    frame = totals(rows, ["region_harmonised", "recipient", "iso3", "program"])
    frame = frame.rename(columns={"region_harmonised": "region"})
    return frame[["region", "recipient", "iso3", "program", "participants", "cost_usd"]]


def recipient_program_table(trainings: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return one row a recipient and one column a program: participants, missing where there is no activity.

    Out: region, recipient, a column for each program code (Int64; programs with most participants first),
    total, cost_usd; sorted by region and recipient.
    """
    pairs = recipient_by_program(trainings, fiscal_year)
    order = pairs.groupby("program")["participants"].sum().reset_index()
    order = order.sort_values(["participants", "program"], ascending=[False, True])["program"].tolist()
    wide = pairs.pivot(index=["region", "recipient"], columns="program", values="participants")
    grouped = pairs.groupby(["region", "recipient"])
    sums = grouped[["participants"]].sum().assign(cost_usd=printed_dollars(grouped))
    wide = wide[order].join(sums.rename(columns={"participants": "total"})).reset_index()
    wide.columns.name = None
    return wide


OTHER_PROGRAMS = "Other programs"


def largest_by_year(trainings: pd.DataFrame, programs: pd.DataFrame, count: int) -> pd.DataFrame:
    """Return participants by fiscal year of the ``count`` largest programs, all others under :data:`OTHER_PROGRAMS`.

    Out: fiscal_year, program (short name), participants (Int64). Largest are those with most participants in all years
    of ``trainings``; they come in this order within a year, the others last. Every name has a row in every year.
    Others of a single program stand under the name of that program.
    """
    frame = program_years(trainings, programs)
    sums = frame.groupby("short_name", as_index=False)["participants"].sum()
    sums = sums.sort_values(["participants", "short_name"], ascending=[False, True])
    names = sums.loc[sums["participants"] > 0, "short_name"].tolist()
    if len(names) > count + 1:
        names = names[:count]
    order = [*names, OTHER_PROGRAMS]
    named = frame.assign(program=frame["short_name"].where(frame["short_name"].isin(names), OTHER_PROGRAMS))
    years = named.groupby(["fiscal_year", "program"], as_index=False)["participants"].sum()
    used = set(years.loc[years["participants"] > 0, "program"])
    years = years[years["program"].isin(used)]
    position = years["program"].map({name: place for place, name in enumerate(order)})
    return (
        years.assign(_position=position)
        .sort_values(["fiscal_year", "_position"])
        .drop(columns="_position")
        .reset_index(drop=True)
    )
