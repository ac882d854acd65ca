"""What a report on few participants shows, and what it leaves out.

A profile of a year with fewer than :data:`milaid.analysis.small_numbers.LEAST_PARTICIPANTS` has no percentages, no ranks and
no charts of a bar: its notebook calls these exhibits through :func:`unless_few`. Where all years together have as few, what is
about the years is left out too (:func:`unless_few_in_all_years`). Headings above nothing are left out of the report.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from milaid import fiscal
from milaid.analysis.small_numbers import LEAST_PARTICIPANTS
from milaid.blocks.block import Block, Fact, Prose, Table, escape
from milaid.blocks.words import and_list, counted
from milaid.exhibits.subject import Subject
from milaid.exhibits.training import facts, method

CALLED_THROUGH = ("unless_few", "unless_few_in_all_years")
"""What a cell calls an exhibit through, for those who read which exhibits a notebook shows."""
Shown = TypeVar("Shown", bound=Block | None)


def unless_few(show: Callable[[Subject], Shown], subject: Subject) -> Shown | None:
    """Return what an exhibit shows of a subject; nothing where its report year has few participants."""
    return None if subject.is_small else show(subject)


def unless_few_in_all_years(show: Callable[[Subject], Shown], subject: Subject) -> Shown | None:
    """Return what an exhibit shows of a subject; nothing where all years together have few participants."""
    return None if in_all_years(subject) else show(subject)


def in_all_years(subject: Subject) -> bool:
    """Return whether all years of a subject together list few participants."""
    return bool(subject.series["participants"].sum() < LEAST_PARTICIPANTS)


def over_the_years(subject: Subject) -> Fact:
    """Return the average of five years as a key fact; where there is none, or few in all, the participants of all years."""
    if subject.trend.average is None or in_all_years(subject):
        return facts.participants_of_all_years(subject)
    return facts.average(subject)


def why_short(subject: Subject) -> Prose | None:
    """Return what a report on few participants leaves out, and why; nothing for another."""
    if not subject.is_small:
        return None
    people = counted(int(subject.in_year(subject.series)["participants"]), "participant")
    return Prose(
        f"{subject.year_label} lists {people}{escape(subject.scope.phrase)} ([[totals_table]]). Of fewer than {LEAST_PARTICIPANTS} this report gives every "
        "activity instead of shares, ranks and changes in percent, which would tell more of single persons than of training. "
        "Costs are those printed for each activity, in current US dollars."
    )


def known_faults(subject: Subject) -> Table | Prose | None:
    """Return what :func:`milaid.exhibits.training.method.known_issues` does; of few participants nothing where it is no table."""
    found = method.known_issues(subject)
    return None if subject.is_small and not isinstance(found, Table) else found


def sources(subject: Subject) -> Prose | None:
    """Return in a sentence the documents of a report year with few participants, with links; nothing for another."""
    if not subject.is_small:
        return None
    rows = subject.year_documents
    rows = rows[rows["file"].isin(set(subject.year_rows["document"]))]
    files = [
        escape(name) if pd.isna(url) else f"[{escape(name)}]({url})"
        for name, url in zip(rows["file"].map(subject.pages.name), rows["url"], strict=True)
    ]
    edition = fiscal.edition_label(fiscal.edition(subject.fiscal_year))
    return Prose(
        "US Departments of State and Defense, *Foreign Military Training and DoD Engagement Activities of Interest*, "
        f"{edition}, Volume I, Section IV: {and_list(files)}. Other editions and the sources of aid and arms stand below the tables."
    )
