"""The findings of a comparison: who had most and least, what changed, and what the members have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from milaid import fiscal
from milaid.analysis.comparison import leading_years
from milaid.analysis.series import AVERAGE_YEARS
from milaid.blocks import numbers
from milaid.blocks.block import Finding, Findings, escape
from milaid.blocks.words import and_list, cardinal, counted, sentence_start
from milaid.exhibits import trend
from milaid.exhibits.comparison.figures import figures
from milaid.exhibits.comparison.mix import shared_parts
from milaid.exhibits.comparison.subject import Comparison
from milaid.exhibits.comparison.years import in_window

Values = dict[str, Any]
Figures = dict[str, Values]
_NAMED = 6


def findings(comparison: Comparison) -> Findings:
    """Return the findings of the year in a fixed order; those that have nothing to say are left out."""
    values = figures(comparison)
    found = [write(comparison, values) for write in _WRITERS]
    return Findings(tuple(finding for finding in found if finding is not None))


def _averages(comparison: Comparison, values: Figures) -> Finding | None:
    known = _known(values, "average")
    if not known:
        return None
    ordered = sorted(known, key=lambda name: -known[name])
    moved = _known(values, "average_percent_change")
    parts = [
        f"{name} {numbers.integer(known[name])}"
        + (f" ({numbers.percent_change(moved[name])})" if name in moved else "")
        for name in ordered
    ]
    on = f", with the change on {trend.years(comparison.fiscal_year - AVERAGE_YEARS)}" if moved else ""
    return Finding(
        f"Over five years, most participants: {and_list(_top(known))}.",
        escape(
            f"Course participants a year in {trend.years(comparison.fiscal_year)}{on}: {and_list(parts)}."
        ),
        ("key_figures",),
    )


def _participants(comparison: Comparison, values: Figures) -> Finding:
    known = _known(values, "participants")
    top = _top(known)
    each = " each" if len(top) > 1 else ""
    lead = f"{and_list(top)}: {counted(int(known[top[0]]), 'participant')}{each}."
    parts = [f"{name} {numbers.integer(value)}" for name, value in known.items()]
    text = f"Course participants in {_year(comparison)}: {and_list(parts)}."
    shares = _known(values, "share")
    if shares:
        together = sum(shares.values())
        text += (
            f" Together they had {numbers.share(together)} of all participants." if len(shares) > 1 else ""
        )
    return Finding(lead, escape(text), ("key_figures", "participants_years"))


def _ranks(comparison: Comparison, values: Figures) -> Finding | None:
    ranks = _known(values, "rank")
    if not ranks:
        return None
    ordered = sorted(ranks, key=lambda name: ranks[name])
    of = values[ordered[0]]["ranked"]
    parts = [f"{name} {numbers.integer(ranks[name])}" for name in ordered]
    first = [name for name in ordered if ranks[name] == ranks[ordered[0]]]
    return Finding(
        f"{and_list(first)}: rank {numbers.integer(ranks[ordered[0]])} of {numbers.integer(of)}.",
        escape(
            f"Among the {counted(int(of), comparison.noun)} that the edition of {_year(comparison)} lists, the ranks by "
            f"participants are: {and_list(parts)}."
        ),
        ("key_figures",),
    )


def _changes(comparison: Comparison, values: Figures) -> Finding | None:
    known = _known(values, "change")
    if not known:
        return None
    groups = {
        "rose": [n for n in known if known[n] > 0],
        "fell": [n for n in known if known[n] < 0],
        "was unchanged": [n for n in known if known[n] == 0],
    }
    parts = [
        f"{word} for {and_list([_moved(name, values[name]) for name in names])}"
        for word, names in groups.items()
        if names
    ]
    lead = ", ".join(f"{word} for {cardinal(len(names))}" for word, names in groups.items() if names)
    before = fiscal.words(comparison.fiscal_year - 1)
    text = f"From {before} to {_year(comparison)} the count of participants {and_list(parts)}."
    left = [name for name in _known(values, "participants") if name not in known]
    if left:
        text += f" No change is computed for {and_list(left)}."
    return Finding(f"The count {lead}.", escape(text), ("key_figures",))


def _moved(name: str, values: Values) -> str:
    if not values["change"]:
        return name
    percent = values["percent_change"]
    shown = f", {numbers.percent_change(percent)}" if percent is not None else ""
    return f"{name} ({numbers.signed(values['change'])}{shown})"


def _years(comparison: Comparison, values: Figures) -> Finding | None:
    frame = in_window(comparison, comparison.by_member(lambda member: member.series))
    counts = leading_years(frame)
    if len(comparison.members) < 2 or counts.empty:
        return None
    total = frame["fiscal_year"].nunique()
    parts = [f"{name} in {cardinal(int(count))}" for name, count in counts.items()]
    return Finding(
        f"Most participants most often: {and_list(_top(counts.to_dict()))}.",
        escape(
            f"Of the {cardinal(total)} fiscal years {comparison.window[0]} to {comparison.window[1]} that list any of them, "
            f"the highest count was that of {and_list(parts)}; a year with equal counts is one of each."
        ),
        ("participants_years",),
    )


def _cost(comparison: Comparison, values: Figures) -> Finding | None:
    known = _known(values, "cost_usd")
    if not any(known.values()):
        return None
    return _amounts(
        known,
        "dollars",
        numbers.million,
        f"Training of {_year(comparison)} cost",
        ("key_figures", "cost_years"),
    )


def _cost_each(comparison: Comparison, values: Figures) -> Finding | None:
    known = _known(values, "cost_per_participant")
    if len(known) < 2:
        return None
    ordered = sorted(known, key=lambda name: known[name])
    low, high = ordered[0], ordered[-1]
    parts = [f"{name} {numbers.usd(known[name])}" for name in ordered]
    return Finding(
        f"From {numbers.usd(known[low])} to {numbers.usd(known[high])} for a participant.",
        escape(
            f"Cost of training per participant in {_year(comparison)}, from the lowest: {and_list(parts)}."
        ),
        ("key_figures", "cost_each_years"),
    )


def _shared(comparison: Comparison, values: Figures) -> Finding | None:
    if len(comparison.present) < 2:
        return None
    what = "program" if comparison.of_recipients else "recipient"
    names = shared_parts(comparison)
    all_of = "Both" if len(comparison.present) == 2 else f"All {cardinal(len(comparison.present))}"
    if not names:
        text = (
            f"No {what} has a participant of each of {and_list([m.scope.label for m in comparison.present])}."
        )
        return Finding(f"No {what} in common.", escape(text), ("parts",))
    listed = (
        f": {and_list(names)}" if len(names) <= _NAMED else f", the largest of them {and_list(names[:3])}"
    )
    preposition = "under" if comparison.of_recipients else "from"
    text = f"{all_of} had participants {preposition} {cardinal(len(names))} {what}{'' if len(names) == 1 else 's'}{listed}."
    lead = f"{sentence_start(cardinal(len(names)))} {what}{'' if len(names) == 1 else 's'} in common."
    return Finding(lead, escape(text), ("parts",))


def _places(comparison: Comparison, values: Figures) -> Finding | None:
    known = _known(values, "united_states")
    if len(known) < 2:
        return None
    ordered = sorted(known, key=lambda name: -known[name])
    parts = [f"{name} {numbers.share(known[name])}" for name in ordered]
    return Finding(
        f"Trained in the United States: {numbers.share(known[ordered[-1]])} to {numbers.share(known[ordered[0]])}.",
        escape(
            f"Share of participants of {_year(comparison)} trained in the United States: {and_list(parts)}."
        ),
        ("places",),
    )


def _aid(comparison: Comparison, values: Figures) -> Finding | None:
    known = _known(values, "military_aid_usd") if comparison.of_recipients else {}
    if not known:
        return None
    return _amounts(
        known, "military aid", numbers.dollars, f"Military aid in {_year(comparison)} was",
        ("key_figures", "military_aid_years"),
    )  # fmt: skip


def _per_million(comparison: Comparison, values: Figures) -> Finding | None:
    known = _known(values, "per_million") if comparison.of_recipients else {}
    if not known:
        return None
    ordered = sorted(known, key=lambda name: -known[name])
    parts = [f"{name} {numbers.decimal(known[name])}" for name in ordered]
    return Finding(
        f"For {'its' if len(_top(known)) == 1 else 'their'} population, {and_list(_top(known))} had most participants.",
        escape(f"Participants of {_year(comparison)} per million people: {and_list(parts)}."),
        ("key_figures",),
    )


def _amounts(
    known: dict[str, Any], what: str, show: Callable[[Any], str], begin: str, refs: tuple[str, ...]
) -> Finding:
    ordered = sorted(known, key=lambda name: -known[name])
    parts = [f"{show(known[name])} for {name}" for name in ordered]
    return Finding(f"Most {what}: {and_list(_top(known))}.", escape(f"{begin} {and_list(parts)}."), refs)


def _known(values: Figures, measure: str) -> dict[str, Any]:
    return {name: own[measure] for name, own in values.items() if own.get(measure) is not None}


def _top(known: dict[str, Any]) -> list[str]:
    """Return the names with the highest value."""
    highest = max(known.values())
    return [name for name, value in known.items() if value == highest]


def _year(comparison: Comparison) -> str:
    return fiscal.words(comparison.fiscal_year)


_WRITERS: tuple[Callable[[Comparison, Figures], Finding | None], ...] = (
    _averages, _participants, _ranks, _changes, _years, _cost, _cost_each, _shared, _places, _per_million, _aid,
)  # fmt: skip
