"""A selection answered: its code is run, and what came of it kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from milaid.blocks.block import Exhibit
from milaid.errors import MilaidError
from milaid.explorer.code import exhibit_code, frame_code, rows_code
from milaid.explorer.selection import Selection


@dataclass(frozen=True)
class Answer:
    """What a selection gives: ``frame`` has all its numbers, ``exhibit`` shows them as far as they fit.

    ``problem`` says why there is no number, or why they are shown as a table and not as asked.
    """

    selection: Selection
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    exhibit: Exhibit | None = None
    problem: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What is counted, gaps and breaks, and what was understood by names and years."""
        said = self.frame.attrs
        return (str(said.get("counted", "")), *said.get("notes", ()), *said.get("said", ()))


def answer(selection: Selection, known: Answer | None = None) -> Answer:
    """Return what a selection gives; what cannot be answered or drawn is told in ``problem``, not raised.

    The numbers of ``known`` are taken where the selections differ only in how they are shown.
    """
    as_known = (
        known and not known.frame.empty and replace(known.selection, shown=selection.shown) == selection
    )
    try:
        frame = known.frame if known and as_known else _run(frame_code(selection))["frame"]
    except MilaidError as error:
        return Answer(selection, problem=str(error))
    if not isinstance(frame, pd.DataFrame) or frame.empty:
        return Answer(selection, problem="Nothing is listed for this: choose other names or years.")
    problem = ""
    for shown in dict.fromkeys((selection.shown, "table")):
        try:
            exhibit = _run(exhibit_code(selection, shown), frame)["exhibit"]
        except MilaidError as error:
            problem = problem or str(error)
        else:
            return Answer(selection, frame, exhibit if isinstance(exhibit, Exhibit) else None, problem)
    return Answer(selection, frame, None, problem)


def rows_behind(selection: Selection, keys: Mapping[str, object]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows behind the number that has these values of ``by``, and the first of them with their pages.

    The second has the columns citation and source_url. Raises RequestError.
    """
    made = _run(rows_code(selection, keys))
    rows, cited = made["rows"], made["cited"]
    if not isinstance(rows, pd.DataFrame) or not isinstance(cited, pd.DataFrame):
        raise TypeError("rows and cited are frames")
    return rows, cited


def _run(code: str, frame: pd.DataFrame | None = None) -> dict[str, object]:
    """Run code of a selection, which names nothing but what it imports, and return its names."""
    names: dict[str, object] = {} if frame is None else {"frame": frame}
    exec(compile(f"import milaid as m\n{code}", "<explorer>", "exec"), names)
    return names
