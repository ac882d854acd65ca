"""The data of the site: every table, packed where it is large, described, with checksums, equal bytes."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sqlite3
import zipfile
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from milaid import paths
from milaid.errors import RequestError
from milaid.publish.site import dead_links, downloads
from milaid.publish.site.writing import write_site
from milaid.tables import schemas, store
from small_suite import snapshot


@pytest.fixture
def data(built, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(downloads, "MOST_UNPACKED", 600)
    return downloads.write_downloads(paths.reports_dir())


def unpacked(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        (name,) = archive.namelist()
        return archive.read(name)


def test_large_tables_are_packed_and_every_row_is_there(data: Path) -> None:
    csv = pd.read_csv(io.BytesIO(unpacked(data / "csv" / "trainings.zip")), encoding="utf-8-sig")
    expected = store.load_trainings(store.available_years(), status=None)
    assert list(csv["quantity"]) == list(expected["quantity"])
    assert not (data / "csv" / "trainings.csv").exists()
    years = sorted((data / downloads.BY_YEAR).iterdir())
    assert [path.name for path in years] == ["trainings-fy2013.zip", "trainings-fy2014.zip"]
    parts = [pd.read_csv(io.BytesIO(unpacked(path)), encoding="utf-8-sig") for path in years]
    assert list(pd.concat(parts)["row_id"]) == list(csv["row_id"])


def test_the_database_is_packed_and_whole(data: Path, tmp_path: Path) -> None:
    (tmp_path / "x.sqlite").write_bytes(unpacked(data / "us-foreign-military-training.zip"))
    connection = sqlite3.connect(tmp_path / "x.sqlite")
    people = store.load_trainings(store.available_years(), status=None)["quantity"].sum()
    assert connection.execute("select sum(quantity) from trainings").fetchone() == (people,)
    connection.close()


def test_checksums_and_description_are_those_of_the_files(data: Path) -> None:
    sums = dict(line.split("  ")[::-1] for line in (data / "SHA256SUMS").read_text().splitlines())
    there = set(snapshot(data)) - {"SHA256SUMS"}
    assert set(sums) == there
    for name, digest in sums.items():
        assert hashlib.sha256((data / name).read_bytes()).hexdigest() == digest
    for resource in json.loads((data / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        assert resource["hash"] == f"sha256:{sums[resource['path']]}"


def test_the_page_shows_every_file_with_size_checksum_rows_and_columns(data: Path) -> None:
    write_site(paths.reports_dir())
    page = (paths.reports_dir() / "data.html").read_text(encoding="utf-8")
    hrefs = {unescape(href) for href in re.findall(r'href="(data/[^"]+)"', page)}
    assert hrefs == {f"data/{name}" for name in snapshot(data)}
    for line in (data / "SHA256SUMS").read_text().splitlines():
        assert line.split("  ")[0] in page
    rows = len(store.load_trainings(store.available_years(), status=None))
    section = page[page.index('id="table-trainings"') : page.index('id="table-trainings_totals"')]
    assert f"<dt>Rows</dt><dd>{rows:,}</dd>" in section
    for field in schemas.EXPORTED_SCHEMAS["trainings"].fields:
        assert f"<code>{field.name}</code>" in section
    assert dead_links.dead_links(paths.reports_dir()) == []


def test_the_data_are_made_anew_when_a_table_changed_and_only_then(data: Path, built) -> None:
    before = snapshot(data)
    stamp = (data / "SHA256SUMS").stat().st_mtime_ns
    downloads.write_downloads(paths.reports_dir())
    assert (data / "SHA256SUMS").stat().st_mtime_ns == stamp
    built.append("unit_words", {"pattern": "TESTED WORD", "note": "not known"})
    built.build()
    downloads.write_downloads(paths.reports_dir())
    assert {name for name in before if before[name] != snapshot(data)[name]} >= {"csv/unit_words.zip"}


def test_the_same_tables_give_the_same_bytes(data: Path, tmp_path: Path) -> None:
    other = downloads.write_downloads(tmp_path / "other")
    assert snapshot(other) == snapshot(data)


def test_files_of_others_are_left_alone(data: Path, built) -> None:
    (data / "mine.txt").write_text("mine", encoding="utf-8")
    built.append("unit_words", {"pattern": "TESTED WORD", "note": "not known"})
    built.build()
    with pytest.raises(RequestError, match=r"mine\.txt: not part of the export"):
        downloads.write_downloads(paths.reports_dir())
