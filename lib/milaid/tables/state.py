"""What the tables in data/ were built from: fingerprints that tell whether anything has changed.

Written to ``data/build.json`` and read with the standard library alone, so that a build with nothing to
do ends before pandas is imported.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import milaid
from milaid import paths
from milaid.handwritten import as_text, read_sheet
from milaid.parsing import parse_json
from milaid.sources.official import file_digest

STATE_FILE = "build.json"
_ROOMS_OF_OTHERS = ("sources/fmtr", "sources/download")
# What says how rows of the training report are typed, and rows of other official files.
_FIELDS = ("tables/schema_fields.py", "tables/schemas_places.py")
_TRAININGS_FIELDS = (*_FIELDS, "tables/schemas_trainings.py")
_OTHER_FIELDS = (*_FIELDS, "tables/schemas_aid.py", "tables/schemas_arms.py")
# What reads the training report, and reads other files too.
_SHARED_READING = ("sources/fmtr/text.py", "sources/fmtr/glyphs.py", "sources/fmtr/values.py")


@dataclass
class BuildState:
    """Fingerprints: of each document and other source with its parser, of other inputs, of the files written."""

    documents: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)

    def write(self, directory: Path) -> None:
        """Write the state into a directory."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (directory / STATE_FILE).write_text(text + "\n", encoding="utf-8", newline="")


def read_state(data: Path) -> BuildState:
    """Return the state of the last build; an empty one where there is none that can be read."""
    try:
        return BuildState(**parse_json((data / STATE_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return BuildState()


def outputs_intact(state: BuildState, data: Path) -> bool:
    """Return whether the files in data/ are those that the last build wrote."""
    return bool(state.outputs) and all(
        (data / name).is_file() and file_digest(data / name) == digest
        for name, digest in state.outputs.items()
    )


def inputs_digests(reference: Path, replaced: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the fingerprint of each reference table and of the code that makes the tables, and its version.

    ``replaced`` holds the text of tables, by file name, that are about to be written.
    """
    tables = {f"reference/{path.name}": file_digest(path) for path in sorted(reference.glob("*.csv"))}
    new = {f"reference/{name}": _digest(text) for name, text in (replaced or {}).items()}
    return {
        **tables,
        **new,
        "code of tables": _code_digest("tables", "sources"),
        "version": milaid.__version__,
    }


def document_fingerprints(
    documents: list[dict[str, str]], corrections: Path, cut_outs: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return for each document path one fingerprint of its content, its corrections, what is withheld and the parser.

    ``cut_outs`` holds, for documents that were cut out of their official file here, the SHA-256 of that file.
    """
    parser = _code_digest("sources/fmtr", *_TRAININGS_FIELDS)
    mended: dict[str, list[str]] = {}
    for table in (corrections, corrections.with_name("withheld.csv")):
        for row in read_rows(table):
            mended.setdefault(row["document"], []).append("\t".join(row.values()))
    content = {row["path"]: row["sha256"] for row in documents} | dict(cut_outs or {})
    return {
        row["path"]: _digest("\n".join([parser, content[row["path"]], *mended.get(row["file"], [])]))
        for row in documents
    }


def other_fingerprints(others: list[dict[str, str]]) -> dict[str, str]:
    """Return for the path of each other official file one fingerprint of its content and of what reads it."""
    own = _code_digest("sources", *_OTHER_FIELDS, without=_ROOMS_OF_OTHERS)
    readers = f"{own} {_code_digest(*_SHARED_READING)}"
    return {row["path"]: _digest(f"{readers}\n{row['sha256']}") for row in others}


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a reference table as text; DataError with file and line where it is no table."""
    return list(read_sheet(path).rows)


def rows_as_text(rows: list[dict[str, str]]) -> str:
    """Return rows as the text of a reference table."""
    return as_text([*rows[0]], [[*row.values()] for row in rows])


@dataclass(frozen=True)
class WorkToDo:
    """What a build has to do: documents to parse and other sources to read anew; the rest is kept as it is.

    ``state`` has the fingerprints of the inputs as they are now, and no outputs yet.
    """

    state: BuildState
    documents: list[dict[str, str]]
    others: list[dict[str, str]]
    kept: list[str]
    up_to_date: bool


def plan_build(
    data: Path,
    documents: list[dict[str, str]],
    others: list[dict[str, str]],
    cut_outs: Mapping[str, str] | None = None,
) -> WorkToDo:
    """Compare the inputs with those of the last build; where its outputs are not intact, all is made anew.

    ``cut_outs``: see :func:`document_fingerprints`.
    """
    before = read_state(data)
    state = BuildState(
        documents=document_fingerprints(documents, data / "reference" / "corrections.csv", cut_outs),
        others=other_fingerprints(others),
        inputs=inputs_digests(data / "reference"),
    )
    intact = outputs_intact(before, data)

    def changed(
        rows: list[dict[str, str]], now: dict[str, str], then: dict[str, str]
    ) -> list[dict[str, str]]:
        return [row for row in rows if not intact or then.get(row["path"]) != now[row["path"]]]

    parse = changed(documents, state.documents, before.documents)
    return WorkToDo(
        state,
        parse,
        changed(others, state.others, before.others),
        [row["file"] for row in documents if row not in parse],
        intact
        and (state.documents, state.others, state.inputs) == (before.documents, before.others, before.inputs),
    )


def _code_digest(*rooms: str, without: tuple[str, ...] = ()) -> str:
    package = Path(paths.__file__).parent
    closed = tuple(package / room for room in without)
    files = sorted(
        {
            path
            for room in rooms
            for path in ([package / room] if room.endswith(".py") else (package / room).rglob("*.py"))
            if not any(path.is_relative_to(room) for room in closed)
        }
    )
    return _digest("".join(path.read_text(encoding="utf-8") for path in files))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
