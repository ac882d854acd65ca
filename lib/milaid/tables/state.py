"""What the tables in data/ were built from: fingerprints that tell whether anything has changed.

Written to ``data/build.json`` and read with the standard library alone, so that a build with nothing to
do ends before pandas is imported.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import milaid
from milaid import paths

STATE_FILE = "build.json"


@dataclass
class BuildState:
    """Fingerprints: of each document with its parser, of other inputs, and of the files written."""

    documents: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)

    def write(self, directory: Path) -> None:
        """Write the state into a directory."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (directory / STATE_FILE).write_text(text + "\n", encoding="utf-8")


def read_state(data: Path) -> BuildState:
    """Return the state of the last build; an empty one where there is none that can be read."""
    try:
        return BuildState(**json.loads((data / STATE_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return BuildState()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def outputs_intact(state: BuildState, data: Path) -> bool:
    """Return whether the files in data/ are those that the last build wrote."""
    return bool(state.outputs) and all(
        (data / name).is_file() and file_digest(data / name) == digest
        for name, digest in state.outputs.items()
    )


def inputs_digests(reference: Path) -> dict[str, str]:
    """Return the fingerprint of each reference table, of the code that makes the tables, and its version."""
    tables = {f"reference/{path.name}": file_digest(path) for path in sorted(reference.glob("*.csv"))}
    return {**tables, "code of tables": _code_digest("tables", "sources"), "version": milaid.__version__}


def document_fingerprints(documents: list[dict[str, str]], corrections: Path) -> dict[str, str]:
    """Return for each document path one fingerprint of its content, its corrections and the parser."""
    parser = _code_digest("sources/fmtr", "tables/schemas.py")
    mended: dict[str, list[str]] = {}
    with corrections.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            mended.setdefault(row["document"], []).append("\t".join(row.values()))
    return {
        row["path"]: _digest("\n".join([parser, row["sha256"], *mended.get(row["file"], [])]))
        for row in documents
    }


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a reference table as text."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _code_digest(*rooms: str) -> str:
    package = Path(paths.__file__).parent
    files = sorted(
        {
            path
            for room in rooms
            for path in ([package / room] if room.endswith(".py") else (package / room).rglob("*.py"))
        }
    )
    return _digest("".join(path.read_text(encoding="utf-8") for path in files))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
