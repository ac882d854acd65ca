"""Small documents of the older editions of the training report, from a description: what stands in them.

A document is a sequence of what stands on its pages, from top to bottom: a :class:`Heading`, the rows below it
(:class:`fmtr_documents.Row`), the :class:`Total` lines, and ``BREAK`` where a new page or, in the edition with two
columns, a new column begins. :func:`country` makes the sequence of one country with the totals of its rows. Texts
hold a line feed where the real documents wrap them. All names and numbers are made up.

Three modules set such a sequence as the real documents are set: ``older_region_tables`` (2001-2002 to 2005-2006) and
``older_two_columns`` (2000-2001) draw PDFs, ``older_web_pages`` (1999-2000 and 2006-2007) writes web pages.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from fmtr_documents import Break, Row, dollars, people

ENTRY = Row(
    "RADIO REPAIRER", "1", "FT EXAMPLE GA 31905", "Signal Company", "1/9 SFG", "$100", "1/5/01", "2/9/01"
)
"""A row of the editions with eight columns."""


@dataclass(frozen=True)
class Heading:
    """What stands above the rows of one program in one fiscal year; the department is not printed in all editions."""

    country: str = "Angola"
    program: str = "Exchange Training"
    year: int = 2001
    region: str = "Africa"
    department: str | None = "DOD"

    def year_printed(self) -> str:
        """Return the two figures of the fiscal year."""
        return f"{self.year % 100:02}"


@dataclass(frozen=True)
class Total:
    """One line of totals, its words before «Totals:»: ``FY 01``, ``Program`` or ``Country``; None prints nothing."""

    words: str
    quantity: str | None
    cost: str | None


Item = Heading | Row | Total | Break


def total(words: str, rows: Iterable[Row]) -> Total:
    """Return the total line of these rows; without a dollar sign where none of them has a cost."""
    rows = list(rows)
    return Total(words, f"{people(rows):,}", f"${dollars(rows):,}" if any(row.cost for row in rows) else None)


def program(heading: Heading, blocks: Mapping[int, Sequence[Row | Break]]) -> list[Item]:
    """Return a program with the rows of each fiscal year below a heading of their own, and its totals."""
    items: list[Item] = []
    for year, rows in blocks.items():
        below = replace(heading, year=year)
        items += [below, *rows, total(f"FY {below.year_printed()}", _rows(rows))]
    return [*items, total("Program", _rows(item for rows in blocks.values() for item in rows))]


def country(*programs: Sequence[Item]) -> list[Item]:
    """Return the programs of one country, and its total."""
    items = [item for found in programs for item in found]
    return [*items, total("Country", _rows(items))]


def _rows(items: Iterable[Item]) -> list[Row]:
    return [item for item in items if isinstance(item, Row)]


def lines_of(text: str | None) -> list[str]:
    return text.split("\n") if text else []


def folded(text: str) -> list[str]:
    return textwrap.wrap(text, 50, break_on_hyphens=False)


def set_text(
    canvas: Canvas, x: float, y: float, text: str, size: float, flush: str, font: str = "Helvetica"
) -> None:
    width = canvas.stringWidth(text, font, size)
    line = canvas.beginText(x - {"left": 0.0, "middle": width / 2, "right": width}[flush], y)
    line.setFont(font, size)
    line.textOut(text)
    canvas.drawText(line)
