"""A list of units against all units that the reports print: candidates for a person to look at, never a verdict.

The rules are those of the search of units (:mod:`milaid.analysis.name_search`): within the recipient that an entry names, or
over all recipients where it names none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap

import numpy as np
import pandas as pd

from milaid import fiscal
from milaid.analysis.found_names import BETWEEN
from milaid.analysis.name_search import LEAST_SCORE, Hit, Index, variants

UNIT = "student_unit_clean"
MOST_CANDIDATES = 5
"""Candidates of an entry that are listed, best first; how many there are in all is said."""
MOST_SPELLINGS = 60
"""Spellings of an entry that are put together as candidates: one that fits more is too general to say anything."""
_MOST_PAGES = 6
_AT_ONCE = 1_000

FOUND, NONE_FOUND, NO_NAME = "candidates found", "no candidate found", "no name to search"
OUTCOMES = (FOUND, NONE_FOUND, NO_NAME)


@dataclass(frozen=True)
class Entry:
    """One name of a list: where it stands, the name, the recipient it is searched in ("" for all), and what to know."""

    line: int
    name: str
    recipient: str = ""
    note: str = ""


@dataclass(frozen=True)
class Screened:
    """What came of an entry: how many printed spellings fit it, and the best candidates."""

    entry: Entry
    outcome: str
    spellings: int
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Candidate:
    """Printed units that may be the one of an entry, variant spellings as one: as :func:`found_names.grouped` has them."""

    score: float
    unit: str
    recipient: str
    years: str
    participants: int
    activities: int
    other_spellings: str
    pages: str
    row_ids: str


def screen(
    entries: Sequence[Entry], activities: pd.DataFrame, least: float = LEAST_SCORE
) -> Iterator[Screened]:
    """Yield what came of each entry, in their order.

    In: activities with student_unit_clean, recipient, fiscal_year, quantity, edition, document, page and row_on_page; those
    without a unit are left out.
    """
    named = activities[activities[UNIT].notna()]
    parts: dict[str, _Part] = {}
    for first in range(0, len(entries), _AT_ONCE):
        some = entries[first : first + _AT_ONCE]
        for recipient in dict.fromkeys(entry.recipient for entry in some):
            if recipient not in parts:
                parts[recipient] = _Part(named[named["recipient"] == recipient] if recipient else named)
            parts[recipient].index.expect(entry.name for entry in some if entry.recipient == recipient)
        for entry in some:
            yield parts[entry.recipient].screened(entry, least)


@dataclass(frozen=True)
class _Rows:
    """Activities as plain arrays, which are asked many times for a few rows."""

    recipient: np.ndarray
    year: np.ndarray
    people: np.ndarray
    document: np.ndarray
    page: np.ndarray
    row: np.ndarray
    recipients: list[str]
    documents: list[tuple[str, str]]

    @classmethod
    def of(cls, rows: pd.DataFrame) -> _Rows:
        """Return the arrays of activities."""
        recipient, recipients = pd.factorize(rows["recipient"])
        document, documents = pd.factorize(rows["edition"] + "/" + rows["document"])
        return cls(
            recipient,
            rows["fiscal_year"].to_numpy(),
            rows["quantity"].fillna(0).to_numpy(dtype=np.int64),
            document,
            rows["page"].to_numpy(dtype=np.int64),
            rows["row_on_page"].to_numpy(dtype=np.int64),
            recipients.tolist(),
            [tuple(name.split("/", 1)) for name in documents],
        )


class _Part:
    """The activities of a recipient, or of all, with the index of their units."""

    def __init__(self, rows: pd.DataFrame) -> None:
        codes, names = pd.factorize(rows[UNIT])
        self.names = names.tolist()
        self.index = Index(self.names)
        order = np.argsort(codes, kind="stable")
        self.places = np.split(order, np.searchsorted(codes[order], np.arange(1, len(self.names))))
        self.rows = _Rows.of(rows)
        self.whose = _recipients_of(codes, self.rows.recipient, len(self.names))

    def screened(self, entry: Entry, least: float) -> Screened:
        """Return what came of an entry."""
        found, scores = self.index.best(entry.name, least)
        outcome = FOUND if len(found) else NONE_FOUND if any(map(str.isalnum, entry.name)) else NO_NAME
        hits = list(starmap(Hit, zip(found[:MOST_SPELLINGS].tolist(), scores.tolist(), strict=False)))
        return Screened(entry, outcome, len(found), tuple(self._candidates(hits)))

    def _candidates(self, hits: Sequence[Hit]) -> Iterator[Candidate]:
        """Yield the best candidates: spellings of the same words of one recipient are one."""
        groups: dict[tuple[int, int], list[Hit]] = {}
        for hit, group in zip(hits, variants([self.index.meanings[hit.name] for hit in hits]), strict=True):
            for recipient in self.whose[hit.name]:
                groups.setdefault((group, recipient), []).append(hit)
        # Hits stand best first, and so do the groups by their first hit.
        for (_, recipient), of_group in list(groups.items())[:MOST_CANDIDATES]:
            spelled = []
            for hit in of_group:
                places = self.places[hit.name]
                if len(self.whose[hit.name]) > 1:
                    places = places[self.rows.recipient[places] == recipient]
                spelled.append((hit, places))
            yield _candidate(self.rows.recipients[recipient], spelled, self.names, self.rows)


def _recipients_of(codes: np.ndarray, recipient: np.ndarray, names: int) -> list[list[int]]:
    """Return for each name the recipients of its activities, in the order of these."""
    whose: list[list[int]] = [[] for _ in range(names)]
    both = pd.unique(codes * (int(recipient.max(initial=0)) + 1) + recipient)
    for name, place in zip(
        *map(np.ndarray.tolist, np.divmod(both, int(recipient.max(initial=0)) + 1)), strict=True
    ):
        whose[name].append(place)
    return whose


def _candidate(
    recipient: str, spelled: Sequence[tuple[Hit, np.ndarray]], names: Sequence[str], rows: _Rows
) -> Candidate:
    ordered = sorted(spelled, key=lambda each: (-len(each[1]), names[each[0].name]))
    usual, *others = [names[hit.name] for hit, _ in ordered]
    mine = np.concatenate([found for _, found in spelled])
    stands = sorted(
        zip(rows.document[mine].tolist(), rows.page[mine].tolist(), rows.row[mine].tolist(), strict=True)
    )
    places = [(*rows.documents[document], page, row) for document, page, row in stands]
    return Candidate(
        score=max(hit.score for hit, _ in spelled),
        unit=usual,
        recipient=recipient,
        years=fiscal.spans(sorted(set(rows.year[mine].tolist()))),
        participants=int(rows.people[mine].sum()),
        activities=len(mine),
        other_spellings=BETWEEN.join(others),
        pages=_listed([f"{edition} {document} p. {page}" for edition, document, page, _ in places]),
        row_ids=_listed([f"{edition}/{document}/p{page}/r{row}" for edition, document, page, row in places]),
    )


def _listed(places: Sequence[str]) -> str:
    """Return places in one cell, each once, and how many more there are."""
    each = list(dict.fromkeys(places))
    more = [f"and {len(each) - _MOST_PAGES} more"] if len(each) > _MOST_PAGES else []
    return BETWEEN.join([*each[:_MOST_PAGES], *more])
