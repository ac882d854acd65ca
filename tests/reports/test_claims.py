"""Every number that the words of a report say stands in the file of the exhibit that they lead to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from claims import Claim, Shown, claims, missing
from milaid import paths
from milaid.blocks.block import Block, Exhibit, Prose
from milaid.tables import store
from report_reading import Cell, run_cells

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
)
PROGRAMS = {"account", "arms", "record", "rows", "share", "appendix"}
REGIONS = {"world", "map", "region_recipients"}
EVERY_MODULE = None
FACTS = {
    "rank by participants", "rank: the only program", "obligations of the account", "share in all participants",
    "share in all dollars",
}  # fmt: skip
"""Key facts that the profile of a program, or of a region, has and no other report."""
TRIED = (
    # With an account, with gaps, of one year alone, with one recipient.
    *(("program_profile.ipynb", {"program": code, "fiscal_year": year}, PROGRAMS)
      for code, year in (("PKO", 2020), ("ACOTA", 2006), ("CAMRI", 2019), ("ASFF", 2020), ("CTIWFP", 2020))),
    *(("region_profile.ipynb", {"region": name, "fiscal_year": year}, REGIONS)
      for name, year in (("africa", 2020), ("near-east", 2004))),
    *(("comparison.ipynb", {"compare": compare, "members": members, "fiscal_year": year}, EVERY_MODULE)
      for compare, members, year in (
          ("country", "KEN,ETH,UGA,TZA,RWA", 2020), ("program", "IMET,CTFP,PME,REGCTR", 2018), ("country", "KEN,AND", 2000),
      )),
    ("program_guide.ipynb", {}, EVERY_MODULE),
    ("data_quality.ipynb", {}, EVERY_MODULE),
)  # fmt: skip


@pytest.mark.parametrize(("notebook", "values", "modules"), TRIED)
def test_every_number_said_stands_in_the_exhibit_referred_to(
    notebook: str, values: dict[str, object], modules: set[str] | None, texts_alone: None
) -> None:
    shown = [(cell, block) for cell, block in run_cells(notebook, **values) if isinstance(block, Block)]
    exhibits = {block.key: Shown(block.csv) for _, block in shown if isinstance(block, Exhibit)}
    checked = list(_claims(shown, modules))
    assert len(checked) > 5
    lost = [
        f"{claim.place}: {found} in {claim.text}" for claim in checked if (found := missing(claim, exhibits))
    ]
    assert not lost, "\n".join(lost)


def _claims(shown: list[tuple[Cell, Block]], modules: set[str] | None) -> Iterator[Claim]:
    """Yield the claims of the cells that call one of the modules, of all cells without any; and those of FACTS."""
    own = [(cell, block) for cell, block in shown if modules is None or cell.call.split(".")[0] in modules]
    places = {
        f"{block.key}.{part}" for _, block in own if isinstance(block, Exhibit) for part in ("title", "alt")
    }
    places |= {f"prose: {cell.heading}" for cell, block in own if isinstance(block, Prose)}
    places |= {f"fact: {label}" for label in FACTS}
    for claim in claims((cell.heading, block) for cell, block in shown):
        if modules is None or claim.place in places:
            yield claim


def test_a_number_that_no_exhibit_shows_is_found() -> None:
    exhibits = {"share": Shown("fiscal_year,share\n2003,0.0400\n2004,12.3456\n")}
    assert missing(Claim("title", "12.3% in FY2004, less than 0.1% in FY2003", ("share",)), exhibits) == []
    assert missing(Claim("title", "12.4% in FY2004", ("share",)), exhibits) == ["12.4%"]
    assert missing(Claim("title", "Less than 0.1%", ("none",)), exhibits) == ["0.0%"]
    assert missing(Claim("title", "Section 1206 and 2282 train and equip", ("share",)), exhibits) == []
    assert missing(Claim("title", "Section 1206 and 44 rows", ("share",)), exhibits) == ["44"]
