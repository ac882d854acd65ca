"""What the glossary shows: terms, counting rules, and every program from the reference tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from milaid import flags
from milaid.errors import MilaidError
from milaid.tables import counting, store, terms

_DEPARTMENTS = {
    "DoS": "Department of State",
    "DoD": "Department of Defense",
    "DHS": "Department of Homeland Security",
}


def content(pages: Mapping[str, str]) -> dict[str, Any]:
    """Return what the template asks for; ``pages`` are the reports on programs by their codes."""
    return {
        "terms": terms.TERMS,
        "abbreviations": terms.ABBREVIATIONS,
        "rules": counting.RULES,
        "signs": [*flags.SIGNS, *flags.MEANINGS.items()],
        "programs": _programs(pages),
    }


def _programs(pages: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the programs by department, each by its label."""
    try:
        known = store.load_programs()
    except (MilaidError, OSError):
        return []
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in known.sort_values("label", key=lambda labels: labels.str.lower()).itertuples():
        groups.setdefault(_DEPARTMENTS.get(str(row.funder), "Not stated"), []).append(
            {
                "code": row.code,
                "label": row.label,
                "name": str(row.name),
                "purpose": _text(row.purpose),
                "authority": _authority(row),
                "note": _text(row.note),
                "page": pages.get(str(row.code), ""),
            }
        )
    order = [*_DEPARTMENTS.values(), "Not stated"]
    return [{"department": name, "programs": groups[name]} for name in order if name in groups]


def _authority(row: Any) -> str:
    if pd.isna(row.authority):
        return "Legal authority not established."
    verified = str(row.authority_verified) == "not verified"
    return f"Legal authority{' (not verified)' if verified else ''}: {row.authority}."


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
