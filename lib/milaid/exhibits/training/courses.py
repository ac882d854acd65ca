"""What was taught: the most frequent courses and how long courses lasted."""

from __future__ import annotations

import pandas as pd

from milaid.analysis import courses
from milaid.analysis.courses import LENGTH_RULE, TITLE_RULE, WITH_LENGTH
from milaid.analysis.small_numbers import LEAST_PARTICIPANTS
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Table, csv_text, escape
from milaid.blocks.words import agreeing, and_list, cardinal, counted, sentence_start
from milaid.charts.distribution import distribution
from milaid.exhibits import ties
from milaid.exhibits.figures import figure
from milaid.exhibits.once import once
from milaid.exhibits.scope import RECIPIENT
from milaid.exhibits.subject import COUNTING_NOTE, Subject
from milaid.exhibits.tables import heads_in_words, table_from_frame
from milaid.tables import store


@once
def _most_frequent(subject: Subject) -> pd.DataFrame:
    return courses.most_frequent(subject.year_rows, subject.fiscal_year)


def lead(subject: Subject) -> Prose:
    """Return how many titles there are, the most frequent one and the median length."""
    frame = _most_frequent(subject)
    if frame.empty:
        return Prose(f"The report prints no title of a course{_people(subject)}.")
    extension = _extends(frame)
    taught = frame[~extension]
    first = _first(frame)
    titles = and_list([f"“{escape(str(title))}”" for title in first["course"]])
    people = numbers.integer(first["participants"].iloc[0])
    if len(frame) == 1:
        text = f"The report prints one course title{_people(subject)}, {titles}."
    else:
        text = f"The report prints {counted(len(frame), 'different course title')}{_people(subject)}. "
        # It need not be most of the participants.
        if len(first) == 1:
            text += f"The largest number of participants, {people}, was on {titles}."
        elif len(first) <= ties.MOST_NAMED:
            text += f"The largest numbers of participants, {people} each, were on {titles}."
        else:
            text += f"{sentence_start(cardinal(len(first)))} of them have the largest number of participants, {people} each."
    shown = extension & (frame["participants"] > 0) & (frame.index < subject.top_n) & bool(len(taught))
    for row in frame[shown].itertuples():
        text += (
            f" “{escape(str(row.course))}”, with {counted(int(row.participants), 'participant')}, is no course: it prolongs "
            "stays on other courses."
        )
    median = courses.median_length(subject.trainings, subject.fiscal_year)
    if median.days is not None:
        days = numbers.decimal(median.days, 0 if float(median.days).is_integer() else 1)
        whose = "" if median.participants == subject.year_rows["quantity"].sum() else f" {WITH_LENGTH}"
        text += f" Half of the participants{whose} were on a course of {days} {'day' if days == '1' else 'days'} or less."
    return Prose(text)


def _people(subject: Subject) -> str:
    return "" if subject.scope.is_world else f" for participants{subject.scope.phrase}"


def courses_table(subject: Subject) -> Table | None:
    """Return the courses with most participants; nothing where no title is printed."""
    every = _most_frequent(subject)
    if every.empty:
        return None
    every["share_so_far"] = every["share"].cumsum()
    frame = every.head(subject.top_n)
    columns = (
        Column("course", "Course title"),
        Column("participants", "Participants", "integer", emphasis="main", sorted_descending=True),
        Column("share", "Share, %", "share"),
        Column("activities", "Activities", "integer", emphasis="secondary"),
        *(
            [Column("recipients", "Recipients", "integer", emphasis="secondary")]
            if subject.scope.kind != RECIPIENT
            else []
        ),
    )
    together = float(frame["share_so_far"].iloc[-1])
    return table_from_frame(
        frame,
        columns,
        key="courses",
        title=f"The {cardinal(len(frame))} most frequent titles cover {numbers.share(together)} of participants"
        if len(frame) > 1
        else f"{frame['course'].iloc[0]}: {numbers.share(together)} of participants",
        subtitle=f"Course titles with most participants{subject.scope.phrase}, {subject.year_label}",
        alt=f"Table of the course titles with most participants: {heads_in_words(columns[1:])}.",
        note=f"{COUNTING_NOTE} {escape(TITLE_RULE)} An activity is one row of the report.",
        sources=subject.year_sources(),
        csv=csv_text(
            frame[[*(column.name for column in columns), "share_so_far"]].assign(
                all_titles=len(every), titles_with_most=len(_first(every))
            )
        ),
    )


def _extends(frame: pd.DataFrame) -> pd.Series:
    """Return for each title whether it prolongs stays on other courses and is none itself."""
    return courses.normalised_title(frame["course"]).isin(store.load_course_extensions()["title"])


def _first(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the titles with most participants, those of courses where there is one."""
    taught = frame[~_extends(frame)]
    return ties.first(taught if len(taught) else frame, "participants")


def course_lengths(subject: Subject) -> Figure | Prose:
    """Return participants by length of course in days; a line where the edition prints no days."""
    if not subject.prints("start_date"):
        return subject.absence("days of the courses")
    frame = courses.length_classes(subject.trainings, subject.fiscal_year)
    dated = frame[frame["counted"]]
    if not dated["participants"].sum():
        return Prose(
            f"No activity{subject.scope.on} of {subject.year_label} has the two days that a length needs."
        )
    apart = frame[~frame["counted"] & (frame["participants"] > 0)]
    largest = ties.first(dated, "participants")
    left_out = "; ".join(f"{row.length}: {numbers.integer(row.participants)}" for row in apart.itertuples())
    return figure(
        lambda key: distribution(
            dated, key=key, label="length", value="participants", axis_label="Length of the course"
        ),
        key="course_lengths",
        title=f"{_part(largest, dated, f' {WITH_LENGTH}' if len(apart) else '')} on a course of {and_list(list(largest['length']))}"
        + (", each" if len(largest) > 1 else ""),
        subtitle=f"Course participants{subject.scope.phrase} by length of course, {subject.year_label}",
        alt=f"Bars of course participants by length of the course, {subject.year_label}",
        note=f"{COUNTING_NOTE} {escape(LENGTH_RULE)}"
        + (f" Counted apart, participants: {left_out}." if left_out else ""),
        sources=subject.year_sources(),
        csv=_with_previous(frame, subject)[
            ["length", "participants", "activities", "share", "longer_share", "previous_share", "median_days"]
        ],
    )


def _part(largest: pd.DataFrame, dated: pd.DataFrame, whose: str) -> str:
    """Return which part of the participants whose course has a length was on the largest: in percent, of few in numbers."""
    people, of = int(largest["participants"].iloc[0]), int(dated["participants"].sum())
    if of < LEAST_PARTICIPANTS:
        verb = "was" if people == 1 else "were"
        return f"{sentence_start(agreeing(people, of, 'participant'))}{whose} {verb}"
    return f"{numbers.share(largest['share'].iloc[0])} of participants{whose} were"


def _with_previous(frame: pd.DataFrame, subject: Subject) -> pd.DataFrame:
    """Return the lengths with the share on longer courses, the share of the year before, and the median of the year."""
    before = courses.length_classes(subject.trainings, subject.fiscal_year - 1)["share"]
    return frame.assign(
        longer_share=(100.0 - frame["share"].cumsum()).where(frame["counted"]).clip(lower=0.0),
        previous_share=before if subject.has_previous else float("nan"),
        median_days=courses.median_length(subject.trainings, subject.fiscal_year).days,
    )
