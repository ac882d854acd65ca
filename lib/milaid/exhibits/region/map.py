"""The map of a region: its recipients by participants, the world around it as plain land."""

from __future__ import annotations

import pandas as pd

from milaid.blocks import numbers
from milaid.blocks.block import Figure, escape
from milaid.blocks.words import and_list, cardinal, counted
from milaid.charts.map_window import WIDEST, bounding
from milaid.charts.world_map import world_map
from milaid.exhibits import misplaced
from milaid.exhibits.articles import region_name
from milaid.exhibits.figures import figure
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.training.regions import by_code, map_sources
from milaid.tables import store

_LABELLED = 8


def recipients_map(subject: Subject) -> Figure | None:
    """Return the map of the region; nothing where no recipient that can be drawn had a participant."""
    boundaries = store.load_boundaries()
    drawn = set(boundaries["iso3"])
    members = set(subject.trainings["iso3"].dropna()) & drawn
    ranked = subject.ranking[subject.ranking["participants"] > 0]
    coded = by_code(subject.ranking)
    if not (coded["iso3"].isin(members) & (coded["participants"] > 0)).any():
        return None
    return figure(
        lambda key: world_map(
            coded,
            boundaries,
            key=key,
            value="participants",
            not_covered=drawn - members,
            labelled=_LABELLED,
            countries=members,
            land="Other countries",
        ),
        key="region_map",
        title=_title(subject, ranked),
        subtitle=f"Course participants{subject.scope.phrase} by recipient, {subject.year_label}",
        alt=f"Map of {region_name(subject.scope.name)} with course participants by recipient, {subject.year_label}",
        note=_note(subject, coded, boundaries, members),
        sources=(*subject.year_sources(), *map_sources()),
        csv=_listed_in_any_year(subject),
    )


def _title(subject: Subject, ranked: pd.DataFrame) -> str:
    listed = subject.trainings["recipient"].nunique()
    return (
        f"{cardinal(len(ranked)).capitalize()} of the {cardinal(listed)} recipients listed in any year had participants "
        f"in {subject.year_label}"
        if len(ranked) < listed
        else f"All {cardinal(listed)} recipients of the region had participants in {subject.year_label}"
    )


def _listed_in_any_year(subject: Subject) -> pd.DataFrame:
    """Return participants and dollars of the year of every recipient that any year lists, with ranks; those without last.

    Out: recipient, iso3, participants, cost_usd, rank (equal values share one; missing without a participant and for a
    recipient whose rows name another country), with_participants (how many recipients have one).
    """
    now = subject.ranking[["recipient", "iso3", "participants", "cost_usd"]]
    every = subject.trainings[["recipient", "iso3"]].drop_duplicates("recipient").sort_values("recipient")
    silent = every[~every["recipient"].isin(now["recipient"])].assign(participants=0)
    frame = pd.concat([now, silent.astype({"participants": "Int64"})], ignore_index=True)
    in_doubt = frame["recipient"].isin(misplaced.unranked().get(subject.fiscal_year, ()))
    present = frame["participants"] > 0
    ranks = (
        frame["participants"].where(present & ~in_doubt).rank(method="min", ascending=False).astype("Int64")
    )
    return frame.assign(rank=ranks, with_participants=int(present.sum()))


def _note(subject: Subject, coded: pd.DataFrame, boundaries: pd.DataFrame, members: set[str]) -> str:
    region = region_name(subject.scope.name)
    small = coded[~coded["iso3"].isin(set(boundaries["iso3"])) & (coded["participants"] > 0)]
    without = subject.ranking[subject.ranking["iso3"].isna() & (subject.ranking["participants"] > 0)]
    cut = members - set(bounding(boundaries, members)["iso3"])
    names = boundaries[boundaries["iso3"].isin(cut)].drop_duplicates("iso3")["name"]
    return joined(
        COUNTING_NOTE,
        f"None reported: listed in some edition, without a participant in {subject.year_label}. Other countries: outside "
        f"{region}, or in no edition.",
        f"{counted(len(small), 'small recipient')} with {counted(int(small['participants'].sum()), 'participant')} "
        f"{'is' if len(small) == 1 else 'are'} too small to draw: {_named(small)}."
        if len(small)
        else "",
        f"Without a country code: {_named(without)}." if len(without) else "",
        f"Countries over {numbers.integer(WIDEST)} degrees wide run on beyond the edge: {and_list(list(names))}."
        if len(names)
        else "",
        subject.misplaced_note([]),
        "Boundaries are not a statement on status.",
    )


def _named(rows: pd.DataFrame) -> str:
    return and_list([f"{escape(r.recipient)} ({numbers.integer(r.participants)})" for r in rows.itertuples()])
