"""The columns of the tables read from the training report: activities, printed totals, cells and faults."""

from __future__ import annotations

from milaid.tables import derived
from milaid.tables.schema import Field, Schema
from milaid.tables.schema_fields import (
    DOCUMENT,
    EDITION,
    ISO3_OF_RECIPIENT,
    PAGE,
    ROW_ON_PAGE,
    WHAT_THE_PAGE_SHOWS,
    dollars,
    fiscal_year,
    text,
)
from milaid.tables.schemas_places import RECIPIENT_KINDS

STATUSES = ("actual", "planned")
TOTAL_STATUSES = (*STATUSES, "both")
TOTAL_LEVELS = ("fiscal_year", "program", "country")
LOCATION_STATUSES = ("recognised", "online", "not stated", "not recognised")

TRAININGS = Schema(
    "trainings",
    "Training activities reported to Congress, one row an activity.",
    (
        text("row_id", "Identifier of the row: edition, document, page, row on the page."),
        fiscal_year("fiscal_year", "Fiscal year in which the activity took place."),
        text("status", "Whether the edition reports the activity as done or planned.", allowed=STATUSES),
        EDITION,
        DOCUMENT,
        PAGE,
        text("printed_page", "Page number as printed on the page.", nullable=True),
        ROW_ON_PAGE,
        Field("section", "int16", "", "Number of the program table within the document, from 1.", minimum=1),
        text("region", "Region as the edition prints it."),
        text("region_harmonised", "One region for each recipient in all years."),
        text("country", "Recipient as the edition prints it.", refers_to="countries.printed"),
        text("recipient", "One display name for each recipient in all years."),
        text("recipient_kind", "What the recipient is.", allowed=RECIPIENT_KINDS),
        ISO3_OF_RECIPIENT,
        text("program", "Canonical code of the program, as in programs.csv.", refers_to="programs.code"),
        text(
            "program_printed", "Program label as the edition prints it.", refers_to="program_labels.printed"
        ),
        text("funder", "Funding department as the edition prints it: DoS, DoD or DHS."),
        text("course_title", "Title of the course or activity.", nullable=True),
        Field(
            "quantity", "int32", "people", "Course participants of the activity.", nullable=True, minimum=0
        ),
        text("location", "Place of the training as the edition prints it.", nullable=True),
        text("student_unit", "Unit of the participants as the edition prints it.", nullable=True),
        text("us_unit", "US unit that gave the training as the edition prints it.", nullable=True),
        text(
            "place",
            "Town, base or training area in one spelling; empty when none or several are named.",
            nullable=True,
        ),
        text(
            "us_state",
            "Postal code of the US state, of the District of Columbia (DC) or of a US territory.",
            nullable=True,
        ),
        text(
            "location_country",
            "ISO 3166-1 alpha-3 code of the country of the training; the five inhabited US territories are USA.",
            nullable=True,
        ),
        Field(
            "in_united_states",
            "boolean",
            "",
            "Whether the training was in the United States or its territories; empty when no country is known.",
            nullable=True,
        ),
        Field(
            "online",
            "boolean",
            "",
            "Whether the location says that it was taught at a distance.",
            nullable=True,
        ),
        text(
            "location_status",
            "What the location says: a country that is recognised, online, nothing, or nothing recognised.",
            allowed=LOCATION_STATUSES,
        ),
        text("institution", "School, college, academy or training center in one spelling.", nullable=True),
        text(
            "student_unit_clean",
            "Unit of the participants with its spaces and marks in order; empty when it names none.",
            nullable=True,
        ),
        dollars("cost_usd", "Cost of the activity.", nullable=True),
        text("cost_printed", "Cost as the edition prints it.", nullable=True),
        text(
            "derived",
            "Which values of the row cannot be read and follow from the printed totals; empty where none does.",
            nullable=True,
            allowed=derived.MARKS,
        ),
        Field("start_date", "date", "", "First day of the activity.", nullable=True),
        Field("end_date", "date", "", "Last day of the activity.", nullable=True),
    ),
    key=("row_id",),
)

# What milaid export adds; the tables of data/ hold no text that follows from the other columns.
CITED_TRAININGS = Schema(
    TRAININGS.name,
    TRAININGS.description,
    (
        *TRAININGS.fields,
        text("citation", "Report, edition, section, region and page that the row stands on."),
        Field(
            "official_page",
            "int32",
            "page",
            "Page of the official file at the address; empty for a web page, or where it is not known.",
            nullable=True,
            minimum=1,
        ),
        text(
            "source_url",
            "Official address of the document, with the page where the page of that file is known.",
        ),
    ),
    key=TRAININGS.key,
)

TRAININGS_TOTALS = Schema(
    "trainings_totals",
    "Totals printed in the documents, one row a printed total.",
    (
        EDITION,
        fiscal_year(
            "fiscal_year", "Fiscal year that the total covers; the earlier of two where it covers both."
        ),
        text(
            "status",
            "Whether the total is of activities done, planned, or both together.",
            allowed=TOTAL_STATUSES,
        ),
        text(
            "level",
            "What the total covers: one fiscal year of a program of a country, such a program, a whole country.",
            allowed=TOTAL_LEVELS,
        ),
        text("region", "Region as the edition prints it."),
        text("country", "Recipient as the edition prints it.", nullable=True, refers_to="countries.printed"),
        text(
            "program_printed",
            "Program label as printed; empty for a country total.",
            nullable=True,
            refers_to="program_labels.printed",
        ),
        Field(
            "section",
            "int16",
            "",
            "Number of the program table the total ends; empty for a country total.",
            nullable=True,
        ),
        Field("quantity", "int32", "people", "Printed number of people.", nullable=True),
        dollars("cost_usd", "Printed cost.", nullable=True),
        DOCUMENT,
        PAGE,
    ),
)

UNREAD_VALUES = Schema(
    "unread_values",
    "Cells of the documents that hold no value that can be read; null in the activities unless a value follows.",
    (
        fiscal_year("fiscal_year", "Fiscal year that the document reports."),
        EDITION,
        DOCUMENT,
        PAGE,
        ROW_ON_PAGE,
        text("country", "Recipient as printed."),
        text("program_printed", "Program label as printed."),
        text("field", "Which cell: quantity, cost, start_date or end_date."),
        text("printed", "What is printed there; empty when nothing is.", nullable=True),
        text(
            "outcome",
            "What the printed totals say of the cell: its value follows, the total is reached without it, nothing.",
            allowed=derived.OUTCOMES,
        ),
        Field(
            "derived_value",
            "int64",
            "people or current US dollars",
            "Printed total of the program table less all its other cells; empty unless it follows.",
            nullable=True,
            minimum=0,
        ),
    ),
    key=("document", "page", "row_on_page", "field"),
)

CORRECTIONS = Schema(
    "corrections",
    "Cells that a document prints wrongly or that cannot be read as they stand, one row a cell, with the reason.",
    (
        EDITION,
        DOCUMENT,
        PAGE,
        Field(
            "row_on_page",
            "int16",
            "",
            "Number of the row on its page, from 1, as read; 0 where the whole page is meant.",
            minimum=0,
        ),
        text("field", "Which cell; row or page where all of it is left out."),
        text("as_printed", "What is read there; empty when nothing is.", nullable=True),
        text("corrected", "What the row holds instead; empty for nothing.", nullable=True),
        WHAT_THE_PAGE_SHOWS,
    ),
    key=("document", "page", "row_on_page", "field"),
)

KNOWN_ISSUES = Schema(
    "known_issues",
    "Places where a document contradicts itself or cannot be read.",
    (
        EDITION,
        DOCUMENT,
        PAGE,
        text("region", "Region as printed.", nullable=True),
        text("country", "Recipient as printed.", nullable=True),
        text("program_printed", "Program label as printed; empty for a country.", nullable=True),
        text("level", "What the case concerns: a total (see its levels), a row, a page."),
        fiscal_year("fiscal_year", "Year of a total of a fiscal year; else empty.", nullable=True),
        text("measure", "Which column or number the case concerns."),
        text("printed_value", "Value as printed.", nullable=True),
        text(
            "computed_value",
            "Value of the rows: added up for a total, as it follows for a cell, the country they name for a recipient.",
            nullable=True,
        ),
        text("reason", "What is wrong in the document."),
    ),
)
