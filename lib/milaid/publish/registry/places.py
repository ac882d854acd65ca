"""The places of the site: its own pages, and what form the place of a report may have."""

from __future__ import annotations

from collections.abc import Iterable

from milaid.publish.registry.report import Report

SITE_PAGES = {
    "index": "Reports",
    "explore": "Explore",
    "data": "Data",
    "glossary": "Glossary",
    "cite": "How to cite",
    "accessibility": "Accessibility",
}
"""The pages that stand beside the reports by their places, with their names in the menu, in its order."""

BRIEF_ENDING = "-brief"
"""What the names of the files of a brief have behind that of the report."""


def brief_of(place: str) -> str:
    """Return the place of the brief of the report at a place: ``country/CMR-brief``."""
    return f"{place}{BRIEF_ENDING}"


def is_place(place: str, reports: Iterable[Report]) -> bool:
    """Return whether a place, such as ``country/CMR``, is that of a page of the site or may be that of a report."""
    return place in SITE_PAGES or any(report.may_link_to(place) for report in reports)


def examples(reports: Iterable[Report]) -> str:
    """Return the forms of all places for a message: ``annual/{fiscal_year}, country/{country}, glossary``."""
    return ", ".join([*(report.place for report in reports), *SITE_PAGES])
