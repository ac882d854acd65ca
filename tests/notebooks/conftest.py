from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from small_reports import PARAMETERS, write_notebook, write_project

MakeProject = Callable[..., Path]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeProject:
    """Return a function that makes a small project whose annual notebook has the given code cells."""
    monkeypatch.setenv("MILAID_ROOT", str(tmp_path))

    def make(*cells: str, parameters: str = PARAMETERS) -> Path:
        write_project(tmp_path)
        write_notebook(tmp_path, "annual_trends.ipynb", *cells, parameters=parameters)
        return tmp_path

    return make
