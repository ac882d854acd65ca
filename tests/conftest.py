"""What all tests share: property tests draw the same examples on every machine, so that a run is repeatable.

``HYPOTHESIS_PROFILE=search`` draws new ones, to look for cases that nobody has thought of.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# Signatures of the notebooks that tests build stay out of the home of who runs them.
_jupyter = tempfile.TemporaryDirectory(prefix="milaid-tests-jupyter-")
os.environ["JUPYTER_DATA_DIR"] = _jupyter.name


@pytest.fixture(scope="module")
def forked_kernels() -> Iterator[None]:
    """Fork kernels from one process as builds do, where the system can: for what is about reports, not about kernels.

    A kernel that is started anew takes two seconds; that both give the same bytes has its own tests.
    """
    if sys.platform != "linux":
        yield
        return
    from multiprocessing import forkserver

    from milaid.publish.run import forked
    from milaid.publish.run.environment import settled_environment

    multiprocessing.get_context(forked.METHOD).set_forkserver_preload([forked.WARM])
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MILAID_ROOT", raising=False)
        with settled_environment():
            forkserver.ensure_running()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(forked, "_allowed", True)
        yield


@pytest.fixture
def kernels_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each kernel of a test anew, as for a report that is made by itself, also where others of its module are forked."""
    monkeypatch.setattr("milaid.publish.run.forked._allowed", False)
