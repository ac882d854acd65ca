"""Tables as few bytes: columns of places in lists and of whole numbers, byte by byte, gzipped with what describes them.

A file holds four bytes with the length of a description in JSON, that description, and the columns one after the other.
Each column is written as the lowest bytes of all rows, then the next higher; ``delta`` says that each row holds the
difference to the row before, as ``2n`` or ``-2n - 1`` where it is below zero.
"""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd

MISSING = 0
"""Stands in a column of numbers for none; a number is how much it is above the least of the column, and one more."""
SAME = 0
"""Stands in a list for the text that the first list of the group has there."""


class Rows(Protocol):
    """What a table is packed from: a frame, or what reads its columns one by one."""

    def __len__(self) -> int: ...

    def __getitem__(self, name: str, /) -> pd.Series: ...


class Packing:
    """Collects the columns of tables, and writes them."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._length = 0
        # As text: the lists of all tables would take ten times the room.
        self._tables: dict[str, str] = {}

    def table(
        self, name: str, rows: Rows, groups: Mapping[str, Sequence[str]], counted: Sequence[str]
    ) -> None:
        """Take a table: each of ``groups`` names columns whose values together are one place in a list.

        ``counted`` are its columns of whole numbers. Missing values are kept in both.
        """
        described: dict[str, Any] = {"rows": len(rows), "groups": {}, "numbers": {}}
        for group, columns in groups.items():
            codes, lists = together(rows, columns)
            described["groups"][group] = {"lists": lists, **self._column(codes)}
        for column in counted:
            whole = rows[column].astype("Int64")
            least = int(whole.min()) if whole.notna().any() else 0
            shifted = (whole - (least - 1)).fillna(MISSING).to_numpy("int64")
            described["numbers"][column] = {"least": least, **self._column(shifted)}
        self._tables[name] = _json(described)

    def _column(self, values: np.ndarray) -> dict[str, Any]:
        plain = planes(values)
        steps = np.diff(values, prepend=0)
        stepped = planes(np.where(steps < 0, -2 * steps - 1, 2 * steps))
        delta = len(zlib.compress(stepped, 1)) < len(zlib.compress(plain, 1))
        content = stepped if delta else plain
        at, self._length = self._length, self._length + len(content)
        self._parts.append(content)
        return {"at": at, "width": len(content) // max(len(values), 1) or 1, "delta": int(delta)}

    def written(self, **known: Any) -> bytes:
        """Return all of it gzipped, with whatever else is ``known``; equal bytes for equal tables."""
        tables = ",".join(f"{_json(name)}:{described}" for name, described in self._tables.items())
        others = "".join(f",{_json(name)}:{_json(value)}" for name, value in known.items())
        head = f'{{"tables":{{{tables}}}{others}}}'.encode()
        written = io.BytesIO()
        # A level higher would take thrice the time for a hundredth of the room.
        with gzip.GzipFile("", "wb", 7, written, mtime=0) as packed:
            for part in (len(head).to_bytes(4, "little"), head, *self._parts):
                packed.write(part)
        return written.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def together(rows: Rows, columns: Sequence[str]) -> tuple[np.ndarray, dict[str, list[Any]]]:
    """Return for each row the place of its values of ``columns`` in lists, by first appearance, and these lists.

    A list after the first has :data:`SAME` where its text is that of the first.
    """
    codes = np.zeros(len(rows), dtype="int64")
    held = {column: rows[column] for column in columns}
    for column in columns:
        own, values = pd.factorize(held[column], use_na_sentinel=False)
        codes = codes * (len(values) + 1) + own
        codes = pd.factorize(codes)[0]
    first = np.unique(codes, return_index=True)[1]
    lists: dict[str, list[Any]] = {}
    for column in columns:
        values = [None if pd.isna(value) else value for value in held[column].iloc[first].tolist()]
        if lists:
            one = next(iter(lists.values()))
            values = [
                SAME if isinstance(value, str) and value == other else value
                for value, other in zip(values, one, strict=True)
            ]
        lists[column] = values
    return codes, lists


def planes(values: np.ndarray) -> bytes:
    """Return whole numbers from zero on as their lowest bytes, then the next higher, as many as the highest takes."""
    highest = int(values.max()) if values.size else 0
    width = max(1, (highest.bit_length() + 7) // 8)
    return b"".join((values >> (8 * place) & 255).astype("uint8").tobytes() for place in range(width))
