"""Programs and the departments that fund them."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import programs
from milaid.analysis.groups import WHOLE, percent_of
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Table, csv_text
from milaid.blocks.words import and_list, cardinal, counted, sentence_start
from milaid.charts.bars import Group, ranked_bars
from milaid.charts.columns import columns_by_year
from milaid.exhibits import events, links, ties
from milaid.exhibits.articles import with_article
from milaid.exhibits.figures import figure, mark_labels
from milaid.exhibits.frames import in_order, with_sums_of_years
from milaid.exhibits.once import once
from milaid.exhibits.scope import RECIPIENT
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import percent_change_of, share_of_total, table_from_frame
from milaid.tables import store

_ROLES = {"DoS": "accent", "DoD": "other", "DHS": "homeland"}
"""Department -> its colour, in the order they are shown; what is not stated comes last."""
_DEPARTMENT_NOTE = (
    "The department is the one the report prints in the heading of the table; it funds the training and need not "
    "be the one that gives it."
)
_SILENT_NOTE = (
    "The editions for {years} print no department of a program: there each program stands under the department of "
    "later editions."
)
_OF_DEPARTMENTS = (
    "department_participants", "department_share", "previous_department_participants", "previous_department_share",
)  # fmt: skip
_SUMMED_UP = ("summed_up_as", "summed_up_participants", "summed_up_previous_participants")
"""The bar of a department's small programs, which is drawn for them."""
_SHOWN = 6
"""Programs shown by name under each department in the figure; the table has all."""


def lead(subject: Subject) -> Prose:
    """Return the share of each department and the largest program."""
    departments = _departments(subject)
    named = departments[departments["funder"].isin(_ROLES) & (departments["participants"] > 0)]
    parts = [
        f"programs of the {row.department} had {numbers.integer(row.participants)}"
        for row in named.itertuples()
    ]
    largest = _totals(subject).iloc[0]
    if not largest["participants"]:
        return Prose(f"No program had a participant{subject.scope.phrase}.")
    text = and_list(parts)
    if parts:
        one = int(named["participants"].iloc[-1]) == 1
        text = text[:1].upper() + text[1:] + (" participant." if one else " participants.")
    first = ties.first(_totals(subject), "participants")
    people = f"{counted(int(largest['participants']), 'participant')}, {numbers.share(largest['share'])} of {subject.scope.whole}"
    names = [f"{with_article(str(row.name))} ({row.label})" for row in first.itertuples(index=False)]
    if largest["share"] == WHOLE:
        text += f" All participants were under {names[0]}."
    elif len(names) == 1:
        text += f" The largest program was {names[0]} with {people}."
    elif len(names) <= ties.MOST_NAMED:
        text += f" The largest programs were {and_list(names)}, each with {people}."
    else:
        text += f" {sentence_start(cardinal(len(names)))} programs were the largest, each with {people}."
    return Prose(text.strip())


def programs_figure(subject: Subject) -> Figure:
    """Return programs as bars under the department that funds them, with the year before."""
    frame, groups = _figure_rows(subject)
    return figure(
        lambda key: ranked_bars(
            frame,
            key=key,
            report_year=subject.fiscal_year,
            label="short_name",
            value="participants",
            previous="previous_participants" if subject.has_previous else None,
            code="label",
            group="department",
            groups=groups,
        ),
        key="programs",
        title=_title(subject),
        subtitle=f"Course participants{subject.scope.phrase} by funding department and program, {subject.year_label}{subject.with_previous}",
        alt=f"Bars of course participants by program, in groups by department, {subject.year_label}",
        note=joined(
            COUNTING_NOTE,
            _department_note(subject, *subject.years_compared),
            "Labels in grey are those of the report.",
            _label_notes(frame),
        ),
        sources=subject.year_sources(previous=True),
        csv=_with_departments(subject).merge(_summed_up(frame), on="department", how="left")[
            [
                "department", "program", "name", "label", "participants", "share", "previous_participants",
                *_OF_DEPARTMENTS, *_SUMMED_UP,
            ]
        ],
    )  # fmt: skip


def programs_table(subject: Subject) -> Table:
    """Return every program with participants, change, recipients and cost, by department."""
    frame = _with_departments(subject, former=True)
    frame = frame.sort_values(["participants", "name"], ascending=[False, True])
    frame["cost_share"] = percent_of(frame["cost_usd"], float(frame["cost_usd"].sum()))
    frame = in_order(frame, "funder", _ROLES)
    columns = [Column("name", "Program"), Column("label", "Label", emphasis="secondary"), _main(subject)]
    rules = {"share": share_of_total("participants")}
    if subject.has_previous:
        columns += [
            Column("previous_participants", subject.previous_label, "integer"),
            Column("percent_change", "Change, %", "percent_change"),
        ]
        rules["percent_change"] = percent_change_of("participants", "previous_participants")
    one = subject.scope.kind == RECIPIENT
    columns.append(Column("share", "Share, %", "share"))
    columns += [] if one else [Column("recipients", "Recipients", "integer", emphasis="secondary")]
    columns.append(Column("cost_usd", "Cost, USD", "usd"))
    listed = frame[frame["activities"] > 0]
    return table_from_frame(
        frame.assign(program_place=links.program(frame["program"])),
        columns,
        key="programs_table",
        title=_table_title(listed),
        subtitle=f"Course participants{subject.scope.phrase}{'' if one else ', recipients'} and cost of training by program, "
        f"{subject.year_label}",
        alt=f"Table of all programs with participants, change, share{'' if one else ', recipients'} and cost, by funding "
        "department.",
        note=joined(
            f"{COUNTING_NOTE} {_department_note(subject, *subject.years_compared)}",
            f"Programs that only {subject.previous_label} lists stand with 0."
            if subject.has_previous
            else "",
            ""
            if one
            else "Recipients are those with at least one participant; the total counts a recipient once for each program.",
            subject.unpriced_note(subject.fiscal_year),
        ),
        sources=subject.year_sources(previous=True),
        group="department",
        total_label="All programs",
        rules=rules,
        csv=csv_text(
            frame[["department", *(column.name for column in columns), "cost_share", *_OF_DEPARTMENTS]]
        ),
        links={"name": "program_place"},
    )


def _table_title(listed: pd.DataFrame) -> str:
    if not listed["participants"].sum():
        return f"{counted(len(listed), 'program')} listed, without a participant"
    if len(listed) == 1:
        return f"{listed['name'].iloc[0]}: the only program listed"
    half = int((listed.sort_values("participants", ascending=False)["share"].cumsum() < 50).sum()) + 1
    largest = f"{cardinal(half).capitalize()} programs account" if half > 1 else "One program accounts"
    return f"{largest} for at least half of the participants"


def departments(subject: Subject) -> Figure | None:
    """Return participants by funding department over the years, stacked; nothing for a single year."""
    rows = subject.in_window(subject.trainings)
    frame = rows.groupby(["fiscal_year", "funder"], as_index=False)["quantity"].sum()
    frame = frame[frame["funder"].isin(_ROLES)]
    if frame["fiscal_year"].nunique() < 2 or not frame["quantity"].sum():
        return None
    frame = frame.assign(department=frame["funder"].map(programs.department_name))
    frame = in_order(frame, "funder", _ROLES).sort_values("fiscal_year", kind="stable")
    names = {funder: programs.department_name(funder) for funder in _ROLES}
    frame = frame.rename(columns={"quantity": "participants"})
    return figure(
        lambda key: columns_by_year(
            frame,
            key=key,
            report_year=subject.fiscal_year,
            part="department",
            value="participants",
            roles={names[funder]: role for funder, role in _ROLES.items()},
            breaks=mark_labels(subject.coverage.breaks),
            events=events.labels(subject),
        ),
        key="departments",
        title=_department_title(_with_ranks(frame)),
        subtitle=f"Course participants{subject.scope.phrase} by funding department and fiscal year, {subject.window_label}",
        alt=f"Stacked columns of course participants by funding department for each fiscal year, {subject.window_label}.",
        note=f"{COUNTING_NOTE} {_department_note(subject, *range(subject.window[0], subject.window[1] + 1))}",
        sources=subject.series_sources(*subject.window),
        csv=with_sums_of_years(_with_ranks(frame), "participants")[
            [
                "fiscal_year",
                "department",
                "participants",
                "share",
                "years_largest",
                "years",
                "all_participants_of_year",
            ]
        ],
    )


def _with_departments(subject: Subject, former: bool = False) -> pd.DataFrame:
    """Return the programs of the year, each beside the sums and shares of its department."""
    sums = _departments(subject).set_index("funder")
    sums = sums[["participants", "share", "previous_participants", "previous_share"]].set_axis(
        list(_OF_DEPARTMENTS), axis="columns"
    )
    return _totals(subject, former).merge(sums.reset_index(), on="funder", how="left")


def _with_ranks(frame: pd.DataFrame) -> pd.DataFrame:
    """Return participants by year and department with their share, and in how many years each was the largest."""
    of_year = frame.groupby("fiscal_year")["participants"]
    largest = frame["participants"].eq(of_year.transform("max")) & frame["participants"].gt(0)
    alone = largest & largest.groupby(frame["fiscal_year"]).transform("sum").eq(1)
    return frame.assign(
        share=percent_of(frame["participants"], of_year.transform("sum")),
        years_largest=alone.groupby(frame["department"]).transform("sum"),
        years=frame["fiscal_year"].nunique(),
    )


def _department_note(subject: Subject, *fiscal_years: int) -> str:
    """Return whose department it is, and for which of these years the editions print none."""
    silent = [fiscal.label(year) for year in subject.silent_years("funder") if year in fiscal_years]
    if not silent:
        return _DEPARTMENT_NOTE
    stated = _DEPARTMENT_NOTE if len(silent) < len(fiscal_years) else ""
    return joined(stated, _SILENT_NOTE.format(years=and_list(silent)))


@once
def _totals(subject: Subject, former: bool = False) -> pd.DataFrame:
    return programs.program_totals(
        subject.trainings, store.load_programs(), subject.fiscal_year, subject.coverage, former
    )


@once
def _departments(subject: Subject) -> pd.DataFrame:
    return programs.department_totals(subject.trainings, subject.fiscal_year, subject.coverage)


def _figure_rows(subject: Subject) -> tuple[pd.DataFrame, list[Group]]:
    """Return the rows of the figure, the small programs of a department summed up, and its headings."""
    frame = _totals(subject)
    parts, groups = [], []
    now = _departments(subject)
    for row in in_order(now, "funder", _ROLES).itertuples():
        own = frame[frame["funder"] == row.funder]
        rest = own.iloc[_SHOWN:]
        parts.append(own.head(_SHOWN if len(rest) > 1 else _SHOWN + 1))
        if len(rest) > 1:
            parts.append(
                pd.DataFrame(
                    {
                        "department": [row.department],
                        "short_name": [f"{cardinal(len(rest)).capitalize()} other programs"],
                        "label": [""],
                        "participants": [rest["participants"].sum()],
                        "previous_participants": [rest["previous_participants"].sum()],
                    }
                )
            )
        groups.append(
            Group(
                str(row.department),
                _ROLES.get(str(row.funder), "ink2"),
                float(row.participants),
                None if pd.isna(row.previous_participants) else float(row.previous_participants),
                f"{numbers.share(row.share)} of participants",
            )
        )
    return pd.concat(parts, ignore_index=True), groups


def _summed_up(shown: pd.DataFrame) -> pd.DataFrame:
    """Return for each department the bar that sums up its small programs, as the columns _SUMMED_UP; no row without one."""
    rest = shown[shown["program"].isna()]
    columns = ["short_name", "participants", "previous_participants"]
    return rest[["department", *columns]].rename(columns=dict(zip(columns, _SUMMED_UP, strict=True)))


def _main(subject: Subject) -> Column:
    return Column("participants", subject.year_label, "integer", emphasis="main", sorted_descending=False)


def _title(subject: Subject) -> str:
    departments_now = _departments(subject)
    state = departments_now[departments_now["funder"] == "DoS"]
    # A region or a country need not have a program of the State Department.
    shown = (state if len(state) else departments_now.sort_values("participants", ascending=False)).iloc[0]
    name = "State Department" if len(state) else str(shown["department"])
    text = f"{name} programs had {numbers.share(shown['share'])} of participants"
    if subject.has_previous and not pd.isna(shown["previous_share"]):
        text += f", against {numbers.share(shown['previous_share'])} a year earlier"
    return text


def _department_title(frame: pd.DataFrame) -> str:
    first = ties.first(frame.drop_duplicates("department"), "years_largest")
    names = and_list([f"the {name}" for name in first["department"]])
    each = " each" if len(first) > 1 else ""
    years = counted(int(first["years"].iloc[0]), "year")
    return (
        f"Programs of {names} had the most participants in {first['years_largest'].iloc[0]}{each} of {years}"
    )


def _label_notes(frame: pd.DataFrame) -> str:
    """Return what the reference table says of labels that need a word."""
    notes = store.load_programs().set_index("label")["note"].dropna()
    wanted = ("IMET", "Non-SA, UC", "CAMRI", "Not readable")
    return " ".join(str(notes[label]) for label in wanted if label in set(frame["label"]) and label in notes)
