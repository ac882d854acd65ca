"""Where the training took place: in the United States or abroad, and at which institutions."""

from __future__ import annotations

import pandas as pd

from milaid.analysis import institutions, places
from milaid.analysis.institutions import INSTITUTIONS_RULE
from milaid.analysis.places import CATEGORIES, NOT_RECOGNISED, NOT_STATED, PLACES_RULE, UNITED_STATES
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Table, escape
from milaid.blocks.words import agreeing, and_list, counted, sentence_start
from milaid.charts.columns import columns_by_year
from milaid.exhibits.articles import with_article
from milaid.exhibits.figures import figure, mark_labels
from milaid.exhibits.frames import in_order
from milaid.exhibits.once import once
from milaid.exhibits.scope import RECIPIENT
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import share_of_total, table_from_frame
from milaid.tables import store

_UNKNOWN = "Not stated or not recognised"
_ROLES = {UNITED_STATES: "accent", "Abroad": "soft", "Online": "other", _UNKNOWN: "none"}


def lead(subject: Subject) -> Prose:
    """Return how much of the training took place in the United States, and at which school most."""
    if not subject.prints("location"):
        return subject.absence("place of training")
    frame = _now(subject).set_index("place")
    here = frame.loc[UNITED_STATES]
    own = frame.loc["In the recipient's own country"]
    unknown = int(frame.loc[[NOT_STATED, NOT_RECOGNISED], "participants"].sum())
    total = int(frame["participants"].sum())
    if not total:
        return Prose(f"The activities of {subject.year_label} have no participant{subject.scope.phrase}.")
    text = (
        f"Of the {numbers.integer(total)} participants, {numbers.integer(here['participants'])} "
        f"({numbers.share(here['share'])}) {'was' if here['participants'] == 1 else 'were'} trained in the United States and "
        f"{numbers.integer(own['participants'])} ({numbers.share(own['share'])}) in their own country"
    )
    if total == 1:
        place = str(frame["participants"].idxmax())
        text = f"Place of training of the one participant: {place[:1].lower()}{place[1:]}"
    elif unknown:
        text += (
            f"; for {numbers.integer(unknown)} ({numbers.share(100.0 * unknown / total)}) the report names no place, or "
            "none that is recognised"
        )
    text += "."
    found = institutions.institution_totals(
        subject.year_rows, store.load_institutions(), subject.fiscal_year, 1
    )
    if len(found.frame) and found.frame["participants"].iloc[0] > 0:
        first = found.frame.iloc[0]
        name = with_article(escape(str(first["institution"])))
        text += f" The institution with most participants was {name}, with {numbers.integer(first['participants'])}."
    else:
        text += " The report names no institution that is recognised."
    return Prose(text)


def places_table(subject: Subject) -> Table | None:
    """Return participants and cost by where the training took place; nothing where no place is printed."""
    frame = _now(subject)
    if not subject.prints("location") or not frame["participants"].sum():
        return None
    columns = (
        Column("place", "Place of training"),
        Column("participants", "Participants", "integer", emphasis="main"),
        Column("share", "Share, %", "share"),
        Column("activities", "Activities", "integer", emphasis="secondary"),
        Column("cost_usd", "Cost, USD", "usd"),
    )
    here = frame.set_index("place").loc[UNITED_STATES]
    return table_from_frame(
        frame,
        columns,
        key="places",
        title=f"{sentence_start(numbers.share(here['share']))} of participants were trained in the United States",
        subtitle=f"Course participants{subject.scope.phrase}, activities and cost by place of training, {subject.year_label}",
        alt="Table of participants, activities and cost by place of training: in the United States, in the "
        "recipient's own country, in another country, online, not stated, not recognised.",
        note=joined(f"{COUNTING_NOTE} {escape(PLACES_RULE)}", subject.unpriced_note(subject.fiscal_year)),
        sources=subject.year_sources(),
        total_label="All places",
        rules={"share": share_of_total("participants")},
    )


def places_years(subject: Subject) -> Figure | None:
    """Return participants in the United States and abroad over the years, stacked; nothing without a place or for one year."""
    rows = subject.in_window(subject.trainings)
    rows = rows[~rows["fiscal_year"].isin(subject.silent_years("location"))]
    if not rows["quantity"].sum() or rows["fiscal_year"].nunique() < 2:
        return None
    located = rows.assign(place=places.classify(rows).map({name: _broad(name) for name in CATEGORIES}))
    frame = located.groupby(["fiscal_year", "place"], as_index=False)["quantity"].sum()
    frame = frame.rename(columns={"quantity": "participants"})
    frame = in_order(frame, "place", _ROLES).sort_values("fiscal_year", kind="stable")
    used = [name for name in _ROLES if name in set(frame["place"])]
    return figure(
        lambda key: columns_by_year(
            frame,
            key=key,
            report_year=subject.fiscal_year,
            part="place",
            value="participants",
            roles={name: _ROLES[name] for name in used},
            breaks=mark_labels(subject.coverage.breaks),
        ),
        key="places_years",
        title=_years_title(frame, subject),
        subtitle=f"Course participants{subject.scope.phrase} by place of training and fiscal year, {subject.window_label}",
        alt=f"Stacked columns of participants trained in the United States and abroad, {subject.window_label}.",
        note=f"{COUNTING_NOTE} Abroad: in the recipient’s own or another country. {escape(PLACES_RULE)}",
        sources=subject.series_sources(*subject.window),
        csv=frame,
    )


def institutions_table(subject: Subject) -> Table | None:
    """Return the institutions with most participants; nothing where no place is printed."""
    if not subject.prints("location"):
        return None
    found = institutions.institution_totals(subject.year_rows, store.load_institutions(), subject.fiscal_year)
    frame = found.frame[found.frame["participants"] > 0].head(subject.top_n)
    if frame.empty:
        return None
    frame = frame.assign(place=_seats(frame))
    columns = (
        Column("institution", "Institution"),
        Column("place", "Place", emphasis="secondary"),
        Column("participants", "Participants", "integer", emphasis="main", sorted_descending=True),
        Column("share", "Share, %", "share"),
        *(
            []
            if subject.scope.kind == RECIPIENT
            else [Column("recipients", "Recipients", "integer", emphasis="secondary")]
        ),
    )
    first = frame.iloc[0]
    total = found.identified + found.unidentified
    return table_from_frame(
        frame,
        columns,
        key="institutions",
        title=f"{first['institution']}: {counted(int(first['participants']), 'participant')}",
        subtitle=f"Training institutions with most participants{subject.scope.phrase}, {subject.year_label}",
        alt="Table of the training institutions with most participants: "
        + and_list([column.label.lower() for column in columns[1:]])
        + ".",
        note=(
            f"{COUNTING_NOTE} {escape(INSTITUTIONS_RULE)} An institution is recognised for "
            f"{agreeing(found.identified, total, 'participant')} "
            f"({numbers.share(100.0 * found.identified / total)}); shares are of all participants."
        ),
        sources=subject.year_sources(),
    )


@once
def _now(subject: Subject) -> pd.DataFrame:
    return places.place_totals(subject.trainings, subject.fiscal_year)


def _seats(institutions: pd.DataFrame) -> pd.Series:
    """Return the seat of each institution in words: Fort Benning, GA; Vicenza, Italy; empty when it moved."""
    names = store.load_boundaries().drop_duplicates("iso3").set_index("iso3")["name"]
    abroad = institutions["country"].map(names).fillna(institutions["country"])
    land = institutions["us_state"].where(institutions["country"] == "USA", abroad)
    return institutions["place"] + ", " + land


def _broad(place: str) -> str:
    """Return the four parts of the figure over the years for the six places of the table."""
    if place in (NOT_STATED, NOT_RECOGNISED):
        return _UNKNOWN
    return "Abroad" if place in CATEGORIES[1:3] else place


def _years_title(frame: pd.DataFrame, subject: Subject) -> str:
    wide = frame.pivot_table(
        index="fiscal_year", columns="place", values="participants", aggfunc="sum"
    ).fillna(0)
    wide = wide[wide.sum(axis=1) > 0].astype(float)
    here = wide[UNITED_STATES] if UNITED_STATES in wide else 0.0 * wide.sum(axis=1)
    shares = 100.0 * here / wide.sum(axis=1)
    low, high = shares.min(), shares.max()
    if len(shares) == 1:
        return f"In the United States: {numbers.share(high)} of participants (FY{shares.idxmax()})"
    if numbers.share(low) == numbers.share(high):
        return f"In the United States: {numbers.share(high)} of participants in every year shown"
    return (
        f"In the United States: between {numbers.share(low)} (FY{shares.idxmin()}) and "
        f"{numbers.share(high)} (FY{shares.idxmax()}) of participants"
    )
