"""The terms that the pages of reports explain where they stand: those of the glossary, in the words that reports use."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

from milaid.blocks.block import escape
from milaid.blocks.explained import Explained, Term
from milaid.paths import reference_dir
from milaid.publish.files.document import Document
from milaid.publish.files.in_full import meanings
from milaid.publish.registry.entries import SUITE
from milaid.tables import store, terms

_EVERYDAY = frozenset(["CSV", "FY", "HTML"])
"""Abbreviations that no sentence needs explained: known to all, or explained by their term."""


def explained(document: Document) -> Explained:
    """Return what marks the terms of a report of the suite; nothing for another notebook, whose words are its author's."""
    return Explained(_terms() if document.kind in {report.kind for report in SUITE} else ())


def _terms() -> tuple[Term, ...]:
    """Return terms and abbreviations; longer words first, as a term may stand within another."""
    file = reference_dir() / "programs.csv"
    return _read(str(file), file.stat().st_mtime_ns if file.is_file() else 0)


@cache
def _read(programs: str, changed: int) -> tuple[Term, ...]:
    """Return the terms as the table of programs that was changed at this time has them."""
    words, said = dict(terms.WORDS), dict(terms.TERMS)
    found = [Term(name, words[name], escape(meaning)) for name, meaning in said.items()]
    purposes = _purposes() if changed else {}
    for name, (_, meaning) in meanings().items():
        if name in _EVERYDAY:
            continue
        full = meaning.rstrip(".")
        # An abbreviation of a term means what the term does.
        told = f"{meaning} {escape(said[full])}" if full in said else f"{meaning} {purposes.get(name, '')}"
        found.append(Term(name, re.escape(name), told.strip()))
    return tuple(sorted(found, key=lambda term: (-len(term.name), term.name)))


def _purposes() -> dict[str, str]:
    """Return what programs are for by their labels, as marked texts."""
    known = store.load_programs()
    known = known[known["purpose"].notna()]
    return {
        str(label): escape(str(purpose))
        for label, purpose in zip(known["label"], known["purpose"], strict=True)
        if not pd.isna(label)
    }
