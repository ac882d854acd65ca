"""Frames as CSV text, and back."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd

_RETURN = "\ue00d"
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d+)?([eE][+-]?\d+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def csv_text(frame: pd.DataFrame) -> str:
    """Return a frame as CSV text: UTF-8, line feeds, dates in ISO form, no index."""
    buffer = io.StringIO()
    frame.to_csv(buffer, index=False, lineterminator="\n", date_format="%Y-%m-%d")
    return buffer.getvalue()


def csv_rows(text: str) -> list[list[str]]:
    """Return the rows of CSV text, the head first; a carriage return inside a cell ends no row."""
    kept = io.StringIO(text.replace("\r", _RETURN), newline="")
    return [[cell.replace(_RETURN, "\r") for cell in row] for row in csv.reader(kept)]


def csv_frame(text: str) -> pd.DataFrame:
    """Return CSV text as a frame: a column of numbers as Int64 or Float64, days as dates, all else as text."""
    head, *rows = csv_rows(text) or [[]]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(head)
    return pd.DataFrame({name: _series(cells) for name, cells in zip(head, columns, strict=True)})


def _series(cells: tuple[str, ...]) -> pd.Series:
    filled = [cell for cell in cells if cell]
    if filled and all(map(_NUMBER.fullmatch, filled)):
        kind = "Float64" if any(not cell.lstrip("-").isdecimal() for cell in filled) else "Int64"
        return pd.Series(pd.to_numeric(pd.Series([cell or None for cell in cells], dtype="object"))).astype(
            kind
        )
    text = pd.Series([cell or None for cell in cells], dtype="str")
    return pd.to_datetime(text) if filled and all(map(_DAY.fullmatch, filled)) else text
