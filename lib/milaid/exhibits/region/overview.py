"""The beginning of a region profile: front, key facts and findings."""

from __future__ import annotations

from milaid import fiscal
from milaid.blocks import numbers
from milaid.blocks.block import Fact, Finding, Findings, Front, KeyFacts, Related, escape
from milaid.blocks.words import counted, sentence_start
from milaid.exhibits import links, trend
from milaid.exhibits.articles import region_name
from milaid.exhibits.front import training_front
from milaid.exhibits.region import world
from milaid.exhibits.subject import Subject
from milaid.exhibits.training import facts
from milaid.exhibits.training import overview as training


def front(subject: Subject) -> Front:
    """Return title, scope, imprint and cover of a region profile."""
    year, name = subject.fiscal_year, subject.scope.name
    return training_front(
        subject,
        kind="Region profile",
        title=f"{name}: foreign military training in {fiscal.words(year)}",
        standfirst=(
            "What the Departments of State and Defense reported to Congress on the training of military and civilian "
            f"personnel from {region_name(name)} from {fiscal.period(year)}, set beside the other regions and the other "
            f"years of data, {fiscal.label(subject.coverage.first)} to {fiscal.label(subject.coverage.last)}."
        ),
        scope=(
            f"Recipients in {region_name(name)}, as the Departments of State and Defense reported to Congress for "
            f"{fiscal.period(year)}"
        ),
        keywords=(name,),
    )


def key_facts(subject: Subject) -> KeyFacts:
    """Return participants, cost, the share of both in the world, recipients, and cost per participant."""
    shown = (
        facts.average(subject),
        facts.participants(subject),
        facts.cost(subject),
        _share(subject, "share", "all participants"),
        _share(subject, "cost_share", "all dollars"),
        facts.recipients(subject),
        facts.cost_per_participant(subject),
    )
    return facts.key_facts(subject, shown)


def findings(subject: Subject) -> Findings:
    """Return the place of the region in the world, and the findings of a report on training."""
    first, *others = training.findings(subject).findings
    return Findings((first, _place_in_the_world(subject), *others))


def _share(subject: Subject, measure: str, of: str) -> Fact:
    row = world.row(subject)
    rank = f"{world.rank_in_words(row)} by participants" if measure == "share" else ""
    before = world.before(subject)
    averages = trend.share_average(world.share_trend(subject, measure))
    earlier = [] if before is None else [f"{numbers.share(before[measure])} in {subject.previous_label}"]
    return Fact(
        numbers.share(row[measure]),
        f"share in {of}",
        "; ".join([*averages, *earlier, *([rank] if rank else [])]) or world.why_not_compared(subject),
        ref="world_shares",
    )


def _place_in_the_world(subject: Subject) -> Finding:
    row, before = world.row(subject), world.before(subject)
    name = sentence_start(region_name(subject.scope.name))
    year = fiscal.words(subject.fiscal_year)
    averages = trend.share_average(world.share_trend(subject, "share"))
    text = f"Share of all participants: {averages[0]}. " if averages else ""
    text += (
        f"{name} had {numbers.integer(row['participants'])} of the "
        f"{counted(int(row['all_participants']), 'course participant')} of {year}, {numbers.share(row['share'])}"
    )
    if before is not None:
        text += f", against {numbers.share(before['share'])} in {fiscal.words(subject.fiscal_year - 1)}"
    if not numbers.is_missing(row["cost_share"]):
        text += f", and {numbers.share(row['cost_share'])} of the dollars"
    lead = f"{sentence_start(numbers.share(row['share']))} of all participants, {world.rank_in_words(row)}."
    return Finding(lead, escape(f"{text}."), ("world_shares", "world_table"))


def related(subject: Subject) -> Related:
    """Return the reports on the largest recipients of the region and on the year."""
    names = subject.ranking.head(subject.top_n)["recipient"]
    countries = [(name, place) for name in names if (place := links.country(name))]
    year = subject.fiscal_year
    return Related((*countries, (f"All recipients in {fiscal.words(year)}", f"annual/{year}")))
