"""Fixtures that several unit tests use."""

from __future__ import annotations

import pytest


@pytest.fixture
def read(tmp_path):
    """Return the function that draws a document of these countries and reads it."""
    from fmtr_documents import Country, Document, write
    from milaid.sources.fmtr.document import read_document

    return lambda *countries, **options: read_document(
        write(tmp_path / "africa.pdf", Document(countries=countries or (Country(),), **options))
    )


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of three documents, two of FY2014 and one of FY2013, not built yet."""
    from milaid.tables.build import reading
    from small_project import AFRICA, EARLIER, EUROPE, InThisProcess, Project

    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    monkeypatch.setattr(reading, "ProcessPoolExecutor", InThisProcess)
    made = Project(tmp_path)
    made.add("africa.pdf", AFRICA)
    made.add("europe.pdf", EUROPE)
    made.add("africa_2013.pdf", EARLIER)
    return made


@pytest.fixture
def built(project):
    """The same project, built."""
    project.build()
    return project
