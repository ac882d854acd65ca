"""The findings on data quality as sentences, each from the tables and none from memory."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from milaid import fiscal
from milaid.analysis import quality
from milaid.blocks import numbers
from milaid.blocks.block import Finding, escape
from milaid.blocks.words import and_list, cardinal, counted, sentence_start
from milaid.exhibits.frames import with_sums
from milaid.exhibits.quality.subject import QualitySubject
from milaid.fiscal import label, words
from milaid.tables.derived import DERIVED


def floor_share(part: float, whole: float) -> float:
    """Return a share in percent, rounded down to one decimal, so that only all of it is 100; 100 of nothing."""
    return 100.0 if not whole or part == whole else (1000 * int(part) // int(whole)) / 10


def agreement(survey: QualitySubject) -> str:
    """Return how many printed totals agree: ``10,998 of 11,036 printed totals agree with their rows``."""
    agreeing, compared = (int(survey.editions[name].sum()) for name in ("agreeing", "compared"))
    if agreeing == compared:
        return f"All {numbers.integer(compared)} printed totals agree with their rows"
    return f"{numbers.integer(agreeing)} of {numbers.integer(compared)} printed totals agree with their rows"


def with_agreement(editions: pd.DataFrame) -> pd.DataFrame:
    """Return counts by edition with those of all editions: all_compared, all_agreeing, all_known, and the share agreeing.

    agreeing_share (percent, rounded down to one decimal) is that of all editions together.
    """
    frame = with_sums(editions, "compared", "agreeing", "known")
    return frame.assign(agreeing_share=floor_share(editions["agreeing"].sum(), editions["compared"].sum()))


def findings(survey: QualitySubject) -> tuple[Finding, ...]:
    """Return the findings, in the order of the report; what does not occur in the data has none."""
    written: tuple[Callable[[QualitySubject], Finding | None], ...] = (
        _agreement, _faults, _world, _largest_fault, _cells, _coverage, _breaks, _published, _planned,
    )  # fmt: skip
    return tuple(found for write in written if (found := write(survey)))


def _agreement(survey: QualitySubject) -> Finding:
    sums = survey.editions.sum(numeric_only=True)
    share = numbers.share(floor_share(sums["agreeing"], sums["compared"]))
    parts = [
        f"{numbers.integer(sums[f'{level}_agreeing'])} of "
        f"{counted(int(sums[f'{level}_compared']), quality.LEVELS.get(level, level + ' total'))}"
        for level in quality.levels_of(survey.reconciled)
    ]
    text = (
        f"The rows add up to {and_list(parts)}, to the person and to the dollar: {share} of all totals that the "
        f"{counted(len(survey.editions), 'edition')} print."
    )
    return Finding("The rows add up to the printed totals.", text, ("agreement", "editions"))


def _faults(survey: QualitySubject) -> Finding:
    sums = survey.editions.sum(numeric_only=True)
    known, open_cases = int(sums["known"]), int(sums["unexplained"])
    if open_cases:
        verb = "differs" if open_cases == 1 else "differ"
        text = f"{counted(open_cases, 'total')} {verb} from the rows and no reason is known."
        return Finding("Some differences are not explained.", text, ("editions",))
    if not known:
        return Finding("No difference.", "Every printed total equals the sum of its rows.", ("editions",))
    names = survey.editions.loc[survey.editions["known"] > 0, "edition"]
    where = (
        and_list([fiscal.edition_label(str(name)) for name in names])
        if len(names) <= 6
        else f"{cardinal(len(names))} editions"
    )
    verb = "differs" if known == 1 else "differ"
    text = (
        f"{sentence_start(counted(known, 'printed total'))} {verb} from the rows, in {where}. Each is a fault of the "
        "document, named with its page and reason."
    )
    return Finding("No difference is unexplained.", text, ("known_issues",))


def _world(survey: QualitySubject) -> Finding:
    frame = survey.world
    apart = frame["participants_difference"].abs()
    whole = int(((frame["participants_difference"] == 0) & (frame["cost_usd_difference"] == 0)).sum())
    text = f"In {cardinal(whole)} of {counted(len(frame), 'fiscal year')} the rows and the printed totals give the same world totals"
    if whole == len(frame):
        return Finding("The same world totals.", f"{text}, people and dollars.", ("world",))
    people, dollars = frame.loc[apart.idxmax()], frame.loc[frame["cost_usd_difference"].abs().idxmax()]
    parts = [
        f"{counted(abs(int(people['participants_difference'])), 'person').replace('persons', 'people')} "
        f"({label(int(people['fiscal_year']))})"
    ] if apart.max() else []  # fmt: skip
    if dollars["cost_usd_difference"]:
        amount = numbers.usd(abs(int(dollars["cost_usd_difference"])))
        parts.append(f"{amount} ({label(int(dollars['fiscal_year']))})")
    rest = int(frame["participants_unexplained"].abs().sum() + frame["cost_usd_unexplained"].abs().sum())
    close = "the known faults account for all of it" if not rest else "not all of it is explained"
    text += f"; in the others they are at most {and_list(parts)} apart, and {close}."
    return Finding("World totals hardly differ.", text, ("world",))


def _largest_fault(survey: QualitySubject) -> Finding | None:
    frame = quality.differences(survey.reconciled)
    frame = frame[(frame["state"] == "known") & frame["missing_cost_usd"].notna()]
    if frame.empty:
        return None
    largest = frame.loc[frame["missing_cost_usd"].abs().idxmax()]
    name = str(largest["country"])
    if pd.notna(largest["program_printed"]):
        name += f" ({largest['program_printed']})"
    people, dollars = int(largest["missing_participants"]), int(largest["missing_cost_usd"])
    text = (
        f"In dollars it is {escape(name)} in the edition {fiscal.edition_label(str(largest['edition']))}: the printed total "
        f"exceeds the rows by {numbers.usd(dollars)} and {counted(people, 'person', 'people')}."
        if dollars > 0 and people >= 0
        else f"In dollars it is {escape(name)} in the edition {fiscal.edition_label(str(largest['edition']))}: printed minus "
        f"rows is {numbers.usd(dollars)} and {numbers.signed(people)} people."
    )
    return Finding(
        f"Largest known fault: {name}.", f"{text} {escape(str(largest['reason']))}", ("known_issues",)
    )


def _followed(unread: pd.DataFrame) -> str:
    """Return how many cells were filled in and how many stay empty: ``26 follow from printed totals, ... ``."""
    followed = int((unread["outcome"] == DERIVED).sum()) if len(unread) else 0
    empty = numbers.integer(len(unread) - followed)
    if not followed:
        return "they stay empty, " if len(unread) > 1 else ""
    verb = "follows" if followed == 1 else "follow"
    return f"{numbers.integer(followed)} {verb} from the printed totals and {empty} stay empty, "


def _cells(survey: QualitySubject) -> Finding | None:
    corrections, unread = survey.corrections, survey.unread
    if corrections.empty and unread.empty:
        return None
    touched = quality.with_rows_touched(corrections, len(survey.everything))
    pages = int((touched["kind"] == "page").sum())
    rows, share = (0, 0.0) if touched.empty else touched[["rows_touched", "rows_touched_share"]].iloc[0]
    twice = (
        f" {sentence_start(cardinal(pages))} page{_s(pages)} that stand in two documents count once."
        if pages
        else ""
    )
    text = (
        f"{sentence_start(counted(len(corrections) - pages, 'correction'))} in {counted(int(rows), 'row')} "
        f"({numbers.decimal(share, 2)}% of all) "
        f"put right what the page itself shows to be misplaced.{twice} {sentence_start(counted(len(unread), 'cell'))} cannot "
        f"be read; {_followed(unread)}nothing is guessed."
    )
    return Finding("Few cells were touched.", text, ("corrections", "unread"))


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _coverage(survey: QualitySubject) -> Finding:
    printed = survey.fields[~survey.fields["derived"]]
    absent = printed[~printed["printed"]]
    parts = [
        f"{_lower(name)} in {fiscal.spans(rows['fiscal_year'])}"
        for name, rows in absent.groupby("label", sort=False)
    ]
    text = f"Not printed: {'; '.join(parts)}." if parts else "Every edition prints every column."
    thin = printed[printed["printed"] & (printed["share"] < 80)].sort_values("share")
    if len(thin):
        least = [_thin(str(name), rows) for name, rows in thin.groupby("label", sort=False)]
        text += f" Printed but filled in fewer than four of five rows: {and_list(least)}."
    return Finding("Some columns are missing in some editions.", text, ("coverage",))


def _thin(name: str, rows: pd.DataFrame) -> str:
    """Return in which editions a column is hardly filled, and the least share of cells."""
    where = label(rows["fiscal_year"].iloc[0]) if len(rows) == 1 else f"{cardinal(len(rows))} editions"
    least = numbers.share(rows["share"].min())
    return f"{_lower(name)} in {where} ({least if len(rows) == 1 else f'from {least}'})"


def _lower(name: str) -> str:
    """Return the label of a field as it stands in a sentence; abbreviations keep their capitals."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _breaks(survey: QualitySubject) -> Finding | None:
    breaks, changes, gaps = survey.coverage.breaks, survey.coverage.changes, survey.coverage.gaps
    if not breaks and not changes and not gaps:
        return None
    named = [f"{words(mark.fiscal_year)} ({mark.label})" for mark in breaks]
    text = (
        f"Totals are not comparable across {and_list([escape(name) for name in named])}."
        if named
        else "There is no break across which totals may not be compared."
    )
    text += f" {sentence_start(cardinal(len(changes)))} smaller changes of labels and columns are named."
    if gaps:
        text += f" No data: {fiscal.spans(mark.fiscal_year for mark in gaps)}."
    return Finding("What changed in the series.", text, ("breaks", "breaks_table"))


def _published(survey: QualitySubject) -> Finding | None:
    frame = survey.published
    compared = frame[frame["participants"].notna()]
    if compared.empty:
        return None
    equal = int((compared["difference"] == 0).sum())
    unknown = int(compared["reason"].isna().sum())
    text = (
        f"{sentence_start(cardinal(len(compared)))} published counts of people can be set beside Section IV; "
        f"{cardinal(equal)} of them equal{'s' if equal == 1 else ''} it. The reason is known for "
        f"{cardinal(len(compared) - unknown)}, not known for {cardinal(unknown)}."
    )
    return Finding("Others count other things.", text, ("published",))


def _planned(survey: QualitySubject) -> Finding | None:
    frame = survey.planned
    if frame.empty:
        return None
    parts = [
        f"{numbers.integer(row.planned_participants)} people for {words(int(row.fiscal_year))} "
        f"({fiscal.edition_label(str(row.edition))})"
        for row in frame.itertuples()
    ]
    return Finding(
        "Planned activities are kept apart.",
        f"Planned and never counted as done: {and_list(parts)}.",
        ("planned",),
    )
