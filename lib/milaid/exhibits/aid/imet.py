"""IMET: its dollars in the Greenbook beside its participants in the training report, of the same fiscal year."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from milaid import fiscal
from milaid.analysis import trend as trends
from milaid.analysis.aid import ZERO_RULE
from milaid.analysis.amount_years import trend_columns, with_trend
from milaid.analysis.change import percent_change
from milaid.analysis.imet import imet_years
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Source, Table, csv_text, escape
from milaid.blocks.words import and_list, counted
from milaid.charts.multiples import small_multiples
from milaid.charts.style import Drawings
from milaid.exhibits import events, trend, year_flags
from milaid.exhibits.aid import greenbook
from milaid.exhibits.figures import figure, mark_labels, mark_notes
from milaid.exhibits.frames import under_each_other
from milaid.exhibits.once import once
from milaid.exhibits.other_sources import DEFLATOR, cite
from milaid.exhibits.scope import PROGRAM, RECIPIENT
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store
from milaid.tables.money import constant_label

CODE = "IMET"
_DOLLARS = "Obligations in the Greenbook, current US dollars"
_PEOPLE = "Course participants in the training report"
APART_RULE = (
    "Obligations are those of the account International Military Education and Training (IMET) in the fiscal year, "
    "less what was taken back; participants are those the training report lists under IMET in it. The two come from "
    "different documents and are not divided by each other."
)


def lead(subject: Subject) -> Prose:
    """Return dollars, participants and recipients of the year, with the year before; or what is absent."""
    absent = absence(subject)
    if absent is not None:
        return absent
    frame = years(subject).set_index("fiscal_year")
    now = frame.loc[subject.fiscal_year]
    text = f"{_obligations(subject, frame)} Under IMET, the training report lists {_people(subject, frame)}."
    if pd.notna(now["training_cost_usd"]) and now["participants"]:
        text += f" The cost that it prints for them is {numbers.dollars(now['training_cost_usd'])}."
    if subject.scope.kind != RECIPIENT:
        verb = "has" if now["recipients_obligations"] == 1 else "have"
        text += (
            f" {counted(int(now['recipients_obligations']), 'recipient')} {verb} obligations above zero, "
            f"{numbers.integer(now['recipients_trained'])} at least one participant ([[imet_counts]])."
        )
    return Prose(text)


def dollars_and_participants(subject: Subject) -> Figure | None:
    """Return dollars and participants over the years, one panel below the other, each with its own scale.

    Nothing where one of the two is zero in all years: the lead says both of the report year.
    """
    if absence(subject) is not None:
        return None
    frame = years(subject)
    if not all((frame[name].fillna(0) > 0).any() for name in ("obligations_usd", "participants")):
        return None
    return figure(
        lambda key: two_panels(subject, frame, key),
        key="imet_years",
        title=_title(subject),
        subtitle=f"IMET, {_scope_label(subject)}: obligations, million current US dollars, above; course participants "
        f"below; {greenbook.years_label(frame)}",
        alt="Two bar charts by fiscal year, one below the other, IMET obligations and participants",
        note=joined(
            APART_RULE,
            COUNTING_NOTE,
            ZERO_RULE,
            "The two panels have different scales.",
            greenbook.below_zero_note(frame, "obligations_usd"),
            _break_note(subject),
        ),
        sources=sources(subject, frame),
        csv=frame[
            [
                "fiscal_year", "obligations_usd", "participants", "training_cost_usd",
                *trend_columns("obligations_usd", "participants"),
            ]
        ].round(2),
    )  # fmt: skip


def two_panels(subject: Subject, frame: pd.DataFrame, key: str) -> Drawings:
    """Draw obligations_usd and participants of a frame by fiscal year, one panel below the other, each to its scale.

    What is below zero is left out: bars begin at zero.
    """
    panels = {_DOLLARS: "obligations_usd", _PEOPLE: "participants"}
    return small_multiples(
        under_each_other(greenbook.above_zero(frame, *panels.values()), panels, name="panel"),
        key=key,
        report_year=subject.fiscal_year,
        panel="panel",
        kinds={_DOLLARS: "million", _PEOPLE: "integer"},
        rows=(1, 1),
        breaks=mark_labels(subject.coverage.breaks),
        events=events.labels(subject),
    )


def years_table(subject: Subject) -> Table | None:
    """Return dollars, current and constant, beside participants and recipients of each year of the lookback.

    Nothing where the Greenbook has no line of aid in these years.
    """
    if absence(subject) is not None:
        return None
    frame = years(subject)
    frame = frame[frame["fiscal_year"] >= subject.fiscal_year - subject.lookback_years]
    if frame["obligations_usd"].isna().all():
        return None
    base = subject.fiscal_year
    columns = [
        Column("label", "Fiscal year"),
        Column("obligations_usd", "Obligations, current USD", "usd", emphasis="main"),
        Column("obligations_usd_constant", f"Obligations, constant {fiscal.label(base)} USD", "usd"),
        Column("participants", "Participants", "integer"),
        Column("training_cost_usd", "Cost in the training report, current USD", "usd", emphasis="secondary"),
    ]
    if subject.scope.kind != RECIPIENT:
        columns += [
            Column("recipients_obligations", "Recipients with obligations", "integer"),
            Column("recipients_trained", "Recipients with participants", "integer"),
        ]
    shown = frame.assign(
        label=frame["fiscal_year"].map(fiscal.label),
        obligations_usd_constant=frame["obligations_usd_constant"].round(0).astype("Int64"),
    )
    names = [column.name for column in columns[1:]]
    return table_from_frame(
        shown,
        columns,
        key="imet_table",
        title=_table_title(subject, shown),
        subtitle=f"IMET, {_scope_label(subject)}: obligations in current and in {constant_label(base)}, participants"
        f"{'' if subject.scope.kind == RECIPIENT else ' and recipients'}, {greenbook.years_label(frame)}",
        alt="Table of IMET obligations, participants, printed cost and recipients by fiscal year.",
        note=joined(
            APART_RULE,
            COUNTING_NOTE,
            ZERO_RULE,
            f"Constant dollars: gross domestic product (GDP) deflator by fiscal year, base {fiscal.label(base)}.",
            break_reference(subject),
        ),
        flags=year_flags.of_subject(subject),
        sources=(*sources(subject, frame), cite(DEFLATOR)),
        csv=csv_text(
            shown[
                ["fiscal_year", *names, "base_fiscal_year", *trend_columns("obligations_usd_constant")]
            ].round(2)
        ),
    )


def absence(subject: Subject) -> Prose | None:
    """Return the one line of a section that has nothing on IMET to show; None where there is something."""
    if subject.scope.kind == PROGRAM and subject.scope.code != CODE:
        return Prose("IMET is another program than the one of this report.")
    line = greenbook.year_absence(subject)
    if line is None:
        frame = years(subject)
        if not frame[["obligations_usd", "participants"]].fillna(0).to_numpy("float64").any():
            line = Prose(
                f"The Greenbook has no IMET obligations{escape(greenbook.whom(subject))} in "
                f"{greenbook.years_label(frame)}, and the training report lists no participant under IMET."
            )
    return line


def _title(subject: Subject) -> str:
    dollars, people = trends_of(subject)
    return trend.pair(
        ("IMET obligations", dollars, numbers.dollars), ("participants", people, numbers.integer)
    )


def _table_title(subject: Subject, shown: pd.DataFrame) -> str:
    """Return what obligations in constant dollars do over the years; those with most are of the years shown."""
    name, year = "obligations_usd_constant", subject.fiscal_year
    every, rows = (trends.trend(frame, year, greenbook.coverage(), name) for frame in (years(subject), shown))
    found = replace(every, peak=rows.peak, peak_years=rows.peak_years)
    return trend.title(f"IMET in {fiscal.label(year)} dollars", found, numbers.dollars)


def trends_of(subject: Subject) -> tuple[trends.Trend, trends.Trend]:
    """Return what IMET obligations, in current dollars, and participants do over the years of the training report."""
    frame, year = years(subject), subject.fiscal_year
    return (
        trends.trend(frame, year, greenbook.coverage(), "obligations_usd"),
        trends.trend(frame, year, subject.coverage, "participants"),
    )


@once
def years(subject: Subject) -> pd.DataFrame:
    """Return dollars and participants of every year of the training report, with what they do over the years.

    Out: the columns of :func:`milaid.analysis.imet.imet_years` and, of dollars, participants and the recipients of both,
    those of :func:`milaid.analysis.amount_years.with_trend`; each within the years that its source may compare.
    """
    frame = imet_years(
        subject.aid,
        subject.trainings,
        store.load_deflator(),
        subject.fiscal_year,
        fiscal_years=store.available_years(),
    )
    dollars = ("obligations_usd", "obligations_usd_constant", "recipients_obligations")
    frame = with_trend(frame, greenbook.coverage(), *dollars)
    return with_trend(frame, subject.coverage, "participants", "recipients_trained")


def _obligations(subject: Subject, frame: pd.DataFrame) -> str:
    """Return the obligations of the year as a sentence, after their average of five years where there is one."""
    whom, year = escape(greenbook.whom(subject)), fiscal.words(subject.fiscal_year)
    amounts = frame["obligations_usd"]
    if pd.isna(amounts[subject.fiscal_year]):
        return f"The Greenbook has no line of aid{whom} for {subject.year_label}."
    found = trends_of(subject)[0]
    before = amounts.get(subject.fiscal_year - 1)
    if not any(value for value in (found.value, found.average, before) if pd.notna(value)):
        return f"The Greenbook has no IMET obligations{whom} in {year}."
    against, average = greenbook.against(amounts, subject.fiscal_year), trend.average(found, numbers.dollars)
    if not average:
        return f"IMET obligations{whom} in {year} were {against}."
    return f"IMET obligations{whom} were {average[0]}; in {year} they were {against}."


def _people(subject: Subject, frame: pd.DataFrame) -> str:
    """Return the participants of the year, with the year before where it may be compared."""
    now = int(frame.at[subject.fiscal_year, "participants"])
    text = counted(now, "participant") if now else "no participant"
    if not subject.has_previous:
        return text
    before = int(frame.at[subject.fiscal_year - 1, "participants"])
    if not before:
        return f"{text}, {'as' if not now else 'after none'} in {subject.previous_label}"
    percent = percent_change(now, before)
    text += f", against {numbers.integer(before)} in {subject.previous_label}"
    return text if percent is None else f"{text} ({numbers.percent_change(percent)})"


def _scope_label(subject: Subject) -> str:
    return "all recipients" if subject.scope.kind == PROGRAM else subject.scope.subtitle


def _break_note(subject: Subject) -> str:
    """Return what breaks the series of participants; the dollars have no break there."""
    breaks = mark_notes(subject.coverage.breaks)
    return f"Breaks concern the participants, not the dollars. {breaks}" if breaks else ""


def break_reference(subject: Subject) -> str:
    """Return the years of the breaks, with the exhibit whose note describes them."""
    years = [fiscal.label(mark.fiscal_year) for mark in subject.coverage.breaks]
    return f"The participants have a break in {and_list(years)}, see [[imet_years]]." if years else ""


def sources(subject: Subject, frame: pd.DataFrame) -> tuple[Source, ...]:
    first, last = int(frame["fiscal_year"].min()), int(frame["fiscal_year"].max())
    return (greenbook.source(subject, first, last), *subject.series_sources(first, last))
