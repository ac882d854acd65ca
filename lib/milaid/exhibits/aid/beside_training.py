"""Training beside military aid of the same recipient and year, and beside the number of people."""

from __future__ import annotations

import pandas as pd

from milaid import fiscal
from milaid.analysis import beside
from milaid.analysis.arms import AGREEMENTS_RULE, single_years
from milaid.analysis.beside import AID_RULE, NAMED_RULE, PER_MILLION_RULE, SMALL_POPULATION
from milaid.analysis.groups import percent_of
from milaid.blocks import numbers
from milaid.blocks.block import Column, Figure, Prose, Source, Table, csv_text, escape
from milaid.blocks.words import and_list, cardinal, counted, none_or, sentence_start, the
from milaid.charts.relation import relation
from milaid.exhibits import links, misplaced, ties
from milaid.exhibits.aid import greenbook
from milaid.exhibits.figures import figure
from milaid.exhibits.frames import with_sums
from milaid.exhibits.once import once
from milaid.exhibits.other_sources import sales_book_pages
from milaid.exhibits.scope import RECIPIENT
from milaid.exhibits.subject import COUNTING_NOTE, Subject, joined
from milaid.exhibits.tables import table_from_frame
from milaid.tables import store

_LEADERS = 10
_MEASURES = ("participants", "military_aid_usd")
_STATES = ("country", "territory", "former state")


def lead(subject: Subject) -> Prose:
    """Return how many recipients have both, and how many participants those have; or what is absent."""
    absent = greenbook.absence(subject)
    if absent is not None:
        return absent
    frame = _beside(subject)
    text = _of_one(subject, frame) if subject.scope.kind == RECIPIENT else _of_many(subject, frame)
    return Prose(
        f"{text} The measures stand beside each other; nothing here says that one brings about the other."
    )


def participants_and_aid(subject: Subject) -> Figure | None:
    """Return participants against military aid by recipient on logarithmic axes; nothing without aid."""
    if not greenbook.ranked(subject):
        return None
    frame = _beside(subject)
    shown = beside.comparable(frame)
    if shown.empty:
        return None
    named = beside.outliers(shown)
    return figure(
        lambda key: relation(
            shown,
            key=key,
            x="military_aid_usd",
            y="participants",
            label="recipient",
            x_title="Military aid, US dollars",
            y_title="Course participants",
            x_kind="million",
            logarithmic=True,
            named=len(named),
            always=named,
        ),
        key="training_aid",
        title=_overlap_title(shown),
        subtitle=f"Course participants and military aid by recipient{greenbook.of_part(subject)}, {subject.year_label}; each step of an axis is ten times "
        "the one before",
        alt=f"Scatter of {counted(len(shown), 'recipient')} by military aid and participants",
        note=joined(COUNTING_NOTE, AID_RULE, NAMED_RULE, _not_drawn(frame, shown)),
        sources=_sources(subject),
        csv=_filed(frame, shown, named),
    )


def most_aid(subject: Subject) -> Table | None:
    """Return the recipients with most military aid with their participants; nothing without aid."""
    if not greenbook.ranked(subject):
        return None
    frame = _beside(subject)
    shown = beside.most(beside.comparable(frame), "military_aid_usd", _LEADERS)
    if shown.empty:
        return None
    columns = (
        Column("recipient", "Recipient"),
        Column("military_aid_usd", "Military aid, USD", "usd", emphasis="main", sorted_descending=True),
        Column("economic_aid_usd", "Economic aid, USD", "usd"),
        Column("participants", "Participants", "integer"),
        Column("military_aid_per_head", "Military aid per head, USD", "decimal", emphasis="secondary"),
    )
    share = percent_of(shown["participants"], float(frame["participants"].sum()))
    shown = shown.assign(share_of_participants=share, share_of_participants_so_far=share.cumsum())
    return table_from_frame(
        shown,
        columns,
        key="most_aid",
        title=f"The {cardinal(len(shown))} recipients with most military aid had {numbers.share(share.sum())} of participants",
        subtitle=f"Military and economic aid, current US dollars, and course participants{greenbook.of_part(subject)}, "
        f"{subject.year_label}",
        alt=f"Table of {the(len(shown), 'recipient')} with most military aid: aid, participants, military aid per head.",
        note=joined(
            COUNTING_NOTE,
            AID_RULE,
            f"Per head: divided by the population of calendar year {subject.fiscal_year}.",
            _larger_without_training(frame, shown),
        ),
        csv=csv_text(
            shown[
                [*(c.name for c in columns), "share_of_participants", "share_of_participants_so_far"]
            ].round(2)
        ),
        sources=(*_sources(subject), *greenbook.population_sources(subject)),
        links={"recipient": links.country},
    )


def per_million(subject: Subject) -> Table | None:
    """Return the recipients with most participants per million people; nothing without aid or any population."""
    if not greenbook.ranked(subject):
        return None
    frame = _most_per_million(subject)
    if frame.empty:
        return None
    shown = frame.head(_LEADERS)
    columns = (
        Column("rank", "Rank", "rank", emphasis="secondary"),
        Column("recipient", "Recipient"),
        Column(
            "participants_per_million",
            "Participants per million people",
            "decimal",
            emphasis="main",
            sorted_descending=True,
        ),
        Column("participants", "Participants", "integer"),
        Column("population", "Population", "integer"),
        Column("military_aid_usd", "Military aid, USD", "usd", emphasis="secondary"),
    )
    small = shown.loc[shown["population"] < SMALL_POPULATION, "recipient"]
    missing = beside.without_population(_beside(subject))
    first = shown.iloc[0]
    return table_from_frame(
        shown,
        columns,
        key="per_million",
        title=f"{first['recipient']}: {counted(int(first['participants']), 'participant')}, "
        f"{numbers.decimal(first['participants_per_million'])} per million people",
        subtitle=f"{sentence_start(cardinal(len(shown)))} recipients with most course participants per million people"
        f"{greenbook.of_part(subject)}, {subject.year_label}",
        alt=f"Table of {the(len(shown), 'recipient')} with most participants per million people, with population and aid.",
        note=joined(
            COUNTING_NOTE,
            PER_MILLION_RULE,
            subject.misplaced_note(shown["recipient"]),
            _list_note(f"Fewer than {numbers.integer(SMALL_POPULATION)} people", small),
            _list_note("Participants but no population in the source", missing),
        ),
        sources=(*_sources(subject), *greenbook.population_sources(subject)),
        links={"recipient": links.country},
    )


def agreements_and_aid(subject: Subject) -> Table | None:
    """Return the largest agreements beside military aid; nothing where the book has no such year."""
    sales = subject.scope.aid(store.load_arms_sales())
    if subject.fiscal_year not in single_years(sales) or not greenbook.ranked(subject):
        return None
    frame = beside.agreements_beside_aid(sales, subject.aid, subject.fiscal_year).head(_LEADERS)
    columns = (
        Column("recipient", "Recipient"),
        Column("total_agreements_usd", "Agreements, USD", "usd", emphasis="main", sorted_descending=True),
        Column("fmf_funded_agreements_usd", "of these FMF-funded, USD", "usd"),
        Column("military_aid_usd", "Military aid, USD", "usd"),
        Column("economic_aid_usd", "Economic aid, USD", "usd", emphasis="secondary"),
    )
    frame = frame.assign(
        aid_exceeds_agreements=frame["military_aid_usd"].fillna(0) > frame["total_agreements_usd"]
    )
    more = int(frame["aid_exceeds_agreements"].sum())
    return table_from_frame(
        frame,
        columns,
        key="agreements_aid",
        title=f"Military aid exceeds agreements for {none_or(more)} of the {cardinal(len(frame))} recipients shown",
        subtitle=f"Agreements of Foreign Military Sales and aid by recipient{greenbook.of_part(subject)}, current US "
        f"dollars, {subject.year_label}",
        alt=f"Table of {the(len(frame), 'recipient')} with the largest agreements, with military and economic aid.",
        note=f"{AGREEMENTS_RULE} {AID_RULE} FMF-funded agreements are paid with military aid of this or another year: "
        "agreements and aid are not added.",
        sources=(
            sales_book_pages(frame),
            greenbook.source(subject),
        ),
        csv=csv_text(frame[[*(column.name for column in columns), "aid_exceeds_agreements"]]),
        links={"recipient": links.country},
    )


def _most_per_million(subject: Subject) -> pd.DataFrame:
    """Return the recipients by participants per million people, without those whose rows name another country."""
    return beside.most_per_million(_beside(subject), misplaced.unranked().get(subject.fiscal_year, ()))


@once
def _beside(subject: Subject) -> pd.DataFrame:
    return beside.training_beside_aid(
        subject.trainings, subject.aid, store.load_population(), subject.fiscal_year
    )


def _of_many(subject: Subject, frame: pd.DataFrame) -> str:
    """Return how many recipients have participants and military aid, and who has most for its population."""
    listed, both = frame[frame["participants"].fillna(0) > 0], beside.comparable(frame)
    people, everyone = int(both["participants"].sum()), int(listed["participants"].sum())
    text = (
        f"{counted(len(listed), 'recipient')}{escape(subject.scope.phrase)} had participants in "
        f"{fiscal.words(subject.fiscal_year)}; {none_or(len(both))} of them had military aid too"
    )
    if len(both):
        text += (
            f", {numbers.dollars(both['military_aid_usd'].sum())} in all, and "
            f"{numbers.share(100.0 * people / everyone)} of the participants ([[training_aid]])"
        )
    first = _most_per_million(subject)
    if first.empty or not first.iloc[0]["participants"]:
        return f"{text}."
    row = first.iloc[0]
    return (
        f"{text}. For its population, {escape(str(row['recipient']))} had most participants, "
        f"{numbers.integer(row['participants'])} or {numbers.decimal(row['participants_per_million'])} per million "
        "people ([[per_million]])."
    )


def _filed(frame: pd.DataFrame, shown: pd.DataFrame, named: list[str]) -> pd.DataFrame:
    """Return the file of the scatter: its points, and beside each what all of them and all recipients have."""
    listed = frame[frame["participants"].fillna(0) > 0]
    filed = with_sums(
        shown[["recipient", "iso3", "participants", "military_aid_usd"]], "participants", "military_aid_usd"
    )
    everyone = int(listed["participants"].sum())
    return filed.assign(
        among_most_of_both=shown["recipient"].isin(
            _leaders(shown, "participants") & _leaders(shown, "military_aid_usd")
        ),
        named=shown["recipient"].isin(named).map({True: "yes", False: "no"}),
        recipients_listed=len(listed),
        participants_listed=everyone,
        share_of_participants_listed=percent_of(filed["all_participants"], float(everyone)).round(2),
    )


def _of_one(subject: Subject, frame: pd.DataFrame) -> str:
    """Return participants, aid and participants per million people of one recipient."""
    row = frame[frame["recipient"] == subject.scope.name].iloc[0]
    people = 0 if pd.isna(row["participants"]) else int(row["participants"])
    text = (
        f"{sentence_start(escape(subject.scope.in_sentence))} had {counted(people, 'participant')} in "
        f"{fiscal.words(subject.fiscal_year)}"
    )
    if pd.notna(row["participants_per_million"]):
        text += f", {numbers.decimal(row['participants_per_million'])} per million people"
    military, economic = (
        "no" if pd.isna(row[f"{kind}_aid_usd"]) else numbers.dollars(row[f"{kind}_aid_usd"]) + " of"
        for kind in ("military", "economic")
    )
    return f"{text}, beside {military} military aid and {economic} economic aid."


def _overlap_title(shown: pd.DataFrame) -> str:
    if len(shown) <= 2 * _LEADERS:
        # Of so few, those with most are nearly all of them.
        first, aided_first = (and_list(sorted(ties.first(shown, name)["recipient"])) for name in _MEASURES)
        also = "and most military aid" if first == aided_first else f"{aided_first} most military aid"
        return f"{first} had most participants{' ' if first == aided_first else ', '}{also}"
    people, aided = (_leaders(shown, measure) for measure in _MEASURES)
    both = len(people & aided)
    return (
        f"{sentence_start(none_or(both))} of the {cardinal(len(aided))} with most military aid {'is' if both < 2 else 'are'} "
        f"among the {cardinal(len(people))} with most participants"
    )


def _leaders(shown: pd.DataFrame, measure: str) -> set[str]:
    """Return the recipients with most of a measure."""
    return set(beside.most(shown, measure, _LEADERS)["recipient"])


def _not_drawn(frame: pd.DataFrame, shown: pd.DataFrame) -> str:
    listed = frame[frame["participants"].fillna(0) > 0]
    states = frame[frame["kind"].isin(_STATES)]
    aided = states[states["participants"].fillna(0).le(0) & states["military_aid_usd"].fillna(0).gt(0)]
    return (
        f"Not drawn: {counted(len(listed) - len(shown), 'recipient')} with participants without military aid above "
        f"zero, and {numbers.integer(len(aided))} with military aid without participants in the training report."
    )


def _larger_without_training(frame: pd.DataFrame, shown: pd.DataFrame) -> str:
    """Return which countries with as much aid the training report does not list."""
    least = shown["military_aid_usd"].min()
    states = frame[frame["kind"].isin(_STATES) & frame["participants"].fillna(0).le(0)]
    return _list_note(
        "As much military aid, but no participants in the training report",
        states.loc[states["military_aid_usd"].fillna(0) >= least, "recipient"],
    )


def _list_note(what: str, names: list[str] | pd.Series) -> str:
    known = sorted(names)
    return f"{what}: {and_list([escape(name) for name in known])}." if known else ""


def _sources(subject: Subject) -> tuple[Source, ...]:
    return (*subject.year_sources(), greenbook.source(subject))
