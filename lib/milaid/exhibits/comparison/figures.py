"""The figures of the report year side by side: a row a measure, a column a member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from milaid.analysis.beside import PER_MILLION_RULE
from milaid.analysis.comparison import aid_figures, year_figures
from milaid.analysis.cost import COST_PER_PARTICIPANT_RULE
from milaid.analysis.imet import imet_years
from milaid.blocks import numbers
from milaid.blocks.block import Column, Source, Table, csv_text, escape
from milaid.blocks.words import and_list, counted, sentence_start
from milaid.exhibits.aid import greenbook
from milaid.exhibits.comparison.subject import Comparison
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store

_RANK_NOTE = "Rank: by participants among all {noun}s that the edition lists; equal values share a rank."


_ADDED_UP = (
    "participants",
    "participants_before",
    "change",
    "share",
    "cost_usd",
    "military_aid_usd",
    "imet_usd",
)
"""Measures that add up over the members, as no activity is of two of them."""


@dataclass(frozen=True)
class Measure:
    """One row of the table: name of the value, its label, and how it is shown."""

    name: str
    label: str
    kind: str


_FILED_ALONE = (Measure("ranked", "", "integer"), Measure("change", "", "change"))
"""Measures that the file has and the table does not."""


def figures(comparison: Comparison) -> dict[str, dict[str, Any]]:
    """Return the values of the report year of each member, by its label."""
    return {member.scope.label: _of(comparison, member) for member in comparison}


def key_figures(comparison: Comparison) -> Table:
    """Return the key figures of the report year: a row a measure, a column a member."""
    values = figures(comparison)
    measures = _measures(comparison)
    rows = pd.DataFrame(
        [
            {
                "measure": m.label,
                **{name: _shown(values[name], m, comparison) for name in values},
            }
            for m in measures
        ]
    )
    raw = pd.DataFrame(
        [
            {
                "fiscal_year": comparison.fiscal_year,
                "measure": m.name,
                **{n: values[n][m.name] for n in values},
            }
            for m in [*measures, *_FILED_ALONE]
        ],
        dtype="object",  # whole numbers stay whole beside shares
    )
    raw["together"] = pd.Series([_together(values, name) for name in raw["measure"]], dtype="object")
    columns = (
        Column("measure", "Measure", width=0.34),
        *(Column(name, name, "integer", emphasis="main") for name in values),
    )
    most = max(value["participants"] or 0 for value in values.values())
    whose = [name for name, value in values.items() if (value["participants"] or 0) == most]
    each = " each" if len(whose) > 1 else ""
    return table_from_frame(
        rows,
        columns,
        key="key_figures",
        title=f"{sentence_start(and_list(whose))}: {counted(most, 'participant')}{each}, the most of "
        f"the {'recipients' if comparison.of_recipients else 'programs'} compared",
        subtitle=f"Figures of {comparison.year_label}; dollars are current US dollars",
        alt=f"Table of the figures of {and_list(comparison.names)} in {comparison.year_label}: participants, change, "
        "share, rank, cost and others.",
        note=joined(
            COUNTING_NOTE,
            _RANK_NOTE.format(noun=comparison.noun),
            COST_PER_PARTICIPANT_RULE,
            _names(comparison),
            f"{PER_MILLION_RULE} {greenbook.OBLIGATIONS_RULE}" if comparison.of_recipients else "",
            comparison.note(comparison.fiscal_year),
        ),
        sources=(*comparison.year_sources(previous=True), *aid_sources(comparison)),
        csv=csv_text(raw),
    )


def aid_sources(comparison: Comparison) -> tuple[Source, ...]:
    """Return the Greenbook and the source of the population, where recipients have figures of them."""
    if not comparison.of_recipients or comparison.fiscal_year not in greenbook.covered():
        return ()
    first = comparison.members[0]
    return (greenbook.source(first.everyone), *greenbook.population_sources(first))


def _of(comparison: Comparison, member: Subject) -> dict[str, Any]:
    year = comparison.fiscal_year
    values = year_figures(member.trainings, member.share_and_rank, member.series, member.coverage, year)
    if year not in member.coverage.years or member.is_small or not member.prints("location"):
        values["united_states"] = None
    values["years"] = len(member.coverage.years)
    if comparison.of_recipients:
        aid = aid_figures(member.trainings, member.aid, store.load_population(), year, member.scope.name)
        values |= {**aid, "imet_usd": _imet(member, year)}
    return values


def _imet(member: Subject, year: int) -> Any:
    if year not in greenbook.covered():
        return None
    found = imet_years(member.aid, member.trainings, store.load_deflator(), year, (year,))
    value = found["obligations_usd"].iloc[0]
    return None if pd.isna(value) else int(value)


def _measures(comparison: Comparison) -> list[Measure]:
    before = comparison.previous_label
    counted = Measure("programs", "Programs with a participant", "integer")
    if not comparison.of_recipients:
        counted = Measure("recipients", "Recipients with a participant", "integer")
    rows = [
        Measure("participants", "Course participants", "integer"),
        Measure("participants_before", f"Course participants in {before}", "integer"),
        Measure("percent_change", f"Change on {before}, %", "percent_change"),
        Measure("average", "Average of five years, participants", "integer"),
        Measure(
            "average_percent_change", "Change of the average on the five years before, %", "percent_change"
        ),
        Measure("share", "Share of all participants, %", "share"),
        Measure("rank", f"Rank among {comparison.noun}s", "rank"),
        Measure("cost_usd", "Cost of training, USD", "usd"),
        Measure("cost_per_participant", "Cost per participant, USD", "usd"),
        counted,
        Measure("united_states", "Trained in the United States, %", "share"),
        Measure(
            "years", f"Fiscal years that list it, of {len(comparison.everyone.coverage.years)}", "integer"
        ),
    ]
    if comparison.of_recipients:
        rows += [
            Measure("per_million", "Participants per million people", "decimal"),
            Measure("military_aid_usd", "Military aid, USD", "usd"),
            Measure("imet_usd", "IMET obligations, USD", "usd"),
            Measure("economic_aid_usd", "Economic aid, USD", "usd"),
        ]
    return rows


def _together(values: dict[str, dict[str, Any]], measure: str) -> Any:
    """Return a measure of the members that have a value together; None where it does not add up or none has one."""
    own = [
        value[measure] for value in values.values() if measure in _ADDED_UP and value.get(measure) is not None
    ]
    return sum(own) if own else None


_COMPUTED = ("average", "cost_per_participant")
"""Values that no source prints and that are shown as kinds that sources print."""


def _shown(values: dict[str, Any], measure: Measure, comparison: Comparison) -> str:
    value = values[measure.name]
    if measure.name == "rank" and value is not None:
        return f"{numbers.integer(value)} of {numbers.integer(values['ranked'])}"
    if measure.name in _COMPUTED and value is None:
        return numbers.NOT_COMPUTED
    return numbers.cell(value, measure.kind)


def _names(comparison: Comparison) -> str:
    """Return what the labels of programs stand for."""
    if comparison.of_recipients:
        return ""
    return f"{'; '.join(f'{escape(m.scope.label)}: {escape(m.scope.name)}' for m in comparison)}."
