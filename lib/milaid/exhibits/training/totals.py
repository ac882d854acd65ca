"""The total: the long series of participants with the totals of others, and the table of all years."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import published
from milaid.analysis.amount_years import with_sums_to_date
from milaid.analysis.change import LEAST_EARLIER_VALUE, MOST_PERCENT
from milaid.analysis.cost import COST_PER_PARTICIPANT_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Source, Table, csv_text
from milaid.blocks.words import and_list, counted
from milaid.charts import line
from milaid.charts.line_labels import Points
from milaid.exhibits import events, links, ties, trend, year_flags
from milaid.exhibits.figures import figure, mark_labels, mark_notes
from milaid.exhibits.scope import PROGRAM, RECIPIENT, REGION, WORLD
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import heads_in_words, table_from_frame
from milaid.exhibits.trend import in_brackets
from milaid.tables import store

_COUNTED = {
    WORLD: "Recipients and programs are those with at least one participant. ",
    REGION: "Recipients and programs are those with at least one participant. ",
    RECIPIENT: "Programs are those with at least one participant. ",
    PROGRAM: "Recipients are those with at least one participant. ",
}


_LONG = (
    "participants", "participants_percent_change", "participants_five_year_average",
    "participants_five_year_percent_change",
)  # fmt: skip


def lead(subject: Subject) -> Prose:
    """Return the opening sentences: participants, dollars, change, and what is counted."""
    row = _row(subject)
    year, before = fiscal.words(subject.fiscal_year), fiscal.words(subject.fiscal_year - 1)
    people, dollars = numbers.integer(row["participants"]), numbers.million(row["cost_usd"])
    counted = (
        "^[One participant is one place on one course or activity. A person on two courses counts twice; "
        "planned training is not counted.]"
    )
    what = "course participant" if row["participants"] == 1 else "course participants"
    if over_years := trend.average(subject.trend):
        text = (
            f"Section IV of the report to Congress lists course participants{subject.scope.phrase}{counted}: "
            f"{over_years[0]} ([[long_series]]). In {year} it lists {people}"
        )
    else:
        text = f"Section IV of the report to Congress lists {people} {what}{subject.scope.phrase}{counted} in {year}"
    if subject.has_previous:
        text += (
            f", against {numbers.integer(row['participants_before'])} in {before}"
            f"{in_brackets(row['participants_percent_change'])}. Training cost {dollars}, against "
            f"{numbers.million(row['cost_usd_before'])}{in_brackets(row['cost_usd_percent_change'])}."
        )
    else:
        text += f", {subject.why_not_compared}. Training cost {dollars}. {subject.break_note}".rstrip()
    if not subject.single_year:
        text += f" [[totals_table]] gives every year from {fiscal.label(subject.coverage.first)} on."
    return Prose(text)


def long_series(subject: Subject) -> Figure | None:
    """Return participants of all years, with gaps, breaks and the totals that others published; nothing for a single year."""
    if subject.single_year:
        return None
    beside = _published(subject)
    points = {int(y): float(v) for y, v in zip(beside["fiscal_year"], beside["published"], strict=True)}
    others = Points("Security Assistance Monitor, with Foreign Military Sales", points) if points else None
    shown = subject.series_with_trend[["fiscal_year", *_LONG]].merge(
        beside[["fiscal_year", "publisher", "published", "definition"]], on="fiscal_year", how="left"
    )
    return figure(
        lambda key: line.long_series(
            subject.series,
            key=key,
            report_year=subject.fiscal_year,
            value="participants",
            name="Report to Congress, Section IV",
            gaps=mark_labels(subject.coverage.gaps),
            breaks=mark_labels(subject.coverage.breaks),
            others=others,
            events=events.labels(subject),
        ),
        key="long_series",
        title=trend.title_with_year("Course participants", subject.trend),
        subtitle=f"Course participants, {subject.scope.subtitle}, by fiscal year, {subject.window_label_all}",
        alt=f"Line of course participants{subject.scope.phrase} by fiscal year",
        note=_long_note(subject, points),
        sources=(
            *subject.series_sources(),
            *_published_sources(beside),
            *events.sources(subject),
        ),
        csv=shown,
    )


def totals_table(subject: Subject) -> Table:
    """Return participants, recipients, programs and dollars of every year with the change on the year before."""
    frame = subject.series_with_changes
    frame = frame.assign(year=frame["fiscal_year"].map(fiscal.label))
    columns = _totals_columns(subject)
    title = _totals_title(frame)
    return table_from_frame(
        frame,
        columns,
        key="totals_table",
        title=title,
        subtitle=f"Totals by fiscal year, {subject.scope.subtitle}, current US dollars, {subject.window_label_all}",
        alt=f"Table of {heads_in_words(columns[1:])} for each fiscal year, {subject.window_label_all}.",
        note=joined(
            f"{COUNTING_NOTE} {_COUNTED[subject.scope.kind]}".strip(),
            ""
            if subject.is_small
            else "Changes are on the year before; .. where there is none, for participants where it has "
            f"fewer than {LEAST_EARLIER_VALUE}, or where the rise is above {MOST_PERCENT:,}%.",
            COST_PER_PARTICIPANT_RULE,
        ),
        sources=subject.series_sources(),
        links={"year": links.annual},
        csv=_with_sums(frame, columns) if subject.is_small or subject.trend.average is None else None,
        flags=year_flags.of_subject(subject),
    )


def _totals_columns(subject: Subject) -> tuple[Column, ...]:
    """Return the columns of the table of all years; without those in percent where the report year is small."""
    columns = (
        Column("year", "Fiscal year"),
        Column("participants", "Participants", "integer", emphasis="main"),
        Column("participants_percent_change", "Change, %", "percent_change"),
        Column("cost_usd", "Cost, USD", "usd"),
        Column("cost_usd_percent_change", "Change, %", "percent_change"),
        Column("cost_per_participant", "USD per participant with a cost", "usd", computed=True),
        Column("without_cost_share", "Without a cost, %", "share", emphasis="secondary"),
        *_counts(subject),
    )
    in_percent = ("percent_change", "share") if subject.is_small else ()
    return tuple(column for column in columns if column.kind not in in_percent)


def _with_sums(frame: pd.DataFrame, columns: tuple[Column, ...]) -> str:
    """Return the columns shown as a file, with the participants from the first year to each, and how many years have as many."""
    summed = with_sums_to_date(frame, "participants")
    summed["years_with_as_many"] = frame["participants"].map(frame["participants"].value_counts())
    names = [*(column.name for column in columns), "participants_to_date", "years_with_as_many"]
    return csv_text(summed[names])


def _totals_title(frame: pd.DataFrame) -> str:
    most, least = (int(value) for value in (frame["participants"].max(), frame["participants"].min()))
    high, low = (
        ties.when(frame.loc[frame["participants"] == value, "fiscal_year"].tolist())
        for value in (most, least)
    )
    if len(frame) == 1:
        return f"{counted(most, 'participant')} in {high}, the only year"
    if most == least:
        return f"{counted(most, 'participant')} in each of {len(frame)} years"
    return f"Between {counted(least, 'participant')} ({low}) and {numbers.integer(most)} ({high}) a year"


def _counts(subject: Subject) -> tuple[Column, ...]:
    """Return the columns that count recipients and programs, without the one that is always one."""
    return tuple(
        Column(name, name.capitalize(), "integer", emphasis="secondary")
        for name, only in (("recipients", RECIPIENT), ("programs", PROGRAM))
        if subject.scope.kind != only
    )


def _published(subject: Subject) -> pd.DataFrame:
    """Return what the Security Assistance Monitor published; its totals are of the world."""
    beside = published.published_beside_ours(subject.series, store.load_published_figures())
    return beside[(beside["publisher"] == "Security Assistance Monitor") & subject.scope.is_world]


def _row(subject: Subject) -> pd.Series:
    return subject.in_year(subject.series_with_changes)


def _long_note(subject: Subject, points: dict[int, float]) -> str:
    gaps, breaks = subject.coverage.gaps, subject.coverage.breaks
    marks = [*gaps, *breaks] if subject.scope.is_world else breaks
    others = (
        "Security Assistance Monitor counts Foreign Military Sales too and, from FY2016, the Afghanistan Security "
        "Forces Fund; its points are not joined with this series, and those above its scale are arrows at the top."
        if points
        else ""
    )
    return joined(
        COUNTING_NOTE, "" if subject.scope.is_world else _gaps_note(subject), mark_notes(marks), others
    )


def _gaps_note(subject: Subject) -> str:
    """Return the years that list nothing of the scope in one sentence."""
    years = [fiscal.label(mark.fiscal_year) for mark in subject.coverage.gaps]
    return f"No activity{subject.scope.on} is listed for {and_list(years)}." if years else ""


def _published_sources(beside) -> tuple[Source, ...]:
    return tuple(
        Source(f"{row.publisher} ({fiscal.label(row.fiscal_year)})", row.source_url)
        for row in beside.itertuples()
    )
