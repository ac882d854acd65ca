"""A wheel or sdist of a project, built without a network, and unpacked as an installer does."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path


def build(project: Path, kind: str, out: Path) -> Path:
    """Build a wheel or sdist of a project; returns the file."""
    run = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(out)]
    subprocess.run(run, cwd=project, check=True, capture_output=True)
    (made,) = out.iterdir()
    return made


def unpack(wheel: Path, folder: Path) -> Path:
    """Unpack a wheel into a folder, which is then to be on the path of Python; returns it."""
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder
