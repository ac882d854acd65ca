"""The total: the long series of participants with the totals of others, and the table of all years."""

from __future__ import annotations

from milaid import fiscal
from milaid.analysis import published, series
from milaid.exhibits import numbers
from milaid.exhibits.charts import line
from milaid.exhibits.charts.line_labels import Points
from milaid.exhibits.exhibit import Column, Figure, Prose, Source, Table, csv_text
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.exhibits.words import direction
from milaid.tables import store


def lead(subject: Subject) -> Prose:
    """Return the opening sentences: participants, dollars, change, and what is counted."""
    row = _row(subject)
    year, before = fiscal.words(subject.fiscal_year), fiscal.words(subject.fiscal_year - 1)
    people, dollars = numbers.integer(row["participants"]), numbers.million(row["cost_usd"])
    counted = (
        "^[One participant is one place on one course or activity. A person on two courses counts twice; "
        "planned training is not counted.]"
    )
    text = f"Section IV of the report to Congress lists {people} course participants{counted} in {year}"
    if subject.has_previous:
        text += (
            f", against {numbers.integer(row['participants_before'])} in {before} "
            f"({numbers.percent_change(row['participants_percent_change'])}). Training cost {dollars}, against "
            f"{numbers.million(row['cost_usd_before'])} ({numbers.percent_change(row['cost_usd_percent_change'])})."
        )
    else:
        text += f", {subject.why_not_compared}. Training cost {dollars}. {subject.break_note}".rstrip()
    return Prose(text + f" [[totals_table]] gives every year from {fiscal.label(subject.coverage.first)} on.")


def long_series(subject: Subject) -> Figure:
    """Return participants of all years, with gaps, breaks and the totals that others published."""
    beside = published.published_beside_ours(subject.series, store.load_published_figures())
    beside = beside[beside["publisher"] == "Security Assistance Monitor"]
    points = {int(y): float(v) for y, v in zip(beside["fiscal_year"], beside["published"], strict=True)}
    drawings = line.long_series(
        subject.series,
        key="long_series",
        report_year=subject.fiscal_year,
        value="participants",
        name="Report to Congress, Section IV",
        gaps={mark.fiscal_year: mark.label for mark in subject.coverage.gaps},
        breaks={mark.fiscal_year: mark.label for mark in subject.coverage.breaks},
        others=Points("Security Assistance Monitor, with Foreign Military Sales", points),
    )
    shown = subject.series[["fiscal_year", "participants"]].merge(
        beside[["fiscal_year", "publisher", "published", "definition"]], on="fiscal_year", how="left"
    )
    return Figure(
        key="long_series",
        title=_long_title(subject),
        subtitle=f"Course participants, all recipients, by fiscal year, {subject.window_label_all}",
        alt=_long_alt(subject, points),
        note=_long_note(subject, points),
        sources=(*subject.series_sources(), *_published_sources(beside)),
        csv=csv_text(shown),
        wide=drawings.wide,
        narrow=drawings.narrow,
    )


def totals_table(subject: Subject) -> Table:
    """Return participants, recipients, programs and dollars of every year with the change on the year before."""
    frame = series.with_changes(subject.series, subject.coverage)
    frame = frame.assign(year=frame["fiscal_year"].map(lambda year: fiscal.label(int(year))))
    columns = (
        Column("year", "Fiscal year"),
        Column("participants", "Participants", "integer", emphasis="main"),
        Column("participants_percent_change", "Change, %", "percent_change"),
        Column("cost_usd", "Cost, USD", "usd"),
        Column("cost_usd_percent_change", "Change, %", "percent_change"),
        Column("cost_per_participant", "USD per participant", "usd"),
        Column("recipients", "Recipients", "integer", emphasis="secondary"),
        Column("programs", "Programs", "integer", emphasis="secondary"),
    )
    most = frame.loc[frame["participants"].idxmax()]
    least = frame.loc[frame["participants"].idxmin()]
    title = (
        f"Between {numbers.integer(least['participants'])} participants ({fiscal.label(least['fiscal_year'])}) and "
        f"{numbers.integer(most['participants'])} ({fiscal.label(most['fiscal_year'])}) a year"
    )
    return table_from_frame(
        frame,
        columns,
        key="totals_table",
        title=title,
        subtitle=f"Totals by fiscal year, all recipients, current US dollars, {subject.window_label_all}",
        alt=f"Table of participants, cost, recipients and programs for each fiscal year, {subject.window_label_all}.",
        note=joined(
            f"{COUNTING_NOTE} Recipients and programs are those with at least one participant. Changes are on the "
            "year before; .. where there is none.",
            subject.unpriced_note(*subject.coverage.years),
        ),
        sources=subject.series_sources(),
    )


def _row(subject: Subject):
    frame = series.with_changes(subject.series, subject.coverage)
    return frame[frame["fiscal_year"] == subject.fiscal_year].iloc[0]


def _long_title(subject: Subject) -> str:
    row = _row(subject)
    if not subject.has_previous:
        return f"{numbers.integer(row['participants'])} course participants, {subject.why_not_compared}"
    percent = row["participants_percent_change"]
    if percent == 0:
        return f"Course participants: unchanged at {numbers.integer(row['participants'])}"
    size = numbers.share(abs(percent))
    return f"Course participants {direction(percent)} by {size} in one year"


def _long_alt(subject: Subject, points: dict[int, float]) -> str:
    values = ", ".join(
        f"{fiscal.label(y)} {numbers.integer(v)}"
        for y, v in zip(subject.series["fiscal_year"], subject.series["participants"], strict=True)
    )
    others = ", ".join(f"{fiscal.label(y)} {numbers.integer(v)}" for y, v in sorted(points.items()))
    return (
        f"Line of course participants by fiscal year: {values}. Single points of another publisher: {others}."
    )


def _long_note(subject: Subject, points: dict[int, float]) -> str:
    marks = [*subject.coverage.gaps, *subject.coverage.breaks]
    named = " ".join(f"{fiscal.label(mark.fiscal_year)}: {mark.description}" for mark in marks)
    others = (
        "Security Assistance Monitor counts Foreign Military Sales too and, from FY2016, the Afghanistan Security "
        "Forces Fund; its points are not joined with this series."
        if points
        else ""
    )
    return joined(COUNTING_NOTE, named, others)


def _published_sources(beside) -> tuple[Source, ...]:
    return tuple(
        Source(f"{row.publisher} ({fiscal.label(row.fiscal_year)})", row.source_url)
        for row in beside.itertuples()
    )
