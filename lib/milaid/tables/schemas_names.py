"""The columns of the tables of names: how people write countries and regions, beside what the documents print."""

from __future__ import annotations

from milaid.tables.schema import Schema
from milaid.tables.schema_fields import REGIONS, text

COUNTRY_NAMES = Schema(
    "country_names",
    "Ways in which people write recipients, beside the spellings that the sources print.",
    (
        text("form", "Name, abbreviation or code as it is written."),
        text(
            "code",
            "ISO 3166-1 alpha-3 code, or the code of a recipient without one of its own. A form with several is asked back.",
        ),
        text(
            "kind",
            "What the form is; language: the usual name in another language than English.",
            allowed=("present", "former", "long", "short", "abbreviation", "code", "language"),
        ),
        text("language", "Language of the form (BCP 47); empty for English and for codes.", nullable=True),
        text("source", "CLDR where Unicode's names of territories have it, else written for this project."),
        text("note", "Why the form means that recipient.", nullable=True),
    ),
    key=("form", "code"),
)

DEMONYMS = Schema(
    "demonyms",
    "Words for what is of a country, as they stand in names of units and in what people ask for: Iraqi, malienne.",
    (
        text("form", "Word as it is written, each gender by itself."),
        text("code", "ISO 3166-1 alpha-3 code. A form with several means none of them."),
        text("language", "Language of the form (BCP 47); empty for English.", nullable=True),
    ),
    key=("form", "code"),
)

REGION_NAMES = Schema(
    "region_names",
    "Ways in which people write the regions, beside their own names.",
    (
        text("form", "Name or abbreviation as it is written."),
        text("region", "Harmonised region. A form with several is asked back.", allowed=REGIONS),
        text(
            "kind",
            "name: it means the region; part: it means a part of it, or more than it, and is asked back.",
            allowed=("name", "part"),
        ),
        text("note", "Why the form means that region.", nullable=True),
    ),
    key=("form", "region"),
)
