"""What tests of `milaid data add` share: documents of an edition that is new, and an addition that must fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fmtr_documents import Country, Document
from milaid.errors import MilaidError
from milaid.tables.build.adding import Addition, add_edition
from milaid.tables.state import read_rows
from small_project import Project, next_document

EDITION = "2021-2022"
KNOWN = Country("Angola")


def plain(region: str = "Africa", *countries: Country, **options: object) -> Document:
    """Return a document of the next edition in which nothing is new."""
    return next_document(region, *(countries or (KNOWN,)), **options)


def add(*files: Path, edition: str = EDITION, **options: Any) -> Addition:
    """Add files to an edition, in this process."""
    return add_edition(files, edition, jobs=1, **options)


def refused(project: Project, kind: type[MilaidError], *files: Path, **options: Any) -> str:
    """Return the message of an addition that must fail and leave everything below data/ as it was."""
    before, entries = project.everything(), project.entries()
    with pytest.raises(kind) as caught:
        add(*files, **options)
    assert project.everything() == before
    assert project.entries() == entries
    return str(caught.value)


def manifest(project: Project) -> list[dict[str, str]]:
    """Return the rows of documents.csv."""
    return read_rows(project.table("documents"))
