"""What a report is made from when its cells come in by the front door."""

from __future__ import annotations

import pytest

from milaid.publish.inputs.digests import Digests
from milaid.publish.inputs.modules import Modules, own_folders
from milaid.publish.inputs.sources import read_source


def modules(cell: str) -> set[str]:
    return set(Modules(own_folders(), Digests()).closure(read_source(cell)))


@pytest.mark.parametrize("cell", ["import milaid as m\nm.totals()", "from milaid import totals\ntotals()"])
def test_what_comes_in_by_the_front_door_may_lead_to_all_of_milaid(cell: str) -> None:
    assert {"milaid.api.totals", "milaid.analysis.groups", "milaid.exhibits.quality.subject"} <= modules(cell)


def test_an_exhibit_leads_neither_to_the_front_door_nor_to_what_saves_files() -> None:
    found = modules("from milaid.exhibits.training import totals\ntotals.lead(subject)")
    assert "milaid.exhibits.training.totals" in found
    assert not [name for name in found if name.startswith("milaid.api")]
    assert not {"milaid.blocks.typst", "milaid.blocks.sheets"} & found
