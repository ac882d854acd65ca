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
    from small_project import InThisProcess, small_project

    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    monkeypatch.setattr(reading, "processes", InThisProcess)
    return small_project(tmp_path)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    """The same project, built once to be copied."""
    from milaid.tables.build import reading
    from small_project import InThisProcess, small_project

    root = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("MILAID_ROOT", str(root))
        patched.setattr(reading, "processes", InThisProcess)
        made = small_project(root)
        made.build()
    return made


@pytest.fixture
def built(built_once, tmp_path, monkeypatch):
    """The same project, built, in a directory of its own."""
    from milaid.tables.build import reading
    from small_project import InThisProcess

    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))
    monkeypatch.setattr(reading, "processes", InThisProcess)
    return built_once.copied_to(tmp_path)


@pytest.fixture
def server():
    """A server of files on this machine, running until the test ends."""
    from official_server import running

    with running() as server:
        yield server


@pytest.fixture
def online(project, server, tmp_path, monkeypatch):
    """The small project with its files on a server; Africa and Europe of 2014 are sections of one volume there."""
    from functools import partial

    from milaid.sources.download import downloading
    from milaid.tables.state import read_rows
    from official_server import Pauses
    from small_project import AFRICA, EUROPE, write_rows
    from volumes import draw_volume

    monkeypatch.delenv("MILAID_SOURCES", raising=False)
    monkeypatch.setattr(downloading, "Manners", partial(downloading.Manners, tries=2, pause=Pauses()))
    volume = draw_volume(tmp_path / "volume.pdf", AFRICA, EUROPE)
    address = server.serve("files/report%20volume.pdf", volume.read_bytes())
    others = read_rows(project.table("other_sources"))
    for row in [*project.documents, *others]:
        if row.get("fiscal_year") == 2014:
            row.update(kind="page extract", url=address)
        else:
            address = server.serve(row["path"], (project.sources / row["path"]).read_bytes())
            row["url" if "file_url" not in row else "file_url"] = address
    write_rows(project.table("documents"), project.documents)
    write_rows(project.table("other_sources"), others)
    return project
