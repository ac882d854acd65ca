"""The file of the explorer: small, the same twice, safe to open, and with nothing in it that is withheld."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from html import escape, unescape
from typing import Any

import numpy as np
import pandas as pd
import pytest

from milaid.blocks.targets import Links
from milaid.publish.explore import page
from milaid.publish.explore.packing import MISSING, SAME, Packing, planes, together
from milaid.publish.explore.writing import write_explorer
from milaid.publish.files import document
from milaid.publish.files import page as files_page
from milaid.publish.inputs import gathered
from milaid.tables import store
from milaid.tables.schemas_people import TEXTS
from samples import notebook

needs_data = pytest.mark.skipif(not store.available_years(), reason="no activities in data/; run make data")
_RECORD = re.compile(r'<script type="text/plain" id="record">([^<]*)</script>')
MOST_DRAWING = 20_000
"""As many bytes of script draw charts and maps: docs/decisions/0022-the-record-in-one-file.md."""


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_explorer(tmp_path_factory.mktemp("explorer")).read_text(encoding="utf-8")


def _unpacked(content: bytes) -> tuple[dict[str, Any], bytes]:
    content = gzip.decompress(content)
    length = int.from_bytes(content[:4], "little")
    return json.loads(content[4 : 4 + length]), content[4 + length :]


def _column(described: dict[str, Any], rows: int, content: bytes) -> np.ndarray:
    values = np.zeros(rows, dtype="int64")
    for place in range(described["width"]):
        at = described["at"] + place * rows
        values += np.frombuffer(content[at : at + rows], dtype="uint8").astype("int64") << (8 * place)
    if described["delta"]:
        values = np.cumsum(np.where(values % 2, -(values + 1) // 2, values // 2))
    return values


def test_columns_come_back_as_they_were_packed() -> None:
    rows = pd.DataFrame(
        {
            "printed": ["A", "b", None, "A", "c"],
            "clean": ["A", "B", None, "A", None],
            "dollars": pd.array([-70_000_000_000, None, 5, 0, 3_000_000_000], dtype="Int64"),
            "page": pd.array([1, 1, 2, 2, 70_000], dtype="Int64"),
        }
    )
    packing = Packing()
    packing.table("t", rows, {"name": ("printed", "clean")}, ("dollars", "page"))
    head, content = _unpacked(packing.written(known=1))
    table = head["tables"]["t"]
    group = table["groups"]["name"]
    assert group["lists"] == {"printed": ["A", "b", None, "c"], "clean": [SAME, "B", None, None]}
    assert _column(group, 5, content).tolist() == [0, 1, 2, 0, 3]
    for name in ("dollars", "page"):
        described = table["numbers"][name]
        found = [
            None if value == MISSING else value - 1 + described["least"]
            for value in _column(described, 5, content)
        ]
        assert found == [None if pd.isna(value) else value for value in rows[name]]
    assert head["known"] == 1


def test_a_list_is_in_the_order_in_which_its_values_appear() -> None:
    codes, lists = together(pd.DataFrame({"a": ["x", "y", "x"], "b": [1, 1, 2]}), ("a", "b"))
    assert codes.tolist() == [0, 1, 2]
    assert lists == {"a": ["x", "y", "x"], "b": [1, 1, 2]}
    assert planes(np.array([1, 256])) == bytes([1, 0, 0, 1])


@needs_data
def test_the_page_can_be_mailed_and_is_the_same_twice(text: str) -> None:
    assert len(text.encode("utf-8")) <= page.MOST_BYTES
    made_from = re.search(r'name="made-from" content="(\w+)"', text)
    assert made_from and page.page(False, made_from[1]) == text


@needs_data
def test_a_page_that_is_current_is_left_alone_and_another_is_written_again(tmp_path) -> None:
    path = write_explorer(tmp_path)
    stamp, content = path.stat().st_mtime_ns, path.read_bytes()
    assert write_explorer(tmp_path).stat().st_mtime_ns == stamp
    path.write_bytes(content[:50])
    assert write_explorer(tmp_path).read_bytes() == content
    (tmp_path / "index.html").write_text("", encoding="utf-8")
    assert b'href="data.html"' in write_explorer(tmp_path).read_bytes()


@needs_data
def test_the_page_is_the_same_with_another_python_and_other_packages(tmp_path, text, monkeypatch) -> None:
    monkeypatch.setattr(gathered, "installed", lambda: {"Python": "3.99", "package soupsieve": "0.1"})
    assert write_explorer(tmp_path).read_text(encoding="utf-8") == text


@needs_data
def test_the_policy_allows_what_stands_in_the_page_and_nothing_else(text: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    allowed = dict(part.split(" ", 1) for part in unescape(policy[1]).split("; "))
    assert allowed["default-src"] == "'none'" and "unsafe" not in policy[1] and "http" not in policy[1]
    for name, tag in (("script-src", "script"), ("style-src", "style")):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode("utf-8")).digest()).decode("ascii")
        assert allowed[name] == f"'sha256-{digest}'"
    outside = _RECORD.sub("", text)
    assert not re.search(r"<[a-z][^>]*\s(?:style|on\w+)=", outside.split("<script>")[0].split("</style>")[1])
    assert not re.search(r"<(?:link|img|iframe|script[^>]* src)\b", outside)
    assert not re.search(r"url\((?!data:)", page.style_text())


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("country/CMR", "../explore.html#country=CMR&view=numbers"),
        ("region/near-east", "../explore.html#region=near-east&view=numbers"),
        ("program/IMET", "../explore.html#program=IMET&view=numbers"),
        ("annual/2014", "../explore.html#years=2014&view=numbers"),
        ("program-guide", ""),
    ],
)
def test_a_report_leads_to_the_explorer_with_its_subject_chosen(place: str, address: str) -> None:
    built = document.build(notebook([]))
    in_a_suite = replace(built, links=Links(place, frozenset({"explore"})))
    assert files_page.explore_address(in_a_suite) == address
    assert (f'href="{escape(address)}">Explore' in files_page.render(in_a_suite)) == bool(address)
    assert files_page.explore_address(replace(built, links=Links(place))) == ""


def test_what_draws_is_small_and_no_script_reads_text_as_html() -> None:
    assert sum((page.PARTS / name).stat().st_size for name in page.DRAWING) < MOST_DRAWING
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", page.script_text()
    )
    named = {*page.CORE, *page.DRAWING, *page.SHOWING}
    assert {path.name for path in page.PARTS.glob("*.js")} == named


@needs_data
def test_what_is_withheld_is_not_in_the_file(text: str) -> None:
    found = _RECORD.search(text)
    assert found
    head, content = _unpacked(base64.b64decode(found[1]))
    table = head["tables"]["trainings"]
    rows = store.load_trainings(columns=["row_id", *TEXTS])
    assert table["rows"] == len(rows)
    groups = {name: group for group in table["groups"].values() for name in group["lists"]}
    withheld = store.load_withheld()
    places = pd.Series(range(len(rows)), index=rows["row_id"])
    for field in TEXTS:
        group = groups[field]
        codes, texts = _column(group, table["rows"], content), group["lists"][field]
        first = next(iter(group["lists"].values()))
        said = [
            one if other == SAME and isinstance(other, int) else other
            for one, other in zip(first, texts, strict=True)
        ]
        assert set(filter(None, said)) == set(rows[field].dropna()), field
        for row in withheld[withheld["field"] == field].itertuples():
            if row.row_id in places.index:
                assert said[codes[places[row.row_id]]] == row.shown
