"""A selection as a notebook of its own, and an exhibit as a page of its own."""

from __future__ import annotations

import html

import nbformat
from nbformat import NotebookNode, v4

from milaid.blocks.block import Exhibit, escape
from milaid.blocks.live import live
from milaid.explorer.code import exhibit_code, frame_code, rows_code
from milaid.explorer.selection import Selection


def notebook_of(selection: Selection) -> NotebookNode:
    """Return a notebook, not yet run, with a selection in its cells: numbers, exhibit, table, the rows behind, and how."""
    cells = [
        v4.new_markdown_cell(
            f"# {escape(selection.title)}\n\nMade by the explorer. Change a cell and run all.", id="title"
        ),
        v4.new_code_cell(f"import milaid as m\n\n{frame_code(selection)}", id="numbers"),
        v4.new_code_cell(f"{exhibit_code(selection)}\nexhibit", id="exhibit"),
        v4.new_code_cell("print(exhibit.how())", id="how"),
        v4.new_markdown_cell("## Rows behind\n\nThe largest, each with its official page.", id="rows-head"),
        v4.new_code_cell(f'{rows_code(selection, {})}cited[["citation", "source_url"]]', id="rows"),
    ]
    if selection.shown != "table":
        cells.insert(3, v4.new_code_cell(f"{exhibit_code(selection, 'table')}\nexhibit", id="table"))
    notebook = v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.validate(notebook)
    return notebook


def page_of(exhibit: Exhibit) -> str:
    """Return an exhibit as a page of HTML that needs no other file."""
    title = html.escape(exhibit.title)
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    return f'<!doctype html>\n<html lang="en">\n<head>{head}<title>{title}</title></head>\n<body>\n{live(exhibit)}\n</body>\n</html>\n'
