from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator

import pytest

from milaid.publish.run import forked
from milaid.publish.run.environment import settled_environment
from report_reading import without_drawing


@pytest.fixture(scope="module")
def forked_kernels() -> Iterator[None]:
    """Fork kernels from one process as builds do, where the system can: for what is about reports, not about kernels.

    A kernel that is started anew takes two seconds; that both give the same bytes has its own tests.
    """
    if sys.platform != "linux":
        yield
        return
    from multiprocessing import forkserver

    multiprocessing.get_context(forked.METHOD).set_forkserver_preload([forked.WARM])
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MILAID_ROOT", raising=False)
        with settled_environment():
            forkserver.ensure_running()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forked, "_allowed", True)
        yield


@pytest.fixture
def texts_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make figures without drawing them: drawn they are by the walks of notebooks and in reports that are built."""
    without_drawing(monkeypatch)
