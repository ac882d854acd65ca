"""The columns of the tables on persons: what is withheld of the activities, and what only looks like a person."""

from __future__ import annotations

from milaid.tables.schema import Schema
from milaid.tables.schema_fields import EDITION, PAGE, fiscal_year, text

TEXTS = ("course_title", "location", "student_unit", "us_unit")
"""The fields of an activity that are free text, and so may name a person."""
KINDS = ("name", "number", "telephone")

WITHHELD = Schema(
    "withheld",
    "Fields of activities in which a person's name or number is withheld, one row a field, without the text.",
    (
        text("row_id", "Identifier of the activity."),
        fiscal_year("fiscal_year", "Fiscal year of the activity."),
        EDITION,
        text("document", "File name of the document that the activity was read from."),
        PAGE,
        text("field", "Which field of the activity.", allowed=TEXTS),
        text(
            "kind",
            "What is withheld: name of a person, personal number, number of a telephone.",
            allowed=KINDS,
        ),
        text("shown", "What the field says instead: the mark of what is withheld, and the rest as printed."),
        text("reason", "Why it was decided to be about a person."),
    ),
    key=("row_id", "field"),
)

NOT_PERSONAL = Schema(
    "not_personal",
    "Words that look like a person's name or number and were read and decided to be none.",
    (
        text("field", "Which field of the activities; empty: any.", nullable=True, allowed=TEXTS),
        text("country", "Recipient as printed; empty: any.", nullable=True),
        text(
            "pattern",
            "Regular expression of the words, without accents; capital and small letters are alike.",
        ),
        text("reason", "What it is instead."),
    ),
)

PEOPLE_SCHEMAS = (WITHHELD, NOT_PERSONAL)
