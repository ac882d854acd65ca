"""The columns of every tidy table: what they are called, hold and mean."""

from __future__ import annotations

from milaid.tables.schema import Field, Schema
from milaid.tables.schemas_aid import AID_SCHEMAS
from milaid.tables.schemas_arms import ARMS_SCHEMAS
from milaid.tables.schemas_programs import (
    GUIDE_PROGRAMS,
    LAWS,
    PROGRAM_ACCOUNTS,
    PROGRAM_LABELS,
    PROGRAM_TEXTS,
    PROGRAMS,
)

STATUSES = ("actual", "planned")
TOTAL_STATUSES = (*STATUSES, "both")
TOTAL_LEVELS = ("fiscal_year", "program", "country")
RECIPIENT_KINDS = ("country", "territory", "former state", "group of states", "organisation", "not stated")
LOCATION_STATUSES = ("recognised", "online", "not stated", "not recognised")
REGIONS = (
    "Africa",
    "East Asia and Pacific",
    "Europe and Eurasia",
    "Near East",
    "South and Central Asia",
    "Western Hemisphere",
    "Not stated",
)

_EDITION = Field("edition", "text", "", "Edition of the report that the row comes from, such as 2014-2015.")
_DOCUMENT = Field(
    "document",
    "text",
    "",
    "File name of the document that the row was read from.",
    refers_to="documents.file",
)
_PAGE = Field("page", "int32", "page", "Page of the document, counted from 1 at its first page.", minimum=1)

TRAININGS = Schema(
    "trainings",
    "Training activities reported to Congress, one row an activity.",
    (
        Field("row_id", "text", "", "Identifier of the row: edition, document, page, row on the page."),
        Field("fiscal_year", "int16", "fiscal year", "Fiscal year in which the activity took place."),
        Field(
            "status",
            "text",
            "",
            "Whether the edition reports the activity as done or planned.",
            allowed=STATUSES,
        ),
        _EDITION,
        _DOCUMENT,
        _PAGE,
        Field("printed_page", "text", "", "Page number as printed on the page.", nullable=True),
        Field("row_on_page", "int16", "", "Number of the row on its page, from 1, as read.", minimum=1),
        Field("section", "int16", "", "Number of the program table within the document, from 1.", minimum=1),
        Field("region", "text", "", "Region as the edition prints it."),
        Field("region_harmonised", "text", "", "One region for each recipient in all years."),
        Field("country", "text", "", "Recipient as the edition prints it.", refers_to="countries.printed"),
        Field("recipient", "text", "", "One display name for each recipient in all years."),
        Field("recipient_kind", "text", "", "What the recipient is.", allowed=RECIPIENT_KINDS),
        Field(
            "iso3", "text", "", "ISO 3166-1 alpha-3 code of the recipient; empty when it is no country.", True
        ),
        Field(
            "program",
            "text",
            "",
            "Canonical code of the program, as in programs.csv.",
            refers_to="programs.code",
        ),
        Field(
            "program_printed",
            "text",
            "",
            "Program label as the edition prints it.",
            refers_to="program_labels.printed",
        ),
        Field("funder", "text", "", "Funding department as the edition prints it: DoS, DoD or DHS."),
        Field("course_title", "text", "", "Title of the course or activity.", nullable=True),
        Field(
            "quantity", "int32", "people", "Course participants of the activity.", nullable=True, minimum=0
        ),
        Field("location", "text", "", "Place of the training as the edition prints it.", nullable=True),
        Field(
            "student_unit", "text", "", "Unit of the participants as the edition prints it.", nullable=True
        ),
        Field(
            "us_unit", "text", "", "US unit that gave the training as the edition prints it.", nullable=True
        ),
        Field(
            "place",
            "text",
            "",
            "Town, base or training area in one spelling; empty when none or several are named.",
            True,
        ),
        Field(
            "us_state",
            "text",
            "",
            "Postal code of the US state, of the District of Columbia (DC) or of a US territory.",
            True,
        ),
        Field(
            "location_country",
            "text",
            "",
            "ISO 3166-1 alpha-3 code of the country of the training; the five inhabited US territories are USA.",
            True,
        ),
        Field(
            "in_united_states",
            "boolean",
            "",
            "Whether the training was in the United States or its territories; empty when no country is known.",
            True,
        ),
        Field("online", "boolean", "", "Whether the location says that it was taught at a distance.", True),
        Field(
            "location_status",
            "text",
            "",
            "What the location says: a country that is recognised, online, nothing, or nothing recognised.",
            allowed=LOCATION_STATUSES,
        ),
        Field(
            "institution", "text", "", "School, college, academy or training center in one spelling.", True
        ),
        Field(
            "student_unit_clean",
            "text",
            "",
            "Unit of the participants with its spaces and marks in order; empty when it names none.",
            True,
        ),
        Field("cost_usd", "int64", "current US dollars", "Cost of the activity.", nullable=True),
        Field("cost_printed", "text", "", "Cost as the edition prints it.", nullable=True),
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
        Field("citation", "text", "", "Report, edition, section, region and page that the row stands on."),
        Field(
            "source_url",
            "text",
            "",
            "Official address of the document, with the page where the page of that file is known.",
        ),
    ),
    key=TRAININGS.key,
)

TRAININGS_TOTALS = Schema(
    "trainings_totals",
    "Totals printed in the documents, one row a printed total.",
    (
        _EDITION,
        Field(
            "fiscal_year",
            "int16",
            "fiscal year",
            "Fiscal year that the total covers; the earlier of two where it covers both.",
        ),
        Field(
            "status",
            "text",
            "",
            "Whether the total is of activities done, planned, or both together.",
            allowed=TOTAL_STATUSES,
        ),
        Field(
            "level",
            "text",
            "",
            "What the total covers: one fiscal year of a program of a country, such a program, a whole country.",
            allowed=TOTAL_LEVELS,
        ),
        Field("region", "text", "", "Region as the edition prints it."),
        Field(
            "country",
            "text",
            "",
            "Recipient as the edition prints it.",
            nullable=True,
            refers_to="countries.printed",
        ),
        Field(
            "program_printed",
            "text",
            "",
            "Program label as printed; empty for a country total.",
            nullable=True,
            refers_to="program_labels.printed",
        ),
        Field(
            "section",
            "int16",
            "",
            "Number of the program table the total ends; empty for a country total.",
            True,
        ),
        Field("quantity", "int32", "people", "Printed number of people.", nullable=True),
        Field("cost_usd", "int64", "current US dollars", "Printed cost.", nullable=True),
        _DOCUMENT,
        _PAGE,
    ),
)

DEFLATOR = Schema(
    "deflator",
    "Price level of the US economy by fiscal year.",
    (
        Field("fiscal_year", "int16", "fiscal year", "Fiscal year."),
        Field("gdp_deflator", "decimal", "index", "GDP deflator; 1 in the base fiscal year.", minimum=0.0),
        Field("base_fiscal_year", "int16", "fiscal year", "Fiscal year in which the index is 1."),
    ),
    key=("fiscal_year",),
)

BOUNDARIES = Schema(
    "boundaries",
    "Outlines of countries for maps, one row a corner in drawing order.",
    (
        Field(
            "iso3",
            "text",
            "",
            "ISO 3166-1 alpha-3 code, or the code of the outline where there is none.",
            True,
        ),
        Field("name", "text", "", "Name of the country."),
        Field("part", "int32", "", "Number of the polygon within the country."),
        Field("ring", "int32", "", "Number of the ring within the polygon; 0 is the outer ring.", minimum=0),
        Field("lon", "decimal", "degrees east", "Longitude."),
        Field("lat", "decimal", "degrees north", "Latitude."),
    ),
)

COUNTRIES = Schema(
    "countries",
    "Every recipient name printed in the editions, and which recipient it stands for.",
    (
        Field("printed", "text", "", "Name as printed."),
        Field("iso3", "text", "", "ISO 3166-1 alpha-3 code; empty when the recipient is no country.", True),
        Field("recipient", "text", "", "Display name of the recipient."),
        Field("region", "text", "", "Harmonised region."),
        Field("kind", "text", "", "What the recipient is.", allowed=RECIPIENT_KINDS),
        Field(
            "first_fiscal_year", "int16", "fiscal year", "First fiscal year with this name.", nullable=True
        ),
        Field("last_fiscal_year", "int16", "fiscal year", "Last fiscal year with this name.", nullable=True),
        Field("note", "text", "", "What to know about the name.", nullable=True),
    ),
    key=("printed",),
)

KNOWN_ISSUES = Schema(
    "known_issues",
    "Places where a document contradicts itself or cannot be read.",
    (
        _EDITION,
        _DOCUMENT,
        _PAGE,
        Field("region", "text", "", "Region as printed.", nullable=True),
        Field("country", "text", "", "Recipient as printed.", nullable=True),
        Field("program_printed", "text", "", "Program label as printed; empty for a country.", nullable=True),
        Field("level", "text", "", "What the case concerns: a total (see its levels), a row, a page."),
        Field("fiscal_year", "int16", "fiscal year", "Year of a total of a fiscal year; else empty.", True),
        Field("measure", "text", "", "Which column or number the case concerns."),
        Field("printed_value", "text", "", "Value as printed.", nullable=True),
        Field("computed_value", "text", "", "Value of the rows added up.", nullable=True),
        Field("reason", "text", "", "What is wrong in the document."),
    ),
)

PUBLISHED_FIGURES = Schema(
    "published_figures",
    "Totals that others published, each with its own definition.",
    (
        Field("publisher", "text", "", "Who published the figure."),
        Field("measure", "text", "", "What was counted."),
        Field(
            "fiscal_year", "text", "fiscal year", "Fiscal year, or first and last of a period with a hyphen."
        ),
        Field("place", "text", "", "Recipient or World."),
        Field("program", "text", "", "Program or All."),
        Field("value", "decimal", "see unit", "The figure."),
        Field("unit", "text", "", "Unit of the figure."),
        Field("definition", "text", "", "What the figure includes, in our words."),
        Field(
            "reason",
            "text",
            "",
            "Why it differs from the count of Section IV; empty: not known.",
            nullable=True,
        ),
        Field("source_url", "text", "", "Address of the publication."),
    ),
    key=("publisher", "measure", "fiscal_year", "place", "program"),
)

SERIES_BREAKS = Schema(
    "series_breaks",
    "Years without data, breaks in the long series, and changes of the documents within it.",
    (
        Field(
            "fiscal_year",
            "int16",
            "fiscal year",
            "A gap: the year missing. Else the first year it applies to.",
        ),
        Field(
            "kind",
            "text",
            "",
            "gap: no data; break: totals not comparable with the years before; change: totals comparable.",
            allowed=("gap", "break", "change"),
        ),
        Field("label", "text", "", "A few words for a chart."),
        Field(
            "region",
            "text",
            "",
            "Region of the recipients it concerns; empty when it concerns all.",
            nullable=True,
            allowed=REGIONS,
        ),
        Field("description", "text", "", "What changed, and where the documents show it."),
    ),
)

EDITION_FIELDS = Schema(
    "edition_fields",
    "Which column each edition prints in its tables of activities, and under what heading.",
    (
        _EDITION,
        Field("field", "text", "", "Column of the activities that holds what the printed column says."),
        Field("printed", "text", "", "Whether the tables have the column.", allowed=("yes", "no")),
        Field("heading", "text", "", "Heading as printed; empty when there is no column.", nullable=True),
        Field("note", "text", "", "What to know about the column in this edition.", nullable=True),
    ),
    key=("edition", "field"),
)

DOCUMENTS = Schema(
    "documents",
    "The official documents that the tables were read from.",
    (
        Field("file", "text", "", "File name."),
        _EDITION,
        Field("fiscal_year", "int16", "fiscal year", "Fiscal year the document reports as actual."),
        Field("region", "text", "", "Region that the document covers.", nullable=True),
        Field("kind", "text", "", "Official file, or pages cut out of one."),
        Field("url", "text", "", "Official address; empty when it is not known.", nullable=True),
        Field("sha256", "text", "", "SHA-256 of the file."),
        Field("bytes", "int64", "bytes", "Size of the file.", nullable=True, minimum=1),
        Field("pages", "int32", "pages", "Pages of the file.", nullable=True, minimum=1),
        Field("path", "text", "", "Place of the file below the directory of the official files."),
        Field(
            "first_page_in_official_file",
            "int32",
            "page",
            "Pages cut out: the page of the official file that is page 1 here; empty where not known.",
            nullable=True,
            minimum=1,
        ),
    ),
    key=("file",),
)

OTHER_SOURCES = Schema(
    "other_sources",
    "The other official files that the tables were made from.",
    (
        Field("path", "text", "", "Place of the file below the directory of the official files."),
        Field("title", "text", "", "What the file is."),
        Field("publisher", "text", "", "Who publishes it."),
        Field("url", "text", "", "Official address."),
        Field("file_url", "text", "", "Address of the file itself, where one is known.", nullable=True),
        Field("licence", "text", "", "Terms of use."),
        Field("sha256", "text", "", "SHA-256 of the file."),
    ),
    key=("path",),
)

UNREAD_VALUES = Schema(
    "unread_values",
    "Cells of the documents that hold no value that can be read; they are null in the activities.",
    (
        Field("fiscal_year", "int16", "fiscal year", "Fiscal year that the document reports."),
        _EDITION,
        _DOCUMENT,
        _PAGE,
        Field("row_on_page", "int16", "", "Number of the row on its page, from 1, as read.", minimum=1),
        Field("country", "text", "", "Recipient as printed."),
        Field("program_printed", "text", "", "Program label as printed."),
        Field("field", "text", "", "Which cell: quantity, cost, start_date or end_date."),
        Field("printed", "text", "", "What is printed there; empty when nothing is.", nullable=True),
    ),
    key=("document", "page", "row_on_page", "field"),
)

CORRECTIONS = Schema(
    "corrections",
    "Cells that a document prints wrongly or that cannot be read as they stand, one row a cell, with the reason.",
    (
        _EDITION,
        _DOCUMENT,
        _PAGE,
        Field(
            "row_on_page",
            "int16",
            "",
            "Number of the row on its page, from 1, as read; 0 where the whole page is meant.",
            minimum=0,
        ),
        Field("field", "text", "", "Which cell; row or page where all of it is left out."),
        Field("as_printed", "text", "", "What is read there; empty when nothing is.", nullable=True),
        Field("corrected", "text", "", "What the row holds instead; empty for nothing.", nullable=True),
        Field("reason", "text", "", "What the page shows."),
    ),
    key=("document", "page", "row_on_page", "field"),
)

_MATCHES = ("word", "end", "whole")
_PATTERN = Field(
    "pattern", "text", "", "Text looked for: capitals and digits, without accents and punctuation."
)
_MATCH = Field(
    "match", "text", "", "Where it counts: as whole words anywhere, at the end, or alone.", allowed=_MATCHES
)

_ISO3 = Field("country", "text", "", "ISO 3166-1 alpha-3 code.")
_US_STATE = Field("us_state", "text", "", "Postal code of the US state or territory.", nullable=True)

PLACES = Schema(
    "places",
    "Words in training locations, and the place and country that they name.",
    (
        _PATTERN,
        _MATCH,
        Field(
            "kind",
            "text",
            "",
            "What the words are; a school counts only where nothing else is named.",
            allowed=(
                "country", "territory", "region", "code", "city", "base", "school", "online", "vague",
            ),
        ),
        Field(
            "country",
            "text",
            "",
            "ISO 3166-1 alpha-3 code; empty for online training and for words of no place.",
            True,
        ),
        _US_STATE,
        Field("place", "text", "", "Town, base or training area in one spelling.", nullable=True),
        Field("note", "text", "", "Why the words mean that place.", nullable=True),
    ),
    key=("pattern", "match", "country", "us_state"),
)  # fmt: skip

US_STATES = Schema(
    "us_states",
    "Names and codes of the US states, the District of Columbia and the territories.",
    (
        _PATTERN,
        Field(
            "match",
            "text",
            "",
            "Where it counts: anywhere, at the end, or in an address (before ZIP code or US, behind a town).",
            allowed=("word", "end", "address"),
        ),
        Field("us_state", "text", "", "Postal code."),
        Field("note", "text", "", "Why it counts only there.", nullable=True),
    ),
    key=("pattern",),
)

INSTITUTIONS = Schema(
    "institutions",
    "Schools, colleges, academies and training centers.",
    (
        Field("institution", "text", "", "Name of the institution."),
        Field("place", "text", "", "Town or base of its seat; empty when it moved.", nullable=True),
        _US_STATE,
        _ISO3,
        Field(
            "trains_at_seat",
            "text",
            "",
            "Whether a location that names only the institution means its seat; no when it also trains elsewhere.",
            allowed=("yes", "no"),
        ),
        Field("part_of", "text", "", "Institution of this table that it is a part of.", nullable=True),
        Field("note", "text", "", "What to know about it.", nullable=True),
    ),
    key=("institution",),
)

INSTITUTION_NAMES = Schema(
    "institution_names",
    "The ways in which the documents write the names of institutions.",
    (
        _PATTERN,
        _MATCH,
        Field(
            "institution",
            "text",
            "",
            "Name of the institution; empty when the words hold the name of one and mean none.",
            True,
        ),
    ),
    key=("pattern", "match"),
)

UNIT_WORDS = Schema(
    "unit_words",
    "Texts in place of the unit of the participants that name no unit.",
    (_PATTERN, Field("note", "text", "", "What the text stands for.", nullable=True)),
    key=("pattern",),
)

SCHEMAS: dict[str, Schema] = {
    schema.name: schema
    for schema in (
        TRAININGS, TRAININGS_TOTALS, DEFLATOR, BOUNDARIES, COUNTRIES, PROGRAMS, GUIDE_PROGRAMS,
        PROGRAM_ACCOUNTS, PROGRAM_TEXTS, LAWS, PROGRAM_LABELS, KNOWN_ISSUES,
        PUBLISHED_FIGURES, SERIES_BREAKS, EDITION_FIELDS, DOCUMENTS, OTHER_SOURCES, UNREAD_VALUES, CORRECTIONS,
        PLACES, US_STATES, INSTITUTIONS, INSTITUTION_NAMES, UNIT_WORDS,
        *ARMS_SCHEMAS,
        *AID_SCHEMAS,
    )
}  # fmt: skip
