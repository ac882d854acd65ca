"""The columns of the tables on recipients and places: their names, outlines, institutions and units."""

from __future__ import annotations

from milaid.tables.schema import Field, Schema
from milaid.tables.schema_fields import ISO3, NAME, NOTE_ON_NAME, REGIONS, fiscal_year, text

RECIPIENT_KINDS = ("country", "territory", "former state", "group of states", "organisation", "not stated")
_MATCHES = ("word", "end", "whole")
_PATTERN = text("pattern", "Text looked for: capitals and digits, without accents and punctuation.")
_MATCH = text("match", "Where it counts: as whole words anywhere, at the end, or alone.", allowed=_MATCHES)
_COUNTRY = text("country", "ISO 3166-1 alpha-3 code.")
_US_STATE = text("us_state", "Postal code of the US state or territory.", nullable=True)

COUNTRIES = Schema(
    "countries",
    "Every recipient name printed in the editions, and which recipient it stands for.",
    (
        NAME,
        ISO3,
        text("recipient", "Display name of the recipient."),
        text("region", "Harmonised region.", allowed=REGIONS),
        text("kind", "What the recipient is.", allowed=RECIPIENT_KINDS),
        fiscal_year("first_fiscal_year", "First fiscal year with this name.", nullable=True),
        fiscal_year("last_fiscal_year", "Last fiscal year with this name.", nullable=True),
        NOTE_ON_NAME,
    ),
    key=("printed",),
)

BOUNDARIES = Schema(
    "boundaries",
    "Outlines of countries for maps, one row a corner in drawing order.",
    (
        text(
            "iso3", "ISO 3166-1 alpha-3 code, or the code of the outline where there is none.", nullable=True
        ),
        text("name", "Name of the country."),
        Field("part", "int32", "", "Number of the polygon within the country."),
        Field("ring", "int32", "", "Number of the ring within the polygon; 0 is the outer ring.", minimum=0),
        Field("lon", "decimal", "degrees east", "Longitude."),
        Field("lat", "decimal", "degrees north", "Latitude."),
    ),
)

PLACES = Schema(
    "places",
    "Words in training locations, and the place and country that they name.",
    (
        _PATTERN,
        _MATCH,
        text(
            "kind",
            "What the words are; a school counts only where nothing else is named.",
            allowed=("country", "territory", "region", "code", "city", "base", "school", "online", "vague"),
        ),
        text(
            "country",
            "ISO 3166-1 alpha-3 code; empty for online training and for words of no place.",
            nullable=True,
        ),
        _US_STATE,
        text("place", "Town, base or training area in one spelling.", nullable=True),
        text("note", "Why the words mean that place.", nullable=True),
    ),
    key=("pattern", "match", "country", "us_state"),
)

US_STATES = Schema(
    "us_states",
    "Names and codes of the US states, the District of Columbia and the territories.",
    (
        _PATTERN,
        text(
            "match",
            "Where it counts: anywhere, at the end, or in an address (before ZIP code or US, behind a town).",
            allowed=("word", "end", "address"),
        ),
        text("us_state", "Postal code."),
        text("note", "Why it counts only there.", nullable=True),
    ),
    key=("pattern",),
)

INSTITUTIONS = Schema(
    "institutions",
    "Schools, colleges, academies and training centers.",
    (
        text("institution", "Name of the institution."),
        text("place", "Town or base of its seat; empty when it moved.", nullable=True),
        _US_STATE,
        _COUNTRY,
        text(
            "trains_at_seat",
            "Whether a location that names only the institution means its seat; no when it also trains elsewhere.",
            allowed=("yes", "no"),
        ),
        text("part_of", "Institution of this table that it is a part of.", nullable=True),
        text("note", "What to know about it.", nullable=True),
    ),
    key=("institution",),
)

INSTITUTION_NAMES = Schema(
    "institution_names",
    "The ways in which the documents write the names of institutions.",
    (
        _PATTERN,
        _MATCH,
        text(
            "institution",
            "Name of the institution; empty when the words hold the name of one and mean none.",
            nullable=True,
        ),
    ),
    key=("pattern", "match"),
)

COURSE_EXTENSIONS = Schema(
    "course_extensions",
    "Titles in the column of the course that stand for a longer stay on another course, and are no course.",
    (
        text("title", "The title as printed, in capitals with single spaces."),
        text("reason", "Why it is no course, with edition and page."),
    ),
    key=("title",),
)
UNIT_WORDS = Schema(
    "unit_words",
    "Texts in place of the unit of the participants that name no unit.",
    (_PATTERN, text("note", "What the text stands for.", nullable=True)),
    key=("pattern",),
)
