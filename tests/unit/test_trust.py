"""Built notebooks are signed for this machine: JupyterLab trusts them here, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import v4
from nbformat.sign import NotebookNotary

from milaid.publish.files.trust import sign, sign_all


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    made = v4.new_notebook(cells=[v4.new_code_cell("1", outputs=[v4.new_output("stream", text="1")])])
    nbformat.write(made, tmp_path / "a.ipynb")
    return tmp_path / "a.ipynb"


def is_trusted(notebook: Path, home: Path) -> bool:
    with NotebookNotary(data_dir=str(home)) as notary:
        return notary.check_signature(nbformat.read(notebook, as_version=4))


def test_a_signed_notebook_is_trusted_with_this_home_alone(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(here))
    before = notebook.read_bytes()
    sign_all([notebook, notebook.with_suffix(".html")])
    assert is_trusted(notebook, here)
    assert not is_trusted(notebook, elsewhere)
    assert notebook.read_bytes() == before


def test_a_changed_notebook_is_not_trusted(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "here"))
    assert sign(notebook)
    changed = nbformat.read(notebook, as_version=4)
    changed.cells[0].outputs[0].text = "2"
    nbformat.write(changed, notebook)
    assert not is_trusted(notebook, tmp_path / "here")


def test_a_home_that_cannot_be_written_stops_nothing_and_says_nothing(
    notebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "file" / "home"))
    assert not sign(notebook)
    assert capfd.readouterr() == ("", "")
