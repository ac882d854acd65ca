"""The beginning and the end of a comparison: front, findings, method, and the reports on its members."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis.series import annual_totals
from milaid.blocks.block import Definitions, Front, Related
from milaid.blocks.words import and_list
from milaid.exhibits.comparison.subject import Comparison
from milaid.exhibits.front import series_front
from milaid.exhibits.training import method


def front(comparison: Comparison) -> Front:
    """Return title, scope, imprint and cover; the cover shows the members together."""
    year, names = comparison.fiscal_year, and_list(comparison.names)
    together = annual_totals(pd.concat([member.trainings for member in comparison]))
    together = _every_year(together)
    return series_front(
        together,
        year,
        comparison.phrase,
        f"{names} together",
        kind="Comparison",
        title=f"{names}: foreign military training in {fiscal.words(year)}",
        standfirst=(
            f"What the Departments of State and Defense reported to Congress on {names}, side by side, from "
            f"{fiscal.period(year)}, with the other years of data."
        ),
        scope=f"{names}, as the Departments of State and Defense reported to Congress for {fiscal.period(year)}",
        keywords=tuple(comparison.names),
    )


def definitions(comparison: Comparison) -> Definitions:
    """Return what is counted and how the figures stand beside each other; DataError where rows do not meet printed totals."""
    for member in comparison.present:
        method.require_met(member)
    items = [item for item in method.definitions(comparison.everyone).items if item[0] != "Findings"]
    compared = (
        "Comparison",
        f"Each {comparison.noun} is computed for itself, by the rules of a report on it alone. A year that lists no "
        "activity is missing (– or ..), not zero. Shares and ranks are among all that the edition lists, not among those "
        "compared. Findings state the highest and the lowest; equal values are named together.",
    )
    return Definitions((compared, *items))


def sources(comparison: Comparison) -> Definitions:
    """Return the documents that the activities of the members stand in, and the other sources."""
    return method.sources(comparison.everyone, comparison.year_rows)


def glossary(comparison: Comparison) -> Definitions:
    """Return the programs of the members and the abbreviations used."""
    codes = (
        frozenset(comparison.year_rows["program"]) | {"IMET"}
        if comparison.of_recipients
        else frozenset(member.scope.code for member in comparison)
    )
    return method.glossary(comparison.everyone, codes)


def related(comparison: Comparison) -> Related:
    """Return the reports on each member and on the year."""
    folder = "country" if comparison.of_recipients else "program"
    members = [(member.scope.name, f"{folder}/{member.scope.code}") for member in comparison]
    year = comparison.fiscal_year
    return Related((*members, (f"All recipients in {fiscal.words(year)}", f"annual/{year}")))


def _every_year(together: pd.DataFrame) -> pd.DataFrame:
    years = range(int(together["fiscal_year"].min()), int(together["fiscal_year"].max()) + 1)
    return together.set_index("fiscal_year").reindex(years).rename_axis("fiscal_year").reset_index()
