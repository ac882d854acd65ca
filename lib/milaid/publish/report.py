"""From a request to the files of a report: check, execute, number, export, then replace what was there."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from milaid.blocks.block import KeyFacts
from milaid.blocks.csv_form import csv_file
from milaid.blocks.numbering import KEY_FACTS
from milaid.blocks.targets import Links
from milaid.parsing import parse_json
from milaid.paths import reports_dir
from milaid.progress import Progress
from milaid.publish.files import (
    archive,
    brief,
    brief_page,
    brief_pdf,
    card,
    crate,
    document,
    page,
    pdf,
    reanalysis,
    trust,
    workbook,
)
from milaid.publish.inputs.digests import Digests
from milaid.publish.inputs.gathered import Gatherer, Inputs, links
from milaid.publish.registry.checking import BRIEF, USUAL_FORMATS, check, check_formats
from milaid.publish.registry.parameter import Value
from milaid.publish.registry.places import BRIEF_ENDING, brief_of
from milaid.publish.registry.report import Request
from milaid.publish.run.execute import execute
from milaid.publish.run.kept import executed_before
from milaid.publish.suite.record import RECORD, read_record
from milaid.replacing import Change, replacing
from milaid.world import require_room

_OWN = re.compile(
    rf"(figure|table)-a?\d+\.csv|{KEY_FACTS}\.csv|{re.escape(card.NAME)}|{re.escape(crate.NAME)}"
)


def make_report(
    kind: str,
    values: Mapping[str, Value],
    formats: Collection[str] = USUAL_FORMATS,
    out_dir: Path | None = None,
) -> list[Path]:
    """Make one report and return the files written: the formats asked for, the notebook, a CSV an exhibit.

    Everything is built in a directory beside the target first; files of an earlier run are replaced only
    when all is done. Raises RequestError for a wrong request, ReportError for a failing cell.
    """
    request = check(kind, values)
    check_formats(formats, request.report)
    return build(request, formats, out_dir or reports_dir())


@dataclass(frozen=True)
class Made:
    """A report that was made: its files, the places that it could link to, and whether its cells were run."""

    files: tuple[Path, ...]
    targets: tuple[str, ...]
    executed: bool


def build(
    request: Request, formats: Collection[str], out_dir: Path, linked: frozenset[str] = frozenset()
) -> list[Path]:
    """Execute and export a checked request; returns the files written.

    ``linked`` are the places of the suite that the report may link to. Those it does link to are kept in the
    metadata of its notebook, so that an export of that notebook gives the same links. In reports/, and wherever a record
    of what was built lies, the report gets its entry in it, so that the site shows it.
    """
    require_room(out_dir)
    inputs = Gatherer(linked, Digests(out_dir)).of(request, formats)
    notebook = out_dir / f"{request.place}.ipynb"
    before = _of_any_formats(notebook)
    made = make(request, formats, out_dir, linked, inputs.origins, with_others=True)
    files = list(made.files)
    trust.sign_all(files)
    if out_dir.resolve() == reports_dir().resolve() or (out_dir / RECORD).is_file():
        with_links = Inputs({**inputs.groups, "links": links(made.targets, linked)})
        same = before is not None and before == _of_any_formats(notebook)
        read_record(out_dir).add(request.place, with_links, made.targets, files, same)
    return files


def _of_any_formats(notebook: Path) -> str | None:
    """Return a notebook as text without the formats it was made into; None where there is none."""
    try:
        return _without_formats(notebook.read_bytes())
    except OSError:
        return None


def _without_formats(notebook: bytes) -> str | None:
    try:
        read = parse_json(notebook)
        read["metadata"]["milaid"].pop("formats", None)
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
    return json.dumps(read, sort_keys=True)


def make(
    request: Request,
    formats: Collection[str],
    out_dir: Path,
    linked: frozenset[str],
    made_from: Mapping[str, str],
    keep_cells: bool = False,
    with_others: bool = False,
) -> Made:
    """Make a report as :func:`build` does, of which ``made_from`` says what it is made from.

    With ``keep_cells`` the notebook that was executed before is taken, unless the cells of today are others. With ``with_others``
    files of other formats that lie there and are of the same notebook stay, and are in its manifest.
    """
    target = out_dir / request.place
    source = request.report.notebook_path
    kept = (
        executed_before(target.with_name(f"{target.name}.ipynb"), source, request.values)
        if keep_cells
        else None
    )
    notebook = kept or execute(source, request.values, request.words)
    about = {
        "report": request.report.kind,
        "formats": sorted(formats),
        **request.output,
        "place": request.place,
        **reanalysis.record(notebook),
    }
    notebook.metadata["milaid"] = {**about, "links": []}
    notebook.metadata["milaid_inputs"] = {
        name: made_from[name] for name in crate.SAID_BY_NOTEBOOK if name in made_from
    }
    report = document.build(notebook)
    targets = report.places() - {request.place}
    # Beside the page, so that it can be led to: the same for an export of the notebook.
    own = {brief_of(request.place)} if BRIEF in formats else set()
    report.links = Links(request.place, (targets & linked) | own)
    notebook.metadata["milaid"] = {**about, "links": sorted(report.links.linked)}
    with replacing(out_dir) as change:
        made = change.place(request.place)
        _write(report, notebook, made, set(formats), request)
        others = _others(target, _text(notebook)) if with_others else {}
        files = {**others, **_files_made(made)}
        (made / crate.NAME).write_bytes(crate.render(report, request, made_from, files))
        written = put_in_place(change, out_dir, request.place)
    return Made(tuple(written), tuple(sorted(targets)), kept is None)


def _write(
    report: document.Document,
    notebook: NotebookNode,
    made: Path,
    formats: Collection[str],
    request: Request,
) -> None:
    """Write all files of a report as ``made`` with suffixes and the CSV files below ``made``."""
    made.mkdir()
    paper = str(request.output["paper"])
    with Progress(f"files of the {request.words}", total=len(formats) + 2) as progress:
        files = tables(report)
        for name, content in files.items():
            (made / name).write_bytes(content)
        packed = {f"{made.name}/{name}": content for name, content in files.items()}
        made.with_name(f"{made.name}.zip").write_bytes(archive.pack(packed))
        made.with_name(f"{made.name}.xlsx").write_bytes(workbook.render(report))
        made.with_name(f"{made.name}.ipynb").write_bytes(_text(notebook))
        progress.advance(2)
        if "html" in formats:
            made.with_name(f"{made.name}.html").write_text(page.render(report), encoding="utf-8", newline="")
            progress.advance()
        if "pdf" in formats:
            printed = pdf.render_with_card(report, paper)
            made.with_name(f"{made.name}.pdf").write_bytes(printed.pdf)
            if printed.card:
                (made / card.NAME).write_bytes(printed.card)
            progress.advance()
        if BRIEF in formats:
            shown = brief.choose(report, request.report.brief)
            name = brief_of(made.name)
            made.with_name(f"{name}.html").write_text(
                brief_page.render(shown, formats), encoding="utf-8", newline=""
            )
            made.with_name(f"{name}.pdf").write_bytes(brief_pdf.render(shown, paper))
            progress.advance()


def _text(notebook: NotebookNode) -> bytes:
    # As bytes: written as text its lines would end in another way on Windows.
    text = nbformat.writes(notebook).rstrip("\n")
    return f"{text}\n".encode()


def _files_made(made: Path) -> dict[str, crate.File]:
    """Return the files of a report that was made, as seen from its folder."""
    beside = {f"../{path.name}": path for path in made.parent.iterdir() if path.is_file()}
    inside = {path.name: path for path in made.iterdir()}
    return {name: crate.file_of(path) for name, path in {**beside, **inside}.items()}


def _others(target: Path, notebook: bytes) -> dict[str, crate.File]:
    """Return the files that the manifest of a report names and that lie there as it says, where its notebook is the same."""
    same = _without_formats(notebook)
    if same is None or same != _of_any_formats(target.with_name(f"{target.name}.ipynb")):
        return {}
    try:
        known = crate.read(target / crate.NAME).files
        return {
            name: file
            for name, file in known.items()
            if name.startswith("../") and crate.file_of(target / name) == file
        }
    except (OSError, ValueError):
        return {}


def tables(report: document.Document) -> dict[str, bytes]:
    """Return the CSV files of a report: file name -> content."""
    files = {}
    for exhibit in report.exhibits():
        files[f"{report.numbering.number(exhibit.key).anchor}.csv"] = csv_file(exhibit.csv)
    for block in report.blocks():
        if isinstance(block, KeyFacts):
            files[f"{KEY_FACTS}.csv"] = csv_file(block.csv)
    return files


def put_in_place(change: Change, out_dir: Path, place: str) -> list[Path]:
    """Have the files of a report that a change holds replace those that were there; returns them as they will lie.

    Those in its folder that are no more are removed.
    """
    folder, own = Path(place), change.names()
    tables = [file for file in own if Path(file).parent == folder]
    endings = (".html", ".pdf", ".ipynb", ".xlsx", ".zip", f"{BRIEF_ENDING}.html", f"{BRIEF_ENDING}.pdf")
    beside = [file for ending in endings if (file := f"{place}{ending}") in own]
    there = (out_dir / place).iterdir() if (out_dir / place).is_dir() else ()
    names = (f"{place}/{path.name}" for path in there if _OWN.fullmatch(path.name))
    change.remove(sorted(file for file in names if file not in tables))
    return [out_dir / file for file in [*beside, *tables]]
