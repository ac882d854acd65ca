"""What training cost, in current and constant dollars, in all and for each participant."""

from __future__ import annotations

import pandas as pd

from milaid.analysis.groups import percent_of
from milaid.analysis.programs import program_totals
from milaid.analysis.series import cost_each
from milaid.tables.coverage import Coverage
from milaid.tables.money import to_constant

COST_PER_PARTICIPANT_RULE = (
    "Cost per participant is the printed cost divided by the participants of the activities that have one above "
    "zero; people on activities without a cost are in neither number."
)


def cost_by_program(
    trainings: pd.DataFrame, programs: pd.DataFrame, fiscal_year: int, coverage: Coverage | None = None
) -> pd.DataFrame:
    """Return the programs of one fiscal year, most dollars first.

    Out: funder, department, program, name, short_name, cost_usd (current US dollars), cost_share (percent of
    the dollars of the year), previous_cost_usd, cost_change, cost_percent_change, participants,
    participants_with_cost, cost_per_participant (US dollars; missing where no participant has a cost).
    """
    frame = program_totals(trainings, programs, fiscal_year, coverage)
    frame["cost_share"] = percent_of(frame["cost_usd"], float(frame["cost_usd"].sum()))
    columns = [
        "funder", "department", "program", "name", "short_name", "cost_usd", "cost_share",
        "previous_cost_usd", "cost_change", "cost_percent_change", "participants", "participants_with_cost",
        "cost_per_participant",
    ]  # fmt: skip
    frame = frame[columns].sort_values(["cost_usd", "funder", "program"], ascending=[False, True, True])
    return frame.reset_index(drop=True)


def cost_years(series: pd.DataFrame, deflator: pd.DataFrame, base_fiscal_year: int) -> pd.DataFrame:
    """Return cost and cost per participant by fiscal year, in current and constant dollars.

    In: an annual series (:func:`milaid.analysis.series.annual_totals`); the deflator. Out: fiscal_year,
    participants, participants_with_cost, cost_usd, cost_usd_constant (float, dollars of ``base_fiscal_year``),
    cost_per_participant, cost_per_participant_constant (missing where no participant has a cost), base_fiscal_year.
    """
    counts = ["fiscal_year", "participants", "participants_with_cost", "cost_usd"]
    frame = to_constant(series[counts], deflator, base_fiscal_year)
    frame["cost_per_participant"] = cost_each(frame)
    frame["cost_per_participant_constant"] = cost_each(frame, "cost_usd_constant")
    return frame[
        [
            "fiscal_year", "participants", "participants_with_cost", "cost_usd", "cost_usd_constant",
            "cost_per_participant", "cost_per_participant_constant", "base_fiscal_year",
        ]
    ]  # fmt: skip
