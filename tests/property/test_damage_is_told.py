"""Files that somebody or something has damaged: they are read rightly, or refused in words; never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listed_activities import write_listed
from milaid.errors import MilaidError, RequestError
from milaid.paths import suite_root
from milaid.publish.files import crate
from milaid.publish.files.crate import Manifest
from milaid.publish.suite.plan import load_plan
from milaid.tables import schema, schemas, store
from training_frames import trainings

REFERENCE = suite_root() / "data" / "reference"
TABLES = {
    "reference/series_breaks.csv": schemas.SERIES_BREAKS,
    "reference/program_labels.csv": schemas.PROGRAM_LABELS,
    "reference/corrections.csv": schemas.CORRECTIONS,
}
PLAN = """formats: [html, pdf]
reports:
  - {report: annual, each: fiscal_year, title: "Year {fiscal_year}"}
  - report: country
    each: [country, fiscal_year]
    only: {country: [KEN, CMR]}
    slug: "{code}-{fiscal_year}"
  - report: region
    each: region
    exclude: [europe-and-eurasia]
    parameters: {top_n: 5}
"""
# What spreadsheets, editors and bad disks leave, and what means something to YAML, CSV, Typst, Jinja and formulas.
PIECES = st.sampled_from(
    [b"\xef\xbb\xbf", b"\r\n", b"\r", b";", b",", b'"', b"'", b"\0", b"\xff", b"\t", b"{{ x }}", b"{% if %}", b"=1+1", b"&a", b"*a",
     b"!!python/object:os.system", b"#", b"\xe2\x80\xae", b"\xd8", b"-", b": ", b"[", b"}", b"|", b">", b"%", b"@", b"1e999", b"NaN", b"-1",
     b"<script>", b"#import", b"$", b"\\"]
) | st.binary(max_size=6)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return a content with up to three pieces of it cut out, doubled, flipped or replaced."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(len(whole) - 1, 0)))
        end = min(len(whole), at + draw(st.integers(0, 40)))
        kind = draw(st.sampled_from(("cut", "double", "flip", "put", "end")))
        piece = draw(PIECES)
        match kind:
            case "cut":
                whole = whole[:at] + whole[end:]
            case "double":
                whole = whole[:end] + whole[at:]
            case "flip":
                whole = (
                    whole[:at]
                    + bytes([whole[at] ^ 1 << draw(st.integers(0, 7))]) * bool(whole)
                    + whole[at + 1 :]
                    if whole
                    else piece
                )
            case "put":
                whole = whole[:at] + piece + whole[end:]
            case "end":
                whole = whole[:at]
    return whole


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILAID_ROOT", str(root))
        write_listed(root)
    return root


@given(content=damaged(PLAN.encode()))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_plan(content: bytes, project: Path) -> None:
    file = project / "plan.yml"
    file.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILAID_ROOT", str(project))
        try:
            plan = load_plan(file)
        except RequestError as error:
            assert str(file) in str(error)
            return
    places = [entry.place.lower() for entry in plan.entries]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("place", TABLES)
@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_of_text(data: st.DataObject, place: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    lines = (REFERENCE / Path(place).name).read_bytes().splitlines(keepends=True)[:12]
    path = tmp_path_factory.getbasetemp() / "damaged.csv"
    path.write_bytes(data.draw(damaged(b"".join(lines))))
    reads_or_refuses(path, TABLES[place])


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_table_of_activities(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "fy2014.parquet"
    trainings({"fiscal_year": 2014, "quantity": 3}, {"fiscal_year": 2014, "quantity": 4}).to_parquet(path)
    path.write_bytes(data.draw(damaged(path.read_bytes())))
    reads_or_refuses(path, schemas.TRAININGS)


def reads_or_refuses(path: Path, asked: schema.Schema) -> None:
    """Read a table; what is read must fit its schema, and what is refused must be named."""
    try:
        frame = store.read_file(path, asked)
    except MilaidError as error:
        assert path.name in str(error) or asked.name in str(error)
        return
    schema.validate(frame, asked)


MANIFEST = json.dumps(
    {
        "@context": [],
        "@graph": [
            {"@id": "./", "identifier": "annual/2014", "hasPart": [{"@id": "../2014.html"}]},
            {"@id": "../2014.html", "contentSize": "3", "sha256": "00"},
            {"@id": "#making", "additionalType": "annual", "object": [{"@id": "#parameter-top_n"}]},
            {"@id": "#parameter-top_n", "name": "top_n", "value": 5},
            {"@id": "#milaid", "softwareVersion": "1", "identifier": [{"@id": "#digest-of-code"}]},
            {"@id": "#digest-of-code", "name": "code", "value": "aa"},
        ],
    }
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def manifest_of(content: bytes, folder: Path) -> Manifest | None:
    path = folder / crate.NAME
    path.write_bytes(content)
    try:
        return crate.read(path)
    except ValueError:
        return None


def test_the_manifest_that_is_damaged_here_is_one(tmp_path: Path) -> None:
    read = manifest_of(MANIFEST.encode(), tmp_path)
    assert read == Manifest(
        "annual",
        "annual/2014",
        {"top_n": 5},
        {"version": "1", "code": "aa"},
        {"../2014.html": crate.File(3, "00")},
    )


def replaced(content: Any, way: list[int], value: Any) -> Any:
    """Return a JSON value in which the part that a way leads to is another."""
    if not way or not isinstance(content, list | dict) or not content:
        return value
    if isinstance(content, list):
        at = way[0] % len(content)
        return [*content[:at], replaced(content[at], way[1:], value), *content[at + 1 :]]
    key = list(content)[way[0] % len(content)]
    return {**content, key: replaced(content[key], way[1:], value)}


@given(content=damaged(MANIFEST.encode()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_manifest(content: bytes, tmp_path: Path) -> None:
    names_no_file_elsewhere(manifest_of(content, tmp_path))


@given(way=st.lists(st.integers(0, 9), max_size=5), value=JSON)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_manifest_of_another_shape(way: list[int], value: Any, tmp_path: Path) -> None:
    content = json.dumps(replaced(json.loads(MANIFEST), way, value)).encode()
    names_no_file_elsewhere(manifest_of(content, tmp_path))


def names_no_file_elsewhere(manifest: Manifest | None) -> None:
    for name in manifest.files if manifest else ():
        inside = Path("/reports/annual/2014")
        assert (inside / name).resolve().is_relative_to("/reports/annual")


def test_the_sound_plan_is_one(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILAID_ROOT", str(project))
    file = project / "sound.yml"
    file.write_text(PLAN)
    assert load_plan(file).entries
