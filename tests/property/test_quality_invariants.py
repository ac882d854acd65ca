"""What must hold for any rows and any printed totals: counts add up, differences are accounted for, shares are shares."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from milaid.analysis import quality
from milaid.analysis.quality_coverage import field_coverage
from milaid.charts.heat import percent_text
from milaid.exhibits.quality.sentences import floor_share
from milaid.publish.check import aligned
from milaid.tables.reconciliation import reconciliation
from quality_frames import documents, edition_fields, issues, totals
from training_frames import trainings

_PROGRAMS = ("IMET-1", "FMF", "PKO")
_row = st.fixed_dictionaries(
    {
        "fiscal_year": st.sampled_from([2013, 2014]),
        "program_printed": st.sampled_from(_PROGRAMS),
        "quantity": st.one_of(st.none(), st.integers(0, 30)),
        "cost_usd": st.one_of(st.none(), st.integers(0, 10**6)),
        "us_unit": st.sampled_from([None, "-", "N/A - 3", "DLIELC", "UNK"]),
    }
)
_misprint = st.fixed_dictionaries(
    {"program": st.sampled_from(_PROGRAMS), "people": st.integers(-5, 5), "named": st.booleans()}
)


@st.composite
def _case(draw):
    """Rows, their printed totals with misprints of a few people, and the known issues that name some of them."""
    rows = trainings({"fiscal_year": 2013}, {"fiscal_year": 2014}, *draw(st.lists(_row, max_size=12)))
    misprints = {m["program"]: m for m in draw(st.lists(_misprint, max_size=3))}
    printed, known = [], []
    for (year, program), part in rows.groupby(["fiscal_year", "program_printed"]):
        people, cost = int(part["quantity"].sum()), int(part["cost_usd"].sum())
        wrong = misprints.get(program) if year == 2014 else None
        off = wrong["people"] if wrong else 0
        printed.append((int(year), "actual", "program", program, people + off, cost))
        if off and wrong["named"]:
            known.append(
                (
                    f"{year}-{year + 1}",
                    "program",
                    program,
                    "quantity",
                    str(people + off),
                    str(people),
                    "misprint",
                )
            )
    for year, part in rows.groupby("fiscal_year"):
        printed.append(
            (int(year), "actual", "country", None, int(part["quantity"].sum()), int(part["cost_usd"].sum()))
        )
    return rows, totals(*printed), issues(*known)


@settings(max_examples=12)
@given(_case())
def test_every_total_is_in_just_one_state_and_every_difference_is_accounted_for(case):
    rows, printed, known = case
    frame = reconciliation(rows, printed, known)
    counts = quality.editions(rows, frame, documents("2013-2014", "2014-2015"))
    assert (counts["agreeing"] + counts["known"] + counts["unexplained"] == counts["compared"]).all()
    assert counts["compared"].sum() == len(frame)
    assert counts["known"].sum() == len(known)
    assert len(quality.differences(frame)) == (counts["known"] + counts["unexplained"]).sum()
    world = quality.world_totals(rows, printed, frame)
    for measure in ("participants", "cost_usd"):
        assert (
            world[f"{measure}_known"] + world[f"{measure}_unexplained"] == world[f"{measure}_difference"]
        ).all()
        assert (world[measure] + world[f"{measure}_difference"] == world[f"printed_{measure}"]).all()
    named_all = counts["unexplained"].sum() == 0
    assert named_all == (world["participants_unexplained"].abs().sum() == 0) or not named_all


@settings(max_examples=12)
@given(st.lists(_row, max_size=12))
def test_cells_are_empty_silent_or_filled(rows):
    frame = field_coverage(
        trainings({"fiscal_year": 2013}, {"fiscal_year": 2014}, *rows),
        edition_fields("2013-2014", "2014-2015"),
    )
    assert (frame["empty"] + frame["placeholders"] + frame["filled"] == frame["activities"]).all()
    assert frame["share"].between(0, 100).all()
    assert ((frame["share"] == 100) == (frame["filled"] == frame["activities"])).all()


@given(st.integers(1, 10**6), st.data())
def test_only_all_is_shown_as_a_hundred_percent(whole, data):
    part = data.draw(st.integers(0, whole))
    share = floor_share(part, whole)
    assert 0 <= share <= 100 and share <= 100 * part / whole + 1e-9
    assert (share == 100) == (part == whole)
    assert (percent_text(100 * part / whole) == "100") == (part == whole)
    assert (percent_text(100 * part / whole) == "0") == (part == 0)


@given(st.lists(st.lists(st.text("ab ", max_size=6), min_size=3, max_size=3), min_size=1, max_size=5))
def test_aligned_lines_are_of_one_length(rows):
    lines = aligned(rows)
    assert len({len(line) for line in lines}) == 1
    assert len(lines) == len(rows)
