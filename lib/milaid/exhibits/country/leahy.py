"""What stands before the table of units: the two Leahy laws, and what the table is and is not."""

from __future__ import annotations

from milaid import fiscal
from milaid.analysis import units
from milaid.blocks import numbers
from milaid.blocks.block import Box, Prose
from milaid.blocks.words import and_list, counted
from milaid.exhibits.subject import Subject

_STATE_LAW = (
    "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title22-section2378d&num=0&edition=prelim"
)
_DEFENSE_LAW = (
    "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title10-section362&num=0&edition=prelim"
)


def laws(_: Subject) -> Prose:
    """Return what the two laws say, from the text of the United States Code as of 2023."""
    return Prose(
        "Two laws, known as the Leahy laws, tie US assistance to the record of the unit that receives it. Section 620M of the "
        f"Foreign Assistance Act of 1961 ([22 U.S.C. 2378d]({_STATE_LAW})) bars assistance under that Act or the Arms Export "
        "Control Act to a unit of the security forces of a foreign country where the Secretary of State has credible information "
        "that the unit has committed a gross violation of human rights, unless the government is taking effective steps to "
        f"bring those responsible to justice. [10 U.S.C. 362]({_DEFENSE_LAW}) bars the use of funds of the Department of "
        "Defense for training, equipment or other assistance to such a unit, with exceptions and a waiver by the Secretary of "
        "Defense. The text of both is that of 2023."
    )


def lead(subject: Subject) -> Prose:
    """Return how many activities there are, for how many a unit is printed, and for which years none can be."""
    rows = subject.activities
    printed = rows[rows["student_unit"].notna()]
    years = subject.coverage.years
    span = fiscal.words(years[0]) if len(years) == 1 else f"fiscal years {years[0]} to {years[-1]}"
    text = f"Section IV lists {_activities(len(rows))}{subject.scope.on} for {span}. "
    if printed.empty:
        return Prose(f"{text}It prints no unit of the participants for {'it' if len(rows) == 1 else 'them'}.")
    text += (
        f"It prints the unit of the participants for {'it' if len(rows) == 1 else 'each of them'}"
        if len(printed) == len(rows)
        else f"For {numbers.integer(len(printed))} of them it prints the unit of the participants"
    )
    different = len(units.by_unit(rows))
    text += f", in {counted(different, 'different spelling')}." if different > 1 else "."
    silent = subject.silent_years("student_unit")
    if silent:
        labels = and_list([fiscal.label(year) for year in silent])
        text += f" The {'edition' if len(silent) == 1 else 'editions'} for {labels} {'prints' if len(silent) == 1 else 'print'} no unit at all."
    if (rows["student_unit"].isna() & ~rows["fiscal_year"].isin(silent)).any():
        where = "In the other years a" if silent else "A"
        text += f" {where} dash stands for a unit that is not printed or cannot be read."
    return Prose(text)


def _activities(count: int) -> str:
    return f"{numbers.integer(count)} activit{'y' if count == 1 else 'ies'}"


def what_it_is(_: Subject) -> Box:
    """Return how the table of units is to be read."""
    return Box(
        "What the table of units is and is not.",
        "It gives the unit of the participants as the report prints it: spellings are not drawn together, a name can be "
        "that of a ministry, a school or a whole service, and “N/A” is what is printed. A unit in the table took part in "
        "training that the report lists. That is no statement about the conduct of the unit or of anyone in it, nor about "
        "whether or how it was vetted. A unit that is not in the table may have been trained under programs or sales that "
        "Section IV does not cover.",
    )
