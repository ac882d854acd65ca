"""All files of the manifests from a server of our own: what is fetched, what is cut out, what fails, what a build takes."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace

import pytest

from fmtr_documents import Country
from milaid import paths
from milaid.errors import SourceError
from milaid.sources.download import downloading
from milaid.sources.official import accepted_digest, file_digest, read_record, record_path
from milaid.tables import store
from milaid.tables.build.data import build_data
from milaid.tables.source_files import BOUNDARIES_SOURCE, DEFLATOR_SOURCE
from milaid.tables.state import read_rows
from official_server import Served, files_below
from small_project import AFRICA, EUROPE, write_rows
from volumes import draw_volume

VOLUME = "volumes/2014-2015/report volume.pdf"
PATHS = {"fmtr/africa.pdf", "fmtr/europe.pdf", "fmtr/africa_2013.pdf", DEFLATOR_SOURCE, BOUNDARIES_SOURCE}


def fetch(project, **options):
    manifests = [read_rows(project.table(name)) for name in ("documents", "other_sources")]
    return downloading.download_official(*manifests, paths.official_dir(), **options)


def refused(project) -> str:
    with pytest.raises(SourceError) as caught:
        fetch(project)
    return str(caught.value)


def there() -> set[str]:
    return files_below(paths.official_dir())


def test_every_file_is_fetched_once_and_a_volume_once_for_all_its_sections(online, server):
    stream = io.StringIO()
    done = fetch(online, stream=stream)
    assert (done.present, done.fetched, done.without_address) == (0, 5, ())
    assert there() == PATHS | {VOLUME, "fmtr/africa.pdf.cutout.json", "fmtr/europe.pdf.cutout.json"}
    assert server.asked_for() == sorted(
        {*PATHS, "files/report%20volume.pdf"} - {"fmtr/africa.pdf", "fmtr/europe.pdf"}
    )
    assert stream.getvalue().splitlines()[0] == "Downloading official files: 0 of 4"
    assert stream.getvalue().splitlines()[-1] == "Downloading official files: done, 4"
    assert done.bytes == sum(len(served.content) for served in server.files.values())
    assert "0 were there, 5 fetched" in str(done)


def test_what_is_there_is_not_fetched_again(online, server):
    fetch(online)
    server.requests.clear()
    stream = io.StringIO()
    assert "5 were there, 0 fetched (0.0 MB)" in str(fetch(online, stream=stream))
    assert (server.requests, stream.getvalue()) == ([], "")


def test_files_that_fail_come_in_one_message_and_stop_no_other(online, server):
    server.files[DEFLATOR_SOURCE] = Served(status=404)
    server.files["fmtr/africa_2013.pdf"] = Served(b"<html><title>Sorry</title></html>")
    message = refused(online)
    assert (
        f"{DEFLATOR_SOURCE} from {server.url(DEFLATOR_SOURCE)}: the server has no such file (404 Not Found)"
        in message
    )
    assert (
        f"{server.url('fmtr/africa_2013.pdf')}: an HTML page titled «Sorry» came in place of the PDF"
        in message
    )
    assert message.count("\n  - ") == 2
    assert "3 files are there, 3 of them fetched now" in message
    assert "Run it again" in message and str(paths.official_dir()) in message and "--sources" in message
    assert SourceError.exit_code == 3
    assert there() & PATHS == PATHS - {DEFLATOR_SOURCE, "fmtr/africa_2013.pdf"}
    assert not [name for name in there() if ".part" in name]


def test_run_again_it_fetches_only_what_is_missing(online, server):
    whole = server.files[DEFLATOR_SOURCE]
    server.files[DEFLATOR_SOURCE] = Served(status=503)
    refused(online)
    server.files[DEFLATOR_SOURCE] = whole
    server.requests.clear()
    assert fetch(online).fetched == 1
    assert server.asked_for() == [DEFLATOR_SOURCE]


def test_every_one_of_many_failures_is_named(online, server):
    row = online.documents[-1]
    many = [{**row, "path": f"fmtr/{n}.pdf", "url": server.url(f"none/{n}.pdf")} for n in range(60)]
    write_rows(online.table("documents"), many)
    assert refused(online).count("404 Not Found") == 60


def test_a_wrong_file_under_the_name_is_replaced_once_the_right_one_is_there(online, server):
    path = paths.official_dir() / DEFLATOR_SOURCE
    path.parent.mkdir(parents=True)
    path.write_text("saved by hand, wrongly", encoding="utf-8")
    whole = server.files.pop(DEFLATOR_SOURCE)
    refused(online)
    assert path.read_text(encoding="utf-8") == "saved by hand, wrongly"
    server.files[DEFLATOR_SOURCE] = whole
    fetch(online)
    assert path.read_bytes() == whole.content


def test_a_volume_of_other_content_leaves_nothing_behind(online, server, tmp_path):
    other = draw_volume(tmp_path / "other.pdf", AFRICA, replace(EUROPE, fiscal_year=2015))
    server.serve("files/report%20volume.pdf", other.read_bytes())
    message = refused(online)
    assert f"{VOLUME} from {server.url('files/report%20volume.pdf')}: this PDF of 4 pages is not" in message
    assert "Europe, 1 pages of fiscal year 2014 expected, its head stands on pages 4 to 4 (2015)" in message
    assert there() == {"fmtr/africa_2013.pdf", DEFLATOR_SOURCE, BOUNDARIES_SOURCE}


def test_a_volume_saved_by_hand_is_cut_without_asking_the_server(online, server, tmp_path):
    path = paths.official_dir() / VOLUME
    path.parent.mkdir(parents=True)
    shutil.copy(tmp_path / "volume.pdf", path)
    fetch(online)
    assert "files/report%20volume.pdf" not in server.asked_for()
    assert there() >= PATHS


def test_a_wrong_volume_saved_by_hand_is_named_and_left_alone(online, server, tmp_path):
    path = paths.official_dir() / VOLUME
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF-1.7 cut off")
    message = refused(online)
    assert "the PDF is cut off" in message and f"delete {path}" in message
    assert path.read_bytes() == b"%PDF-1.7 cut off"


def test_a_damaged_cut_out_is_refused_by_the_build_and_cut_again_from_the_volume(online, server):
    fetch(online)
    path = paths.official_dir() / "fmtr/europe.pdf"
    shutil.copy(paths.official_dir() / "fmtr/africa.pdf", path)
    with pytest.raises(SourceError, match=r"europe.pdf: a readable section .* but not the file"):
        build_data(paths.official_dir(), jobs=1)
    server.requests.clear()
    assert fetch(online).fetched == 1
    assert server.requests == []
    assert accepted_digest(path, online.documents[1] | {"pages": "1"})


def test_the_extract_itself_is_accepted_without_a_record(online, server):
    for name in ("africa.pdf", "europe.pdf"):
        target = paths.official_dir() / "fmtr" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(online.source(name), target)
    assert fetch(online).present == 2
    assert "files/report%20volume.pdf" not in server.asked_for()


def test_a_build_from_cut_outs_makes_the_same_tables_as_one_from_the_extracts(online):
    online.build()
    from_extracts = online.content()
    fetch(online)
    result = build_data(paths.official_dir(), jobs=1)
    assert (result.parsed, result.kept) == (2, 1)
    downloaded = {
        name: content for name, content in online.content().items() if not name.startswith("official")
    }
    assert {name for name in downloaded if downloaded[name] != from_extracts[name]} == {"build.json"}
    assert not build_data(paths.official_dir(), jobs=1).files
    assert online.build().parsed == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "official file"},
        {"url": "https://example.org/another.pdf"},
        {"pages": "2"},
    ],
)
def test_a_cut_out_is_accepted_only_for_the_row_it_was_made_for(online, changes):
    fetch(online)
    path = paths.official_dir() / "fmtr/europe.pdf"
    row = next(row for row in read_rows(online.table("documents")) if row["file"] == "europe.pdf")
    assert accepted_digest(path, row) == file_digest(paths.official_dir() / VOLUME)
    assert accepted_digest(path, row | changes) is None


@pytest.mark.parametrize("record", [None, "", "{", "[]", '{"sha256": "1"}'])
def test_a_cut_out_without_a_readable_record_is_not_accepted(online, record):
    fetch(online)
    path = paths.official_dir() / "fmtr/europe.pdf"
    record_path(path).unlink()
    if record is not None:
        record_path(path).write_text(record, encoding="utf-8")
    assert read_record(path) is None
    row = next(row for row in read_rows(online.table("documents")) if row["file"] == "europe.pdf")
    assert accepted_digest(path, row) is None


@pytest.fixture
def without_address(online):
    """The same project; of the outlines of countries only a page about them is known."""
    rows = [
        {**row, "file_url": "" if row["path"] == BOUNDARIES_SOURCE else row["file_url"]}
        for row in read_rows(online.table("other_sources"))
    ]
    write_rows(online.table("other_sources"), rows)
    return online


def test_a_file_without_an_address_is_named_and_not_asked_for(without_address, server):
    done = fetch(without_address)
    assert done.without_address == (BOUNDARIES_SOURCE,)
    assert f"no address to fetch it from is known: {BOUNDARIES_SOURCE}" in str(done)
    assert BOUNDARIES_SOURCE not in server.asked_for()
    with pytest.raises(SourceError, match=f"{BOUNDARIES_SOURCE}: missing"):
        build_data(paths.official_dir(), jobs=1)


def test_a_table_of_a_file_that_is_not_at_hand_stays_as_it_is(without_address):
    without_address.build()
    before = without_address.content()
    fetch(without_address)
    without_address.add("africa_2013.pdf", replace(EUROPE, countries=(Country("Georgia"),), fiscal_year=2013))
    shutil.copy(without_address.source("africa_2013.pdf"), paths.official_dir() / "fmtr/africa_2013.pdf")
    assert build_data(paths.official_dir(), jobs=1).parsed == 3
    assert without_address.content()["boundaries.parquet"] == before["boundaries.parquet"]
    assert set(store.load_boundaries()["iso3"]) == {"AGO"}


@pytest.mark.parametrize("lost", ["boundaries.parquet", "build.json"])
def test_a_table_that_cannot_be_made_again_needs_its_file(without_address, lost):
    without_address.build()
    fetch(without_address)
    (without_address.data / lost).unlink()
    with pytest.raises(SourceError, match=f"{BOUNDARIES_SOURCE}: missing"):
        build_data(paths.official_dir(), jobs=1)


def test_a_changed_source_that_is_not_at_hand_is_asked_for(without_address):
    without_address.build()
    fetch(without_address)
    rows = read_rows(without_address.table("other_sources"))
    write_rows(without_address.table("other_sources"), [{**row, "sha256": "0" * 64} for row in rows])
    with pytest.raises(SourceError, match=f"{BOUNDARIES_SOURCE}: missing"):
        build_data(paths.official_dir(), jobs=1)


def test_a_section_that_begins_on_another_page_than_listed_is_named_with_the_page_to_write(online):
    for row in online.documents:
        if row["kind"] == "page extract":
            row["first_page_in_official_file"] = 3
    write_rows(online.table("documents"), online.documents)
    done = fetch(online)
    [line] = done.elsewhere
    europe = read_record(paths.official_dir() / "fmtr/europe.pdf")
    assert read_record(paths.official_dir() / "fmtr/africa.pdf").first_page == 3
    assert line.startswith(f"fmtr/europe.pdf: begins on page {europe.first_page} of the official file")
    assert europe.first_page != 3 and line in str(done)
    assert fetch(online).elsewhere == (line,)
