"""How the columns of the tables are written down, and the columns that several tables have."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from milaid import flags
from milaid.tables.schema import Field

REGIONS = (
    "Africa",
    "East Asia and Pacific",
    "Europe and Eurasia",
    "Near East",
    "South and Central Asia",
    "Western Hemisphere",
    "Not stated",
)
"""The harmonised regions."""


def text(
    name: str, description: str, *, nullable: bool = False, allowed: tuple[str, ...] = (), refers_to: str = ""
) -> Field:
    """Return a column of text."""
    return Field(name, "text", "", description, nullable, allowed, refers_to=refers_to)


def fiscal_year(name: str, description: str, *, nullable: bool = False) -> Field:
    """Return a column of fiscal years."""
    return Field(name, "int16", "fiscal year", description, nullable)


def dollars(name: str, description: str, *, nullable: bool = False, minimum: float | None = None) -> Field:
    """Return a column of whole dollars of their own year."""
    return Field(name, "int64", "current US dollars", description, nullable, minimum=minimum)


def with_flags(
    fields: Iterable[Field], flagged: Collection[str], allowed: tuple[str, ...]
) -> tuple[Field, ...]:
    """Return columns with a column of flags behind each of ``flagged``, empty where a value has none of ``allowed``."""
    found: list[Field] = []
    for field in fields:
        found.append(field)
        if field.name in flagged:
            meanings = "; ".join(f"{code} {flags.MEANINGS[code]}" for code in allowed)
            description = (
                f"Observation flag of {field.name}: {meanings}. Empty: a value as the source prints it."
            )
            found.append(text(field.name + flags.SUFFIX, description, nullable=True, allowed=allowed))
    return tuple(found)


EDITION = text("edition", "Edition of the report that the row comes from, such as 2014-2015.")
DOCUMENT = text(
    "document", "File name of the document that the row was read from.", refers_to="documents.file"
)
PAGE = Field("page", "int32", "page", "Page of the document, counted from 1 at its first page.", minimum=1)
ROW_ON_PAGE = Field("row_on_page", "int16", "", "Number of the row on its page, from 1, as read.", minimum=1)
ISO3_OF_RECIPIENT = text(
    "iso3", "ISO 3166-1 alpha-3 code of the recipient; empty when it is no country.", nullable=True
)
ISO3 = text("iso3", "ISO 3166-1 alpha-3 code; empty when the recipient is no country.", nullable=True)
NAME = text("printed", "Name as printed.")
NOTE_ON_NAME = text("note", "What to know about the name.", nullable=True)
DISPLAY_NAME = text("recipient", "Display name, as in the table countries where that has the recipient.")
REGION_OF_RECIPIENT = text(
    "region", "Region in all years; empty where there is none.", nullable=True, allowed=REGIONS
)
WHAT_THE_PAGE_SHOWS = text("reason", "What the page shows.")
