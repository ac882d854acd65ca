"""Training and aid for each of the people of one recipient, by fiscal year."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from milaid import fiscal
from milaid.analysis import one_recipient
from milaid.analysis import trend as trends
from milaid.analysis.aid import PER_HEAD_RULE, ZERO_RULE
from milaid.analysis.beside import FORMER_STATE, PER_MILLION_RULE
from milaid.blocks import numbers
from milaid.blocks.block import Column, Prose, Table, csv_text, escape
from milaid.blocks.words import sentence_start
from milaid.exhibits import trend, year_flags
from milaid.exhibits.aid import greenbook
from milaid.exhibits.once import once
from milaid.exhibits.other_sources import POPULATION, cite
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store

_PER_MILLION, _PER_HEAD = "participants_per_million", "military_per_head"


def lead(subject: Subject) -> Prose | None:
    """Return in one line that no measure for each of the people can be computed; nothing where the table has them."""
    if has_population(subject):
        return None
    name = sentence_start(escape(subject.scope.in_sentence))
    return Prose(
        f"{name} has no population of its own in the source, so that nothing is divided by the number of its people."
    )


def per_head(subject: Subject) -> Table | None:
    """Return participants per million people and aid per head of the years of the lookback; nothing without people."""
    if not has_population(subject):
        return None
    first, last = subject.window
    frame = years(subject)
    frame = frame[frame["fiscal_year"].between(first, last)]
    frame = frame.assign(year=frame["fiscal_year"].map(fiscal.label))
    columns = [
        Column("year", "Fiscal year"),
        Column("population", "Population", "integer", emphasis="secondary"),
        Column("participants", "Participants", "integer"),
        Column("participants_per_million", "Participants per million people", "decimal", emphasis="main"),
    ]
    aided = greenbook.given(subject)
    if aided:
        columns += [
            Column("military_usd", "Military aid, USD", "usd"),
            Column("military_per_head", "per head, USD", "cents", emphasis="main", computed=True),
            Column("economic_usd", "Economic aid, USD", "usd"),
            Column("economic_per_head", "per head, USD", "cents", emphasis="main", computed=True),
        ]
    return table_from_frame(
        frame,
        columns,
        key="per_head",
        title=_title(subject, frame, aided),
        subtitle=f"Participants per million people{' and aid per head' if aided else ''}, {subject.scope.label}, current "
        f"US dollars, {subject.window_label}",
        alt=f"Table of population, participants{' and aid' if aided else ''} by fiscal year, in all and for its people.",
        csv=csv_text(frame[[*(column.name for column in columns), *_averages(aided)]]),
        note=joined(COUNTING_NOTE, PER_MILLION_RULE, f"{PER_HEAD_RULE} {ZERO_RULE}" if aided else ""),
        flags=year_flags.of_subject(subject),
        sources=(
            *subject.series_sources(first, last),
            *((greenbook.source(subject, first, last),) if aided else ()),
            cite(POPULATION, f"columns {first}–{last}" if first < last else f"column {first}"),
        ),
    )


@once
def years(subject: Subject) -> pd.DataFrame:
    """Return participants, population and aid of every year from the first to the last that lists the recipient.

    Participants per million people and military aid per head have averages of five years beside them.
    """
    frame = one_recipient.per_head_years(
        subject.trainings,
        subject.aid,
        _population(subject),
        range(subject.coverage.first - 1, subject.coverage.last + 1),
        greenbook.covered(),
    )
    frame = trends.with_five_year_averages(frame, subject.coverage, _PER_MILLION)
    return trends.with_five_year_averages(frame, greenbook.coverage(), _PER_HEAD)


def has_population(subject: Subject) -> bool:
    """Return whether the source gives a population of the recipient for the report year."""
    return bool((_population(subject)["year"] == subject.fiscal_year).any())


def _population(subject: Subject) -> pd.DataFrame:
    """Return the population of the recipient; none for a former state, whose code is that of a smaller one today."""
    population = store.load_population()
    row = subject.year_rows.iloc[0]
    code = None if row["recipient_kind"] == FORMER_STATE else row["iso3"]
    return population[(population["iso3"] == code).fillna(False) & (population["population"] > 0)]


def per_million_trend(subject: Subject) -> trends.Trend:
    """Return what participants per million people do over the years that list the recipient."""
    return trends.trend(years(subject), subject.fiscal_year, subject.coverage, _PER_MILLION)


def _averages(aided: bool) -> list[str]:
    measures = [_PER_MILLION, *([_PER_HEAD] if aided else [])]
    return [f"{name}_{end}" for name in measures for end in (trends.AVERAGE, trends.AVERAGE_CHANGE)]


def _title(subject: Subject, shown: pd.DataFrame, aided: bool) -> str:
    """Return what the measures do over the years; a year with most is one of those shown."""
    what, people = (
        "Participants per million people",
        _with_peak(per_million_trend(subject), shown, _PER_MILLION),
    )
    if not aided or shown[_PER_HEAD].isna().all():
        return trend.title(what, people, numbers.decimal, "on average")
    aid = trends.trend(years(subject), subject.fiscal_year, greenbook.coverage(), _PER_HEAD)
    return trend.pair(
        (what, people, numbers.decimal),
        ("military aid per head", _with_peak(aid, shown, _PER_HEAD), numbers.usd_cents),
        "on average",
    )


def _with_peak(found: trends.Trend, shown: pd.DataFrame, measure: str) -> trends.Trend:
    rows = trends.trend(shown, found.fiscal_year, greenbook.coverage(), measure)
    return replace(found, peak=rows.peak, peak_years=rows.peak_years)
