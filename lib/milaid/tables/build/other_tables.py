"""The tables that come from other official files than the training report: what reads each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from milaid.paths import reference_dir
from milaid.sources.boundaries import read_boundaries
from milaid.sources.context import read_deflator, read_gdp, read_population
from milaid.sources.eda import read_excess_defense_articles
from milaid.sources.foreignassistance import read_country_totals
from milaid.sources.greenbook import read_greenbook
from milaid.sources.sales_book.tables import read_sales, read_sales_totals
from milaid.tables import aid, arms, schemas, schemas_aid, schemas_arms, store
from milaid.tables.schema import Schema
from milaid.tables.source_files import SOURCES_OF_TABLES
from milaid.tables.state import read_rows

if TYPE_CHECKING:
    from milaid.tables.build.writing import Tables


def _as_read(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


@dataclass(frozen=True)
class OtherTable:
    """A table of data/ that other official files make.

    ``read`` takes the place of each of its sources, in the order of ``SOURCES_OF_TABLES``; ``load`` returns the
    table as it was last written. ``derive`` adds, to either, what the reference tables say of its rows.
    """

    schema: Schema
    read: Callable[..., pd.DataFrame]
    load: Callable[[], pd.DataFrame]
    derive: Callable[[pd.DataFrame], pd.DataFrame] = _as_read


OTHER_TABLES = {
    "deflator.csv": OtherTable(schemas.DEFLATOR, read_deflator, store.load_deflator),
    "boundaries.parquet": OtherTable(schemas.BOUNDARIES, read_boundaries, store.load_boundaries),
    arms.SALES: OtherTable(schemas_arms.ARMS_SALES, read_sales, store.load_arms_sales, arms.with_recipients),
    arms.TOTALS: OtherTable(schemas_arms.ARMS_SALES_TOTALS, read_sales_totals, store.load_arms_sales_totals),
    arms.ARTICLES: OtherTable(
        schemas_arms.EXCESS_DEFENSE_ARTICLES,
        read_excess_defense_articles,
        store.load_excess_defense_articles,
        arms.with_recipients,
    ),
    "aid.parquet": OtherTable(schemas_aid.AID, read_greenbook, store.load_aid, aid.with_reference),
    "aid_country_totals.parquet": OtherTable(
        schemas_aid.AID_COUNTRY_TOTALS,
        read_country_totals,
        store.load_aid_country_totals,
        aid.with_recipients,
    ),
    "population.csv": OtherTable(
        schemas_aid.POPULATION, read_population, store.load_population, aid.without_aggregates
    ),
    "gdp.csv": OtherTable(schemas_aid.GDP, read_gdp, store.load_gdp, aid.without_aggregates),
}
"""By file below data/; each has its sources in ``source_files.SOURCES_OF_TABLES``."""


def other_tables(changed_sources: Mapping[str, Path]) -> Tables:
    """Return every such table by file name, with its schema: read where a source changed, else as it was.

    A table whose sources are not in other_sources.csv is not made. Raises DataError where a table does not hold what
    it should, as the checks of the tables on arms say.
    """
    listed = {row["path"] for row in read_rows(reference_dir() / "other_sources.csv")}
    made = {}
    for file, table in OTHER_TABLES.items():
        sources = SOURCES_OF_TABLES[file]
        if not listed.issuperset(sources):
            continue
        changed = any(source in changed_sources for source in sources)
        frame = table.read(*(changed_sources[source] for source in sources)) if changed else table.load()
        made[file] = (table.derive(frame), table.schema)
    arms.require_sound({file: frame for file, (frame, _) in made.items()})
    return made
