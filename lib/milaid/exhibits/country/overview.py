"""The beginning of a country profile: front and key facts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from milaid import fiscal
from milaid.analysis.one_recipient import RecipientRanks, recipient_ranks
from milaid.analysis.series import value
from milaid.analysis.trend import Trend
from milaid.blocks import numbers
from milaid.blocks.block import Box, Fact, Front, KeyFacts, Related, Source
from milaid.blocks.words import sentence_start
from milaid.exhibits import few, links, misplaced, trend
from milaid.exhibits.aid import beside_few, greenbook, military_economic
from milaid.exhibits.articles import region_name
from milaid.exhibits.country import people
from milaid.exhibits.front import training_front
from milaid.exhibits.subject import Subject, joined
from milaid.exhibits.training import facts
from milaid.sources.greenbook import CONSTANT_FISCAL_YEAR
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
        title=f"US training of personnel{subject.scope.phrase}",
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
    if subject.is_small:
        shown = [facts.participants(subject), few.over_the_years(subject), facts.cost(subject)]
        shown += [facts.cost_per_participant(subject), facts.programs(subject), _military_aid(subject)]
    else:
        shown = [facts.average(subject), facts.participants(subject), *_ranks(subject), facts.cost(subject)]
        shown += [facts.cost_per_participant(subject), facts.programs(subject), _military_aid(subject)]
        shown.append(_per_million(subject))
    further: tuple[Source, ...] = ()
    if greenbook.year_absence(subject) is None:
        further += (greenbook.source(subject),)
    if people.has_population(subject) and not subject.is_small:
        further += greenbook.population_sources(subject)
    return facts.key_facts(subject, tuple(shown), further)


def _ranks(subject: Subject) -> list[Fact]:
    """Return the rank among all recipients and among those of the region; nothing for "not stated"."""
    year, name = subject.fiscal_year, subject.scope.name
    in_doubt = misplaced.unranked()
    now = recipient_ranks(subject.world, year, name, in_doubt.get(year, ()))
    if now is None or now.region == NOT_STATED:
        # No exhibit compares it with others: what has no region is no country.
        return []
    world = coverage(store.available_years(), store.load_series_breaks())
    before = (
        recipient_ranks(subject.world, year - 1, name, in_doubt.get(year - 1, ()))
        if world.comparable(year - 1, year)
        else None
    )
    where = f"rank among the recipients of {region_name(now.region)}"
    return [
        _rank(subject, now.rank, now.of, before, "rank", "of", "rank among all recipients listed"),
        _rank(subject, now.region_rank, now.region_of, before, "region_rank", "region_of", where),
    ]


def _rank(
    subject: Subject, rank: int, of: int, before: RecipientRanks | None, name: str, count: str, label: str
) -> Fact:
    if before is not None:
        earlier = f"{getattr(before, name)} of {getattr(before, count)} in {subject.previous_label}"
    else:
        earlier = facts.none_before(subject)
    return Fact(numbers.integer(rank), label, earlier, unit=f"of {of}", ref="neighbours")


def _military_aid(subject: Subject) -> Fact:
    """Return military aid over five years, else that of the year, in constant dollars; a dash where the source has no aid."""
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
    if subject.is_small:
        return _military_aid_of_the_year(subject)
    found = military_economic.military_trend(subject)
    prices = f"in {fiscal.label(CONSTANT_FISCAL_YEAR)} dollars"
    now = f"{numbers.dollars(found.value)} in {subject.year_label}"
    if found.average is None:
        most = trend.peak(found, numbers.dollars)
        return facts.dollars(
            found.value, f"{label}, {prices}", (most or ["none in any year"])[0], "aid_series"
        )
    label = f"military aid a year, {trend.years(subject.fiscal_year)}, {prices}"
    return facts.dollars(
        found.average, label, "; ".join([*_change(found, numbers.dollars), now]), "aid_series"
    )


def _military_aid_of_the_year(subject: Subject) -> Fact:
    """Return the military aid of the year beside that of the year before, in current dollars."""
    years = military_economic.years(subject)
    now, before = (
        value(years, year, "military_usd") for year in (subject.fiscal_year, subject.fiscal_year - 1)
    )
    earlier = (
        f"{numbers.dollars(before)} in {subject.previous_label}"
        if before is not None
        else f"no line in {subject.previous_label}"
    )
    return facts.dollars(now, "military aid, obligations", earlier, beside_few.KEY)


def _change(found: Trend, show: Callable[[Any], str]) -> list[str]:
    """Return how an average of five years changed, as a comparison begins; nothing where that is not computed."""
    said = trend.change(found, show)
    return [said] if said else []


def _per_million(subject: Subject) -> Fact:
    """Return participants per million people over five years, else now and a year earlier; two points without a population."""
    found, label = people.per_million_trend(subject), "participants per million people"
    if found.value is None:
        return Fact(numbers.NOT_COMPUTED, label, "no population in the source")
    if found.average is not None:
        label = f"{label} a year, {trend.years(subject.fiscal_year)}"
        now = f"{numbers.decimal(found.value)} in {subject.year_label}"
        return Fact(
            numbers.decimal(found.average),
            label,
            "; ".join([*_change(found, numbers.decimal), now]),
            ref="per_head",
        )
    before = value(people.years(subject), subject.fiscal_year - 1, "participants_per_million")
    earlier = (
        f"none listed in {subject.previous_label}"
        if before is None
        else f"{numbers.decimal(before)} in {subject.previous_label}"
    )
    return Fact(numbers.decimal(found.value), label, earlier, ref="per_head")
