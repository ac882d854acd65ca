"""The comparison of rows and printed totals as text for a terminal of a hundred columns."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from milaid import spelling
from milaid.analysis import quality
from milaid.blocks import numbers
from milaid.blocks.words import counted
from milaid.errors import RequestError
from milaid.tables import reconciliation, store
from milaid.tables.digests import edits_allowed

WIDTH = 100
"""The longest line, in letters."""

_LEVEL_HEADS = {"program": "programs", "country": "countries", "fiscal_year": "years"}


@dataclass(frozen=True)
class Outcome:
    """All printed totals beside their rows, of every edition or of one."""

    trainings: pd.DataFrame
    reconciled: pd.DataFrame
    known_issues: pd.DataFrame
    documents: pd.DataFrame
    edition: str | None

    @property
    def text(self) -> str:
        """The comparison to print: a line an edition, or one edition with every total that does not agree."""
        editions = quality.editions(self.trainings, self.reconciled, self.documents)
        levels = quality.levels_of(self.reconciled)
        if self.edition is None:
            return overview(editions, levels)
        return detail(editions.iloc[0], levels, quality.differences(self.reconciled))

    def require(self) -> None:
        """Raise DataError naming every difference that is not known, and every known fault that no longer is one."""
        reconciliation.require_reconciled(self.reconciled, self.known_issues)


def compare(edition: str | None = None) -> Outcome:
    """Return the comparison of the tables in data/; raises RequestError for an edition without data.

    Known issues and documents are compared as they are edited, before they are built into data/.
    """
    with edits_allowed():
        trainings, totals = store.load_trainings(status=None), store.load_totals()
        issues, documents = store.load_known_issues(), store.load_documents()
    if edition is not None:
        known = sorted(trainings["edition"].unique())
        if edition not in known:
            hint = spelling.hint(edition, known)
            raise RequestError(
                f"edition {edition!r} has no data; editions with data: {known[0]} to {known[-1]}{hint}"
            )
        trainings, totals, issues = (
            frame[frame["edition"] == edition] for frame in (trainings, totals, issues)
        )
    reconciled = reconciliation.reconciliation(trainings, totals, issues)
    actual = trainings[trainings["status"] == "actual"]
    return Outcome(actual, reconciled, issues, documents, edition)


def overview(editions: pd.DataFrame, levels: Sequence[str]) -> str:
    """Return a line an edition, a line for all of them, and one that says whether everything adds up.

    In: :func:`milaid.analysis.quality.editions`, and the levels shown, as agreeing/compared.
    """
    heads = ["edition", "rows", "people", "dollars"]
    heads += [_LEVEL_HEADS.get(level, level) for level in levels] + ["known", "rest"]
    rows = [_line(row, levels) for row in editions.to_dict("records")]
    sums = {**editions.sum(numeric_only=True), "edition": "all"}
    rows.append(_line(sums, levels))
    lines = aligned([heads, *rows])
    lines.insert(1, "-" * len(lines[0]))
    lines.insert(-1, lines[1])
    explained = "programs, countries, years: printed totals that agree with their rows / all compared"
    shown = explained.replace("programs, countries, years", ", ".join(heads[4:-2]))
    return "\n".join([*lines, "", shown, _closing(sums)])


def _line(row: dict, levels: Sequence[str]) -> list[str]:
    cells = [str(row["edition"])]
    cells += [numbers.integer(row[name]) for name in ("activities", "participants", "cost_usd")]
    for level in levels:
        compared = row[f"{level}_compared"]
        none = pd.isna(compared)
        cells.append(
            numbers.NONE
            if none
            else f"{numbers.integer(row[f'{level}_agreeing'])}/{numbers.integer(compared)}"
        )
    return [*cells, numbers.integer(row["known"]), numbers.integer(row["unexplained"])]


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows of cells as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if position else cell.ljust(width)
            for position, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _closing(sums: dict) -> str:
    """Return in one line what agrees, what is known and what is left."""
    compared, agreeing = numbers.integer(sums["compared"]), numbers.integer(sums["agreeing"])
    known, rest = int(sums["known"]), int(sums["unexplained"])
    faults = f"{counted(known, 'known fault')} of the documents, " if known else ""
    left = "nothing unexplained" if not rest else f"{numbers.integer(rest)} UNEXPLAINED"
    return f"{agreeing} of {compared} printed totals agree, {faults}{left}."


def detail(edition: pd.Series, levels: Sequence[str], differences: pd.DataFrame) -> str:
    """Return one edition: what it holds, what agrees by level, and every total that does not, with page and reason.

    In: a row of :func:`milaid.analysis.quality.editions`, its levels, :func:`milaid.analysis.quality.differences`.
    """
    row = edition.to_dict()
    documents = ", ".join(
        counted(int(row[f"{noun}s"]), noun) for noun in ("document", "page") if pd.notna(row[f"{noun}s"])
    )
    lines = [
        f"Edition {row['edition']}, fiscal year {row['fiscal_year']}: {documents or 'documents not listed'}",
        f"{numbers.integer(row['activities'])} activities, {numbers.integer(row['participants'])} people, "
        f"{numbers.usd(row['cost_usd'])}",
        "",
    ]
    table = [["printed totals", "compared", "agree", "known", "rest"]]
    for level in levels:
        counts = (row[f"{level}_{name}"] for name in ("compared", "agreeing", "known", "unexplained"))
        table.append([quality.LEVELS.get(level, level), *(numbers.integer(count) for count in counts)])
    lines += aligned(table)
    if len(differences):
        lines += ["", "Totals that do not agree with their rows:"]
    for case in differences.to_dict("records"):
        lines += ["", *_case(case)]
    return "\n".join([*lines, "", _closing(row)])


def _case(case: dict) -> list[str]:
    """Return the lines of one total that does not agree."""
    program = case["program_printed"]
    name = f"{case['country']}, {program}" if pd.notna(program) else str(case["country"])
    place = f"{case['document']}, page {case['page']}"
    level = quality.LEVELS.get(case["level"], case["level"])
    lines = textwrap.wrap(f"{name} ({level}): {place}", WIDTH, subsequent_indent="  ")
    for what, measure in (("people", "participants"), ("dollars", "cost_usd")):
        printed, rows = case[f"printed_{measure}"], case[f"computed_{measure}"]
        verdict = "" if pd.notna(printed) and printed == rows else "  differs"
        lines.append(
            f"  {what:<8}printed {numbers.integer(printed):>13}   rows {numbers.integer(rows):>13}{verdict}"
        )
    reason = case["reason"]
    if case["state"] != "known":
        reason = (
            f"UNEXPLAINED: {'no reason is listed' if pd.isna(reason) else 'it is listed with other values'}."
        )
    return [
        *lines,
        *textwrap.wrap(str(reason), WIDTH, initial_indent="  ", subsequent_indent="  "),
    ]
