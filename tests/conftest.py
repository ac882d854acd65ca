"""What all tests share: property tests draw the same examples on every machine, so that a run is repeatable.

``HYPOTHESIS_PROFILE=search`` draws new ones, to look for cases that nobody has thought of.
"""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", derandomize=False, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

# Signatures of the notebooks that tests build stay out of the home of who runs them.
_jupyter = tempfile.TemporaryDirectory(prefix="milaid-tests-jupyter-")
os.environ["JUPYTER_DATA_DIR"] = _jupyter.name
