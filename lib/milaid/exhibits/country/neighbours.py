"""The recipients of the same region compared: participants, people, dollars, military aid and rank."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import beside
from milaid.analysis.beside import AID_RULE, PER_MILLION_RULE
from milaid.analysis.groups import percent_of
from milaid.analysis.one_recipient import ranks_of_year
from milaid.blocks import numbers
from milaid.blocks.block import Column, Prose, Table, csv_text, escape
from milaid.blocks.words import cardinal, counted, ordinal, sentence_start
from milaid.exhibits import links, misplaced
from milaid.exhibits.aid import greenbook
from milaid.exhibits.articles import region_name
from milaid.exhibits.once import once
from milaid.exhibits.other_sources import greenbook_lines
from milaid.exhibits.scope import REGION, Scope
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import no_sum, table_from_frame
from milaid.tables import store
from milaid.tables.subjects import NOT_STATED

_SHOWN = 10


def lead(subject: Subject) -> Prose:
    """Return the place of the recipient among those of its region, or that it has no region."""
    region = _region(subject)
    name = sentence_start(escape(subject.scope.in_sentence))
    if region == NOT_STATED:
        return Prose(
            f"The report names no region of {escape(subject.scope.in_sentence)}: there are no neighbours to compare."
        )
    frame = _ranked(subject)
    own = frame[frame["recipient"] == subject.scope.name].iloc[0]
    stands = f"stands {ordinal(int(own['rank']))}" if pd.notna(own["rank"]) else "has no rank"
    text = (
        f"{name} {stands} among the {counted(len(frame), 'recipient')} of {region_name(region)} "
        f"that the report lists for {fiscal.words(subject.fiscal_year)}, with {numbers.share(own['share_in_region'])} of the participants "
        "of the region."
    )
    if len(frame) == 1:
        text = (
            f"{name} is the only recipient of {region_name(region)} that the report lists for "
            f"{fiscal.words(subject.fiscal_year)}."
        )
    place, ranked = own["rank_per_million"], own["recipients_ranked_per_million"]
    if pd.notna(own["rank"]) and pd.notna(place) and ranked > 1:
        text += f" By participants per million people it stands {ordinal(int(place))} of {numbers.integer(ranked)}."
    return Prose(text)


def neighbours_table(subject: Subject) -> Table | None:
    """Return the largest recipients of the region and the recipient itself; nothing without a region."""
    region = _region(subject)
    if region == NOT_STATED:
        return None
    ranked = _ranked(subject)
    own = ranked["recipient"] == subject.scope.name
    shown = ranked.index < _SHOWN
    frame = pd.concat([ranked[shown | own], ranked[~(shown | own)]], ignore_index=True)
    count = int((shown | own).sum())
    place = int(ranked.index[own][0])
    marked = frame["recipient"].where(frame["recipient"] != subject.scope.name, _marked(subject))
    frame = frame.assign(shown=marked, target=links.country(frame["recipient"]))
    aided = greenbook.year_absence(subject) is None
    columns = [
        Column("rank", "Rank", "rank", emphasis="secondary"),
        Column("shown", "Recipient"),
        Column("participants", "Participants", "integer", emphasis="main", sorted_descending=True),
        Column("participants_per_million", "per million people", "decimal"),
        Column("cost_usd", "Cost, USD", "usd"),
        *([Column("military_aid_usd", "Military aid, USD", "usd")] if aided else []),
    ]
    return table_from_frame(
        frame,
        columns,
        key="neighbours",
        title=_title(ranked, ranked.loc[place, "rank"], region),
        subtitle=f"Recipients of {region_name(region)}: participants, cost of training{' and military aid' if aided else ''}, "
        f"current US dollars, {subject.year_label}",
        alt=f"Table of {_whom(ranked, count)}, with participants, participants per million people, cost"
        f"{' and military aid' if aided else ''}.",
        note=joined(
            f"{COUNTING_NOTE} Equal values share a rank. The recipients are those that the training report lists; the rank "
            "is by participants.",
            PER_MILLION_RULE,
            AID_RULE if aided else "",
            misplaced.unranked_note(_in_doubt(subject) & set(ranked["recipient"]), subject.fiscal_year),
        ),
        sources=_sources(subject, region, aided),
        top=count,
        other_label=f"{sentence_start(cardinal(len(frame) - count))} other recipient{'' if len(frame) - count == 1 else 's'}",
        total_label=f"All of {region_name(region)}",
        rules={"participants_per_million": no_sum},
        links={"shown": "target"},
        csv=csv_text(
            frame[[*(column.name for column in columns), *_ranks(frame)]].round({"share_in_region": 2})
        ),
    )


def _whom(ranked: pd.DataFrame, count: int) -> str:
    """Return whom of the region the table shows by name."""
    if count > _SHOWN:
        return f"the {cardinal(_SHOWN)} largest recipients of the region and the recipient of this report"
    return "the recipients of the region" if count == len(ranked) else "the largest recipients of the region"


def _ranks(frame: pd.DataFrame) -> list[str]:
    """Return the columns of a frame that say ranks and shares, which the file has beside those of the table."""
    return [name for name in frame.columns if any(of in name for of in ("rank_", "recipients_", "share_"))]


def _title(ranked: pd.DataFrame, rank: object, region: str) -> str:
    if len(ranked) == 1:
        return f"The only recipient of {region_name(region)}"
    place = sentence_start(ordinal(int(rank))) if pd.notna(rank) else "Without a rank"  # type: ignore[call-overload]
    return f"{place} {'of' if pd.notna(rank) else 'among'} {counted(len(ranked), 'recipient')} of {region_name(region)}"  # type: ignore[call-overload]


def _in_doubt(subject: Subject) -> frozenset[str]:
    """Return the recipients that have no rank in the report year."""
    return misplaced.unranked().get(subject.fiscal_year, frozenset())


def _marked(subject: Subject) -> str:
    return f"{subject.scope.name} (this report)"


def _region(subject: Subject) -> str:
    return str(subject.year_rows["region_harmonised"].iloc[0])


@once
def _ranked(subject: Subject) -> pd.DataFrame:
    """Return the recipients of the region that the report lists for the year, most participants first, with rank.

    Beside it stand share_in_region (percent), rank_per_million and recipients_ranked_per_million, and the columns of
    :func:`milaid.analysis.one_recipient.ranks_of_year`, those of the year before too where the world may be compared.
    """
    year = subject.world[subject.world["fiscal_year"] == subject.fiscal_year]
    rows = year[year["region_harmonised"] == _region(subject)]
    frame = beside.training_beside_aid(rows, store.load_aid(), store.load_population(), subject.fiscal_year)
    frame = frame[frame["recipient"].isin(set(rows["recipient"]))]
    dollars = rows.groupby("recipient")["cost_usd"].sum(min_count=1)
    frame = frame.assign(
        cost_usd=frame["recipient"].map(dollars).astype("Int64"),
        rank=frame["participants"]
        .where(~frame["recipient"].isin(_in_doubt(subject)))
        .rank(method="min", ascending=False)
        .astype("Int64"),
    )
    per = frame["participants_per_million"].where(~frame["recipient"].isin(_in_doubt(subject)))
    frame = frame.assign(
        share_in_region=percent_of(frame["participants"], float(frame["participants"].sum())),
        rank_per_million=per.rank(method="min", ascending=False).astype("Int64"),
        recipients_ranked_per_million=int(per.notna().sum()),
    )
    frame = frame.merge(
        ranks_of_year(year, subject.fiscal_year, unranked=_in_doubt(subject)), on="recipient", how="left"
    )
    if subject.everyone.has_previous:
        in_doubt = misplaced.unranked().get(subject.fiscal_year - 1, frozenset())
        earlier = ranks_of_year(subject.world, subject.fiscal_year - 1, "previous_", in_doubt)
        frame = frame.merge(earlier, on="recipient", how="left")
    return frame.sort_values(["rank", "recipient"]).reset_index(drop=True)


def _sources(subject: Subject, region: str, aided: bool) -> tuple:
    wide = Subject(
        subject.fiscal_year,
        subject.lookback_years,
        subject.top_n,
        subject.world,
        Scope(REGION, "", region, region),
    )
    found = list(wide.year_sources())
    if aided:
        aid = store.load_aid()
        lines = aid[
            (aid["fiscal_year"] == subject.fiscal_year)
            & aid["recipient_harmonised"].isin(set(wide.year_rows["recipient"]))
        ]
        found.append(greenbook_lines(lines, subject.fiscal_year, subject.fiscal_year))
    return (*found, *greenbook.population_sources(subject))
