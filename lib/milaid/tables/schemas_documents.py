"""The columns of the tables on documents and editions: sources, printed columns, breaks, figures of others."""

from __future__ import annotations

from milaid.tables.schema import Field, Schema
from milaid.tables.schema_fields import DOCUMENT, EDITION, PAGE, REGIONS, ROW_ON_PAGE, fiscal_year, text

_SOURCE_PATH = text("path", "Place of the file below the directory of the official files.")
_SHA256 = text("sha256", "SHA-256 of the file.")

DOCUMENTS = Schema(
    "documents",
    "The official documents that the tables were read from.",
    (
        text("file", "File name."),
        EDITION,
        fiscal_year("fiscal_year", "Fiscal year the document reports as actual."),
        text("region", "Region that the document covers.", nullable=True),
        text("kind", "Official file, or pages cut out of one."),
        text("url", "Official address; empty when it is not known.", nullable=True),
        _SHA256,
        Field("bytes", "int64", "bytes", "Size of the file.", nullable=True, minimum=1),
        Field("pages", "int32", "pages", "Pages of the file.", nullable=True, minimum=1),
        _SOURCE_PATH,
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


def _edge(name: str, description: str) -> Field:
    return Field(name, "int16", "points", description)


ROW_BOXES = Schema(
    "row_boxes",
    "Where each activity stands on its page: one row an activity and part of it, none for activities of web pages.",
    (
        DOCUMENT,
        Field("page", "int16", "page", "Page on which the activity begins, as in the activities.", minimum=1),
        ROW_ON_PAGE,
        Field(
            "part",
            "int16",
            "",
            "1; 2 and more where it goes on in the next column or on the next page.",
            minimum=1,
        ),
        Field("on_page", "int16", "page", "Page on which this part stands, counted as page.", minimum=1),
        _edge("left", "Left edge, from the left edge of the page as it is shown; 72 points are an inch."),
        _edge("bottom", "Lower edge, from the lower edge of the page as it is shown."),
        _edge("right", "Right edge, from the left edge of the page."),
        _edge("top", "Upper edge, from the lower edge of the page."),
    ),
    key=("document", "page", "row_on_page", "part"),
)

OTHER_SOURCES = Schema(
    "other_sources",
    "The other official files that the tables were made from.",
    (
        _SOURCE_PATH,
        text("title", "What the file is."),
        text("publisher", "Who publishes it."),
        text("url", "Official address."),
        text("file_url", "Address of the file itself, where one is known.", nullable=True),
        text("licence", "Terms of use."),
        _SHA256,
    ),
    key=("path",),
)

EDITION_FIELDS = Schema(
    "edition_fields",
    "Which column each edition prints in its tables of activities, and under what heading.",
    (
        EDITION,
        text("field", "Column of the activities that holds what the printed column says."),
        text("printed", "Whether the tables have the column.", allowed=("yes", "no")),
        text("heading", "Heading as printed; empty when there is no column.", nullable=True),
        text("note", "What to know about the column in this edition.", nullable=True),
    ),
    key=("edition", "field"),
)

MEASURES_CONCERNED = ("participants", "cost", "participants, cost", "activities")
"""What the column ``concerns`` of the breaks can hold."""

SERIES_BREAKS = Schema(
    "series_breaks",
    "Years without data, breaks in the long series, and changes of the documents within it.",
    (
        fiscal_year("fiscal_year", "A gap: the year missing. Else the first year it applies to."),
        text(
            "kind",
            "gap: no data; break: totals not comparable with the years before; change: totals comparable.",
            allowed=("gap", "break", "change"),
        ),
        text("label", "A few words for a chart."),
        text(
            "region",
            "Region of the recipients it concerns; empty when it concerns all.",
            nullable=True,
            allowed=REGIONS,
        ),
        text(
            "concerns",
            "A change: the measures that are defined otherwise from that year on; empty when it is none. A break concerns all.",
            nullable=True,
            allowed=MEASURES_CONCERNED,
        ),
        text("description", "What changed, and where the documents show it."),
    ),
)

EVENTS = Schema(
    "events",
    "Events that charts over the years mark, each with its source: what happened, not what it caused.",
    (
        fiscal_year("fiscal_year", "Fiscal year in which it happened."),
        text("label", "A few words for a chart."),
        text(
            "concerns",
            "Whose charts mark it, separated by semicolons: all; world (all recipients, and programs); a region; an ISO "
            "3166-1 alpha-3 code.",
        ),
        text("description", "What happened, and when."),
        text("source", "Name of the source."),
        text("source_url", "Address of the source."),
    ),
    key=("fiscal_year", "label"),
)

PUBLISHED_FIGURES = Schema(
    "published_figures",
    "Totals that others published, each with its own definition.",
    (
        text("publisher", "Who published the figure."),
        text("measure", "What was counted."),
        Field(
            "fiscal_year", "text", "fiscal year", "Fiscal year, or first and last of a period with a hyphen."
        ),
        text("place", "Recipient or World."),
        text("program", "Program or All."),
        Field("value", "decimal", "see unit", "The figure."),
        text("unit", "Unit of the figure."),
        text("definition", "What the figure includes, in our words."),
        text("reason", "Why it differs from the count of Section IV; empty: not known.", nullable=True),
        text("source_url", "Address of the publication."),
    ),
    key=("publisher", "measure", "fiscal_year", "place", "program"),
)

OTHER_COUNTRY_KINDS = ("recipient", "guests", "place")

OTHER_COUNTRY_ROWS = Schema(
    "other_country_rows",
    "Rows that stand under one recipient and name another country, each case decided by reading its rows as they were extracted.",
    (
        EDITION,
        DOCUMENT,
        PAGE,
        ROW_ON_PAGE,
        text("country", "Recipient as printed, under which the row stands and is counted."),
        text("named", "Country that the row names instead, by its display name."),
        text("named_iso3", "ISO 3166-1 alpha-3 code of the country that the row names."),
        text(
            "kind",
            "What is in doubt: the recipient; nothing, as guests of a regional course stand under its host; the place.",
            allowed=OTHER_COUNTRY_KINDS,
        ),
    ),
    key=("document", "page", "row_on_page"),
)
