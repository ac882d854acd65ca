"""Findings as sentences: a bold lead and one or two sentences of marked text.

Every sentence states what and how much; none gives a cause. Each function takes the values of one finding
of :mod:`milaid.analysis.findings` and returns its lead and text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from milaid.analysis.concentration import FEW_RECIPIENTS
from milaid.analysis.courses import WITH_LENGTH
from milaid.analysis.findings import FindingData
from milaid.analysis.groups import WHOLE
from milaid.blocks import numbers
from milaid.blocks.block import Finding, escape
from milaid.blocks.words import and_list, cardinal, counted, direction, ordinal, sentence_start
from milaid.exhibits import ties
from milaid.exhibits.articles import region_name, with_article
from milaid.exhibits.trend import in_brackets
from milaid.fiscal import words
from milaid.tables.money import constant_label

Values = dict[str, Any]


def sentences(found: Sequence[FindingData], phrase: str = "") -> tuple[Finding, ...]:
    """Return the findings as sentences, in the order given.

    ``phrase`` says whose participants the shares are of, as :attr:`milaid.exhibits.scope.Scope.phrase` does.
    """
    return tuple(_finding(finding, phrase) for finding in found)


def _finding(finding: FindingData, phrase: str) -> Finding:
    write, refs = _WRITERS[finding.key]
    lead, text = write({**finding.values, "phrase": phrase})
    return Finding(lead, text, refs)


def _year(values: Values) -> str:
    return words(values["fiscal_year"])


def _before(values: Values) -> str:
    return words(values["fiscal_year"] - 1)


def _against(value: Any, before: str, show: Callable[[Any], str]) -> str:
    """Return ``, against <value> in <year>``, or nothing when there is no earlier value."""
    return "" if value is None else f", against {show(value)} in {before}"


def _total(v: Values) -> tuple[str, str]:
    people = counted(v["participants"], "course participant")
    if not v["comparable"]:
        why = "which cannot be compared with the year before"
        if v["fiscal_year"] == v["first_year"]:
            why = f"the {'only' if v['last_year'] == v['first_year'] else 'first'} year of this series"
        return f"{sentence_start(people)}.", f"The report lists {people} in {_year(v)}, {why}." + _average(v)
    now, before = numbers.integer(v["participants"]), numbers.integer(v["previous_participants"])
    if v["change"] == 0:
        text = f"The count was unchanged at {now} in {_before(v)} and {_year(v)}{_extreme(v)}."
        return "As many participants as a year earlier.", text + _average(v)
    lead = "More participants." if v["change"] > 0 else "Fewer participants."
    moved = f"The count {direction(v['change'])} from {before} in {_before(v)} to {now} in {_year(v)}"
    return lead, f"{moved}{in_brackets(v['percent_change'])}{_extreme(v)}." + _average(v)


def _extreme(v: Values) -> str:
    """Return of which years the count is the highest or lowest: of the comparable ones, and of all, up to its own.

    Later years may be higher or lower, and a report on an earlier year shows them.
    """
    kind, since = v["extreme"], v["since"]
    if kind is None:
        return ""
    if since is not None and v["tied"]:
        return f", as in {words(since)}; the years between had {'fewer' if kind == 'highest' else 'more'}"
    if since is not None:
        return f", the {kind} since {words(since)}"
    if v["before_run"] is None:
        return f", the {kind} since the series begins in {words(v['compared_from'])}"
    text = f", the {kind} of the comparable years from {words(v['compared_from'])} to {v['fiscal_year']}"
    if v["beyond"] is None:
        return f"{text} and of all years from {words(v['before_run'])} to {v['fiscal_year']}"
    more = "more" if kind == "highest" else "fewer"
    most = numbers.integer(v["beyond_participants"])
    as_many = v["beyond_participants"] == v["participants"]
    return f"{text}; {words(v['beyond'])}, before a gap or break, had {'as many' if as_many else f'{more}, {most}'}"


def _average(v: Values) -> str:
    if v["average"] is None:
        return ""
    years = f"{v['fiscal_year'] - 4}–{v['fiscal_year']}"
    return f" The average of the five fiscal years {years} was {numbers.integer(v['average'])}."


def _cost(v: Values) -> tuple[str, str]:
    now = numbers.million(v["cost_usd"])
    show = numbers.million
    if v["change"] is None:
        lead, text = f"Cost: {now}.", f"The training of {_year(v)} cost {now}"
    elif v["change"] == 0:
        lead, text = "The same cost.", f"Training cost {now} in {_year(v)}, as in {_before(v)}"
    else:
        lead = "Higher cost." if v["change"] > 0 else "Lower cost."
        text = f"Training cost {now} in {_year(v)}{_against(v['previous_cost_usd'], _before(v), show)}"
        text += in_brackets(v["percent_change"])
    text += "."
    if v["cost_per_participant"] is not None:
        each = numbers.usd(v["cost_per_participant"])
        text += f" For each participant with a printed cost it was {each}"
        text += _against(v["previous_cost_per_participant"], _before(v), numbers.usd) + "."
    without = v["without_cost_share"]
    if without is not None and without >= 1:
        text += f" For {numbers.share(without)} of the participants no cost above zero is printed."
    return lead, text


def _recipients(v: Values) -> tuple[str, str]:
    leaders = v["leaders"]
    names = and_list(leaders)
    earlier = v["earlier_leader"]
    people = counted(v["participants"], "participant")
    each = " each" if len(leaders) > 1 else ""
    text = f"{names} had {people}{each}"
    if earlier in leaders and len(leaders) == 1:
        lead = f"{names} first again."
        text += _against(v["earlier_leader_before"], _before(v), numbers.integer)
    elif earlier is not None and v["earlier_leader_rank"] is not None and earlier not in leaders:
        lead = f"{names} first, {earlier} from first to {ordinal(v['earlier_leader_rank'])}."
        text += f". {earlier} went from {numbers.integer(v['earlier_leader_before'])} to "
        text += numbers.integer(v["earlier_leader_now"])
    elif earlier is not None and earlier not in leaders:
        lead = f"{names} first, {earlier} no longer listed."
        was = numbers.integer(v["earlier_leader_before"])
        text += f". {earlier}, first in {_before(v)} with {was}, is not listed"
    else:
        lead = f"{names} first."
    text += "."
    if v["recipients"] > FEW_RECIPIENTS:
        share = numbers.share(v["top_5_share"])
        text += f" The five largest recipients made up {share} of all participants{v['phrase']}"
        text += _against(v["previous_top_5_share"], _before(v), numbers.share) + "."
    return lead, escape(text)


def _changes(v: Values) -> tuple[str, str]:
    up, down = v["increase"], v["decrease"]
    lead = f"{up['recipient']} up most, {down['recipient']} down most."

    def move(item: Values) -> str:
        before, now = (
            numbers.integer(item["previous_participants"]),
            counted(item["participants"], "participant"),
        )
        return f"from {before} to {now} ({numbers.signed(item['change'])})"

    text = (
        f"Among the recipients listed in both {_before(v)} and {_year(v)}, {up['recipient']} had the largest "
        f"increase, {move(up)}, and {down['recipient']} the largest decrease, {move(down)}."
    )
    return lead, escape(text)


def _turnover(v: Values) -> tuple[str, str]:
    lead = f"Recipients: {cardinal(v['entering'])} entered, {cardinal(v['leaving'])} left."
    came, went = v["entering"], v["leaving"]
    parts = []
    if came:
        text = (
            f"Of the recipients with a participant in {_year(v)}, {cardinal(came)} had none in {_before(v)}"
        )
        parts.append(text + _largest(v["largest_entering"], v["largest_entering_participants"], came))
    if went:
        text = f"Of those with a participant in {_before(v)}, {cardinal(went)} had none in {_year(v)}"
        parts.append(text + _largest(v["largest_leaving"], v["largest_leaving_participants"], went))
    return lead, escape(" ".join(parts))


def _largest(recipient: str | None, participants: int | None, of: int) -> str:
    if recipient is None or participants is None:
        return "."
    people = counted(participants, "participant")
    return f": {recipient}, with {people}." if of == 1 else f"; the largest was {recipient}, with {people}."


def _with_without_largest(v: Values) -> tuple[str, str]:
    earlier = _against(v["previous_participants"], _before(v), numbers.integer)
    now = numbers.integer(v["participants"])
    largest = (
        "the largest recipient"
        if v["as_large"] < 2
        else f"one of the {cardinal(v['as_large'])} largest recipients"
    )
    text = (
        f"Without {v['recipient']}, {largest}, the count was {now} in "
        f"{_year(v)}{earlier}{in_brackets(v['percent_change'])}; "
        f"with it, the change was {numbers.percent_change(v['percent_change_with'])}."
    )
    return f"The total without {v['recipient']}.", escape(text)


def _regions(v: Values) -> tuple[str, str]:
    first = v["regions"][0]
    if v["tied"]:
        names = sentence_start(and_list([region_name(name) for name in v["tied"]]))
        each = f"{counted(first['participants'], 'participant')} each, {numbers.share(first['share'])}"
        return f"{names}: the largest regions.", escape(f"{names} had {each} of the total{v['phrase']}.")
    name = region_name(first["region"])
    lead = f"{sentence_start(name)} the largest region."
    parts = [f"{sentence_start(name)} had {_region(first, v, full=True)}"]
    if len(v["regions"]) > 1:
        second = v["regions"][1]
        parts.append(f"{sentence_start(region_name(second['region']))} came second with {_region(second, v)}")
    return lead, escape(". ".join(parts) + ".")


def _region(record: Values, v: Values, full: bool = False) -> str:
    people = (
        counted(record["participants"], "participant") if full else numbers.integer(record["participants"])
    )
    of = f" of the total{v['phrase']}" if full else ""
    text = f"{people}{in_brackets(record['percent_change'])}, {numbers.share(record['share'])}{of}"
    return text + _against(record["previous_share"], _before(v), numbers.share)


def _programs(v: Values) -> tuple[str, str]:
    if v["tied"]:
        return _tied_programs(v)
    name = v["name"]
    lead = f"{name}: {'all participants' if v['share'] == WHOLE else 'the largest program'}."
    text = f"{sentence_start(with_article(name))} had {counted(v['participants'], 'participant')}, "
    text += f"{numbers.share(v['share'])} of the total{v['phrase']}"
    text += (
        _against(v["previous_participants"], _before(v), numbers.integer)
        + in_brackets(v["percent_change"])
        + "."
    )
    if v["predecessor"] is not None:
        listed = counted(v["predecessor_participants"], "participant")
        text += (
            f" For {_before(v)} the documents list {with_article(v['predecessor'])} instead, with {listed}."
        )
    other = v["other"]
    if other is not None:
        before, now = numbers.integer(other["previous_participants"]), numbers.integer(other["participants"])
        text += f" Of the other programs that both fiscal years list, {with_article(other['name'])} "
        text += f"changed most, from {before} to {now}{in_brackets(other['percent_change'])}."
    return lead, escape(text)


def _tied_programs(v: Values) -> tuple[str, str]:
    """Return the programs that share the most participants, by name unless they are many."""
    each = f"{counted(v['participants'], 'participant')} each, {numbers.share(v['share'])} of the total{v['phrase']}"
    if len(v["tied"]) > ties.MOST_NAMED:
        many = f"{sentence_start(cardinal(len(v['tied'])))} programs"
        return f"{many} the largest.", escape(f"{many} had {each}.")
    names = and_list([with_article(name) for name in v["tied"]])
    return f"{and_list(v['tied'])}: the largest programs.", escape(f"{sentence_start(names)} had {each}.")


def _departments(v: Values) -> tuple[str, str]:
    records = v["departments"]
    first = records[0]
    lead = f"{first['department']}: {numbers.share(first['share'])} of participants."
    text = f"Programs of the {first['department']} had {counted(first['participants'], 'participant')}, "
    text += f"{numbers.share(first['share'])} of the total{v['phrase']}"
    text += _against(first["previous_share"], _before(v), numbers.share)
    if len(records) > 1:
        second = records[1]
        text += f". Those of the {second['department']} had {numbers.integer(second['participants'])}, "
        text += numbers.share(second["share"])
        text += _against(second["previous_share"], _before(v), numbers.share)
    return lead, escape(text + ".")


def _places(v: Values) -> tuple[str, str]:
    own, home, other = v["own_country"], v["united_states"], v["other_country"]
    if own > 50:
        lead = "Most participants trained in their own country."
    elif home > 50:
        lead = "Most participants trained in the United States."
    else:
        lead = "Where participants trained."
    known = f" whose place of training is known ({numbers.share(v['classified_share'])} of all)"
    text = (
        f"Of the participants of {_year(v)}{'' if v['classified_share'] == 100 else known}, "
        f"{_part(own)} trained in their own country, {_part(home)} in the United States and {_part(other)} in another country"
    )
    # Less than that is no news: in most years hardly anyone is trained online.
    text += f"; {numbers.share(v['online'])} trained online." if v["online"] >= 0.05 else "."
    return lead, escape(text)


def _part(share: float) -> str:
    return numbers.share(share) if share else "none"


def _course_lengths(v: Values) -> tuple[str, str]:
    whole = v["median_days"] == int(v["median_days"])
    shown = numbers.integer(v["median_days"]) if whole else numbers.decimal(v["median_days"])
    unit = "day" if v["median_days"] == 1 else "days"
    whose = "" if v["all_dated"] else f" {WITH_LENGTH}"
    # A share of those whose length of course is known is none of all participants.
    lead = f"Half of participants{' with usable dates' if whose else ''} on courses of up to {shown} {unit}."
    earlier = _against(v["previous_short_share"], _before(v), _part)
    short = f"{numbers.share(v['short_share']) + ' of' if v['short_share'] else 'no'} participants{whose}"
    text = (
        f"The median length of course was {shown} {unit} in {_year(v)}. Courses of up to seven days had "
        f"{short}{earlier}; courses of more than 180 days had {_part(v['long_share'])}."
    )
    return lead, escape(text)


def _constant_dollars(v: Values) -> tuple[str, str]:
    percent = v["percent_change"]
    moved = "was unchanged" if percent == 0 else direction(percent)
    lead = f"Over five years, cost in {constant_label(v['fiscal_year'])} {moved}."
    text = (
        f"In {constant_label(v['fiscal_year'])}, training cost {numbers.million(v['earlier_cost'])} in "
        f"{words(v['earlier_year'])} and {numbers.million(v['cost'])} in {_year(v)}{in_brackets(percent)}."
    )
    return lead, escape(text)


_WRITERS: dict[str, tuple[Callable[[Values], tuple[str, str]], tuple[str, ...]]] = {
    "total": (_total, ("totals_table", "long_series")),
    "cost": (_cost, ("totals_table",)),
    "recipients": (_recipients, ("recipients_table", "concentration")),
    "changes": (_changes, ("changes",)),
    "turnover": (_turnover, ("recipients_table",)),
    "with_without_largest": (_with_without_largest, ("with_without_largest",)),
    "regions": (_regions, ("regions_now", "regions_table")),
    "programs": (_programs, ("programs_table",)),
    "departments": (_departments, ("programs_table",)),
    "places": (_places, ("places",)),
    "course_lengths": (_course_lengths, ("course_lengths",)),
    "constant_dollars": (_constant_dollars, ("dollars_series",)),
}
