"""Loading the tidy tables from the data directory.

``load_programs()`` and its like are one line each in the list below. A project need not have the tables beside the
training report, on aid, arms and population: where its file is not there and no source of it is listed, such a
table has no rows, and what is made from it says so. Tables are read once per process and file; every call returns a
frame of its own, so that a caller may change it freely. A file that was replaced is read again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from numbers import Integral
from operator import and_
from pathlib import Path
from typing import TypeAlias

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from milaid import fiscal, spelling
from milaid.errors import DataError, RequestError
from milaid.handwritten import is_plain, read_sheet
from milaid.paths import data_dir, trainings_dir, without_data
from milaid.tables import (
    digests,
    schemas,
    schemas_aid,
    schemas_arms,
    schemas_names,
    schemas_notifications,
    schemas_people,
)
from milaid.tables.columnwise import ColumnReader
from milaid.tables.digests import is_as_built, require_as_built
from milaid.tables.edited import require_fit
from milaid.tables.naming.years import year_choices
from milaid.tables.schema import Schema, conform, from_arrow, validate
from milaid.tables.schemas_trainings import STATUSES
from milaid.tables.source_files import SOURCES_OF_TABLES

Stamp: TypeAlias = tuple[Path, digests.Stamp]
"""A file, and what tells one content of it from another."""

_MOST_SHORT_CODES = 2**15
_YEAR_FILE = re.compile(r"fy(\d{4})\.parquet")


def available_years() -> tuple[int, ...]:
    """Return the fiscal years with a file of activities, ascending; empty when none is there.

    Raises DataError where they are not those that were built.
    """
    require_as_built()
    folder = trainings_dir()
    # Asked for at every call: a pattern of pathlib takes longer than to list the folder.
    files = folder.iterdir() if folder.is_dir() else ()
    found = (_YEAR_FILE.fullmatch(path.name) for path in files)
    return tuple(sorted(int(match.group(1)) for match in found if match))


def require_years() -> tuple[int, ...]:
    """Return the fiscal years with a file of activities, ascending; raises RequestError where there is none."""
    if not (years := available_years()):
        raise RequestError(f"no activities in {trainings_dir()}; {without_data()}")
    return years


def require_year(fiscal_year: int | str) -> int:
    """Return a fiscal year when it has data; else raises RequestError with the years that do.

    A text is read as people write years (:func:`milaid.tables.naming.years.resolve_fiscal_year`).
    """
    try:
        return int(year_choices(require_years()).read(fiscal_year))
    except ValueError as problem:
        raise RequestError(str(problem)) from problem


def load_trainings(
    fiscal_years: int | Iterable[int] | None = None,
    status: str | None = "actual",
    columns: Iterable[str] | None = None,
    where: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return activities, one row each, with the columns of ``schemas.TRAININGS``.

    ``fiscal_years``: the year that an edition reports as done, several, or None for all; planned activities are
    those of its edition, for the year after. ``status``: "actual", "planned", or None for both. ``columns``: only
    these, in the order of the schema; ``where``: only rows that have these values, such as ``{"recipient": "Mali"}``.
    Raises RequestError for a year without data, an unknown status or an unknown column.
    """
    names = _known_columns(None if columns is None else [*columns])
    conditions = tuple((where or {}).items())
    _known_columns([name for name, _ in conditions])
    if status is not None and status not in STATUSES:
        hint = spelling.hint(str(status), STATUSES)
        raise RequestError(f"unknown status {status!r}; allowed: {', '.join(STATUSES)}{hint}")
    wanted = [int(fiscal_years)] if isinstance(fiscal_years, Integral | int) else fiscal_years
    years = available_years() if wanted is None else sorted({require_year(int(year)) for year in wanted})
    if not years:
        raise RequestError(f"no activities to load from {trainings_dir()}; {without_data()}")
    return _chosen(stamps_of_trainings(years), status, names, conditions)


def columns_of_activities(*columns: str) -> pd.DataFrame:
    """Return columns of all activities that were done, of which nothing is kept: for what is made once in a process.

    Raises what :func:`load_trainings` does.
    """
    read = column_reader()
    return pd.DataFrame({name: read(name) for name in _known_columns(columns)}, copy=False)


def column_reader() -> Callable[[str], pd.Series]:
    """Return what reads a column of all activities that were done, at once where the files are as they were built."""
    paths = [trainings_dir() / f"fy{year}.parquet" for year in require_years()]
    if all(map(is_as_built, paths)):
        return ColumnReader(paths, {"status": ("actual",)}).column
    return lambda name: load_trainings(columns=[name])[name]


def _known_columns(wanted: Sequence[str] | None) -> tuple[str, ...]:
    """Return the columns wanted of the activities in the order of the schema, by default all."""
    known = schemas.TRAININGS.columns
    if wanted is None:
        return tuple(known)
    problems = [f"{name!r}{spelling.hint(str(name), known)}" for name in wanted if name not in known]
    if problems:
        raise RequestError(
            f"no such column of the activities: {', '.join(problems)}; there are {', '.join(known)}"
        )
    return tuple(name for name in known if name in wanted)


def stamps_of_trainings(years: Iterable[int] | None = None) -> tuple[Stamp, ...]:
    """Return the state of the files of activities, of all years by default: to tell whether they were replaced."""
    chosen = available_years() if years is None else years
    return tuple(_stamp(trainings_dir() / f"fy{year}.parquet", schemas.TRAININGS) for year in chosen)


def _chosen(
    stamps: tuple[Stamp, ...],
    status: str | None,
    columns: tuple[str, ...],
    conditions: tuple[tuple[str, str], ...],
) -> pd.DataFrame:
    """Return the activities of these files in one frame, of which nothing is kept: it takes more room than the files."""
    if status is not None:
        conditions = (("status", status), *conditions)
    tables = []
    asked = {*columns, *(name for name, _ in conditions)}
    for stamp in stamps:
        table = _coded(stamp)
        if len(asked) < len(table.column_names):
            table = table.select([name for name in table.column_names if name in asked])
        if conditions:
            table = table.filter(reduce(and_, (pc.field(name) == value for name, value in conditions)))
        tables.append(table)
    schema = schemas.TRAININGS.only(columns)
    if len(columns) < len(schemas.TRAININGS.columns):
        tables = [table.select([name for name in columns if name in table.column_names]) for table in tables]
    # Most columns of text say few different things; one conversion of all years costs a third of one for each.
    if all(table.schema.equals(tables[0].schema) for table in tables):
        return from_arrow(pa.concat_tables(tables), schema)
    return pd.concat([from_arrow(table, schema) for table in tables], ignore_index=True)


@lru_cache(maxsize=64)
def _coded(stamp: Stamp) -> pa.Table:
    """Return the activities of a file, its columns of text as numbers into a list of what they say.

    So all years take a quarter of the room that they take as frames, and a choice of rows or columns costs little.
    """
    require_as_built()
    table = _read_parquet(stamp[0], schemas.TRAININGS)
    if not is_as_built(stamp[0]):
        read_file(stamp[0], schemas.TRAININGS)
        _require_year(stamp[0], table)
    return _with_short_codes(table)


def _require_year(path: Path, table: pa.Table) -> None:
    """Raise DataError where a file of activities holds another edition than the one that its name says."""
    named = {fiscal.edition(int(match.group(1))) for match in _YEAR_FILE.finditer(path.name)}
    if others := sorted(set(pc.unique(table["edition"]).to_pylist()) - named):
        raise DataError(
            f"{path}: holds the edition {', '.join(others)}, not the one that its name says; put it back as it was, or "
            "build it from the documents with `milaid data` (`make data`)"
        )


def _with_short_codes(table: pa.Table) -> pa.Table:
    """Return a table with codes of two bytes where it has so few rows that they can tell all values apart."""
    if table.num_rows > _MOST_SHORT_CODES:
        return table
    columns = []
    for column in table.combine_chunks().columns:
        if pa.types.is_dictionary(column.type):
            codes = column.chunk(0)
            column = pa.DictionaryArray.from_arrays(codes.indices.cast(pa.int16()), codes.dictionary)
        columns.append(column)
    return pa.table(columns, names=table.column_names)


@dataclass(frozen=True)
class Loader:
    """One table of data/, loaded when it is called: where its file lies below data/, and the columns it has.

    ``beside`` is True for a table that a project can do without; see the module.
    """

    place: str
    schema: Schema
    beside: bool = False

    def __call__(self) -> pd.DataFrame:
        """Return the rows with the columns of the schema.

        Raises RequestError where the file is missing, DataError where it does not fit its schema.
        """
        stamp = self.stamp()
        kept = _without_rows(self.schema.name) if stamp is None else _read_stamped(stamp, self.schema.name)
        # Never handed out as it is kept.
        return kept.copy(deep=False)

    def stamp(self) -> Stamp | None:
        """Return the state of the file, None where the project does without the table; RequestError where it is missing."""
        path = data_dir() / self.place
        if self.beside and not path.is_file() and not _sources_listed(self.place):
            return None
        return _stamp(path, self.schema)


# What was read from the documents, and the documents.
load_totals = Loader("trainings_totals.parquet", schemas.TRAININGS_TOTALS)
load_unread_values = Loader("unread_values.csv", schemas.UNREAD_VALUES)
load_row_boxes = Loader("row_boxes.parquet", schemas.ROW_BOXES)
load_known_issues = Loader("reference/known_issues.csv", schemas.KNOWN_ISSUES)
load_other_country_rows = Loader("reference/other_country_rows.csv", schemas.OTHER_COUNTRY_ROWS)
load_edition_fields = Loader("reference/edition_fields.csv", schemas.EDITION_FIELDS)
load_series_breaks = Loader("reference/series_breaks.csv", schemas.SERIES_BREAKS)
load_events = Loader("reference/events.csv", schemas.EVENTS)
load_published_figures = Loader("reference/published_figures.csv", schemas.PUBLISHED_FIGURES)
load_documents = Loader("reference/documents.csv", schemas.DOCUMENTS)
load_other_sources = Loader("reference/other_sources.csv", schemas.OTHER_SOURCES)

# Persons whom the documents name.
load_withheld = Loader("reference/withheld.csv", schemas_people.WITHHELD)
load_not_personal = Loader("reference/not_personal.csv", schemas_people.NOT_PERSONAL)

# Programs and laws.
load_programs = Loader("reference/programs.csv", schemas.PROGRAMS)
load_program_labels = Loader("reference/program_labels.csv", schemas.PROGRAM_LABELS)
load_program_accounts = Loader("reference/program_accounts.csv", schemas.PROGRAM_ACCOUNTS)
load_program_texts = Loader("reference/program_texts.csv", schemas.PROGRAM_TEXTS)
load_guide_programs = Loader("reference/guide_programs.csv", schemas.GUIDE_PROGRAMS)
load_laws = Loader("reference/laws.csv", schemas.LAWS)

# Recipients, places and institutions.
load_countries = Loader("reference/countries.csv", schemas.COUNTRIES)
load_boundaries = Loader("boundaries.parquet", schemas.BOUNDARIES)
load_places = Loader("reference/places.csv", schemas.PLACES)
load_us_states = Loader("reference/us_states.csv", schemas.US_STATES)
load_institutions = Loader("reference/institutions.csv", schemas.INSTITUTIONS)
load_institution_names = Loader("reference/institution_names.csv", schemas.INSTITUTION_NAMES)
load_course_extensions = Loader("reference/course_extensions.csv", schemas.COURSE_EXTENSIONS)
load_unit_words = Loader("reference/unit_words.csv", schemas.UNIT_WORDS)

load_country_names = Loader("reference/country_names.csv", schemas_names.COUNTRY_NAMES)
load_demonyms = Loader("reference/demonyms.csv", schemas_names.DEMONYMS)
load_region_names = Loader("reference/region_names.csv", schemas_names.REGION_NAMES)

# Prices, aid, population and output.
load_deflator = Loader("deflator.csv", schemas.DEFLATOR)
load_aid = Loader("aid.parquet", schemas_aid.AID, beside=True)
"""A sum over fiscal years leaves out the transition quarter, or says that it holds it: see ``period``."""
load_aid_country_totals = Loader("aid_country_totals.parquet", schemas_aid.AID_COUNTRY_TOTALS, beside=True)
load_foreignassistance = Loader("foreignassistance.parquet", schemas_aid.FOREIGNASSISTANCE, beside=True)
"""No rows where that table has not been made: see ``milaid data add-aid``.

It is a series of its own, later and revised: its dollars are never added to those of the Greenbook, nor is a line
drawn from one to the other.
"""
load_population = Loader("population.csv", schemas_aid.POPULATION, beside=True)
load_gdp = Loader("gdp.csv", schemas_aid.GDP, beside=True)
load_aid_recipients = Loader("reference/aid_recipients.csv", schemas_aid.AID_RECIPIENTS)
load_aid_accounts = Loader("reference/aid_accounts.csv", schemas_aid.AID_ACCOUNTS)
load_world_bank_aggregates = Loader("reference/world_bank_aggregates.csv", schemas_aid.WORLD_BANK_AGGREGATES)

# Arms.
load_arms_sales = Loader("arms_sales.parquet", schemas_arms.ARMS_SALES, beside=True)
"""Rows of a fiscal year, and rows of the block of years before, whose ``fiscal_year`` is missing."""
load_arms_sales_totals = Loader("arms_sales_totals.parquet", schemas_arms.ARMS_SALES_TOTALS, beside=True)
load_excess_defense_articles = Loader(
    "excess_defense_articles.parquet", schemas_arms.EXCESS_DEFENSE_ARTICLES, beside=True
)
"""Most were never delivered; ``status`` says how far each transfer has come."""
load_arms_notifications = Loader(
    "arms_notifications.parquet", schemas_notifications.ARMS_NOTIFICATIONS, beside=True
)
"""No rows where that table has not been made: see ``milaid data add-notifications``. Offers are no agreements."""
load_arms_recipients = Loader("reference/arms_recipients.csv", schemas_arms.ARMS_RECIPIENTS)
load_arms_known_issues = Loader("reference/arms_known_issues.csv", schemas_arms.ARMS_KNOWN_ISSUES)
load_eda_oddities = Loader("reference/eda_oddities.csv", schemas_arms.EDA_ODDITIES)


def _sources_listed(place: str) -> bool:
    """Return whether other_sources.csv lists the official files of a table: who lists them wants the table."""
    sources = SOURCES_OF_TABLES.get(place)
    return sources is not None and set(sources) <= set(load_other_sources()["path"])


def _stamp(path: Path, schema: Schema) -> Stamp:
    """Return what tells one state of a file from another; RequestError where the file is missing."""
    try:
        return path, digests.stamp_of(path)
    except FileNotFoundError as error:
        require_as_built()
        raise RequestError(f"table {schema.name!r} is missing: {path}; {without_data()}") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read as table {schema.name!r}: {error.strerror}") from error


@lru_cache(maxsize=8)
def _without_rows(schema_name: str) -> pd.DataFrame:
    schema = schemas.SCHEMAS[schema_name]
    return conform(pd.DataFrame(columns=list(schema.columns)), schema)


@lru_cache(maxsize=64)
def _read_stamped(stamp: Stamp, schema_name: str) -> pd.DataFrame:
    require_as_built()
    return read_file(stamp[0], schemas.SCHEMAS[schema_name])


def read_file(path: Path, schema: Schema) -> pd.DataFrame:
    """Return one file of data/ as its schema says, without keeping it; DataError when it does not fit.

    A file that is as it was built was checked then, and is not checked again.
    """
    if path.suffix == ".parquet":
        table = _read_parquet(path, schema)
        return _checked(path, schema, lambda: from_arrow(table, schema))
    return _checked(path, schema, lambda: conform(_read_csv(path, schema), schema))


def _read_csv(path: Path, schema: Schema) -> pd.DataFrame:
    if is_as_built(path) and is_plain(path):
        return pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    sheet = read_sheet(path)
    require_fit(sheet, path, schema)
    return pd.DataFrame([*sheet.rows], columns=[*sheet.columns], dtype="str").replace("", None)


def _read_parquet(path: Path, schema: Schema) -> pa.Table:
    try:
        # Not by pq.read_table, which looks for a dataset around the file first.
        stored = pq.read_schema(path).names
        text = [field.name for field in schema.fields if field.kind == "text" and field.name in stored]
        # Columns of text say few different things: as numbers into a list of them they take a tenth of the room.
        return pq.ParquetFile(path, read_dictionary=text).read(use_threads=False)
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"{path}: cannot be read as table {schema.name!r}: {error}") from error


def _checked(path: Path, schema: Schema, make: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Return what ``make`` gives of a file, after a check against the schema where it is not as it was built."""
    try:
        frame = make()
        if not is_as_built(path):
            validate(frame, schema)
    except DataError as error:
        named = str(path) in str(error)
        raise DataError(str(error) if named else f"{path}: {error}") from error
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read as table {schema.name!r}: {error}") from error
    return frame
