"""Where things are: the one module that knows the directories of the project."""

from __future__ import annotations

import os
from pathlib import Path

FAILURES = "failures"
"""The folder below reports/ that tells why reports could not be built; it is no part of the site."""


def project_root() -> Path:
    """Return the project directory: ``MILAID_ROOT`` when set, else the checkout this package lies in."""
    configured = os.environ.get("MILAID_ROOT")
    return Path(configured).resolve() if configured else Path(__file__).resolve().parents[2]


def data_dir() -> Path:
    """Return the directory of the tidy tables."""
    return project_root() / "data"


def reference_dir() -> Path:
    """Return the directory of the reference tables, written by hand and under version control."""
    return data_dir() / "reference"


def official_dir() -> Path:
    """Return the project's own store of official files, laid out like the directory of the official files."""
    return data_dir() / "official"


def trainings_dir() -> Path:
    """Return the directory with one parquet file of activities a fiscal year."""
    return data_dir() / "trainings"


def notebooks_dir() -> Path:
    """Return the directory of the report notebooks."""
    return project_root() / "notebooks"


def reports_dir() -> Path:
    """Return the directory of the built reports."""
    return project_root() / "reports"


def plan_file() -> Path:
    """Return the list of the reports that ``milaid build`` makes."""
    return reports_dir() / "plan.yml"


def export_dir() -> Path:
    """Return the directory in which an export of the tables is put when no other is named."""
    return project_root() / "export"


def configured_sources() -> Path | None:
    """Return the directory with the official files that ``MILAID_SOURCES`` names, or None."""
    configured = os.environ.get("MILAID_SOURCES")
    return Path(configured) if configured else None
