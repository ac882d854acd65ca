"""Where the reader of a document is, and the rows and totals read there: what all layouts share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from milaid.sources.fmtr.parsed import FUNDER_NOT_PRINTED, Activity, ParsedDocument, PrintedTotal


@dataclass(slots=True)
class Position:
    """Region, country and program above the next line; a layout adds what it alone has to remember.

    ``section`` numbers the program tables from 1, ``activity`` is the row that the next line may carry on.
    """

    fiscal_year: int = 0
    region: str = ""
    country: str = ""
    program: str = ""
    funder: str = FUNDER_NOT_PRINTED
    section: int = 0
    activity: Activity | None = None
    row_on_page: Counter[int] = field(default_factory=Counter)

    def add_activity(
        self,
        parsed: ParsedDocument,
        page: int,
        cells: dict[str, list[str]] | None = None,
        printed_page: str | None = None,
    ) -> Activity:
        """Return a new row of the document, which stands here; lines to come carry it on."""
        self.row_on_page[page] += 1
        self.activity = Activity(
            fiscal_year=self.fiscal_year,
            region=self.region,
            country=self.country,
            program_printed=self.program,
            funder_printed=self.funder,
            section=self.section,
            page=page,
            row_on_page=self.row_on_page[page],
            printed_page=printed_page,
            cells={} if cells is None else cells,
        )
        parsed.activities.append(self.activity)
        return self.activity

    def total(
        self,
        level: str,
        fiscal_year: int | None,
        quantity: str | None,
        cost: str | None,
        page: int,
        country: str | None = None,
    ) -> PrintedTotal:
        """Return a total printed here; one of a country, ``country`` where the total names it, has no program."""
        of_program = level != "country"
        return PrintedTotal(
            level=level,
            fiscal_year=fiscal_year,
            region=self.region,
            country=self.country if country is None else country,
            program_printed=self.program if of_program else None,
            section=self.section if of_program else None,
            quantity_printed=quantity or None,
            cost_printed=cost or None,
            page=page,
        )
