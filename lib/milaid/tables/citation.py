"""Where a row stands: an identifier that lasts, a citation in words, and the official address with its page."""

from __future__ import annotations

import pandas as pd

from milaid.errors import DataError, list_problems

REPORT = "Foreign Military Training Report"
SECTION = "Volume I, Section IV"
PDF = ".pdf"


def identified(activities: pd.DataFrame) -> pd.DataFrame:
    """Return activities with row_id, such as ``2014-2015/243029.pdf/p14/r12``.

    It is made of edition, document, page and row_on_page and of nothing else. Rows are numbered as they are
    read from a page, before corrections: a correction that drops a row, a name that is harmonised
    otherwise, or one more edition leaves every other identifier as it was. Only a parser that reads other
    rows on a page renumbers the rows of that page.
    """
    return activities.assign(
        row_id=activities["edition"]
        + "/"
        + activities["document"]
        + "/p"
        + activities["page"].astype("str")
        + "/r"
        + activities["row_on_page"].astype("str")
    )


def cited(activities: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Return activities with row_id, citation, official_page and source_url, the columns of ``schemas.CITED_TRAININGS``.

    In: activities and ``schemas.DOCUMENTS``. The address ends in ``#page=N`` where the row's page of the
    official file is known: for an official PDF, and for pages cut out of one whose first page is known
    (``first_page_in_official_file``). A web page has no pages. Raises DataError with every document that
    is not listed.
    """
    listed = documents.set_index("file")
    unknown = sorted(set(activities["document"]) - set(listed.index))
    if unknown:
        advice = "List each with its address in data/reference/documents.csv."
        raise DataError(list_problems("Documents of rows that documents.csv does not list:", unknown, advice))
    page = official_page(activities, documents)
    return identified(activities).assign(
        citation=f"{REPORT} "
        + activities["edition"]
        + f", {SECTION}, "
        + activities["region"]
        + ", "
        + _place(activities, page),
        official_page=page,
        source_url=source_url(activities, documents),
    )


def source_url(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """Return for rows of document and page the official address, null without one; ``#page=N`` as :func:`cited` has it."""
    page = official_page(rows, documents)
    anchor = ("#page=" + page.astype("str")).where(page.notna(), "")
    return rows["document"].map(documents.set_index("file")["url"]) + anchor


def official_page(activities: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """Return for each row its page of the official file as Int64, null where there is none or it is not known."""
    listed = documents.set_index("file")
    whole_file = (listed["kind"] == "official file").map({True: 1, False: pd.NA}).astype("Int64")
    first = listed["first_page_in_official_file"].astype("Int64").fillna(whole_file)
    first = first.where(first.index.str.endswith(PDF))
    return activities["document"].map(first).astype("Int64") + activities["page"].astype("Int64") - 1


def _place(activities: pd.DataFrame, page: pd.Series) -> pd.Series:
    """Return where the row stands in words: the printed page, and the page of the file where it is another."""
    printed = activities["printed_page"]
    counted = page.astype("str")
    in_extract = "page " + activities["page"].astype("str") + " of " + activities["document"]
    without_number = ("page " + counted + " of the official file").where(page.notna(), in_extract)
    with_number = "p. " + printed.astype("str")
    differs = page.notna() & (counted != printed)
    with_number = with_number.where(~differs, with_number + " (page " + counted + " of the official file)")
    place = with_number.where(printed.notna(), without_number)
    return place.where(
        activities["document"].str.endswith(PDF), "web page " + activities["document"].astype("str")
    )
