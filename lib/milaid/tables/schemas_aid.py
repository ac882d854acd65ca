"""The columns of the tables on aid and of what it is compared with: population and economic output."""

from __future__ import annotations

from milaid.sources.greenbook import CONSTANT_FISCAL_YEAR, PERIODS
from milaid.tables.schema import Field, Schema

AID_CATEGORIES = ("Economic", "Military")
AID_RECIPIENT_KINDS = ("country", "territory", "former state", "region", "not stated")
_FISCAL_YEAR = Field(
    "fiscal_year", "int16", "fiscal year", "Fiscal year; 1976 for the transition quarter too."
)
_PERIOD = Field(
    "period",
    "text",
    "",
    "What the row covers: a fiscal year, or July to September 1976, which belong to no fiscal year.",
    allowed=PERIODS,
)
_PARTIAL = Field(
    "partial", "boolean", "", "Whether the fiscal year was not complete when the file was published."
)
_ISO3 = Field(
    "iso3",
    "text",
    "",
    "ISO 3166-1 alpha-3 code of the recipient; empty when it is no country.",
    nullable=True,
)
_REGION_HARMONISED = Field(
    "region_harmonised",
    "text",
    "",
    "Region that recipients have in the training tables; empty for aid that lies in several or in none.",
    nullable=True,
)
_RECIPIENT_HARMONISED = Field(
    "recipient_harmonised", "text", "", "One display name for each recipient, as in the training tables."
)
_RECIPIENT_KIND = Field(
    "recipient_kind",
    "text",
    "",
    "What the recipient is; a region or not stated where no country is named.",
    allowed=AID_RECIPIENT_KINDS,
)
_CONSTANT = f"constant FY{CONSTANT_FISCAL_YEAR} US dollars"
_BASE_YEAR = Field(
    "constant_base_fiscal_year",
    "int16",
    "fiscal year",
    "Base year: the one whose constant dollars are the current ones; empty where there is not just one.",
    nullable=True,
)

AID = Schema(
    "aid",
    "Economic and military aid obligated from FY1946 to FY2020, as the Greenbook prints it, one row a printed row.",
    (
        _FISCAL_YEAR,
        _PERIOD,
        Field("recipient", "text", "", "Recipient as printed.", refers_to="aid_recipients.printed"),
        _ISO3,
        Field("region", "text", "", "Region as printed."),
        _REGION_HARMONISED,
        _RECIPIENT_HARMONISED,
        _RECIPIENT_KIND,
        Field("category", "text", "", "Kind of aid as printed.", allowed=AID_CATEGORIES),
        Field("publication_row", "text", "", "Line of the published tables that the account is part of."),
        Field("account", "text", "", "Funding account as printed.", refers_to="aid_accounts.printed"),
        Field(
            "account_code",
            "text",
            "",
            "Short code of the main accounts, such as IMET and FMF; empty for all others.",
            nullable=True,
        ),
        Field("agency", "text", "", "Funding agency as printed."),
        Field(
            "obligations_usd",
            "int64",
            "current US dollars",
            "Obligations; negative where money was taken back.",
        ),
        Field(
            "obligations_usd_constant",
            "int64",
            _CONSTANT,
            "The same in prices of the base year, as printed: the document does not name the index.",
        ),
        Field("sheet_row", "int32", "", "Number of the row in the sheet of the document.", minimum=1),
    ),
    key=("sheet_row",),
)

AID_COUNTRY_TOTALS = Schema(
    "aid_country_totals",
    "All aid by recipient, fiscal year and type of transaction, as ForeignAssistance.gov adds it up.",
    (
        _FISCAL_YEAR,
        _PERIOD,
        _PARTIAL,
        Field(
            "country_code", "text", "", "Code as printed; not everywhere that of ISO 3166-1.", nullable=True
        ),
        Field("country", "text", "", "Recipient as printed.", refers_to="aid_recipients.printed"),
        _ISO3,
        Field("region", "text", "", "Region as printed."),
        _REGION_HARMONISED,
        _RECIPIENT_HARMONISED,
        _RECIPIENT_KIND,
        Field("transaction_type", "text", "", "Obligations, disbursements, plans or requests, as printed."),
        Field("amount_usd", "int64", "current US dollars", "Sum of the transactions."),
        Field(
            "amount_usd_constant",
            "int64",
            "US dollars of constant_base_fiscal_year",
            "The same in prices of the base year, as printed: the file does not name the index.",
        ),
        _BASE_YEAR,
    ),
    key=("fiscal_year", "period", "country", "transaction_type"),
)

FOREIGNASSISTANCE = Schema(
    "foreignassistance",
    "Aid added up from the complete file of ForeignAssistance.gov: a series of its own, never joined to the Greenbook.",
    (
        _FISCAL_YEAR,
        _PERIOD,
        Field(
            "partial",
            "boolean",
            "",
            "Whether the fiscal year was not over on the day of the latest transaction in the file.",
        ),
        Field(
            "country_code", "text", "", "Code as printed; not everywhere that of ISO 3166-1.", nullable=True
        ),
        Field("country", "text", "", "Recipient as printed."),
        _ISO3,
        Field(
            "recipient_harmonised",
            "text",
            "",
            "Display name, as in the training tables; empty for names that aid_recipients does not have.",
            nullable=True,
        ),
        Field("region", "text", "", "Region as printed.", nullable=True),
        _REGION_HARMONISED,
        Field(
            "category",
            "text",
            "",
            "Foreign assistance objective as printed.",
            nullable=True,
            allowed=AID_CATEGORIES,
        ),
        Field("account_id", "text", "", "Number of the funding account as printed.", nullable=True),
        Field("account", "text", "", "Funding account as printed.", nullable=True),
        Field(
            "account_code",
            "text",
            "",
            "Short code of the account as in aid_accounts, by its name or number; empty for all others.",
            nullable=True,
        ),
        Field("agency", "text", "", "Funding agency as printed.", nullable=True),
        Field(
            "transaction_type",
            "text",
            "",
            "Obligations, disbursements, plans or requests, as printed.",
            nullable=True,
        ),
        Field("transactions", "int64", "transactions", "Rows of the file.", minimum=1),
        Field("without_amount", "int64", "transactions", "Rows of the file that give no amount.", minimum=0),
        Field(
            "amount_usd",
            "decimal",
            "current US dollars",
            "Sum of the transactions; 0 where none gives an amount.",
        ),
        Field(
            "amount_usd_constant",
            "decimal",
            "US dollars of constant_base_fiscal_year",
            "The same as the file gives it, which names no index; empty where it gives none.",
            nullable=True,
        ),
        _BASE_YEAR,
    ),
)

POPULATION = Schema(
    "population",
    "Population of countries and territories by calendar year.",
    (
        Field("iso3", "text", "", "ISO 3166-1 alpha-3 code; XKX for Kosovo."),
        Field("year", "int16", "calendar year", "Calendar year."),
        Field("population", "int64", "people", "Population at the middle of the year.", minimum=0),
    ),
    key=("iso3", "year"),
)

GDP = Schema(
    "gdp",
    "Gross domestic product of countries and territories by calendar year.",
    (
        Field("iso3", "text", "", "ISO 3166-1 alpha-3 code; XKX for Kosovo."),
        Field("year", "int16", "calendar year", "Calendar year."),
        Field(
            "gdp_usd",
            "decimal",
            "current US dollars",
            "Gross domestic product, at exchange rates.",
            minimum=0,
        ),
    ),
    key=("iso3", "year"),
)

AID_RECIPIENTS = Schema(
    "aid_recipients",
    "Every recipient name printed in the files on aid, and which recipient it stands for.",
    (
        Field("printed", "text", "", "Name as printed."),
        _ISO3,
        Field(
            "recipient", "text", "", "Display name, as in the table countries where that has the recipient."
        ),
        Field("region", "text", "", "Region in all years; empty where there is none.", nullable=True),
        Field("kind", "text", "", "What the recipient is.", allowed=AID_RECIPIENT_KINDS),
        Field("note", "text", "", "What to know about the name.", nullable=True),
    ),
    key=("printed",),
)

AID_ACCOUNTS = Schema(
    "aid_accounts",
    "Every funding account printed in the Greenbook, with a short code for the main ones.",
    (
        Field("printed", "text", "", "Name as printed."),
        Field("code", "text", "", "Short code; empty for accounts that have none.", nullable=True),
        Field(
            "account_id",
            "text",
            "",
            "Number of the account at ForeignAssistance.gov, where known.",
            nullable=True,
        ),
        Field("name", "text", "", "Name to show, for accounts with a code.", nullable=True),
        Field("note", "text", "", "What to know about the account.", nullable=True),
    ),
    key=("printed",),
)

WORLD_BANK_AGGREGATES = Schema(
    "world_bank_aggregates",
    "Lines of the World Bank files that are no country or territory; they are left out.",
    (
        Field("code", "text", "", "Code of the World Bank."),
        Field("name", "text", "", "Name as printed."),
        Field("reason", "text", "", "Why the line is left out."),
    ),
    key=("code",),
)

OPTIONAL = frozenset({FOREIGNASSISTANCE.name})
"""Tables that the repository does not have: who wants one makes it from a file of their own."""

AID_SCHEMAS = (
    AID, AID_COUNTRY_TOTALS, FOREIGNASSISTANCE, POPULATION, GDP, AID_RECIPIENTS, AID_ACCOUNTS, WORLD_BANK_AGGREGATES,
)  # fmt: skip
