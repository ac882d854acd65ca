from __future__ import annotations

import pytest

from report_reading import without_drawing


@pytest.fixture
def texts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make figures without drawing them: drawn they are by the walks of notebooks and in reports that are built."""
    without_drawing(monkeypatch)
