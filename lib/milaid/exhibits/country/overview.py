"""The beginning of a country profile: front and key facts."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis.aid import year_totals
from milaid.analysis.change import percent_change
from milaid.analysis.one_recipient import RecipientRanks, recipient_ranks
from milaid.blocks import numbers
from milaid.blocks.block import Box, Fact, Front, KeyFacts, Related, Source
from milaid.blocks.words import sentence_start
from milaid.exhibits import links, misplaced
from milaid.exhibits.aid import greenbook
from milaid.exhibits.articles import region_name
from milaid.exhibits.country import people
from milaid.exhibits.front import training_front
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.training import facts
from milaid.tables import store
from milaid.tables.coverage import coverage
from milaid.tables.subjects import NOT_STATED

_PROGRAMS = 5


def front(subject: Subject) -> Front:
    """Return title, scope, imprint and cover of a country profile."""
    years = subject.coverage
    span = (
        f"the other years that list it, {fiscal.label(years.first)} to {fiscal.label(years.last)}"
        if len(years.years) > 1
        else "no other year, as none lists it"
    )
    return training_front(
        subject,
        kind="Country profile",
        title=f"US training of forces{subject.scope.phrase}",
        standfirst=(
            "What the Departments of State and Defense reported to Congress on the training of military and civilian "
            f"personnel{subject.scope.phrase} in {fiscal.words(subject.fiscal_year)}, set beside {span}, with the aid and "
            "arms that other official sources list, and every unit that the reports print."
        ),
        scope=f"{sentence_start(subject.scope.label)}: training, aid, arms and the units trained",
        keywords=(subject.scope.label, "Leahy laws", "units"),
    )


def other_countries(subject: Subject) -> Box | None:
    """Return the banner of a recipient whose rows name another country, or that rows of another name; else nothing."""
    found = misplaced.concerning([subject.scope.name])
    if found.empty:
        return None
    own = (found["fiscal_year"] == subject.fiscal_year) & (found["recipient"] == subject.scope.name)
    lead = "Read with care." if own.any() else "Rows that name another country."
    now = misplaced.unranked().get(subject.fiscal_year, frozenset()) & {subject.scope.name}
    sentences = [misplaced.sentence(case) for case in found.sort_values("fiscal_year").to_dict("records")]
    return Box(lead, joined(*sentences, misplaced.unranked_note(now, subject.fiscal_year)))


def related(subject: Subject) -> Related:
    """Return the reports on the year, on the region, and on the programs of the year, the largest first."""
    region = str(subject.year_rows["region_harmonised"].iloc[0])
    items = [
        (f"Annual report of {fiscal.words(subject.fiscal_year)}", links.annual(subject.fiscal_year)),
        (f"Region: {region}", links.region(region)),
    ]
    names = store.load_programs().set_index("code")["name"]
    people = subject.year_rows.groupby("program")["quantity"].sum().reset_index()
    people = people.sort_values(["quantity", "program"], ascending=[False, True])
    items += [
        (f"Program: {names.get(code, code)}", links.program(code))
        for code in people["program"].head(_PROGRAMS)
    ]
    return Related(tuple((label, place) for label, place in items if place is not None))


def key_facts(subject: Subject) -> KeyFacts:
    """Return the key facts of the year: participants, ranks, dollars, programs, military aid, people."""
    shown = [facts.participants(subject), *_ranks(subject), facts.cost(subject)]
    shown += [
        facts.cost_per_participant(subject, ref="constant_dollars"),
        facts.average(subject),
        facts.programs(subject, ref="programs_table"),
        _military_aid(subject),
        _per_million(subject),
    ]
    further: tuple[Source, ...] = ()
    if greenbook.year_absence(subject) is None:
        further += (greenbook.source(subject),)
    if people.has_population(subject):
        further += greenbook.population_sources(subject)
    return facts.key_facts(subject, tuple(shown), further)


def _ranks(subject: Subject) -> list[Fact]:
    """Return the rank among all recipients and among those of the region, which "not stated" is none of."""
    year, name = subject.fiscal_year, subject.scope.name
    in_doubt = misplaced.unranked()
    now = recipient_ranks(subject.world, year, name, in_doubt.get(year, ()))
    if now is None:
        return []
    world = coverage(store.available_years(), store.load_series_breaks())
    before = (
        recipient_ranks(subject.world, year - 1, name, in_doubt.get(year - 1, ()))
        if world.comparable(year - 1, year)
        else None
    )
    found = [_rank(subject, now.rank, now.of, before, "rank", "of", "rank among all recipients listed")]
    if now.region != NOT_STATED:
        where = f"rank among the recipients of {region_name(now.region)}"
        found.append(
            _rank(subject, now.region_rank, now.region_of, before, "region_rank", "region_of", where)
        )
    return found


def _rank(
    subject: Subject, rank: int, of: int, before: RecipientRanks | None, name: str, count: str, label: str
) -> Fact:
    if before is not None:
        earlier = f"{getattr(before, name)} of {getattr(before, count)} in {subject.previous_label}"
    else:
        earlier = facts.none_before(subject)
    return Fact(numbers.integer(rank), label, earlier, unit=f"of {of}", ref="neighbours")


def _military_aid(subject: Subject) -> Fact:
    """Return the military aid of the year with the change on the year before; a dash where the source has no aid."""
    label = "military aid, obligations"
    if greenbook.absence(subject) is not None:
        missing = greenbook.year_absence(subject) is not None
        return Fact(
            numbers.NONE,
            label,
            f"the source has no {subject.year_label}"
            if missing
            else "no line of aid in the source for the year",
        )
    amounts = year_totals(subject.aid, greenbook.covered()).set_index("fiscal_year")["military_usd"]
    now, before = (amounts.get(year) for year in (subject.fiscal_year, subject.fiscal_year - 1))
    if before is None or pd.isna(before):
        why = "the source has no" if before is None else "no line of aid in"
        return facts.dollars(now, label, f"{why} {subject.previous_label}", "aid_series")
    percent = percent_change(now, before) if now >= 0 else None
    comparison = (
        f"{numbers.dollars(before)} in {subject.previous_label}"
        if percent is None
        else f"{numbers.percent_change(percent)} on {subject.previous_label} ({numbers.dollars(before)})"
    )
    return facts.dollars(now, label, comparison, "aid_series")


def _per_million(subject: Subject) -> Fact:
    """Return participants per million people, now and a year earlier; two points where no population is published."""
    frame = people.years(subject).set_index("fiscal_year")["participants_per_million"]
    now, before = (frame.get(year) for year in (subject.fiscal_year, subject.fiscal_year - 1))
    if pd.isna(now):
        return Fact(numbers.NOT_COMPUTED, "participants per million people", "no population in the source")
    earlier = (
        f"{numbers.decimal(before)} in {subject.previous_label}"
        if before is not None and pd.notna(before)
        else f"none listed in {subject.previous_label}"
    )
    return Fact(numbers.decimal(now), "participants per million people", earlier, ref="per_head")
