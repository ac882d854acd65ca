"""What the sections on aid and arms add to the method and the glossary of a report, where they show something."""

from __future__ import annotations

from milaid import fiscal
from milaid.blocks.block import escape
from milaid.exhibits.aid import greenbook
from milaid.exhibits.subject import Subject
from milaid.sources.greenbook import CONSTANT_FISCAL_YEAR
from milaid.tables import store, terms

PROGRAMS = frozenset({"FMF", "ASFF", "PKO", "IMET"})
"""Codes of the programs that are accounts of military aid too, and are named as such."""


def programs(subject: Subject) -> frozenset[str]:
    """Return the codes of programs that a glossary explains because the sections on aid name them."""
    return PROGRAMS if greenbook.given(subject) else frozenset()


def glossary(subject: Subject) -> list[tuple[str, str]]:
    """Return the terms of the sections on aid and arms that are no program, with what they mean in marked text."""
    said = {name: escape(meaning) for name, meaning in terms.TERMS}
    items = []
    if not store.load_arms_sales().empty:
        items.append(("FMS", f"Foreign Military Sales. {said['Foreign Military Sales']}"))
    if not store.load_excess_defense_articles().empty:
        items.append(("EDA", f"Excess Defense Articles. {said['Excess Defense Articles']}"))
    if greenbook.given(subject):
        items.append(("Greenbook", said["Greenbook"]))
    return items


def dollars(subject: Subject) -> str:
    """Return what to add to a sentence on constant dollars; "" where no aid is shown."""
    if not greenbook.given(subject):
        return ""
    return (
        f" The long series of military and economic aid is in the constant {fiscal.label(CONSTANT_FISCAL_YEAR)} dollars "
        "that the Greenbook prints without naming their index."
    )
