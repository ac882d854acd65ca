"""What the training cost: by program, for each participant, in current and constant dollars."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import cost, series
from milaid.analysis import trend as trends
from milaid.analysis.change import percent_change
from milaid.analysis.cost import COST_PER_PARTICIPANT_RULE
from milaid.analysis.finding_values import CONSTANT_YEARS
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Table
from milaid.blocks.words import and_list, sentence_start
from milaid.charts import line
from milaid.charts.bars import ranked_bars
from milaid.charts.formats import dollars
from milaid.charts.lines import lines
from milaid.exhibits import events, links, ties, trend
from milaid.exhibits.articles import with_article
from milaid.exhibits.figures import figure, mark_labels
from milaid.exhibits.frames import under_each_other
from milaid.exhibits.once import once
from milaid.exhibits.other_sources import DEFLATOR, cite
from milaid.exhibits.scope import PROGRAM
from milaid.exhibits.subject import Subject
from milaid.exhibits.tables import ratio, table_from_frame
from milaid.tables import store
from milaid.tables.money import constant_label

_COST_NOTE = (
    "Cost is the amount that the report prints for each activity, in current US dollars; activities without one "
    "count nothing."
)


def lead(subject: Subject) -> Prose:
    """Return the dollars of the year, of the costliest program, and for each participant."""
    year = fiscal.words(subject.fiscal_year)
    total = series.value(subject.series, subject.fiscal_year, "cost_usd")
    each = series.value(subject.series, subject.fiscal_year, "cost_per_participant")
    without = series.value(subject.series, subject.fiscal_year, "without_cost_share")
    if total is None:
        return Prose(f"The report prints no dollars for the activities{subject.scope.on} of {year}.")
    if not total:
        return Prose(
            f"The costs that the report prints for the activities{subject.scope.on} of {year} come to $0 ([[totals_table]])."
        )
    over_years = trend.average(_trend(subject), numbers.million)
    text = (
        f"{subject.scope.training} cost {over_years[0]} ([[dollars_series]]). It"
        if over_years
        else subject.scope.training
    )
    text += f" cost {numbers.million(total)} in {year}"
    text += "." if each is None else f", {numbers.usd(each)} for each participant with a printed cost."
    if subject.scope.kind != PROGRAM:
        text += _costliest(_programs(subject))
    if without:
        text += f" No cost above zero is printed for {numbers.share(without)} of the participants."
    return Prose(f"{text} [[totals_table]] has every year.")


def _costliest(programs: pd.DataFrame) -> str:
    """Return which program had most dollars, all of them where several share the place; "" where many do."""
    first = ties.first(programs, "cost_usd")
    if not 0 < len(first) <= ties.MOST_NAMED:
        return ""
    names, row = and_list([with_article(str(name)) for name in first["name"]]), first.iloc[0]
    lead = "The program with most dollars was" if len(first) == 1 else "The programs with most dollars were"
    each = " each" if len(first) > 1 else ""
    return (
        f" {lead} {names}, with {numbers.million(row['cost_usd'])}{each} "
        f"({numbers.share(row['cost_share'])}; [[programs_table]])."
    )


def dollars_series(subject: Subject) -> Figure | None:
    """Return dollars by fiscal year in current and in constant dollars; nothing without dollars or for a single year."""
    base = subject.fiscal_year
    frame = _years(subject)
    if subject.single_year or not frame["cost_usd"].fillna(0).sum():
        return None
    kind, unit = dollars(frame["cost_usd_constant"])
    shown = {"Current dollars": "cost_usd", sentence_start(constant_label(base)): "cost_usd_constant"}
    return figure(
        lambda key: lines(
            under_each_other(frame, shown),
            key=key,
            report_year=base,
            kind=kind,
            gaps=mark_labels(subject.coverage.gaps),
            breaks=mark_labels(subject.coverage.breaks),
            events=events.labels(subject),
        ),
        key="dollars_series",
        title=trend.title("Cost in current dollars", _trend(subject), numbers.million),
        subtitle=f"Cost of training{subject.scope.part}, {unit}, current and {constant_label(base)}, {subject.window_label_all}",
        alt=f"Lines of the cost of training by fiscal year in current and {constant_label(base)}",
        note=f"{_COST_NOTE} Constant dollars: current dollars divided by the gross domestic product (GDP) deflator, "
        f"with {fiscal.label(base)} as base. {subject.unpriced_note(*subject.coverage.years)}",
        sources=(
            *subject.series_sources(),
            cite(DEFLATOR),
            *events.sources(subject),
        ),
        csv=_with_trend(subject, frame)[
            [
                "fiscal_year",
                "cost_usd",
                "cost_usd_constant",
                "base_fiscal_year",
                "cost_usd_percent_change",
                "cost_usd_five_year_average",
                "cost_usd_five_year_percent_change",
                "cost_usd_constant_percent_change_on_five_years_before",
            ]
        ].round(2),
    )


def cost_programs(subject: Subject) -> Figure | None:
    """Return the programs with most dollars as bars, with the year before; nothing where no dollars are printed."""
    frame = _programs(subject)
    shown = frame[frame["cost_usd"] > 0].head(subject.top_n)
    if shown.empty:
        return None
    kind, unit = dollars(shown["cost_usd"])
    together = float(shown["cost_share"].sum())
    first = shown.iloc[0]
    return figure(
        lambda key: ranked_bars(
            shown,
            key=key,
            report_year=subject.fiscal_year,
            label="short_name",
            value="cost_usd",
            previous="previous_cost_usd" if subject.has_previous else None,
            kind=kind,
            label_head="Program",
        ),
        key="cost_programs",
        title=f"{first['short_name']}: {numbers.million(first['cost_usd'])}, {numbers.share(first['cost_share'])} of the dollars",
        subtitle=f"Cost of training{subject.scope.part}, by program, {unit}, {subject.year_label}{subject.with_previous}",
        alt=f"Bars of cost by program, {subject.year_label}",
        note=f"{_COST_NOTE} The programs shown have {numbers.share(together)} of the dollars; all are in [[programs_table]]. "
        f"{subject.unpriced_note(*subject.years_compared)}".rstrip(),
        sources=subject.year_sources(previous=True),
        csv=frame[["department", "program", "name", "cost_usd", "cost_share", "previous_cost_usd"]],
    )


def cost_per_participant(subject: Subject) -> Table | None:
    """Return cost per participant by program, costliest first; nothing where no program has both."""
    frame = _programs(subject)
    frame = frame[frame["participants_with_cost"] > 0]
    if frame.empty:
        return None
    frame = frame.sort_values("cost_per_participant", ascending=False).reset_index(drop=True)
    columns = (
        Column("short_name", "Program"),
        Column("department", "Department", emphasis="secondary"),
        Column(
            "cost_per_participant",
            "USD per participant",
            "usd",
            emphasis="main",
            sorted_descending=True,
            computed=True,
        ),
        Column("participants_with_cost", "Participants with a cost", "integer"),
        Column("participants", "All participants", "integer", emphasis="secondary"),
        Column("cost_usd", "Cost, USD", "usd"),
    )
    first, last = frame.iloc[0], frame.iloc[-1]
    return table_from_frame(
        frame.assign(program_place=links.program(frame["program"])),
        columns,
        key="cost_per_participant",
        title=(
            f"From {numbers.usd(last['cost_per_participant'])} ({last['short_name']}) to "
            f"{numbers.usd(first['cost_per_participant'])} ({first['short_name']}) for a participant with a cost"
            if len(frame) > 1
            else f"{numbers.usd(first['cost_per_participant'])} for a participant with a cost"
        ),
        subtitle=f"Cost of training for each course participant with a printed cost{subject.scope.phrase}, current US dollars, {subject.year_label}",
        alt="Table of cost per participant, participants and cost by program, costliest first.",
        note=f"{COST_PER_PARTICIPANT_RULE} Programs without a participant that has a cost are left out. "
        f"{subject.unpriced_note(subject.fiscal_year)}".rstrip(),
        sources=subject.year_sources(),
        total_label="These programs",
        links={"short_name": "program_place"},
        rules={"cost_per_participant": ratio("cost_usd", "participants_with_cost")},
    )


def constant_dollars(subject: Subject) -> Figure | None:
    """Return cost per participant by year in constant dollars of the report year; nothing as :func:`dollars_series`."""
    base = subject.fiscal_year
    frame = _years(subject)
    if subject.single_year or not frame["cost_per_participant_constant"].fillna(0).sum():
        return None
    each = trends.trend(frame, base, subject.coverage, "cost_per_participant_constant")
    return figure(
        lambda key: line.long_series(
            frame,
            key=key,
            report_year=base,
            value="cost_per_participant_constant",
            kind="usd",
            gaps=mark_labels(subject.coverage.gaps),
            breaks=mark_labels(subject.coverage.breaks),
            events=events.labels(subject),
        ),
        key="constant_dollars",
        title=trend.title(
            f"Per participant with a cost, {constant_label(base)}", each, numbers.usd, "on average"
        ),
        subtitle=f"Cost of training for each course participant with a printed cost{subject.scope.phrase}, {constant_label(base)}, "
        f"{subject.window_label_all}",
        alt="Line of cost per participant by fiscal year",
        note=f"{COST_PER_PARTICIPANT_RULE} {subject.unpriced_note(*subject.coverage.years)}",
        sources=(*subject.series_sources(), cite(DEFLATOR)),
        csv=trends.with_five_year_averages(frame, subject.coverage, "cost_per_participant_constant")[
            [
                "fiscal_year",
                "cost_per_participant",
                "cost_per_participant_constant",
                "base_fiscal_year",
                "cost_per_participant_constant_five_year_average",
                "cost_per_participant_constant_five_year_percent_change",
            ]
        ].round(2),
    )


@once
def _programs(subject: Subject) -> pd.DataFrame:
    return cost.cost_by_program(
        subject.trainings, store.load_programs(), subject.fiscal_year, subject.coverage
    )


@once
def _years(subject: Subject) -> pd.DataFrame:
    return cost.cost_years(subject.series, store.load_deflator(), subject.fiscal_year)


def _trend(subject: Subject) -> trends.Trend:
    return trends.trend(subject.series, subject.fiscal_year, subject.coverage, "cost_usd")


def _with_trend(subject: Subject, frame: pd.DataFrame) -> pd.DataFrame:
    added = ["cost_usd_percent_change", "cost_usd_five_year_average", "cost_usd_five_year_percent_change"]
    frame = frame.merge(subject.series_with_trend[["fiscal_year", *added]], on="fiscal_year")
    constant = frame.set_index("fiscal_year")["cost_usd_constant"]
    frame["cost_usd_constant_percent_change_on_five_years_before"] = [
        percent_change(
            now, constant.get(year - CONSTANT_YEARS), subject.coverage.comparable(year - CONSTANT_YEARS, year)
        )
        for year, now in constant.items()
    ]
    return frame
