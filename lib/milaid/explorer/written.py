"""What the explorer shows beside an exhibit, as HTML, and the files it writes."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

import nbformat
import pandas as pd

from milaid.blocks.csv_form import csv_file, csv_text
from milaid.blocks.marked_html import text
from milaid.blocks.words import counted
from milaid.errors import RequestError
from milaid.explorer.answer import Answer
from milaid.explorer.notebook import notebook_of, page_of
from milaid.replacing import write_whole

_HEADS = {
    "fiscal_year": "Fiscal year", "recipient": "Country", "recipient_harmonised": "Country", "program": "Program",
    "account": "Account", "course_title": "Course", "student_unit": "Unit", "quantity": "Participants",
    "cost_usd": "Cost, USD", "obligations_usd": "Obligations, USD",
}  # fmt: skip


def message(said: str) -> str:
    """Return a message as HTML, line by line; screen readers say it when it changes."""
    lines = "<br>".join(html.escape(line) for line in said.splitlines())
    return f'<div role="status" style="font-weight:600">{lines}</div>'


def notes(given: Sequence[str]) -> str:
    """Return the notes of an answer as a list."""
    items = "".join(f"<li>{text(note)}</li>" for note in given if note)
    return (
        f'<ul aria-label="Counting notes and breaks" style="max-width:60em;line-height:1.5">{items}</ul>'
        if items
        else ""
    )


def rows(every: pd.DataFrame, cited: pd.DataFrame) -> str:
    """Return the first rows behind a number, each with a link to its official page."""
    shown = [name for name in _HEADS if name in cited.columns]
    heads = "".join(f'<th scope="col">{_HEADS[name]}</th>' for name in shown)
    lines = []
    for record in cited.to_dict("records"):
        cells = "".join(f"<td>{_cell(record[name])}</td>" for name in shown)
        address, words = html.escape(str(record["source_url"])), html.escape(str(record["citation"]))
        lines.append(
            f'<tr>{cells}<td><a href="{address}" target="_blank" rel="noopener">{words}</a></td></tr>'
        )
    said = counted(len(every), "row") + (
        f", the {len(cited)} largest of them" if len(cited) < len(every) else ""
    )
    return (
        f'<div tabindex="0" style="max-height:24em;overflow:auto"><table><caption>{said}</caption>'
        f'<thead><tr>{heads}<th scope="col">Source</th></tr></thead><tbody>{"".join(lines)}</tbody></table></div>'
    )


def write(given: Answer, kind: str, folder: Path) -> Path:
    """Write an answer as ``ipynb``, ``csv`` (all its numbers) or ``html`` (what is shown) and return the file.

    Raises RequestError where there is nothing to write, or the folder cannot be written.
    """
    if given.exhibit is None:
        raise RequestError("There is nothing to save: choose what has numbers first.")
    contents = {
        "ipynb": lambda: (nbformat.writes(notebook_of(given.selection)) + "\n").encode("utf-8"),
        "csv": lambda: csv_file(csv_text(given.frame)),
        "html": lambda: page_of(given.exhibit).encode("utf-8"),  # type: ignore[arg-type]
    }
    name = re.sub(r"[^a-z0-9]+", "-", given.selection.title.lower()).strip("-")[:80].rstrip("-")
    path = folder / f"{name}.{kind}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(2, 1000):
            if not path.exists():
                break
            path = folder / f"{name}-{number}.{kind}"
        write_whole(path, contents[kind]())
    except OSError as error:
        raise RequestError(f"{path} cannot be written: {error.strerror}; name another folder") from error
    return path


def _cell(value: object) -> str:
    if value is None or value is pd.NA or value != value:
        return "–"
    return html.escape(f"{value:,}" if isinstance(value, int | float) and abs(value) >= 10000 else str(value))
