"""Recipients: the largest with their rank a year earlier, the largest changes, and the table of all."""

from __future__ import annotations

import pandas as pd

from milaid.analysis import recipients
from milaid.analysis.groups import percent_of
from milaid.analysis.recipients import CHANGES_RULE, LargestChanges
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Table, csv_text, escape
from milaid.blocks.words import and_list, cardinal, counted, possessive, sentence_start, the
from milaid.charts.bars import ranked_bars
from milaid.charts.risers_and_fallers import risers_and_fallers
from milaid.exhibits import links, misplaced, ties
from milaid.exhibits.figures import figure
from milaid.exhibits.pages import file_note
from milaid.exhibits.scope import REGION
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import change_of, percent_change_of, table_from_frame

MOST_SHOWN = 20
"""Recipients in the table of the largest; all are in the appendix."""
_RANK_NOTE = "Equal values share a rank. Ranks are among all recipients that the edition lists."


def lead(subject: Subject) -> Prose:
    """Return the largest recipients in a sentence, and who entered and left the list."""
    every = subject.ranking[subject.ranking["participants"] > 0]
    top = every[every["rank"].notna()].head(5) if len(every) > 5 else every
    names = [escape(name) for name in top["recipient"]]
    together = int(top["participants"].sum())
    people = counted(together, "participant")
    if not names:
        text = f"No recipient had a participant{subject.scope.phrase}."
    elif len(every) == 1:
        text = f"{names[0]} was the only recipient, with {people}."
    elif len(every) <= len(names):
        text = f"{sentence_start(cardinal(len(names)))} recipients, {and_list(names)}, had {people} together."
    else:
        share = 100.0 * together / int(every["participants"].sum())
        text = (
            f"The {cardinal(len(names))} largest recipients, {and_list(names)}, had {people} together, "
            f"{numbers.share(share)} of {subject.scope.whole}."
        )
        text = joined(text, _equal_to_last(every, len(names)))
    return Prose(text + _entering_and_leaving(subject))


def top_recipients(subject: Subject) -> Figure:
    """Return the largest recipients as bars, with rank and value of the year before."""
    listed = subject.ranking
    frame = listed[listed["rank"].notna() | listed["rank"].isna().all()].head(subject.top_n)
    previous = subject.has_previous
    compared = f", with rank and value of {subject.previous_label}" if previous else ""
    return figure(
        lambda key: ranked_bars(
            frame,
            key=key,
            report_year=subject.fiscal_year,
            label="recipient",
            value="participants",
            previous="previous_participants" if previous else None,
            rank="rank",
            previous_rank="previous_rank" if previous else None,
            label_head="Recipient",
        ),
        key="top_recipients",
        title=_top_title(subject, frame),
        subtitle=f"Course participants{subject.scope.phrase}, {_largest(len(frame))}, {subject.year_label}{compared}",
        alt=f"Bars of course participants by recipient, {subject.year_label}",
        note=joined(
            f"{COUNTING_NOTE} {_RANK_NOTE} The page of each recipient is in [[recipients_table]].",
            _equal_to_last(listed, len(frame)),
            subject.incomplete_note(previous=True),
            subject.misplaced_note(frame["recipient"]),
        ),
        sources=subject.year_sources(previous=True),
        csv=frame[["rank", "recipient", "iso3", "participants", "previous_rank", "previous_participants"]],
    )


def _equal_to_last(listed: pd.DataFrame, shown: int) -> str:
    """Return who is not shown and has as many participants as the last one shown."""
    equal = ties.as_many(listed[listed["rank"].notna()], "participants", shown)
    return ties.as_many_said([escape(name) for name in equal["recipient"]])


def changes(subject: Subject) -> Figure | Prose:
    """Return the largest increases and decreases, or a sentence that says why none can be computed."""
    found = recipients.largest_changes(subject.ranking_with_former, max(3, subject.top_n // 2 + 2))
    if found.frame.empty:
        why = subject.why_not_compared or "without a change between the two years"
        return Prose(
            joined(f"No change by recipient is shown for {subject.year_label}, {why}.", subject.break_note)
        )
    shown = found.frame[["direction", "recipient", "iso3", "previous_participants", "participants", "change"]]
    return figure(
        lambda key: risers_and_fallers(
            found.frame,
            key=key,
            report_year=subject.fiscal_year,
            label="recipient",
            value="participants",
            previous="previous_participants",
        ),
        key="changes",
        title=_changes_title(found),
        subtitle=(
            f"Change in course participants{subject.scope.phrase}, {subject.previous_label} to {subject.year_label}, "
            "largest increases and decreases"
        ),
        alt=f"Bars of change by recipient, {subject.year_label} against {subject.previous_label}",
        note=joined(f"{COUNTING_NOTE} {CHANGES_RULE}", subject.incomplete_note(previous=True)),
        sources=subject.year_sources(previous=True),
        csv=shown,
    )


def recipients_table(subject: Subject) -> Table:
    """Return the largest recipients with change, cost and page; the others in one row."""
    frame = with_pages(subject.ranking_with_former, subject)
    frame = frame.assign(participants_so_far=frame["participants"].cumsum())
    frame["share_so_far"] = percent_of(frame["participants_so_far"], float(frame["participants"].sum()))
    columns = recipient_columns(subject)
    previous = subject.has_previous
    shown = min(MOST_SHOWN, int((frame["participants"] > 0).sum()))
    top = frame.head(shown)
    share = 100.0 * int(top["participants"].sum()) / int(frame["participants"].sum())
    return table_from_frame(
        frame,
        columns,
        key="recipients_table",
        title=_table_title(subject, shown, share),
        subtitle=f"Course participants{subject.scope.phrase} and cost of training, {subject.year_label}"
        + (f", with change on {subject.previous_label}" if previous else "")
        + ("; all recipients are in the appendix" if len(frame) > shown else ""),
        alt=f"Table of {the(shown, 'largest recipient')} with participants, change, cost and page of the document.",
        note=joined(
            f"{COUNTING_NOTE} Page: first page of the recipient in its document ({subject.pages.key(top['document'].dropna())}). "
            "No percentage where the earlier value is under 50 or the rise above 1,000%. Cost in current US dollars.",
            subject.unpriced_note(subject.fiscal_year),
            subject.incomplete_note(previous=True),
            subject.misplaced_note(top["recipient"]),
            file_note(top["place"]),
        ),
        sources=subject.year_sources(previous=True),
        top=shown,
        other_label="All other",
        total_label="All recipients",
        rules=total_rules(subject),
        csv=csv_text(frame[[*(column.name for column in columns), "participants_so_far", "share_so_far"]]),
        links={
            "recipient": links.country,
            **({} if subject.scope.kind == REGION else {"region_short": "region_place"}),
            "place": "page_address",
        },
    )


def _largest(count: int) -> str:
    return "the only recipient" if count == 1 else f"{cardinal(count)} largest recipients"


def _table_title(subject: Subject, shown: int, share: float) -> str:
    if shown < 2:
        return f"{counted(int(subject.ranking['participants'].sum()), 'participant')} of one recipient"
    if shown == int((subject.ranking["participants"] > 0).sum()):
        return f"{sentence_start(cardinal(shown))} recipients had a participant"
    return f"{sentence_start(cardinal(shown))} recipients account for {numbers.share(share)} of participants"


def recipient_columns(subject: Subject) -> tuple[Column, ...]:
    """Return the columns of a table of recipients; without those of the year before where there is none."""
    columns = [
        Column("rank", "Rank", "rank", emphasis="secondary"),
        Column("recipient", "Recipient"),
        # In a report on one region a column that is the same in every row says nothing.
        *([] if subject.scope.kind == REGION else [Column("region_short", "Region", emphasis="secondary")]),
        Column("participants", subject.year_label, "integer", emphasis="main", sorted_descending=True),
    ]
    if subject.has_previous:
        columns += [
            Column("previous_participants", subject.previous_label, "integer"),
            Column("change", "Change", "change"),
            Column("percent_change", "Change, %", "percent_change"),
        ]
    columns += [Column("cost_usd", "Cost, USD", "usd"), Column("place", "Page", "page", emphasis="secondary")]
    return tuple(columns)


def total_rules(subject: Subject) -> dict:
    """Return how the sum rows compute change and percentage."""
    if not subject.has_previous:
        return {}
    return {
        "change": change_of("participants", "previous_participants"),
        "percent_change": percent_change_of("participants", "previous_participants"),
    }


def with_pages(frame: pd.DataFrame, subject: Subject) -> pd.DataFrame:
    """Return a ranking with the document and page of each recipient as a label, and a short region."""
    places = [
        None if pd.isna(page) else subject.pages.place(document, int(page))
        for document, page in zip(frame["document"], frame["page"], strict=True)
    ]
    return frame.assign(
        place=places,
        page_address=subject.pages.addresses(frame),
        region_short=frame["region"].map(_SHORT_REGIONS),
        region_place=links.region(frame["region"]),
    )


_SHORT_REGIONS = {
    "Africa": "Africa",
    "East Asia and Pacific": "E. Asia, Pacific",
    "Europe and Eurasia": "Europe, Eurasia",
    "Near East": "Near East",
    "South and Central Asia": "S., C. Asia",
    "Western Hemisphere": "W. Hemisphere",
    "Not stated": "Not stated",
}


def _entering_and_leaving(subject: Subject) -> str:
    if not subject.has_previous:
        return ""
    given = subject.trainings, subject.fiscal_year, subject.coverage, misplaced.unranked()
    entered, left = recipients.entering(*given), recipients.leaving(*given)
    parts = []
    for frame, verb in ((entered, "had participants after none in"), (left, "had none after having some in")):
        if len(frame):
            first = ties.first(frame, "participants")
            each = " each" if len(first) > 1 else ""
            largest = f"{escape(and_list(list(first['recipient'])))} ({numbers.integer(first['participants'].iloc[0])}{each})"
            who = f"{sentence_start(cardinal(len(frame)))} recipient{'' if len(frame) == 1 else 's'}"
            named = f", the largest of them {largest}," if len(frame) > 1 else f", {largest},"
            named = named if frame["ranked"].iloc[0] and len(first) <= ties.MOST_NAMED else ""
            parts.append(f"{who}{named} {verb} {subject.previous_label}.")
    return (" " + " ".join(parts)) if parts else ""


def _top_title(subject: Subject, frame: pd.DataFrame) -> str:
    first = frame.iloc[0]
    people = numbers.integer(first["participants"])
    if len(subject.ranking) == 1:
        return f"{first['recipient']} the only recipient, with {counted(int(first['participants']), 'participant')}"
    tied = ties.first(frame[frame["rank"].notna()], "participants")
    if len(tied) > ties.MOST_NAMED:
        return f"Several recipients share the first place, with {people} participants each"
    if len(tied) > 1:
        return f"{and_list(list(tied['recipient']))} had most participants, {people} each"
    if not subject.has_previous or pd.isna(first["previous_rank"]):
        return f"{first['recipient']} had most participants, {people}"
    moved = frame[frame["previous_rank"].isna() | (frame["previous_rank"] > 2 * subject.top_n)]
    if len(moved) >= 2:
        return (
            f"{cardinal(len(moved)).capitalize()} of the {cardinal(len(frame))} largest recipients were outside "
            f"the first {cardinal(2 * subject.top_n)} a year earlier"
        )
    kept = int((frame["previous_rank"] <= subject.top_n).sum())
    return f"{first['recipient']} first with {people}; {cardinal(kept)} of {cardinal(len(frame))} also led a year earlier"


def _changes_title(found: LargestChanges) -> str:
    parts = []
    for direction, word in (("decrease", "fell"), ("increase", "rose")):
        rows = found.frame[found.frame["direction"] == direction]
        if len(rows):
            row = rows.iloc[0]
            name = str(row["recipient"])
            parts.append((abs(int(row["change"])), possessive(name), word))
    parts.sort(key=lambda part: -part[0])
    texts = [
        f"{owner} count {word} by {numbers.integer(size)}"
        if i == 0
        else f"{owner} {word} by {numbers.integer(size)}"
        for i, (size, owner, word) in enumerate(parts)
    ]
    return "; ".join(texts)
