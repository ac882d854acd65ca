"""Every cell of every notebook, with values of all kinds: what it shows holds no gap of the code and fits together."""

from __future__ import annotations

import pytest

from exhibit_functions import (
    functions,
    is_named,
    named_by,
    not_shown,
    sources_of_exhibits,
    sources_of_notebooks,
    sources_of_tests,
)
from milaid.blocks.block import Block
from milaid.errors import ReportError
from milaid.publish.files import document
from notebook_trials import YEARS, Trial, Walk, reached, traced_trials, trials, walk
from report_reading import cells_of, faults_of
from slips import slips

pytestmark = pytest.mark.skipif(not YEARS, reason="no activities in data/; run make data")
# What shows nothing for an edition that does not print it; the lead of the section says so.
NOT_SAID = {"places.places_table", "places.institutions_table"}
# What there are data of in some years only; the lead of the section, or for large rows the method, says so.
GIVEN = {
    "large_rows.large_rows": {*range(1999, 2006), 2007, 2008, 2017},
    "agreements.largest": {2020},
    "agreements.agreements_table": {2020},
    "beside_aid.agreements_and_aid": {2020},
    "excess.delivered": set(range(2010, 2020)),
    "excess.excess_table": set(range(2010, 2021)),
    # Of tables that a user adds; tests/reports/test_added_tables.py has some.
    "later.later_years": set(),
    "notifications.lead": set(),
    "notifications.offers_table": set(),
    "notifications.offers_years": set(),
}


def test_every_exhibit_is_shown_by_a_notebook() -> None:
    lost = [each.place for each in not_shown(sources_of_exhibits(), sources_of_notebooks())]
    said = "no cell of a notebook shows what these return; call them in a cell, or make them private:"
    assert not lost, "\n".join([said, *lost])


def test_every_public_function_is_reached() -> None:
    ran = frozenset[str]().union(*map(reached, traced_trials()))
    named = named_by(sources_of_tests())
    public = [each for each in functions(sources_of_exhibits()) if each.public]
    missed = [each.place for each in public if each.dotted not in ran and not is_named(each, named)]
    said = (
        f"the cells of {', '.join(map(str, traced_trials()))} run none of these, and no test names them; "
        "test them, make them private or delete them:"
    )
    assert not missed, "\n".join([said, *missed])


@pytest.mark.parametrize("trial", trials(), ids=str)
def test_every_cell_shows_a_sound_block(trial: Trial) -> None:
    made = walk(trial)
    faults = [*_faults_of_cells(made), *_faults_of_document(made)]
    if trial.report and trial.report.by_year:
        faults += _silent_without_a_reason(made)
    assert not faults, "\n".join(faults)


def _faults_of_cells(made: Walk) -> list[str]:
    shown = {cell: block for cell, block in made.shown.items() if block is not None}
    faults = [
        f"cell {cell} shows {type(block).__name__}, which is no block"
        for cell, block in shown.items()
        if not isinstance(block, Block)
    ]
    for cell, block in shown.items():
        if isinstance(block, Block):
            faults += [f"cell {cell}: {fault}" for fault in faults_of(block)]
    left_out = {cell.id for cell in cells_of(made.trial.notebook) if cell.may_be_left_out} - set(shown)
    asked = set(made.shown) - left_out
    if 2 * len(shown) <= len(asked):
        faults.append(f"{len(shown)} of {len(asked)} cells show something")
    return faults


def _faults_of_document(made: Walk) -> list[str]:
    """Return what keeps the cells from being one report: keys used twice, references that lead nowhere, slips of prose."""
    try:
        found = document.build(made.notebook)
    except ReportError as error:
        return [str(error)]
    faults = [] if found.front else ["no cell shows a front"]
    for cell in made.notebook.cells:
        if cell.cell_type == "markdown":
            faults += [f"cell {cell.id}: {fault}" for fault in slips(cell.source)]
    return faults


def _silent_without_a_reason(made: Walk) -> list[str]:
    """Return the cells of a report on a year that show nothing though there are data, or something without any."""
    year = int(dict(made.trial.asked)["fiscal_year"])
    faults = []
    for cell in cells_of(made.trial.notebook):
        if cell.last is None:
            continue
        shows = made.shown[cell.id] is not None
        known = cell.call in NOT_SAID or cell.call in GIVEN
        given = year in GIVEN.get(cell.call, YEARS) and cell.id not in made.unprinted
        if shows and known and not given:
            faults.append(f"cell {cell.id} shows something, and there are no data for {cell.call}")
        elif not shows and given:
            faults.append(
                f"cell {cell.id} shows nothing; {cell.call} is to tell readers why, like Subject.absence"
            )
    return faults
