"""Where each table comes from and the terms it is under, in the words of LICENSE-DATA.md."""

from __future__ import annotations

from dataclasses import dataclass

from milaid.errors import DataError, list_problems
from milaid.tables import schemas

REPORT_TITLE = "Foreign Military Training and DoD Engagement Activities of Interest"
PUBLISHERS = "US Departments of State and Defense"


@dataclass(frozen=True)
class Licence:
    """Terms of use: name as in the list of the Open Definition, title in words, address or empty."""

    name: str
    title: str
    path: str = ""


@dataclass(frozen=True)
class Origin:
    """Where a table comes from, in one sentence, and the terms it is under."""

    sentence: str
    licence: Licence


CC0 = Licence("CC0-1.0", "Creative Commons Zero 1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
PUBLIC_DOMAIN = Licence("other-pd", "Public domain")
CC_BY = Licence(
    "CC-BY-4.0", "Creative Commons Attribution 4.0", "https://creativecommons.org/licenses/by/4.0/"
)
UNICODE = Licence("Unicode-3.0", "Unicode License v3", "https://www.unicode.org/license.txt")
QUOTE_THE_PUBLISHER = Licence(
    "other-at", "Single facts, each with its publisher and address; quote the publisher"
)

_WRITTEN = Origin("Written for this project from what the documents print.", CC0)
ORIGINS = {
    "trainings": Origin(
        f"Read from Volume I, Section IV of the report “{REPORT_TITLE}” ({PUBLISHERS}), document by document; "
        "the table documents lists them.",
        CC0,
    ),
    "trainings_totals": Origin("Read from the same documents as the activities.", CC0),
    "unread_values": Origin("Found while the documents were read.", CC0),
    "row_boxes": Origin("Measured while the documents were read.", CC0),
    "deflator": Origin(
        "US Office of Management and Budget, Historical Table 10.1; the table other_sources names the file.",
        CC0,
    ),
    "boundaries": Origin("Natural Earth, 1:110m; the table other_sources names the file.", PUBLIC_DOMAIN),
    "arms_sales": Origin(
        "US Defense Security Cooperation Agency, Historical Sales Book, edition of fiscal year 2024; the table "
        "other_sources names the file.",
        CC0,
    ),
    "arms_sales_totals": Origin("Read from the same book as the agreements.", CC0),
    "excess_defense_articles": Origin(
        "US Defense Security Cooperation Agency, public report of Excess Defense Articles; the table other_sources "
        "names the file.",
        CC0,
    ),
    "arms_recipients": Origin("Written for this project from what the files on arms print.", CC0),
    "arms_known_issues": Origin("Written for this project: each case was looked up on its page.", CC0),
    "eda_oddities": Origin("Written for this project from what the report prints.", CC0),
    "aid": Origin(
        "US Agency for International Development, U.S. Overseas Loans and Grants (“Greenbook”), edition of 9 August "
        "2022; the table other_sources names the file.",
        CC0,
    ),
    "aid_country_totals": Origin(
        "US Department of State, ForeignAssistance.gov, country summary; the table other_sources names the file.",
        CC0,
    ),
    "foreignassistance": Origin(
        "US Department of State, ForeignAssistance.gov, us_foreign_aid_complete.csv or us_foreign_aid_funding.csv as downloaded by the user.",
        CC0,
    ),
    "arms_notifications": Origin(
        "US Department of Defense, notices of arms sales in the Federal Register, as downloaded by the user.",
        CC0,
    ),
    "population": Origin(
        "World Bank, World Development Indicators, SP.POP.TOTL: quote the World Bank; groups of countries left out.",
        CC_BY,
    ),
    "gdp": Origin(
        "World Bank, World Development Indicators, NY.GDP.MKTP.CD: quote the World Bank; groups of countries left out.",
        CC_BY,
    ),
    "aid_recipients": Origin("Written for this project from what the files on aid print.", CC0),
    "aid_accounts": Origin("Written for this project from what the Greenbook prints.", CC0),
    "world_bank_aggregates": Origin("Written for this project from the files of the World Bank.", CC0),
    "countries": _WRITTEN,
    "programs": Origin(
        "Written for this project from what the documents print and from the laws named in it.", CC0
    ),
    "guide_programs": Origin("Written for this project from the laws named in it.", CC0),
    "program_accounts": Origin("Written for this project from what the Greenbook prints.", CC0),
    "program_texts": Origin("Written for this project from the laws and pages named in it.", CC0),
    "laws": Origin("Written for this project from the laws it names.", CC0),
    "program_labels": _WRITTEN,
    "known_issues": Origin("Written for this project: each case was looked up on its page.", CC0),
    "other_country_rows": Origin(
        "Written for this project: each case was decided by reading its rows as they were extracted, with unit, place and course.",
        CC0,
    ),
    "published_figures": Origin(
        "Copied from the publications whose addresses it gives.", QUOTE_THE_PUBLISHER
    ),
    "series_breaks": _WRITTEN,
    "events": Origin("Written for this project from the laws and notices it names.", CC0),
    "documents": Origin("Written for this project from the official files.", CC0),
    "other_sources": Origin("Written for this project from the files it lists.", CC0),
    "corrections": Origin("Written for this project: each cell was looked up on its page.", CC0),
    "edition_fields": Origin(
        "Written for this project: the heads of the tables of each edition were looked up.", CC0
    ),
    "country_names": Origin(
        "Names of territories from Unicode’s CLDR, with what was written for this project; the column source tells them apart.",
        UNICODE,
    ),
    "demonyms": Origin("Written for this project.", CC0),
    "region_names": Origin("Written for this project.", CC0),
    "places": _WRITTEN,
    "us_states": _WRITTEN,
    "institutions": _WRITTEN,
    "institution_names": _WRITTEN,
    "unit_words": _WRITTEN,
    "course_extensions": _WRITTEN,
    "withheld": Origin("Written for this project: each row was read and decided.", CC0),
    "not_personal": Origin("Written for this project: each candidate was read and decided.", CC0),
}


def origin(table: str) -> Origin:
    """Return where a table comes from; raises DataError naming every table without an origin."""
    if table not in ORIGINS:
        missing = sorted(set(schemas.SCHEMAS) - set(ORIGINS)) or [table]
        advice = "Add each to ORIGINS in lib/milaid/tables/origins.py, with its licence."
        raise DataError(list_problems("Tables of unknown origin:", missing, advice))
    return ORIGINS[table]
