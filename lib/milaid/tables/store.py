"""Loading the tidy tables from the data directory.

A project need not have the tables on aid, arms and population: where it lists no source of one, that table has no
rows (:func:`_load_beside`), and what is made from it says so. Tables are read once per process and file; every call
returns a frame of its own, so that a caller may change it freely. A file that was replaced is read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from numbers import Integral
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from milaid import spelling
from milaid.errors import DataError, RequestError
from milaid.paths import data_dir, reference_dir, trainings_dir
from milaid.tables import schemas, schemas_aid, schemas_arms
from milaid.tables.schema import Schema, conform, validate
from milaid.tables.source_files import SOURCES_OF_TABLES

_YEAR_FILE = re.compile(r"fy(\d{4})\.parquet")


def available_years() -> tuple[int, ...]:
    """Return the fiscal years with a file of activities, ascending; empty when none is there."""
    found = (_YEAR_FILE.fullmatch(path.name) for path in trainings_dir().glob("fy*.parquet"))
    return tuple(sorted(int(match.group(1)) for match in found if match))


def require_year(fiscal_year: int) -> int:
    """Return ``fiscal_year`` when it has data; else raises RequestError with the years that do."""
    years = available_years()
    if not years:
        raise RequestError(f"no activities in {trainings_dir()}; run `make data` to build them")
    if fiscal_year not in years:
        nearest = min(years, key=lambda year: (abs(year - fiscal_year), -year))
        raise RequestError(
            f"no data for fiscal year {fiscal_year}; years with data: {_year_list(years)}; nearest: {nearest}"
        )
    return fiscal_year


def load_trainings(
    fiscal_years: int | Iterable[int] | None = None, status: str | None = "actual"
) -> pd.DataFrame:
    """Return activities, one row each, with the columns of ``schemas.TRAININGS``.

    ``fiscal_years``: the year that an edition reports as done, several, or None for all; planned activities are
    those of its edition, for the year after. ``status``: "actual", "planned", or None for both.
    Raises RequestError for a year without data or an unknown status.
    """
    if status is not None and status not in schemas.STATUSES:
        hint = spelling.hint(str(status), schemas.STATUSES)
        raise RequestError(f"unknown status {status!r}; allowed: {', '.join(schemas.STATUSES)}{hint}")
    wanted = [int(fiscal_years)] if isinstance(fiscal_years, Integral | int) else fiscal_years
    years = available_years() if wanted is None else sorted({require_year(int(year)) for year in wanted})
    if not years:
        raise RequestError(f"no activities to load from {trainings_dir()}; run `make data` to build them")
    parts = [_read(trainings_dir() / f"fy{year}.parquet", schemas.TRAININGS) for year in years]
    frame = pd.concat(parts, ignore_index=True)
    return frame if status is None else frame[frame["status"] == status].reset_index(drop=True)


def load_totals() -> pd.DataFrame:
    """Return every printed total, with the columns of ``schemas.TRAININGS_TOTALS``."""
    return _load(data_dir() / "trainings_totals.parquet", schemas.TRAININGS_TOTALS)


def load_deflator() -> pd.DataFrame:
    """Return the GDP deflator by fiscal year, with the columns of ``schemas.DEFLATOR``."""
    return _load(data_dir() / "deflator.csv", schemas.DEFLATOR)


def load_boundaries() -> pd.DataFrame:
    """Return the outlines of countries, with the columns of ``schemas.BOUNDARIES``."""
    return _load(data_dir() / "boundaries.parquet", schemas.BOUNDARIES)


def load_aid() -> pd.DataFrame:
    """Return economic and military aid FY1946 to FY2020, with the columns of ``schemas_aid.AID``.

    A sum over fiscal years leaves out the transition quarter, or says that it holds it: see ``period``.
    """
    return _load_beside("aid.parquet", schemas_aid.AID)


def load_aid_country_totals() -> pd.DataFrame:
    """Return all aid by country and fiscal year, with the columns of ``schemas_aid.AID_COUNTRY_TOTALS``."""
    return _load_beside("aid_country_totals.parquet", schemas_aid.AID_COUNTRY_TOTALS)


def load_foreignassistance() -> pd.DataFrame:
    """Return aid added up from the complete file, with the columns of ``schemas_aid.FOREIGNASSISTANCE``.

    No rows where that table has not been made: see ``milaid data add-aid``. It is a series of its own, later and
    revised: its dollars are never added to those of the Greenbook, nor is a line drawn from one to the other.
    """
    return _load_beside("foreignassistance.parquet", schemas_aid.FOREIGNASSISTANCE)


def load_population() -> pd.DataFrame:
    """Return population by calendar year, with the columns of ``schemas_aid.POPULATION``."""
    return _load_beside("population.csv", schemas_aid.POPULATION)


def load_gdp() -> pd.DataFrame:
    """Return gross domestic product by calendar year, with the columns of ``schemas_aid.GDP``."""
    return _load_beside("gdp.csv", schemas_aid.GDP)


def load_aid_recipients() -> pd.DataFrame:
    """Return the recipient names of the files on aid, with the columns of ``schemas_aid.AID_RECIPIENTS``."""
    return _load(reference_dir() / "aid_recipients.csv", schemas_aid.AID_RECIPIENTS)


def load_aid_accounts() -> pd.DataFrame:
    """Return the funding accounts of the Greenbook, with the columns of ``schemas_aid.AID_ACCOUNTS``."""
    return _load(reference_dir() / "aid_accounts.csv", schemas_aid.AID_ACCOUNTS)


def load_world_bank_aggregates() -> pd.DataFrame:
    """Return the groups of countries left out, with the columns of ``schemas_aid.WORLD_BANK_AGGREGATES``."""
    return _load(reference_dir() / "world_bank_aggregates.csv", schemas_aid.WORLD_BANK_AGGREGATES)


def load_countries() -> pd.DataFrame:
    """Return the recipient names, with the columns of ``schemas.COUNTRIES``."""
    return _load(reference_dir() / "countries.csv", schemas.COUNTRIES)


def load_programs() -> pd.DataFrame:
    """Return the programs, with the columns of ``schemas.PROGRAMS``."""
    return _load(reference_dir() / "programs.csv", schemas.PROGRAMS)


def load_guide_programs() -> pd.DataFrame:
    """Return the programs that Section IV does not list, with the columns of ``schemas.GUIDE_PROGRAMS``."""
    return _load(reference_dir() / "guide_programs.csv", schemas.GUIDE_PROGRAMS)


def load_program_accounts() -> pd.DataFrame:
    """Return the accounts of the Greenbook by program, with the columns of ``schemas.PROGRAM_ACCOUNTS``."""
    return _load(reference_dir() / "program_accounts.csv", schemas.PROGRAM_ACCOUNTS)


def load_program_texts() -> pd.DataFrame:
    """Return the texts on programs, with the columns of ``schemas.PROGRAM_TEXTS``."""
    return _load(reference_dir() / "program_texts.csv", schemas.PROGRAM_TEXTS)


def load_laws() -> pd.DataFrame:
    """Return the laws that govern the field, with the columns of ``schemas.LAWS``."""
    return _load(reference_dir() / "laws.csv", schemas.LAWS)


def load_program_labels() -> pd.DataFrame:
    """Return the printed program labels, with the columns of ``schemas.PROGRAM_LABELS``."""
    return _load(reference_dir() / "program_labels.csv", schemas.PROGRAM_LABELS)


def load_known_issues() -> pd.DataFrame:
    """Return the known faults of the documents, with the columns of ``schemas.KNOWN_ISSUES``."""
    return _load(reference_dir() / "known_issues.csv", schemas.KNOWN_ISSUES)


def load_published_figures() -> pd.DataFrame:
    """Return the totals that others published, with the columns of ``schemas.PUBLISHED_FIGURES``."""
    return _load(reference_dir() / "published_figures.csv", schemas.PUBLISHED_FIGURES)


def load_series_breaks() -> pd.DataFrame:
    """Return gaps, breaks and changes of the series, with the columns of ``schemas.SERIES_BREAKS``."""
    return _load(reference_dir() / "series_breaks.csv", schemas.SERIES_BREAKS)


def load_edition_fields() -> pd.DataFrame:
    """Return the columns that each edition prints, with the columns of ``schemas.EDITION_FIELDS``."""
    return _load(reference_dir() / "edition_fields.csv", schemas.EDITION_FIELDS)


def load_documents() -> pd.DataFrame:
    """Return the official documents, with the columns of ``schemas.DOCUMENTS``."""
    return _load(reference_dir() / "documents.csv", schemas.DOCUMENTS)


def load_other_sources() -> pd.DataFrame:
    """Return the other official files, with the columns of ``schemas.OTHER_SOURCES``."""
    return _load(reference_dir() / "other_sources.csv", schemas.OTHER_SOURCES)


def load_unread_values() -> pd.DataFrame:
    """Return the cells that hold no readable value, with the columns of ``schemas.UNREAD_VALUES``."""
    return _load(data_dir() / "unread_values.csv", schemas.UNREAD_VALUES)


def load_arms_sales() -> pd.DataFrame:
    """Return agreements of Foreign Military Sales, with the columns of ``schemas_arms.ARMS_SALES``.

    Rows of a fiscal year, and rows of the block of years before, whose ``fiscal_year`` is missing.
    """
    return _load_beside("arms_sales.parquet", schemas_arms.ARMS_SALES)


def load_arms_sales_totals() -> pd.DataFrame:
    """Return the printed totals of agreements, with the columns of ``schemas_arms.ARMS_SALES_TOTALS``."""
    return _load_beside("arms_sales_totals.parquet", schemas_arms.ARMS_SALES_TOTALS)


def load_excess_defense_articles() -> pd.DataFrame:
    """Return excess articles requested, with the columns of ``schemas_arms.EXCESS_DEFENSE_ARTICLES``.

    Most were never delivered; ``status`` says how far each transfer has come.
    """
    return _load_beside("excess_defense_articles.parquet", schemas_arms.EXCESS_DEFENSE_ARTICLES)


def load_arms_recipients() -> pd.DataFrame:
    """Return the recipient names of the files on arms, with the columns of ``schemas_arms.ARMS_RECIPIENTS``."""
    return _load(reference_dir() / "arms_recipients.csv", schemas_arms.ARMS_RECIPIENTS)


def load_arms_known_issues() -> pd.DataFrame:
    """Return the known faults of the sales book, with the columns of ``schemas_arms.ARMS_KNOWN_ISSUES``."""
    return _load(reference_dir() / "arms_known_issues.csv", schemas_arms.ARMS_KNOWN_ISSUES)


def load_eda_oddities() -> pd.DataFrame:
    """Return the oddities of the excess articles, with the columns of ``schemas_arms.EDA_ODDITIES``."""
    return _load(reference_dir() / "eda_oddities.csv", schemas_arms.EDA_ODDITIES)


def load_places() -> pd.DataFrame:
    """Return the words that place a training, with the columns of ``schemas.PLACES``."""
    return _load(reference_dir() / "places.csv", schemas.PLACES)


def load_us_states() -> pd.DataFrame:
    """Return names and codes of US states, with the columns of ``schemas.US_STATES``."""
    return _load(reference_dir() / "us_states.csv", schemas.US_STATES)


def load_institutions() -> pd.DataFrame:
    """Return the training institutions, with the columns of ``schemas.INSTITUTIONS``."""
    return _load(reference_dir() / "institutions.csv", schemas.INSTITUTIONS)


def load_institution_names() -> pd.DataFrame:
    """Return the spellings of training institutions, with the columns of ``schemas.INSTITUTION_NAMES``."""
    return _load(reference_dir() / "institution_names.csv", schemas.INSTITUTION_NAMES)


def load_unit_words() -> pd.DataFrame:
    """Return the texts that name no unit, with the columns of ``schemas.UNIT_WORDS``."""
    return _load(reference_dir() / "unit_words.csv", schemas.UNIT_WORDS)


def _load_beside(file: str, schema: Schema) -> pd.DataFrame:
    """Return a table of data/ that a project can do without; no rows where it is not there and no source is listed.

    Who lists the official file of a table in other_sources.csv wants the table: that it is missing is an error.
    """
    path = data_dir() / file
    if path.is_file() or _sources_listed(file):
        return _load(path, schema)
    return conform(pd.DataFrame(columns=list(schema.columns)), schema)


def _sources_listed(file: str) -> bool:
    sources = SOURCES_OF_TABLES.get(file)
    return sources is not None and set(sources) <= set(load_other_sources()["path"])


def _load(path: Path, schema: Schema) -> pd.DataFrame:
    return _read(path, schema).copy()


def _read(path: Path, schema: Schema) -> pd.DataFrame:
    """Return the cached frame of a file; never handed out without a copy."""
    try:
        stamp = path.stat()
    except FileNotFoundError as error:
        raise RequestError(
            f"table {schema.name!r} is missing: {path}; run `make data` to build it"
        ) from error
    return _read_stamped(path, schema.name, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=64)
def _read_stamped(path: Path, schema_name: str, modified: int, size: int) -> pd.DataFrame:
    return read_file(path, schemas.SCHEMAS[schema_name])


def read_file(path: Path, schema: Schema) -> pd.DataFrame:
    """Return one file of data/ as its schema says, without keeping it; DataError when it does not fit."""
    try:
        if path.suffix == ".parquet":
            raw = pq.read_table(path, partitioning=None).to_pandas(date_as_object=False)
        else:
            raw = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
        frame = conform(raw, schema)
        validate(frame, schema)
    except DataError as error:
        raise DataError(f"{path}: {error}") from error
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read as table {schema.name!r}: {error}") from error
    return frame


def _year_list(years: tuple[int, ...]) -> str:
    """Return ascending years as ranges: 2007–2010, 2012."""
    ranges: list[tuple[int, int]] = []
    for year in years:
        if ranges and year == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], year)
        else:
            ranges.append((year, year))
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ranges)
