"""What the participants of the members are made of: programs or recipients, places of training, courses."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import courses, places
from milaid.analysis.comparison import matrix
from milaid.analysis.courses import TITLE_RULE
from milaid.analysis.groups import percent_of
from milaid.analysis.places import CATEGORIES, PLACES_RULE, UNITED_STATES
from milaid.blocks import numbers
from milaid.blocks.block import Column, Prose, Table, csv_text, escape
from milaid.blocks.words import and_list, cardinal, none_or, sentence_start
from milaid.exhibits import links
from milaid.exhibits.comparison.subject import Comparison
from milaid.exhibits.subject import COUNTING_NOTE, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store

_SHOWN = 20
_COURSES = 5
_MOST_TIES = 3


def lead(comparison: Comparison) -> Prose:
    """Return in a sentence the largest program, or recipient, of each member."""
    frame = _with_shares(comparison)
    what = "program" if comparison.of_recipients else "recipient"
    parts = []
    for member in comparison.present:
        own = frame.dropna(subset=[member.scope.label])
        own = own[own[member.scope.label] > 0].sort_values(member.scope.label, ascending=False, kind="stable")
        if len(own):
            tied = own[own[member.scope.label] == own[member.scope.label].iloc[0]]
            of = numbers.share(tied[f"{member.scope.label}, share"].iloc[0])
            each = " each" if len(tied) > 1 else ""
            share = "" if member.is_small else f", {of}{each}"
            parts.append(f"{escape(member.scope.label)}, {escape(_named(tied, what))}{share}")
    if not parts:
        return Prose(f"None of them had a participant in {fiscal.words(comparison.fiscal_year)}.")
    return Prose(f"The {what} with most participants, and its share of them: {'; '.join(parts)}.")


def _named(tied: pd.DataFrame, what: str) -> str:
    """Return programs or recipients with equally many participants by name, how many they are where that is long."""
    if len(tied) > _MOST_TIES:
        return f"{cardinal(len(tied))} {what}s"
    return and_list([str(name) for name in tied["name"]])


def parts_table(comparison: Comparison) -> Table:
    """Return participants by program for recipients, by recipient for programs, a column a member."""
    frame = _with_shares(comparison)
    names = comparison.names
    what = "program" if comparison.of_recipients else "recipient"
    common = int((frame[[m.scope.label for m in comparison.present]].fillna(0) > 0).all(axis=1).sum())
    columns = [Column("name", what.capitalize())]
    if comparison.of_recipients:
        columns.append(Column("label", "Label", emphasis="secondary"))
    columns += [Column(name, name, "integer", emphasis="main") for name in names]
    return table_from_frame(
        frame,
        columns,
        key="parts",
        title=f"{sentence_start(cardinal(common))} {what}{'' if common == 1 else 's'} with participants in each column"
        if len(comparison.present) > 1
        else f"{cardinal(len(frame)).capitalize()} {what}{'' if len(frame) == 1 else 's'} listed",
        subtitle=f"Course participants{comparison.phrase} by {what}, {comparison.year_label}",
        alt=f"Table of course participants by {what}, a column each for {and_list(names)}.",
        note=joined(
            COUNTING_NOTE,
            f"– no activity, 0 an activity without a participant. Sorted by the sum of the columns. Empty columns are those "
            f"of a {comparison.noun} without an activity in {comparison.year_label}."
            if len(comparison.present) < len(names)
            else "– no activity, 0 an activity without a participant. Sorted by the sum of the columns.",
            comparison.note(),
        ),
        sources=comparison.year_sources(),
        top=_SHOWN,
        other_label=f"All other {what}s",
        total_label=f"All {what}s",
        links={"name": "place"},
        csv=csv_text(
            frame[[*(column.name for column in columns), *(f"{name}, share" for name in names)]].round(4)
        ),
    )


def _with_shares(comparison: Comparison) -> pd.DataFrame:
    """Return the matrix with the share of each row in the participants of each member, in percent."""
    frame = _matrix(comparison)
    return frame.assign(**{f"{n}, share": percent_of(frame[n], frame[n].sum()) for n in comparison.names})


def places_table(comparison: Comparison) -> Table | Prose:
    """Return the share of participants by where they were trained, a column a member; a line where no place is printed."""
    first = comparison.present[0]
    if not first.prints("location"):
        return first.absence("place of training")
    columns = {
        member.scope.label: places.place_totals(member.trainings, comparison.fiscal_year).set_index("place")
        for member in comparison.present
    }
    frame = pd.DataFrame({"place": list(CATEGORIES)})
    for name in comparison.names:
        frame[name] = frame["place"].map(columns[name]["share"]) if name in columns else None
    people = {name: int(found["participants"].sum()) for name, found in columns.items()}
    frame = frame.astype(dict.fromkeys(comparison.names, "float64"))
    shares = {name: found.at[UNITED_STATES, "share"] for name, found in columns.items()}
    known = {name: share for name, share in shares.items() if not pd.isna(share)}
    return table_from_frame(
        frame,
        [Column("place", "Place of training"), *(Column(name, name, "share") for name in comparison.names)],
        key="places",
        title=f"Trained in the United States: {numbers.listed(known, known.values(), numbers.share)}"
        if known
        else "No participant whose place could be counted",
        subtitle=f"Course participants{comparison.phrase} by place of training, percent of those of each, "
        f"{comparison.year_label}",
        alt=f"Table of the shares of participants by place of training, a column each for {and_list(comparison.names)}.",
        note=f"{COUNTING_NOTE} {escape(PLACES_RULE)} 100% are "
        f"{numbers.listed(map(escape, people), people.values(), numbers.integer)} participants.",
        sources=comparison.year_sources(),
    )


def courses_table(comparison: Comparison) -> Table | Prose:
    """Return the courses with most participants of each member, under its name."""
    parts = []
    for member in comparison.present:
        found = courses.most_frequent(
            member.year_rows, comparison.fiscal_year, min(_COURSES, comparison.top_n)
        )
        parts.append(found.assign(member=member.scope.label))
    frame = pd.concat(parts, ignore_index=True)
    if frame.empty:
        return Prose(f"The report prints no title of a course for {escape(and_list(comparison.names))}.")
    titles = frame.groupby(courses.normalised_title(frame["course"]))["member"].nunique()
    shared = int((titles > 1).sum())
    columns = [
        Column("course", "Course title"),
        Column("participants", "Participants", "integer", emphasis="main"),
        Column("share", "Share, %", "share"),
        Column("activities", "Activities", "integer", emphasis="secondary"),
    ]
    return table_from_frame(
        frame,
        columns,
        key="courses",
        title=f"{sentence_start(none_or(shared))} of the {cardinal(len(titles))} titles "
        f"{'stands' if shared <= 1 else 'stand'} under more than one {comparison.noun}"
        if len(comparison.present) > 1
        else f"The {cardinal(len(frame))} titles with most participants",
        subtitle=f"Course titles with most participants{comparison.phrase}, up to {cardinal(_COURSES)} each, "
        f"{comparison.year_label}",
        alt=f"Table of the course titles with most participants of {and_list(comparison.names)}.",
        note=f"{COUNTING_NOTE} {escape(TITLE_RULE)} An activity is one row of the report. Shares are of the participants "
        f"of each {comparison.noun}.",
        sources=comparison.year_sources(),
        group="member",
    )


def shared_parts(comparison: Comparison) -> list[str]:
    """Return the programs, or recipients, in which every member of the year has a participant, largest first."""
    frame = _matrix(comparison)
    labels = [member.scope.label for member in comparison.present]
    rows = frame[(frame[labels].fillna(0) > 0).all(axis=1)]
    return [str(label) for label in rows["label"]]


def _matrix(comparison: Comparison) -> pd.DataFrame:
    """Return participants by program or recipient with name, label and place of its own report."""
    by = "program" if comparison.of_recipients else "recipient"
    members = {member.scope.label: member.trainings for member in comparison}
    frame = matrix(members, by, comparison.fiscal_year)
    if not comparison.of_recipients:
        return frame.assign(name=frame[by], label=frame[by], place=links.country(frame[by]))
    named = store.load_programs().set_index("code")
    return frame.assign(
        name=frame[by].map(named["short_name"]),
        label=frame[by].map(named["label"]),
        place=links.program(frame[by]),
    )
