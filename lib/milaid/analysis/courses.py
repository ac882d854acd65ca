"""What was taught: the most frequent courses, and how long courses lasted."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from milaid.analysis.groups import of_year, percent_of, totals

LENGTH_CLASSES: tuple[tuple[str, int, int | None], ...] = (
    ("1–7 days", 1, 7),
    ("8–30 days", 8, 30),
    ("31–90 days", 31, 90),
    ("91–180 days", 91, 180),
    ("181–365 days", 181, 365),
    ("over 365 days", 366, None),
)
END_BEFORE_START = "end before start"
NO_DATES = "no start or end date"

TITLE_RULE = (
    "Titles are compared without regard to capitals and spacing; other differences of spelling are kept."
)
LENGTH_RULE = (
    "Length is counted in days from the start date to the end date, both included. Activities without both "
    "dates, or whose end lies before their start, are counted apart and are not in the median."
)
WITH_LENGTH = "whose length of course is known"
"""Said of participants in sentences and titles where some are counted apart: a share of the others is none of all."""


def normalised_title(titles: pd.Series) -> pd.Series:
    """Return course titles in capitals with single spaces; a title that is empty or a dash is missing."""
    text = titles.str.replace(r"\s+", " ", regex=True).str.strip().str.upper()
    return text.where(~text.isin(["", "-", "–", "N/A"]))


def most_frequent(trainings: pd.DataFrame, fiscal_year: int, n: int | None = None) -> pd.DataFrame:
    """Return the courses of one fiscal year with most participants.

    In: fiscal_year, course_title, quantity, cost_usd, recipient. Out, most participants first, equal ones by title:
    course (the spelling that the edition prints most often), participants, activities, recipients (with a
    participant), share (percent of all participants of the year). Activities without a title are left out
    of the rows, not of the base of the share.
    """
    rows = of_year(trainings, fiscal_year)[["course_title", "quantity", "cost_usd", "recipient"]]
    everyone = float(rows["quantity"].sum())
    rows = rows.assign(_title=normalised_title(rows["course_title"]))
    rows = rows.dropna(subset=["_title"])
    frame = totals(rows, ["_title"])
    frame["course"] = frame["_title"].map(usual_spelling(rows))
    frame["share"] = percent_of(frame["participants"], everyone)
    frame = frame.sort_values(["participants", "_title"], ascending=[False, True])
    frame = frame[["course", "participants", "activities", "recipients", "share"]].reset_index(drop=True)
    return frame if n is None else frame.head(n)


def _single_spaced(titles: pd.Series) -> pd.Series:
    return titles.str.replace(r"\s+", " ", regex=True).str.strip()


def usual_spelling(rows: pd.DataFrame) -> pd.Series:
    """Return for each normalised title (``_title``) the spelling in most activities; the first by letter when equal."""
    rows = rows.assign(_spelling=_single_spaced(rows["course_title"]))
    counts = rows.groupby(["_title", "_spelling"]).size().rename("n").reset_index()
    counts = counts.sort_values(["_title", "n", "_spelling"], ascending=[True, False, True])
    return counts.drop_duplicates("_title").set_index("_title")["_spelling"]


def lengths(trainings: pd.DataFrame) -> pd.Series:
    """Return the length of each activity in days (Int64): end minus start plus one.

    Missing without both dates; zero or less when the end lies before the start.
    """
    return ((trainings["end_date"] - trainings["start_date"]).dt.days + 1).astype("Int64")


def length_classes(trainings: pd.DataFrame, fiscal_year: int) -> pd.DataFrame:
    """Return participants of one fiscal year by length of course.

    In: fiscal_year, quantity, start_date, end_date. Out, in the order of :data:`LENGTH_CLASSES`, then the two
    that are counted apart: length, participants, activities, share (percent of the participants whose course
    has a length; missing for the two counted apart), counted (whether the row is a class of lengths).
    """
    rows = of_year(trainings, fiscal_year)
    days = lengths(rows)
    masks = {
        name: (days >= least) & ((days <= most) if most is not None else True)
        for name, least, most in LENGTH_CLASSES
    }
    masks |= {END_BEFORE_START: days < 1, NO_DATES: days.isna()}
    records = []
    for name, mask in masks.items():
        inside = rows["quantity"][mask.fillna(False).astype(bool)]
        records.append((name, int(inside.sum()), len(inside), name not in (END_BEFORE_START, NO_DATES)))
    frame = pd.DataFrame(records, columns=["length", "participants", "activities", "counted"])
    known = frame.loc[frame["counted"], "participants"].sum()
    frame["share"] = percent_of(frame["participants"].where(frame["counted"]), float(known))
    return frame.astype({"participants": "Int64", "activities": "Int64"})[
        ["length", "participants", "activities", "share", "counted"]
    ]


@dataclass(frozen=True)
class MedianLength:
    """The median length of course in days, over participants, and how many participants it rests on."""

    days: float | None
    participants: int


def median_length(trainings: pd.DataFrame, fiscal_year: int) -> MedianLength:
    """Return the median length of course, each participant counted once for each course.

    It is the length of the middle participant when all are put in order of the length of their course; with
    an even number, halfway between the two in the middle. None when no activity has a length.
    """
    rows = of_year(trainings, fiscal_year)
    days = lengths(rows)
    usable = (days >= 1).fillna(False) & (rows["quantity"].fillna(0) > 0)
    frame = pd.DataFrame({"days": days[usable], "people": rows.loc[usable, "quantity"].astype("int64")})
    if frame.empty:
        return MedianLength(None, 0)
    frame = frame.sort_values("days")
    reached = frame["people"].cumsum()
    total = int(reached.iloc[-1])
    lower = frame["days"][reached >= (total + 1) // 2].iloc[0]
    upper = frame["days"][reached >= total // 2 + 1].iloc[0]
    return MedianLength((int(lower) + int(upper)) / 2, total)
