"""Agreements and printed totals of the book as tidy rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from milaid.sources.sales_book.book import Book, Recipient, read_book
from milaid.sources.sales_book.measures import FMF, FMS, TOTAL, WORLD


def read_sales(path: Path) -> pd.DataFrame:
    """Return agreements by recipient and period: one row for each fiscal year and for the block of years before.

    Columns as ``schemas_arms.ARMS_SALES`` without those that reference tables add. ``total_agreements_usd`` of a
    fiscal year is the sum of its two parts; of the block it is the printed total, which has no parts. Raises
    SourceError with page and expectation when the file is no Historical Sales Book in the known layout.
    """
    book = read_book(path)
    rows = [row for recipient in book.recipients for row in _rows(recipient, book)]
    frame = pd.DataFrame(rows)
    amounts = {name: "Int64" for name in frame.columns if name.endswith("_usd")}
    return frame.astype({"fiscal_year": "Int16", **amounts})


def read_sales_totals(path: Path) -> pd.DataFrame:
    """Return every total that the book prints, one row a total, as ``schemas_arms.ARMS_SALES_TOTALS``.

    Errors as with :func:`read_sales`.
    """
    book = read_book(path)
    rows = [row for recipient in book.recipients for row in _totals(recipient, book, "recipient")]
    return pd.DataFrame([*rows, *_totals(book.world, book, WORLD)])


def _rows(recipient: Recipient, book: Book) -> Iterator[dict[str, object]]:
    command, region, continent = recipient.described
    for column, period in enumerate(book.periods):
        printed = {measure: cells[column] for measure, cells in recipient.amounts.items() if column in cells}
        if period.all_years or not printed:
            continue
        block = period.first != period.last
        parts = [printed.get(FMS), printed.get(FMF)]
        yield {
            "edition_fiscal_year": book.edition,
            "recipient": recipient.name,
            "combatant_command": command,
            "region": region,
            "continent": continent,
            "fiscal_year": None if block else period.first,
            "first_fiscal_year": period.first,
            "last_fiscal_year": period.last,
            "fms_agreements_usd": None if block else parts[0],
            "fmf_funded_agreements_usd": None if block else parts[1],
            "total_agreements_usd": printed.get(TOTAL) if block else sum(part or 0 for part in parts),
            "footnote": recipient.footnote,
            "page": recipient.page,
            "printed_page": recipient.printed_page,
            "heading_page": recipient.heading_page,
        }


def _totals(recipient: Recipient, book: Book, level: str) -> Iterator[dict[str, object]]:
    """Yield the printed totals of a recipient, or of the world, whose every number is one.

    Of a recipient, its total line is a total in the fiscal years, each of its lines in the column of all years.
    """
    for measure, cells in recipient.amounts.items():
        for column, amount in cells.items():
            period = book.periods[column]
            is_year = period.first == period.last
            if level == "recipient" and not (period.all_years or (is_year and measure == TOTAL)):
                continue
            # The lines of FMS and FMF have no block, so their column of all years begins where it ends.
            without_block = period.all_years and measure != TOTAL
            yield {
                "edition_fiscal_year": book.edition,
                "level": level,
                "recipient": None if level == WORLD else recipient.name,
                "measure": measure,
                "first_fiscal_year": book.periods[1].first if without_block else period.first,
                "last_fiscal_year": period.last,
                "amount_usd": amount,
                "page": recipient.page,
                "printed_page": recipient.printed_page,
            }
