"""What the explorer needs to say where a number comes from: the rules of claims, and sums that its activities do not give."""

from __future__ import annotations

from typing import Any

from milaid.analysis import claim, claim_sums, claimed_number
from milaid.publish.claim import COMPARABLE, WHY_OTHERS_DIFFER, activities_of_claims, printed_totals
from milaid.publish.explore.packing import Packing
from milaid.tables import store

_BY = ["fiscal_year", "recipient", "region", "program", "department"]


def claim_rules() -> dict[str, Any]:
    """Return the rules by which a number is read, sums are compared and put in order, with the figures of others."""
    published, within = claim.in_single_units(store.load_published_figures())
    shown = ["publisher", "measure", "fiscal_year", "place", "value", "definition", "reason", "source_url"]
    figures = published[shown].assign(within=within).astype("object")
    return {
        "form": claimed_number.FORM.pattern.replace("(?P<", "(?<"),
        "grouped": claimed_number.GROUPED,
        "scales": claimed_number.SCALES,
        "of_count": claimed_number.OF_COUNT,
        "units": {
            "people": claimed_number.PEOPLE,
            "dollars": claimed_number.DOLLARS,
            "count": claimed_number.COUNT,
        },
        "examples": claimed_number.EXAMPLES,
        "near": claim.NEAR,
        "fits": {"exactly": claim.EXACTLY, "nearly": claim.NEARLY},
        "measures": [
            {"name": name, "unit": unit, "definition": definition}
            for name, (unit, definition) in claim_sums.MEASURES.items()
        ],
        "of": claim_sums.OF,
        "depth": claim_sums.DEPTH,
        "comparable": COMPARABLE,
        "published": figures.where(figures.notna(), None).to_dict("records"),
        "why": WHY_OTHERS_DIFFER,
    }


def pack_claims(packing: Packing) -> None:
    """Put into ``packing`` what is planned, added up, and the printed totals that their rows do not give."""
    activities = activities_of_claims()
    planned = activities[activities["status"] == "planned"].groupby(_BY, observed=True)
    sums = planned.agg(quantity=("quantity", "sum"), cost_usd=("cost_usd", "sum"), rows=("program", "size"))
    whose = {"recipient": ("recipient", "region")}
    packing.table(
        "planned",
        sums.reset_index(),
        {**whose, "program": ("program", "department")},
        ("fiscal_year", "quantity", "cost_usd", "rows"),
    )
    packing.table(
        "printed",
        printed_totals(activities),
        {**whose, "program": ("program",), "source": ("document", "edition", "status")},
        ("fiscal_year", "quantity", "cost_usd", "page"),
    )
