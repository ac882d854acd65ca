"""What tests see of a document that was read: its cells, its totals, and the words with which one is refused."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import pytest

from milaid.errors import SourceError
from milaid.sources.fmtr.document import DocumentTables

OF_A_TOTAL = (
    "level", "fiscal_year", "status", "region", "country", "program_printed", "quantity", "cost_usd", "page",
)  # fmt: skip


def cells(frame: pd.DataFrame, names: Sequence[str]) -> list[tuple]:
    """Return these columns row by row, None where a cell is empty."""
    found = frame[list(names)].astype("object")
    return list(found.where(found.notna(), None).itertuples(index=False, name=None))


def column(tables: DocumentTables, *names: str) -> list:
    """Return the cells of a column of the activities, or those of several row by row."""
    found = cells(tables.activities, names)
    return [row[0] for row in found] if len(names) == 1 else found


def totals(tables: DocumentTables, names: Sequence[str] = OF_A_TOTAL) -> list[tuple]:
    """Return what is known of every total, as read."""
    return cells(tables.totals, names)


def printed_totals(tables: DocumentTables) -> list[tuple]:
    """Return level, country, program, people, dollars and page of every total."""
    return totals(tables, ("level", "country", "program_printed", "quantity", "cost_usd", "page"))


def refusal(said: str, read: Callable[..., object], *given: Any, **options: Any) -> str:
    """Return the message with which a document is refused, which holds ``said``.

    Documents are read in other processes: the error has to come back whole.
    """
    with pytest.raises(SourceError) as caught:
        read(*given, **options)
    message = str(caught.value)
    assert said in message
    assert caught.value.exit_code == 3
    assert str(pickle.loads(pickle.dumps(caught.value))) == message
    return message
