"""The columns of the tables on arms: agreements in the Historical Sales Book, and Excess Defense Articles.

Agreements, deliveries, notifications, licences and donated articles are different things. Each table holds one of
them, and no sum goes over two of them.
"""

from __future__ import annotations

from milaid.sources.eda import AUTHORITIES, STATUSES
from milaid.sources.sales_book.measures import MEASURES, WORLD
from milaid.tables.schema import Field, Schema

ARMS_RECIPIENT_KINDS = ("country", "territory", "former state", "organisation", "not stated")

_DOLLARS = "current US dollars"
_EDITION = Field(
    "edition_fiscal_year", "int16", "fiscal year", "Fiscal year that names the edition of the book."
)
_PAGE = Field("page", "int32", "page", "Page of the document, counted from 1 at its first page.", minimum=1)
_PRINTED_PAGE = Field("printed_page", "text", "", "Page number as printed on the page.")
_RECIPIENT = Field("recipient", "text", "", "Recipient as printed.", refers_to="arms_recipients.printed")
_FIRST = Field("first_fiscal_year", "int16", "fiscal year", "First fiscal year that the amount covers.")
_LAST = Field("last_fiscal_year", "int16", "fiscal year", "Last fiscal year that the amount covers.")
_HARMONISED = (
    Field("recipient_harmonised", "text", "", "One display name for each recipient in all tables."),
    Field("iso3", "text", "", "ISO 3166-1 alpha-3 code; empty when the recipient is no country.", True),
    Field("recipient_kind", "text", "", "What the recipient is.", allowed=ARMS_RECIPIENT_KINDS),
    Field("region_harmonised", "text", "", "One region for each recipient in all tables; empty: none.", True),
)

ARMS_SALES = Schema(
    "arms_sales",
    "Foreign Military Sales agreements by recipient: a row a fiscal year, one for the block of years before. "
    "Agreements are not deliveries, notifications, licences or donated articles: never in one sum with them.",
    (
        _EDITION,
        _RECIPIENT,
        *_HARMONISED,
        Field("combatant_command", "text", "", "US combatant command as printed; NR: non-regional.", True),
        Field("region", "text", "", "Region of the State Department as printed; NR: non-regional.", True),
        Field("continent", "text", "", "Continent as printed; N/A: none.", True),
        Field(
            "fiscal_year",
            "int16",
            "fiscal year",
            "Fiscal year in which the agreements were implemented; empty for the block of years.",
            True,
        ),
        _FIRST,
        _LAST,
        Field(
            "fms_agreements_usd",
            "int64",
            _DOLLARS,
            "Agreements paid by the recipient, less reductions of earlier ones; empty for the block.",
            True,
        ),
        Field(
            "fmf_funded_agreements_usd",
            "int64",
            _DOLLARS,
            "Agreements paid with US Foreign Military Financing, likewise; empty for the block or not printed.",
            True,
        ),
        Field(
            "total_agreements_usd",
            "int64",
            _DOLLARS,
            "Sum of the two; for the block as printed. Whether it holds other programs, the book does not say.",
        ),
        Field("footnote", "text", "", "Mark of a footnote at the name of the recipient.", True),
        _PAGE,
        _PRINTED_PAGE,
        Field("heading_page", "int32", "page", "Page on which the name of the recipient stands.", minimum=1),
    ),
    key=("edition_fiscal_year", "recipient", "first_fiscal_year", "last_fiscal_year"),
)

ARMS_SALES_TOTALS = Schema(
    "arms_sales_totals",
    "Totals printed in the Historical Sales Book, one row a printed total. They repeat the rows of arms_sales.",
    (
        _EDITION,
        Field(
            "level",
            "text",
            "",
            "Whether the total is of one recipient or of the world.",
            allowed=("recipient", WORLD),
        ),
        Field(
            "recipient",
            "text",
            "",
            "Recipient as printed; empty for the world.",
            True,
            refers_to="arms_recipients.printed",
        ),
        Field("measure", "text", "", "What is added up.", allowed=MEASURES),
        Field(
            "first_fiscal_year",
            "int16",
            "fiscal year",
            "First year covered. Headed as all years, FMS and FMF lines hold only the years after the block.",
        ),
        _LAST,
        Field("amount_usd", "int64", _DOLLARS, "Printed total."),
        _PAGE,
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
        Field(
            "fiscal_year",
            "int16",
            "fiscal year",
            "Fiscal year of the request; the delivery may be years later.",
        ),
        Field(
            "transfer_authority",
            "text",
            "",
            "Whether the article was to be given or sold.",
            allowed=tuple(AUTHORITIES.values()),
        ),
        Field("implementing_agency", "text", "", "US agency that offers the article, as printed."),
        _RECIPIENT,
        *_HARMONISED,
        Field("item", "text", "", "Description of the item as printed, runs of blanks folded into one."),
        Field("status", "text", "", "How far the transfer has come, as printed.", allowed=STATUSES),
        Field("status_date", "date", "", "Day of the status."),
        Field("quantity_requested", "int32", "see item", "Quantity requested.", True, minimum=0),
        Field("quantity_allocated", "int32", "see item", "Quantity allocated.", True, minimum=0),
        Field("quantity_accepted", "int32", "see item", "Quantity accepted.", True, minimum=0),
        Field("quantity_rejected", "int32", "see item", "Quantity rejected.", True, minimum=0),
        Field("quantity_delivered", "int32", "see item", "Quantity delivered.", True, minimum=0),
        Field(
            "acquisition_value_usd",
            "int64",
            _DOLLARS,
            "Original acquisition value of the row, delivered or not; cents rounded by recipient and year.",
            True,
            minimum=0,
        ),
        Field("acquisition_value_printed", "text", "", "Acquisition value as printed, with cents.", True),
        Field(
            "current_value_usd",
            "int64",
            _DOLLARS,
            "Current value of the row, delivered or not; cents rounded by recipient and year.",
            True,
            minimum=0,
        ),
        Field("current_value_printed", "text", "", "Current value as printed, with cents.", True),
        Field(
            "repeats_row",
            "int32",
            "",
            "First row that says just the same; the file has no identifiers, so it may be a second item.",
            True,
            minimum=2,
        ),
    ),
    key=("file_row",),
)

ARMS_RECIPIENTS = Schema(
    "arms_recipients",
    "Every recipient name printed in the files on arms, and which recipient it stands for.",
    (
        Field("printed", "text", "", "Name as printed, without the mark of a footnote."),
        Field("iso3", "text", "", "ISO 3166-1 alpha-3 code; empty when the recipient is no country.", True),
        Field(
            "recipient", "text", "", "Display name, as in the table countries where that has the recipient."
        ),
        Field("region", "text", "", "Region in all years; empty where there is none.", nullable=True),
        Field("kind", "text", "", "What the recipient is.", allowed=ARMS_RECIPIENT_KINDS),
        Field("note", "text", "", "What to know about the name.", nullable=True),
    ),
    key=("printed",),
)

ARMS_KNOWN_ISSUES = Schema(
    "arms_known_issues",
    "Places where the Historical Sales Book contradicts itself or leaves something out.",
    (
        _EDITION,
        _PAGE,
        Field(
            "level",
            "text",
            "",
            "A total of a recipient or of the world, a cell without a number, or a heading on another page.",
            allowed=("recipient", WORLD, "cell", "heading"),
        ),
        Field("recipient", "text", "", "Recipient as printed; empty for the world.", nullable=True),
        Field("measure", "text", "", "What is added up; empty for a heading.", True, allowed=MEASURES),
        _FIRST,
        _LAST,
        Field(
            "printed_value",
            "text",
            "",
            "Amount in dollars as printed, or page of the heading; empty: not printed.",
            True,
        ),
        Field(
            "computed_value",
            "text",
            "",
            "Sum of the rows in dollars, or page of the amounts; empty: no rows.",
            True,
        ),
        Field("reason", "text", "", "What the page shows."),
    ),
    key=("edition_fiscal_year", "level", "recipient", "measure", "first_fiscal_year", "last_fiscal_year"),
)

EDA_ODDITIES = Schema(
    "eda_oddities",
    "Oddities in the report of Excess Defense Articles, each with the number of its rows and what is done.",
    (
        Field("oddity", "text", "", "Short name."),
        Field("rows", "int32", "rows", "How many rows have it; the build counts them.", minimum=0),
        Field("description", "text", "", "What the rows print."),
        Field("treatment", "text", "", "What the table holds instead, or what to mind."),
    ),
    key=("oddity",),
)

ARMS_SCHEMAS = (
    ARMS_SALES, ARMS_SALES_TOTALS, EXCESS_DEFENSE_ARTICLES, ARMS_RECIPIENTS, ARMS_KNOWN_ISSUES, EDA_ODDITIES,
)  # fmt: skip
