"""Who publishes under which name and terms, as every page and file of the suite says it."""

from __future__ import annotations

from datetime import date

import milaid

SERIES_NAME = "US foreign military training and aid"
LICENCE = "Text and figures CC BY 4.0. Source documents: public domain"


def published() -> str:
    """Return day and version of this release: ``18 November 2026, version 0.1.0``."""
    day = date.fromisoformat(milaid.__released__)
    return f"{day.day} {day:%B %Y}, version {milaid.__version__}"
