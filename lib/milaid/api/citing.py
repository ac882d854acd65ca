"""Where each row stands: a citation in words and the official page."""

from __future__ import annotations

import pandas as pd

from milaid.blocks import numbers
from milaid.errors import RequestError
from milaid.exhibits import other_sources
from milaid.paths import trainings_dir
from milaid.tables import citation, store
from milaid.tables.columnwise import read_activities

_NEEDED = ("edition", "region", "document", "page", "row_on_page", "printed_page")
CITED = ("citation", "source_url")


def cite(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with citation and source_url: the report, edition, region and page, and the official address there.

    Takes activities (by row_id, or document and page), lines of aid (by sheet_row), agreements (by page) and excess
    articles (by file_row). Raises RequestError for a frame whose rows say not where they stand, such as totals: cite
    the rows behind them.

    >>> import milaid as m
    >>> cited = m.cite(m.trainings("Mali", years=2020, columns=["row_id", "course_title"]).head(1))
    >>> cited["citation"][0]
    'Foreign Military Training Report 2020-2021, Volume I, Section IV, Africa, p. 36'
    >>> cited["source_url"][0].partition("#")[2]
    'page=36'
    """
    if set(_NEEDED) <= set(frame.columns):
        made = citation.cited(frame[list(_NEEDED)], store.load_documents())
        return frame.assign(**{name: made[name] for name in CITED})
    if "row_id" in frame.columns:
        return _by_row_id(frame)
    for column, path, unit in _OTHER:
        if column in frame.columns and (column != "page" or "total_agreements_usd" in frame.columns):
            return _by_number(frame, column, path, unit)
    raise RequestError(
        "m.cite: no column says where a row stands (row_id; document and page; sheet_row; file_row): cite the rows behind "
        f"such numbers, as m.trainings(...) gives them; there are {', '.join(map(str, frame.columns))}"
    )


_OTHER = (
    ("sheet_row", other_sources.GREENBOOK, "row {} of the sheet"),
    ("file_row", other_sources.EXCESS_REPORT, "row {} of the file"),
    ("page", other_sources.SALES_BOOK, "page {}"),
)


def _by_row_id(frame: pd.DataFrame) -> pd.DataFrame:
    """Return activities cited by their identifier, which begins with the edition."""
    editions = set(frame["row_id"].dropna().str.partition("/")[0])
    years = [year for year in store.available_years() if f"{year}-{year + 1}" in editions]
    paths = [trainings_dir() / f"fy{year}.parquet" for year in years]
    if not paths:
        raise RequestError(f"m.cite: no edition is known for row_id {frame['row_id'].iloc[:1].to_list()}")
    rows = read_activities(paths, [*_NEEDED, "row_id"], {})
    rows = rows[rows["row_id"].isin(set(frame["row_id"]))]
    made = citation.cited(rows, store.load_documents()).set_index("row_id")
    unknown = sorted(set(frame["row_id"].dropna()) - set(made.index))
    if unknown:
        raise RequestError(f"m.cite: no activity has the row_id {', '.join(map(repr, unknown[:3]))}")
    return frame.assign(**{name: frame["row_id"].map(made[name]) for name in CITED})


def _by_number(frame: pd.DataFrame, column: str, path: str, unit: str) -> pd.DataFrame:
    source = other_sources.cite(path)
    places = frame[column].map(lambda number: unit.format(numbers.integer(number)), na_action="ignore")
    anchor = (
        "#page=" + frame[column].astype("str")
        if column == "page" and str(source.url).endswith(".pdf")
        else ""
    )
    return frame.assign(
        citation=f"{source.text}, " + places.astype("str"), source_url=str(source.url) + anchor
    )
