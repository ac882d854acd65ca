"""The findings of a report, computed as data: what is said, with which numbers, picked by a fixed rule.

:mod:`milaid.exhibits.prose` turns them into sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from milaid.analysis.finding_values import COMPUTED, Material

CORE = ("total", "cost", "recipients", "regions", "programs", "departments")
OPTIONAL = ("changes", "with_without_largest", "turnover", "constant_dollars", "places", "course_lengths")
MOST_OPTIONAL = 4
LEAST_SCORE = 2.0

LEFT_OUT: dict[str, tuple[str, ...]] = {
    "world": (),
    "region": ("regions",),
    "program": ("programs", "departments"),
    "recipient": ("recipients", "changes", "turnover", "with_without_largest", "regions"),
}
"""Findings that say nothing of a part of the tables: one region has no largest region."""

ORDER = (
    "total", "recipients", "changes", "turnover", "with_without_largest", "regions", "programs",
    "departments", "places", "course_lengths", "cost", "constant_dollars",
)  # fmt: skip

SELECTION_RULE = (
    "Six findings are always stated: the total, its cost, the largest recipients, regions, programs and"
    f" funding departments. Of six more, up to {MOST_OPTIONAL} are added, those with the highest score "
    f"of at least {LEAST_SCORE:.0f}. The score is a number of percentage points: of the earlier total, "
    "the largest increase and the largest decrease together, or the participants of recipients that "
    "entered or left; the difference between the changes with and without the largest recipient; the "
    "change of cost in constant dollars a year over five years; the change of the share trained in "
    "their own country, or of the share on courses of up to seven days."
)


@dataclass(frozen=True)
class FindingData:
    """One finding: its key, the score that picked it (None when it is always stated), and its values.

    Values are plain numbers, texts and None; ``fiscal_year`` and ``comparable`` (whether the year before may
    be compared) are in every finding.
    """

    key: str
    score: float | None
    values: dict[str, Any]


_NAMES = {
    "regions": "regions", "programs": "programs", "departments": "departments", "recipients": "recipients",
    "changes": "the largest changes", "turnover": "recipients that entered or left",
    "with_without_largest": "the total without the largest recipient",
}  # fmt: skip


def selection_rule(scope: str = "world") -> str:
    """Return :data:`SELECTION_RULE`, with what is left out of a report on one region, program or recipient."""
    left_out = [_NAMES[key] for key in LEFT_OUT[scope]]
    rule = SELECTION_RULE
    if left_out:
        rule += f" Left out in a report on one {scope}: {', '.join(left_out)}."
    return f"{rule} Its share of all participants is stated too." if scope == "region" else rule


def findings(material: Material, left_out: tuple[str, ...] = ()) -> list[FindingData]:
    """Return up to ten findings in the order of the report, picked by :data:`SELECTION_RULE`.

    ``left_out`` names those that are not computed, as :data:`LEFT_OUT` has them for a part of the tables.
    """
    core = [FindingData(key, None, COMPUTED[key](material)) for key in CORE if key not in left_out]
    optional = []
    for key in (key for key in OPTIONAL if key not in left_out):
        values = COMPUTED[key](material)
        score = values.pop("score", None)
        if score is not None and score >= LEAST_SCORE:
            optional.append(FindingData(key, score, values))
    # Sorted by score; equal scores keep the order of OPTIONAL, so the choice is always the same.
    picked = sorted(optional, key=lambda finding: -(finding.score or 0.0))[:MOST_OPTIONAL]
    chosen = core + picked
    return sorted(chosen, key=lambda finding: ORDER.index(finding.key))


def plain(material: Material) -> list[FindingData]:
    """Return the total and its cost without a percentage, which is all that is said of few participants."""
    found = []
    for key in ("total", "cost"):
        values = COMPUTED[key](material)
        silent = dict.fromkeys({"percent_change", "without_cost_share"} & set(values))
        found.append(FindingData(key, None, values | silent))
    return found
