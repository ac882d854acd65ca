"""What was taught."""

from __future__ import annotations

import pandas as pd

from milaid.analysis import courses as measures
from milaid.analysis.groups import totals
from milaid.analysis.name_search import LEAST_SCORE, SEARCH_RULE, Index
from milaid.api.asked import Names, Years
from milaid.api.selection import marked
from milaid.api.trainings import FILES, condition_of, door_of, rows_of, sources_of_years
from milaid.exhibits.subject import COUNTING_NOTE

_TITLE = "course_title"


def courses(
    text: str | None = None,
    country: Names = None,
    *,
    years: Years = None,
    program: Names = None,
    region: Names = None,
    department: Names = None,
    least: float = LEAST_SCORE,
) -> pd.DataFrame:
    """Return courses with most participants first; with a text those whose title says it, as ``m.units`` searches.

    Columns: course (the spelling of most activities), participants, activities, recipients, cost_usd, first_year,
    last_year; with a text also score, and the best come first. Titles that differ in capitals and spaces are one.

    >>> import milaid as m
    >>> m.courses(years=2020).loc[0, "course"]
    'Soldier Skills Training'
    >>> m.courses("capt carreer infantry", years="2005-2010").loc[0, "course"]
    'INFANTRY CAPTS CAREER CRS'
    """
    asked = door_of("m.courses", country, years, program, region, department).close()
    rows = rows_of(asked, ["fiscal_year", "recipient", _TITLE, "quantity", "cost_usd"])
    rows = rows.assign(_title=measures.normalised_title(rows[_TITLE]))
    rows = rows.dropna(subset=["_title"])
    frame = totals(rows, ["_title"]).set_index("_title")
    grouped = rows.groupby("_title")
    frame["course"] = measures.usual_spelling(rows)
    frame["first_year"], frame["last_year"] = grouped["fiscal_year"].min(), grouped["fiscal_year"].max()
    columns = ["course", "participants", "activities", "recipients", "cost_usd", "first_year", "last_year"]
    frame = frame.sort_values("participants", ascending=False, kind="stable")[columns]
    if text is not None:
        names = frame["course"].tolist()
        hits = Index(names).find(text, least)
        frame = frame.iloc[[hit.name for hit in hits]]
        frame.insert(0, "score", [hit.score for hit in hits])
    said = f" Titles that say “{text}”: {SEARCH_RULE}" if text is not None else ""
    return marked(
        frame.reset_index(drop=True),
        counted=f"Course participants by title of the course. {measures.TITLE_RULE} {COUNTING_NOTE}{said}",
        filters={**asked.filters, **({"course": text} if text is not None else {})},
        sources=sources_of_years(asked),
        said=asked.said,
        query=(
            f"select {_TITLE_SQL} as course, sum(quantity)::bigint as participants, count(*) as activities\n"
            f"from {FILES}\nwhere {condition_of(asked)} and {_TITLE} is not null\n"
            "group by 1 order by 2 desc, 1"
        ),
    )


_TITLE_SQL = rf"upper(trim(regexp_replace({_TITLE}, '\s+', ' ', 'g')))"
