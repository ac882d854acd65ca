"""The program beside all programs: its share and cost over the years, who came and went, and where it was taught."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import program_profile
from milaid.analysis import trend as trends
from milaid.analysis.cost import COST_PER_PARTICIPANT_RULE
from milaid.analysis.places import PLACES_RULE
from milaid.analysis.program_profile import RANK_RULE, SHARE_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Source, Table, csv_text
from milaid.blocks.words import and_list, counted, ordinal, sentence_start
from milaid.charts import line
from milaid.charts.lines import lines
from milaid.exhibits import events, trend, year_flags
from milaid.exhibits.figures import figure, mark_labels
from milaid.exhibits.frames import under_each_other
from milaid.exhibits.once import once
from milaid.exhibits.program.overview import rank_years, ranks
from milaid.exhibits.program.record import report_source
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store
from milaid.tables.coverage import NO_DATA

_COSTS = ("cost_per_participant", "all_cost_per_participant")


def lead(subject: Subject) -> Prose:
    """Return share and rank of the program in the report year, its largest share, and cost beside all programs."""
    frame = _shares(subject).set_index("fiscal_year")
    now, found = frame.loc[subject.fiscal_year], ranks(subject)
    year = fiscal.words(subject.fiscal_year)
    averages = trend.share_average(_share_trend(subject))
    text = f"Share of all course participants: {averages[0]}. In {year} " if averages else ""
    text += (
        f"{subject.scope.label if averages else sentence_start(subject.scope.label)} had {numbers.share(now['share'])}"
        f"{'' if averages else f' of all course participants in {year}'} and ranks "
        f"{ordinal(found.participants)} of {counted(found.programs, 'program')} by participants"
    )
    text += (
        f", {ordinal(found.dollars)} of {numbers.integer(found.priced)} by printed cost."
        if found.dollars is not None
        else ". The report prints no cost of it."
    )
    text = text.removesuffix(".") + " ([[program_years]])."
    listed = frame[frame["participants"] > 0]
    if len(listed) > 1:
        most = listed["share"].max()
        when = and_list([fiscal.words(int(str(year))) for year in listed.index[listed["share"] == most]])
        text += f" Its share was largest in {when}, {numbers.share(most)} ([[program_share]])."
    each, every = now["cost_per_participant"], now["all_cost_per_participant"]
    if pd.notna(each) and pd.notna(every):
        text += f" A participant cost {numbers.usd(each)} under the program and {numbers.usd(every)} under all programs together."
    return Prose(text + _at_home(subject))


def share_years(subject: Subject) -> Figure | None:
    """Return the share of the program in all participants by year; nothing where one year alone lists it."""
    if subject.single_year:
        return None
    frame = _shares(subject)
    frame = frame[frame["fiscal_year"].between(subject.coverage.first, subject.coverage.last)]
    drawn = _listed_shares(subject)
    found = ranks(subject)
    averages = trends.with_five_year_averages(drawn, subject.coverage, "share")["share_five_year_average"]
    filed = frame[["fiscal_year", "participants", "all_participants", "share"]].assign(
        share_five_year_average=averages
    )
    return figure(
        lambda key: line.long_series(
            drawn,
            key=key,
            report_year=subject.fiscal_year,
            value="share",
            kind="share",
            gaps=_silent(subject, frame),
            breaks=mark_labels(subject.coverage.breaks),
            events=events.labels(subject),
        ),
        key="program_share",
        title=trend.share_title("Share of all participants", _share_trend(subject)),
        subtitle=f"Course participants under {subject.scope.label} as a share of those of all programs, percent, "
        f"{subject.window_label_all}",
        alt="Line of the share of the program by fiscal year",
        note=joined(
            f"{subject.year_label}: {ordinal(found.participants)} of {counted(found.programs, 'program')} by participants.",
            SHARE_RULE,
            COUNTING_NOTE,
            RANK_RULE,
            _silent_note(subject, frame),
        ),
        sources=_sources(),
        csv=filed.round(4),
    )


def cost_beside_all(subject: Subject) -> Figure | None:
    """Return cost per participant of the program and of all programs by year; nothing where no cost is printed."""
    frame = _shares(subject)
    frame = frame[frame["fiscal_year"].isin(subject.coverage.years) & (frame["cost_per_participant"] > 0)]
    if len(frame) < 2:
        return None
    long = under_each_other(
        frame, {"This program": "cost_per_participant", "All programs": "all_cost_per_participant"}
    )
    filed = _with_cost_averages(subject, frame)
    return figure(
        lambda key: lines(
            long, key=key, report_year=subject.fiscal_year, kind="usd", events=events.labels(subject)
        ),
        key="cost_beside",
        title=_cost_title(subject, filed),
        subtitle=f"Cost of training for each course participant, current US dollars, {subject.window_label_all}",
        alt="Two lines of cost per participant by fiscal year, the program and all programs",
        note=joined(
            f"{COST_PER_PARTICIPANT_RULE} Averages are of the annual values. All programs together include this one. Years "
            "without a printed cost of the program are left out.",
            subject.unpriced_note(*subject.coverage.years),
        ),
        sources=_sources(),
        csv=filed.round(2),
    )


def _with_cost_averages(subject: Subject, frame: pd.DataFrame) -> pd.DataFrame:
    """Return cost per participant of the program and of all by year, each with its average of five years."""
    filed = frame[["fiscal_year", *_COSTS]]
    for measure in _COSTS:
        filed = trends.with_five_year_averages(filed, subject.coverage, measure)
    return filed


def _cost_title(subject: Subject, filed: pd.DataFrame) -> str:
    """Return the five-year average beside that of all programs, and the years with most; the most where there is none."""
    own, every = (trends.trend(filed, subject.fiscal_year, subject.coverage, name) for name in _COSTS)
    most = trend.peak(own, numbers.usd)
    if own.average is None or every.average is None:
        top = filed.loc[filed["cost_per_participant"].idxmax(), "all_cost_per_participant"]
        return f"Cost per participant: {most[0]}, against {numbers.usd(top)} under all programs"
    average = f"{numbers.usd(own.average)} on average in {trend.years(subject.fiscal_year)}"
    return f"Cost per participant: {average}, {numbers.usd(every.average)} under all programs; {most[0]}"


def years_table(subject: Subject) -> Table:
    """Return by year share and rank, how many recipients there were, entered and left, and who was trained where."""
    places = program_profile.own_country_years(subject.trainings)
    frame = program_profile.turnover_years(subject.trainings, subject.coverage).merge(
        places[["fiscal_year", "own_country_share", "united_states_share"]], on="fiscal_year", how="left"
    )
    for beside in (_shares(subject), rank_years(subject)):
        frame = frame.merge(beside, on="fiscal_year", how="left")
    frame = frame.assign(label=frame["fiscal_year"].map(fiscal.label))
    columns = (
        Column("label", "Fiscal year"),
        Column("share", "Share of all, %", "share"),
        Column("rank", "Rank", "rank", emphasis="secondary"),
        Column("recipients", "Recipients", "integer", emphasis="main"),
        Column("entered", "Entered", "integer", computed=True),
        Column("left", "Left", "integer", computed=True),
        Column("own_country_share", "In own country, %", "share"),
        Column("united_states_share", "In the United States, %", "share"),
    )
    now = subject.in_year(frame)
    title = f"{counted(int(now['recipients']), 'recipient')} in {subject.year_label}"
    if pd.notna(now["entered"]):
        title += f": {numbers.integer(now['entered'])} entered, {numbers.integer(now['left'])} left"
    return table_from_frame(
        frame,
        columns,
        key="program_years",
        title=title,
        subtitle=f"Share and rank of {subject.scope.label}, its recipients with a participant, and place of training, "
        f"{subject.window_label_all}",
        alt="Table of the share of all participants, the rank among the programs, recipients, those that entered and left, "
        "and the share trained in the own country and in the United States, by fiscal year.",
        note=joined(
            SHARE_RULE,
            RANK_RULE,
            "Entered: a participant after none in the year before; left: none after some; .. where the year before is not "
            "comparable. Places are shares of the participants whose place is known.",
            PLACES_RULE,
        ),
        flags=year_flags.of_subject(subject),
        sources=subject.series_sources(),
        csv=csv_text(
            frame[
                [
                    "fiscal_year", "recipients", "entered", "left", "entered_participants", "left_participants",
                    "own_country_share", "united_states_share", "participants", "all_participants", "share", "rank",
                    "ranked", "cost_per_participant", "all_cost_per_participant", "cost_rank", "cost_ranked",
                ]
            ].round(4)
        ),
    )  # fmt: skip


def _at_home(subject: Subject) -> str:
    """Return the share trained in the own country in the report year; "" where no place is known."""
    frame = program_profile.own_country_years(subject.trainings).set_index("fiscal_year")
    row = frame.loc[subject.fiscal_year]
    if pd.isna(row["own_country_share"]):
        return ""
    return (
        f" Of the participants whose place of training is known, {numbers.share(row['own_country_share'])} were trained in their "
        f"own country and {numbers.share(row['united_states_share'])} in the United States."
    )


@once
def _shares(subject: Subject) -> pd.DataFrame:
    return program_profile.share_years(subject.world, subject.scope.code)


def _listed_shares(subject: Subject) -> pd.DataFrame:
    """Return the share by fiscal year from the first to the last that lists the program, missing in those that do not."""
    frame = _shares(subject)
    frame = frame[frame["fiscal_year"].between(subject.coverage.first, subject.coverage.last)]
    listed = frame["fiscal_year"].isin(subject.coverage.years)
    return frame[["fiscal_year", "share"]].assign(share=frame["share"].where(listed))


def _share_trend(subject: Subject) -> trends.Trend:
    return trends.trend(_listed_shares(subject), subject.fiscal_year, subject.coverage, "share")


def _silent(subject: Subject, frame: pd.DataFrame) -> dict[int, str]:
    years = [int(year) for year in frame["fiscal_year"]]
    first, last = subject.coverage.first, subject.coverage.last
    return {year: NO_DATA[0] for year in years if first < year < last and year not in subject.coverage.years}


def _silent_note(subject: Subject, frame: pd.DataFrame) -> str:
    missing = [int(y) for y in frame["fiscal_year"] if int(y) not in subject.coverage.years]
    if not missing:
        return ""
    return "Years that do not list the program have no point; the CSV file has them with zero."


def _sources() -> tuple[Source, ...]:
    return (report_source(store.available_years()),)
