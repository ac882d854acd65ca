"""The columns of the tables on arms: agreements in the Historical Sales Book, and Excess Defense Articles.

Agreements, deliveries, notifications, licences and donated articles are different things. Each table holds one of
them, and no sum goes over two of them.
"""

from __future__ import annotations

from milaid.sources.eda import AUTHORITIES, STATUSES
from milaid.sources.sales_book.measures import MEASURES, WORLD
from milaid.tables.schema import Field, Schema
from milaid.tables.schema_fields import (
    DISPLAY_NAME,
    ISO3,
    NOTE_ON_NAME,
    PAGE,
    REGION_OF_RECIPIENT,
    WHAT_THE_PAGE_SHOWS,
    dollars,
    fiscal_year,
    text,
)

ARMS_RECIPIENT_KINDS = ("country", "territory", "former state", "organisation", "not stated")
_BOOK = fiscal_year("edition_fiscal_year", "Fiscal year that names the edition of the book.")
_PRINTED_PAGE = text("printed_page", "Page number as printed on the page.")
_RECIPIENT = text("recipient", "Recipient as printed.", refers_to="arms_recipients.printed")
_FIRST = fiscal_year("first_fiscal_year", "First fiscal year that the amount covers.")
_LAST = fiscal_year("last_fiscal_year", "Last fiscal year that the amount covers.")
_HARMONISED = (
    text("recipient_harmonised", "One display name for each recipient in all tables."),
    ISO3,
    text("recipient_kind", "What the recipient is.", allowed=ARMS_RECIPIENT_KINDS),
    text("region_harmonised", "One region for each recipient in all tables; empty: none.", nullable=True),
)

ARMS_SALES = Schema(
    "arms_sales",
    "Foreign Military Sales agreements by recipient: a row a fiscal year, one for the block of years before. "
    "Agreements are not deliveries, notifications, licences or donated articles: never in one sum with them.",
    (
        _BOOK,
        _RECIPIENT,
        *_HARMONISED,
        text("combatant_command", "US combatant command as printed; NR: non-regional.", nullable=True),
        text("region", "Region of the State Department as printed; NR: non-regional.", nullable=True),
        text("continent", "Continent as printed; N/A: none.", nullable=True),
        fiscal_year(
            "fiscal_year",
            "Fiscal year in which the agreements were implemented; empty for the block of years.",
            nullable=True,
        ),
        _FIRST,
        _LAST,
        dollars(
            "fms_agreements_usd",
            "Agreements paid by the recipient, less reductions of earlier ones; empty for the block.",
            nullable=True,
        ),
        dollars(
            "fmf_funded_agreements_usd",
            "Agreements paid with US Foreign Military Financing, likewise; empty for the block or not printed.",
            nullable=True,
        ),
        dollars(
            "total_agreements_usd",
            "Sum of the two; for the block as printed. Whether it holds other programs, the book does not say.",
        ),
        text("footnote", "Mark of a footnote at the name of the recipient.", nullable=True),
        PAGE,
        _PRINTED_PAGE,
        Field("heading_page", "int32", "page", "Page on which the name of the recipient stands.", minimum=1),
    ),
    key=("edition_fiscal_year", "recipient", "first_fiscal_year", "last_fiscal_year"),
)

ARMS_SALES_TOTALS = Schema(
    "arms_sales_totals",
    "Totals printed in the Historical Sales Book, one row a printed total. They repeat the rows of arms_sales.",
    (
        _BOOK,
        text("level", "Whether the total is of one recipient or of the world.", allowed=("recipient", WORLD)),
        text(
            "recipient",
            "Recipient as printed; empty for the world.",
            nullable=True,
            refers_to="arms_recipients.printed",
        ),
        text("measure", "What is added up.", allowed=MEASURES),
        fiscal_year(
            "first_fiscal_year",
            "First year covered. Headed as all years, FMS and FMF lines hold only the years after the block.",
        ),
        _LAST,
        dollars("amount_usd", "Printed total."),
        PAGE,
        _PRINTED_PAGE,
    ),
    key=("edition_fiscal_year", "level", "recipient", "measure", "first_fiscal_year", "last_fiscal_year"),
)

EXCESS_DEFENSE_ARTICLES = Schema(
    "excess_defense_articles",
    "Excess US defense articles requested for other countries, one row an item. "
    "Most were never delivered: count by status. Not in one sum with agreements, deliveries of sales or licences.",
    (
        Field(
            "file_row",
            "int32",
            "",
            "Row of the official file as a spreadsheet counts: 1 is the head.",
            minimum=2,
        ),
        fiscal_year("fiscal_year", "Fiscal year of the request; the delivery may be years later."),
        text(
            "transfer_authority",
            "Whether the article was to be given or sold.",
            allowed=tuple(AUTHORITIES.values()),
        ),
        text("implementing_agency", "US agency that offers the article, as printed."),
        _RECIPIENT,
        *_HARMONISED,
        text("item", "Description of the item as printed, runs of blanks folded into one."),
        text("status", "How far the transfer has come, as printed.", allowed=STATUSES),
        Field("status_date", "date", "", "Day of the status."),
        Field("quantity_requested", "int32", "see item", "Quantity requested.", nullable=True, minimum=0),
        Field("quantity_allocated", "int32", "see item", "Quantity allocated.", nullable=True, minimum=0),
        Field("quantity_accepted", "int32", "see item", "Quantity accepted.", nullable=True, minimum=0),
        Field("quantity_rejected", "int32", "see item", "Quantity rejected.", nullable=True, minimum=0),
        Field("quantity_delivered", "int32", "see item", "Quantity delivered.", nullable=True, minimum=0),
        dollars(
            "acquisition_value_usd",
            "Original acquisition value of the row, delivered or not; cents rounded by recipient and year.",
            nullable=True,
            minimum=0,
        ),
        text("acquisition_value_printed", "Acquisition value as printed, with cents.", nullable=True),
        dollars(
            "current_value_usd",
            "Current value of the row, delivered or not; cents rounded by recipient and year.",
            nullable=True,
            minimum=0,
        ),
        text("current_value_printed", "Current value as printed, with cents.", nullable=True),
        Field(
            "repeats_row",
            "int32",
            "",
            "First row that says just the same; the file has no identifiers, so it may be a second item.",
            nullable=True,
            minimum=2,
        ),
    ),
    key=("file_row",),
)

ARMS_RECIPIENTS = Schema(
    "arms_recipients",
    "Every recipient name printed in the files on arms, and which recipient it stands for.",
    (
        text("printed", "Name as printed, without the mark of a footnote."),
        ISO3,
        DISPLAY_NAME,
        REGION_OF_RECIPIENT,
        text("kind", "What the recipient is.", allowed=ARMS_RECIPIENT_KINDS),
        NOTE_ON_NAME,
    ),
    key=("printed",),
)

ARMS_KNOWN_ISSUES = Schema(
    "arms_known_issues",
    "Places where the Historical Sales Book contradicts itself or leaves something out.",
    (
        _BOOK,
        PAGE,
        text(
            "level",
            "A total of a recipient or of the world, a cell without a number, or a heading on another page.",
            allowed=("recipient", WORLD, "cell", "heading"),
        ),
        text("recipient", "Recipient as printed; empty for the world.", nullable=True),
        text("measure", "What is added up; empty for a heading.", nullable=True, allowed=MEASURES),
        _FIRST,
        _LAST,
        text(
            "printed_value",
            "Amount in dollars as printed, or page of the heading; empty: not printed.",
            nullable=True,
        ),
        text(
            "computed_value",
            "Sum of the rows in dollars, or page of the amounts; empty: no rows.",
            nullable=True,
        ),
        WHAT_THE_PAGE_SHOWS,
    ),
    key=("edition_fiscal_year", "level", "recipient", "measure", "first_fiscal_year", "last_fiscal_year"),
)

EDA_ODDITIES = Schema(
    "eda_oddities",
    "Oddities in the report of Excess Defense Articles, each with the number of its rows and what is done.",
    (
        text("oddity", "Short name."),
        Field("rows", "int32", "rows", "How many rows have it; the build counts them.", minimum=0),
        text("description", "What the rows print."),
        text("treatment", "What the table holds instead, or what to mind."),
    ),
    key=("oddity",),
)

ARMS_SCHEMAS = (
    ARMS_SALES, ARMS_SALES_TOTALS, EXCESS_DEFENSE_ARTICLES, ARMS_RECIPIENTS, ARMS_KNOWN_ISSUES, EDA_ODDITIES,
)  # fmt: skip
