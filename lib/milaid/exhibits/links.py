"""The places of reports by what tables name: recipients, programs, regions and fiscal years.

Each function takes one name or a Series of them and returns a place, or None where no report can be about it; whether
the report is part of a suite is decided when that is built (:mod:`milaid.blocks.targets`).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from milaid import fiscal
from milaid.tables import store, subjects


def country(names: Any) -> Any:
    """Return ``country/CMR`` for the display name of a recipient, ``Cameroon``."""
    return _places(names, {s.name: f"country/{s.code}" for s in subjects.recipients()})


def program(codes: Any) -> Any:
    """Return ``program/IMET`` for the canonical code of a program."""
    return _places(codes, {s.code: f"program/{s.code}" for s in subjects.programs()})


def region(names: Any) -> Any:
    """Return ``region/near-east`` for the name of a region, ``Near East``."""
    return _places(names, {s.name: f"region/{s.code}" for s in subjects.regions()})


def annual(years: Any) -> Any:
    """Return ``annual/2014`` for a fiscal year with data, given as 2014 or as FY2014."""
    known = store.available_years()
    names: dict[Hashable, str] = {
        name: f"annual/{year}" for year in known for name in (year, fiscal.label(year))
    }
    return _places(years, names)


def _places(names: Any, known: Mapping[Hashable, str]) -> Any:
    if not isinstance(names, pd.Series):
        return known.get(names)
    return pd.Series([known.get(name) for name in names], index=names.index, dtype="object")
