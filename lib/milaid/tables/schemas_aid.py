"""The columns of the tables on aid and of what it is compared with: prices, population and economic output."""

from __future__ import annotations

from milaid.sources.greenbook import CONSTANT_FISCAL_YEAR, PERIODS
from milaid.tables.schema import Field, Schema
from milaid.tables.schema_fields import (
    DISPLAY_NAME,
    ISO3_OF_RECIPIENT,
    NAME,
    NOTE_ON_NAME,
    REGION_OF_RECIPIENT,
    dollars,
    fiscal_year,
    text,
)

AID_CATEGORIES = ("Economic", "Military")
EITHER = "either"
"""What stands for an account that pays for economic and for military aid."""
BY_OBJECTIVE, BY_ACCOUNT, NO_ACCOUNT = "objective", "account", "unknown"
CATEGORY_BASES = (BY_OBJECTIVE, BY_ACCOUNT, EITHER, NO_ACCOUNT)
AID_RECIPIENT_KINDS = ("country", "territory", "former state", "region", "not stated")
_FISCAL_YEAR = fiscal_year("fiscal_year", "Fiscal year; 1976 for the transition quarter too.")
_PERIOD = text(
    "period",
    "What the row covers: a fiscal year, or July to September 1976, which belong to no fiscal year.",
    allowed=PERIODS,
)
_REGION_HARMONISED = text(
    "region_harmonised",
    "Region that recipients have in the training tables; empty for aid that lies in several or in none.",
    nullable=True,
)
_RECIPIENT_HARMONISED = text(
    "recipient_harmonised", "One display name for each recipient, as in the training tables."
)
_RECIPIENT_KIND = text(
    "recipient_kind",
    "What the recipient is; a region or not stated where no country is named.",
    allowed=AID_RECIPIENT_KINDS,
)
_CONSTANT = f"constant FY{CONSTANT_FISCAL_YEAR} US dollars"
_BASE_YEAR = fiscal_year(
    "constant_base_fiscal_year",
    "Base year: the one whose constant dollars are the current ones; empty where there is not just one.",
    nullable=True,
)
_COUNTRY_CODE = text("country_code", "Code as printed; not everywhere that of ISO 3166-1.", nullable=True)
_REGION = text("region", "Region as printed.")
_WORLD_BANK_CODE = text("iso3", "ISO 3166-1 alpha-3 code; XKX for Kosovo.")
_CALENDAR_YEAR = Field("year", "int16", "calendar year", "Calendar year.")

AID = Schema(
    "aid",
    "Economic and military aid obligated from FY1946 to FY2020, as the Greenbook prints it, one row a printed row.",
    (
        _FISCAL_YEAR,
        _PERIOD,
        text("recipient", "Recipient as printed.", refers_to="aid_recipients.printed"),
        ISO3_OF_RECIPIENT,
        _REGION,
        _REGION_HARMONISED,
        _RECIPIENT_HARMONISED,
        _RECIPIENT_KIND,
        text("category", "Kind of aid as printed.", allowed=AID_CATEGORIES),
        text("publication_row", "Line of the published tables that the account is part of."),
        text("account", "Funding account as printed.", refers_to="aid_accounts.printed"),
        text(
            "account_code",
            "Short code of the main accounts, such as IMET and FMF; empty for all others.",
            nullable=True,
        ),
        text("agency", "Funding agency as printed."),
        dollars("obligations_usd", "Obligations; negative where money was taken back."),
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
        Field(
            "partial", "boolean", "", "Whether the fiscal year was not complete when the file was published."
        ),
        _COUNTRY_CODE,
        text("country", "Recipient as printed.", refers_to="aid_recipients.printed"),
        ISO3_OF_RECIPIENT,
        _REGION,
        _REGION_HARMONISED,
        _RECIPIENT_HARMONISED,
        _RECIPIENT_KIND,
        text("transaction_type", "Obligations, disbursements, plans or requests, as printed."),
        dollars("amount_usd", "Sum of the transactions."),
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
    "Aid added up from a file of ForeignAssistance.gov, the complete one or that of funding accounts: a series of its own, never joined to the Greenbook.",
    (
        _FISCAL_YEAR,
        _PERIOD,
        Field(
            "partial",
            "boolean",
            "",
            "Whether the fiscal year was not over at the latest transaction; without dates, whether it is the last one obligated.",
        ),
        _COUNTRY_CODE,
        text("country", "Recipient as printed."),
        ISO3_OF_RECIPIENT,
        text(
            "recipient_harmonised",
            "Display name, as in the training tables; empty for names that aid_recipients does not have.",
            nullable=True,
        ),
        text("region", "Region as printed.", nullable=True),
        _REGION_HARMONISED,
        text(
            "category",
            "Kind of aid: the objective as printed, or that of the account; empty where the account tells none.",
            nullable=True,
            allowed=AID_CATEGORIES,
        ),
        text(
            "category_basis",
            "What category follows from: objective or account; either: the account pays for both; unknown: account not known.",
            nullable=True,
            allowed=CATEGORY_BASES,
        ),
        text("account_id", "Number of the funding account as printed.", nullable=True),
        text("account", "Funding account as printed.", nullable=True),
        text(
            "account_code",
            "Short code of the account as in aid_accounts, by its name or number; empty for all others.",
            nullable=True,
        ),
        text("agency", "Funding agency as printed.", nullable=True),
        text("transaction_type", "Obligations, disbursements, plans or requests, as printed.", nullable=True),
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

DEFLATOR = Schema(
    "deflator",
    "Price level of the US economy by fiscal year.",
    (
        fiscal_year("fiscal_year", "Fiscal year."),
        Field("gdp_deflator", "decimal", "index", "GDP deflator; 1 in the base fiscal year.", minimum=0.0),
        fiscal_year("base_fiscal_year", "Fiscal year in which the index is 1."),
    ),
    key=("fiscal_year",),
)

POPULATION = Schema(
    "population",
    "Population of countries and territories by calendar year.",
    (
        _WORLD_BANK_CODE,
        _CALENDAR_YEAR,
        Field("population", "int64", "people", "Population at the middle of the year.", minimum=0),
    ),
    key=("iso3", "year"),
)

GDP = Schema(
    "gdp",
    "Gross domestic product of countries and territories by calendar year.",
    (
        _WORLD_BANK_CODE,
        _CALENDAR_YEAR,
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
        NAME,
        ISO3_OF_RECIPIENT,
        DISPLAY_NAME,
        REGION_OF_RECIPIENT,
        text("kind", "What the recipient is.", allowed=AID_RECIPIENT_KINDS),
        NOTE_ON_NAME,
    ),
    key=("printed",),
)

AID_ACCOUNTS = Schema(
    "aid_accounts",
    "Every funding account printed in the Greenbook, with a short code for the main ones.",
    (
        NAME,
        text(
            "kind_of_aid",
            "Kind of aid of 99.9% of its dollars in the Greenbook since FY2001, or of all without any since; else either.",
            allowed=(*AID_CATEGORIES, EITHER),
        ),
        text("code", "Short code; empty for accounts that have none.", nullable=True),
        text("account_id", "Number of the account at ForeignAssistance.gov, where known.", nullable=True),
        text("name", "Name to show, for accounts with a code.", nullable=True),
        text("note", "What to know about the account.", nullable=True),
    ),
    key=("printed",),
)

WORLD_BANK_AGGREGATES = Schema(
    "world_bank_aggregates",
    "Lines of the World Bank files that are no country or territory; they are left out.",
    (
        text("code", "Code of the World Bank."),
        text("name", "Name as printed."),
        text("reason", "Why the line is left out."),
    ),
    key=("code",),
)

AID_SCHEMAS = (
    AID, AID_COUNTRY_TOTALS, FOREIGNASSISTANCE, POPULATION, GDP, AID_RECIPIENTS, AID_ACCOUNTS, WORLD_BANK_AGGREGATES,
)  # fmt: skip
