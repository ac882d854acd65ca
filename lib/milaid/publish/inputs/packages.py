"""Which packages are installed, in which version, told by the names of their folders alone."""

from __future__ import annotations

import os
import platform
import sys

_ENDS = (".dist-info", ".egg-info")


def installed() -> dict[str, str]:
    """Return the version of each installed package by its name, that of Python and the kind of machine.

    The name of the folder that describes a package holds both (PyPA, recording installed packages); reading what
    is in it takes a hundred times as long.
    """
    found: dict[str, str] = {}
    for folder in dict.fromkeys(sys.path):
        try:
            names = sorted(entry.name for entry in os.scandir(folder or "."))
        except OSError:
            continue
        for name in names:
            if name.endswith(_ENDS):
                package, _, version = name.rpartition(".")[0].partition("-")
                # Of two the first is the one that is imported.
                found.setdefault(f"package {package}", version or name)
    return {**found, "Python": f"{platform.python_version()} {platform.machine()}"}
