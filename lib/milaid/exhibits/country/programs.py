"""The programs of one recipient over the years."""

from __future__ import annotations

import pandas as pd

from milaid.analysis import programs
from milaid.analysis.amount_years import with_sums_over_the_years
from milaid.analysis.programs import OTHER_PROGRAMS
from milaid.blocks import numbers
from milaid.blocks.block import Figure
from milaid.blocks.words import cardinal
from milaid.charts.columns import columns_by_year
from milaid.exhibits import events
from milaid.exhibits.figures import figure, mark_labels
from milaid.exhibits.frames import with_sums_of_years
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.tables import store

_ROLES = ("accent", "m3", "ink2", "m5", "homeland")
_NAMED = len(_ROLES) - 1


def programs_years(subject: Subject) -> Figure | None:
    """Return participants by program over the years, stacked, the largest named; nothing without participants in two years."""
    frame = programs.largest_by_year(
        subject.in_window(subject.trainings), store.load_programs(), count=_NAMED
    )
    if frame["fiscal_year"].nunique() < 2:
        return None
    frame = with_sums_over_the_years(frame, "program", "participants")
    names = list(dict.fromkeys(frame["program"]))
    roles = dict(zip(names, _ROLES, strict=False)) | {OTHER_PROGRAMS: "soft"}
    others = OTHER_PROGRAMS in names
    return figure(
        lambda key: columns_by_year(
            frame,
            key=key,
            report_year=subject.fiscal_year,
            part="program",
            value="participants",
            roles=roles,
            breaks=mark_labels(subject.coverage.breaks),
            events=events.labels(subject),
        ),
        key="programs_years",
        title=_title(subject, frame),
        subtitle=f"Course participants{subject.scope.phrase} by program and fiscal year, {subject.window_label}",
        alt=f"Stacked columns of course participants by program for each fiscal year, {subject.window_label}",
        note=joined(
            COUNTING_NOTE,
            f"Named are the {cardinal(_NAMED)} programs with most participants in these years{_every_program(subject)}."
            if others
            else "",
        ),
        sources=subject.series_sources(*subject.window),
        csv=with_sums_of_years(frame, "participants"),
    )


def _every_program(subject: Subject) -> str:
    """Return where every program of the report year stands."""
    table = "activities" if subject.is_small else "programs_table"
    return f"; [[{table}]] has every program of {subject.year_label}"


def _title(subject: Subject, frame: pd.DataFrame) -> str:
    """Return which program had most participants in the years shown."""
    named = frame[frame["program"] != OTHER_PROGRAMS]
    first = named.iloc[0]
    own, every = (first[f"{of}participants_over_the_years"] for of in ("", "all_"))
    of = (
        f"all {numbers.integer(every)}"
        if own == every
        else f"{numbers.integer(own)} of {numbers.integer(every)}"
    )
    return f"{first['program']}: {of} participants of {subject.window_label}"
