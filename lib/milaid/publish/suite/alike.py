"""What must be the same on two machines for a report to come out with equal bytes on both, and where they differ."""

from __future__ import annotations

import platform
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata

from milaid.publish.inputs.gathered import Gatherer
from milaid.publish.registry.report import Request

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_SECOND = re.compile(r"module .* \(\d+\)")
"""A module of a name that one before it has: it is found where the process that looks was started, not by a kernel."""
_LENGTH = 16
_ABSENT = "none"
_OWN = ("notebook", "text", "parameters")
"""The groups of inputs that are told one by one; code and tables have one fingerprint each."""


def ingredients(request: Request, gatherer: Gatherer) -> dict[str, str]:
    """Return what a report is made from, as it is on this machine, by name.

    The version of milaid, the fingerprints of the code and the tables that it comes to, the versions of Python and of
    the packages that milaid asks for, and what its notebook and its parameters are and lead to. The notebook may be
    missing.
    """
    if not request.report.notebook_path.is_file():
        return {**_versions(), f"{request.report.notebook_path.name}: whole": _ABSENT}
    inputs = gatherer.of(request, ())
    found = [item for group in _OWN for item in inputs.groups[group].items()]
    own = {name: digest[:_LENGTH] for name, digest in found if not _SECOND.fullmatch(name)}
    return {**inputs.made_from, **_versions(), **own}


def differences(wanted: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """Return what differs, each with both values: ``data: 0f3a where the build was started, 77b1 here``."""
    return [
        f"{name}: {wanted.get(name, _ABSENT)} where the build was started, {here.get(name, _ABSENT)} here"
        for name in {**wanted, **here}
        if wanted.get(name, _ABSENT) != here.get(name, _ABSENT)
    ]


@lru_cache(maxsize=1)
def _versions() -> dict[str, str]:
    asked = [item for item in metadata.requires("milaid") or () if "extra ==" not in item]
    names = sorted(match[0] for item in asked if (match := _NAME.match(item)))
    python = f"{platform.python_version()} {platform.machine()}"
    return {"python": python, **{name: _version(name) for name in names}}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return _ABSENT
