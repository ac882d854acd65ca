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
def home(tmp_path):
    """A directory of its own that is the project while the test runs."""
    from small_project import worked_in

    with worked_in(tmp_path):
        yield tmp_path


@pytest.fixture
def project(home):
    """A project of three documents, two of FY2014 and one of FY2013, not built yet."""
    from small_project import small_project

    return small_project(home)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory):
    """The same project, built once to be copied."""
    from small_project import small_project, worked_in

    root = tmp_path_factory.mktemp("built")
    with worked_in(root):
        made = small_project(root)
        made.build()
    return made


@pytest.fixture
def built(built_once, home):
    """The same project, built, in a directory of its own."""
    return built_once.copied_to(home)


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
