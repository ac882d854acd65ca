"""Military aid and IMET obligations of the recipients compared, over the years."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from milaid import fiscal
from milaid.analysis import aid
from milaid.analysis.imet import imet_years
from milaid.analysis.trend import AVERAGE
from milaid.blocks import numbers
from milaid.blocks.block import Figure, Prose, escape
from milaid.blocks.words import and_list
from milaid.charts.formats import dollars
from milaid.exhibits import trend
from milaid.exhibits.aid import greenbook
from milaid.exhibits.comparison.subject import Comparison
from milaid.exhibits.comparison.years import averaged, draw, in_window, over_years
from milaid.exhibits.figures import figure
from milaid.exhibits.subject import Subject, joined
from milaid.tables import store


def lead(comparison: Comparison) -> Prose:
    """Return military aid of five years and of the year in a sentence each; or what is absent."""
    if not comparison.of_recipients:
        return Prose(
            "The Greenbook gives aid by recipient and account, not by training program: there is none to compare."
        )
    absent = greenbook.year_absence(comparison.members[0])
    if absent is not None:
        return absent
    frame = _military(comparison)
    over_five = _now(comparison, frame, f"military_usd_{AVERAGE}")
    averages = (
        f"Military aid a year in {trend.years(comparison.fiscal_year)}: {_listed(over_five)}. "
        if over_five
        else ""
    )
    return Prose(
        f"{averages}Military aid in {fiscal.words(comparison.fiscal_year)}: "
        f"{_listed(_now(comparison, frame, 'military_usd'))}. [[key_figures]] has it beside the participants; nothing here "
        "says that one brings about the other."
    )


def _listed(amounts: dict[str, float]) -> str:
    return and_list([f"{escape(name)} {numbers.dollars(value)}" for name, value in amounts.items()])


def military(comparison: Comparison) -> Figure | None:
    """Return military aid by fiscal year, a line a member; nothing of programs or without any."""
    if not _shows(comparison):
        return None
    frame = _military(comparison)
    return _figure(
        comparison,
        frame,
        "military_usd",
        key="military_aid_years",
        what="Military aid",
    )


def imet(comparison: Comparison) -> Figure | None:
    """Return obligations for IMET by fiscal year, a line a member; nothing of programs or without any."""
    if not _shows(comparison):
        return None
    return _figure(
        comparison, _imet(comparison), "obligations_usd", key="imet_years", what="IMET obligations"
    )


def _shows(comparison: Comparison) -> bool:
    return comparison.of_recipients and comparison.fiscal_year in greenbook.covered()


def _military(comparison: Comparison) -> pd.DataFrame:
    return _of_members(
        comparison, lambda member: aid.year_totals(member.aid, greenbook.covered()), "military_usd"
    )


def _imet(comparison: Comparison) -> pd.DataFrame:
    years = [y for y in comparison.everyone.coverage.years if y in greenbook.covered()]
    deflator = store.load_deflator()
    return _of_members(
        comparison,
        lambda member: imet_years(member.aid, member.trainings, deflator, comparison.fiscal_year, years),
        "obligations_usd",
    )


def _of_members(
    comparison: Comparison, frame_of: Callable[[Subject], pd.DataFrame], value: str
) -> pd.DataFrame:
    """Return an amount of each member by fiscal year, with its average of five years."""
    frame = comparison.by_member(lambda member: averaged(frame_of(member), greenbook.coverage(), value))
    columns = ["fiscal_year", "member", value, f"{value}_{AVERAGE}"]
    return in_window(comparison, frame)[columns]


def _figure(comparison: Comparison, frame: pd.DataFrame, value: str, *, key: str, what: str) -> Figure | None:
    if not (frame[value].fillna(0) > 0).any():
        return None
    drawn = greenbook.above_zero(frame, value)
    kind, unit = dollars(drawn[value])
    return figure(
        lambda key: draw(comparison, drawn, value, key, kind),
        key=key,
        title=over_years(comparison, frame, value, numbers.dollars, what),
        subtitle=f"{what}, {and_list(comparison.names)}, {unit}, current dollars, by fiscal year, {comparison.window_label}",
        alt=f"Lines of {what} by fiscal year, {comparison.window_label}",
        note=joined(
            greenbook.OBLIGATIONS_RULE,
            aid.ZERO_RULE,
            greenbook.below_zero_note(frame, value, "member"),
        ),
        sources=(greenbook.source(comparison.everyone, *comparison.window),),
        csv=frame.round(2),
    )


def _now(comparison: Comparison, frame: pd.DataFrame, value: str) -> dict[str, float]:
    rows = frame[frame["fiscal_year"] == comparison.fiscal_year].set_index("member")[value]
    known = rows.dropna()
    return {name: float(known[name]) for name in comparison.names if name in known.index}
