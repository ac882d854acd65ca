"""The controls of the explorer: what is chosen becomes a selection, and its answer is shown below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets

from milaid.blocks.live import live
from milaid.errors import MilaidError
from milaid.explorer import choices, written
from milaid.explorer.answer import Answer, answer, rows_behind
from milaid.explorer.code import code_of
from milaid.explorer.selection import GROUPS, MEASURES, SHOWN, Selection
from milaid.paths import project_root

_NAMES = ("countries", "regions", "programs", "departments")
_WIDE = {"description_width": "7em"}
_CHOOSE = "Choose a number"
_OWN_KEYS = """<style onload="this.closest('.jp-OutputArea')?.addEventListener(
  'focusin', event => event.target.setAttribute('data-lm-suppress-shortcuts', 'true'))"></style>"""
"""JupyterLab takes arrow keys to go from cell to cell, also from a list that has the focus; it asks that element alone."""

_COPY = """<button type="button" class="jupyter-button widget-button" style="margin-left:8em" onclick="
  const area = this.closest('.jp-OutputArea').querySelector('textarea'), said = this.nextElementSibling;
  const tell = words => { said.textContent = words; setTimeout(() => { said.textContent = '' }, 4000) };
  const byHand = () => { area.select(); tell(document.execCommand('copy') ? 'Copied' : 'Press Ctrl+C: the code is selected') };
  navigator.clipboard ? navigator.clipboard.writeText(area.value).then(() => tell('Copied'), byHand) : byHand()
">Copy code</button> <span role="status"></span>"""
"""The clipboard is the browser's, which lets a click write it, and only that: Python would ask too late."""


class Explorer(widgets.VBox):
    """Controls and what they select; ``selection`` and ``answer`` are what is shown now."""

    def __init__(self, selection: Selection | None = None, folder: str | Path | None = None) -> None:
        """Show a selection first, by default all participants by year; files go to ``folder``, by default work/."""
        first = selection or Selection()
        self._quiet = False
        self.answer = Answer(first)
        self.chosen = _chosen(first)
        self.clear = widgets.Button(
            description="All names", tooltip="Choose no country, region, program or department"
        )
        self.shown = widgets.HTML()
        self.message, self.notes = widgets.HTML(), widgets.HTML()
        self.behind = widgets.Dropdown(description="Rows behind", style=_WIDE, layout={"width": "36em"})
        self.rows = widgets.HTML()
        self.code = widgets.Textarea(description="Code", rows=14, style=_WIDE, layout={"width": "60em"})
        self.copy = widgets.HTML(_COPY)
        where = folder if folder is not None else project_root() / "work"
        self.folder = widgets.Text(str(where), description="Save into", style=_WIDE, layout={"width": "36em"})
        self.saves = {
            kind: widgets.Button(description=label, layout={"width": "12em"})
            for kind, label in (
                ("ipynb", "Save as notebook"),
                ("csv", "Save as CSV"),
                ("html", "Save as HTML"),
            )
        }
        self.saved = widgets.HTML()
        super().__init__(self._laid_out())
        self._listen()
        self.update()

    @property
    def selection(self) -> Selection:
        """What is chosen; raises RequestError where it does not go together."""
        return Selection(**{name: control.value for name, control in self.chosen.items()})

    def update(self, _change: object = None) -> None:
        """Answer what is chosen, and show it."""
        if self._quiet:
            return
        try:
            self.answer = answer(self.selection, self.answer)
            self.code.value = code_of(self.answer.selection)
        except MilaidError as error:
            self.answer = Answer(Selection(), problem=str(error))
            self.code.value = ""
        given = self.answer
        self.message.value = written.message(given.problem) if given.problem else ""
        self.shown.value = live(given.exhibit) if given.exhibit else ""
        self.notes.value = written.notes(
            [note for note in given.notes if not given.exhibit or note not in given.exhibit.note]
        )
        self.behind.options = [(_CHOOSE, None), *choices.numbers_of(given)]
        self.saved.value = ""

    def show_rows(self, change: dict[str, Any]) -> None:
        """Show the rows behind the number that is chosen."""
        self.rows.value = ""
        if change["new"] is None:
            return
        try:
            self.rows.value = written.rows(*rows_behind(self.answer.selection, change["new"]))
        except MilaidError as error:
            self.rows.value = written.message(str(error))

    def save(self, kind: str) -> None:
        """Write what is shown into the folder, and say where."""
        try:
            path = written.write(self.answer, kind, Path(self.folder.value).expanduser())
        except MilaidError as error:
            self.saved.value = written.message(str(error))
        else:
            self.saved.value = written.message(f"Saved: {path}")

    def choose_all(self, _button: object = None) -> None:
        """Choose no name, which means all, and answer once."""
        self._quiet = True
        for name in _NAMES:
            self.chosen[name].value = ()
        self._quiet = False
        self.update()

    def _laid_out(self) -> list[widgets.Widget]:
        what = [self.chosen[name] for name in ("measure", "by", "shown", "first_year", "last_year")]
        whose = [self.chosen[name] for name in _NAMES]
        columns = [widgets.VBox([*what, self.clear]), widgets.VBox(whose[:2]), widgets.VBox(whose[2:])]
        saving = [self.folder, widgets.HBox(list(self.saves.values())), self.saved]
        top = widgets.HBox(columns, layout={"flex_flow": "row wrap"})
        return [
            widgets.HTML(_OWN_KEYS),
            top,
            self.message,
            self.shown,
            self.notes,
            self.behind,
            self.rows,
            self.code,
            self.copy,
            *saving,
        ]

    def _listen(self) -> None:
        for control in self.chosen.values():
            control.observe(self.update, "value")
        self.behind.observe(self.show_rows, "value")
        self.clear.on_click(self.choose_all)
        for kind, button in self.saves.items():
            button.on_click(lambda _button, kind=kind: self.save(kind))


def explore(**selected: Any) -> Explorer:
    """Return the explorer, which shows itself as the last line of a cell; ``selected`` as :class:`Selection` takes it."""
    return Explorer(Selection(**selected))


def _chosen(first: Selection) -> dict[str, widgets.Widget]:
    """Return the controls by the part of a selection that each chooses."""
    few = {"style": _WIDE, "layout": {"width": "26em"}}
    many = {"style": _WIDE, "layout": {"width": "26em"}, "rows": 5}
    there = choices.names()
    every = [(f"FY{year}", year) for year in choices.years()]
    options = {
        "measure": [(measure.label, name) for name, measure in MEASURES.items()],
        "by": [(label, by) for by, label in GROUPS.items()],
        "shown": [(label, name) for name, label in SHOWN.items()],
    }
    labels = {"measure": "Show", "by": "By", "shown": "As", "first_year": "From", "last_year": "To"}
    return {
        name: widgets.Dropdown(
            options=options.get(name, every), value=getattr(first, name), description=label, **few
        )
        for name, label in labels.items()
    } | {
        name: widgets.SelectMultiple(
            options=there[name], value=getattr(first, name), description=name.title(), **many
        )
        for name in _NAMES
    }
