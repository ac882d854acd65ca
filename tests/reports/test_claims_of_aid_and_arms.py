"""What the sections on aid, arms, neighbours and units say stands in the files of their exhibits; titles over years say the years."""

from __future__ import annotations

import re

import pytest

from claims import Claim, Shown, claims, missing
from milaid import paths
from milaid.analysis.trend import Trend
from milaid.blocks import numbers
from milaid.blocks.block import Block, Exhibit, KeyFacts, Prose
from milaid.exhibits import trend
from milaid.tables import store
from report_reading import Cell, run_cells

pytestmark = pytest.mark.skipif(
    not store.available_years(), reason=f"no activities in {paths.trainings_dir()}; run make data"
)
SECTIONS = {
    "Military and economic aid", "IMET", "Arms sales", "Arms", "Training beside aid", "In its region", "Units trained",
}  # fmt: skip
ALSO = {"programs_years"}
OVER_THE_YEARS = {"aid_series", "aid_ratio", "aid_accounts", "imet_years", "imet_table", "imet_counts", "per_head",
                  "agreements_years", "programs_years"}  # fmt: skip
TRIED = (
    *(("annual_trends.ipynb", {"fiscal_year": year}) for year in (1999, 2004, 2014, 2020)),
    *(("region_profile.ipynb", {"region": name, "fiscal_year": 2020}) for name in ("africa", "near-east")),
    # With all there is, with less, with amounts below zero, without aid, with one participant in one year, of no country.
    *(("country_profile.ipynb", {"country": code, "fiscal_year": year}) for code, year in (
        ("KEN", 2020), ("COL", 2020), ("MAR", 2014), ("JPN", 2002), ("AND", 2019), ("ABW", 2019), ("NOT-STATED", 2004),
    )),
)  # fmt: skip


@pytest.mark.parametrize(
    ("notebook", "values"), TRIED, ids=[str(next(iter(values.values()))) for _, values in TRIED]
)
def test_every_number_said_stands_in_the_exhibit_referred_to(
    notebook: str, values: dict[str, object], texts_alone: None
) -> None:
    shown = [(cell, block) for cell, block in run_cells(notebook, **values) if isinstance(block, Block)]
    exhibits = {block.key: block for _, block in shown if isinstance(block, Exhibit)}
    files = {key: Shown(block.csv) for key, block in exhibits.items()}
    own = _places(shown)
    checked = [
        claim for claim in claims((cell.heading, block) for cell, block in shown) if claim.place in own
    ]
    of_few = any(cell.call == "few.why_short" for cell, _ in shown)
    assert of_few or len(checked) > 5
    lost = [f"{each.place}: {found} in {each.text}" for each in checked if (found := missing(each, files))]
    assert not lost, "\n".join(lost)
    last = [
        f"{key}: {block.title}"
        for key, block in exhibits.items()
        if key in OVER_THE_YEARS
        and not re.search(r"FY\d{4}–FY\d{4}|most in FY|none in these years", block.title)
    ]
    assert not last, "titled by one year alone:\n" + "\n".join(last)


def _places(shown: list[tuple[Cell, Block]]) -> set[str]:
    """Return the places of the claims of the sections, and of the key facts that lead to their exhibits."""
    here = [(cell, block) for cell, block in shown if cell.section in SECTIONS or _key(block) in ALSO]
    keys = {_key(block) for _, block in here}
    places = {f"{key}.{part}" for key in keys for part in ("title", "alt")}
    places |= {f"prose: {cell.heading}" for cell, block in here if isinstance(block, Prose)}
    facts = [fact for _, block in shown if isinstance(block, KeyFacts) for fact in block.facts]
    return places | {f"fact: {fact.label}" for fact in facts if fact.ref in keys}


def _key(block: Block) -> str:
    return block.key if isinstance(block, Exhibit) else ""


def test_an_amount_that_no_row_has_is_missed() -> None:
    exhibits = {"excess_table": Shown("requested_items,delivered_items,all_requested_items\n3,1,9\n6,2,9\n")}
    title = "3 of 9 items requested were delivered"
    assert missing(Claim("title", title, ("excess_table",)), exhibits) == []
    assert missing(Claim("title", title.replace("9", "10"), ("excess_table",)), exhibits) == ["10"]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ((50.0, 40.0, 25.0), (9.0, 10.0, -10.0), "A: 50 a year in FY2010–FY2014, up 25.0% on FY2005–FY2009; B: 9, down 10.0%"),
        ((50.0, None, None), (9.0, 10.0, -10.0), "A: 50 a year in FY2010–FY2014; B: 9, down 10.0% on FY2005–FY2009"),
        ((50.0, 40.0, 25.0), (None, None, None), "A: 50 a year in FY2010–FY2014, up 25.0% on FY2005–FY2009; B: most in FY2012, 70"),
        ((9000.0, 100.0, None), (9.0, None, None), "A: 9,000 a year in FY2010–FY2014, up from 100 in FY2005–FY2009; B: 9"),
    ],
)  # fmt: skip
def test_two_measures_in_one_title_say_their_years_once(first, second, said) -> None:
    a, b = (Trend(2014, 1.0, *values, 70.0, (2012,)) for values in (first, second))
    assert trend.pair(("A", a, numbers.integer), ("B", b, numbers.integer)) == said


@pytest.mark.parametrize(
    ("average", "before", "said"),
    [
        (40.0, 30.0, "Share: 40.0% on average in FY2010–FY2014, after 30.0% in FY2005–FY2009; most in FY2012, 70.0%"),
        (40.0, 40.01, "Share: 40.0% on average in FY2010–FY2014, as in FY2005–FY2009; most in FY2012, 70.0%"),
        (40.0, None, "Share: 40.0% on average in FY2010–FY2014; most in FY2012, 70.0%"),
        (None, None, "Share: most in FY2012, 70.0%"),
    ],
)  # fmt: skip
def test_a_share_is_told_by_its_averages_and_never_by_a_percentage_of_a_percentage(
    average, before, said
) -> None:
    found = Trend(2014, 1.0, average, before, None, 70.0, (2012,))
    assert trend.share_title("Share", found) == said
    assert said.startswith("; ".join([f"Share: {part}" for part in trend.share_average(found)]))
