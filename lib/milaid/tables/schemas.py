"""The columns of every tidy table: what they are called, hold and mean."""

from __future__ import annotations

from milaid.tables.schema import Schema
from milaid.tables.schemas_aid import AID_SCHEMAS, DEFLATOR, FOREIGNASSISTANCE
from milaid.tables.schemas_arms import ARMS_SCHEMAS
from milaid.tables.schemas_documents import (
    DOCUMENTS,
    EDITION_FIELDS,
    EVENTS,
    OTHER_COUNTRY_ROWS,
    OTHER_SOURCES,
    PUBLISHED_FIGURES,
    ROW_BOXES,
    SERIES_BREAKS,
)
from milaid.tables.schemas_names import COUNTRY_NAMES, DEMONYMS, REGION_NAMES
from milaid.tables.schemas_notifications import ARMS_NOTIFICATIONS
from milaid.tables.schemas_people import PEOPLE_SCHEMAS
from milaid.tables.schemas_places import (
    BOUNDARIES,
    COUNTRIES,
    COURSE_EXTENSIONS,
    INSTITUTION_NAMES,
    INSTITUTIONS,
    PLACES,
    UNIT_WORDS,
    US_STATES,
)
from milaid.tables.schemas_programs import (
    GUIDE_PROGRAMS,
    LAWS,
    PROGRAM_ACCOUNTS,
    PROGRAM_LABELS,
    PROGRAM_TEXTS,
    PROGRAMS,
)
from milaid.tables.schemas_trainings import (
    CORRECTIONS,
    KNOWN_ISSUES,
    TRAININGS,
    TRAININGS_TOTALS,
    UNREAD_VALUES,
)
from milaid.tables.value_flags import FLAGGED_SCHEMAS

SCHEMAS: dict[str, Schema] = {
    schema.name: schema
    for schema in (
        TRAININGS, TRAININGS_TOTALS, DEFLATOR, BOUNDARIES, COUNTRIES, COUNTRY_NAMES, DEMONYMS, REGION_NAMES, PROGRAMS, GUIDE_PROGRAMS,
        PROGRAM_ACCOUNTS, PROGRAM_TEXTS, LAWS, PROGRAM_LABELS, KNOWN_ISSUES, OTHER_COUNTRY_ROWS,
        PUBLISHED_FIGURES, SERIES_BREAKS, EVENTS, EDITION_FIELDS, DOCUMENTS, OTHER_SOURCES, UNREAD_VALUES, ROW_BOXES, CORRECTIONS,
        PLACES, US_STATES, INSTITUTIONS, INSTITUTION_NAMES, UNIT_WORDS, COURSE_EXTENSIONS,
        *PEOPLE_SCHEMAS,
        *ARMS_SCHEMAS,
        ARMS_NOTIFICATIONS,
        *AID_SCHEMAS,
    )
}  # fmt: skip
ADDED = frozenset({FOREIGNASSISTANCE.name, ARMS_NOTIFICATIONS.name})
"""Tables that the repository does not have: who wants one makes it from files of their own."""
EXPORTED_SCHEMAS = SCHEMAS | FLAGGED_SCHEMAS
"""The tables as ``milaid export`` writes them."""
