"""`milaid lab` of an installed wheel in an empty folder, in a real browser: run, and exported both ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from working import BROWSER, Worker, exported, lab

from milaid.tables import store
from wheels import build, unpack

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; run make test")
pytest.importorskip("hatchling", reason="hatchling, which builds the wheel, is not installed; run make test")
pytestmark = [
    pytest.mark.skipif(not BROWSER, reason="needs chromium (or google-chrome) on the path"),
    pytest.mark.skipif(not store.available_years(), reason="no activities; run make data"),
]
ROOT = Path(__file__).resolve().parents[2]


def test_an_empty_folder_is_a_workbench(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, worker: Worker
) -> None:
    (tmp_path / "wheel").mkdir()
    installed = unpack(build(ROOT, "wheel", tmp_path / "wheel"), tmp_path / "packages")
    monkeypatch.setenv("PYTHONPATH", str(installed))
    empty = tmp_path / "empty"
    empty.mkdir()
    with lab(empty) as address:
        worker.open(address)
        assert worker.command("notebook:run-all-cells") is True
        worker.page.get_by_role("link", name="Program guide").click()
        worker.wait_for_notebook("work/program-guide.ipynb")
        assert worker.command("notebook:run-all-cells") is True
        page, print_ = exported(worker, "milaid HTML"), exported(worker, "milaid PDF")
        assert page.headers["content-disposition"].endswith("program-guide.html")
        assert "Program guide" in page.text and "Re-analysis" not in page.text
        assert print_.content.startswith(b"%PDF")
        assert worker.left == []
    assert {path.name for path in empty.iterdir()} == {"work"}
    made = {path.name for path in (empty / "work").iterdir()}
    assert {"Start.ipynb", "program-guide.ipynb", "country-COL-2018.ipynb"} <= made and "work" not in made
