"""Where the training took place: in the United States or abroad, and at which institutions."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import institutions, places
from milaid.analysis.groups import percent_of
from milaid.analysis.institutions import INSTITUTIONS_RULE
from milaid.analysis.places import (
    CATEGORIES,
    LEAST_KNOWN,
    NOT_RECOGNISED,
    NOT_STATED,
    PLACES_RULE,
    UNITED_STATES,
)
from milaid.analysis.small_numbers import LEAST_PARTICIPANTS
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Table, csv_text, escape
from milaid.blocks.words import agreeing, and_list, cardinal, counted, sentence_start
from milaid.charts.columns import columns_by_year
from milaid.exhibits import events, ties
from milaid.exhibits.articles import with_article
from milaid.exhibits.figures import figure, mark_labels
from milaid.exhibits.frames import in_order, with_sums_of_years
from milaid.exhibits.once import once
from milaid.exhibits.scope import RECIPIENT
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import heads_in_words, share_of_total, table_from_frame
from milaid.tables import store

_UNKNOWN = "Not stated or not recognised"
_ROLES = {UNITED_STATES: "accent", "Abroad": "m3", "Online": "other", _UNKNOWN: "soft"}


def lead(subject: Subject) -> Prose:
    """Return how much of the training took place in the United States, and at which school most."""
    if not subject.prints("location"):
        return subject.absence("place of training")
    frame = _now(subject).set_index("place")
    here = frame.loc[UNITED_STATES]
    own = frame.loc["In the recipient's own country"]
    total = int(frame["participants"].sum())
    if not total:
        return Prose(f"The activities of {subject.year_label} have no participant{subject.scope.phrase}.")
    known = frame["known_share_of_all"].iloc[0]
    if total == 1:
        place = str(frame["participants"].idxmax())
        text = f"Place of training of the one participant: {place[:1].lower()}{place[1:]}."
    elif not known:
        text = f"The report names no place of training that is known{subject.scope.phrase}."
    else:
        text = (
            f"The place of training is known of {_known_part(known)} participants. Of these, "
            f"{_part(here, frame)} {'was' if here['participants'] <= 1 else 'were'} trained in the United States and "
            f"{_part(own, frame)} in their own country."
        )
    found = institutions.institution_totals(subject.year_rows, store.load_institutions(), subject.fiscal_year)
    if len(found.frame) and found.frame["participants"].iloc[0] > 0:
        text += (
            f" An institution is known of {numbers.share(found.identified_share)} of the participants; "
            f"{_most(found.frame)}."
        )
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
        Column("share", "Share of all, %", "share"),
        Column("known_share", "Share of known, %", "share"),
        Column("activities", "Activities", "integer", emphasis="secondary"),
        Column("cost_usd", "Cost, USD", "usd"),
    )
    here = frame.set_index("place").loc[UNITED_STATES]
    return table_from_frame(
        frame,
        columns,
        key="places",
        title=_places_title(here, frame),
        subtitle=f"Course participants{subject.scope.phrase}, activities and cost by place of training, {subject.year_label}",
        alt="Table of participants, activities and cost by place of training: in the United States, in the "
        "recipient's own country, in another country, online, not stated, not recognised.",
        note=joined(f"{COUNTING_NOTE} {escape(PLACES_RULE)}", subject.unpriced_note(subject.fiscal_year)),
        sources=subject.year_sources(),
        total_label="All places",
        rules={"share": share_of_total("participants")},
        csv=csv_text(
            frame[[*(column.name for column in columns), "known_share_of_all"]].assign(
                known_participants=_known(frame)
            )
        ),
    )


def places_years(subject: Subject) -> Figure | None:
    """Return participants in the United States and abroad over the years, stacked; nothing without a place or for one year."""
    rows = subject.in_window(subject.trainings[list(places.READ)])
    rows = rows[~rows["fiscal_year"].isin(subject.silent_years("location"))]
    if not rows["quantity"].sum() or rows["fiscal_year"].nunique() < 2:
        return None
    located = rows.assign(place=places.classify(rows).map({name: _broad(name) for name in CATEGORIES}))
    frame = located.groupby(["fiscal_year", "place"], as_index=False)["quantity"].sum()
    frame = frame.rename(columns={"quantity": "participants"})
    frame = in_order(frame, "place", _ROLES).sort_values("fiscal_year", kind="stable")
    used = [name for name in _ROLES if name in set(frame["place"])]
    # The first editions print no place: the years shown may begin after those of the other figures.
    shown = int(rows["fiscal_year"].min()), int(rows["fiscal_year"].max())
    shares = _known_shares(rows)
    few = sorted(shares.index[shares["place_known_share"] < LEAST_KNOWN])
    compared = shares.assign(united_states_share_of_known=shares["united_states_share_of_known"].drop(few))
    return figure(
        lambda key: columns_by_year(
            frame,
            key=key,
            report_year=subject.fiscal_year,
            part="place",
            value="participants",
            roles={name: _ROLES[name] for name in used},
            hollow=few,
            breaks=mark_labels(subject.coverage.breaks),
            events=events.labels(subject),
        ),
        key="places_years",
        title=_years_title(shares.drop(few)),
        subtitle=f"Course participants{subject.scope.phrase} by place of training and fiscal year, {fiscal.span(*shown)}",
        alt=f"Stacked columns of participants trained in the United States and abroad, {fiscal.span(*shown)}.",
        note=joined(
            f"{COUNTING_NOTE} Abroad: in the recipient’s own or another country. {escape(PLACES_RULE)}",
            f"Shares are of the participants whose place is known, which is under {LEAST_KNOWN} percent of all in "
            f"{and_list([fiscal.label(year) for year in few])}: drawn hollow, and not compared."
            if few
            else "Shares are of the participants whose place is known.",
        ),
        sources=subject.series_sources(*shown),
        csv=with_sums_of_years(frame, "participants").merge(
            compared.round(2).reset_index(), on="fiscal_year", how="left"
        ),
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
    return table_from_frame(
        frame,
        columns,
        key="institutions",
        title=_institutions_title(found),
        subtitle=f"Training institutions with most participants{subject.scope.phrase}, {subject.year_label}",
        alt="Table of the training institutions with most participants: " + heads_in_words(columns[1:]) + ".",
        note=(
            f"{COUNTING_NOTE} {escape(INSTITUTIONS_RULE)} An institution is known of "
            f"{agreeing(found.identified, found.everyone, 'participant')} "
            f"({numbers.share(found.identified_share)}); shares are of all participants."
        ),
        sources=subject.year_sources(),
        csv=csv_text(
            frame[[column.name for column in columns]].assign(known_share_of_all=found.identified_share)
        ),
    )


def _known(frame: pd.DataFrame) -> int:
    """Return of how many participants the place is known; the last two places are those that are not."""
    return int(frame["participants"].iloc[:-2].sum())


def _known_part(share: float) -> str:
    return "all" if share == 100 else f"{numbers.share(share)} of the"


def _part(place: pd.Series, frame: pd.DataFrame) -> str:
    """Return how many were trained in a place, with their share of those whose place is known where these are not few."""
    if not place["participants"]:
        return "none"
    share = f" ({numbers.share(place['known_share'])})" if _known(frame) >= LEAST_PARTICIPANTS else ""
    return f"{numbers.integer(place['participants'])}{share}"


def _places_title(here: pd.Series, frame: pd.DataFrame) -> str:
    """Return which part of those whose place is known was trained in the United States."""
    known = _known(frame)
    if not known:
        return "The place of training is not known of any participant"
    if not here["participants"]:
        return "No participant whose place is known was trained in the United States"
    share = sentence_start(numbers.share(here["known_share"]))
    if known < LEAST_PARTICIPANTS:
        people = agreeing(int(here["participants"]), known, "participant")
        return f"{sentence_start(people)} whose place is known trained in the United States"
    return f"{share} of participants whose place is known were trained in the United States"


def _most(frame: pd.DataFrame) -> str:
    """Return where most were: ``the largest number, 4, was at the Naval War College``; it need not be over half."""
    first = ties.first(frame, "participants")
    people = numbers.integer(first["participants"].iloc[0])
    if len(first) > ties.MOST_NAMED:
        return f"{cardinal(len(first))} institutions had the largest number, {people} each"
    names = and_list([with_article(escape(str(name))) for name in first["institution"]])
    return (
        f"the largest number, {people}, was at {names}"
        if len(first) == 1
        else f"the largest numbers, {people} each, were at {names}"
    )


def _institutions_title(found: institutions.InstitutionTotals) -> str:
    first = ties.first(found.frame, "participants")
    people = counted(int(first["participants"].iloc[0]), "participant")
    known = f"an institution is known of {numbers.share(found.identified_share)}"
    if len(first) > ties.MOST_NAMED:
        return f"{sentence_start(cardinal(len(first)))} institutions: {people} each; {known}"
    names = and_list([str(name) for name in first["institution"]])
    return f"{names}: {people}{' each' if len(first) > 1 else ''}; {known}"


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


def _known_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Return by fiscal year (the index) the share with a known place, and of those the share in the United States, percent."""
    years = places.place_years(rows)
    return pd.DataFrame(
        {
            "place_known_share": percent_of(years["known"], years["participants"]),
            "united_states_share_of_known": percent_of(
                years[UNITED_STATES], years["known"].where(years["known"] >= LEAST_PARTICIPANTS)
            ),
        }
    ).dropna(subset=["place_known_share"])


def _years_title(shares: pd.DataFrame) -> str:
    """Return between which shares the United States lie, of years whose places are known well enough."""
    here = shares["united_states_share_of_known"].dropna()
    if here.empty:
        return "Places of training are known of too few participants to compare years"
    low, high = _or_none(here.min()), _or_none(here.max())
    tied = {text: ties.when(here.index[here.map(_or_none) == text].tolist()) for text in (low, high)}
    if len(here) == 1:
        return f"In the United States: {high} of those whose place is known ({tied[high]})"
    if low == high:
        return f"In the United States: {high} of those whose place is known, in each year compared"
    return f"In the United States: {low} ({tied[low]}) to {high} ({tied[high]}) of those whose place is known"


def _or_none(share: float) -> str:
    return numbers.share(share) if share else "none"
