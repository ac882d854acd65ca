"""The activities themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from milaid.analysis.programs import FUNDER_NOT_STATED, of_departments
from milaid.api.asked import Asked, Door, Names, Years
from milaid.api.selection import condition, marked
from milaid.blocks.block import Source
from milaid.exhibits.subject import COUNTING_NOTE, editions_source
from milaid.paths import trainings_dir
from milaid.spelling import hint_or_known
from milaid.tables import schemas, store
from milaid.tables.columnwise import read_activities
from milaid.tables.digests import is_as_built

FILES = "'data/trainings/*.parquet'"
COUNTED = f"Training activities reported to Congress, one row an activity. {COUNTING_NOTE}"


def trainings(
    country: Names = None,
    *,
    years: Years = None,
    program: Names = None,
    region: Names = None,
    department: Names = None,
    status: str | None = "actual",
    columns: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Return training activities, one row an activity, with the columns of the data dictionary.

    Countries, regions, programs and departments are read as people write them, one or several. A department is the one under
    which a report lists the program; where that cannot be read, the program's usual one. ``years`` is a fiscal year, a list,
    a range, "2010-2020", "FY2014" or the edition "2014-2015"; ``status`` "actual", "planned" or None for both;
    ``columns`` only these. ``frame.attrs`` says how the rows were selected. Raises RequestError with all that is wrong.

    >>> import milaid as m
    >>> rows = m.trainings("Mali", years="2018-2020", columns=["fiscal_year", "program", "quantity"])
    >>> rows.groupby("fiscal_year")["quantity"].sum().to_dict()
    {2018: 749, 2019: 153, 2020: 203}
    >>> m.trainings(["Ivory Coast", "Eswatini"], program="imet", years="FY2020").attrs["filters"]["country"]
    'Côte d’Ivoire, Swaziland'
    >>> len(m.trainings("Mali", department="State")), len(m.trainings("Mali", department="Pentagon"))
    (706, 452)
    """
    door = door_of("m.trainings", country, years, program, region, department, status, at_once=True)
    known = schemas.TRAININGS.columns
    wanted = list(known) if columns is None else [columns] if isinstance(columns, str) else list(columns)
    door.problems += [
        f"columns: {name!r} is no column{hint_or_known(str(name), known)}"
        for name in wanted
        if name not in known
    ]
    asked = door.close()
    rows = rows_of(asked, wanted)
    if rows.empty:
        # Of a recipient that is read at once, the rows say whether there is any training: no message before.
        asked = door_of("m.trainings", country, years, program, region, department, status).close()
    shown = ", ".join(name for name in known if name in wanted) if columns is not None else "*"
    return marked(
        rows,
        counted=COUNTED,
        filters=asked.filters,
        sources=sources_of_years(asked),
        said=asked.said,
        query=f"select {shown}\nfrom {FILES}\nwhere {condition_of(asked)}",
    )


def door_of(
    call: str,
    country: Names,
    years: Years,
    program: Names,
    region: Names,
    department: Names = None,
    status: str | None = "actual",
    at_once: bool = False,
) -> Door:
    """Return the door of a call on activities, its usual arguments read; ``at_once`` as :meth:`Door.country_at_once`."""
    door = Door(call)
    door.status(status)
    if not (at_once and door.country_at_once(country)):
        door.country(country)
    door.region(region)
    door.program(program)
    door.department(department)
    planned_too = status != "actual"
    there = store.available_years()
    door.years(years, {*there, *(year + 1 for year in there if planned_too)})
    return door


def rows_of(asked: Asked, columns: Collection[str]) -> pd.DataFrame:
    """Return the activities asked for with these columns, in the order of the schema."""
    planned_too = asked.where.get("status") != ("actual",)
    years = store.available_years() if asked.years is None or planned_too else asked.years
    needed = {
        *columns,
        *(["fiscal_year"] if planned_too else []),
        *(["program", "funder"] if asked.departments else []),
    }
    paths = [trainings_dir() / f"fy{year}.parquet" for year in years]
    if paths and all(map(is_as_built, paths)):
        rows = read_activities(
            paths, [name for name in schemas.TRAININGS.columns if name in needed], asked.where
        )
    else:
        rows = store.load_trainings(years, status=None, columns={*needed, *asked.where})
        for name, values in asked.where.items():
            rows = rows[rows[name].isin(values)]
        rows = rows.reset_index(drop=True)
    if planned_too and asked.years is not None:
        rows = rows[rows["fiscal_year"].isin(asked.years)].reset_index(drop=True)
    if asked.departments:
        rows = of_departments(rows, store.load_programs(), asked.departments).reset_index(drop=True)
    wanted = [name for name in schemas.TRAININGS.columns if name in columns]
    return rows if list(rows.columns) == wanted else rows[wanted]


def condition_of(asked: Asked, **more: Sequence[str]) -> str:
    """Return the SQL condition that activities are those asked for, and have one of these values of further columns."""
    where = condition({**asked.where, **more}, asked.years)
    if not asked.departments:
        return where
    funded = condition({"funder": asked.departments})
    usual = f"program in (select code from 'data/reference/programs.csv' where {funded})"
    return f"{where} and if(funder = '{FUNDER_NOT_STATED}', {usual}, {funded})"


def sources_of_years(asked: Asked) -> tuple[Source, ...]:
    """Return the editions that hold the years asked for."""
    there = store.available_years()
    # What is planned for a year stands in the edition of the year before.
    years = [year for year in asked.years or there if year in there] or [there[-1]]
    return editions_source(years[0], years[-1], asked.whose)
